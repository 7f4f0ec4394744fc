//! A run of the plan as a state machine: it never computes a partition itself.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::adjust::{Decisions, InForce, scores};
use super::broadcast::Broadcast;
use super::decide::{PartitionPlan, decide};
use super::expect::{Answered, Asked, Told, asked, expect, tell};
use super::extras::Extras;
use super::launch::{Awaited, LaunchSources};
use super::lifecycle::Links;
use super::measure::{Scratch, gather};
use super::outcome::{Frame, Plan};
use super::partition::{Histories, PARTITIONS, Sources, demand_rows, partitions};
use super::prices::learn;
use super::{Cache, Settings};
use crate::dataset::{Dataset, Hash};
use crate::day::Day;
use crate::demand::WeekdayProfile;
use crate::forecast::{GroupPartial, Groups};
use crate::master::{Catalog, Network, Sourcing};
use crate::stock::Positions;

/// A map over the partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Totals of groups of series.
    Gather,
    /// Panels, rolling errors, weekday rhythms, yearly usage.
    Measure,
    /// Forecasts of the series that decisions and ending goods touch; skipped where nothing is.
    Expect,
    /// Forecasts, levels, proposals, statuses.
    Decide,
}

impl Stage {
    /// The stages in their order.
    pub const ALL: [Self; 4] = [Self::Gather, Self::Measure, Self::Expect, Self::Decide];

    /// The position in [`Stage::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Changes whenever the stage computes something else from equal inputs.
    const fn version(self) -> u8 {
        match self {
            Self::Gather => 8,
            Self::Measure => 14,
            Self::Expect => 9,
            Self::Decide => 16,
        }
    }
}

/// Why a run cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// No table of the dataset has a date.
    #[error("the dataset has no date: neither company.csv as_of nor demand nor daily stock")]
    NoDate,
    /// Bytes between jobs that cannot be read.
    #[error("a partition's bytes cannot be read: {stage:?}")]
    BadBytes {
        /// Stage that read them.
        stage: Stage,
    },
    /// An output nobody asked for.
    #[error("output of {stage:?} {partition} was not asked for")]
    Unexpected {
        /// Stage of the output.
        stage: Stage,
        /// Partition of the output.
        partition: usize,
    },
    /// The run is not done.
    #[error("outputs are missing")]
    Unfinished,
}

/// One stage of one partition, to be computed anywhere with [`execute`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Which stage.
    pub stage: Stage,
    /// Which partition.
    pub partition: usize,
    /// Everything it reads.
    pub input: Vec<u8>,
}

/// Computes a job. `scratch` may hold what earlier jobs on this thread left; it never
/// changes a result.
///
/// # Errors
/// [`PlanError::BadBytes`] when the input is not one of a [`Run`].
pub fn execute(stage: Stage, input: &[u8], scratch: &mut Scratch) -> Result<Vec<u8>, PlanError> {
    let bad_bytes = PlanError::BadBytes { stage };
    let bytes = match stage {
        Stage::Gather => {
            let gathered = gather(input).ok_or_else(|| bad_bytes.clone())?;
            postcard::to_stdvec(&gathered)
        }
        Stage::Measure => {
            let measured = scratch.measure(input).ok_or_else(|| bad_bytes.clone())?;
            postcard::to_stdvec(&measured.partial())
        }
        Stage::Expect => {
            let (asked, input) = take::<Vec<Asked>>(input).ok_or_else(|| bad_bytes.clone())?;
            let (broadcast, rest) = take::<Broadcast>(input).ok_or_else(|| bad_bytes.clone())?;
            let made_with = Hash::of(input);
            let measured = scratch.measure(rest).ok_or_else(|| bad_bytes.clone())?;
            let mut forecasts = measured.forecast(&broadcast.pool, made_with, true);
            broadcast.streams.keep(measured, &mut forecasts);
            postcard::to_stdvec(&expect(measured, &forecasts, &broadcast, &asked))
        }
        Stage::Decide => {
            let (told, input) = take::<Vec<Told>>(input).ok_or_else(|| bad_bytes.clone())?;
            let (broadcast, rest) = take::<Broadcast>(input).ok_or_else(|| bad_bytes.clone())?;
            // Where something is told, the same may be asked again soon.
            let made_with = Hash::of(if told.is_empty() { &[] } else { input });
            let measured = scratch.measure(rest).ok_or_else(|| bad_bytes.clone())?;
            let forecasts = measured.forecast(&broadcast.pool, made_with, !told.is_empty());
            postcard::to_stdvec(&decide(measured, forecasts, &broadcast, &told))
        }
    };
    bytes.map_err(|_postcard| bad_bytes)
}

fn take<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, &[u8])> {
    postcard::take_from_bytes(bytes).ok()
}

/// A plan in the making.
pub struct Run {
    frame: Frame,
    inputs: Vec<Vec<u8>>,
    /// What the stages so far say to the next one, newest first.
    broadcast: Vec<u8>,
    stage: Stage,
    is_handed_out: bool,
    fingerprints: Vec<Hash>,
    outputs: Vec<Option<Vec<u8>>>,
    cache: Cache,
    jobs: usize,
    reused: usize,
    links: Links,
    decisions: Vec<InForce>,
    /// What each partition is asked before it decides, encoded; empty where nothing is.
    asked: Vec<Vec<u8>>,
    /// What each is told then, encoded.
    told: Vec<Vec<u8>>,
    /// Where something is new.
    launch: Option<Awaited>,
}

impl Run {
    /// Prepares a run without decisions; `cache` is what [`Run::finish`] of an earlier one
    /// returned.
    ///
    /// # Errors
    /// [`PlanError::NoDate`] when the dataset has no date at all.
    pub fn new(dataset: &Dataset, settings: &Settings, cache: Cache) -> Result<Self, PlanError> {
        Self::with_decisions(dataset, settings, &Decisions::default(), cache)
    }

    /// Prepares a run with what was decided by hand.
    ///
    /// # Errors
    /// As [`Run::new`].
    pub fn with_decisions(
        dataset: &Dataset,
        settings: &Settings,
        decisions: &Decisions,
        cache: Cache,
    ) -> Result<Self, PlanError> {
        Self::prepare(dataset, settings, decisions, (cache, Some(Extras::here())))
    }

    /// The same with or without the code that [`Extras::are_needed`] says is needed.
    ///
    /// # Errors
    /// As [`Run::new`].
    pub fn prepare(
        dataset: &Dataset,
        settings: &Settings,
        decisions: &Decisions,
        (cache, extras): (Cache, Option<Extras>),
    ) -> Result<Self, PlanError> {
        let as_of = date(dataset, settings).ok_or(PlanError::NoDate)?;
        let catalog = Catalog::new(dataset);
        let (network, issues) = Network::new(dataset, &catalog, as_of);
        let positions = Positions::new(dataset, &catalog, as_of);
        let weeks = settings.horizon_weeks;
        let links = Links::new(&catalog, demand_rows(dataset, &catalog), as_of, weeks);
        let company = (dataset, &catalog, &network);
        let (events, lifts, prices) = learn(extras, company, (as_of, weeks), decisions);
        let ahead = LaunchSources::new(&catalog, as_of, settings, (&lifts, &prices.lifts));
        let (launch, launched) = Awaited::collect(extras, dataset, &ahead, decisions);
        let signals = Extras::judged(extras, (dataset, &catalog), (as_of, weeks), &lifts);
        let sources = Sources {
            histories: Histories {
                dataset,
                catalog: &catalog,
                network: &network,
                settings,
                as_of,
                links: &links,
                decisions,
                lifts: (&prices.lifts, &signals.1),
            },
            positions: &positions,
            sourcing: &Sourcing::new(dataset, &catalog, as_of),
            launched: &launched,
        };
        let inputs = gather_inputs(&sources)?;
        let in_force = InForce::all(&decisions.adjustments, &catalog, as_of, weeks as usize);
        Ok(Self {
            broadcast: bytes_of(&(&lifts, &signals.0), Stage::Gather)?,
            asked: encoded(&asked(&in_force, &links, &catalog), Stage::Expect)?,
            frame: Frame {
                as_of,
                settings: settings.clone(),
                network,
                positions,
                issues,
                events,
                lifts,
                prices,
                signals,
                streams: decisions.streams,
                stockouts: decisions.stockouts,
                profile: WeekdayProfile::default(),
                effects: Vec::new(),
                launches: Vec::new(),
                groups: Groups::default(),
                scores: scores(&decisions.adjustments, dataset, &catalog, as_of),
                catalog,
            },
            inputs,
            stage: Stage::Gather,
            is_handed_out: false,
            fingerprints: Vec::new(),
            outputs: vec![None; PARTITIONS],
            cache,
            jobs: 0,
            reused: 0,
            links,
            decisions: in_force,
            told: encoded(&vec![Vec::<Told>::new(); PARTITIONS], Stage::Decide)?,
            launch,
        })
    }

    /// The jobs that can be computed now, in any order; empty while outputs are awaited.
    ///
    /// # Errors
    /// [`PlanError::BadBytes`] when cached bytes cannot be read.
    pub fn next_jobs(&mut self) -> Result<Vec<Job>, PlanError> {
        let mut jobs = Vec::new();
        while !self.is_handed_out {
            jobs = self.hand_out();
            if jobs.is_empty() {
                // Everything came from the cache.
                self.advance()?;
                if self.is_done() {
                    break;
                }
            }
        }
        Ok(jobs)
    }

    /// Takes the output of a job.
    ///
    /// # Errors
    /// When it was not asked for, or cannot be read.
    pub fn accept(
        &mut self,
        stage: Stage,
        partition: usize,
        output: Vec<u8>,
    ) -> Result<(), PlanError> {
        let slot = self
            .outputs
            .get_mut(partition)
            .filter(|slot| stage == self.stage && slot.is_none());
        let fingerprint = self.fingerprints.get(partition);
        let (Some(slot), Some(fingerprint)) = (slot, fingerprint) else {
            return Err(PlanError::Unexpected { stage, partition });
        };
        self.cache
            .put(stage, partition, *fingerprint, output.clone());
        *slot = Some(output);
        if self.outputs.iter().all(Option::is_some) {
            self.advance()?;
        }
        Ok(())
    }

    /// Whether every stage is complete.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Decide && self.outputs.iter().all(Option::is_some)
    }

    /// Jobs so far, those that were answered from the cache included.
    pub const fn jobs(&self) -> usize {
        self.jobs
    }

    /// Jobs that were answered from the cache.
    pub const fn reused(&self) -> usize {
        self.reused
    }

    /// Combines the outputs into the plan.
    ///
    /// # Errors
    /// [`PlanError::Unfinished`] before [`Run::is_done`].
    pub fn finish(self, dataset: &Dataset) -> Result<(Plan, Cache), PlanError> {
        if !self.is_done() {
            return Err(PlanError::Unfinished);
        }
        let parts = self.decoded::<PartitionPlan>()?;
        let mut plan = Plan::combine(self.frame, parts, dataset);
        plan.learnt = self.broadcast;
        Ok((plan, self.cache))
    }

    fn hand_out(&mut self) -> Vec<Job> {
        self.is_handed_out = true;
        self.fingerprints.clear();
        let mut jobs = Vec::new();
        for (partition, rest) in self.inputs.iter().enumerate() {
            let own = match self.stage {
                Stage::Gather | Stage::Measure => &[],
                Stage::Expect => part_of(&self.asked, partition),
                Stage::Decide => part_of(&self.told, partition),
            };
            if self.stage == Stage::Expect && own.is_empty() {
                // Nothing is asked: the answer is known to be empty.
                self.fingerprints.push(Hash::default());
                if let Some(slot) = self.outputs.get_mut(partition) {
                    *slot = Some(Vec::new());
                }
                continue;
            }
            self.jobs += 1;
            let input = [own, self.broadcast.as_slice(), rest.as_slice()].concat();
            let fingerprint = fingerprint(self.stage, &input);
            self.fingerprints.push(fingerprint);
            let cached = self
                .cache
                .get(self.stage, partition, fingerprint)
                .map(<[u8]>::to_vec);
            if cached.is_some() {
                self.reused += 1;
            } else {
                jobs.push(Job {
                    stage: self.stage,
                    partition,
                    input,
                });
            }
            if let Some(slot) = self.outputs.get_mut(partition) {
                *slot = cached;
            }
        }
        jobs
    }

    /// The outputs of this stage.
    fn decoded<T: DeserializeOwned>(&self) -> Result<Vec<T>, PlanError> {
        let stage = self.stage;
        let decode = |bytes: &Vec<u8>| {
            postcard::from_bytes(bytes).map_err(|_postcard| PlanError::BadBytes { stage })
        };
        self.outputs.iter().flatten().map(decode).collect()
    }

    /// Goes on to the next stage when this one is complete.
    fn advance(&mut self) -> Result<(), PlanError> {
        let said = match self.stage {
            Stage::Gather => {
                let mut totals = GroupPartial::default();
                for part in self.decoded::<GroupPartial>()? {
                    totals.merge(&part);
                }
                self.stage = Stage::Measure;
                self.frame.groups = totals.finish();
                postcard::to_stdvec(&self.frame.groups)
            }
            Stage::Measure => {
                let broadcast = Broadcast::reduce(&self.decoded()?, self.frame.streams);
                self.frame.profile.clone_from(&broadcast.profile);
                let is_asked = self.asked.iter().any(|asked| !asked.is_empty());
                self.stage = if is_asked {
                    Stage::Expect
                } else {
                    self.tell(Vec::new())?;
                    Stage::Decide
                };
                postcard::to_stdvec(&broadcast)
            }
            Stage::Expect => {
                self.tell(self.answers()?)?;
                self.stage = Stage::Decide;
                Ok(Vec::new())
            }
            Stage::Decide => return Ok(()),
        };
        let mut said = said.map_err(|_postcard| PlanError::BadBytes { stage: self.stage })?;
        said.append(&mut self.broadcast);
        self.broadcast = said;
        self.is_handed_out = false;
        self.outputs = vec![None; PARTITIONS];
        Ok(())
    }

    /// The forecasts that left their partitions.
    fn answers(&self) -> Result<Vec<Answered>, PlanError> {
        let mut answers: Vec<Answered> = Vec::new();
        for output in self.outputs.iter().flatten().filter(|it| !it.is_empty()) {
            let answered = postcard::from_bytes::<Vec<Answered>>(output);
            answers.extend(answered.map_err(|_postcard| PlanError::BadBytes {
                stage: Stage::Expect,
            })?);
        }
        Ok(answers)
    }

    /// Changes the forecasts that left their partitions, adds those of new items, and says what
    /// each partition is told.
    fn tell(&mut self, answers: Vec<Answered>) -> Result<(), PlanError> {
        let (catalog, as_of) = (&self.frame.catalog, self.frame.as_of);
        let frame = &self.frame;
        let lifts = (&frame.lifts, &frame.prices.lifts);
        let ahead = LaunchSources::new(catalog, as_of, &frame.settings, lifts);
        let groups = &self.frame.groups;
        let launched = self.launch.as_ref().map(|it| it.forecast(groups, &ahead));
        let (items, launched) = launched.unwrap_or_default();
        let known = (answers, launched);
        let (told, effects) = tell(known, &self.decisions, &self.links, catalog, as_of);
        self.told = encoded(&told, Stage::Decide)?;
        self.frame.effects = effects;
        self.frame.launches = items;
        Ok(())
    }
}

/// The day to plan from.
fn date(dataset: &Dataset, settings: &Settings) -> Option<Day> {
    settings.as_of.or_else(|| dataset.as_of())
}

fn part_of(parts: &[Vec<u8>], partition: usize) -> &[u8] {
    parts.get(partition).map_or(&[], Vec::as_slice)
}

/// What each partition reads first.
fn gather_inputs(sources: &Sources<'_>) -> Result<Vec<Vec<u8>>, PlanError> {
    let encode = |input| bytes_of(&input, Stage::Gather);
    partitions(sources).into_iter().map(encode).collect()
}

/// Bytes of what belongs to each partition.
fn encoded<T: Serialize>(parts: &[Vec<T>], stage: Stage) -> Result<Vec<Vec<u8>>, PlanError> {
    let encode = |part: &Vec<T>| {
        if part.is_empty() && stage == Stage::Expect {
            return Ok(Vec::new());
        }
        bytes_of(part, stage)
    };
    parts.iter().map(encode).collect()
}

fn bytes_of<T: Serialize>(value: &T, stage: Stage) -> Result<Vec<u8>, PlanError> {
    postcard::to_stdvec(value).map_err(|_postcard| PlanError::BadBytes { stage })
}

fn fingerprint(stage: Stage, input: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[
        u8::try_from(stage.index()).unwrap_or(u8::MAX),
        stage.version(),
    ]);
    hasher.update(input);
    Hash(*hasher.finalize().as_bytes())
}
