//! What the coordinator says unasked. Append only: the order is the wire format.

use crate::storage::{Mode, Witness};
use crate::{AppError, WorkspaceId};
use serde::{Deserialize, Serialize};

/// What a long request is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Reading stored data.
    Load,
    /// Replaying the journal.
    Replay,
    /// Making a demo company.
    Generate,
    /// Writing chunks.
    Store,
    /// One stage of a plan run; `stage` names it.
    Plan,
}

/// Groups of views that depend on the same things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ViewKind {
    /// Everything that shows imported data.
    Data,
    /// Everything that shows plan results.
    Plan,
    /// Decisions about proposals.
    Proposals,
    /// Settings and names.
    Settings,
    /// History, storage badge.
    Storage,
    /// Decisions by hand on history and forecast; the plan is to be made anew.
    Adjustments,
}

/// What the coordinator says unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// At most ten a second per request.
    Progress {
        /// What is being done.
        phase: Phase,
        /// Name of the plan stage, else empty.
        stage: String,
        /// Steps done.
        done: u64,
        /// Steps in all; 0 = unknown.
        total: u64,
    },
    /// These views have to be asked for again.
    Dirty {
        /// Revision they will answer with.
        rev: u64,
        /// Which.
        views: Vec<ViewKind>,
    },
    /// A strict transaction completed. The page writes the witness to localStorage.
    Saved {
        /// Which workspace.
        workspace: WorkspaceId,
        /// Text form of [`Witness`].
        witness: String,
    },
    /// Where changes go has changed.
    ModeChanged {
        /// The new mode.
        mode: Mode,
    },
    /// The worker is about to die.
    Crash {
        /// Panic message.
        message: String,
        /// Source file and line.
        location: String,
    },
    /// Something went wrong outside any request.
    Trouble(AppError),
}

impl Event {
    /// The event telling of an acknowledged save.
    #[must_use]
    pub fn saved(workspace: WorkspaceId, witness: &Witness) -> Self {
        Self::Saved {
            workspace,
            witness: witness.to_string(),
        }
    }
}
