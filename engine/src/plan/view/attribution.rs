//! Why the forecasts of a slice missed, by one attribute.

use super::accuracy::{name, place};
use super::scope::Scope;
use super::tree::Attribute;
use crate::master::Names;
use crate::num::index_usize;
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
    let mut sums: Vec<ErrorShares> = Vec::new();
    for (key, shares) in attribution.inside(plan, scope) {
        let place = place(catalog, key, attribute);
        if sums.len() <= place {
            sums.resize(place + 1, ErrorShares::default());
        }
        if let Some(sum) = sums.get_mut(place) {
            sum.merge(shares);
        }
    }
    let sum = |place: u32| sums.get(index_usize(place)).copied().unwrap_or_default();
    let mut places = order::places(sums.len());
    places.retain(|place| sum(*place).series > 0);
    let named = |place: u32| name(catalog, attribute, index_usize(place));
    order::sort_places(&mut places, &mut |a, b| {
        let errors = sum(b).error.total_cmp(&sum(a).error);
        errors.then_with(|| named(a).0.cmp(&named(b).0))
    });
    let row = |place: u32| {
        let (code, names) = named(place);
        AttributionRow {
            code,
            names,
            shares: sum(place),
        }
    };
    places.into_iter().map(row).collect()
}
