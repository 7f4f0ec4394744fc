//! P04: reorder point for a fill rate under (s,Q), normal lead-time demand.

use super::Case;
use super::input::{Malformed, number};
use engine::num::root;
use engine::replenish::{Demand, Distribution, reorder_point_for_fill, short_per_cycle};
use serde_json::{Value, json};

/// How many deviations from the mean the contrast value is looked for.
const REACH: f64 = 12.0;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (mean, sigma) = (number(inputs, "ltd_mean")?, number(inputs, "ltd_sd")?);
    let quantity = number(inputs, "order_qty")?;
    let target = number(inputs.get("target").unwrap_or(&Value::Null), "value")?;
    let demand = Demand::Normal { mean, sigma };
    let point = reorder_point_for_fill(&demand, quantity, target)?;
    let (low, high) = (mean - quantity - REACH * sigma, mean + REACH * sigma);
    let allowed = (1.0 - target) * quantity;
    Ok(json!({
        "reorder_point": point,
        "safety_stock": point - mean,
        "expected_units_short_per_cycle": short_per_cycle(&demand, point, quantity),
        "achieved_csl": demand.cdf(point),
        "simple_approx_reorder_point": root(low, high, |point| demand.loss(point) - allowed),
    }))
}
