//! The forecasts of a partition as planned with: statistical, moved by what partitions are told.

use serde::{Deserialize, Serialize};

use super::Broadcast;
use super::expect::{Told, moved, part, rounded};
use super::launch::LAUNCH;
use super::lifecycle::kept;
use super::measure::{Measured, SEASON_WEEKS, category};
use super::quiet::HiddenWeek;
use super::streams::{Factors, Known, Streams};
use crate::demand::{Series, SeriesKey};
use crate::forecast::{Forecasts, Holdout, Recent, naive_error};
use crate::ids::WarehouseId;
use crate::num;
use crate::units::Qty;

/// Forecast of one series; one value a week, thousandths of units. Mean and limits are those of
/// the statistical forecast: what is planned with is [`SeriesForecast::planned`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesForecast {
    /// What it is of.
    pub key: SeriesKey,
    /// The warehouse that serves it.
    pub warehouse: WarehouseId,
    /// Id in the registry of models.
    pub model: String,
    /// Weeks of history.
    pub history_weeks: u32,
    /// Expected demand.
    pub mean: Vec<Qty>,
    /// Lower limit of the 80 % interval.
    pub lo80: Vec<Qty>,
    /// Upper limit of the 80 % interval.
    pub hi80: Vec<Qty>,
    /// Lower limit of the 95 % interval.
    pub lo95: Vec<Qty>,
    /// Upper limit of the 95 % interval.
    pub hi95: Vec<Qty>,
    /// Errors of forecasts made [`LAG_WEEKS`](super::LAG_WEEKS) ahead, over the rolling origins.
    pub holdout: Holdout,
    /// Mean step of the history from one season to the next, units: what MASE divides by; 0 where
    /// it never changes.
    pub naive_error: f64,
    /// Demand less such forecasts in each of the last weeks, newest first; none where none was made.
    pub recent: Vec<Qty>,
    /// Demand of those weeks together.
    pub recent_demand: Qty,
    /// Expected demand as changed by hand; empty where nobody did.
    pub adjusted: Vec<Qty>,
    /// Season in the means, a factor a week; empty where there is none.
    pub season: Vec<f32>,
    /// The mean with all streams, before ends of sale and successors; empty where it is the mean.
    pub whole: Vec<Qty>,
    /// Weeks of the history in which goods were not always there, oldest first.
    pub hidden: Vec<HiddenWeek>,
}

impl SeriesForecast {
    /// What is planned with: the forecast as changed by hand, or the statistical one.
    pub fn planned(&self) -> &[Qty] {
        if self.adjusted.is_empty() {
            &self.mean
        } else {
            &self.adjusted
        }
    }

    /// What is planned with for the next four weeks, units a week.
    pub fn rate(&self) -> f64 {
        let month = self.planned().iter().take(4);
        month.map(|week| week.to_f64()).sum::<f64>() / 4.0
    }

    /// A limit of a week (one of `lo80` .. `hi95`), moved with what was changed by hand.
    pub fn limit(&self, limits: &[Qty], week: usize) -> Qty {
        let limit = limits.get(week).copied().unwrap_or(Qty::ZERO);
        match (self.mean.get(week), self.adjusted.get(week)) {
            (Some(mean), Some(adjusted)) => moved(limit, *mean, *adjusted),
            _ => limit,
        }
    }
}

/// A forecast as rows show it and as orders need it.
pub(super) struct Planned {
    pub(super) forecast: SeriesForecast,
    /// Expected demand by week, before any end of sale.
    pub(super) mean: Vec<f64>,
    /// Standard deviation of the error of the total over 1, 2, .. weeks.
    pub(super) total_sigma: Vec<f64>,
    /// Relative variance of a new item that all its series have in common.
    pub(super) shared: f64,
}

/// The partition's series in their order, and last those that only predecessors bring.
pub(super) fn planned(
    measured: &Measured,
    mut forecasts: Forecasts,
    broadcast: &Broadcast,
    told: &[Told],
) -> Vec<Planned> {
    let mut whole = Vec::new();
    if !broadcast.streams.is_all() {
        whole.clone_from(&forecasts.mean);
        broadcast.streams.keep(measured, &mut forecasts);
    }
    let mut all = Vec::with_capacity(measured.series.len());
    for (index, series) in measured.series.iter().enumerate() {
        let Some(mut one) = statistical(measured, &forecasts, index, series) else {
            continue;
        };
        let whole = match whole.is_empty() {
            true => one.forecast.mean.clone(),
            false => rounded(part(&whole, forecasts.horizon, index)),
        };
        let kept = kept(measured, broadcast, series.key);
        if let Some(kept) = &kept {
            let whole = one.forecast.mean.iter().zip(&one.mean).zip(kept);
            let left = whole.map(|((rounded, mean), share)| match *share == 1.0 {
                true => *rounded,
                false => Qty::round_from_f64(mean * share),
            });
            let left: Vec<Qty> = left.collect();
            one.forecast.become_statistical(left);
        }
        let known = told.iter().find(|told| told.key == series.key);
        let launched = known.filter(|told| told.inherited.is_some());
        if let Some(launched) = launched {
            one.begin(launched);
            one.leave_out(measured, broadcast.streams);
        }
        if let Some(told) = known {
            one.follow(told, kept.as_deref());
        }
        if launched.is_none() && one.forecast.mean != whole {
            one.forecast.whole = whole;
        }
        all.push(one);
    }
    let count = measured.series.len();
    for told in told {
        let has_own = all
            .iter()
            .take(count)
            .any(|one: &Planned| one.forecast.key == told.key);
        if !has_own {
            all.extend(inherited(measured, broadcast.streams, told));
        }
    }
    all
}

fn statistical(
    measured: &Measured,
    forecasts: &Forecasts,
    index: usize,
    series: &Series,
) -> Option<Planned> {
    let of = |values: &'_ [f64]| rounded(part(values, forecasts.horizon, index));
    let band = |level: usize| {
        let band = forecasts.bands.get(level);
        band.map_or_else(Default::default, |band| (of(&band.low), of(&band.high)))
    };
    let (lo80, hi80) = band(0);
    let (lo95, hi95) = band(1);
    let forecast = SeriesForecast {
        key: series.key,
        warehouse: measured
            .input
            .serving(series.key.region.index(), series.key.channel.index()),
        model: forecasts.models.get(index)?.model().id.to_owned(),
        history_weeks: u32::try_from(series.weeks.len()).unwrap_or(u32::MAX),
        mean: of(&forecasts.mean),
        lo80,
        hi80,
        lo95,
        hi95,
        holdout: *forecasts.holdout.get(index)?,
        naive_error: measured
            .member(index)
            .map_or(0.0, |member| naive_error(&member, SEASON_WEEKS)),
        recent: recent_errors(forecasts.recent.get(index)?),
        recent_demand: recent_demand(forecasts.recent.get(index)?),
        adjusted: Vec::new(),
        season: season(part(&forecasts.season, forecasts.horizon, index)),
        whole: Vec::new(),
        hidden: measured
            .quiet(index)
            .map_or_else(Vec::new, |it| it.hidden.clone()),
    };
    Some(Planned {
        forecast,
        mean: part(&forecasts.mean, forecasts.horizon, index).to_vec(),
        total_sigma: part(&forecasts.total_sigma, forecasts.horizon, index).to_vec(),
        shared: 0.0,
    })
}

/// The factors; nothing where all are 1.
fn season(factors: &[f32]) -> Vec<f32> {
    let is_plain = factors.iter().all(|factor| *factor == 1.0);
    if is_plain {
        Vec::new()
    } else {
        factors.to_vec()
    }
}

/// A series without history of its own: what its predecessors leave.
fn inherited(measured: &Measured, streams: Streams, told: &Told) -> Option<Planned> {
    let inherited = told.inherited.as_ref()?;
    let mut limits = inherited.limits.iter().cloned();
    let mut next = || limits.next().unwrap_or_default();
    let key = told.key;
    let forecast = SeriesForecast {
        key,
        warehouse: measured
            .input
            .serving(key.region.index(), key.channel.index()),
        model: inherited.model.clone(),
        history_weeks: 0,
        mean: told.statistical.clone(),
        lo80: next(),
        hi80: next(),
        lo95: next(),
        hi95: next(),
        holdout: Holdout::default(),
        naive_error: 0.0,
        recent: Vec::new(),
        recent_demand: Qty::ZERO,
        adjusted: told.adjusted.clone(),
        season: Vec::new(),
        whole: vec![Qty::ZERO; told.statistical.len()],
        hidden: Vec::new(),
    };
    let mut planned = Planned {
        mean: told.statistical.iter().map(|mean| mean.to_f64()).collect(),
        total_sigma: inherited.total_sigma.clone(),
        shared: inherited.shared,
        forecast,
    };
    if inherited.model == LAUNCH {
        planned.forecast.whole.clear();
        planned.leave_out(measured, streams);
    }
    planned.follow(told, None);
    Some(planned)
}

impl SeriesForecast {
    /// Takes other means; the limits move with them.
    fn become_statistical(&mut self, mean: Vec<Qty>) {
        let limits = [
            &mut self.lo80,
            &mut self.hi80,
            &mut self.lo95,
            &mut self.hi95,
        ];
        for limits in limits {
            let means = self.mean.iter().zip(&mean);
            for (limit, (from, to)) in limits.iter_mut().zip(means) {
                *limit = moved(*limit, *from, *to);
            }
        }
        self.mean = mean;
    }
}

impl Planned {
    /// Takes the forecast of a new item in place of its own short history's.
    fn begin(&mut self, told: &Told) {
        let Some(inherited) = &told.inherited else {
            return;
        };
        let own = &mut self.forecast;
        own.model.clone_from(&inherited.model);
        // A new item is forecast from what it sold.
        own.hidden.clear();
        own.mean.clone_from(&told.statistical);
        let limits = [&mut own.lo80, &mut own.hi80, &mut own.lo95, &mut own.hi95];
        for (own, limits) in limits.into_iter().zip(&inherited.limits) {
            own.clone_from(limits);
        }
        self.mean = told.statistical.iter().map(|mean| mean.to_f64()).collect();
        self.total_sigma.clone_from(&inherited.total_sigma);
        self.shared = inherited.shared;
        own.season.clear();
        own.whole.clear();
    }

    /// Leaves streams out of the forecast of a new item, which was made with all of them.
    fn leave_out(&mut self, measured: &Measured, streams: Streams) {
        let own = &mut self.forecast;
        let category = category(&measured.input, own.key.sku);
        let known = Known {
            inflows: None,
            ..measured.known()
        };
        let factors = Factors::of(known, category, own.key, own.mean.len());
        let Some(factors) = factors.filter(|_| !streams.is_all()) else {
            return;
        };
        let weeks = own.mean.iter().enumerate();
        let left = weeks.map(|(week, mean)| streams.sum(&factors.layers(week, *mean, 1.0)));
        let left: Vec<Qty> = left.collect();
        own.whole.clone_from(&own.mean);
        own.become_statistical(left);
        self.mean = own.mean.iter().map(|mean| mean.to_f64()).collect();
    }

    /// Takes what the partition is told: means, and the errors of totals in proportion.
    fn follow(&mut self, told: &Told, kept: Option<&[f64]>) {
        if !told.statistical.is_empty() && told.inherited.is_none() {
            self.forecast.become_statistical(told.statistical.clone());
        }
        self.forecast.adjusted.clone_from(&told.adjusted);
        let (mut before, mut after, mut sigma) = (0.0, 0.0, 0.0);
        let own = self.mean.iter_mut().zip(&mut self.total_sigma);
        for (week, (mean, total_sigma)) in own.enumerate() {
            let share = kept.and_then(|kept| kept.get(week)).copied().unwrap_or(1.0);
            let planned = self.forecast.planned().get(week).copied();
            let planned = planned.unwrap_or(Qty::ZERO);
            before += *mean * share;
            if planned != Qty::round_from_f64(*mean * share) && share > 0.0 {
                *mean = planned.to_f64() / share;
            }
            after += *mean * share;
            if before > 0.0 {
                *total_sigma *= after / before;
            }
            sigma = num::larger(sigma, *total_sigma);
            *total_sigma = sigma;
        }
    }
}

fn recent_errors(recent: &Recent) -> Vec<Qty> {
    let weeks = recent.periods();
    weeks.map(|(_, error)| Qty::round_from_f64(error)).collect()
}

fn recent_demand(recent: &Recent) -> Qty {
    Qty::round_from_f64(recent.periods().map(|(actual, _)| actual).sum())
}
