//! Views whose figures are made bit by bit: asked again until the answer is whole.

use crate::bridge::Bridge;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::view::{LadderTable, VersionTable};
use protocol::{AppError, Code, Response, View, ViewData, ViewKind};

/// What such a view answered last, whole or not.
#[derive(Clone, Copy)]
pub(super) struct Replayed {
    pub data: RwSignal<Option<ViewData>>,
    pub error: RwSignal<Option<AppError>>,
}

impl Replayed {
    /// Asks whenever the question or the plan change.
    pub fn keep(question: Memo<View>) -> Self {
        let bridge = Bridge::here();
        let known = Self {
            data: RwSignal::new(None),
            error: RwSignal::new(None),
        };
        let plan = bridge.version(ViewKind::Plan);
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            plan.track();
            let view = question.get();
            turn.update_value(|turn| *turn += 1);
            let own = turn.get_value();
            spawn_local(async move { known.ask(bridge, view, (turn, own)).await });
        });
        known
    }

    /// Steps of work done, and those there are.
    pub fn progress(self) -> (u32, u32) {
        let progress = self.data.with(|data| data.as_ref().and_then(progress));
        progress.unwrap_or_default()
    }

    /// Whether the answer is whole.
    pub fn is_whole(self) -> bool {
        let (done, all) = self.progress();
        all > 0 && done == all
    }

    /// One question after the other, until the answer is whole or nobody waits for it any more.
    async fn ask(self, bridge: Bridge, view: View, (turn, own): (StoredValue<u32>, u32)) {
        loop {
            let result = bridge.view(view.clone()).await;
            if turn.try_get_value() != Some(own) {
                return;
            }
            let answered = result.and_then(|answer| match answer.response {
                Response::View(data) => match progress(&data) {
                    Some((done, all)) => Ok((data, done == all)),
                    None => Err(Code::BadMessage.into()),
                },
                _ => Err(Code::BadMessage.into()),
            });
            match answered {
                Ok((data, is_whole)) => {
                    self.error.set(None);
                    self.data.set(Some(*data));
                    if is_whole {
                        return;
                    }
                }
                // The plan that comes asks again.
                Err(error) if error.code == Code::NoPlan => return,
                Err(error) => return self.error.set(Some(error)),
            }
        }
    }
}

/// The steps that an answer was made in.
fn progress(data: &ViewData) -> Option<(u32, u32)> {
    match data {
        ViewData::Versions(table) => Some(table.progress),
        _ => steps(data).map(|table| table.progress),
    }
}

/// The error in steps, of a ladder or shared out.
pub(super) fn steps(data: &ViewData) -> Option<&LadderTable> {
    match data {
        ViewData::Ladder(table) | ViewData::Attribution(table) => Some(&table.slice),
        _ => None,
    }
}

/// Forecasts of a week by the time they were made.
pub(super) fn versions(data: &ViewData) -> Option<&VersionTable> {
    match data {
        ViewData::Versions(table) => Some(table),
        _ => None,
    }
}
