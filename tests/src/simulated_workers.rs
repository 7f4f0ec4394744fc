//! A plan made by so many workers, on one thread.

use std::collections::BTreeMap;

use engine::dataset::Dataset;
use engine::plan::adjust::Decisions;
use engine::plan::{Cache, Job, Plan, PlanError, Run, Scratch, Settings, Stage, execute};

/// A plan and how it came about.
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// What every job that was computed gave: exact bits, not the rounded figures of the files.
    pub outputs: BTreeMap<(Stage, usize), Vec<u8>>,
    /// What the next run may reuse.
    pub cache: Cache,
    /// Jobs there were.
    pub jobs: usize,
    /// Jobs answered from the cache it began with.
    pub reused: usize,
}

/// Deals jobs out to workers in turn; they finish in a scrambled order.
///
/// # Errors
/// What the engine says about the dataset.
pub fn plan_with(
    dataset: &Dataset,
    settings: &Settings,
    workers: usize,
    cache: Cache,
) -> Result<Planned, PlanError> {
    decided_with(dataset, settings, &Decisions::default(), workers, cache)
}

/// The same with what was decided by hand.
///
/// # Errors
/// What the engine says about the dataset.
pub fn decided_with(
    dataset: &Dataset,
    settings: &Settings,
    decisions: &Decisions,
    workers: usize,
    cache: Cache,
) -> Result<Planned, PlanError> {
    let mut run = Run::with_decisions(dataset, settings, decisions, cache)?;
    let mut scratches: Vec<Scratch> = (0..workers).map(|_| Scratch::default()).collect();
    let mut outputs = BTreeMap::new();
    while !run.is_done() {
        let mut jobs: Vec<(usize, Job)> = run.next_jobs()?.into_iter().enumerate().collect();
        // Any odd factor reorders the 64 partitions; this one differs by the number of workers.
        jobs.sort_by_key(|(index, job)| (job.partition * (35 + 2 * workers) % 64, *index));
        for (index, job) in jobs {
            let output = execute(job.stage, &job.input, &mut scratches[index % workers])?;
            outputs.insert((job.stage, job.partition), output.clone());
            run.accept(job.stage, job.partition, output)?;
        }
    }
    let (jobs, reused) = (run.jobs(), run.reused());
    let (plan, cache) = run.finish(dataset)?;
    Ok(Planned {
        plan,
        outputs,
        cache,
        jobs,
        reused,
    })
}
