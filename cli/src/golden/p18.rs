//! P18: SplitMix64 test vector.

use super::Case;
use super::input::{Malformed, rows, whole};
use engine::rng::Stream;
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    // The inputs do not say how many draws are asked for: the expectation does.
    let draws = rows(case.expected, "u64")?.len();
    let stream = Stream::from_seed(whole(inputs, "seed")?);
    let (mut whole_draws, mut unit_draws) = (stream.draws(), stream.draws());
    let u64s: Vec<String> = (0..draws)
        .map(|_| whole_draws.next_u64().to_string())
        .collect();
    let f64s: Vec<f64> = (0..draws).map(|_| unit_draws.next_f64()).collect();
    Ok(json!({"u64": u64s, "f64": f64s}))
}
