//! Streams: what sells anyhow, what events add to it, what signals add to both. A forecast is
//! the sum of its streams, to the thousandth, so one left out takes exactly its share away.

use serde::{Deserialize, Serialize};

use super::expect::part;
use super::measure::{Measured, category};
use crate::demand::SeriesKey;
use crate::events::EventLifts;
use crate::forecast::Forecasts;
use crate::ids::CategoryId;
use crate::num;
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
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            has_events: true,
            has_signals: true,
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
        if self.has_signals {
            sum += layers.whole - layers.lifted;
        }
        sum.max(Qty::ZERO)
    }

    /// What an event or a signal adds to a week, as far as it counts.
    pub(super) fn shares(self, layers: &Layers) -> (Qty, Qty) {
        let events = layers.lifted - layers.seasonal;
        let signals = layers.whole - layers.lifted;
        let counted = |counts: bool, share: Qty| if counts { share } else { Qty::ZERO };
        (
            counted(self.has_events, events),
            counted(self.has_signals, signals),
        )
    }

    /// Leaves streams out of the forecasts of a partition. Limits of intervals and the errors of
    /// totals shrink in proportion.
    pub(super) fn keep(self, measured: &Measured, forecasts: &mut Forecasts) {
        let horizon = forecasts.horizon;
        for (index, series) in measured.series.iter().enumerate() {
            let category = category(&measured.input, series.key.sku);
            let lifts = (&measured.lifts, &measured.signals);
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
    /// Without season, events and signals.
    pub(super) plain: Qty,
    /// With its season.
    pub(super) seasonal: Qty,
    /// And with events.
    pub(super) lifted: Qty,
    /// And with signals.
    pub(super) whole: Qty,
}

/// Factors of events and signals on the weeks ahead of a series; empty where there are none.
#[derive(Debug, Default)]
pub(super) struct Factors {
    events: Vec<f64>,
    signals: Vec<f64>,
}

impl Factors {
    /// Those of a series; `None` where neither touches it.
    pub(super) fn of(
        (events, signals): (&EventLifts, &SignalLifts),
        category: CategoryId,
        key: SeriesKey,
        horizon: usize,
    ) -> Option<Self> {
        let events = events.weeks(category.index(), 0, horizon);
        let signals = signals.weeks((category, key.sku, key.region), 0, horizon);
        (events.is_some() || signals.is_some()).then(|| Self {
            events: events.map_or_else(Vec::new, |lifts| lifts.ahead),
            signals: signals.map_or_else(Vec::new, |lifts| lifts.ahead),
        })
    }

    /// Takes the factors out of a week's forecast, the last one first.
    pub(super) fn layers(&self, week: usize, whole: Qty, season: f64) -> Layers {
        let factor = |factors: &[f64]| factors.get(week).copied().unwrap_or(1.0);
        let signals = factor(&self.signals);
        let events = signals * factor(&self.events);
        let lifted = without(whole, whole, signals, 1.0);
        let seasonal = without(whole, lifted, events, signals);
        let plain = without(whole, seasonal, events * season, events);
        Layers {
            plain,
            seasonal,
            lifted,
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

    fn factors(events: f64, signals: f64) -> Factors {
        Factors {
            events: vec![events],
            signals: vec![signals],
        }
    }

    #[test]
    fn layers_are_products_of_the_factors() {
        let qty = Qty::from_thousandths;
        // 100 a week, a season of 1.2, an event of 1.5 and a signal of 1.1: 198.
        let layers = factors(1.5, 1.1).layers(0, qty(198_000), 1.2);
        assert_eq!(layers.lifted, qty(180_000));
        assert_eq!(layers.seasonal, qty(120_000));
        assert_eq!(layers.plain, qty(100_000));
        let streams = |has_events, has_signals| Streams {
            has_events,
            has_signals,
        };
        assert_eq!(streams(true, true).sum(&layers), qty(198_000));
        assert_eq!(streams(false, true).sum(&layers), qty(138_000));
        assert_eq!(streams(true, false).sum(&layers), qty(180_000));
        assert_eq!(streams(false, false).sum(&layers), qty(120_000));
    }

    proptest! {
        #[test]
        fn a_stream_takes_its_share_away(
            whole in 0_i64..10_000_000,
            events in 0.05_f64..8.0,
            signals in 1.0_f64..3.0,
        ) {
            let layers = factors(events, signals).layers(0, Qty::from_thousandths(whole), 1.0);
            let all = Streams::default();
            let (of_events, of_signals) = all.shares(&layers);
            prop_assert_eq!(all.sum(&layers), layers.whole);
            let no_signals = Streams { has_signals: false, ..all };
            prop_assert_eq!(layers.whole - no_signals.sum(&layers), of_signals);
            let no_events = Streams { has_events: false, ..all };
            prop_assert_eq!(layers.whole - no_events.sum(&layers), of_events);
        }
    }
}
