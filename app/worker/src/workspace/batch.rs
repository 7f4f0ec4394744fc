//! A staged import: where it came from and where its tables are stored.

use crate::store::chunks::{DatasetRef, hash};
use protocol::Hash32;
use serde::{Deserialize, Serialize};

/// What a batch holds. Its tables are chunks; this is small enough for a journal row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchInfo {
    /// File name.
    pub file: String,
    /// Hash of the file's bytes and the mapping used: the same import twice is refused by it.
    pub source: Hash32,
    /// Rows read from the file.
    pub rows_read: u64,
    /// Rows refused.
    pub rows_refused: u64,
    /// Tables by name of docs/formats.md.
    pub tables: Vec<DatasetRef>,
}

impl BatchInfo {
    /// Stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads the stored form of the batch of that name; `None` if it is none.
    #[must_use]
    pub fn from_bytes(batch: Hash32, bytes: &[u8]) -> Option<Self> {
        let info: Self = postcard::from_bytes(bytes).ok()?;
        (hash(bytes) == batch).then_some(info)
    }

    /// The batch's name: the hash of its stored form.
    #[must_use]
    pub fn batch(&self) -> Hash32 {
        hash(&self.to_bytes())
    }
}
