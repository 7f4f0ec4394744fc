//! P21: keys of random streams.

use super::Case;
use super::input::{Malformed, rows, whole};
use engine::rng::Stream;
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let result: Vec<Value> = rows(inputs, "rows")?
        .iter()
        .zip(rows(case.expected, "rows")?)
        .map(|(inputs, expected)| row(inputs, expected))
        .collect::<Result<_, _>>()?;
    Ok(json!({ "rows": result }))
}

fn row(row: &Value, expected: &Value) -> Result<Value, Malformed> {
    let ids = [
        whole(row, "sku")?,
        whole(row, "location")?,
        whole(row, "replication")?,
    ];
    let stream = Stream::keyed(whole(row, "seed")?, &ids);
    let counters = 0..rows(expected, "draws")?.len() as u64;
    let draws: Vec<String> = counters
        .clone()
        .map(|n| stream.u64_at(n).to_string())
        .collect();
    let f64s: Vec<f64> = counters.map(|n| stream.f64_at(n)).collect();
    Ok(json!({"key": stream.key().to_string(), "draws": draws, "f64": f64s}))
}
