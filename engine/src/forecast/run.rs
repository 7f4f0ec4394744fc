//! Forecasting a panel: totals of groups, scan, pool, finish.
//!
//! The parts' group totals merge first, for the seasons that only many series
//! show. `scan` maps over any part of a panel and scores every model on every
//! series; the parts' pools merge into one; `finish` maps again, chooses each
//! series' model in the light of the pool and forecasts. [`run`] does all of it
//! in line; the plan does it across partitions. Results do not depend on how
//! the panel was split.

use serde::{Deserialize, Serialize};

use super::bench::{Bench, Score, reference};
use super::class::DemandClass;
use super::groups::{GroupPartial, Groups};
use super::models::ModelId;
use super::panel::{Member, Panel};
use super::pool::{Pool, PoolPartial};
use crate::num::count_f64;

/// Newest periods whose errors are kept apart: a quarter of weeks.
pub(super) const RECENT: usize = 13;

/// Weight of the pool's verdict against a series' own, in origins.
const POOL_WEIGHT: f64 = 400.0;

/// What is asked of a forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Periods ahead, at least 1.
    pub horizon: usize,
    /// Periods ahead at which errors are counted in [`Forecasts::holdout`], from 1; a shorter
    /// horizon counts its last.
    pub lag: usize,
    /// Coverage of each band as a fraction, rising: 0.8, 0.95.
    pub levels: Vec<f64>,
}

/// A prediction band.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Share of outcomes it should hold, a fraction.
    pub level: f64,
    /// Lower ends, `horizon` for each series in order.
    pub low: Vec<f64>,
    /// Upper ends, as the lower ones.
    pub high: Vec<f64>,
}

/// Errors of the chosen model at the lag asked for, over its rolling origins, as
/// sums that add up over any group of series. error = actual - forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Holdout {
    /// Sum of |error|, units.
    pub absolute_error: f64,
    /// Sum of errors, units.
    pub error: f64,
    /// Sum of actual demand, units.
    pub actual: f64,
    /// Sum of |error| / actual over the periods with demand.
    pub percent_error: f64,
    /// Periods with demand.
    pub percent_count: f64,
}

impl Holdout {
    /// Adds the errors of other series.
    pub fn merge(&mut self, other: &Self) {
        self.absolute_error += other.absolute_error;
        self.error += other.error;
        self.actual += other.actual;
        self.percent_error += other.percent_error;
        self.percent_count += other.percent_count;
    }

    /// Adds one period's error and demand.
    pub(super) fn add(&mut self, error: f64, actual: f64) {
        self.absolute_error += error.abs();
        self.error += error;
        self.actual += actual;
        if actual != 0.0 {
            self.percent_error += (error / actual).abs();
            self.percent_count += 1.0;
        }
    }
}

/// Errors by period, newest first; the last holds all that are older.
pub type RecentErrors = [Holdout; RECENT + 1];

/// Adds the errors of other series, period by period.
pub fn merge_recent(sums: &mut RecentErrors, other: &RecentErrors) {
    for (sum, other) in sums.iter_mut().zip(other) {
        sum.merge(other);
    }
}

/// Forecasts of a panel, in its order of series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecasts {
    /// Periods ahead.
    pub horizon: usize,
    /// Periods ahead at which `holdout` counts errors.
    pub lag: usize,
    /// Model chosen for each series.
    pub models: Vec<ModelId>,
    /// Means, `horizon` for each series.
    pub mean: Vec<f64>,
    /// One band for each level asked, rising.
    pub bands: Vec<Band>,
    /// Standard deviation of the error of the total over the first 1, 2 ..
    /// `horizon` periods, for each series; never falling with the length.
    pub total_sigma: Vec<f64>,
    /// Errors at the lag asked for, over the rolling origins, for each series.
    pub holdout: Vec<Holdout>,
    /// The same errors by period, for each series.
    pub recent: Vec<RecentErrors>,
}

impl Forecasts {
    /// No series yet.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let band = |level: &f64| Band {
            level: *level,
            low: Vec::new(),
            high: Vec::new(),
        };
        Self {
            horizon: config.horizon.max(1),
            lag: config.lag.clamp(1, config.horizon.max(1)),
            bands: config.levels.iter().map(band).collect(),
            ..Self::default()
        }
    }

    /// Adds the series of another part, which was asked for the same.
    pub fn append(&mut self, mut other: Self) {
        self.models.append(&mut other.models);
        self.mean.append(&mut other.mean);
        self.total_sigma.append(&mut other.total_sigma);
        self.holdout.append(&mut other.holdout);
        self.recent.append(&mut other.recent);
        for (band, mut more) in self.bands.iter_mut().zip(other.bands) {
            band.low.append(&mut more.low);
            band.high.append(&mut more.high);
        }
    }
}

/// Scores of the series of one part of a panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan {
    classes: Vec<DemandClass>,
    scores: Vec<Vec<Score>>,
}

/// Scores every model on every series of a part of the panel: the first map.
#[must_use]
pub fn scan<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    groups: &Groups,
) -> (Scan, PoolPartial) {
    let mut scan = Scan::default();
    let mut partial = PoolPartial::default();
    let mut bench = Bench::new(groups, season);
    for member in series {
        bench.set(member, config.horizon);
        scan.classes.push(bench.class());
        scan.scores.push(bench.score(&mut partial));
    }
    (scan, partial)
}

/// Chooses and forecasts for the series that `scan` scored: the second map.
#[must_use]
pub fn finish<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    groups: &Groups,
    (scan, pool): (&Scan, &Pool),
) -> Forecasts {
    let mut forecasts = Forecasts::new(config);
    let mut bench = Bench::new(groups, season);
    for ((member, class), scores) in series.zip(&scan.classes).zip(&scan.scores) {
        bench.set(member, config.horizon);
        let model = choose(*class, scores, pool);
        bench.forecast(model, pool, &mut forecasts);
    }
    forecasts
}

/// Forecasts a whole panel in line.
///
/// ```
/// use engine::forecast::{Config, Frequency, Panel, run};
/// let mut panel = Panel::new(Frequency::Quarterly, 4);
/// panel.push([8.0, 2.0, 4.0, 6.0].repeat(8)).expect("a small panel");
/// let forecasts = run(&panel, &Config { horizon: 4, lag: 1, levels: vec![0.8] });
/// assert!((forecasts.mean[0] - 8.0).abs() < 1e-6 && (forecasts.mean[1] - 2.0).abs() < 1e-6);
/// ```
#[must_use]
pub fn run(panel: &Panel, config: &Config) -> Forecasts {
    let groups = GroupPartial::of(panel.members()).finish();
    let season = panel.season();
    let (scan, partial) = scan(panel.members(), season, config, &groups);
    let pool = partial.finish(&config.levels);
    finish(panel.members(), season, config, &groups, (&scan, &pool))
}

/// Least pooled loss wins; the reference wins ties.
fn choose(class: DemandClass, scores: &[Score], pool: &Pool) -> ModelId {
    let mut best = (0.0, reference());
    for score in scores {
        let weight = count_f64(score.origins);
        let loss = (weight * score.log_ratio + POOL_WEIGHT * pool.gain(class, score.model))
            / (weight + POOL_WEIGHT);
        if loss < best.0 {
            best = (loss, score.model);
        }
    }
    best.1
}
