//! `ballast demo`: a demo company as a dataset folder, with its truth file.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use engine::dataset::Dataset;
use engine::sample::{self, Company, FactId, Parameters, calibrate, generate};

use super::Failure;
use crate::files;

/// Write a demo company as a dataset folder with its truth file.
#[derive(Args)]
pub struct Demo {
    /// Which company: a.
    #[arg(long, default_value = "a")]
    company: String,
    /// The folder to write; it is created when missing.
    #[arg(long, value_name = "DIR", required_unless_present = "calibrate")]
    out: Option<PathBuf>,
    /// Look for the parameters with which the planted facts are met, and print them.
    #[arg(long)]
    calibrate: bool,
}

impl Demo {
    /// Generates, writes and measures the company.
    ///
    /// # Errors
    /// If there is no such company, the folder cannot be written or a fact does not hold.
    pub fn run(&self) -> Result<(), Failure> {
        let company = Company::parse(&self.company)
            .ok_or_else(|| Failure::Usage(format!("no demo company {}", self.company)))?;
        let demo = if self.calibrate {
            found_by_calibration()
        } else {
            sample::demo(company, unhurried)
        };
        let demo = demo.ok_or_else(|| Failure::Refused("stopped".to_owned()))?;
        if let Some(folder) = &self.out {
            files::write_tables(folder, &demo.dataset)?;
            write_truth(&demo, folder)?;
        }
        report(&demo)
    }
}

fn unhurried(_done: usize, _all: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn found_by_calibration() -> Option<sample::Demo> {
    let found = calibrate(Parameters::CALIBRATED, |name, value, measured| {
        say!("{name} {value} measures {measured}");
    });
    say!("{found:?}");
    generate(&found, unhurried)
}

/// Prints what was planted beside what is measured; a fact that does not hold is a failure.
fn report(demo: &sample::Demo) -> Result<(), Failure> {
    let sample::Demo { dataset, truth } = demo;
    say!(
        "company {} seed {} as of {}",
        truth.company,
        truth.parameters.seed,
        truth.as_of
    );
    say!("dataset {}", dataset.hash());
    print_tables(dataset);
    let mut missed = Vec::new();
    for fact in &truth.facts {
        let measured = fact.id.measure(dataset).unwrap_or(f64::NAN);
        let name = fact_name(fact.id);
        say!(
            "{name} planted {} +- {} measured {measured:.5}",
            fact.value,
            fact.tolerance
        );
        if !fact.holds(measured) {
            missed.push(name);
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(format!(
            "facts not met: {}",
            missed.join(", ")
        )))
    }
}

fn print_tables(dataset: &Dataset) {
    for table in dataset.tables() {
        say!("{} {} rows", table.def().name, table.len());
    }
}

fn fact_name(id: FactId) -> &'static str {
    match id {
        FactId::StockoutRate => "stockout_rate",
        FactId::Turns => "turns",
        FactId::StaleShare => "stale_share",
        FactId::BookVariance => "book_variance",
    }
}

fn write_truth(demo: &sample::Demo, folder: &Path) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&demo.truth);
    let text = text.map_err(|error| Failure::Refused(error.to_string()))?;
    files::write(&folder.join("truth.json"), (text + "\n").as_bytes())
}
