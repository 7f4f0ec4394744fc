//! A checkpoint: which datasets make up the workspace at one operation.

use super::chunks::{DatasetRef, hash};
use super::head::FORMAT;
use protocol::{AppError, Code, Hash32, WorkspaceId};
use serde::{Deserialize, Serialize};

/// Datasets a manifest may name; bounds what a hostile backup can make us do.
pub const DATASETS_MAX: usize = 10_000;

/// Name of the dataset that holds the replayed state.
pub const STATE: &str = "state";

/// Contents of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the writer; the first field, so that any build can read it.
    pub format: u16,
    /// Which workspace.
    pub workspace: WorkspaceId,
    /// The checkpoint before, if any.
    pub parent: Option<Hash32>,
    /// When it was made, milliseconds since 1970; informative.
    pub created_ms: u64,
    /// Last operation it holds.
    pub seq: u64,
    /// Chain hash of that operation.
    pub tail: Hash32,
    /// Hash of the state inside.
    pub state_hash: Hash32,
    /// The state first, then the data of imports.
    pub datasets: Vec<DatasetRef>,
}

impl Manifest {
    /// Stored form and its name.
    #[must_use]
    pub fn seal(&self) -> (Hash32, Vec<u8>) {
        let bytes = postcard::to_stdvec(self).unwrap_or_default();
        (hash(&bytes), bytes)
    }

    /// Reads a stored form that must have this name.
    ///
    /// # Errors
    /// `ChunkCorrupt` naming the checkpoint; `StorageNewer` when a newer build wrote it.
    pub fn unseal(name: Hash32, bytes: &[u8]) -> Result<Self, AppError> {
        let corrupt = || {
            AppError::new(Code::ChunkCorrupt)
                .with("dataset", "checkpoint")
                .with("chunk", name)
        };
        if hash(bytes) != name {
            return Err(corrupt());
        }
        let (format, _) = postcard::take_from_bytes::<u16>(bytes).map_err(|_reason| corrupt())?;
        if format > FORMAT {
            return Err(Code::StorageNewer.into());
        }
        let manifest: Self = postcard::from_bytes(bytes).map_err(|_reason| corrupt())?;
        if manifest.datasets.len() > DATASETS_MAX {
            Err(corrupt())
        } else {
            Ok(manifest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(format: u16) -> Manifest {
        Manifest {
            format,
            workspace: WorkspaceId([1; 16]),
            parent: None,
            created_ms: 5,
            seq: 3,
            tail: Hash32([2; 32]),
            state_hash: Hash32([3; 32]),
            datasets: Vec::new(),
        }
    }

    #[test]
    fn a_manifest_survives_storage() {
        let (name, bytes) = manifest(FORMAT).seal();
        assert_eq!(Manifest::unseal(name, &bytes), Ok(manifest(FORMAT)));
        assert_eq!(
            Manifest::unseal(Hash32([0; 32]), &bytes).unwrap_err().code,
            Code::ChunkCorrupt
        );
    }

    #[test]
    fn st09_a_newer_manifest_is_called_newer() {
        let (name, bytes) = manifest(FORMAT + 1).seal();
        assert_eq!(
            Manifest::unseal(name, &bytes).unwrap_err().code,
            Code::StorageNewer
        );
    }
}
