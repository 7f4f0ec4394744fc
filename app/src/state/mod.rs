//! What the interface itself remembers: preferences, the address, notices, jobs, the undo labels, the
//! status line. Figures and results are not here; they belong to the worker.
//!
//! Each type is a `Copy` bundle of signals, provided once by the app; `X::here()` takes it from the
//! context of a component. The bridge writes [`Workspace`], [`Jobs`] and [`UndoState`].

mod commands;
mod jobs;
mod notices;
mod router;
mod session;
mod storage;
mod undo;
mod workspace;

pub use commands::{Command, Commands, Found, SearchRequest};
pub use jobs::{Job, JobId, Jobs};
pub use notices::{Notice, NoticeAction, Notices, Tone};
pub use router::Router;
pub use session::{Density, Session, Theme};
pub use storage::{recall, remember};
pub use undo::{UndoState, UndoStep};
pub use workspace::{Freshness, FreshnessStep, SaveState, Workspace};

/// Takes a context that `App` provided.
macro_rules! from_context {
    ($type:ty) => {
        impl $type {
            /// The one instance of the page; call it in a component body, not in an event handler.
            pub fn here() -> Self {
                leptos::prelude::expect_context()
            }
        }
    };
}
use from_context;

/// Creates every bundle and puts it into the context of the app.
pub fn provide() {
    use leptos::prelude::provide_context;
    let notices = Notices::new();
    provide_context(notices);
    provide_context(Router::start(notices));
    provide_context(Session::restore(notices));
    provide_context(Jobs::new());
    provide_context(UndoState::new());
    provide_context(Workspace::new());
    provide_context(Commands::new());
}
