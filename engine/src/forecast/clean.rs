//! Outliers drawn in before a level is smoothed.

use crate::num::{larger, sqrt};

/// Deviations from the level beyond which a value is drawn in.
const DEVIATIONS: f64 = 3.0;
/// Deviation, as a share of the level, below which a history is not taken to stay.
const LEAST_DEVIATION: f64 = 0.1;
/// Smoothing of the level and of its error variance.
const ALPHA: f64 = 0.1;
/// Values seen before any is drawn in.
const SEEN_MIN: f64 = 8.0;

/// Replaces each value further than three deviations from a smoothed level, as it was known
/// then, by the value at three deviations.
///
/// Source: Gelper, Fried & Croux (2010), Journal of Forecasting 29, 285-300: robust exponential
/// smoothing by a one-step cleaning of the series.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cleaner {
    seen: f64,
    level: f64,
    variance: f64,
}

impl Cleaner {
    /// The value as a level should see it.
    pub(super) fn clean(&mut self, value: f64) -> f64 {
        let least = LEAST_DEVIATION * self.level;
        let limit = DEVIATIONS * sqrt(self.variance + least * least);
        let mut error = value - self.level;
        if self.seen == 0.0 {
            self.level = value;
            error = 0.0;
        } else if self.seen >= SEEN_MIN && limit > 0.0 {
            error = error.clamp(-limit, limit);
        }
        let cleaned = self.level + error;
        self.seen += 1.0;
        let weight = larger(ALPHA, 1.0 / self.seen);
        self.variance += weight * (error * error - self.variance);
        self.level += weight * error;
        cleaned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_is_drawn_in_and_a_new_level_is_followed() {
        let mut cleaner = Cleaner::default();
        let clean: Vec<f64> = [9.0, 11.0]
            .repeat(10)
            .into_iter()
            .map(|x| cleaner.clean(x))
            .collect();
        let kept = clean.iter().zip([9.0, 11.0].repeat(10));
        assert!(
            kept.into_iter()
                .all(|(clean, raw)| (clean - raw).abs() < 1e-12)
        );
        let spike = cleaner.clean(100.0);
        assert!((12.0..25.0).contains(&spike), "{spike}");
        let after = (0..12).map(|_| cleaner.clean(60.0)).last();
        assert_eq!(
            after,
            Some(60.0),
            "twelve periods at a new level are no outliers"
        );
    }
}
