//! Why the forecasts of a slice missed, by one attribute.

use std::collections::BTreeMap;

use super::accuracy::{name, place};
use super::scope::Scope;
use super::tree::Attribute;
use crate::master::Names;
use crate::order;
use crate::plan::{Attribution, ErrorShares, Plan};

/// What the errors of series that share a value of an attribute are made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttributionRow {
    /// Code of the value.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// Their error, shared out.
    pub shares: ErrorShares,
}

/// Errors inside a slice shared out, by SKU, the SKUs' own category, channel or region; the largest
/// sum of absolute errors first. [`Attribute::All`] gives one row.
pub fn attribution_by(
    plan: &Plan,
    attribution: &Attribution,
    scope: Scope,
    attribute: Attribute,
) -> Vec<AttributionRow> {
    let catalog = &plan.catalog;
    let mut rows: BTreeMap<usize, ErrorShares> = BTreeMap::new();
    for (key, shares) in attribution.inside(plan, scope) {
        let place = place(catalog, key, attribute);
        rows.entry(place).or_default().merge(shares);
    }
    let named = |(place, shares): (usize, ErrorShares)| {
        let (code, names) = name(catalog, attribute, place);
        AttributionRow {
            code,
            names,
            shares,
        }
    };
    let mut rows: Vec<AttributionRow> = rows.into_iter().map(named).collect();
    order::sort_by(&mut rows, |a, b| {
        let errors = b.shares.error.total_cmp(&a.shares.error);
        errors.then(a.code.cmp(&b.code))
    });
    rows
}
