//! A02: available to promise.

use super::Case;
use super::input::{Malformed, number, numbers};
use engine::stock::Promises;
use engine::units::Qty;
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let quantities = |key: &str| -> Result<Vec<Qty>, Malformed> {
        let values = numbers(inputs, key)?;
        Ok(values.into_iter().map(Qty::round_from_f64).collect())
    };
    let on_hand = Qty::round_from_f64(number(inputs, "on_hand")?);
    let promises = Promises::new(on_hand, quantities("supply")?, quantities("committed")?);
    Ok(json!({
        "discrete_naive": figures(promises.discrete_naive()),
        "discrete": figures(promises.discrete()),
        "cumulative": figures(promises.cumulative()),
        "cumulative_lookahead": figures(promises.look_ahead()),
        "promisable": figures(promises.promisable()),
    }))
}

fn figures(quantities: Vec<Qty>) -> Vec<f64> {
    quantities.into_iter().map(Qty::to_f64).collect()
}
