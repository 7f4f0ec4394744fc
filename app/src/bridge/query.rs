//! Something shown that keeps itself up to date.

use super::{Answer, Bridge};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AppError, Code, Request, Response, View, ViewData, ViewKind};
use std::sync::Arc;

/// What a view answered.
#[derive(Debug, PartialEq)]
pub struct Shown {
    /// Revision it was made from.
    pub rev: u64,
    /// The answer.
    pub data: ViewData,
    /// Its columns, to be put together with [`protocol::columns::unpack`].
    pub bufs: Vec<Vec<u8>>,
}

/// A view as signals. While a newer answer is awaited the last one stays.
#[derive(Clone, Copy)]
pub struct Query {
    /// The last answer.
    pub data: RwSignal<Option<Arc<Shown>>>,
    /// Why there is no newer one.
    pub error: RwSignal<Option<AppError>>,
    /// Whether a newer one is awaited.
    pub is_loading: RwSignal<bool>,
}

type Question = Box<dyn Fn() -> Option<View> + Send + Sync>;

/// Shows a view: asks when `view` changes to another question, and again when one of `kinds` is
/// touched. `None` asks nothing. An answer to an older question, or of an older revision, is dropped.
pub fn query(
    kinds: &'static [ViewKind],
    view: impl Fn() -> Option<View> + Send + Sync + 'static,
) -> Query {
    asked(kinds, Box::new(view))
}

/// The same for every question: a copy for each would be 1 KiB of the download.
fn asked(kinds: &'static [ViewKind], view: Question) -> Query {
    let bridge = Bridge::here();
    let query = Query {
        data: RwSignal::new(None),
        error: RwSignal::new(None),
        is_loading: RwSignal::new(false),
    };
    let question = Memo::new(move |_| view());
    let versions: Vec<RwSignal<u64>> = kinds.iter().map(|kind| bridge.version(*kind)).collect();
    let current = StoredValue::new(0_u32);
    Effect::new(move |_| {
        // Tracked, so that a touched group runs this again.
        let _touched: u64 = versions.iter().map(|version| version.get()).sum();
        let workspace = bridge.workspace.get();
        let question = question.get().filter(|_| workspace.is_some());
        query.ask(bridge, current, question);
    });
    query
}

impl Query {
    fn ask(self, bridge: Bridge, current: StoredValue<u32>, question: Option<View>) {
        bridge.cancel(current.get_value());
        let Some(view) = question else {
            self.data.set(None);
            self.is_loading.set(false);
            return;
        };
        self.is_loading.set(true);
        let reply = bridge.ask(Request::View { view });
        let id = reply.id;
        current.set_value(id);
        spawn_local(async move {
            let result = reply.await;
            // The component may be gone, or may ask something else by now.
            if current.try_get_value() == Some(id) {
                self.take(result);
            }
        });
    }

    fn take(self, result: Result<Answer, AppError>) {
        self.is_loading.set(false);
        match result {
            Ok(Answer {
                rev,
                response: Response::View(data),
                bufs,
            }) => {
                let is_older = self
                    .data
                    .with_untracked(|shown| shown.as_ref().is_some_and(|shown| shown.rev > rev));
                if !is_older {
                    self.data.set(Some(Arc::new(Shown {
                        rev,
                        data: *data,
                        bufs,
                    })));
                }
                self.error.set(None);
            }
            Ok(_) => self.error.set(Some(Code::BadMessage.into())),
            Err(error) if error.code == Code::Cancelled => {}
            Err(error) => self.error.set(Some(error)),
        }
    }
}
