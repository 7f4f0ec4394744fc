//! The days a trend is measured at.

use super::PlanFigures;
use crate::day::Day;
use crate::forecast::Holdout;

/// Weeks a trend looks back: a quarter.
const WEEKS: i32 = 13;

/// The day of the picture and the same weekday of the quarter before it, oldest first.
pub fn trend_days(as_of: Day) -> Vec<Day> {
    (0..=WEEKS).rev().map(|week| as_of - 7 * week).collect()
}

/// A ratio of the forecast errors up to each day of a trend.
pub(super) fn error_ratios(
    plan: &PlanFigures,
    ratio: fn(&Holdout) -> (f64, f64),
) -> Vec<Option<f64>> {
    let value = |errors: &Holdout| {
        let (sum, base) = ratio(errors);
        (base > 0.0).then(|| sum / base)
    };
    plan.past_errors.iter().map(value).collect()
}
