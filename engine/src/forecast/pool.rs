//! What the series of a panel teach each other: which model suits a class of
//! demand, and how forecast errors are shaped.
//!
//! A partition gives a [`PoolPartial`]; partials merge exactly, in any order
//! and any split, because they hold only whole numbers.

use serde::{Deserialize, Serialize};

use super::class::DemandClass;
use super::models::{MODELS, ModelId};
use super::spread::{BUCKETS, never_falling};
use crate::num::{floor_count, nearest_whole, normal_quantile, round_whole, whole_f64};
use crate::order;

const CLASSES: usize = DemandClass::COUNT;
const BINS: usize = 256;
const BIN_WIDTH: f64 = 0.1;
const Z_MIN: f64 = -8.0;
const MODEL_COUNT: usize = MODELS.len();
/// Models and buckets of one class.
const PLACES: usize = MODEL_COUNT * BUCKETS;

/// Which errors are alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct ErrorPlace {
    pub(super) class: DemandClass,
    pub(super) model: ModelId,
    /// Bucket of the period ahead.
    pub(super) bucket: usize,
}

impl ErrorPlace {
    fn index(self) -> usize {
        self.class.index() * PLACES + self.model.index() * BUCKETS + self.bucket
    }
}
/// Fixed point of the sums: units of 2^-24.
const UNIT: f64 = 16_777_216.0;
/// Fixed point of sums of demand.
const LEVEL_UNIT: f64 = 1_048_576.0;

/// Largest squared total, in sums of variances, that counts as it is.
const TOTAL_RATIO_MAX: f64 = 40.0;
/// Weight of independent errors in the ratio of totals, in origins.
const TOTAL_PRIOR: f64 = 24.0;

/// Whole-number sum of a fractional figure, so that adding is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    units: i64,
    count: i64,
}

impl Sum {
    /// Adds a figure below 2^27.
    fn add(&mut self, value: f64) {
        self.units += nearest_whole(value * UNIT);
        self.count += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.units += other.units;
        self.count += other.count;
    }

    /// Mean with `prior` counted `weight` times.
    fn shrunk_mean(&self, prior: f64, weight: f64) -> f64 {
        let count = whole_f64(self.count);
        (whole_f64(self.units) / UNIT + weight * prior) / (count + weight)
    }
}

/// Sums of demand and of its forecasts, in units of 2^-20: coarser than [`Sum`], because they are
/// of units and not of ratios.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Level {
    actual: i64,
    forecast: i64,
    count: i64,
}

impl Level {
    fn merge(&mut self, other: &Self) {
        self.actual = self.actual.saturating_add(other.actual);
        self.forecast = self.forecast.saturating_add(other.forecast);
        self.count += other.count;
    }

    /// Demand over forecast within bounds, drawn to 1 where little was seen.
    fn factor(&self) -> f64 {
        if self.forecast <= 0 {
            return 1.0;
        }
        let (low, high) = LEVEL_FACTORS;
        let ratio = (whole_f64(self.actual) / whole_f64(self.forecast)).clamp(low, high);
        let count = whole_f64(self.count);
        1.0 + (ratio - 1.0) * count / (count + LEVEL_PRIOR)
    }
}

/// One partition's part of the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolPartial {
    /// Log loss against the reference model, by class and model.
    gains: Vec<Sum>,
    /// Squared error of a total over the sum of its periods' variances, by class,
    /// model and bucket of the total's last period.
    totals: Vec<Sum>,
    /// Counts of standardised errors, by class, model and bucket, then by bin; nothing where there are none.
    errors: Vec<Vec<u32>>,
    /// Demand and forecasts of the series whose level is corrected, by model.
    levels: Vec<Level>,
}

impl Default for PoolPartial {
    fn default() -> Self {
        Self {
            gains: vec![Sum::default(); CLASSES * MODEL_COUNT],
            totals: vec![Sum::default(); CLASSES * PLACES],
            errors: vec![Vec::new(); CLASSES * PLACES],
            levels: vec![Level::default(); MODEL_COUNT],
        }
    }
}

impl PoolPartial {
    /// Adds another partition's part.
    pub fn merge(&mut self, other: &Self) {
        for (sum, more) in self.gains.iter_mut().zip(&other.gains) {
            sum.merge(more);
        }
        for (sum, more) in self.totals.iter_mut().zip(&other.totals) {
            sum.merge(more);
        }
        for (counts, more) in self.errors.iter_mut().zip(&other.errors) {
            add_counts(counts, more);
        }
        for (level, more) in self.levels.iter_mut().zip(&other.levels) {
            level.merge(more);
        }
    }

    /// Adds what a series had in a period and what `model` had forecast for it, in units.
    pub(super) fn add_level(&mut self, model: ModelId, actual: f64, forecast: f64) {
        if let Some(level) = self.levels.get_mut(model.index()) {
            level.merge(&Level {
                actual: round_whole(actual * LEVEL_UNIT),
                forecast: round_whole(forecast * LEVEL_UNIT),
                count: 1,
            });
        }
    }

    pub(super) fn add_gain(&mut self, class: DemandClass, model: ModelId, log_ratio: f64) {
        let place = class.index() * MODEL_COUNT + model.index();
        let sum = self.gains.get_mut(place);
        // Of a history past all figures nothing can be said.
        if let Some(sum) = sum.filter(|_| !log_ratio.is_nan()) {
            sum.add(log_ratio.clamp(-3.0, 3.0));
        }
    }

    pub(super) fn add_total(&mut self, place: ErrorPlace, ratio: f64) {
        if let Some(sum) = self.totals.get_mut(place.index()) {
            sum.add(ratio.min(TOTAL_RATIO_MAX));
        }
    }

    pub(super) fn add_error(&mut self, place: ErrorPlace, z: f64) {
        let bin = floor_count((z - Z_MIN) / BIN_WIDTH).min(BINS - 1);
        let Some(counts) = self.errors.get_mut(place.index()) else {
            return;
        };
        if counts.is_empty() {
            counts.resize(BINS, 0);
        }
        if let Some(count) = counts.get_mut(bin) {
            *count = count.saturating_add(1);
        }
    }

    /// The finished pool for bands of the given levels (fractions, such as 0.8).
    #[must_use]
    pub fn finish(&self, levels: &[f64]) -> Pool {
        let mut all = vec![Vec::new(); PLACES];
        for class in self.errors.chunks(PLACES) {
            for (sums, counts) in all.iter_mut().zip(class) {
                add_counts(sums, counts);
            }
        }
        let models = self.errors.chunks_exact(BUCKETS);
        let models = models.zip(all.chunks_exact(BUCKETS).cycle());
        let quantiles = models.flat_map(|(own, all)| ends_by_bucket(own, all, levels));
        let quantiles = quantiles.collect();
        Pool {
            rankings: rankings(&self.shrunk_gains()),
            totals: self.total_factors(),
            levels: self.levels.iter().map(Level::factor).collect(),
            quantiles,
            bands: levels.len(),
        }
    }

    /// Mean gain by class and model; a class of few series leans on all.
    fn shrunk_gains(&self) -> Vec<f64> {
        let mut all = [Sum::default(); MODEL_COUNT];
        for class in self.gains.chunks(MODEL_COUNT) {
            for (sum, more) in all.iter_mut().zip(class) {
                sum.merge(more);
            }
        }
        let overall = all.map(|sum| sum.shrunk_mean(0.0, 5.0));
        self.gains
            .chunks(MODEL_COUNT)
            .flat_map(|class| {
                class
                    .iter()
                    .zip(&overall)
                    .map(|(sum, all)| sum.shrunk_mean(*all, 20.0))
            })
            .collect()
    }

    /// Factors of a class, drawn to those of all classes.
    fn total_factors(&self) -> Vec<f64> {
        let mut all = vec![Sum::default(); PLACES];
        for class in self.totals.chunks(PLACES) {
            for (sum, more) in all.iter_mut().zip(class) {
                sum.merge(more);
            }
        }
        let drawn = |(own, all): (&Sum, &Sum)| {
            own.shrunk_mean(all.shrunk_mean(1.0, TOTAL_PRIOR), TOTAL_PRIOR)
        };
        let classes = self.totals.chunks(PLACES);
        classes
            .flat_map(|class| class.iter().zip(&all).map(drawn))
            .collect()
    }
}

/// What the finished partials say, broadcast to every partition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// By class: models that did better than the reference, best first.
    rankings: Vec<Vec<ModelId>>,
    totals: Vec<f64>,
    quantiles: Vec<(f64, f64)>,
    /// Number of bands.
    bands: usize,
    /// Demand over forecast of the series whose level is corrected, by model.
    levels: Vec<f64>,
}

impl Pool {
    /// Models that did better than the reference on a class, best first.
    pub(super) fn ranking(&self, class: DemandClass) -> &[ModelId] {
        self.rankings.get(class.index()).map_or(&[], Vec::as_slice)
    }

    /// Variance of a total over the sum of its periods' variances.
    pub(super) fn total_factor(&self, place: ErrorPlace) -> f64 {
        self.totals.get(place.index()).copied().unwrap_or(1.0)
    }

    /// Demand over what `model` forecast for it, of the series whose level is corrected.
    pub(super) fn level_factor(&self, model: ModelId) -> f64 {
        self.levels.get(model.index()).copied().unwrap_or(1.0)
    }

    /// Standardised ends of each band, in the order of the levels.
    pub(super) fn ends(&self, place: ErrorPlace) -> &[(f64, f64)] {
        let start = place.index() * self.bands;
        self.quantiles
            .get(start..start + self.bands)
            .unwrap_or_default()
    }
}

/// Adds the counts of another histogram.
fn add_counts(counts: &mut Vec<u32>, more: &[u32]) {
    if counts.is_empty() {
        counts.extend_from_slice(more);
        return;
    }
    for (count, more) in counts.iter_mut().zip(more) {
        *count = count.saturating_add(*more);
    }
}

/// By class, the models with a negative log loss against the reference, least first; an earlier
/// row of the table wins a tie.
fn rankings(gains: &[f64]) -> Vec<Vec<ModelId>> {
    let ranking = |gains: &[f64]| {
        let mut better: Vec<(f64, ModelId)> = gains
            .iter()
            .zip(ModelId::all())
            .filter(|(gain, _)| **gain < 0.0)
            .map(|(gain, (id, _))| (*gain, id))
            .collect();
        order::sort_by(&mut better, |a, b| a.0.total_cmp(&b.0));
        better.into_iter().map(|(_, id)| id).collect()
    };
    gains.chunks(MODEL_COUNT).map(ranking).collect()
}

/// Periods of demand against which a pooled bias is weighed.
const LEVEL_PRIOR: f64 = 500.0;
/// Bounds of the correction of a pooled bias.
const LEVEL_FACTORS: (f64, f64) = (0.5, 1.5);

/// Errors of neighbouring origins and horizons move together: so many of them
/// count as one.
const ERRORS_PER_OBSERVATION: f64 = 12.0;
/// Weight of the shape that is drawn to, in independent observations.
const PRIOR_WEIGHT: f64 = 20.0;

/// Standardised ends of each band by bucket, then level: of errors further ahead no nearer to zero.
fn ends_by_bucket(own: &[Vec<u32>], all: &[Vec<u32>], levels: &[f64]) -> Vec<(f64, f64)> {
    let mut ends = vec![(0.0, 0.0); BUCKETS * levels.len()];
    let mut weights = [0.0; BUCKETS];
    for (weight, counts) in weights.iter_mut().zip(own) {
        *weight = counts.iter().map(|count| f64::from(*count)).sum();
    }
    for (place, level) in levels.iter().enumerate() {
        let reaches = |p: f64, sign: f64| {
            let mut reaches = [0.0; BUCKETS];
            for (reach, (own, all)) in reaches.iter_mut().zip(own.iter().zip(all)) {
                let prior = blended_quantile(all, p, normal_quantile(p));
                *reach = sign * blended_quantile(own, p, prior);
            }
            never_falling(&mut reaches, &weights);
            reaches
        };
        let below = reaches(0.5 - 0.5 * level, -1.0);
        let above = reaches(0.5 + 0.5 * level, 1.0);
        let places = ends.iter_mut().skip(place).step_by(levels.len());
        for (end, (below, above)) in places.zip(below.into_iter().zip(above)) {
            *end = (-below, above);
        }
    }
    ends
}

/// Quantile of a histogram, drawn to `prior` where it holds little.
fn blended_quantile(histogram: &[u32], p: f64, prior: f64) -> f64 {
    let total: f64 = histogram.iter().map(|count| f64::from(*count)).sum();
    if total == 0.0 {
        return prior;
    }
    let wanted = p * total;
    let (mut below, mut edge) = (0.0, Z_MIN);
    let mut empirical = Z_MIN;
    for count in histogram {
        let count = f64::from(*count);
        if below + count >= wanted && count > 0.0 {
            empirical = edge + BIN_WIDTH * (wanted - below) / count;
            break;
        }
        below += count;
        edge += BIN_WIDTH;
        empirical = edge;
    }
    let weight = total / ERRORS_PER_OBSERVATION;
    (weight * empirical + PRIOR_WEIGHT * prior) / (weight + PRIOR_WEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(model: ModelId, bucket: usize) -> ErrorPlace {
        ErrorPlace {
            class: DemandClass::Smooth,
            model,
            bucket,
        }
    }

    #[test]
    fn merging_is_exact_in_any_split() {
        let model = ModelId::parse("theta").unwrap();
        let figures: Vec<f64> = (0..99).map(|i| f64::from(i).sqrt() - 5.0).collect();
        let fill = |values: &[f64]| {
            let mut partial = PoolPartial::default();
            for value in values {
                partial.add_gain(DemandClass::Smooth, model, *value);
                partial.add_error(at(model, 2), *value);
                partial.add_total(at(model, 1), *value);
            }
            partial
        };
        let mut merged = fill(&figures[60..]);
        merged.merge(&fill(&figures[..13]));
        merged.merge(&fill(&figures[13..60]));
        assert_eq!(merged, fill(&figures));
    }

    #[test]
    fn an_empty_pool_is_normal() {
        let pool = PoolPartial::default().finish(&[0.8, 0.95]);
        let ends = pool.ends(at(ModelId::parse("ses").unwrap(), 0));
        assert!((ends[1].1 - 1.959_963_984_540_054).abs() < 1e-12);
        assert!((ends[0].0 + 1.281_551_565_544_6).abs() < 1e-12);
    }

    #[test]
    fn a_full_histogram_gives_its_own_quantiles() {
        let mut histogram = [0; BINS];
        histogram[80] = 5_000_000; // z in [0.0, 0.1)
        histogram[90] = 5_000_000; // z in [1.0, 1.1)
        assert!((blended_quantile(&histogram, 0.75, 0.7) - 1.05).abs() < 1e-3);
    }
}
