//! Second map: forecasts, order-up-to levels, proposals and statuses of a partition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::adjust::{Outlier, outliers};
use super::expect::Told;
use super::measure::Measured;
use super::partition::{PlaceInput, SkuInput};
use super::planned::{Planned, SeriesForecast, planned};
use super::signals::group;
use super::streams::{Factors, Streams};
use super::{AbcClass, Broadcast};
use crate::forecast::{Forecasts, RecentErrors};
use crate::ids::{SkuId, SupplierId, WarehouseId};
use crate::num;
use crate::order;
use crate::replenish::{
    GateVerdict, LotRules, Outlook, Protection, Reason, ReasonFigures, Requirement, Situation,
    StockFigures, StockStatus, Verdict, classify, requirement, sentences,
};
use crate::stock::Position;
use crate::units::{Amount, Qty};

/// Days after its first sale or launch during which an item is new.
const NEW_DAYS: i32 = 56;

/// Outliers that a partition may suggest.
const OUTLIERS_MAX: usize = 30;

/// The plan of one SKU in one warehouse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacePlan {
    /// Which goods.
    pub sku: SkuId,
    /// Where.
    pub warehouse: WarehouseId,
    /// Buckets and arrivals; `None` when the dataset has no stock picture.
    pub position: Option<Position>,
    /// Level, quantity and the figures behind them; `None` where nothing is stocked by rule.
    pub requirement: Option<Requirement>,
    /// Order-up-to level and one lot, units: what lies above is overstock.
    pub ceiling: f64,
    /// Status and money.
    pub verdict: Verdict,
    /// Class of the SKU by yearly usage.
    pub class: AbcClass,
    /// Cycle service level aimed at.
    pub target: f64,
    /// Mean demand over the next four weeks, units a day.
    pub rate: f64,
    /// Mean demand by week, units.
    pub weekly_demand: Vec<f64>,
    /// Mean lead time, days.
    pub lead_days: f64,
    /// Standard deviation of the lead time, days.
    pub lead_sd_days: f64,
    /// Review period, days.
    pub review_days: f64,
    /// Supplier, when known.
    pub supplier: Option<SupplierId>,
    /// Net price of a unit, when known.
    pub price: Option<Amount>,
    /// Whether lead time and review are the engine's defaults.
    pub is_default_lead: bool,
    /// Units over the time an order must cover that signals, campaigns and leads bring.
    pub signal_units: f64,
    /// What the approval gate says of the order, once all parts are together; `None` where nothing
    /// is ordered.
    #[serde(skip)]
    pub gate: Option<GateVerdict>,
    /// Reason in Chinese.
    pub reason_zh: String,
    /// Reason in English.
    pub reason_en: String,
}

/// Everything the second stage makes of a partition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PartitionPlan {
    pub(super) series: Vec<SeriesForecast>,
    pub(super) places: Vec<PlacePlan>,
    /// Errors of all its series by week.
    pub(super) recent: RecentErrors,
    /// Weeks that stand out, largest first.
    pub(super) outliers: Vec<Outlier>,
}

/// Plans a measured partition.
pub(super) fn decide(
    measured: &Measured,
    forecasts: Forecasts,
    broadcast: &Broadcast,
    told: &[Told],
) -> PartitionPlan {
    let recent = recent(&forecasts);
    let planned = planned(measured, forecasts, broadcast, told);
    let ahead = ahead(measured, &planned, broadcast);
    let empty = Ahead::default();
    let input = &measured.input;
    let place = |place: &PlaceInput| {
        let ahead = ahead.get(&(place.sku, place.warehouse));
        Some(place_plan(
            measured,
            broadcast,
            place,
            input.sku(place.sku)?,
            ahead.unwrap_or(&empty),
        ))
    };
    PartitionPlan {
        places: input.places.iter().filter_map(place).collect(),
        series: planned.into_iter().map(|one| one.forecast).collect(),
        recent,
        outliers: suggested(measured),
    }
}

/// Errors of all series by week.
fn recent(forecasts: &Forecasts) -> RecentErrors {
    let mut recent = RecentErrors::default();
    for (errors, all) in forecasts.recent.iter().zip(&forecasts.holdout) {
        errors.add_to(all, &mut recent);
    }
    recent
}

/// The weeks that stand out most, by units at cost.
fn suggested(measured: &Measured) -> Vec<Outlier> {
    let mut found = Vec::new();
    let as_of = measured.input.as_of;
    for (index, series) in measured.series.iter().enumerate() {
        let Some(quiet) = measured.quiet(index) else {
            continue;
        };
        let is_touched = |week: usize| !quiet.is_plain(week);
        let sold = (!quiet.hidden.is_empty()).then(|| quiet.as_sold(series));
        let weeks = sold.as_deref().unwrap_or_else(|| quiet.weeks(series));
        outliers(series.key, weeks, is_touched, as_of, &mut found);
    }
    let size = |one: &Outlier| {
        let sku = measured.input.sku(one.key.sku);
        let cost = sku
            .and_then(|sku| sku.unit_cost)
            .map_or(1.0, Amount::to_f64);
        (one.actual - one.typical).to_f64().abs() * cost
    };
    order::sort_by(&mut found, |a, b| size(b).total_cmp(&size(a)));
    found.truncate(OUTLIERS_MAX);
    found
}

/// Demand ahead of a place.
#[derive(Default)]
struct Ahead {
    outlook: Outlook,
    /// Units that signals, campaigns and leads bring, by week; empty where they bring nothing.
    brought: Vec<f64>,
}

impl Ahead {
    fn bring(&mut self, factors: &Factors, planned: &Planned, streams: Streams) {
        let mean = &planned.mean;
        self.brought.resize(self.brought.len().max(mean.len()), 0.0);
        for ((week, sum), mean) in self.brought.iter_mut().enumerate().zip(mean) {
            *sum += factors.brought(week, *mean, streams);
        }
    }

    /// Units that signals, campaigns and leads bring over so many days, less what they take.
    fn brought_over(&self, days: f64) -> f64 {
        let share = |week: usize| (days / 7.0 - num::count_f64(week)).clamp(0.0, 1.0);
        let weeks = self.brought.iter().enumerate();
        let sum: f64 = weeks.map(|(week, units)| share(week) * units).sum();
        num::larger(0.0, sum)
    }
}

/// Demand ahead by place: the sum of the series each warehouse serves.
fn ahead(
    measured: &Measured,
    planned: &[Planned],
    broadcast: &Broadcast,
) -> BTreeMap<(SkuId, WarehouseId), Ahead> {
    let input = &measured.input;
    let mut ahead: BTreeMap<(SkuId, WarehouseId), Ahead> = BTreeMap::new();
    for one in planned {
        let Some(sku) = input.sku(one.forecast.key.sku) else {
            continue;
        };
        let quiet = broadcast.profile.week_from(sku.category, input.as_of + 1);
        let group = group(&measured.lifts, sku.category, one.forecast.key);
        let streams = broadcast.streams;
        let outlet = (sku.id, one.forecast.key.channel);
        let shares = |week| {
            let shares = match streams.has_events {
                true => measured.lifts.shares(group, week, &quiet),
                false => quiet,
            };
            match streams.has_prices {
                true => input.prices.shares(outlet, week, shares),
                false => shares,
            }
        };
        let place = (sku.id, one.forecast.warehouse);
        let here = ahead.entry(place).or_default();
        let outlook = &mut here.outlook;
        outlook.add(one.mean.iter().copied(), &one.total_sigma, shares);
        if one.shared > 0.0 {
            outlook.share(&one.mean, one.shared);
        }
        let horizon = one.mean.len();
        let factors = Factors::of(measured.known(), sku.category, one.forecast.key, horizon);
        if let Some(factors) = factors.filter(Factors::has_signals) {
            here.bring(&factors, one, streams);
        }
    }
    for ((sku, _), ahead) in &mut ahead {
        let end = input.sku(*sku).and_then(|sku| sku.end);
        if let Some(end) = end {
            ahead.outlook.end_after(end - input.as_of);
        }
    }
    ahead
}

fn place_plan(
    measured: &Measured,
    broadcast: &Broadcast,
    place: &PlaceInput,
    sku: &SkuInput,
    ahead: &Ahead,
) -> PlacePlan {
    let outlook = &ahead.outlook;
    let settings = &measured.input.settings;
    let class = broadcast.class(sku.id);
    let class_target = settings.service.get(class.index()).copied().unwrap_or(0.95);
    let target = place.target.or(sku.category_target).unwrap_or(class_target);
    let situation = situation(measured, place, sku, outlook, target);
    let requirement = place.is_stocked.then(|| requirement(&situation));
    let level = requirement
        .as_ref()
        .map_or(0.0, |requirement| requirement.level);
    let lot = situation.rules.moq.max(situation.rules.pack);
    let ceiling = level + lot.max(outlook.mean(situation.protection.review_days));
    let verdict = verdict(measured, place, sku, &situation, ceiling);
    let (reason_zh, reason_en) = reason(&situation, requirement.as_ref(), verdict.status);
    PlacePlan {
        sku: sku.id,
        warehouse: place.warehouse,
        position: place.position.clone(),
        ceiling,
        verdict,
        class,
        target,
        rate: outlook.rate(),
        weekly_demand: outlook
            .daily
            .chunks(7)
            .map(|week| week.iter().sum())
            .collect(),
        lead_days: place.source.lead_days,
        lead_sd_days: place.source.lead_sd_days,
        review_days: situation.protection.review_days,
        supplier: place.source.supplier,
        price: place.source.price,
        is_default_lead: place.source.is_default,
        signal_units: ahead.brought_over(situation.protection.days()),
        gate: None,
        requirement,
        reason_zh,
        reason_en,
    }
}

fn situation<'a>(
    measured: &Measured,
    place: &PlaceInput,
    sku: &SkuInput,
    outlook: &'a Outlook,
    target: f64,
) -> Situation<'a> {
    let source = &place.source;
    let review_days = place.review_days.unwrap_or(source.review_days);
    let arrives = measured.input.as_of
        + i32::try_from(num::floor_count(source.lead_days.ceil())).unwrap_or(0);
    let position = place.position.as_ref();
    Situation {
        outlook,
        protection: Protection {
            review_days,
            lead_time_days: source.lead_days,
            lead_time_sd_days: source.lead_sd_days,
        },
        target: target.clamp(0.500_1, 0.999_9),
        available: position.map(|position| position.available().to_f64()),
        on_order: position.map_or(0.0, |position| position.on_order().to_f64()),
        on_order_in_lead: position.map_or(0.0, |position| position.on_order_by(arrives).to_f64()),
        rules: LotRules {
            moq: source.moq.to_f64(),
            pack: source.multiple.to_f64(),
            max_order: source.max_order.map(Qty::to_f64),
            shelf_life_cap: None,
            storage_cap: None,
        },
        margin: sku.margin,
    }
}

fn verdict(
    measured: &Measured,
    place: &PlaceInput,
    sku: &SkuInput,
    situation: &Situation<'_>,
    ceiling: f64,
) -> Verdict {
    let as_of = measured.input.as_of;
    let Some(position) = place.position.as_ref() else {
        return Verdict {
            status: StockStatus::Ok,
            value: 0.0,
        };
    };
    let arrivals: Vec<(f64, f64)> = position
        .arrivals
        .iter()
        .map(|arrival| (f64::from(arrival.due - as_of), arrival.quantity.to_f64()))
        .collect();
    let first_sale = measured.first_week(sku.id).map(|weeks| as_of - weeks * 7);
    let is_new = sku
        .launch
        .or(first_sale)
        .is_some_and(|start| as_of - start < NEW_DAYS);
    classify(&StockFigures {
        outlook: situation.outlook,
        available: position.available().to_f64(),
        on_hand: position.on_hand().to_f64(),
        arrivals: &arrivals,
        lead_days: situation.protection.lead_time_days,
        ceiling,
        unit_cost: sku.unit_cost.map_or(0.0, Amount::to_f64),
        margin: sku.margin,
        is_new,
    })
}

fn reason(
    situation: &Situation<'_>,
    requirement: Option<&Requirement>,
    status: StockStatus,
) -> (String, String) {
    let Some(requirement) = requirement else {
        return (String::new(), String::new());
    };
    sentences(&ReasonFigures {
        status,
        available: situation.available,
        position: requirement.position,
        level: requirement.level,
        rate: situation.outlook.rate(),
        cover: requirement.cover_before,
        lead_days: situation.protection.lead_time_days,
        step: requirement
            .steps
            .last()
            .and_then(|code| Reason::parse(code)),
    })
}
