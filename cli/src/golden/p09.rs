//! P09: empirical demand over the protection interval.

use super::Case;
use super::input::{Malformed, number, numbers, rows};
use engine::replenish::{Distribution, EmpiricalDemand};
use serde_json::{Map, Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let history = numbers(inputs, "history")?;
    let demand = EmpiricalDemand::from_history(&history, number(inputs, "protection_days")?)?;
    let (mut quantiles, mut short) = (Map::new(), Map::new());
    for level in rows(inputs, "csl")? {
        let at = level
            .as_f64()
            .ok_or_else(|| Malformed::Input("csl".to_owned()))?;
        let quantile = demand.quantile(at);
        quantiles.insert(level.to_string(), json!(quantile));
        short.insert(level.to_string(), json!(demand.loss(quantile)));
    }
    Ok(json!({
        "n_windows": demand.windows(),
        "mean": demand.mean(),
        "quantiles": quantiles,
        "expected_short": short,
    }))
}
