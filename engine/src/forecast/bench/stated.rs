//! What a forecast states besides its mean: bands, and the errors it would have made.

use super::SeriesLift;
use crate::forecast::batch::at_least_zero;
use crate::forecast::history::History;
use crate::forecast::run::{Forecasts, Holdout, Recent};
use crate::forecast::spread::{BUCKETS, bucket};
use crate::num::sqrt;
use std::ops::Range;

/// Bands around the path: nested, not negative, holding the mean.
pub(super) fn bands(
    path: &[f64],
    lift: &SeriesLift,
    is_counted: bool,
    variances: &[f64; BUCKETS],
    ends: impl Fn(usize, usize) -> Option<(f64, f64)>,
    periods: Range<usize>,
    out: &mut Forecasts,
) {
    for (step, (mean, period)) in path.iter().zip(periods).enumerate() {
        let at = bucket(step);
        let sigma = sqrt(variances.get(at).copied().unwrap_or(0.0));
        let (mut low, mut high) = (*mean, *mean);
        let lift = lift.ahead(step);
        for (level, band) in out.bands.iter_mut().enumerate() {
            let (below, above) = ends(level, at).unwrap_or((0.0, 0.0));
            low = at_least_zero(low.min(mean + below * sigma));
            high = high.max(mean + above * sigma);
            let (low, high) = if is_counted {
                whole_ends(lift * low, lift * mean, lift * high)
            } else {
                (lift * low, lift * high)
            };
            if let (Some(own_low), Some(own_high)) =
                (band.low.get_mut(period), band.high.get_mut(period))
            {
                (*own_low, *own_high) = (low, high);
            }
        }
    }
}

/// Errors of the forecasts made `lag` periods before, from every origin with its row of errors.
pub(super) fn holdout<E: Iterator<Item = f64>>(
    history: &History,
    lift: &SeriesLift,
    rows: impl Iterator<Item = (usize, E)>,
    lag: usize,
    recent: &mut Recent,
) -> Holdout {
    let values = history.values();
    let step = lag.saturating_sub(1);
    let mut sums = Holdout::default();
    for (origin, mut row) in rows {
        let period = origin + step;
        let error = row.nth(step).filter(|error| !error.is_nan());
        let (Some(error), Some(actual)) = (error, values.get(period)) else {
            continue;
        };
        let (actual, error) = lift.lifted(period, *actual, error);
        let is_whole = history.is_whole(period);
        sums.add(error, actual, is_whole);
        recent.note(values.len() - 1 - period, error, actual, is_whole);
    }
    sums
}

/// The ends of a band on whole units: demand that comes a few pieces at a time
/// misses a band that ends just short of the next piece.
fn whole_ends(low: f64, mean: f64, high: f64) -> (f64, f64) {
    (low.floor(), high.round().max(mean))
}
