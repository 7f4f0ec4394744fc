//! Options that `forecast` and `backtest` share.

use super::Failure;
use crate::files;
use crate::history::{Gaps, History, read};
use engine::forecast::{Config, Frequency};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A history and what to forecast from it.
#[derive(clap::Args)]
pub struct PanelOptions {
    /// History: `series` or `sku,channel,region`, then `date`, `quantity`; `-`
    /// for standard input.
    #[arg(long)]
    history: PathBuf,
    /// Length of a period: D, W, M or Q.
    #[arg(long = "freq", value_parser = parse_frequency)]
    frequency: Frequency,
    /// Periods in a season; 7, 52, 12 or 4 if not given.
    #[arg(long)]
    season: Option<NonZeroUsize>,
    /// Periods ahead.
    #[arg(long, value_parser = parse_horizon)]
    horizon: usize,
    /// Coverage of the bands in percent, rising order not needed.
    #[arg(long = "level", value_delimiter = ',', default_value = "80,95", value_parser = parse_level)]
    levels: Vec<Level>,
    /// What an absent date inside a series means.
    #[arg(long, value_enum, default_value = "zero")]
    gaps: Gaps,
    /// Threads; all cores if not given. Changes no byte of the result.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

/// Longest horizon accepted, in periods.
const HORIZON_MAX: usize = 3_660;

/// A band's coverage: the text as given and the fraction it means.
#[derive(Clone, Debug)]
struct Level {
    text: String,
    fraction: f64,
}

impl PanelOptions {
    /// Reads the history.
    pub(super) fn read(&self) -> Result<History, Failure> {
        let season = self
            .season
            .map_or(self.frequency.season(), NonZeroUsize::get);
        read(
            files::open(&self.history)?,
            self.frequency,
            season,
            self.gaps,
        )
    }

    /// What to forecast.
    pub(super) fn config(&self) -> Config {
        Config {
            horizon: self.horizon,
            lag: 1,
            levels: self
                .sorted_levels()
                .iter()
                .map(|level| level.fraction)
                .collect(),
        }
    }

    /// The levels as they stand in column names, rising.
    pub(super) fn level_names(&self) -> Vec<String> {
        self.sorted_levels()
            .into_iter()
            .map(|level| level.text)
            .collect()
    }

    fn sorted_levels(&self) -> Vec<Level> {
        let mut levels = self.levels.clone();
        levels.sort_by(|a, b| a.fraction.total_cmp(&b.fraction));
        levels.dedup_by(|a, b| a.fraction == b.fraction);
        levels
    }

    /// Number of threads.
    pub(super) fn threads(&self) -> usize {
        self.threads
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, NonZeroUsize::get)
    }
}

pub(super) fn parse_frequency(text: &str) -> Result<Frequency, String> {
    Frequency::parse(text).ok_or_else(|| "use D, W, M or Q".to_owned())
}

fn parse_horizon(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(horizon) if (1..=HORIZON_MAX).contains(&horizon) => Ok(horizon),
        _ => Err(format!(
            "use a whole number of periods from 1 to {HORIZON_MAX}"
        )),
    }
}

fn parse_level(text: &str) -> Result<Level, String> {
    match text.trim().parse::<f64>() {
        Ok(percent) if percent > 0.0 && percent < 100.0 => Ok(Level {
            text: percent.to_string(),
            fraction: percent / 100.0,
        }),
        _ => Err("use percentages above 0 and below 100, such as 80,95".to_owned()),
    }
}
