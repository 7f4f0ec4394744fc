//! What the forecast of a slice is made of.

use super::scope::{Scope, Slice};
use crate::plan::{Part, Parts, Plan};
use crate::units::Qty;

/// Parts of the forecast of a slice by week, summed over its series. The parts of a week sum to
/// the forecast that is planned with, exactly.
pub fn parts_view(plan: &Plan, scope: Scope) -> Vec<Parts> {
    let slice = Slice::new(&plan.catalog, scope);
    let weeks = plan.settings.horizon_weeks as usize;
    let mut sums = vec![[Qty::ZERO; Part::ALL.len()]; weeks];
    let inside = plan.series.iter();
    for series in inside.filter(|one| slice.has(one.key, one.warehouse)) {
        for (sums, parts) in sums.iter_mut().zip(plan.parts(series)) {
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += part;
            }
        }
    }
    sums
}
