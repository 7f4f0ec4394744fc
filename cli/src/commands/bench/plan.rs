//! `ballast bench plan`: how long a plan takes, from nothing and from its cache.

use super::Failure;
use super::median;
use super::memory::peak_bytes;
use crate::commands::plan::complete;
use crate::folder::read_dataset;
use engine::dataset::Dataset;
use engine::plan::{Cache, Plan, Run, Settings, plan_hash};
use engine::sample::{Company, demo};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// Plan demo company A, or a dataset folder, several times.
#[derive(clap::Args)]
pub struct BenchPlan {
    /// Dataset folder instead of the demo company.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Threads.
    #[arg(long, default_value = "1")]
    workers: NonZeroUsize,
    /// Plans of each kind; the median counts.
    #[arg(long, default_value = "3")]
    runs: NonZeroUsize,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

impl BenchPlan {
    /// Reads or generates, plans, prints.
    ///
    /// # Errors
    /// If the folder cannot be read or planned.
    pub fn run(&self) -> Result<(), Failure> {
        let started = Instant::now();
        let dataset = self.dataset()?;
        let prepare_seconds = started.elapsed().as_secs_f64();
        let mut fresh = Vec::new();
        let mut unchanged = Vec::new();
        let mut last = None;
        for _ in 0..self.runs.get() {
            let (seconds, _, cache) = self.plan(&dataset, Cache::default())?;
            fresh.push(seconds);
            let (seconds, plan, _) = self.plan(&dataset, cache)?;
            unchanged.push(seconds);
            last = Some(plan);
        }
        let plan = last.ok_or_else(|| Failure::Usage("no run was asked for".to_owned()))?;
        let started = Instant::now();
        let hash = plan_hash(&plan);
        self.print(&serde_json::json!({
            "bench": "plan",
            "dataset_hash": plan.dataset_hash.to_string(),
            "plan_hash": hash.to_string(),
            "skus": plan.catalog.skus.len(),
            "places": plan.places.len(),
            "series": plan.series.len(),
            "workers": self.workers,
            "runs": self.runs,
            "seconds": {
                "prepare": prepare_seconds,
                "plan": median(fresh),
                "unchanged": median(unchanged),
                "hash": started.elapsed().as_secs_f64(),
            },
            "peak_bytes": peak_bytes(),
        }));
        Ok(())
    }

    fn dataset(&self) -> Result<Dataset, Failure> {
        match &self.data {
            Some(folder) => {
                let (dataset, _issues) = read_dataset(folder).map_err(Failure::Refused)?;
                Ok(dataset)
            }
            None => demo(Company::A, |_done, _all| ControlFlow::Continue(()))
                .map(|demo| demo.dataset)
                .ok_or_else(|| Failure::Refused("stopped".to_owned())),
        }
    }

    fn plan(&self, dataset: &Dataset, cache: Cache) -> Result<(f64, Plan, Cache), Failure> {
        let refused = |error: engine::plan::PlanError| Failure::Refused(error.to_string());
        let started = Instant::now();
        let mut run = Run::new(dataset, &Settings::default(), cache).map_err(refused)?;
        complete(&mut run, self.workers.get()).map_err(Failure::Refused)?;
        let (plan, cache) = run.finish(dataset).map_err(refused)?;
        Ok((started.elapsed().as_secs_f64(), plan, cache))
    }

    fn print(&self, report: &serde_json::Value) {
        if self.json {
            say!("{report}");
            return;
        }
        say!(
            "{} SKUs, {} places, {} series, {} workers, median of {}",
            report["skus"],
            report["places"],
            report["series"],
            self.workers,
            self.runs
        );
        for stage in ["prepare", "plan", "unchanged", "hash"] {
            let seconds = report["seconds"][stage].as_f64().unwrap_or(f64::NAN);
            say!("{stage:<10}{seconds:8.3} s");
        }
        say!("plan hash {}", report["plan_hash"].as_str().unwrap_or(""));
    }
}
