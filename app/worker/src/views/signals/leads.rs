//! The pipeline of leads by month.

use super::super::Shown;
use engine::signals::pipeline::{Leads, backtest_pipeline, bands};
use protocol::signals::{BacktestLine, PipelineLine, SignalDesk};

/// Months back that it is tried on.
const BACKTEST_MONTHS: i32 = 6;

pub(super) fn fill(shown: Shown<'_>, desk: &mut SignalDesk) {
    let as_of = shown.plan.as_of;
    let leads = Leads::new(shown.dataset, as_of).leads;
    if leads.is_empty() {
        return;
    }
    let months = bands(shown.dataset, &leads, as_of);
    let all = months.into_iter().filter(|row| row.region.is_none());
    desk.pipeline = all
        .map(|row| PipelineLine {
            month: month(row.month),
            band: [
                row.band.committed,
                row.band.low,
                row.band.likely,
                row.band.stretch,
            ],
            ordered: row.ordered.to_f64(),
            net: row.net.to_f64(),
        })
        .collect();
    desk.backtest = backtest_pipeline(&leads, BACKTEST_MONTHS, as_of)
        .into_iter()
        .map(|row| BacktestLine {
            month: month(row.month),
            band: [row.low, row.likely, row.stretch],
            came: row.came,
        })
        .collect();
}

/// Year and month from 1.
fn month(month: i32) -> (i32, u32) {
    (
        month.div_euclid(12),
        month.rem_euclid(12).unsigned_abs() + 1,
    )
}
