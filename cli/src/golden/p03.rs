//! P03: unit normal loss.

use super::Case;
use super::input::{Malformed, rows};
use engine::num::normal_loss;
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let rows: Vec<Value> = rows(inputs, "k")?
        .iter()
        .map(|k| {
            let at = k.as_f64().ok_or_else(|| Malformed::Input("k".to_owned()))?;
            Ok(json!({"k": k, "G": normal_loss(at)}))
        })
        .collect::<Result<_, Malformed>>()?;
    Ok(json!({ "rows": rows }))
}
