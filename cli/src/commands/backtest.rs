//! `ballast backtest`: how good the forecast would have been.

use super::{Failure, panel_options::PanelOptions};
use crate::files;
use crate::history::History;
use crate::partitions;
use engine::forecast::{BacktestRow, backtest};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Repeat the forecast from earlier ends of a history and measure its errors.
#[derive(clap::Args)]
pub struct Backtest {
    #[command(flatten)]
    panel: PanelOptions,
    /// Ends to forecast from, one period apart, the last one `horizon` periods
    /// before the end of the history.
    #[arg(long, default_value = "1")]
    origins: NonZeroUsize,
    /// File to write; `-` for standard output.
    #[arg(long)]
    out: PathBuf,
}

impl Backtest {
    /// Writes a row for each series and, last, the total `*`.
    ///
    /// # Errors
    /// Refused or too short a history, or unwritable output.
    pub fn run(&self) -> Result<(), Failure> {
        let history = self.panel.read()?;
        let config = self.panel.config();
        let cut = config.horizon + self.origins.get() - 1;
        if history.panel.series().all(|series| series.len() <= cut) {
            return Err(Failure::Refused(format!(
                "no series is longer than the {cut} periods that the origins leave out"
            )));
        }
        let threads = self.panel.threads();
        let forecast = |known: &_| partitions::forecast(known, &config, threads);
        let (rows, total) = backtest(&history.panel, &config, self.origins.get(), forecast);
        let table = self
            .table(&history, &rows, &total)
            .map_err(|error| Failure::Refused(format!("cannot write the table: {error}")))?;
        files::write(&self.out, &table)
    }

    fn table(
        &self,
        history: &History,
        rows: &[BacktestRow],
        total: &BacktestRow,
    ) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let measures = ["n", "mape", "wape", "smape", "mase", "rmsse", "bias"];
        for column in history
            .key_columns
            .iter()
            .map(String::as_str)
            .chain(measures)
        {
            writer.write_field(column)?;
        }
        for level in self.panel.level_names() {
            writer.write_field(format!("coverage{level}"))?;
        }
        writer.write_field("model")?;
        writer.write_record(None::<&[u8]>)?;
        let all = vec!["*".to_owned(); history.key_columns.len()];
        let keys = history.keys.iter().chain([&all]);
        for (key, row) in keys.zip(rows.iter().chain([total])) {
            for field in key.iter().cloned().chain(fields(row)) {
                writer.write_field(field)?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// The fields after the key; empty where a measure is not defined.
fn fields(row: &BacktestRow) -> Vec<String> {
    let accuracy = &row.accuracy;
    let measures = [
        accuracy.mape,
        accuracy.wape,
        accuracy.smape,
        accuracy.mase,
        accuracy.rmsse,
        accuracy.bias,
    ];
    let figure = |value: &Option<f64>| {
        value.map_or_else(String::new, |value| {
            ((value * 1e6).round() / 1e6).to_string()
        })
    };
    std::iter::once(accuracy.count.to_string())
        .chain(measures.iter().map(figure))
        .chain(row.coverage.iter().map(figure))
        .chain([row.model.map_or("", |model| model.model().id).to_owned()])
        .collect()
}
