//! The ladder of the forecast: forecasts made again, a little at each question, so that nothing else
//! waits.

use super::{Answer, Desk};
use crate::scope::ticks_ms;
use crate::views::ladder;
use engine::plan::Replays;
use protocol::view::Scope;
use protocol::{AppError, Code, Response, ViewData};

/// Longest that one question keeps the coordinator, beyond the step it is in.
const SLICE_MS: f64 = 150.0;

impl Desk {
    /// Goes on with the forecasts; the ladder once they are made.
    pub(super) fn ladder_view(&mut self, scope: &Scope) -> Result<Answer, AppError> {
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
        let table = ladder(plan, &decisions, replays, scope);
        Ok(Answer {
            response: Response::View(Box::new(ViewData::Ladder(table?))),
            bufs: Vec::new(),
        })
    }
}
