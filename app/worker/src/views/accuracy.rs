//! Forecast errors by the values of an attribute.

use super::both;
use engine::plan::Plan;
use engine::plan::view::{self, Attribute, Scope, accuracy_by};
use protocol::view::{AccuracyRow, AccuracyTable};
use protocol::{AppError, Code};

/// Rows a table shows.
pub(super) const ROWS_MAX: usize = 100;
/// Share of the error that most of it is.
const MOST: f64 = 0.8;

pub(super) fn table(plan: &Plan, scope: Scope, by: &str) -> Result<AccuracyTable, AppError> {
    let attribute = attribute(by)?;
    let all = accuracy_by(plan, scope, Attribute::All);
    let all = all.first().cloned().unwrap_or_default();
    let total = all.holdout.absolute_error;
    let rows = accuracy_by(plan, scope, attribute);
    let mut sum = 0.0;
    let is_enough = |row: &view::AccuracyRow| {
        sum += row.holdout.absolute_error;
        sum >= MOST * total
    };
    let most = rows
        .iter()
        .position(is_enough)
        .map_or(rows.len(), |place| place + 1);
    Ok(AccuracyTable {
        most: u32::try_from(most).unwrap_or(u32::MAX),
        count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        rows: rows
            .iter()
            .take(ROWS_MAX)
            .map(|it| row(it, total))
            .collect(),
        all: row(&all, total),
    })
}

/// The attribute that errors are cut by.
pub(super) fn attribute(by: &str) -> Result<Attribute, AppError> {
    [
        Attribute::Sku,
        Attribute::Category,
        Attribute::Channel,
        Attribute::Region,
    ]
    .into_iter()
    .find(|attribute| attribute.as_str() == by)
    .ok_or_else(|| {
        AppError::new(Code::UnknownName)
            .with("attribute", "by")
            .with("code", by)
    })
}

fn row(row: &view::AccuracyRow, total: f64) -> AccuracyRow {
    let holdout = &row.holdout;
    let of_demand = |part: f64| (holdout.actual > 0.0).then(|| part / holdout.actual);
    AccuracyRow {
        code: row.code.clone(),
        names: both(Some(&row.names)),
        wape: of_demand(holdout.absolute_error),
        mape: (holdout.percent_count > 0.0).then(|| holdout.percent_error / holdout.percent_count),
        mase: row.mase(),
        bias: of_demand(-holdout.error),
        sum_wape: row.sum_wape(),
        tracking_signal: row.tracking_signal(),
        share: match total > 0.0 {
            true => holdout.absolute_error / total,
            false => 0.0,
        },
    }
}
