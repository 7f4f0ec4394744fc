//! Why the forecasts of a slice missed, by one attribute.

use super::accuracy::{name, place};
use super::scope::Scope;
use super::tree::Attribute;
use crate::demand::SeriesKey;
use crate::master::Names;
use crate::num::index_usize;
use crate::order;
use crate::plan::adjust::Decisions;
use crate::plan::{Attribution, ErrorShares, Ladder, Plan, Replays};

/// Sums over the series that share a value of an attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutRow<T> {
    /// Code of the value.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// What their series have together.
    pub sums: T,
}

/// Errors inside a slice shared out, by SKU, the SKUs' own category, channel or region; the largest
/// sum of absolute errors first. [`Attribute::All`] gives one row.
pub fn attribution_by(
    plan: &Plan,
    attribution: &Attribution,
    scope: Scope,
    attribute: Attribute,
) -> Vec<CutRow<ErrorShares>> {
    let inside = attribution.inside(plan, scope);
    let inside = inside.map(|(key, shares)| (key, *shares));
    cut(plan, inside, attribute)
}

/// Ladders inside a slice, cut as [`attribution_by`] does; the largest error of the planned forecast first.
pub fn ladder_by(
    (plan, decisions): (&Plan, &Decisions),
    replays: &Replays,
    scope: Scope,
    attribute: Attribute,
) -> Vec<CutRow<Ladder>> {
    let inside = replays.inside(plan, decisions, scope);
    cut(plan, inside, attribute)
}

/// Errors that add up over series.
trait Errors: Copy + Default {
    fn add(&mut self, other: &Self);
    /// Sum of absolute errors of the planned forecast, units; none where there was no week to look at.
    fn error(&self) -> Option<f64>;
}

impl Errors for ErrorShares {
    fn add(&mut self, other: &Self) {
        self.merge(other);
    }

    fn error(&self) -> Option<f64> {
        (self.cells > 0).then_some(self.error)
    }
}

impl Errors for Ladder {
    fn add(&mut self, other: &Self) {
        self.merge(other);
    }

    fn error(&self) -> Option<f64> {
        let planned = self.errors.last().copied();
        planned.filter(|_| self.cells > 0)
    }
}

/// Adds what series have by the value they share, the largest error first.
fn cut<T: Errors>(
    plan: &Plan,
    series: impl Iterator<Item = (SeriesKey, T)>,
    attribute: Attribute,
) -> Vec<CutRow<T>> {
    let catalog = &plan.catalog;
    let mut sums: Vec<T> = Vec::new();
    for (key, own) in series {
        let place = place(catalog, key, attribute);
        if sums.len() <= place {
            sums.resize(place + 1, T::default());
        }
        if let Some(sum) = sums.get_mut(place) {
            sum.add(&own);
        }
    }
    let sum = |place: u32| sums.get(index_usize(place)).copied().unwrap_or_default();
    let mut places = order::places(sums.len());
    places.retain(|place| sum(*place).error().is_some());
    let named = |place: u32| name(catalog, attribute, index_usize(place));
    let error_of = |place: u32| sum(place).error().unwrap_or(0.0);
    order::sort_places(&mut places, &mut |a, b| {
        let errors = error_of(b).total_cmp(&error_of(a));
        errors.then_with(|| named(a).0.cmp(&named(b).0))
    });
    let row = |place: u32| {
        let (code, names) = named(place);
        CutRow {
            code,
            names,
            sums: sum(place),
        }
    };
    places.into_iter().map(row).collect()
}
