//! R03: grading and disposition.

use super::Case;
use super::input::{Malformed, number, optional_number, rows, text};
use engine::num::round_whole;
use engine::returns::{Condition, Disposition, GradingPolicy, Outcome, ReturnedItem, grade};
use engine::units::Amount;
use serde_json::{Map, Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let policy = case
        .inputs
        .get("policy")
        .ok_or_else(|| Malformed::Input("policy".to_owned()))?;
    let policy = read_policy(policy)?;
    let items: Vec<Value> = rows(case.inputs, "items")?
        .iter()
        .map(|row| Ok(figures(text(row, "id")?, &grade(&item(row)?, &policy))))
        .collect::<Result<_, Malformed>>()?;
    Ok(json!({ "items": items }))
}

fn read_policy(value: &Value) -> Result<GradingPolicy, Malformed> {
    Ok(GradingPolicy {
        restock_handling: amount(value, "restock_handling_pct")?,
        b_price: amount(value, "b_price_pct")?,
        c_price: amount(value, "c_price_pct")?,
        vendor_credit: amount(value, "rtv_credit_pct")?,
        vendor_freight: amount(value, "rtv_freight")?,
        scrap_cost: amount(value, "scrap_cost")?,
        min_days_to_expiry: days(number(value, "min_days_to_expiry")?),
    })
}

fn item(row: &Value) -> Result<ReturnedItem, Malformed> {
    let flag = |key: &str| {
        let value = row.get(key).and_then(Value::as_bool);
        value.ok_or_else(|| Malformed::Input(key.to_owned()))
    };
    Ok(ReturnedItem {
        condition: Condition {
            is_sealed: text(row, "condition")? == "sealed",
            is_functional: flag("functional")?,
        },
        days_to_expiry: optional_number(row, "days_to_expiry").map(days),
        is_sealed_only: flag("hygiene_sealed_category")?,
        price: amount(row, "price")?,
        unit_cost: amount(row, "unit_cost")?,
        refurbish_cost: amount(row, "refurb_cost")?,
        has_vendor_warranty: flag("vendor_warranty")?,
    })
}

fn figures(id: &str, outcome: &Outcome) -> Value {
    let recovery = |value: &dyn std::fmt::Display| value.to_string().parse::<f64>().ok();
    let options: Map<String, Value> = outcome
        .options
        .iter()
        .map(|(disposition, value)| (name(*disposition).to_owned(), json!(recovery(value))))
        .collect();
    json!({
        "id": id,
        "options": options,
        "disposition": name(outcome.disposition),
        "grade": outcome.disposition.grade().as_str().to_uppercase(),
        "recovery": recovery(&outcome.recovery),
    })
}

const fn name(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Restock => "RESTOCK_A",
        Disposition::ReturnToVendor => "RETURN_TO_VENDOR",
        Disposition::Refurbish => "REFURBISH_B",
        Disposition::Liquidate => "LIQUIDATE_C",
        Disposition::Scrap => "SCRAP",
    }
}

fn amount(value: &Value, key: &str) -> Result<Amount, Malformed> {
    Ok(Amount::round_from_f64(number(value, key)?))
}

fn days(value: f64) -> i32 {
    i32::try_from(round_whole(value)).unwrap_or(i32::MAX)
}
