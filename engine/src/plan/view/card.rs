//! Everything about one SKU on one page.

use super::remedy::{Shortage, order_day, shortage};
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::ids::SkuId;
use crate::order;
use crate::plan::{PlacePlan, Plan};
use crate::units::{Amount, Qty};

/// One SKU's card.
#[derive(Clone, Debug, PartialEq)]
pub struct SkuCard<'a> {
    /// Which SKU.
    pub sku: SkuId,
    /// Its places with their projections.
    pub places: Vec<CardPlace<'a>>,
    /// Its stock by age, youngest first.
    pub layers: Vec<Layer>,
}

/// One warehouse of the card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPlace<'a> {
    /// Level, order and status.
    pub plan: &'a PlacePlan,
    /// Available at the end of each forecast week if nothing more is ordered, units.
    pub without_order: Vec<f64>,
    /// The same with the proposed order, units.
    pub with_order: Vec<f64>,
    /// Receipts of each forecast week from open orders, units.
    pub receipts: Vec<f64>,
    /// What is missing although everything proposed is ordered, and what would mend it.
    pub shortage: Option<Shortage>,
}

/// Goods of one receipt date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// First receipt by the company; transfers keep it.
    pub received_on: Option<Day>,
    /// Days at `as_of`.
    pub age_days: Option<i32>,
    /// Warehouse code.
    pub warehouse: String,
    /// Units.
    pub quantity: Qty,
    /// Value at cost, when the cost is known.
    pub unit_cost: Option<Amount>,
}

/// The card of a SKU.
pub fn sku_card<'a>(plan: &'a Plan, dataset: &Dataset, sku: SkuId) -> SkuCard<'a> {
    let places = plan
        .places_of(sku)
        .iter()
        .map(|place| card_place(plan, dataset, place))
        .collect();
    SkuCard {
        sku,
        places,
        layers: layers(plan, dataset, sku),
    }
}

fn card_place<'a>(plan: &'a Plan, dataset: &Dataset, place: &'a PlacePlan) -> CardPlace<'a> {
    let weeks = place.weekly_demand.len();
    let mut receipts = vec![0.0; weeks];
    let arrivals = place
        .position
        .iter()
        .flat_map(|position| &position.arrivals);
    for arrival in arrivals {
        let week = usize::try_from((arrival.due - plan.as_of - 1) / 7).unwrap_or(0);
        if let Some(sum) = receipts.get_mut(week) {
            *sum += arrival.quantity.to_f64();
        }
    }
    let order = place
        .requirement
        .as_ref()
        .map_or(0.0, |requirement| requirement.quantity);
    let order_week = usize::try_from(order_day(place).max(0) / 7).unwrap_or(0);
    let start = place
        .position
        .as_ref()
        .map_or(0.0, |position| position.available().to_f64());
    let project = |extra: f64| {
        let weeks = place.weekly_demand.iter().zip(&receipts).enumerate();
        weeks
            .scan(start, |stock, (week, (demand, receipt))| {
                let ordered = if week == order_week { extra } else { 0.0 };
                *stock += receipt + ordered - demand;
                Some(*stock)
            })
            .collect()
    };
    CardPlace {
        plan: place,
        without_order: project(0.0),
        with_order: project(order),
        receipts,
        shortage: shortage(plan, dataset, place),
    }
}

fn layers(plan: &Plan, dataset: &Dataset, sku: SkuId) -> Vec<Layer> {
    let (Some(table), Some(sku)) = (dataset.table(TableId::Stock), plan.catalog.sku(sku)) else {
        return Vec::new();
    };
    let layer = |row: usize| {
        if table.text("sku", row) != Some(&sku.code)
            || table.text("bucket", row) != Some("unrestricted")
        {
            return None;
        }
        let received_on = table
            .day("origin_received_on", row)
            .or_else(|| table.day("received_on", row));
        Some(Layer {
            received_on,
            age_days: received_on.map(|day| plan.as_of - day),
            warehouse: table.text("warehouse", row)?.to_owned(),
            quantity: Qty::from_thousandths(table.number("quantity", row)?),
            unit_cost: table
                .number("unit_cost", row)
                .map(Amount::from_millionths)
                .or(sku.unit_cost),
        })
    };
    let mut layers: Vec<Layer> = (0..table.len()).filter_map(layer).collect();
    order::sort_by(&mut layers, |a, b| {
        (a.age_days, &a.warehouse).cmp(&(b.age_days, &b.warehouse))
    });
    layers
}
