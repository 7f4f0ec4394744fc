//! P14: order quantity pipeline.

use super::Case;
use super::input::{Malformed, number, optional_number, rows};
use engine::replenish::{LotRules, lot_size};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let rows: Vec<Value> = rows(inputs, "rows")?
        .iter()
        .map(row)
        .collect::<Result<_, _>>()?;
    Ok(json!({ "rows": rows }))
}

fn row(row: &Value) -> Result<Value, Malformed> {
    let rules = LotRules {
        moq: optional_number(row, "moq").unwrap_or(0.0),
        pack: optional_number(row, "pack").unwrap_or(1.0),
        max_order: optional_number(row, "max_order"),
        shelf_life_cap: optional_number(row, "shelf_cap"),
        storage_cap: optional_number(row, "storage_cap"),
    };
    let lot = lot_size(number(row, "S")? - number(row, "ip")?, &rules);
    let reasons: Vec<&str> = lot.reasons.iter().map(|reason| reason.code()).collect();
    Ok(json!({"qty": lot.quantity, "reasons": reasons}))
}
