//! The ladder of the forecast, its errors and its versions: forecasts made again, a little at each question, so
//! that nothing else waits.

use super::{Answer, Desk};
use crate::scope::ticks_ms;
use crate::views::{WEEKS_BACK, attribution, ladder, versions};
use engine::plan::{Attribution, Replays, VERSION_WEEKS, Versions};
use protocol::view::Scope;
use protocol::{AppError, Code, Response, ViewData};

/// Longest that one question keeps the coordinator, beyond the step it is in.
const SLICE_MS: f64 = 150.0;

impl Desk {
    /// Goes on with the forecasts; the ladder once they are made.
    pub(super) fn ladder_view(&mut self, scope: &Scope, by: &str) -> Result<Answer, AppError> {
        let open = self.opened()?;
        let (Some(dataset), Some(plan)) = (open.data.as_deref(), open.plan.as_deref()) else {
            return Err(Code::NoPlan.into());
        };
        let decisions = open.session.state().decided();
        let is_current = |replays: &&mut Box<Replays>| replays.is_of(plan, &decisions);
        if open.replays.as_mut().filter(is_current).is_none() {
            open.replays = Replays::new(plan, dataset, &decisions).map(Box::new);
        }
        let replays = open.replays.as_mut().ok_or(Code::NoPlan)?;
        let started = ticks_ms();
        while !replays.is_done() && ticks_ms() - started < SLICE_MS {
            replays.step();
        }
        let table = ladder((plan, &decisions), replays, scope, by);
        Ok(Answer {
            response: Response::View(Box::new(ViewData::Ladder(table?))),
            bufs: Vec::new(),
        })
    }

    /// Goes on with sharing out the errors; what a slice's are made of once all are.
    pub(super) fn attribution_view(&mut self, scope: &Scope, by: &str) -> Result<Answer, AppError> {
        let open = self.opened()?;
        let (Some(dataset), Some(plan)) = (open.data.as_deref(), open.plan.as_deref()) else {
            return Err(Code::NoPlan.into());
        };
        let decisions = open.session.state().decided();
        let is_current = |made: &&mut Box<Attribution>| made.is_of(plan, &decisions);
        if open.attribution.as_mut().filter(is_current).is_none() {
            open.attribution = Attribution::new(plan, dataset, &decisions).map(Box::new);
        }
        let made = open.attribution.as_mut().ok_or(Code::NoPlan)?;
        let started = ticks_ms();
        while !made.is_done() && ticks_ms() - started < SLICE_MS {
            made.step();
        }
        let table = attribution(plan, made, scope, by);
        Ok(Answer {
            response: Response::View(Box::new(ViewData::Attribution(table?))),
            bufs: Vec::new(),
        })
    }

    /// Goes on with the versions of a week, so many weeks back; all of them once they are made.
    pub(super) fn versions_view(
        &mut self,
        scope: &Scope,
        (week, lag): (u32, u32),
    ) -> Result<Answer, AppError> {
        let open = self.opened()?;
        let (Some(dataset), Some(plan)) = (open.data.as_deref(), open.plan.as_deref()) else {
            return Err(Code::NoPlan.into());
        };
        let decisions = open.session.state().decided();
        let is_current = |versions: &&mut Box<Versions>| versions.is_of(plan, &decisions);
        if open.versions.as_mut().filter(is_current).is_none() {
            open.versions = Some(Box::new(Versions::new(plan, &decisions)));
        }
        let made = open.versions.as_mut().ok_or(Code::NoPlan)?;
        let back = i32::try_from(week).unwrap_or(0).min(WEEKS_BACK - 1);
        let week = plan.as_of + 1 + -7 * (back + 1);
        let dates = Versions::dates(week, usize::try_from(lag).unwrap_or(0).min(VERSION_WEEKS));
        let started = ticks_ms();
        while !made.has_all(&dates) && ticks_ms() - started < SLICE_MS {
            let refused = |error| AppError::new(Code::EngineRefused).with("detail", error);
            made.step(dataset, &dates).map_err(refused)?;
        }
        let table = versions((plan, dataset), made, scope, (week, &dates));
        Ok(Answer {
            response: Response::View(Box::new(ViewData::Versions(table?))),
            bufs: Vec::new(),
        })
    }
}
