//! Demo company A (母婴 A): mother-and-baby goods on 天猫, 抖音 and a WeChat mini program.
//!
//! Each SKU is simulated by itself from streams keyed by the seed and its number, so the
//! result does not depend on order. Recorded demand is what was ordered: a listing
//! without stock is closed, so demand meets stock-outs censored, as in a real export.

mod assortment;
mod calendar;
mod calibrate;
mod categories;
mod flows;
mod heat;
mod master;
mod names;
mod network;
mod picture;
mod planner;
mod shelf;
mod simulate;
mod suppliers;
#[cfg(test)]
mod tests;
mod wish;

pub use calibrate::calibrate;

use std::ops::ControlFlow;

use serde::Serialize;

use self::assortment::{SkuProfile, assortment};
use self::calendar::{AS_OF, EVENTS, HISTORY_FROM};
use self::categories::CATEGORIES;
use self::flows::Flows;
use self::network::{CHANNELS, WAREHOUSES};
use self::picture::Picture;
use self::simulate::simulate;
use self::wish::{Rhythms, event_strength};
use super::truth::{Demo, EventLift, Fact, FactId, Truth};
use crate::dataset::Dataset;
use crate::units::Amount;

/// What the generator can be turned by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameters {
    /// Seed of every random draw.
    pub seed: u64,
    /// Demand over the planned yearly cost of sales of 42.32 million CNY.
    pub demand_scale: f64,
    /// Days of demand the planner wants to have, the middle of reorder level and target.
    pub cover_days: f64,
    /// Share of slow SKU x warehouse pairs that are reordered only when they are empty.
    pub neglected_share: f64,
    /// Share of slow SKU x warehouse pairs bought at several times their cover.
    pub overbuy_share: f64,
    /// Size of a wrong count, as a share of the book quantity.
    pub count_error: f64,
}

impl Parameters {
    /// The committed seed with the parameters that [`calibrate`] found for it.
    pub const CALIBRATED: Self = Self {
        seed: 20_261_025,
        demand_scale: 0.9297,
        cover_days: 123.8234,
        neglected_share: 0.5367,
        overbuy_share: 0.0701,
        count_error: 0.0413,
    };
}

/// The facts planted in company A.
pub(super) const FACTS: [Fact; 4] = [
    Fact {
        id: FactId::StockoutRate,
        value: 0.056,
        tolerance: 0.002,
    },
    Fact {
        id: FactId::Turns,
        value: 3.2,
        tolerance: 0.05,
    },
    Fact {
        id: FactId::StaleShare,
        value: 0.18,
        tolerance: 0.005,
    },
    Fact {
        id: FactId::BookVariance,
        value: 0.011,
        tolerance: 0.000_5,
    },
];

/// Generates the company. `progress` hears after every SKU how many of how many are done
/// and may stop the work; then there is no company.
pub fn generate(
    parameters: &Parameters,
    progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Demo> {
    let skus = assortment(parameters.seed, parameters.demand_scale);
    built(parameters, (0..).zip(skus).collect(), progress)
}

/// The same company with only `count` of its SKUs, spread over the assortment, each with
/// exactly the life it has in the whole: a small dataset with everything a large one has.
pub fn excerpt(parameters: &Parameters, count: usize) -> Option<Demo> {
    let chosen = chosen(parameters, count).collect();
    built(parameters, chosen, |_done, _all| ControlFlow::Continue(()))
}

/// Some SKUs of the assortment with their numbers, evenly spread.
fn chosen(parameters: &Parameters, count: usize) -> impl Iterator<Item = (u64, SkuProfile)> {
    let skus = assortment(parameters.seed, parameters.demand_scale);
    let step = (skus.len() / count.max(1)).max(1);
    (0..).zip(skus).step_by(step).take(count)
}

fn built(
    parameters: &Parameters,
    chosen: Vec<(u64, SkuProfile)>,
    mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Demo> {
    let (ids, skus): (Vec<u64>, Vec<SkuProfile>) = chosen.into_iter().unzip();
    let rhythms = Rhythms::new();
    let mut flows = Flows::default();
    let mut picture = Picture::new();
    let mut units = Units::default();
    for (place, (id, sku)) in ids.iter().zip(&skus).enumerate() {
        let history = simulate(parameters, *id, sku, &rhythms);
        units.wanted += history.wanted;
        units.lost += history.lost;
        units.lost_daily += history.lost_daily;
        picture.add(sku, &history);
        flows.add(u32::try_from(place).unwrap_or(u32::MAX), history);
        if progress(place + 1, skus.len()).is_break() {
            return None;
        }
    }
    let mut truth = truth(parameters, &skus, flows.listings(), &units);
    let mut dataset = Dataset::from_tables(master::tables(&skus));
    for table in flows.tables(&skus).into_iter().chain(picture.tables()) {
        dataset.insert(table);
    }
    let (tables, signals) = heat::heat(parameters.seed, &dataset, &skus);
    for table in tables {
        dataset.insert(table);
    }
    truth.signals = signals;
    Some(Demo { dataset, truth })
}

/// What customers wanted and did not find.
#[derive(Default)]
struct Units {
    wanted: i64,
    lost: i64,
    lost_daily: i64,
}

fn truth(parameters: &Parameters, skus: &[SkuProfile], listings: usize, units: &Units) -> Truth {
    Truth {
        company: "a",
        parameters: *parameters,
        as_of: AS_OF.to_string(),
        history_from: HISTORY_FROM.to_string(),
        skus: skus.len(),
        channels: CHANNELS.len(),
        warehouses: WAREHOUSES.len(),
        listings,
        wanted_units: units.wanted,
        lost_units: units.lost,
        lost_units_daily: units.lost_daily,
        facts: FACTS.to_vec(),
        event_lifts: event_lifts(),
        signals: Vec::new(),
    }
}

fn event_lifts() -> Vec<EventLift> {
    let mut lifts = Vec::new();
    for event in EVENTS.iter().filter(|event| event.is_promotion) {
        for category in &CATEGORIES {
            for channel in &CHANNELS {
                let strength = event_strength(category, channel);
                let days = (0_i32..)
                    .zip(event.shape)
                    .map(|(day, _)| event.factor(day, strength));
                let (sum, peak) = days.fold((0.0, 0.0_f64), |(sum, peak), day| {
                    (sum + day, peak.max(day))
                });
                lifts.push(EventLift {
                    event: event.code.to_owned(),
                    category: category.code.to_owned(),
                    channel: channel.code.to_owned(),
                    mean: rounded(sum / crate::num::count_f64(event.shape.len())),
                    peak: rounded(peak),
                });
            }
        }
    }
    lifts
}

/// To six decimals, as it is written.
fn rounded(value: f64) -> f64 {
    Amount::round_from_f64(value).to_f64()
}
