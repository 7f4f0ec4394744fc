//! `ballast bench policies`: the closed form of service against the simulation.

use super::Failure;
use crate::policy_trials::{Group, Outcome};
use std::num::NonZeroU64;
use std::time::Instant;

/// Hold the service of random policies by formula against their simulation.
#[derive(clap::Args)]
pub struct BenchPolicies {
    /// Items of each group.
    #[arg(long, default_value = "500")]
    items: NonZeroU64,
    /// Standard errors that a figure may be off.
    #[arg(long, default_value = "4.5")]
    errors: f64,
    /// Seed of items and days.
    #[arg(long, default_value = "42")]
    seed: u64,
}

impl BenchPolicies {
    /// Simulates and prints a line for each group.
    ///
    /// # Errors
    /// If an exact figure is further off than allowed.
    pub fn run(&self) -> Result<(), Failure> {
        say!(
            "group      items  outside  worst (errors, item, figure)        bias fill / cycle, points   seconds"
        );
        let mut outside = 0;
        for group in Group::ALL {
            let start = Instant::now();
            let outcome = Outcome::of(group, self.seed, self.items.get(), self.errors)
                .map_err(|error| Failure::Refused(error.to_string()))?;
            let (errors, number, figure) = outcome.worst.unwrap_or_default();
            let [fill, cycle] = outcome.bias().map(|bias| 100.0 * bias);
            let worst = format!("{errors:.2} item {number} {figure}");
            say!(
                "{:10} {:5}  {:7}  {worst:34}  {fill:+11.3} / {cycle:+.3}   {:11.1}",
                group.name(),
                outcome.items,
                outcome.outside.len(),
                start.elapsed().as_secs_f64()
            );
            if group == Group::Exact {
                outside = outcome.outside.len();
                for (number, pair) in &outcome.outside {
                    say!("  item {number}: {pair:?}");
                }
            }
        }
        if outside > 0 {
            return Err(Failure::Refused(format!(
                "{outside} exact figures are outside"
            )));
        }
        Ok(())
    }
}
