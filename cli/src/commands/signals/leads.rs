//! Tables of leads: demand bands by month, backtest, conversion.

use super::{Source, TableWriter, figure};
use engine::signals::pipeline::{
    BacktestMonth, Conversion, LeadHistory, Leads, MonthNet, Stage, backtest_pipeline, bands,
};

/// Months back that the pipeline is tried on.
const BACKTEST_MONTHS: i32 = 6;

/// Bands by month and region (region `*` for all), then what the last months would have been
/// told (kind `backtest`).
pub(super) fn pipeline_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "kind",
        "month",
        "region",
        "committed",
        "low",
        "likely",
        "stretch",
        "ordered",
        "net",
        "came",
        "came_of_all",
    ];
    let mut table = TableWriter::new(&header)?;
    let leads = read(source);
    for row in bands(source.dataset, &leads, source.as_of) {
        table.row(band_record(&row))?;
    }
    for row in backtest_pipeline(&leads, BACKTEST_MONTHS, source.as_of) {
        table.row(backtest_record(&row))?;
    }
    table.finish()
}

fn band_record(row: &MonthNet) -> [String; 11] {
    let region = row.region.clone().unwrap_or_else(|| "*".to_owned());
    let units = |value: f64| figure(Some(value));
    [
        "band".to_owned(),
        month(row.month),
        region,
        units(row.band.committed),
        units(row.band.low),
        units(row.band.likely),
        units(row.band.stretch),
        units(row.ordered.to_f64()),
        units(row.net.to_f64()),
        String::new(),
        String::new(),
    ]
}

fn backtest_record(row: &BacktestMonth) -> [String; 11] {
    let units = |value: f64| figure(Some(value));
    [
        "backtest".to_owned(),
        month(row.month),
        "*".to_owned(),
        String::new(),
        units(row.low),
        units(row.likely),
        units(row.stretch),
        String::new(),
        String::new(),
        units(row.came),
        units(row.came_of_all),
    ]
}

/// From which stage leads go where.
pub(super) fn conversion_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "from",
        "to",
        "entered",
        "moved",
        "probability",
        "dwell_days",
    ];
    let mut table = TableWriter::new(&header)?;
    let leads = read(source);
    for row in Conversion::learn(&leads, source.as_of).stages {
        if row.entered == 0 {
            continue;
        }
        let moves = Stage::ALL.iter().zip(row.moves).zip(row.probability);
        for ((to, moves), probability) in moves.filter(|((_, moves), _)| *moves > 0) {
            table.row([
                row.from.as_str(),
                to.as_str(),
                &row.entered.to_string(),
                &moves.to_string(),
                &figure(Some(probability)),
                &figure(row.dwell_days),
            ])?;
        }
    }
    table.finish()
}

fn read(source: &Source<'_>) -> Vec<LeadHistory> {
    let found = Leads::new(source.dataset, source.as_of);
    found.leads
}

fn month(month: i32) -> String {
    format!(
        "{:04}-{:02}",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}
