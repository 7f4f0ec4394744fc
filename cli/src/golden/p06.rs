//! P06: gamma lead-time demand.

use super::Case;
use super::input::{Malformed, number};
use engine::replenish::{Demand, Distribution, reorder_point_for_fill};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (mean, sigma) = (number(inputs, "ltd_mean")?, number(inputs, "ltd_sd")?);
    let (csl, fill) = (number(inputs, "csl")?, number(inputs, "fill_rate")?);
    let demand = Demand::Gamma { mean, sigma };
    let point = demand.quantile(csl);
    Ok(json!({
        "shape": mean * mean / (sigma * sigma),
        "scale": sigma * sigma / mean,
        "csl_reorder_point": point,
        "expected_short_at_csl_point": demand.loss(point),
        "fill_rate_reorder_point": reorder_point_for_fill(&demand, number(inputs, "order_qty")?, fill)?,
        "normal_csl_reorder_point": Demand::Normal { mean, sigma }.quantile(csl),
    }))
}
