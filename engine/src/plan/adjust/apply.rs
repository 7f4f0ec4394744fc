//! Decisions on the forecasts of a plan.

use serde::{Deserialize, Serialize};

use super::decision::{Adjustment, Noted};
use super::spread::spread;
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::ids::{SkuId, WarehouseId};
use crate::master::Catalog;
use crate::plan::view::{Scope, Slice};
use crate::units::{Amount, Qty};

/// The forecast of one series, by week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::plan) struct Expected {
    pub(in crate::plan) key: SeriesKey,
    pub(in crate::plan) mean: Vec<Qty>,
}

/// What a decision does to the weeks to come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The decision.
    pub id: u64,
    /// Series it spreads over.
    pub series: usize,
    /// The first week of the plan that it touches.
    pub first_week: usize,
    /// Totals of its slice from that week on, before and after it.
    pub totals: Vec<Noted>,
    /// What the change is worth at unit cost, base currency; `None` where no cost is known.
    pub money: Option<f64>,
}

impl Effect {
    /// Units added over all weeks.
    pub fn units(&self) -> Qty {
        self.totals
            .iter()
            .map(|week| week.after - week.before)
            .sum()
    }
}

/// A decision that counts for a plan.
pub(in crate::plan) struct InForce {
    adjustment: Adjustment,
    scope: Scope,
    slice: Slice,
}

impl InForce {
    /// The decisions that touch weeks of a plan, in the order of their ids.
    pub(in crate::plan) fn all(
        adjustments: &[Adjustment],
        catalog: &Catalog,
        as_of: Day,
        horizon: usize,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for adjustment in adjustments {
            let is_ahead = (0..horizon).any(|week| adjustment.days(as_of, week) > 0);
            let scope = adjustment.reach.scope(catalog);
            let (true, Some(scope)) = (is_ahead && adjustment.is_in_force(as_of), scope) else {
                continue;
            };
            all.push(Self {
                adjustment: adjustment.clone(),
                scope,
                slice: Slice::new(catalog, scope),
            });
        }
        crate::order::sort_by_key(&mut all, |one| one.adjustment.id);
        all
    }

    pub(in crate::plan) const fn scope(&self) -> Scope {
        self.scope
    }

    pub(in crate::plan) fn has_sku(&self, sku: SkuId) -> bool {
        self.slice.has_sku(sku)
    }

    pub(in crate::plan) fn has(&self, key: SeriesKey) -> bool {
        // No decision is limited to a warehouse.
        self.slice.has(key, WarehouseId(0))
    }
}

/// Changes the forecasts of `series` (in order of their keys) by one decision after the other.
///
/// They must hold every series that a decision reaches.
pub(in crate::plan) fn apply(
    series: &mut [Expected],
    decisions: &[InForce],
    catalog: &Catalog,
    as_of: Day,
) -> Vec<Effect> {
    let mut effects = Vec::with_capacity(decisions.len());
    for decision in decisions {
        effects.push(apply_one(series, decision, catalog, as_of));
    }
    effects
}

fn apply_one(series: &mut [Expected], decision: &InForce, catalog: &Catalog, as_of: Day) -> Effect {
    let mut effect = Effect {
        id: decision.adjustment.id,
        ..Effect::default()
    };
    let places = 0..series.len();
    let reached: Vec<usize> = places
        .filter(|place| series.get(*place).is_some_and(|one| decision.has(one.key)))
        .collect();
    effect.series = reached.len();
    let horizon = series.first().map_or(0, |one| one.mean.len());
    let mut money = None;
    for week in 0..horizon {
        let days = decision.adjustment.days(as_of, week);
        if days == 0 || reached.is_empty() {
            continue;
        }
        if effect.totals.is_empty() {
            effect.first_week = week;
        }
        let mut parts: Vec<Qty> = Vec::with_capacity(reached.len());
        let at = |place: &usize| series.get(*place).and_then(|one| one.mean.get(week));
        parts.extend(reached.iter().filter_map(at));
        let before: Qty = parts.iter().copied().sum();
        let after = decision.adjustment.change.target(before, days);
        let mut shares: Vec<&mut Qty> = parts.iter_mut().collect();
        spread(&mut shares, after);
        for (place, share) in reached.iter().zip(parts) {
            let Some(one) = series.get_mut(*place) else {
                continue;
            };
            let cost = catalog.sku(one.key.sku).and_then(|sku| sku.unit_cost);
            if let Some(mean) = one.mean.get_mut(week) {
                let added = (share - *mean).to_f64();
                *mean = share;
                if let Some(cost) = cost {
                    *money.get_or_insert(0.0) += added * Amount::to_f64(cost);
                }
            }
        }
        effect.totals.push(Noted { before, after });
    }
    effect.money = money;
    effect
}
