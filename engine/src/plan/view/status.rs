//! Stock by status and money.

use crate::order;
use crate::plan::{PlacePlan, Plan};
use crate::replenish::StockStatus;
use crate::units::Amount;

/// All places of one status.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusSummary {
    /// Which status.
    pub status: StockStatus,
    /// SKU x warehouse pairs.
    pub count: usize,
    /// Money of the status (see [`crate::replenish::Verdict`]), base currency.
    pub value: f64,
    /// Value of stock on hand, base currency.
    pub stock_value: f64,
    /// Positions in the plan's places with the most money, largest first.
    pub top: Vec<usize>,
}

/// Places shown for each status.
const TOP: usize = 5;

/// Summaries in order of precedence.
pub fn stock_status(plan: &Plan) -> Vec<StatusSummary> {
    StockStatus::ALL
        .into_iter()
        .map(|status| summary(plan, status))
        .collect()
}

fn summary(plan: &Plan, status: StockStatus) -> StatusSummary {
    let places = plan.places.iter().enumerate();
    let mut places: Vec<(usize, &PlacePlan)> = places
        .filter(|(_, place)| place.verdict.status == status && place.position.is_some())
        .collect();
    let stock_value = places
        .iter()
        .map(|(_, place)| stock_value(plan, place))
        .sum();
    let value = places.iter().map(|(_, place)| place.verdict.value).sum();
    order::sort_by(&mut places, |a, b| {
        b.1.verdict
            .value
            .total_cmp(&a.1.verdict.value)
            .then(a.0.cmp(&b.0))
    });
    let top = places.iter().take(TOP).map(|(index, _)| *index).collect();
    StatusSummary {
        status,
        count: places.len(),
        value,
        stock_value,
        top,
    }
}

fn stock_value(plan: &Plan, place: &PlacePlan) -> f64 {
    let cost = plan
        .catalog
        .sku(place.sku)
        .and_then(|sku| sku.unit_cost)
        .map_or(0.0, Amount::to_f64);
    place
        .position
        .as_ref()
        .map_or(0.0, |position| position.on_hand().to_f64() * cost)
}
