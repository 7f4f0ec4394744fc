//! The page's side of the workers: starts them, asks, cancels, restarts them after a crash.
//!
//! Screens use [`Bridge::ask`] for one answer and [`query()`] for something shown. What the workers
//! say unasked ends in `crate::state`.

pub mod assets;
mod browser_storage;
mod client;
mod io;
mod pending;
mod planning;
mod query;
mod reply;
mod search;
mod status;
mod test_hook;
mod undo_labels;
mod visits;
mod witness;
mod workers;

pub use client::{Answer, Client};
pub use io::{IoAnswer, IoWorker};
pub use query::{Query, Shown, query};
pub use reply::Reply;
pub use visits::Visits;
pub use witness::new_workspace_id;

use crate::state::Workspace;
use leptos::prelude::*;
use protocol::request::Gesture;
use protocol::{AppError, Command, Request, Response, View, ViewKind, WorkspaceId};

/// Handle of the one connection to the workers.
#[derive(Clone, Copy)]
pub struct Bridge {
    client: StoredValue<Client, LocalStorage>,
    /// What the frame of the page shows.
    frame: Workspace,
    /// The open workspace.
    pub workspace: RwSignal<Option<WorkspaceId>>,
    /// Hash of the newest plan.
    plan_hash: RwSignal<Option<String>>,
    /// Newest progress: request, steps done, steps in all (0 = unknown).
    progress: RwSignal<(u32, u64, u64)>,
    /// Counts the changes of each group of views; [`query()`] asks again when its group moves.
    versions: StoredValue<Vec<(ViewKind, RwSignal<u64>)>>,
}

impl Bridge {
    /// The one instance of the page; call it in a component body, not in an event handler.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks the coordinator. An `Ok` to a change means stored.
    pub fn ask(self, request: Request) -> Reply<Answer> {
        self.ask_with(request, Vec::new())
    }

    /// Asks with buffers, which the worker takes over.
    pub fn ask_with(self, request: Request, bufs: Vec<Vec<u8>>) -> Reply<Answer> {
        self.client.with_value(|client| client.send(request, bufs))
    }

    /// Applies one undoable gesture named by a locale key.
    pub fn apply(self, label: &str, commands: Vec<Command>) -> Reply<Answer> {
        let gesture = Gesture {
            label: label.to_owned(),
            commands,
        };
        self.ask(Request::Apply {
            op: witness::new_op_id(),
            gesture,
        })
    }

    /// Takes the last gesture back.
    pub fn undo(self) -> Reply<Answer> {
        self.ask(Request::Undo {
            op: witness::new_op_id(),
        })
    }

    /// Does the gesture taken back last again.
    pub fn redo(self) -> Reply<Answer> {
        self.ask(Request::Redo {
            op: witness::new_op_id(),
        })
    }

    /// Asks for a view once.
    pub fn view(self, view: View) -> Reply<Answer> {
        self.ask(Request::View { view })
    }

    /// Stops a request: it answers `Cancelled` at once, whatever the worker is doing.
    pub fn cancel(self, request: u32) {
        self.client.with_value(|client| client.cancel(request));
    }

    /// Moves when views of this group have to be asked for again.
    pub(crate) fn version(self, kind: ViewKind) -> RwSignal<u64> {
        let known = self.versions.with_value(|versions| {
            versions
                .iter()
                .find(|(known, _)| *known == kind)
                .map(|(_, version)| *version)
        });
        known.unwrap_or_else(|| RwSignal::new(0))
    }

    /// Asks for the views of some groups again, after a failure.
    pub fn ask_again(self, kinds: &[ViewKind]) {
        self.touch(kinds);
    }

    /// Asks for the views of a group again.
    pub fn reload(self, kind: ViewKind) {
        self.touch(&[kind]);
    }

    fn touch(self, kinds: &[ViewKind]) {
        for kind in kinds {
            self.version(*kind).update(|version| *version += 1);
        }
    }
}

/// Groups that [`Bridge::version`] counts.
const KINDS: [ViewKind; 6] = [
    ViewKind::Data,
    ViewKind::Plan,
    ViewKind::Proposals,
    ViewKind::Settings,
    ViewKind::Storage,
    ViewKind::Adjustments,
];

/// Starts the workers and puts the bridge into the context of the app.
pub fn provide() {
    let bridge = Bridge {
        client: StoredValue::new_local(Client::new()),
        frame: Workspace::here(),
        workspace: RwSignal::new(None),
        plan_hash: RwSignal::new(None),
        progress: RwSignal::new((0, 0, 0)),
        versions: StoredValue::new(KINDS.map(|kind| (kind, RwSignal::new(0))).into()),
    };
    provide_context(bridge);
    status::connect(bridge);
    planning::keep_planned(bridge);
    test_hook::install(bridge);
    undo_labels::follow(bridge);
    search::provide(bridge);
    Visits::provide(bridge);
}

/// The response, if it is of the wanted kind.
///
/// # Errors
/// What the worker said; `BadMessage` for an answer to another question.
pub fn expect<T>(
    answer: Result<Answer, AppError>,
    pick: impl FnOnce(Answer) -> Option<T>,
) -> Result<T, AppError> {
    pick(answer?).ok_or_else(|| protocol::Code::BadMessage.into())
}

impl Answer {
    /// The opened workspace, if this is the answer to opening one.
    pub fn opened(self) -> Option<protocol::response::OpenedWorkspace> {
        match self.response {
            Response::Opened(opened) => Some(opened),
            _ => None,
        }
    }
}
