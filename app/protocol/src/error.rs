//! Failures as code and parameters; the page turns the code into text.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How loudly the page should speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing was lost, the user can go on.
    Note,
    /// The action did not happen.
    Failed,
    /// Work may be at risk; stays visible until it is resolved.
    Danger,
}

/// What went wrong. Append only: the order is the wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Code {
    /// A message that does not decode, or one this build does not know.
    BadMessage,
    /// The request was cancelled.
    Cancelled,
    /// The worker died; parameter `message`.
    WorkerCrashed,
    /// No workspace is open.
    NoWorkspace,
    /// No such workspace; parameter `workspace`.
    UnknownWorkspace,
    /// Another tab writes to this workspace.
    ReadOnly,
    /// Another tab took the workspace over while this one was writing.
    StaleLeader,
    /// Nothing to undo or redo.
    NothingToUndo,
    /// The command does not fit the workspace; parameter `reason`.
    CommandRefused,
    /// This batch was imported before; parameter `batch`.
    AlreadyImported,
    /// The batch was never staged, or its staging was lost; parameter `batch`.
    UnknownBatch,
    /// A stored chunk differs from its hash; parameters `dataset`, `chunk`.
    ChunkCorrupt,
    /// A stored chunk is gone; parameters `dataset`, `chunk`.
    ChunkMissing,
    /// The journal does not link up; parameter `seq`.
    JournalBroken,
    /// The workspace was here before and its storage is empty now; parameters `seq`, `saved_ms`.
    StorageWiped,
    /// Storage holds fewer operations than were acknowledged; parameters `found`, `acknowledged`.
    StorageRolledBack,
    /// Storage was written by a newer build; never advise clearing it.
    StorageNewer,
    /// Storage refuses to open.
    StorageUnavailable,
    /// No room left.
    StorageFull,
    /// Another tab blocks the upgrade of the storage layout.
    StorageBlocked,
    /// A storage operation failed; parameter `detail`.
    StorageFailed,
    /// The file is not a Ballast backup; parameter `reason`.
    BadBackup,
    /// The engine refused the data; parameter `detail`.
    EngineRefused,
    /// The view needs a plan that has not been run.
    NoPlan,
    /// The view names something the data does not have; parameter `name`.
    UnknownName,
    /// The browser cannot read the file any more; parameter `detail`.
    FileUnreadable,
    /// The file cannot be written; parameter `detail`.
    ExportFailed,
    /// The part of the engine that answers this could not be fetched.
    EngineAway,
}

impl Code {
    /// Stable key, for locale tables and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadMessage => "bad_message",
            Self::Cancelled => "cancelled",
            Self::WorkerCrashed => "worker_crashed",
            Self::NoWorkspace => "no_workspace",
            Self::UnknownWorkspace => "unknown_workspace",
            Self::ReadOnly => "read_only",
            Self::StaleLeader => "stale_leader",
            Self::NothingToUndo => "nothing_to_undo",
            Self::CommandRefused => "command_refused",
            Self::AlreadyImported => "already_imported",
            Self::UnknownBatch => "unknown_batch",
            Self::ChunkCorrupt => "chunk_corrupt",
            Self::ChunkMissing => "chunk_missing",
            Self::JournalBroken => "journal_broken",
            Self::StorageWiped => "storage_wiped",
            Self::StorageRolledBack => "storage_rolled_back",
            Self::StorageNewer => "storage_newer",
            Self::StorageUnavailable => "storage_unavailable",
            Self::StorageFull => "storage_full",
            Self::StorageBlocked => "storage_blocked",
            Self::StorageFailed => "storage_failed",
            Self::BadBackup => "bad_backup",
            Self::EngineRefused => "engine_refused",
            Self::NoPlan => "no_plan",
            Self::UnknownName => "unknown_name",
            Self::FileUnreadable => "file_unreadable",
            Self::ExportFailed => "export_failed",
            Self::EngineAway => "engine_away",
        }
    }

    /// How loudly to say it.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Cancelled | Self::NothingToUndo | Self::AlreadyImported | Self::NoPlan => {
                Severity::Note
            }
            Self::ChunkCorrupt
            | Self::ChunkMissing
            | Self::JournalBroken
            | Self::StorageWiped
            | Self::StorageRolledBack
            | Self::StorageNewer
            | Self::StorageUnavailable
            | Self::StorageFull
            | Self::StaleLeader => Severity::Danger,
            Self::BadMessage
            | Self::WorkerCrashed
            | Self::NoWorkspace
            | Self::UnknownWorkspace
            | Self::ReadOnly
            | Self::CommandRefused
            | Self::UnknownBatch
            | Self::StorageBlocked
            | Self::StorageFailed
            | Self::BadBackup
            | Self::EngineRefused
            | Self::UnknownName
            | Self::FileUnreadable
            | Self::ExportFailed
            | Self::EngineAway => Severity::Failed,
        }
    }

    /// Whether sending the same request again can succeed.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::WorkerCrashed
                | Self::StorageFailed
                | Self::StorageFull
                | Self::StorageBlocked
                | Self::EngineAway
        )
    }
}

/// A failure: code and named values, never text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    /// What went wrong.
    pub code: Code,
    /// Values the text mentions, by name.
    pub params: Vec<(String, String)>,
}

impl AppError {
    /// A failure without values.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            params: Vec::new(),
        }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }

    /// The value of that name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        self.params
            .iter()
            .try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for AppError {}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
