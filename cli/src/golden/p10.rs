//! P10: economic order quantity with price breaks.

use super::Case;
use super::input::{Malformed, number, numbers};
use engine::replenish::{
    Discount, OrderCosts, PriceBreak, economic_order, economic_order_quantity,
};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let costs = OrderCosts {
        per_order: number(inputs, "fixed_cost_per_order")?,
        holding_rate: number(inputs, "holding_rate_per_year")?,
        demand_per_year: number(inputs, "demand_per_year")?,
    };
    let starts = numbers(inputs, "breakpoints")?;
    let prices = numbers(inputs, "unit_costs")?;
    let rows = starts.iter().zip(&prices);
    let breaks: Vec<PriceBreak> = rows
        .map(|(from, unit_cost)| PriceBreak {
            from: *from,
            unit_cost: *unit_cost,
        })
        .collect();
    let order = |discount| -> Result<Value, Malformed> {
        let order = economic_order(&costs, &breaks, discount)?;
        Ok(json!({
            "order_qty": order.quantity,
            "price_region": order.region,
            "annual_cost": order.annual_cost,
        }))
    };
    let plain: Vec<f64> = prices
        .iter()
        .map(|price| economic_order_quantity(&costs, *price))
        .collect();
    Ok(json!({
        "eoq_per_price": plain,
        "all_units": order(Discount::AllUnits)?,
        "incremental": order(Discount::Incremental)?,
    }))
}
