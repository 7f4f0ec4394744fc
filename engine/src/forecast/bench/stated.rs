//! What a forecast states besides its mean: bands, and the errors it would have made.

use super::SeriesLift;
use crate::forecast::batch::at_least_zero;
use crate::forecast::history::History;
use crate::forecast::run::{Forecasts, Holdout, Recent};
use crate::forecast::spread::{BUCKETS, bucket};
use crate::num::sqrt;
use std::ops::Range;

/// Bands around the path: nested, not negative, holding the mean. Neither variances nor ends fall with the distance,
/// so what lies further ahead reaches no less far, events apart.
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
        let uncertain = mean * lift.error(step);
        let sigma = sqrt(variances.get(at).copied().unwrap_or(0.0) + uncertain * uncertain);
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

/// Errors of the forecasts made some periods before, from their errors without events, with the period of each.
pub(super) fn holdout(
    history: &History,
    lift: &SeriesLift,
    errors: impl Iterator<Item = (usize, f64)>,
    recent: &mut Recent,
) -> Holdout {
    let values = history.values();
    let mut sums = Holdout::default();
    let mut add = |period: usize, actual: f64, error: f64, is_whole: bool| {
        sums.add(error, actual, is_whole);
        recent.note(values.len() - 1 - period, error, actual, is_whole);
    };
    let known = errors.filter_map(|(period, error)| Some((period, *values.get(period)?, error)));
    if lift.is_none() && !history.misses() {
        known.for_each(|(period, actual, error)| add(period, actual, error, true));
        return sums;
    }
    for (period, value, error) in known {
        let (actual, error) = lift.lifted(period, value, error);
        add(period, actual, error, history.is_whole(period));
    }
    sums
}

/// The ends of a band on whole units: demand that comes a few pieces at a time
/// misses a band that ends just short of the next piece.
fn whole_ends(low: f64, mean: f64, high: f64) -> (f64, f64) {
    (low.floor(), high.round().max(mean))
}

#[cfg(test)]
mod tests {
    use crate::forecast::{Config, Forecasts, GroupPartial, Kinship, Lift, Member, finish, scan};
    use crate::rng::Stream;

    /// Demand of about 100 a week, tripled in the second week ahead, which is known within `error`.
    fn forecast(error: &[f64]) -> Forecasts {
        let stream = Stream::from_seed(5);
        let values: Vec<f64> = (0..60)
            .map(|week| 90.0 + 20.0 * stream.f64_at(week))
            .collect();
        let ones = [1.0; 60];
        let lift = Lift {
            past: &ones,
            known: &ones,
            ahead: &[1.0, 3.0, 1.0],
            error,
        };
        let member = Member {
            values: &values,
            kin: None::<Kinship>,
            lift: Some(lift),
            seen: &[],
        };
        let config = Config {
            horizon: 3,
            lag: 1,
            levels: vec![0.8, 0.95],
        };
        let groups = GroupPartial::of([member].into_iter()).finish();
        let pool = scan([member].into_iter(), 52, &config, &groups).finish(&config.levels);
        finish([member].into_iter(), 52, &config, &groups, &pool)
    }

    #[test]
    fn what_is_uncertain_about_an_event_is_in_its_band_and_in_the_totals_since() {
        let mut error = vec![0.0; 63];
        let certain = forecast(&error);
        error[61] = 0.25;
        let uncertain = forecast(&error);
        assert_eq!(certain, forecast(&[]));
        assert_eq!(certain.mean, uncertain.mean);
        let width = |of: &Forecasts, week: usize| of.bands[0].high[week] - of.mean[week];
        for week in [0, 2] {
            assert_eq!(width(&certain, week), width(&uncertain, week));
        }
        // 80 % of a normal lie within 1.28 deviations, of which the factor's are 0.25 of the mean.
        let expected = 1.28 * 0.25 * uncertain.mean[1];
        let found = width(&uncertain, 1);
        assert!(
            (0.9..1.2).contains(&(found / expected)),
            "{found} {expected}"
        );
        assert!(found > 2.0 * width(&certain, 1));
        assert_eq!(certain.total_sigma[0], uncertain.total_sigma[0]);
        for week in [1, 2] {
            let grown = uncertain.total_sigma[week] / (0.25 * uncertain.mean[1]);
            assert!((1.0..1.1).contains(&grown), "{grown}");
        }
    }
}
