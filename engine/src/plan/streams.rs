//! Streams: what sells anyhow, what events add to it, prices to both, and signals to all of them. A forecast is
//! the sum of its streams, to the thousandth, so one left out takes exactly its share away.

use serde::{Deserialize, Serialize};

use super::expect::part;
use super::measure::{Measured, category};
use super::signals::group;
use crate::demand::SeriesKey;
use crate::events::{EventLifts, SeriesLifts};
use crate::forecast::Forecasts;
use crate::ids::CategoryId;
use crate::num;
use crate::price::PriceLifts;
use crate::signals::SignalLifts;
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
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            has_events: true,
            has_signals: true,
            has_prices: true,
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
            sum += layers.whole - layers.priced;
        }
        sum.max(Qty::ZERO)
    }

    /// What events, prices and signals add to a week, as far as they count.
    pub(super) fn shares(self, layers: &Layers) -> [Qty; 3] {
        let counted = |counts: bool, share: Qty| if counts { share } else { Qty::ZERO };
        [
            counted(self.has_events, layers.lifted - layers.seasonal),
            counted(self.has_prices, layers.priced - layers.lifted),
            counted(self.has_signals, layers.whole - layers.priced),
        ]
    }

    /// Leaves streams out of the forecasts of a partition. Limits of intervals and the errors of
    /// totals shrink in proportion.
    pub(super) fn keep(self, measured: &Measured, forecasts: &mut Forecasts) {
        let horizon = forecasts.horizon;
        for (index, series) in measured.series.iter().enumerate() {
            let category = category(&measured.input, series.key.sku);
            let lifts = (&measured.lifts, &measured.input.prices, &measured.signals);
            let factors = Factors::of(lifts, category, series.key, horizon);
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
    pub(super) whole: Qty,
}

/// Factors of events, prices and signals on the weeks ahead of a series; empty where there are
/// none.
#[derive(Debug, Default)]
pub(super) struct Factors {
    events: Vec<f64>,
    prices: Vec<f64>,
    signals: Vec<f64>,
}

impl Factors {
    /// Those of a series; `None` where none touches it.
    pub(super) fn of(
        (events, prices, signals): (&EventLifts, &PriceLifts, &SignalLifts),
        category: CategoryId,
        key: SeriesKey,
        horizon: usize,
    ) -> Option<Self> {
        let events = events.weeks(group(events, category, key), 0, horizon);
        let prices = prices.weeks((key.sku, key.channel), 0, horizon);
        let signals = signals.weeks((category, key.sku, key.region), 0, horizon);
        let is_touched = events.is_some() || prices.is_some() || signals.is_some();
        let ahead = |lifts: Option<SeriesLifts>| lifts.map_or_else(Vec::new, |it| it.ahead);
        is_touched.then(|| Self {
            events: ahead(events),
            prices: ahead(prices),
            signals: ahead(signals),
        })
    }

    /// Takes the factors out of a week's forecast, the last one first.
    pub(super) fn layers(&self, week: usize, whole: Qty, season: f64) -> Layers {
        let factor = |factors: &[f64]| factors.get(week).copied().unwrap_or(1.0);
        let signals = factor(&self.signals);
        let prices = signals * factor(&self.prices);
        let events = prices * factor(&self.events);
        let priced = without(whole, whole, signals, 1.0);
        let lifted = without(whole, priced, prices, signals);
        let seasonal = without(whole, lifted, events, prices);
        let plain = without(whole, seasonal, events * season, events);
        Layers {
            plain,
            seasonal,
            lifted,
            priced,
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
            let [of_events, of_prices, of_signals] = all.shares(&layers);
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
