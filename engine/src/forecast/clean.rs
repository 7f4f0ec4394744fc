//! Outliers drawn in before a level is smoothed.

use super::lanes::{Lane, larger, smaller, splat, where_demand};

/// Deviations from the level beyond which a value is drawn in.
const DEVIATIONS: f32 = 3.0;
/// Deviation, as a share of the level, below which a history is not taken to stay.
const LEAST_DEVIATION: f32 = 0.1;
/// Smoothing of the level and of its error variance.
const ALPHA: f32 = 0.1;
/// Values seen before any is drawn in.
const SEEN_MIN: f32 = 8.0;

/// Replaces each value further than three deviations from a smoothed level, as it was known
/// then, by the value at three deviations. Four series at once, each over its mean.
///
/// Source: Gelper, Fried & Croux (2010), Journal of Forecasting 29, 285-300: robust exponential
/// smoothing by a one-step cleaning of the series.
#[derive(Clone, Copy, Debug, Default)]
struct Cleaner {
    seen: f32,
    level: Lane,
    variance: Lane,
}

impl Cleaner {
    /// The value as a level should see it.
    fn clean(&mut self, value: Lane) -> Lane {
        let error = if self.seen == 0.0 {
            self.level = value;
            Lane::ZERO
        } else {
            let error = value - self.level;
            if self.seen >= SEEN_MIN {
                self.draw_in(error)
            } else {
                error
            }
        };
        let cleaned = self.level + error;
        self.seen += 1.0;
        let start = 1.0 / self.seen;
        let weight = splat(if start > ALPHA { start } else { ALPHA });
        self.variance += weight * (error * error - self.variance);
        self.level += weight * error;
        cleaned
    }

    fn draw_in(&self, error: Lane) -> Lane {
        let least = splat(LEAST_DEVIATION) * self.level;
        let variance = self.variance + least * least;
        // Few values are far off: the next one need not wait for a root.
        let is_far = (splat(DEVIATIONS * DEVIATIONS) * variance).simd_lt(error * error);
        let is_drawn = is_far & Lane::ZERO.simd_lt(variance);
        if !is_drawn.any() {
            return error;
        }
        let limit = splat(DEVIATIONS) * variance.sqrt();
        is_drawn.select(smaller(larger(error, -limit), limit), error)
    }
}

/// Draws in the outliers of the series that `draws_in` marks by 1, oldest value first.
pub(super) fn draw_in_outliers(values: &mut [Lane], draws_in: Lane) {
    let mut cleaner = Cleaner::default();
    for value in values {
        let cleaned = cleaner.clean(*value);
        *value = where_demand(draws_in, cleaned, *value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::lanes::of_four;

    #[test]
    fn a_spike_is_drawn_in_and_a_new_level_is_followed() {
        let mut values: Vec<Lane> = [9.0, 11.0].repeat(10).into_iter().map(splat).collect();
        values.push(splat(100.0));
        values.extend([splat(60.0); 12]);
        let raw = values.clone();
        draw_in_outliers(&mut values, of_four([1.0, 1.0, 0.0, 1.0]));
        let lane = |values: &[Lane], lane: usize| -> Vec<f32> {
            values.iter().map(|value| value.to_array()[lane]).collect()
        };
        assert_eq!(lane(&values, 2), lane(&raw, 2), "not asked for");
        let cleaned = lane(&values, 0);
        let kept = cleaned.iter().zip(lane(&raw, 0)).take(20);
        assert!(
            kept.into_iter()
                .all(|(clean, raw)| (clean - raw).abs() < 1e-4)
        );
        assert!((12.0..25.0).contains(&cleaned[20]), "{}", cleaned[20]);
        assert_eq!(
            cleaned.last(),
            Some(&60.0),
            "twelve periods at a new level are no outliers"
        );
    }
}
