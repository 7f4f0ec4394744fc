//! The trial: forecasts with and without a stream, made again at every origin of the past year.
//!
//! The reference forecast is exponential smoothing, as in the court of signals. With the stream,
//! demand is smoothed without what was counted (beyond the usual), and what was expected of the
//! week is added; worth and expectations are made anew at every origin, from nothing newer. Only
//! goods the stream touched at an origin are compared there.

use std::collections::BTreeMap;

use super::super::court::{CourtRules, GAINS, HeldOut, level};
use super::cases::{Goods, Said};
use super::worth::worth;
use crate::ids::SkuId;

/// Smallest share of a week's demand that is left of it, and of what is left that is its demand.
const LEFT_MIN: f64 = 0.05;

/// What was forecast on both sides, in the same order.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    pub(super) without: Vec<HeldOut>,
    pub(super) with: Vec<HeldOut>,
    /// Factor expected for a week (by its age, 0 the newest) of goods.
    pub(super) known: BTreeMap<(SkuId, usize), f64>,
}

/// Weeks ago of the origins that are tried, the oldest first.
pub(super) fn origins(length: usize, rules: &CourtRules) -> std::ops::Range<usize> {
    let oldest = length.saturating_sub(rules.training_min + 1);
    rules.ahead..oldest.min(rules.ahead + rules.trial_max - 1) + 1
}

/// Tries a stream on goods; `said` is what it said so many weeks ago.
pub(super) fn trial(
    goods: &[Goods],
    said: &BTreeMap<usize, BTreeMap<SkuId, Said>>,
    rules: &CourtRules,
) -> Trial {
    let mut best: Option<(f64, Trial)> = None;
    let worths: BTreeMap<usize, f64> =
        crate::order::collect_map(said.keys().map(|ago| (*ago, worth(goods, *ago).units)));
    for gain in GAINS {
        let mut tried = Trial::default();
        let mut error = 0.0;
        for (ago, of_goods) in said.iter().rev() {
            let worth = worths.get(ago).copied().unwrap_or(0.0);
            for one in goods {
                let own = of_goods.get(&one.sku);
                if let Some(said) = own {
                    error += tried.hold_out(one, *said, (*ago, worth, gain), rules);
                }
            }
        }
        if best.as_ref().is_none_or(|(least, _)| error < *least) {
            best = Some((error, tried));
        }
    }
    best.map_or_else(Trial::default, |(_, tried)| tried)
}

impl Trial {
    /// Forecasts of one week of some goods; returns the error without the stream.
    fn hold_out(
        &mut self,
        one: &Goods,
        said: Said,
        (ago, worth, gain): (usize, f64, f64),
        rules: &CourtRules,
    ) -> f64 {
        let length = one.demand.len().saturating_sub(ago);
        let age = ago.saturating_sub(rules.ahead);
        let target = one.demand.len().checked_sub(age + 1);
        let Some(actual) = target.and_then(|at| one.demand.get(at)).copied() else {
            return 0.0;
        };
        let demand = one.demand.get(..length).unwrap_or_default();
        if demand.is_empty() {
            return 0.0;
        }
        let quiet = demand.iter().zip(&one.flow);
        let quiet = quiet.map(|(demand, flow)| left(*demand, worth * (flow - said.usual)));
        let without = level(demand.iter().copied(), gain);
        let base = level(quiet, gain);
        let with = (base + worth * said.extra).max(0.0);
        if base > 0.0 {
            self.known
                .insert((one.sku, age), (with / base).max(LEFT_MIN));
        }
        let held = |forecast| HeldOut {
            // Later weeks have larger numbers.
            period: usize::MAX - age,
            forecast,
            actual,
        };
        self.without.push(held(without));
        self.with.push(held(with));
        (actual - without).abs()
    }
}

/// Demand of a week without what a stream brought: from a twentieth of what was sold to twenty times as much, so that
/// one is a factor of the other. A week without demand stays one.
pub(super) fn left(demand: f64, brought: f64) -> f64 {
    let most = demand / LEFT_MIN;
    (demand - brought).min(most).max(LEFT_MIN * demand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_by_hand() {
        // Forty a week, and eighty more in the week that is held out and in one before.
        let mut demand = vec![40.0; 60];
        let mut flow = vec![0.0; 60];
        for week in [30, 59] {
            (demand[week], flow[week]) = (120.0, 80.0);
        }
        let one = Goods {
            sku: SkuId(1),
            demand,
            flow,
        };
        let mut tried = Trial::default();
        let said = Said {
            usual: 0.0,
            extra: 60.0,
        };
        let error = tried.hold_out(&one, said, (4, 1.0, 0.2), &CourtRules::WEEKLY);
        // Without what was counted the level is 40, so 100 was expected of 120.
        assert!((tried.with[0].forecast - 100.0).abs() < 1e-9);
        assert_eq!(tried.with[0].actual, 120.0);
        // With it the level still holds some of the week thirty weeks before.
        assert!(tried.without[0].forecast > 40.0 && error > 79.0 && error < 80.0);
        assert_eq!(tried.known[&(SkuId(1), 0)], 2.5);
        assert_eq!(left(10.0, 20.0), 0.5);
        assert_eq!(left(10.0, -5.0), 15.0);
        assert_eq!([left(0.0, -20.0), left(1.0, -40.0)], [0.0, 20.0]);
    }

    #[test]
    fn origins_leave_enough_to_learn_from() {
        let rules = CourtRules::WEEKLY;
        assert_eq!(origins(200, &rules), 4..56);
        // Of 60 weeks, 39 are learnt from: origins 4 to 20 weeks ago.
        assert_eq!(origins(60, &rules), 4..21);
        assert!(origins(40, &rules).is_empty());
    }
}
