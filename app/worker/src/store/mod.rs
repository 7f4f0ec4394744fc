//! Where a workspace is kept.
//!
//! [`Store`] is the small set of operations the journal needs of a medium. IndexedDB (`idb`)
//! and memory ([`memory`]) implement it; the crash simulator of the tests wraps one, and a
//! mirror can. Everything above the trait (hash chain, replay, checkpoints, damage detection)
//! is medium-free and runs in host tests.
//!
//! The trait takes prepared bytes only, so nothing but requests of the medium can be awaited
//! inside a transaction (ST-17).

pub mod any;
pub mod backup;
pub mod chunks;
pub mod entry;
pub mod failure;
pub mod head;
pub mod idb;
pub mod journal;
pub mod manifest;
pub mod memory;
pub mod opening;
pub mod witness;

use failure::Failure;
use head::{Head, Position};
use protocol::{AppError, Code, Hash32, OpId};

/// Why a store operation gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another writer moved the head; nothing was written.
    #[error("stale leader: the head is at epoch {} operation {}", found.epoch, found.seq)]
    StaleLeader {
        /// Where the head is.
        found: Position,
    },
    /// The operation is stored already; nothing was written.
    #[error("operation {op} is stored already")]
    Duplicate {
        /// The operation.
        op: OpId,
    },
    /// Nothing was written.
    #[error("storage failed ({failure:?}): {detail}")]
    Failed {
        /// What kind of failure.
        failure: Failure,
        /// The medium's own words, for logs.
        detail: String,
    },
    /// It may have been written or not.
    #[error("outcome unknown: {detail}")]
    Unknown {
        /// The medium's own words, for logs.
        detail: String,
    },
    /// What was read is not what was written; `what` names it.
    #[error("corrupt {what}")]
    Corrupt {
        /// Which record.
        what: String,
    },
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::StaleLeader { .. } => Code::StaleLeader,
            StoreError::Failed {
                failure: Failure::Full,
                ..
            } => Code::StorageFull,
            StoreError::Failed {
                failure: Failure::Newer,
                ..
            } => Code::StorageNewer,
            StoreError::Failed {
                failure: Failure::Blocked,
                ..
            } => Code::StorageBlocked,
            StoreError::Duplicate { .. }
            | StoreError::Failed { .. }
            | StoreError::Unknown { .. }
            | StoreError::Corrupt { .. } => Code::StorageFailed,
        };
        Self::new(code).with("detail", error)
    }
}

/// One strict transaction: all of it or nothing, and only if the head is where the writer
/// thinks it is.
#[derive(Clone, Copy, Debug)]
pub struct StrictWrite<'a> {
    /// Where the head must be; `None` = there must be none.
    pub expected: Option<Position>,
    /// The head to put.
    pub head: &'a Head,
    /// A journal row to add.
    pub row: Option<&'a Row>,
    /// A checkpoint to add: its hash and manifest bytes.
    pub commit: Option<(Hash32, &'a [u8])>,
}

/// A journal row as stored: the key, the unique index value, the sealed bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Operation number, counted from 1.
    pub seq: u64,
    /// Operation id.
    pub op: OpId,
    /// [`entry::Entry::seal`]ed bytes.
    pub bytes: Vec<u8>,
}

/// A medium holding one workspace.
#[allow(
    async_fn_in_trait,
    reason = "everything runs on one thread; no future is ever Send"
)]
pub trait Store {
    /// The head, unless the store is empty.
    async fn head(&self) -> Result<Option<Head>, StoreError>;

    /// T1 and T3: returns only after the medium acknowledged the whole write.
    async fn write(&self, write: StrictWrite<'_>) -> Result<(), StoreError>;

    /// Journal rows numbered above `after`, at most `limit`, in order.
    async fn rows(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError>;

    /// Number of a stored operation.
    async fn find_op(&self, op: OpId) -> Result<Option<u64>, StoreError>;

    /// T2: relaxed and idempotent; keys are the hashes of the bytes.
    async fn put_chunks(&self, chunks: &[(Hash32, Vec<u8>)]) -> Result<(), StoreError>;

    /// A chunk as stored, unverified; [`chunks::fetch`] verifies.
    async fn chunk(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError>;

    /// A manifest as stored, unverified.
    async fn commit(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError>;

    /// Remembers a staged batch.
    async fn put_import(&self, batch: Hash32, bytes: &[u8]) -> Result<(), StoreError>;

    /// A staged batch.
    async fn import(&self, batch: Hash32) -> Result<Option<Vec<u8>>, StoreError>;

    /// Gives the medium back; later calls fail.
    fn close(&self);
}
