//! P02: variance of cumulative demand under simple exponential smoothing.

use super::Case;
use super::input::{Malformed, number};
use engine::num::sqrt;
use engine::replenish::{DemandError, smoothing_variance};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (alpha, sigma) = (number(inputs, "alpha")?, number(inputs, "one_step_sigma")?);
    let horizon = number(inputs, "horizon")?;
    let variance = smoothing_variance(alpha, sigma, horizon);
    let iid_sigma = sqrt(DemandError::Independent(sigma).variance(horizon)?);
    Ok(json!({
        "cumulative_variance": variance,
        "cumulative_sigma": sqrt(variance),
        "iid_sigma": iid_sigma,
        "ratio_to_iid": sqrt(variance) / iid_sigma,
    }))
}
