//! P12: (s,S) of least cost, exact.

use super::Case;
use super::input::{Malformed, number, numbers};
use engine::num::{Poisson, round_whole};
use engine::replenish::{Demand, MinMaxModel, StockCosts};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let costs = StockCosts {
        per_order: number(inputs, "fixed_cost")?,
        holding: number(inputs, "holding_cost")?,
        backorder: number(inputs, "backorder_cost")?,
    };
    let demand = Demand::Poisson(Poisson {
        mean: number(inputs, "demand_mean_per_period")?,
    });
    let mut model = MinMaxModel::try_new(costs, demand, demand)?;
    let best = model.cheapest()?;
    let pair: Vec<i64> = numbers(inputs, "evaluate_pair")?
        .into_iter()
        .map(round_whole)
        .collect();
    let [point, level] = pair[..] else {
        return Err(Malformed::Input("evaluate_pair".to_owned()));
    };
    Ok(json!({
        "optimal_s": best.point,
        "optimal_S": best.level,
        "optimal_cost": best.cost,
        "cost_of_pair": model.cost(point, level)?,
    }))
}
