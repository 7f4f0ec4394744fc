//! Plan runs over the coordinator and its shards.
//!
//! A partition always goes to the same worker, whose scratch memory of it stays useful. The
//! coordinator computes its share in slices and takes a breath in between, so that messages
//! (a cancel, an edit, a result) are never kept waiting for long. At most
//! [`IN_FLIGHT`] jobs wait at a shard: a cancelled run has nothing more to compute there.

use crate::inbox::Inbox;
use crate::scope::{breathe, listen, post_to_port, ticks_ms};
use crate::shard::compute;
use engine::plan::{Job, Run, Scratch, Stage};
use protocol::plan::{ShardDone, ShardTask};
use protocol::{AppError, Code, Envelope, Kind};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use web_sys::MessagePort;

/// Longest stretch without looking at messages, milliseconds; one job is the smallest unit.
const SLICE_MS: f64 = 30.0;

/// Shortest time between two progress reports, milliseconds.
const REPORT_MS: f64 = 100.0;

/// Jobs sent to a shard ahead of their results.
const IN_FLIGHT: usize = 2;

/// A result of a shard, or a poke to look at the cancel flag.
enum Arrival {
    Result {
        shard: usize,
        done: ShardDone,
        output: Option<Vec<u8>>,
    },
    Poke,
}

/// Arrivals of each run under way. A cancelled run may still be here when the next one starts,
/// and must not take its results.
type Mail = Rc<RefCell<BTreeMap<u32, Inbox<Arrival>>>>;

/// The workers that compute.
pub struct Pool {
    shards: Vec<MessagePort>,
    mail: Mail,
    scratch: RefCell<Scratch>,
    runs: Cell<u32>,
}

/// What a run tells while it runs.
pub struct Watch<'a> {
    /// Set from outside to end the run.
    pub is_cancelled: Rc<Cell<bool>>,
    /// Told the stage, partitions done and partitions in all.
    pub progress: &'a dyn Fn(Stage, usize, usize),
}

/// One run's number and mail.
struct Sitting {
    number: u32,
    arrivals: Inbox<Arrival>,
}

/// Jobs of one stage, by the worker that computes them.
struct Deal {
    queues: Vec<VecDeque<Job>>,
    in_flight: Vec<usize>,
    done: usize,
    total: usize,
    last_report: f64,
}

/// What a stage does next.
#[derive(Debug)]
enum Step {
    /// A shard has room for this job.
    Post { shard: usize, job: Job },
    /// The coordinator's own next job.
    Compute(Job),
    /// Nothing but to hear from a shard, which has work.
    Wait,
    /// All is done.
    End,
}

impl Pool {
    /// A pool of the coordinator and the shards behind these ports.
    #[must_use]
    pub fn new(shards: Vec<MessagePort>) -> Self {
        let mail = Mail::default();
        for (index, port) in shards.iter().enumerate() {
            let mail = mail.clone();
            let handle = move |envelope: Envelope, _ports: Vec<MessagePort>| {
                let Ok(done) = envelope.open::<ShardDone>(Kind::Done) else {
                    return;
                };
                if let Some(arrivals) = mail.borrow().get(&done.run) {
                    let output = envelope.bufs.into_iter().next();
                    arrivals.push(Arrival::Result {
                        shard: index,
                        done,
                        output,
                    });
                }
            };
            listen(|function| port.set_onmessage(function), handle);
        }
        Self {
            shards,
            mail,
            scratch: RefCell::default(),
            runs: Cell::new(0),
        }
    }

    /// Workers that compute.
    pub fn workers(&self) -> usize {
        self.shards.len() + 1
    }

    /// Makes waiting runs look at their cancel flag.
    pub fn poke(&self) {
        for arrivals in self.mail.borrow().values() {
            arrivals.push(Arrival::Poke);
        }
    }

    /// Computes all jobs of a run.
    ///
    /// # Errors
    /// `Cancelled`; `EngineRefused` with the engine's words.
    pub async fn complete(&self, run: &mut Run, watch: &Watch<'_>) -> Result<(), AppError> {
        let number = self.runs.get().wrapping_add(1);
        self.runs.set(number);
        let arrivals = Inbox::default();
        self.mail.borrow_mut().insert(number, arrivals.clone());
        let completed = self.stages(&Sitting { number, arrivals }, run, watch).await;
        self.mail.borrow_mut().remove(&number);
        completed
    }

    async fn stages(
        &self,
        sitting: &Sitting,
        run: &mut Run,
        watch: &Watch<'_>,
    ) -> Result<(), AppError> {
        loop {
            let jobs = run.next_jobs().map_err(refused)?;
            if jobs.is_empty() {
                return Ok(());
            }
            self.stage(sitting, run, jobs, watch).await?;
        }
    }

    async fn stage(
        &self,
        sitting: &Sitting,
        run: &mut Run,
        jobs: Vec<Job>,
        watch: &Watch<'_>,
    ) -> Result<(), AppError> {
        let mut deal = Deal::new(jobs, self.workers());
        let mut slice = ticks_ms();
        loop {
            if watch.is_cancelled.get() {
                return Err(Code::Cancelled.into());
            }
            while let Some(arrival) = sitting.arrivals.try_next() {
                deal.take(run, arrival)?;
            }
            match deal.next() {
                Step::Post { shard, job } => self.post(sitting.number, shard, job),
                Step::Compute(job) => {
                    let output = compute_here(&job, &mut self.scratch.borrow_mut())?;
                    run.accept(job.stage, job.partition, output)
                        .map_err(refused)?;
                    deal.done += 1;
                    deal.report(watch);
                    if ticks_ms() - slice > SLICE_MS {
                        breathe().await;
                        slice = ticks_ms();
                    }
                }
                Step::Wait => {
                    deal.report(watch);
                    let arrival = sitting.arrivals.next().await;
                    deal.take(run, arrival)?;
                    slice = ticks_ms();
                }
                Step::End => return Ok(()),
            }
        }
    }

    fn post(&self, number: u32, shard: usize, job: Job) {
        let Some(port) = self.shards.get(shard) else {
            return;
        };
        let task = ShardTask {
            run: number,
            stage: position(job.stage),
            partition: job.partition as u32,
        };
        post_to_port(
            port,
            &Envelope::wrap(number, Kind::Job, &task, vec![job.input]),
        );
    }
}

impl Deal {
    /// The last queue is the coordinator's own.
    fn new(jobs: Vec<Job>, workers: usize) -> Self {
        let total = jobs.len();
        let mut queues = vec![VecDeque::new(); workers];
        for job in jobs {
            if let Some(queue) = queues.get_mut(job.partition % workers) {
                queue.push_back(job);
            }
        }
        Self {
            queues,
            in_flight: vec![0; workers],
            done: 0,
            total,
            last_report: f64::NEG_INFINITY,
        }
    }

    /// Shards are fed before anything else, and again after every result: one that has no work
    /// never answers, and waiting for it would last for ever.
    fn next(&mut self) -> Step {
        let own = self.queues.len().saturating_sub(1);
        let queues = self.queues.iter_mut().zip(&mut self.in_flight);
        for (shard, (queue, in_flight)) in queues.enumerate().take(own) {
            if *in_flight < IN_FLIGHT
                && let Some(job) = queue.pop_front()
            {
                *in_flight += 1;
                return Step::Post { shard, job };
            }
        }
        match self.queues.last_mut().and_then(VecDeque::pop_front) {
            Some(job) => Step::Compute(job),
            None if self.done < self.total => Step::Wait,
            None => Step::End,
        }
    }

    fn take(&mut self, run: &mut Run, arrival: Arrival) -> Result<(), AppError> {
        let Arrival::Result {
            shard,
            done,
            output,
        } = arrival
        else {
            return Ok(());
        };
        if let Some(count) = self.in_flight.get_mut(shard) {
            *count = count.saturating_sub(1);
        }
        if let Some(reason) = done.failed {
            return Err(AppError::new(Code::EngineRefused).with("detail", reason));
        }
        let stage = Stage::ALL.get(done.stage as usize).copied();
        if let (Some(stage), Some(output)) = (stage, output) {
            run.accept(stage, done.partition as usize, output)
                .map_err(refused)?;
            self.done += 1;
        }
        Ok(())
    }

    fn report(&mut self, watch: &Watch<'_>) {
        let now = ticks_ms();
        let stage = self.queues.iter().flatten().next().map(|job| job.stage);
        if now - self.last_report >= REPORT_MS {
            self.last_report = now;
            (watch.progress)(stage.unwrap_or(Stage::Decide), self.done, self.total);
        }
    }
}

fn position(stage: Stage) -> u32 {
    stage.index() as u32
}

fn compute_here(job: &Job, scratch: &mut Scratch) -> Result<Vec<u8>, AppError> {
    let refused = |reason| AppError::new(Code::EngineRefused).with("detail", reason);
    compute(position(job.stage), &job.input, scratch).map_err(refused)
}

fn refused(error: impl std::fmt::Display) -> AppError {
    AppError::new(Code::EngineRefused).with("detail", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deals `jobs` to so many workers; before each step, shards answer as `answers` says.
    fn waits_for_nothing(jobs: usize, workers: usize, mut answers: impl FnMut() -> bool) -> bool {
        let job = |partition| Job {
            stage: Stage::Measure,
            partition,
            input: Vec::new(),
        };
        let mut deal = Deal::new((0..jobs).map(job).collect(), workers);
        let mut posted = vec![0; workers];
        loop {
            for (shard, waiting) in posted.iter_mut().enumerate() {
                while *waiting > 0 && answers() {
                    *waiting -= 1;
                    deal.in_flight[shard] -= 1;
                    deal.done += 1;
                }
            }
            match deal.next() {
                Step::Post { shard, .. } => posted[shard] += 1,
                Step::Compute(_) => deal.done += 1,
                Step::Wait if posted.iter().all(|waiting| *waiting == 0) => return true,
                Step::Wait => {}
                Step::End => return deal.done != jobs,
            }
        }
    }

    #[test]
    fn a_stage_never_waits_for_shards_without_work() {
        for seed in 0..500 {
            let stream = engine::rng::Stream::from_seed(seed);
            let mut at = 0;
            let answers = || {
                at += 1;
                stream.f64_at(at) < 0.5
            };
            let (jobs, workers) = (seed as usize % 65, 1 + seed as usize % 4);
            assert!(!waits_for_nothing(jobs, workers, answers), "seed {seed}");
        }
    }
}
