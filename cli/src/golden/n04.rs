//! N04: accuracy of one forecast.

use super::Case;
use super::input::{Malformed, number, numbers};
use engine::forecast::{AccuracyInput, accuracy};
use engine::num::floor_count;
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let [train, actual, forecast] = ["train", "actual", "forecast"].map(|key| numbers(inputs, key));
    let got = accuracy(&AccuracyInput {
        train: &train?,
        actual: &actual?,
        forecast: &forecast?,
        season: floor_count(number(inputs, "seasonality")?),
    });
    Ok(json!({
        "mae": got.mae,
        "rmse": got.rmse,
        "mape": got.mape,
        "mape_excluded": got.mape_excluded,
        "wape": got.wape,
        "bias_units": got.bias_units,
        "bias_pct": got.bias,
        "mase": got.mase,
        "smape": got.smape,
        "rmsse": got.rmsse,
        "tracking_signal": got.tracking_signal,
        "forecast_accuracy": got.forecast_accuracy,
    }))
}
