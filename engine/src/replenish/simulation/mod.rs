//! One item day by day under a policy: orders, arrivals, demand served, waiting or lost.
//!
//! Order of events within a day: receipts arrive and serve what waits, the position is reviewed and an order placed,
//! then demand comes. An order of day t with lead time L arrives on day t + L, so a review must cover R + L days.

mod sampler;
mod tally;
mod trial;

pub use sampler::DemandSampler;
pub use tally::{Estimate, ServiceEstimate, Tally};
pub use trial::{Simulator, Trial};

use std::collections::VecDeque;

use super::order_quantity::lot_quantity;
use super::{LotRules, PolicyError, Unmet};
use crate::num::larger;

/// When to order and how much, from the inventory position at a review. Levels in units.
///
/// Source: Silver, Pyke & Thomas (2017), ch. 6; table 1.7 of the engine's specification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Policy {
    /// (R,S): at every review up to S. Reviewed every day it is the base stock policy, one for one.
    OrderUpTo {
        /// Order-up-to level S.
        level: f64,
    },
    /// (R,s,S), min/max; reviewed every day (s,S): from s downwards up to S.
    MinMax {
        /// Reorder point s.
        point: f64,
        /// Order-up-to level S, above s.
        level: f64,
    },
    /// (R,s,nQ); reviewed every day (s,Q): from s downwards the least multiple of Q that lifts the position over s.
    FixedLot {
        /// Reorder point s.
        point: f64,
        /// Order quantity Q, above zero.
        quantity: f64,
    },
}

impl Policy {
    /// Units to order at an inventory position, before lot rules.
    ///
    /// ```
    /// use engine::replenish::Policy;
    /// let policy = Policy::FixedLot { point: 10.0, quantity: 6.0 };
    /// assert_eq!((policy.order(11.0), policy.order(10.0), policy.order(3.0)), (0.0, 6.0, 12.0));
    /// ```
    #[must_use]
    pub fn order(self, position: f64) -> f64 {
        match self {
            Self::OrderUpTo { level } => larger(level - position, 0.0),
            Self::MinMax { point, level } if position <= point => level - position,
            Self::FixedLot { point, quantity } if position <= point => {
                quantity * (((point - position) / quantity).floor() + 1.0)
            }
            Self::MinMax { .. } | Self::FixedLot { .. } => 0.0,
        }
    }

    /// The highest position that an order leads to from above its trigger.
    #[must_use]
    pub fn top(self) -> f64 {
        match self {
            Self::OrderUpTo { level } | Self::MinMax { level, .. } => level,
            Self::FixedLot { point, quantity } => point + quantity,
        }
    }

    /// Length of the range that positions after a review lie in, units.
    pub(super) fn range(self) -> f64 {
        match self {
            Self::OrderUpTo { .. } => 0.0,
            Self::MinMax { point, level } => level - point,
            Self::FixedLot { quantity, .. } => quantity,
        }
    }

    /// Refuses levels that are none, S at or below s, and orders of nothing.
    pub(super) fn check(self) -> Result<(), PolicyError> {
        if !(self.top().is_finite() && self.range().is_finite()) {
            return Err(PolicyError::NotFinite);
        }
        let orders_something = matches!(self, Self::OrderUpTo { .. }) || self.range() > 0.0;
        orders_something
            .then_some(())
            .ok_or(PolicyError::OrderQuantity)
    }
}

/// How an item is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Operation {
    /// When to order and how much.
    pub policy: Policy,
    /// Days between reviews, at least 1; day 0 is a review day.
    pub review_days: usize,
    /// Lot rules of every order; `None` for any quantity.
    pub lot: Option<LotRules>,
    /// What becomes of demand that stock does not cover.
    pub unmet: Unmet,
}

/// What happened on one day, units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SimulatedDay {
    /// Units that arrived.
    pub received: f64,
    /// Units ordered.
    pub ordered: f64,
    /// Units demanded.
    pub demand: f64,
    /// Of them served from stock on the day.
    pub filled: f64,
    /// Stock at the end of the day.
    pub on_hand: f64,
    /// Demand that waits at the end of the day.
    pub backorder: f64,
    /// Replenishment cycles that an arrival ended.
    pub cycles: u32,
    /// Of them those in which demand was not met, or waited at the end.
    pub short_cycles: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pending {
    due: usize,
    quantity: f64,
}

/// An item that is being simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRun {
    operation: Operation,
    today: usize,
    on_hand: f64,
    backorder: f64,
    on_order: f64,
    pending: VecDeque<Pending>,
    was_short: bool,
}

impl ItemRun {
    /// An item with `on_hand` units and nothing on order, before day 0.
    ///
    /// # Errors
    /// [`PolicyError::LeadTime`] for reviews less than a day apart, [`PolicyError::OrderQuantity`] where S is not
    /// above s or Q not above zero, [`PolicyError::NotFinite`] for figures that are none.
    pub fn try_new(operation: Operation, on_hand: f64) -> Result<Self, PolicyError> {
        operation.policy.check()?;
        if operation.review_days == 0 {
            return Err(PolicyError::LeadTime);
        }
        if !on_hand.is_finite() {
            return Err(PolicyError::NotFinite);
        }
        Ok(Self {
            operation,
            today: 0,
            on_hand: larger(on_hand, 0.0),
            backorder: larger(-on_hand, 0.0),
            on_order: 0.0,
            pending: VecDeque::new(),
            was_short: false,
        })
    }

    /// Stock and orders less what waits, units.
    #[must_use]
    pub fn position(&self) -> f64 {
        self.on_hand + self.on_order - self.backorder
    }

    /// Lives through the next day. `lead_time` gives the days of an order placed today; it is asked on review days
    /// at most once.
    pub fn day(&mut self, demand: f64, lead_time: impl FnOnce() -> usize) -> SimulatedDay {
        let mut day = SimulatedDay {
            demand,
            ..SimulatedDay::default()
        };
        self.receive(&mut day);
        if self.today.is_multiple_of(self.operation.review_days) {
            self.review(&mut day, lead_time);
        }
        self.serve(&mut day);
        self.today += 1;
        day
    }

    fn receive(&mut self, day: &mut SimulatedDay) {
        let mut at = 0;
        while let Some(next) = self.pending.get(at).copied() {
            if next.due > self.today {
                at += 1;
                continue;
            }
            self.pending.remove(at);
            day.cycles += 1;
            day.short_cycles += u32::from(self.was_short || self.backorder > 0.0);
            self.was_short = false;
            let cleared = self.backorder.min(next.quantity);
            self.backorder -= cleared;
            self.on_hand += next.quantity - cleared;
            self.on_order -= next.quantity;
            day.received += next.quantity;
        }
    }

    /// An order of nothing under (R,S) ends a cycle too: its cycles are its reviews.
    fn review(&mut self, day: &mut SimulatedDay, lead_time: impl FnOnce() -> usize) {
        let need = self.operation.policy.order(self.position());
        let quantity = match self.operation.lot {
            Some(lot) => lot_quantity(need, &lot, |_| {}),
            None => need,
        };
        let is_cycle = matches!(self.operation.policy, Policy::OrderUpTo { .. });
        if quantity <= 0.0 && !is_cycle {
            return;
        }
        let days = lead_time();
        self.pending.push_back(Pending {
            due: self.today + days,
            quantity,
        });
        self.on_order += quantity;
        day.ordered = quantity;
        if days == 0 {
            self.receive(day);
        }
    }

    fn serve(&mut self, day: &mut SimulatedDay) {
        day.filled = day.demand.min(self.on_hand);
        self.on_hand -= day.filled;
        let unmet = day.demand - day.filled;
        if unmet > 0.0 {
            self.was_short = true;
            if self.operation.unmet == Unmet::Backordered {
                self.backorder += unmet;
            }
        }
        day.on_hand = self.on_hand;
        day.backorder = self.backorder;
    }
}

#[cfg(test)]
mod tests;
