//! S01: ordering under a budget.

use super::Case;
use super::input::{Malformed, number, optional_number, rows, text};
use engine::num::floor_count;
use engine::replenish::{BudgetItem, Demand, Purchase, spend_budget};
use engine::units::{Amount, Qty};
use serde_json::{Map, Value, json};

const STATES_MAX: usize = 1_000_000;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let mut named: Vec<(&str, BudgetItem)> = rows(case.inputs, "items")?
        .iter()
        .map(|row| Ok((text(row, "sku")?, item(row)?)))
        .collect::<Result<_, Malformed>>()?;
    named.sort_by_key(|(sku, _)| *sku);
    let items: Vec<BudgetItem> = named.iter().map(|(_, item)| *item).collect();
    let budget = Amount::round_from_f64(number(case.inputs, "budget")?);
    let plan = spend_budget(&items, budget).map_err(|error| Malformed::Refused(error.code()))?;
    let exact = plan.exact(STATES_MAX);
    if !exact.is_proven {
        return Err(Malformed::Refused("E_TIME_LIMIT"));
    }
    let packs = |purchase: &Purchase| -> Map<String, Value> {
        let bought = named.iter().zip(&purchase.packs);
        bought
            .map(|((sku, _), packs)| ((*sku).to_owned(), json!(packs)))
            .collect()
    };
    Ok(json!({
        "greedy_packs": packs(&plan.greedy),
        "greedy_value": plan.greedy.value,
        "greedy_spend": plan.greedy.spend.to_string().parse::<f64>().ok(),
        "lp_bound": plan.bound,
        "milp_value": exact.purchase.value,
        "milp_packs": packs(&exact.purchase),
        "greedy_ratio": plan.ratio,
    }))
}

fn item(row: &Value) -> Result<BudgetItem, Malformed> {
    let pack = number(row, "pack")?;
    let count = |key: &str| optional_number(row, key).unwrap_or(0.0);
    Ok(BudgetItem {
        position: number(row, "ip")?,
        demand: Demand::Normal {
            mean: number(row, "mean")?,
            sigma: number(row, "sd")?,
        },
        margin: number(row, "margin")?,
        holding: number(row, "hold")?,
        unit_cost: Amount::round_from_f64(number(row, "cost")?),
        pack: Qty::round_from_f64(pack),
        packs_min: floor_count((count("moq") / pack).ceil()),
        packs_max: floor_count(number(row, "max_packs")?),
        packs_mandatory: floor_count(count("mandatory_packs")),
    })
}
