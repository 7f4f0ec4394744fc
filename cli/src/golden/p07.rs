//! P07: lead-time demand in whole units.

use super::Case;
use super::input::{Malformed, number};
use engine::replenish::{Demand, Distribution, reorder_point_for_fill, short_per_cycle};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (mean, sigma) = (number(inputs, "ltd_mean")?, number(inputs, "ltd_sd")?);
    let quantity = number(inputs, "order_qty")?;
    let demand = Demand::counted(mean, sigma);
    let point = demand.quantile(number(inputs, "csl")?);
    let for_fill = reorder_point_for_fill(&demand, quantity, number(inputs, "fill_rate")?)?;
    let mut figures = json!({
        "csl_reorder_point": point,
        "cdf_at": demand.cdf(point),
        "cdf_below": demand.cdf(point - 1.0),
        "expected_short_at_csl_point": demand.loss(point),
        "fill_rate_reorder_point": for_fill,
        "fill_rate_achieved": 1.0 - short_per_cycle(&demand, for_fill, quantity) / quantity,
    });
    let shape = match demand {
        Demand::NegativeBinomial(counts) => json!({
            "dist": "negative_binomial",
            "r": counts.mean * counts.mean / (counts.variance - counts.mean),
            "p": counts.mean / counts.variance,
        }),
        _ => json!({ "dist": "poisson", "lambda_": mean }),
    };
    if let (Some(all), Value::Object(more)) = (figures.as_object_mut(), shape) {
        all.extend(more);
    }
    Ok(figures)
}
