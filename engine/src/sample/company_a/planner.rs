//! How demo company A buys: fixed days of cover, looked at once a week.
//!
//! This is the policy the company is to be helped away from. Its parameters are what
//! the calibration turns until the planted facts are met.

use super::Parameters;
use super::assortment::{Rank, SkuProfile};
use super::calendar::{D11, D618, DAYS, EventRule, SPRING, day_at};
use super::network::{CHANNELS, WAREHOUSES};
use super::shelf::{Inbound, Layer, Shelf};
use super::suppliers::lead_sd;
use super::wish::event_strength;
use crate::sample::dice::{Dice, whole};

const PLANNER_STREAM: u64 = 4;
/// Share of the cover at which the planner orders again.
const REORDER_SHARE: f64 = 0.75;
/// Share of the cover that is ordered up to.
const TARGET_SHARE: f64 = 1.05;
/// How many times its cover an over-bought SKU is ordered up to.
const OVERBUY: f64 = 2.8;
/// Days of cover at which a forward warehouse asks for more, and asks up to.
const FORWARD_COVER: (f64, f64) = (6.0, 12.0);
/// Cover by month over the yearly one: shelves are filled for the autumn sales and run
/// down before the half-year close.
const COVER_BY_MONTH: [f64; 12] = [
    1.15, 1.05, 1.0, 1.0, 0.9, 0.74, 0.7, 0.85, 1.22, 1.36, 1.22, 1.15,
];
/// Extra days of demand bought before Spring Festival.
const SPRING_DAYS: f64 = 12.0;

/// The planner of one SKU in one warehouse.
pub(super) struct Planner {
    dice: Dice,
    cover_days: f64,
    is_neglected: bool,
    target_factor: f64,
    extras: Vec<Extra>,
    review_on: i32,
}

/// An extra order for an event.
struct Extra {
    order_on: i32,
    arrive_on: i32,
    days: f64,
}

impl Planner {
    pub(super) fn new(
        parameters: &Parameters,
        id: u64,
        sku: &SkuProfile,
        warehouse: usize,
    ) -> Self {
        let place = u64::try_from(warehouse).unwrap_or(0);
        let mut dice = Dice::new(parameters.seed, &[PLANNER_STREAM, id, place]);
        // The order of these draws is part of the seed's meaning.
        let cover_days = parameters.cover_days * dice.between(0.85, 1.15);
        let (neglect, overbuy) = (dice.uniform(), dice.uniform());
        let (neglect_weight, overbuy_weight) = match sku.rank {
            Rank::Top => (0.2, 0.1),
            Rank::Middle => (0.7, 0.8),
            Rank::Tail => (1.0, 1.0),
        };
        let extras = extras(sku, &mut dice);
        Self {
            cover_days,
            is_neglected: neglect < parameters.neglected_share * neglect_weight,
            target_factor: if overbuy < parameters.overbuy_share * overbuy_weight {
                OVERBUY
            } else {
                1.0
            },
            extras,
            review_on: i32::try_from((sku.supplier + warehouse) % 5).unwrap_or(0),
            dice,
        }
    }

    /// Fills the shelf before the first simulated day or the launch.
    pub(super) fn stock_up(&mut self, sku: &SkuProfile, shelf: &mut Shelf) {
        let days = if sku.launch > 0 {
            50.0
        } else {
            self.cover_days * self.dice.between(0.5, 1.1)
        };
        let units = self.packs(sku, shelf.expected * days).max(sku.pack);
        let received = if sku.launch > 0 {
            sku.launch
        } else {
            -1 - days_of(&mut self.dice, 60.0)
        };
        shelf.good.add(Layer {
            origin: received,
            received,
            cost_cents: cost_on(sku, received),
            units,
        });
    }

    /// Orders from the supplier where the rules say so.
    pub(super) fn buy(&mut self, day: i32, sku: &SkuProfile, shelf: &mut Shelf) {
        let is_leaving = sku.end.is_some_and(|end| day + sku.lead_days > end - 70);
        if is_leaving || day < sku.launch {
            return;
        }
        let due: Vec<(i32, f64)> = self
            .extras
            .iter()
            .filter(|extra| extra.order_on == day)
            .map(|extra| (extra.arrive_on, extra.days))
            .collect();
        for (arrives, days) in due {
            let units = self.packs(sku, shelf.average * days);
            place(sku, shelf, units, (day, arrives, arrives), true);
        }
        if day % 7 == self.review_on {
            self.review(day, sku, shelf);
        }
    }

    fn review(&mut self, day: i32, sku: &SkuProfile, shelf: &mut Shelf) {
        let lead = f64::from(sku.lead_days);
        let position = shelf.position();
        let cover = self.cover_days * cover_factor(day);
        let level = shelf.average * (lead + cover * REORDER_SHARE);
        let is_due = if self.is_neglected {
            shelf.available() <= 0 && shelf.inbound.is_empty()
        } else {
            position <= whole(level)
        };
        if !is_due {
            return;
        }
        let cover = cover * TARGET_SHARE * self.target_factor;
        // A shelf that stood empty has forgotten its demand; buy at least a third of the plan.
        let daily = shelf.average.max(shelf.expected / 3.0);
        let need = daily * (lead + cover) - crate::units::Qty::from_units(position).to_f64();
        let units = self.packs(sku, need).max(sku.moq);
        let (due, arrives) = self.arrival(day, sku);
        place(sku, shelf, units, (day, due, arrives), false);
    }

    /// Promised and real day of arrival of an order placed today.
    fn arrival(&mut self, day: i32, sku: &SkuProfile) -> (i32, i32) {
        let due = day + sku.lead_days + spring_rest(day);
        let noise = lead_sd(sku.supplier) * self.dice.normal();
        let delay = if self.dice.chance(0.05) {
            self.dice.between(8.0, 26.0)
        } else {
            0.0
        };
        let late = i32::try_from(whole(noise + delay)).unwrap_or(0);
        (due, (due + late).max(day + 3))
    }

    /// Whole cases nearest to a need.
    fn packs(&mut self, sku: &SkuProfile, units: f64) -> i64 {
        let pack = crate::units::Qty::from_units(sku.pack).to_f64();
        self.dice.rounded((units / pack).max(0.0)) * sku.pack
    }
}

/// Sends goods from a regional warehouse to the forward warehouse it feeds.
pub(super) fn transfer(day: i32, parent: &mut Shelf, shelf: &mut Shelf) {
    let (low, high) = FORWARD_COVER;
    let position = shelf.position();
    if position > whole(shelf.average * low) {
        return;
    }
    let wanted = whole(shelf.average.max(shelf.expected / 2.0) * high) + 1 - position;
    let units = wanted.min(parent.available() / 2);
    if units <= 0 {
        return;
    }
    let mut parts = Vec::new();
    parent.good.take(units, |part| parts.push(part));
    // What a forward warehouse takes is demand on the warehouse that feeds it.
    parent.sold_today += units;
    let arrives = day + super::network::transfer_days(parent.warehouse, shelf.warehouse);
    shelf.inbound.push(Inbound {
        ordered: day,
        due: arrives,
        arrives,
        is_extra: false,
        parts,
    });
}

fn place(sku: &SkuProfile, shelf: &mut Shelf, units: i64, days: (i32, i32, i32), is_extra: bool) {
    let (ordered, due, arrives) = days;
    if units <= 0 {
        return;
    }
    let part = Layer {
        origin: arrives,
        received: arrives,
        cost_cents: cost_on(sku, ordered),
        units,
    };
    shelf.inbound.push(Inbound {
        ordered,
        due,
        arrives,
        is_extra,
        parts: vec![part],
    });
}

/// Net cost of a unit ordered on a day: suppliers raised prices by 2 % for the last year.
fn cost_on(sku: &SkuProfile, day: i32) -> i64 {
    if day < DAYS - 365 {
        sku.cost_cents * 98 / 100
    } else {
        sku.cost_cents
    }
}

fn cover_factor(day: i32) -> f64 {
    let (_, month, _) = day_at(day).ymd();
    let index = usize::try_from(month - 1).unwrap_or(0);
    COVER_BY_MONTH.get(index).copied().unwrap_or(1.0)
}

/// Days that factories rest when an order falls before Spring Festival.
fn spring_rest(day: i32) -> i32 {
    let starts = SPRING.occurrences(day_at(day), day_at(day + 40));
    let first = starts.first().map(|start| *start - day_at(day));
    if first.is_some_and(|days| (-8..=25).contains(&days)) {
        12
    } else {
        0
    }
}

/// The extra orders for 618, 双11 and Spring Festival, guessed event by event.
fn extras(sku: &SkuProfile, dice: &mut Dice) -> Vec<Extra> {
    let mut extras = Vec::new();
    let mut plan = |rule: &EventRule, days: f64, before: f64| {
        for start in rule.occurrences(day_at(0), day_at(DAYS + 60)) {
            let guess = dice.around_one(0.35) * days;
            let arrive_on = start - day_at(0) - 9 - days_of(dice, before);
            extras.push(Extra {
                order_on: arrive_on - sku.lead_days,
                arrive_on,
                days: guess,
            });
        }
    };
    plan(&D618, lift_days(sku, &D618), 13.0);
    plan(&D11, lift_days(sku, &D11), 13.0);
    plan(&SPRING, SPRING_DAYS, 10.0);
    extras
}

/// Days of usual demand an event adds, over the channels the SKU is sold in.
fn lift_days(sku: &SkuProfile, rule: &EventRule) -> f64 {
    let strength = CHANNELS.iter().zip(sku.channels);
    let strength: f64 = strength
        .map(|(channel, share)| share * event_strength(sku.rule(), channel))
        .sum();
    rule.shape.iter().map(|lift| (lift - 1.0) * strength).sum()
}

fn days_of(dice: &mut Dice, most: f64) -> i32 {
    i32::try_from(whole(dice.between(0.0, most))).unwrap_or(0)
}

/// Whether a warehouse buys from suppliers itself.
pub(super) fn buys(warehouse: usize) -> bool {
    WAREHOUSES
        .get(warehouse)
        .is_some_and(|rule| rule.parent.is_none())
}
