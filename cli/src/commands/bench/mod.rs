//! `ballast bench`: how fast the engine is on generated data.

mod cold_start;
mod forecast;
mod memory;
mod netting;
mod plan;
mod policies;

use super::Failure;

/// Measure the engine on generated data.
#[derive(clap::Subcommand)]
pub enum Bench {
    /// Forecast launches from each other.
    ColdStart(cold_start::BenchColdStart),
    /// Forecast generated demand.
    Forecast(forecast::BenchForecast),
    /// Net generated items.
    Netting(netting::BenchNetting),
    /// Plan a company.
    Plan(plan::BenchPlan),
    /// Hold the service of random policies by formula against their simulation.
    Policies(policies::BenchPolicies),
}

impl Bench {
    /// Runs the benchmark and prints its figures.
    ///
    /// # Errors
    /// If the figures cannot be printed.
    pub fn run(&self) -> Result<(), Failure> {
        match self {
            Self::ColdStart(bench) => bench.run(),
            Self::Forecast(bench) => bench.run(),
            Self::Netting(bench) => bench.run(),
            Self::Plan(bench) => bench.run(),
            Self::Policies(bench) => bench.run(),
        }
    }
}

/// The middle of some times, seconds.
fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}
