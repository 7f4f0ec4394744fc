//! Earlier versions of the plan: what it would have forecast on dates before, with only what was
//! known then.
//!
//! They are runs of the plan itself on an earlier date ([`Settings::as_of`]), job by job, and so
//! equal what `ballast plan --as-of` gives. Changes by hand are not in them.

use super::adjust::Decisions;
use super::measure::Scratch;
use super::outcome::Plan;
use super::run::{Job, PlanError, Run, execute};
use super::view::{Scope, Slice};
use super::{Cache, PARTITIONS, Settings, Stage};
use crate::dataset::{Dataset, Hash};
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::master::Catalog;
use crate::units::Qty;

/// Weeks ahead that a version keeps.
pub const VERSION_WEEKS: usize = 13;
/// Versions that are kept, newest asked for last.
const KEPT: usize = 24;

/// Forecasts made on one date.
struct Version {
    as_of: Day,
    /// By series, in order: statistical means of the first weeks.
    means: Vec<(SeriesKey, Vec<Qty>)>,
}

/// A version being made.
struct Making {
    as_of: Day,
    run: Run,
    jobs: Vec<Job>,
    scratch: Scratch,
}

/// Versions of a plan by date, made bit by bit.
pub struct Versions {
    key: Hash,
    settings: Settings,
    decisions: Decisions,
    made: Vec<Version>,
    making: Option<Making>,
}

impl Versions {
    /// None made yet.
    pub fn new(plan: &Plan, decisions: &Decisions) -> Self {
        Self {
            key: Self::key(plan, decisions),
            settings: plan.settings.clone(),
            decisions: Decisions {
                adjustments: Vec::new(),
                ..decisions.clone()
            },
            made: Vec::new(),
            making: None,
        }
    }

    /// Whether they are of this plan's data, history and streams.
    pub fn is_of(&self, plan: &Plan, decisions: &Decisions) -> bool {
        self.key == Self::key(plan, decisions)
    }

    fn key(plan: &Plan, decisions: &Decisions) -> Hash {
        let read = (
            &decisions.replacements,
            &decisions.launches,
            &decisions.prices,
            decisions.streams,
            decisions.stockouts,
            &plan.settings,
        );
        let mut bytes = postcard::to_stdvec(&read).unwrap_or_default();
        bytes.extend(plan.dataset_hash.0);
        Hash::of(&bytes)
    }

    /// The dates of the forecasts made `lag`, `lag` - 1 .. 1 weeks before the end of a week that
    /// begins on a day.
    pub fn dates(week: Day, lag: usize) -> Vec<Day> {
        let date = |lag: usize| week + -1 + -7 * (i32::try_from(lag).unwrap_or(0) - 1);
        (1..=lag).rev().map(date).collect()
    }

    /// Steps done and steps there are for the versions of some dates; about right, since stages
    /// that nothing asks for are skipped.
    pub fn progress(&self, dates: &[Day]) -> (usize, usize) {
        let stages = Stage::ALL.len() - 1;
        let missing = dates.iter().filter(|date| !self.has(**date)).count();
        let running = self.making.as_ref().map_or(0, |making| {
            let done = making.run.jobs() - making.jobs.len();
            done.min(stages * PARTITIONS)
        });
        let all = dates.len() * stages * PARTITIONS;
        (all - missing * stages * PARTITIONS + running, all)
    }

    /// Whether the versions of some dates are made.
    pub fn has_all(&self, dates: &[Day]) -> bool {
        dates.iter().all(|date| self.has(*date))
    }

    fn has(&self, date: Day) -> bool {
        self.made.iter().any(|version| version.as_of == date)
    }

    /// Does one job for the first version that is missing.
    ///
    /// # Errors
    /// What the run says.
    pub fn step(&mut self, dataset: &Dataset, dates: &[Day]) -> Result<(), PlanError> {
        if self.making.is_none() {
            let Some(as_of) = dates.iter().copied().find(|date| !self.has(*date)) else {
                return Ok(());
            };
            let settings = Settings {
                as_of: Some(as_of),
                ..self.settings.clone()
            };
            // What was decided later is not known yet.
            let mut decisions = self.decisions.clone();
            decisions.launches.retain(|launch| launch.made_on <= as_of);
            decisions.prices.retain(|price| price.made_on <= as_of);
            let run = Run::with_decisions(dataset, &settings, &decisions, Cache::default())?;
            self.making = Some(Making {
                as_of,
                run,
                jobs: Vec::new(),
                scratch: Scratch::default(),
            });
        }
        let Some(making) = &mut self.making else {
            return Ok(());
        };
        if making.jobs.is_empty() && !making.run.is_done() {
            making.jobs = making.run.next_jobs()?;
        }
        if let Some(job) = making.jobs.pop() {
            let output = execute(job.stage, &job.input, &mut making.scratch)?;
            making.run.accept(job.stage, job.partition, output)?;
        }
        if making.run.is_done() {
            self.keep(dataset)?;
        }
        Ok(())
    }

    fn keep(&mut self, dataset: &Dataset) -> Result<(), PlanError> {
        let Some(making) = self.making.take() else {
            return Ok(());
        };
        let (plan, _cache) = making.run.finish(dataset)?;
        let means = plan.series.into_iter().map(|mut series| {
            series.mean.truncate(VERSION_WEEKS);
            (series.key, series.mean)
        });
        if self.made.len() == KEPT {
            self.made.remove(0);
        }
        self.made.push(Version {
            as_of: making.as_of,
            means: means.collect(),
        });
        Ok(())
    }

    /// What was forecast on a date for the week of a slice that begins on a day; `None` where that
    /// version is not made or does not reach so far.
    pub fn forecast(&self, plan: &Plan, scope: Scope, (made_on, week): (Day, Day)) -> Option<Qty> {
        let version = self.made.iter().find(|version| version.as_of == made_on)?;
        let place = usize::try_from((week - made_on - 1) / 7).ok()?;
        let catalog: &Catalog = &plan.catalog;
        let slice = Slice::new(catalog, scope);
        let inside = version
            .means
            .iter()
            .filter(|(key, _)| slice.has(*key, plan.network.warehouse(key.region, key.channel)));
        let mut sum = Qty::ZERO;
        for (_, means) in inside {
            sum += *means.get(place)?;
        }
        Some(sum)
    }
}
