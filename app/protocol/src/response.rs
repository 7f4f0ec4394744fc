//! What the coordinator answers. Append only: the order is the wire format.

use crate::request::StagedTable;
use crate::view::Progress;
use crate::{AppError, Hash32, StorageStatus, ViewData, WitnessVerdict, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The one answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Revision of the workspace the answer was made from; the page drops answers older than
    /// what it shows.
    pub rev: u64,
    /// The answer.
    pub result: Result<Response, AppError>,
}

/// A workspace in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceSummary {
    /// Which.
    pub workspace: WorkspaceId,
    /// Shown name; empty when only the witness knows it.
    pub name: String,
    /// What comparing storage with the witness said.
    pub verdict: WitnessVerdict,
    /// When it was last saved, milliseconds since 1970.
    pub saved_ms: Option<u64>,
}

/// An opened workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedWorkspace {
    /// Which.
    pub workspace: WorkspaceId,
    /// Shown name.
    pub name: String,
    /// How safe it is.
    pub storage: StorageStatus,
    /// Hash of the state replayed; equal states have equal hashes.
    pub state_hash: Hash32,
    /// Settings, sorted by key.
    pub settings: Vec<(String, String)>,
    /// Whether there is data to plan with.
    pub has_data: bool,
}

/// A gesture in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Operation number.
    pub seq: u64,
    /// Locale key.
    pub label: String,
    /// Whether it was taken back.
    pub is_undone: bool,
}

/// What the undo and redo buttons offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoState {
    /// Label of the gesture undo takes back.
    pub undo: Option<String>,
    /// Label of the gesture redo does again.
    pub redo: Option<String>,
}

/// What the coordinator answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To `Ping`.
    Pong,
    /// To `Hello`.
    Ready {
        /// Version of the engine.
        engine: String,
        /// Workers that compute, the coordinator included.
        workers: u32,
    },
    /// To `ListWorkspaces`.
    Workspaces(Vec<WorkspaceSummary>),
    /// To `CreateWorkspace`, `OpenWorkspace`, `BackupImport`, `TakeOver`, `AcceptLoss`.
    Opened(OpenedWorkspace),
    /// To requests with nothing to tell.
    Done,
    /// To `ImportStage`.
    Staged {
        /// Name of the batch, for `Command::ImportApply`.
        batch: Hash32,
        /// What it holds.
        tables: Vec<StagedTable>,
        /// Whether it is already part of the data.
        is_applied: bool,
    },
    /// To `Apply`, `Undo`, `Redo`: stored, not merely applied.
    Saved {
        /// Number of the operation.
        seq: u64,
        /// What undo and redo offer now.
        undo: UndoState,
    },
    /// To `History`.
    History {
        /// Newest first.
        entries: Vec<HistoryEntry>,
        /// What undo and redo offer.
        undo: UndoState,
    },
    /// To `RunPlan`.
    Planned {
        /// Equal data and settings give an equal hash, on any machine.
        plan_hash: Hash32,
        /// Milliseconds, by stage.
        stages: Vec<Progress>,
    },
    /// To `View`; columns in the buffers.
    View(Box<ViewData>),
    /// To `BackupExport`; the file is the one buffer.
    Backup {
        /// Suggested file name.
        file: String,
        /// Operation it holds.
        seq: u64,
        /// Hash of the state inside.
        state_hash: Hash32,
    },
}
