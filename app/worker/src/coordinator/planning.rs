//! Plan runs beside the inbox.

use super::{Desk, Item, Rare};
use crate::pool::Watch;
use crate::scope::{post_to_page, ticks_ms};
use engine::dataset::Dataset;
use engine::plan::adjust::Decisions;
use engine::plan::{Cache, Extras, Plan, Run, Settings, Stage, plan_hash};
use protocol::event::Phase;
use protocol::view::Progress;
use protocol::{AppError, Code, Envelope, Event, Hash32, Response, ViewKind};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The run under way.
pub(super) struct Running {
    pub request: u32,
    pub is_cancelled: Rc<Cell<bool>>,
}

/// How a run ended.
pub(super) struct PlanEnd {
    request: u32,
    /// The data it was made from; a plan of other data than the present is dropped.
    data: Rc<Dataset>,
    decisions: Decisions,
    result: Result<Done, AppError>,
}

struct Done {
    plan: Plan,
    cache: Cache,
    hash: Hash32,
    stages: Vec<Progress>,
}

impl Desk {
    /// Whether a plan needs code that is not here yet.
    pub(super) fn plan_waits(&self) -> bool {
        let data = self.open.as_ref().and_then(|open| {
            let decisions = open.session.state().hand.decisions();
            Some((open.data.clone()?, decisions))
        });
        let weeks = Settings::default().horizon_weeks;
        self.lazy.rare().is_none()
            && data.is_some_and(|(data, decisions)| Extras::are_needed(&data, &decisions, weeks))
    }

    pub(super) fn start_plan(&mut self, request: u32) -> Result<(), AppError> {
        // A newer run takes the place of an older one.
        if let Some(running) = self.running.take() {
            running.is_cancelled.set(true);
            self.pool.poke();
            self.reply(running.request, Err(Code::Cancelled.into()));
        }
        let extras = self.lazy.rare().map(Rare::extras);
        let open = self.opened()?;
        let data = open
            .data
            .clone()
            .ok_or_else(|| AppError::new(Code::EngineRefused).with("detail", "no data"))?;
        let cache = std::mem::take(&mut open.cache);
        let decisions = open.session.state().decided();
        let is_cancelled = Rc::new(Cell::new(false));
        self.running = Some(Running {
            request,
            is_cancelled: is_cancelled.clone(),
        });
        let (pool, inbox) = (self.pool.clone(), self.inbox.clone());
        spawn_local(async move {
            let progress = |stage: Stage, done: usize, total: usize| {
                let stage = stage_name(stage).to_owned();
                let event = Event::Progress {
                    phase: Phase::Plan,
                    stage,
                    done: done as u64,
                    total: total as u64,
                };
                post_to_page(&Envelope::event(request, &event));
            };
            let watch = Watch {
                is_cancelled,
                progress: &progress,
            };
            let result = compute(&pool, &data, (&decisions, cache, extras), &watch).await;
            inbox.push(Item::Planned(Box::new(PlanEnd {
                request,
                data,
                decisions,
                result,
            })));
        });
        Ok(())
    }

    pub(super) fn planned(&mut self, end: PlanEnd) {
        if self
            .running
            .as_ref()
            .is_none_or(|running| running.request != end.request)
        {
            // Cancelled by leaving or by a newer run, and answered then.
            return;
        }
        self.running = None;
        let result = end.result.and_then(|done| {
            let open = self.opened()?;
            open.cache = done.cache;
            if open
                .data
                .as_ref()
                .is_none_or(|data| !Rc::ptr_eq(data, &end.data))
            {
                return Err(Code::Cancelled.into());
            }
            open.plan = Some(Rc::new(done.plan));
            if open.session.state().decided() != end.decisions {
                // Decided while it was computed; the page asks for the next run.
                open.adjust();
            }
            let rev = open.rev();
            self.tell(&Event::Dirty {
                rev,
                views: vec![ViewKind::Plan, ViewKind::Proposals],
            });
            Ok(Response::Planned {
                plan_hash: done.hash,
                stages: done.stages,
            }
            .into())
        });
        self.reply(end.request, result);
    }
}

async fn compute(
    pool: &crate::pool::Pool,
    data: &Dataset,
    (decisions, cache, extras): (&Decisions, Cache, Option<Extras>),
    watch: &Watch<'_>,
) -> Result<Done, AppError> {
    let refused =
        |error: engine::plan::PlanError| AppError::new(Code::EngineRefused).with("detail", error);
    let started = ticks_ms();
    let known = (cache, extras);
    let mut run = Run::prepare(data, &Settings::default(), decisions, known).map_err(refused)?;
    let prepared = ticks_ms();
    pool.complete(&mut run, watch).await?;
    let computed = ticks_ms();
    let (jobs, reused) = (run.jobs(), run.reused());
    let (plan, cache) = run.finish(data).map_err(refused)?;
    let hash = Hash32(plan_hash(&plan).0);
    let count = |jobs: usize| u32::try_from(jobs).unwrap_or(u32::MAX);
    let stage = |name: &str, millis, computed| Progress {
        stage: name.to_owned(),
        millis,
        computed,
    };
    let stages = vec![
        stage("prepare", prepared - started, 0),
        stage(
            "partitions",
            computed - prepared,
            count(jobs.saturating_sub(reused)),
        ),
        stage("combine", ticks_ms() - computed, 0),
    ];
    Ok(Done {
        plan,
        cache,
        hash,
        stages,
    })
}

const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Gather => "gather",
        Stage::Measure => "measure",
        Stage::Expect => "expect",
        Stage::Decide => "decide",
    }
}
