//! `ballast forecast`: means and bands for every series of a history.

use super::{Failure, panel_options::PanelOptions};
use crate::files;
use crate::history::History;
use crate::partitions;
use crate::signals;
use engine::forecast::{Forecasts, Weighting, reconcile_panel};
use std::path::PathBuf;

/// Forecast every series of a history.
#[derive(clap::Args)]
pub struct Forecast {
    #[command(flatten)]
    panel: PanelOptions,
    /// Signals: `date,source,keyword,region,metric,value` (docs/formats.md). Each word is judged for
    /// the series, SKU or category it names, else for every category.
    #[arg(long)]
    signals: Option<PathBuf>,
    /// Make the series agree with forecasts of their sums (whole, category, region): weighted by each
    /// one's own error, or by the shrunk covariance of the newest errors.
    #[arg(long, value_enum, default_value = "none")]
    reconcile: Reconcile,
    /// File to write; `-` for standard output.
    #[arg(long)]
    out: PathBuf,
    /// Say on standard error how long the forecasts alone took.
    #[arg(long)]
    timing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Reconcile {
    /// Each series for itself; sums are those of the series.
    None,
    /// By error variances.
    Wls,
    /// By the shrunk covariance (MinT).
    Mint,
}

impl Forecast {
    /// Reads, forecasts, writes one row for each series and future period.
    ///
    /// # Errors
    /// Refused history or unwritable output.
    pub fn run(&self) -> Result<(), Failure> {
        let history = self.panel.read()?;
        let config = self.panel.config();
        let threads = self.panel.threads();
        let timed = match &self.signals {
            None => partitions::forecast_timed(&history.panel, &config, threads),
            Some(path) => {
                let lifts = signals::lifts(&history, path, config.horizon)?;
                partitions::forecast_lifted(&history.panel, &lifts, &config, threads)
            }
        };
        if self.timing {
            let seconds = timed.scan_seconds + timed.finish_seconds;
            eprintln!("series={} seconds={seconds:.6}", history.panel.len());
        }
        let mut forecasts = timed.forecasts;
        let weighting = match self.reconcile {
            Reconcile::None => None,
            Reconcile::Wls => Some(Weighting::Variances),
            Reconcile::Mint => Some(Weighting::Shrunk),
        };
        if let Some(weighting) = weighting {
            reconcile_panel(&history.panel, &config, weighting, &mut forecasts);
        }
        let table = self
            .table(&history, &forecasts)
            .map_err(|error| Failure::Refused(format!("cannot write the table: {error}")))?;
        files::write(&self.out, &table)
    }

    fn table(&self, history: &History, forecasts: &Forecasts) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for column in history
            .key_columns
            .iter()
            .map(String::as_str)
            .chain(["date", "mean"])
        {
            writer.write_field(column)?;
        }
        for level in self.panel.level_names() {
            writer.write_field(format!("lo{level}"))?;
            writer.write_field(format!("hi{level}"))?;
        }
        writer.write_field("model")?;
        writer.write_record(None::<&[u8]>)?;
        let horizon = forecasts.horizon;
        let labels: Vec<String> = (1..=horizon)
            .map(|step| history.calendar.ahead(step).to_string())
            .collect();
        for (number, (key, model)) in history.keys.iter().zip(&forecasts.models).enumerate() {
            for (step, label) in labels.iter().enumerate() {
                let place = number * horizon + step;
                for field in key {
                    writer.write_field(field)?;
                }
                writer.write_field(label)?;
                writer.write_field(figure(forecasts.mean.get(place)))?;
                for band in &forecasts.bands {
                    writer.write_field(figure(band.low.get(place)))?;
                    writer.write_field(figure(band.high.get(place)))?;
                }
                writer.write_field(model.model().id)?;
                writer.write_record(None::<&[u8]>)?;
            }
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// A quantity with six decimals at most.
fn figure(value: Option<&f64>) -> String {
    value.map_or_else(String::new, |value| {
        ((value * 1e6).round() / 1e6).to_string()
    })
}
