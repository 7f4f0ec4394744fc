//! P11: newsvendor.

use super::Case;
use super::input::{Malformed, number, optional_number};
use engine::replenish::{Demand, UnitEconomics};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let unit = UnitEconomics {
        price: number(inputs, "unit_price")?,
        cost: number(inputs, "unit_cost")?,
        salvage: optional_number(inputs, "salvage").unwrap_or(0.0),
        goodwill: optional_number(inputs, "goodwill_penalty").unwrap_or(0.0),
    };
    let demand = Demand::Normal {
        mean: number(inputs, "demand_mean")?,
        sigma: number(inputs, "demand_sd")?,
    };
    let buy = unit.best_buy(&demand)?;
    Ok(json!({
        "underage": buy.underage,
        "overage": buy.overage,
        "critical_ratio": buy.critical_ratio,
        "order_qty": buy.stock,
        "expected_sales": buy.outcome.sales,
        "expected_leftover": buy.outcome.leftover,
        "expected_shortage": buy.outcome.short,
        "expected_profit": buy.outcome.profit,
        "fill_rate": buy.outcome.fill_rate,
    }))
}
