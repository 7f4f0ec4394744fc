//! R01: turnaround of returns.

use super::Case;
use super::input::{Malformed, number, rows, text};
use engine::day::Day;
use engine::returns::{Grade, ReturnCase, turnaround};
use engine::units::Qty;
use serde_json::{Map, Value, json};

const TARGET_DAYS: i32 = 7;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let cases: Vec<ReturnCase> = rows(inputs, "rmas")?
        .iter()
        .map(return_case)
        .collect::<Result<_, _>>()?;
    let got = turnaround(&cases, day(inputs, "as_of")?, TARGET_DAYS);
    let mix: Map<String, Value> = got
        .grade_mix
        .iter()
        .map(|(grade, units)| (grade.as_str().to_uppercase(), json!(units.to_f64())))
        .collect();
    Ok(json!({
        "closed": got.closed,
        "mean_turnaround_days": got.mean_days,
        "p50": got.p50_days,
        "p90": got.p90_days,
        "within_7d_rate_closed": got.within_target_closed,
        "within_7d_rate_incl_open": got.within_target,
        "open_count": got.open,
        "open_over_7d": got.open_over_target,
        "relist_mean_days": got.relist_mean_days,
        "relist_units": got.relist_units.to_f64(),
        "resellable_rate_units": got.resellable,
        "grade_mix": mix,
    }))
}

fn return_case(row: &Value) -> Result<ReturnCase, Malformed> {
    let known = |key: &str| match row.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => day(row, key).map(Some),
    };
    let grade = row.get("grade").and_then(Value::as_str);
    Ok(ReturnCase {
        quantity: Qty::round_from_f64(number(row, "qty")?),
        received: day(row, "received")?,
        graded: known("graded")?,
        disposed: known("disposed")?,
        relisted: known("relisted")?,
        grade: grade.and_then(|grade| Grade::parse(&grade.to_lowercase())),
    })
}

fn day(value: &Value, key: &str) -> Result<Day, Malformed> {
    Day::parse_iso(text(value, key)?).ok_or_else(|| Malformed::Input(key.to_owned()))
}
