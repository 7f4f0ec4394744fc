//! Forecasting a panel: totals of groups, scan, pool, finish.
//!
//! The parts' group totals merge first, for the seasons that only many series
//! show. `scan` maps over any part of a panel and scores every model on a sample of its
//! series; the parts' pools merge into one; `finish` maps again and forecasts each series
//! with the model that did best on the series of its class. [`run`] does all of it
//! in line; the plan does it across partitions. Results do not depend on how
//! the panel was split.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bench::{Bench, reference};
use super::class::DemandClass;
use super::groups::{GroupPartial, Groups};
use super::history::{Profile, SeasonSeen};
use super::lanes::LANES;
use super::models::ModelId;
use super::panel::{Member, Panel, fill_missing};
use super::pool::{Pool, PoolPartial};
use crate::num::index_usize;
use crate::order;

/// Newest periods whose errors are kept apart: a quarter of weeks.
pub(super) const RECENT: usize = 13;

/// Series that are classed and then forecast before the next ones: so many histories stay in a processor's cache.
const AT_HAND: usize = 512;

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
    /// Sum of |error| / actual over the periods with demand, all of it seen.
    pub percent_error: f64,
    /// Such periods.
    pub percent_count: f64,
    /// Periods with a forecast.
    pub count: f64,
}

impl Holdout {
    /// Adds the errors of other series.
    pub fn merge(&mut self, other: &Self) {
        self.absolute_error += other.absolute_error;
        self.error += other.error;
        self.actual += other.actual;
        self.percent_error += other.percent_error;
        self.percent_count += other.percent_count;
        self.count += other.count;
    }

    /// Adds one period's error and demand. An estimate of a tenth of a unit would make any error
    /// thousands of per cent: only what was seen wholly counts there.
    pub(super) fn add(&mut self, error: f64, actual: f64, is_whole: bool) {
        self.absolute_error += error.abs();
        self.error += error;
        self.actual += actual;
        self.count += 1.0;
        if actual != 0.0 && is_whole {
            self.percent_error += (error / actual).abs();
            self.percent_count += 1.0;
        }
    }
}

/// Errors by period, newest first; the last holds all that are older.
pub type RecentErrors = [Holdout; RECENT + 1];

/// Demand of the newest periods of one series and the errors of the forecasts made for them, newest
/// first; zeros where none was made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recent {
    actuals: [f64; RECENT],
    errors: [f64; RECENT],
    /// A bit for each period whose demand was seen wholly, the newest lowest.
    whole: u16,
    /// How many older periods have errors too.
    older: u16,
}

impl Recent {
    /// Demand and its error in each period, newest first.
    pub fn periods(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.actuals.iter().copied().zip(self.errors)
    }

    /// Notes a period so many before the newest; older ones are only counted.
    pub(super) fn note(&mut self, ago: usize, error: f64, actual: f64, is_whole: bool) {
        let places = (self.actuals.get_mut(ago), self.errors.get_mut(ago));
        if let (Some(own_actual), Some(own_error)) = places {
            (*own_actual, *own_error) = (actual, error);
            self.whole |= u16::from(is_whole) << ago;
        } else {
            self.older = self.older.saturating_add(1);
        }
    }

    /// Adds the errors to those of other series, period by period; what `all` has besides them goes
    /// to the older ones.
    pub fn add_to(&self, all: &Holdout, sums: &mut RecentErrors) {
        let mut older = *all;
        for (ago, ((actual, error), sum)) in self.periods().zip(sums.iter_mut()).enumerate() {
            let mut own = Holdout::default();
            own.add(error, actual, self.whole >> ago & 1 == 1);
            sum.merge(&own);
            older.absolute_error -= own.absolute_error;
            older.error -= own.error;
            older.actual -= own.actual;
            older.percent_error -= own.percent_error;
            older.percent_count -= own.percent_count;
        }
        // What subtraction leaves of nothing is no error.
        if let Some(sum) = sums.last_mut().filter(|_| self.older > 0) {
            sum.merge(&older);
        }
    }
}

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
    /// Season in the means, a factor, `horizon` for each series; 1 where the model gives none back.
    pub season: Vec<f32>,
    /// One band for each level asked, rising.
    pub bands: Vec<Band>,
    /// Standard deviation of the error of the total over the first 1, 2 ..
    /// `horizon` periods, for each series; never falling with the length.
    pub total_sigma: Vec<f64>,
    /// Errors at the lag asked for, over the rolling origins, for each series.
    pub holdout: Vec<Holdout>,
    /// The same errors in the newest periods, for each series.
    pub recent: Vec<Recent>,
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

    /// Room for so many series.
    fn reserve(&mut self, count: usize) {
        let periods = count * self.horizon;
        self.models.reserve(count);
        self.holdout.reserve(count);
        self.recent.reserve(count);
        self.mean.reserve(periods);
        self.season.reserve(periods);
        self.total_sigma.reserve(periods);
        for band in &mut self.bands {
            band.low.reserve(periods);
            band.high.reserve(periods);
        }
    }

    /// So many series.
    fn resize(&mut self, count: usize) {
        let periods = count * self.horizon;
        self.models.resize(count, reference());
        self.holdout.resize(count, Holdout::default());
        self.recent.resize(count, Recent::default());
        self.mean.resize(periods, 0.0);
        self.season.resize(periods, 1.0);
        self.total_sigma.resize(periods, 0.0);
        for band in &mut self.bands {
            band.low.resize(periods, 0.0);
            band.high.resize(periods, 0.0);
        }
    }

    /// Adds the series of another part, which was asked for the same.
    pub fn append(&mut self, mut other: Self) {
        self.models.append(&mut other.models);
        self.mean.append(&mut other.mean);
        self.season.append(&mut other.season);
        self.total_sigma.append(&mut other.total_sigma);
        self.holdout.append(&mut other.holdout);
        self.recent.append(&mut other.recent);
        for (band, mut more) in self.bands.iter_mut().zip(other.bands) {
            band.low.append(&mut more.low);
            band.high.append(&mut more.high);
        }
    }
}

/// Scores every model on the sample among some series: the first map.
#[must_use]
pub fn scan<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    groups: &Groups,
) -> PoolPartial {
    let mut profiles = Profiles::new(season);
    let (mut drawn, mut keys) = (Vec::new(), Vec::new());
    for member in series {
        let mut profile = Profile::default();
        let mut class = || {
            profile = profiles.of(&member);
            profile.class
        };
        if groups.draws(member.values, &mut class) {
            drawn.push((member, profile));
            keys.push(batch_key(profile));
        }
    }
    let mut partial = PoolPartial::default();
    let mut bench = Bench::new(groups, season, config.horizon);
    in_batches(&keys, |_, places| {
        bench.set(at_places(&drawn, places));
        bench.score(&mut partial);
    });
    partial
}

/// Forecasts some series, each with the model that did best on the sample of its class among
/// those it can be scored with: the second map.
#[must_use]
pub fn finish<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    groups: &Groups,
    pool: &Pool,
) -> Forecasts {
    let mut profiles = Profiles::new(season);
    let mut series = series.map(|member| (member, profiles.of(&member)));
    let mut forecasts = Forecasts::new(config);
    forecasts.reserve(series.size_hint().0);
    let mut bench = Bench::new(groups, season, config.horizon);
    let (mut members, mut passed) = (Vec::new(), 0);
    loop {
        members.clear();
        members.extend(series.by_ref().take(AT_HAND));
        if members.is_empty() {
            return forecasts;
        }
        forecasts.resize(passed + members.len());
        let keys = choose(&members, &mut bench, pool);
        in_batches(&keys, |(model, _), places| {
            bench.set(at_places(&members, places));
            bench.forecast(*model, pool, (places, passed), &mut forecasts);
        });
        passed += members.len();
    }
}

/// The model of each series: the best of its class among those it can be scored with.
pub(super) fn choose(
    members: &[(Member<'_>, Profile)],
    bench: &mut Bench<'_>,
    pool: &Pool,
) -> Vec<(ModelId, BatchKey)> {
    // Series alike in what decides are decided once.
    let mut known = BTreeMap::new();
    let mut chosen = |(member, profile): &(Member<'_>, Profile)| {
        let model = *known
            .entry((*profile, bench.group_of(member)))
            .or_insert_with(|| {
                let ranked = pool.ranking(profile.class).iter();
                let mut suited =
                    ranked.filter(|id| bench.is_scorable(id.model(), *profile, member));
                suited.next().copied().unwrap_or_else(reference)
            });
        (model, batch_key(*profile))
    };
    members.iter().map(&mut chosen).collect()
}

/// Series of equal keys have the same origins.
pub(super) type BatchKey = (usize, bool);

fn batch_key(profile: Profile) -> BatchKey {
    (profile.length, profile.season == SeasonSeen::Full)
}

/// Profiles of histories that may miss values.
pub(super) struct Profiles {
    season: usize,
    filled: Vec<f64>,
}

impl Profiles {
    pub(super) fn new(season: usize) -> Self {
        Self {
            season,
            filled: Vec::new(),
        }
    }

    pub(super) fn of(&mut self, member: &Member<'_>) -> Profile {
        let (class, is_whole) = DemandClass::with_gaps(member.values);
        if is_whole {
            return Profile::of(member.values, class, self.season);
        }
        fill_missing(member.values, &mut self.filled);
        let class = DemandClass::of(&self.filled);
        Profile {
            is_whole,
            ..Profile::of(&self.filled, class, self.season)
        }
    }
}

pub(super) fn at_places<'a, T: Copy>(
    items: &'a [T],
    places: &'a [u32],
) -> impl Iterator<Item = T> + Clone {
    let item = |place: &u32| items.get(index_usize(*place)).copied();
    places.iter().filter_map(item)
}

/// Hands out the places of equal keys, up to four at a time.
pub(super) fn in_batches<K: Ord>(keys: &[K], mut each: impl FnMut(&K, &[u32])) {
    let mut places = order::places(keys.len());
    let key = |place: u32| keys.get(index_usize(place));
    order::sort_places(&mut places, &mut |a, b| key(a).cmp(&key(b)));
    for equal in places.chunk_by(|a, b| key(*a) == key(*b)) {
        for batch in equal.chunks(LANES) {
            if let Some(key) = batch.first().and_then(|place| key(*place)) {
                each(key, batch);
            }
        }
    }
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
    let partial = scan(panel.members(), season, config, &groups);
    let pool = partial.finish(&config.levels);
    finish(panel.members(), season, config, &groups, &pool)
}
