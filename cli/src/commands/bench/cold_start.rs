//! `ballast bench cold-start`: how well launches are forecast from each other.

use super::Failure;
use crate::launches::{AHEAD, Known, Launches, Trial};
use std::fs::File;
use std::path::PathBuf;

/// Forecast the launches in a history from those of other items, and judge the weeks after.
#[derive(clap::Args)]
pub struct BenchColdStart {
    /// Demand by day or week: sku, region, category, date, quantity (or the names of M5); `-`
    /// for standard input.
    #[arg(long)]
    data: PathBuf,
}

impl BenchColdStart {
    /// Reads, forecasts, prints.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run(&self) -> Result<(), Failure> {
        let launches = if self.data.as_os_str() == "-" {
            Launches::read(std::io::stdin().lock())?
        } else {
            let named = |error| Failure::Refused(format!("{}: {error}", self.data.display()));
            Launches::read(File::open(&self.data).map_err(named)?)?
        };
        print(
            "launches of other items known at the time",
            &launches.trial(Known::Then),
        );
        print("launches of all other items", &launches.trial(Known::All));
        Ok(())
    }
}

fn print(known: &str, trial: &Trial) {
    say!(
        "{known}: {} launches of {} items, {AHEAD} weeks after each age",
        trial.launches,
        trial.items
    );
    say!(
        "{:>5}  {:<18} {:>8} {:>8} {:>8}",
        "weeks",
        "method",
        "WAPE",
        "total",
        "bias"
    );
    for ((age, name), errors) in &trial.errors {
        let [weekly, total, bias] =
            [errors.weekly, errors.total, errors.bias].map(|sum| errors.percent(sum));
        say!("{age:>5}  {name:<18} {weekly:>8.1} {total:>8.1} {bias:>8.1}");
    }
    for (age, [weeks, inner, outer]) in &trial.inside {
        let share = |inside: &u32| 100.0 * f64::from(*inside) / f64::from((*weeks).max(1));
        say!(
            "{age:>5}  inside 80 / 95 %   {:>8.1} {:>8.1}",
            share(inner),
            share(outer)
        );
    }
}
