//! P01: order-up-to level and safety stock for a cycle service level.

use super::Case;
use super::input::{Malformed, number, numbers, optional_number, text};
use engine::replenish::{DemandError, Protection, order_up_to};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let protection = Protection {
        review_days: optional_number(inputs, "review_days").unwrap_or(0.0),
        lead_time_days: number(inputs, "lead_time_days")?,
        lead_time_sd_days: optional_number(inputs, "lead_time_sd_days").unwrap_or(0.0),
    };
    let target = inputs.get("target").unwrap_or(&Value::Null);
    let errors = numbers(inputs, "cumulative_errors").unwrap_or_default();
    let level = order_up_to(
        &numbers(inputs, "daily_forecast")?,
        protection,
        error_model(inputs, &errors)?,
        number(target, "value")?,
    )?;
    Ok(json!({
        "protection_days": level.protection_days,
        "mean_demand": level.mean_demand,
        "sigma": level.sigma,
        "z": level.z,
        "safety_stock": level.safety_stock,
        "order_up_to": level.level,
        "reorder_point": level.level,
    }))
}

fn error_model<'a>(inputs: &Value, errors: &'a [f64]) -> Result<DemandError<'a>, Malformed> {
    match text(inputs, "error_model").unwrap_or("iid") {
        "iid" => Ok(DemandError::Independent(number(
            inputs,
            "error_sd_per_day",
        )?)),
        "ses" => Ok(DemandError::Smoothing {
            alpha: number(inputs, "alpha")?,
            sigma: number(inputs, "error_sd_per_day")?,
        }),
        "cumulative" if !errors.is_empty() => Ok(DemandError::Cumulative(errors)),
        "cumulative" => Ok(DemandError::CumulativeSigma(number(
            inputs,
            "cumulative_sd",
        )?)),
        other => Err(Malformed::Input(format!(
            "error_model of a known name, not {other},"
        ))),
    }
}
