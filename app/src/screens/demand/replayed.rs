//! Views whose figures are made bit by bit: asked again until the answer is whole.

use crate::bridge::Bridge;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AppError, Code, Response, View, ViewData, ViewKind};

/// What such a view answered last, whole or not.
pub(super) struct Replayed<T: Send + Sync + 'static> {
    pub table: RwSignal<Option<T>>,
    pub error: RwSignal<Option<AppError>>,
}

impl<T: Send + Sync + 'static> Clone for Replayed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Replayed<T> {}

impl<T: Send + Sync + 'static> Replayed<T> {
    /// Asks whenever the question or the plan change; `pick` takes the answer, and says whether it
    /// is whole.
    pub fn keep(
        view: impl Fn() -> View + Send + Sync + 'static,
        pick: fn(ViewData) -> Option<(T, bool)>,
    ) -> Self {
        let bridge = Bridge::here();
        let known = Self {
            table: RwSignal::new(None),
            error: RwSignal::new(None),
        };
        let plan = bridge.version(ViewKind::Plan);
        let question = Memo::new(move |_| view());
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            plan.track();
            let view = question.get();
            turn.update_value(|turn| *turn += 1);
            let own = turn.get_value();
            spawn_local(async move { known.ask(bridge, view, (turn, own), pick).await });
        });
        known
    }

    /// One question after the other, until the answer is whole or nobody waits for it any more.
    async fn ask(
        self,
        bridge: Bridge,
        view: View,
        (turn, own): (StoredValue<u32>, u32),
        pick: fn(ViewData) -> Option<(T, bool)>,
    ) {
        loop {
            let result = bridge.view(view.clone()).await;
            if turn.try_get_value() != Some(own) {
                return;
            }
            let picked = result.and_then(|answer| match answer.response {
                Response::View(data) => pick(*data).ok_or_else(|| Code::BadMessage.into()),
                _ => Err(Code::BadMessage.into()),
            });
            match picked {
                Ok((table, is_whole)) => {
                    self.error.set(None);
                    self.table.set(Some(table));
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
