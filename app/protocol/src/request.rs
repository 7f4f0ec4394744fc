//! What the page asks of the coordinator. Append only: the order is the wire format.

use crate::{Command, OpId, View, WorkspaceId};
use serde::{Deserialize, Serialize};

/// What a freshly started engine worker is to be; its first message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Owns dataset, plan, journal and storage. Its ports lead to the shards, in order.
    Coordinator {
        /// Shard ports handed over with this message.
        shards: u32,
    },
    /// Computes partitions; its one port leads to the coordinator.
    Shard {
        /// Position among the shards.
        index: u32,
    },
}

/// What a new workspace starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceSource {
    /// Nothing.
    Empty,
    /// A demo company (`a`, `b`, ...), generated from a seed.
    Demo {
        /// Which company.
        company: String,
        /// Seed; the same seed gives the same data.
        seed: u64,
    },
}

/// One undoable gesture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gesture {
    /// Locale key naming it in the undo menu.
    pub label: String,
    /// Applied together or not at all.
    pub commands: Vec<Command>,
}

/// A staged table as the io worker hands it over: its bytes are one buffer of the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedTable {
    /// Table name of docs/formats.md.
    pub table: String,
    /// Rows loaded.
    pub rows: u64,
}

/// Where a staged batch came from; equal sources with equal mappings are the same batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchSource {
    /// File name, for the import history.
    pub file: String,
    /// BLAKE3 of the file's bytes and of the mapping used.
    pub source: crate::Hash32,
    /// Rows read from the file.
    pub rows_read: u64,
    /// Rows refused; listed in the batch's `refused` table.
    pub rows_refused: u64,
}

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Answered at once with `Response::Pong`.
    Ping,
    /// First request after the role: what the page remembers in localStorage.
    Hello {
        /// Workspace and text of its witness.
        witnesses: Vec<(WorkspaceId, String)>,
    },
    /// All workspaces known to storage or to a witness.
    ListWorkspaces,
    /// Makes a workspace and opens it; repeating it opens the one made before.
    CreateWorkspace {
        /// Its new id, made by the page.
        workspace: WorkspaceId,
        /// Shown name.
        name: String,
        /// What it starts with.
        source: WorkspaceSource,
    },
    /// Opens a workspace, as writer if no other tab is.
    OpenWorkspace {
        /// Which.
        workspace: WorkspaceId,
    },
    /// Deletes a workspace with everything stored for it.
    DeleteWorkspace {
        /// Which.
        workspace: WorkspaceId,
    },
    /// The user has seen what storage lost and goes on with what is left.
    AcceptLoss,
    /// Makes this tab the writer.
    TakeOver,
    /// Stores parsed tables as a batch, without applying it. One buffer per table.
    ImportStage {
        /// Origin.
        source: BatchSource,
        /// Tables, in the order of the buffers.
        tables: Vec<StagedTable>,
    },
    /// Applies a gesture and stores it. The page makes the id and re-sends the request with the
    /// same id when it does not learn the outcome: it is applied once.
    Apply {
        /// Id of the operation.
        op: OpId,
        /// The gesture.
        gesture: Gesture,
    },
    /// Takes the last gesture back.
    Undo {
        /// Id of the operation.
        op: OpId,
    },
    /// Does the gesture taken back last again.
    Redo {
        /// Id of the operation.
        op: OpId,
    },
    /// The newest gestures, newest first.
    History {
        /// At most so many.
        len: u32,
    },
    /// Plans; progress comes as events of this request's id.
    RunPlan,
    /// Stops another request.
    Cancel {
        /// That request's id.
        request: u32,
    },
    /// Asks for something to show.
    View {
        /// What.
        view: View,
    },
    /// The workspace as one `.ballast` file.
    BackupExport,
    /// Makes a workspace from a `.ballast` file, the one buffer of the message, and opens it:
    /// under its own id if that is free, as it is after a wipe.
    BackupImport {
        /// Its id otherwise.
        otherwise: WorkspaceId,
    },
    /// The page has told us whether the browser may evict the data.
    PersistenceKnown {
        /// What it said.
        persistence: crate::storage::Persistence,
    },
    /// Makes the coordinator panic. Recovery that cannot be tried on purpose is not known to work.
    Panic,
}
