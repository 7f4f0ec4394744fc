//! Reading the inputs of a case.

use serde_json::Value;

/// An input that is missing or of the wrong type, or that the engine refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum Malformed {
    /// The named input is missing or of another type.
    #[error("want input {0} got none of that type")]
    Input(String),
    /// The engine refused the inputs.
    #[error("want a result got {0}")]
    Refused(&'static str),
}

impl From<engine::replenish::PolicyError> for Malformed {
    fn from(error: engine::replenish::PolicyError) -> Self {
        Self::Refused(error.code())
    }
}

/// The number at `key`.
pub(super) fn number(value: &Value, key: &str) -> Result<f64, Malformed> {
    optional_number(value, key).ok_or_else(|| Malformed::Input(key.to_owned()))
}

/// The number at `key`, if there is one.
pub(super) fn optional_number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

/// The numbers of the array at `key`.
pub(super) fn numbers(value: &Value, key: &str) -> Result<Vec<f64>, Malformed> {
    rows(value, key)?
        .iter()
        .map(|item| {
            item.as_f64()
                .ok_or_else(|| Malformed::Input(key.to_owned()))
        })
        .collect()
}

/// The items of the array at `key`.
pub(super) fn rows<'a>(value: &'a Value, key: &str) -> Result<&'a [Value], Malformed> {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| Malformed::Input(key.to_owned()))
}

/// The text at `key`.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, Malformed> {
    value
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| Malformed::Input(key.to_owned()))
}

/// The 64-bit number at `key`, written as a string or as a number.
pub(super) fn whole(value: &Value, key: &str) -> Result<u64, Malformed> {
    value
        .get(key)
        .and_then(|item| match item {
            Value::String(digits) => digits.parse().ok(),
            other => other.as_u64(),
        })
        .ok_or_else(|| Malformed::Input(key.to_owned()))
}
