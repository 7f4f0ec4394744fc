//! Comparison of a case's result with its expected value.

use serde_json::{Map, Value};
use std::fmt;

/// What counts as equal in one case.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// Relative tolerance of numbers.
    pub rel: Option<f64>,
    /// Absolute tolerance of numbers.
    pub abs: Option<f64>,
    /// Numbers written without a fraction must be equal.
    pub integers_exact: bool,
    /// Strings that are decimals compare by value.
    pub decimals: bool,
    /// Numbers may be met by a simulated `value` within four times its `standard_error`.
    pub is_statistical: bool,
}

/// Standard errors between a simulated figure and the expected one.
const STANDARD_ERRORS_MAX: f64 = 4.0;

impl Tolerance {
    /// Reads the `tolerance` object of a case; unknown keys are remarks.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        let number = |key: &str| value.get(key).and_then(Value::as_f64);
        let is_exact = |key: &str| value.get(key).and_then(Value::as_str) == Some("exact");
        Self {
            rel: number("rel"),
            abs: number("abs"),
            integers_exact: is_exact("integers"),
            decimals: is_exact("money") || is_exact("avg_6dp"),
            is_statistical: value.get("statistical").is_some(),
        }
    }

    fn accepts(self, want: f64, got: f64) -> bool {
        let error = (got - want).abs();
        got == want
            || self.abs.is_some_and(|abs| error <= abs)
            || self.rel.is_some_and(|rel| error <= rel * want.abs())
    }
}

/// The first place where a result differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Keys and positions down to the place, as in `rows[2].quantity`.
    pub path: String,
    /// Expected value.
    pub want: Value,
    /// Computed value; `None` if the key is missing.
    pub got: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let got = self
            .got
            .as_ref()
            .map_or_else(|| "nothing".to_owned(), Value::to_string);
        write!(f, "want {} got {got} at {}", self.want, self.path)
    }
}

/// The first difference between `want` and `got`, or `None` if every key of
/// `want` is met. Keys that only `got` has are ignored; arrays compare in
/// order, except journal `entries`, which are a multiset of balanced lines.
#[must_use]
pub fn compare(want: &Value, got: &Value, tolerance: Tolerance) -> Option<Difference> {
    compare_at(&mut String::new(), want, got, tolerance)
}

fn compare_at(
    path: &mut String,
    want: &Value,
    got: &Value,
    tolerance: Tolerance,
) -> Option<Difference> {
    let is_equal = match (want, got) {
        (Value::Object(want), Value::Object(got)) => return objects(path, want, got, tolerance),
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            return arrays(path, want, got, tolerance);
        }
        (Value::Number(wanted), Value::Number(_)) => {
            let exact = tolerance.integers_exact && !wanted.is_f64();
            match (want.as_f64(), got.as_f64()) {
                (Some(want), Some(got)) if exact => want == got,
                (Some(want), Some(got)) => tolerance.accepts(want, got),
                _ => false,
            }
        }
        (Value::Number(want), Value::Object(got)) if tolerance.is_statistical => {
            let part = |key: &str| got.get(key).and_then(Value::as_f64);
            match (want.as_f64(), part("value"), part("standard_error")) {
                (Some(want), Some(value), Some(error)) => {
                    (value - want).abs() <= STANDARD_ERRORS_MAX * error
                }
                _ => false,
            }
        }
        (Value::String(want), Value::String(got)) if tolerance.decimals => {
            want == got
                || Decimal::parse(want).is_some_and(|want| Decimal::parse(got) == Some(want))
        }
        (want, got) => want == got,
    };
    (!is_equal).then(|| difference(path, want, Some(got)))
}

fn difference(path: &str, want: &Value, got: Option<&Value>) -> Difference {
    Difference {
        path: path.to_owned(),
        want: want.clone(),
        got: got.cloned(),
    }
}

fn objects(
    path: &mut String,
    want: &Map<String, Value>,
    got: &Map<String, Value>,
    tolerance: Tolerance,
) -> Option<Difference> {
    want.iter().find_map(|(key, want)| {
        let length = path.len();
        if length > 0 {
            path.push('.');
        }
        path.push_str(key);
        let found = match got.get(key) {
            None => Some(difference(path, want, None)),
            Some(got) if key == "entries" => journal(path, want, got, tolerance),
            Some(got) => compare_at(path, want, got, tolerance),
        };
        path.truncate(length);
        found
    })
}

fn arrays(
    path: &mut String,
    want: &[Value],
    got: &[Value],
    tolerance: Tolerance,
) -> Option<Difference> {
    want.iter()
        .zip(got)
        .enumerate()
        .find_map(|(position, (want, got))| {
            let length = path.len();
            path.push_str(&format!("[{position}]"));
            let found = compare_at(path, want, got, tolerance);
            path.truncate(length);
            found
        })
}

/// Journal entries: a multiset of entries, each a multiset of (account,
/// amount) with zero lines left out and equal accounts summed.
fn journal(
    path: &mut String,
    want: &Value,
    got: &Value,
    tolerance: Tolerance,
) -> Option<Difference> {
    match (balanced(want), balanced(got)) {
        (Some(wanted), Some(found)) => (wanted != found).then(|| difference(path, want, Some(got))),
        _ => compare_at(path, want, got, tolerance),
    }
}

fn balanced(entries: &Value) -> Option<Vec<Vec<(String, Decimal)>>> {
    let mut result = entries
        .as_array()?
        .iter()
        .map(|entry| {
            let mut accounts: std::collections::BTreeMap<String, Decimal> = Default::default();
            for line in entry.get("lines")?.as_array()? {
                let amount = Decimal::parse(line.get("amount")?.as_str()?)?;
                let sum = accounts
                    .entry(line.get("account")?.as_str()?.to_owned())
                    .or_default();
                *sum = sum.plus(amount)?;
            }
            Some(
                accounts
                    .into_iter()
                    .filter(|(_, amount)| amount.units != 0)
                    .collect(),
            )
        })
        .collect::<Option<Vec<Vec<_>>>>()?;
    result.sort();
    Some(result)
}

/// A decimal by value: units of 10^-12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Decimal {
    units: i128,
}

impl Decimal {
    const PLACES: usize = 12;

    fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = !whole.is_empty()
            && (whole.to_owned() + fraction)
                .bytes()
                .all(|b| b.is_ascii_digit());
        if !is_number || fraction.len() > Self::PLACES {
            return None;
        }
        let padded = format!("{whole}{fraction:0<width$}", width = Self::PLACES);
        padded.parse::<i128>().ok().map(|units| Self {
            units: sign * units,
        })
    }

    fn plus(self, other: Self) -> Option<Self> {
        self.units
            .checked_add(other.units)
            .map(|units| Self { units })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(want: &Value, got: &Value, tolerance: &Value, expect: Option<&str>) {
        let difference = compare(want, got, Tolerance::read(tolerance));
        assert_eq!(
            difference
                .map(|difference| difference.to_string())
                .as_deref(),
            expect
        );
    }

    #[test]
    fn simulated_figures_pass_within_their_error() {
        let got = |value: f64| json!({"value": value, "standard_error": 0.01});
        let tolerance = json!({"statistical": "4 standard errors"});
        check(&json!(0.5), &got(0.53), &tolerance, None);
        check(
            &json!(0.5),
            &got(0.55),
            &tolerance,
            Some("want 0.5 got {\"standard_error\":0.01,\"value\":0.55} at "),
        );
        check(
            &json!(0.5),
            &got(0.5),
            &json!({}),
            Some("want 0.5 got {\"standard_error\":0.01,\"value\":0.5} at "),
        );
    }

    #[test]
    fn numbers_pass_by_either_tolerance() {
        check(&json!(100.0), &json!(100.05), &json!({"rel": 1e-3}), None);
        check(
            &json!(0.0),
            &json!(1e-9),
            &json!({"rel": 1e-3, "abs": 1e-6}),
            None,
        );
        check(
            &json!({"a": [1, 2.5]}),
            &json!({"a": [1, 2.6]}),
            &json!({"rel": 1e-3}),
            Some("want 2.5 got 2.6 at a[1]"),
        );
        check(
            &json!(3),
            &json!(3.0000001),
            &json!({"rel": 1e-3, "integers": "exact"}),
            Some("want 3 got 3.0000001 at "),
        );
    }

    #[test]
    fn every_expected_key_is_compared() {
        check(
            &json!({"a": 1, "b": null}),
            &json!({"a": 1, "c": 2}),
            &json!({}),
            Some("want null got nothing at b"),
        );
        check(
            &json!({"a": 1}),
            &json!({"a": 1, "c": 2}),
            &json!({"exact": true}),
            None,
        );
        check(
            &json!([1]),
            &json!([1, 2]),
            &json!({}),
            Some("want [1] got [1,2] at "),
        );
    }

    #[test]
    fn money_compares_as_decimals() {
        check(
            &json!("-12.50"),
            &json!("-12.5"),
            &json!({"money": "exact"}),
            None,
        );
        check(
            &json!("12.50"),
            &json!("12.51"),
            &json!({"money": "exact"}),
            Some("want \"12.50\" got \"12.51\" at "),
        );
        check(
            &json!("12.50"),
            &json!("12.5"),
            &json!({"exact": true}),
            Some("want \"12.50\" got \"12.5\" at "),
        );
    }

    #[test]
    fn journal_entries_are_a_multiset() {
        let line = |account: &str, amount: &str| json!({"account": account, "amount": amount});
        let want = json!({"entries": [
            {"lines": [line("1405", "10.00"), line("2202", "-10.00")]},
            {"lines": [line("1405", "5.00"), line("2202", "-5.00")]},
        ]});
        let got = json!({"entries": [
            {"lines": [line("2202", "-5"), line("1405", "2"), line("1405", "3"), line("6001", "0")]},
            {"lines": [line("1405", "10"), line("2202", "-10")]},
        ]});
        check(&want, &got, &json!({"money": "exact"}), None);
    }
}
