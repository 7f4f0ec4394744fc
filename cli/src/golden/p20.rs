//! P20: approval gate.

use super::Case;
use super::input::{Malformed, number, optional_number, rows, text};
use engine::ids::CategoryId;
use engine::replenish::{GateLine, GateReason, GateRule, GateRules};
use engine::units::{Amount, Qty};
use serde_json::{Value, json};

/// The rule for categories without their own.
const OTHERS: &str = "*";

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let rules = case.inputs.get("rules").and_then(Value::as_object);
    let rules = rules.ok_or_else(|| Malformed::Input("rules".to_owned()))?;
    let names: Vec<&String> = rules.keys().collect();
    let place = |name: &str| {
        let known = names.iter().position(|it| *it == name);
        CategoryId::from_index(known.unwrap_or(names.len()))
    };
    let gate = GateRules {
        default: rules.get(OTHERS).map(rule).unwrap_or_default(),
        by_category: rules
            .iter()
            .map(|(name, value)| (place(name), rule(value)))
            .collect(),
    };
    let results: Vec<Value> = rows(case.inputs, "recommendations")?
        .iter()
        .map(|row| {
            let verdict = gate.check(&line(row, place(text(row, "category")?))?);
            let reasons: Vec<&str> = verdict.reasons.into_iter().map(GateReason::code).collect();
            Ok(json!({"id": row.get("id"), "decision": verdict.decision.code(), "reasons": reasons}))
        })
        .collect::<Result<_, Malformed>>()?;
    Ok(json!({ "results": results }))
}

fn rule(value: &Value) -> GateRule {
    let is_new_manual = value.get("new_item_manual").and_then(Value::as_bool);
    GateRule {
        value_max: amount(value, "max_value"),
        cover_days_max: amount(value, "max_cover_days"),
        ratio_max: amount(value, "max_ratio"),
        mape_max: amount(value, "max_mape"),
        block_factor: amount(value, "block_factor"),
        signal_share_max: None,
        is_new_manual: is_new_manual.unwrap_or(false),
    }
}

fn line(row: &Value, category: CategoryId) -> Result<GateLine, Malformed> {
    let units = |key: &str| number(row, key).map(Qty::round_from_f64);
    Ok(GateLine {
        category,
        value: Amount::round_from_f64(number(row, "order_value")?),
        cover_days: amount(row, "cover_days_after"),
        quantity: units("qty")?,
        order_average: units("avg_order_qty")?,
        mape: amount(row, "forecast_mape"),
        signal_share: None,
    })
}

fn amount(value: &Value, key: &str) -> Option<Amount> {
    optional_number(value, key).map(Amount::round_from_f64)
}
