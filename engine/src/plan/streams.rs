//! Streams: what sells anyhow, what events add to it, prices to both, signals to all of them, and the units
//! that campaigns and leads bring besides. A forecast is the sum of its streams, to the thousandth, so
//! one left out takes exactly its share away.

use serde::{Deserialize, Serialize};

use super::expect::part;
use super::measure::{LEVELS, Measured, category};
use super::signals::group;
use crate::demand::SeriesKey;
use crate::events::{EventLifts, SeriesLifts};
use crate::forecast::Forecasts;
use crate::ids::CategoryId;
use crate::num;
use crate::price::PriceLifts;
use crate::signals::{InflowLifts, SeriesInflow, SignalLifts};
use crate::units::Qty;

/// Which streams count in the weeks ahead; sales always do. History is looked at with all of
/// them in any case: what was an event then is no level now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streams {
    /// What events add or take.
    pub has_events: bool,
    /// What signals add or take.
    pub has_signals: bool,
    /// What changes of price add or take.
    pub has_prices: bool,
    /// What campaigns bring.
    pub has_campaign: bool,
    /// What open leads bring beyond the usual.
    pub has_pipeline: bool,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            has_events: true,
            has_signals: true,
            has_prices: true,
            has_campaign: true,
            has_pipeline: true,
        }
    }
}

impl Streams {
    /// Whether every stream counts.
    #[must_use]
    pub fn is_all(self) -> bool {
        self == Self::default()
    }

    /// The forecast of a week from those streams that count; never below zero.
    pub(super) fn sum(self, layers: &Layers) -> Qty {
        let mut sum = layers.seasonal;
        if self.has_events {
            sum += layers.lifted - layers.seasonal;
        }
        if self.has_prices {
            sum += layers.priced - layers.lifted;
        }
        if self.has_signals {
            sum += layers.signalled - layers.priced;
        }
        let [campaign, pipeline] = layers.inflows;
        if self.has_campaign {
            sum += campaign;
        }
        if self.has_pipeline {
            sum += pipeline;
        }
        sum.max(Qty::ZERO)
    }

    /// What events, prices, campaigns, leads and signals add to a week, as far as they count.
    pub(super) fn shares(self, layers: &Layers) -> [Qty; 5] {
        let [campaign, pipeline] = layers.inflows;
        let counted = |counts: bool, share: Qty| if counts { share } else { Qty::ZERO };
        [
            counted(self.has_events, layers.lifted - layers.seasonal),
            counted(self.has_prices, layers.priced - layers.lifted),
            counted(self.has_campaign, campaign),
            counted(self.has_pipeline, pipeline),
            counted(self.has_signals, layers.signalled - layers.priced),
        ]
    }

    /// Leaves streams out of the forecasts of a partition. Limits of intervals and the errors of
    /// totals shrink in proportion.
    pub(super) fn keep(self, measured: &Measured, forecasts: &mut Forecasts) {
        let horizon = forecasts.horizon;
        for (index, series) in measured.series.iter().enumerate() {
            let category = category(&measured.input, series.key.sku);
            let factors = Factors::of(measured.known(), category, series.key, horizon);
            let Some(factors) = factors else { continue };
            let whole = part(&forecasts.mean, horizon, index);
            let left: Vec<f64> = whole
                .iter()
                .enumerate()
                .map(|(week, mean)| {
                    let layers = factors.layers(week, Qty::round_from_f64(*mean), 1.0);
                    match self.sum(&layers) {
                        left if left == layers.whole => *mean,
                        left => left.to_f64(),
                    }
                })
                .collect();
            take(forecasts, index, &left);
        }
    }
}

/// Puts other means into the place of a series; its limits and errors follow.
fn take(forecasts: &mut Forecasts, index: usize, means: &[f64]) {
    let periods = index * forecasts.horizon..(index + 1) * forecasts.horizon;
    let own = forecasts.mean.get_mut(periods.clone()).unwrap_or_default();
    let ratios: Vec<f64> = own
        .iter()
        .zip(means)
        .map(|(from, to)| if *from > 0.0 { to / from } else { 1.0 })
        .collect();
    let (mut before, mut after, mut largest) = (0.0, 0.0, 0.0);
    let sigmas = forecasts.total_sigma.get_mut(periods.clone());
    let sigmas = sigmas.unwrap_or_default().iter_mut();
    for (sigma, (from, to)) in sigmas.zip(own.iter_mut().zip(means)) {
        before += *from;
        after += to;
        *from = *to;
        if before > 0.0 {
            *sigma *= after / before;
        }
        largest = num::larger(largest, *sigma);
        *sigma = largest;
    }
    for band in &mut forecasts.bands {
        for limits in [&mut band.low, &mut band.high] {
            let limits = limits.get_mut(periods.clone()).unwrap_or_default();
            for (limit, ratio) in limits.iter_mut().zip(&ratios) {
                *limit *= ratio;
            }
        }
    }
}

/// Adds what campaigns and leads bring to the means of a series. Limits move along and widen by what
/// is uncertain about it, as an error independent of theirs; in totals, weeks err together.
pub(super) fn add_inflow(forecasts: &mut Forecasts, index: usize, inflow: &SeriesInflow) {
    let periods = index * forecasts.horizon..(index + 1) * forecasts.horizon;
    let mut doubt = 0.0;
    let mut largest = 0.0;
    for (week, at) in periods.enumerate() {
        let [campaign, pipeline] = inflow.week(week);
        let deviation = inflow.deviation.get(week).copied().unwrap_or(0.0);
        let Some(mean) = forecasts.mean.get_mut(at) else {
            return;
        };
        let before = *mean;
        *mean = num::larger(0.0, before + (campaign + pipeline).to_f64());
        let after = *mean;
        doubt += deviation;
        if let Some(sigma) = forecasts.total_sigma.get_mut(at) {
            *sigma = num::larger(largest, num::sqrt(*sigma * *sigma + doubt * doubt));
            largest = *sigma;
        }
        for (band, level) in forecasts.bands.iter_mut().zip(LEVELS) {
            let reach = num::normal_quantile(0.5 + 0.5 * level) * deviation;
            let wide = |limit: f64| {
                let half = limit - before;
                num::sqrt(half * half + reach * reach)
            };
            if let Some(low) = band.low.get_mut(at) {
                let below = num::larger(0.0, before - *low);
                *low = num::larger(0.0, after - wide(before - below));
            }
            if let Some(high) = band.high.get_mut(at) {
                let above = num::larger(0.0, *high - before);
                *high = after + wide(before + above);
            }
        }
    }
}

/// The forecast of a week with one factor after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layers {
    /// Without season, events, prices and signals.
    pub(super) plain: Qty,
    /// With its season.
    pub(super) seasonal: Qty,
    /// And with events.
    pub(super) lifted: Qty,
    /// And with changes of price.
    pub(super) priced: Qty,
    /// And with signals.
    pub(super) signalled: Qty,
    /// Units that campaigns and leads add to that.
    pub(super) inflows: [Qty; 2],
    /// With all of them.
    pub(super) whole: Qty,
}

/// What is known of the weeks ahead of every series.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) events: &'a EventLifts,
    pub(super) prices: &'a PriceLifts,
    pub(super) signals: &'a SignalLifts,
    /// Campaigns and leads; none for series that are forecast without them.
    pub(super) inflows: Option<&'a InflowLifts>,
}

/// Factors of events, prices and signals on the weeks ahead of a series, and the units of campaigns and
/// leads; empty where there are none.
#[derive(Debug, Default)]
pub(super) struct Factors {
    events: Vec<f64>,
    prices: Vec<f64>,
    signals: Vec<f64>,
    inflow: Option<SeriesInflow>,
}

impl Factors {
    /// Those of a series; `None` where none touches it.
    pub(super) fn of(
        known: Known<'_>,
        category: CategoryId,
        key: SeriesKey,
        horizon: usize,
    ) -> Option<Self> {
        let events = known
            .events
            .weeks(group(known.events, category, key), 0, horizon);
        let prices = known.prices.weeks((key.sku, key.channel), 0, horizon);
        let goods = (category, key.sku, key.region);
        let signals = known.signals.weeks(goods, 0, horizon);
        let inflow = known.inflows.and_then(|inflows| inflows.ahead(key));
        let is_touched =
            events.is_some() || prices.is_some() || signals.is_some() || inflow.is_some();
        let ahead = |lifts: Option<SeriesLifts>| lifts.map_or_else(Vec::new, |it| it.ahead);
        is_touched.then(|| Self {
            events: ahead(events),
            prices: ahead(prices),
            signals: ahead(signals),
            inflow: inflow.cloned(),
        })
    }

    /// Whether signals, campaigns or leads are among them.
    pub(super) fn has_signals(&self) -> bool {
        self.inflow.is_some() || !self.signals.is_empty()
    }

    /// Units of a week's mean that signals, campaigns and leads bring or take, as far as they count.
    pub(super) fn brought(&self, week: usize, mean: f64, streams: Streams) -> f64 {
        let inflow = self.inflow.as_ref();
        let [campaign, pipeline] = inflow.map_or([Qty::ZERO; 2], |inflow| inflow.week(week));
        let counted = |counts: bool, units: Qty| if counts { units.to_f64() } else { 0.0 };
        let units =
            counted(streams.has_campaign, campaign) + counted(streams.has_pipeline, pipeline);
        let factor = self.signals.get(week).copied().unwrap_or(1.0);
        let by_heat = match streams.has_signals && factor > 0.0 {
            true => (mean - units) * (1.0 - 1.0 / factor),
            false => 0.0,
        };
        units + by_heat
    }

    /// Takes units and factors out of a week's forecast, the last one first.
    pub(super) fn layers(&self, week: usize, whole: Qty, season: f64) -> Layers {
        let factor = |factors: &[f64]| factors.get(week).copied().unwrap_or(1.0);
        let signals = factor(&self.signals);
        let prices = signals * factor(&self.prices);
        let events = prices * factor(&self.events);
        let inflows = self.inflow.as_ref();
        let inflows = inflows.map_or([Qty::ZERO; 2], |inflow| inflow.week(week));
        let [campaign, pipeline] = inflows;
        let signalled = whole - campaign - pipeline;
        let priced = without(signalled, signalled, signals, 1.0);
        let lifted = without(signalled, priced, prices, signals);
        let seasonal = without(signalled, lifted, events, prices);
        let plain = without(signalled, seasonal, events * season, events);
        Layers {
            plain,
            seasonal,
            lifted,
            priced,
            signalled,
            inflows,
            whole,
        }
    }
}

/// A forecast without a factor; what was left before it, where it changes nothing.
fn without(whole: Qty, left: Qty, factor: f64, before: f64) -> Qty {
    if factor == before || factor <= 0.0 {
        left
    } else {
        Qty::round_from_f64(whole.to_f64() / factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn factors(events: f64, prices: f64, signals: f64) -> Factors {
        Factors {
            events: vec![events],
            prices: vec![prices],
            signals: vec![signals],
            inflow: None,
        }
    }

    #[test]
    fn layers_are_products_of_the_factors() {
        let qty = Qty::from_thousandths;
        // 100 a week, a season of 1.2, an event of 1.5, a cut that gives 1.25 and a signal of 1.1: 247.5.
        let layers = factors(1.5, 1.25, 1.1).layers(0, qty(247_500), 1.2);
        assert_eq!(layers.priced, qty(225_000));
        assert_eq!(layers.lifted, qty(180_000));
        assert_eq!(layers.seasonal, qty(120_000));
        assert_eq!(layers.plain, qty(100_000));
        let streams = |has_events, has_prices, has_signals| Streams {
            has_events,
            has_signals,
            has_prices,
            ..Streams::default()
        };
        assert_eq!(streams(true, true, true).sum(&layers), qty(247_500));
        assert_eq!(streams(false, true, true).sum(&layers), qty(187_500));
        assert_eq!(streams(true, false, true).sum(&layers), qty(202_500));
        assert_eq!(streams(true, true, false).sum(&layers), qty(225_000));
        assert_eq!(streams(false, false, false).sum(&layers), qty(120_000));
    }

    proptest! {
        #[test]
        fn a_stream_takes_its_share_away(
            whole in 0_i64..10_000_000,
            events in 0.05_f64..8.0,
            prices in 0.1_f64..8.0,
            signals in 1.0_f64..3.0,
        ) {
            let layers = factors(events, prices, signals).layers(0, Qty::from_thousandths(whole), 1.0);
            let all = Streams::default();
            let [of_events, of_prices, _, _, of_signals] = all.shares(&layers);
            prop_assert_eq!(all.sum(&layers), layers.whole);
            // A price raised by far can leave less than another stream adds: then nothing is left.
            for (less, share) in [
                (Streams { has_events: false, ..all }, of_events),
                (Streams { has_prices: false, ..all }, of_prices),
                (Streams { has_signals: false, ..all }, of_signals),
            ] {
                let left = less.sum(&layers);
                prop_assert!(layers.whole - left == share || left.is_zero());
            }
        }
    }
}
