//! The one mutable row of a workspace.

use super::StoreError;
use protocol::Hash32;
use serde::{Deserialize, Serialize};

/// Newest store format this build writes. A larger number on disk means a newer build wrote it:
/// such a workspace is read, never written (ST-09).
pub const FORMAT: u16 = 1;

/// What a writer must know of the head to be allowed to move it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Counts writers; a writer whose epoch is not the newest is stale.
    pub epoch: u64,
    /// Number of the last operation.
    pub seq: u64,
}

/// Where the journal ends and what it was checkpointed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`FORMAT`] of the writer.
    pub format: u16,
    /// See [`Position::epoch`].
    pub epoch: u64,
    /// Number of the last operation; 0 = none.
    pub seq: u64,
    /// Chain hash of that operation.
    pub tail: Hash32,
    /// Last checkpoint, if any.
    pub commit: Option<Hash32>,
    /// The operation that checkpoint holds.
    pub commit_seq: u64,
}

impl Head {
    /// The head of an empty workspace, before its first writer.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            format: FORMAT,
            epoch: 0,
            seq: 0,
            tail: Hash32([0; 32]),
            commit: None,
            commit_seq: 0,
        }
    }

    /// What a writer must know.
    #[must_use]
    pub const fn position(&self) -> Position {
        Position {
            epoch: self.epoch,
            seq: self.seq,
        }
    }

    /// Stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(&self.format.to_le_bytes());
        bytes.extend_from_slice(&self.epoch.to_le_bytes());
        bytes.extend_from_slice(&self.seq.to_le_bytes());
        bytes.extend_from_slice(&self.tail.0);
        bytes.extend_from_slice(&self.commit_seq.to_le_bytes());
        if let Some(commit) = self.commit {
            bytes.extend_from_slice(&commit.0);
        }
        let check = blake3::hash(&bytes);
        bytes.extend_from_slice(check.as_bytes());
        bytes
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// `Corrupt` when the bytes do not carry their own hash; a newer format is not an error here.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::decode(bytes).ok_or_else(|| StoreError::Corrupt {
            what: "head".to_owned(),
        })
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, check) = bytes.split_last_chunk::<32>()?;
        if blake3::hash(body).as_bytes() != check {
            return None;
        }
        let (format, rest) = body.split_first_chunk::<2>()?;
        let (epoch, rest) = rest.split_first_chunk::<8>()?;
        let (seq, rest) = rest.split_first_chunk::<8>()?;
        let (tail, rest) = rest.split_first_chunk::<32>()?;
        let (commit_seq, rest) = rest.split_first_chunk::<8>()?;
        Some(Self {
            format: u16::from_le_bytes(*format),
            epoch: u64::from_le_bytes(*epoch),
            seq: u64::from_le_bytes(*seq),
            tail: Hash32(*tail),
            commit: rest.first_chunk::<32>().map(|hash| Hash32(*hash)),
            commit_seq: u64::from_le_bytes(*commit_seq),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(commit: Option<Hash32>) -> Head {
        Head {
            format: 1,
            epoch: 2,
            seq: 3,
            tail: Hash32([4; 32]),
            commit,
            commit_seq: 1,
        }
    }

    #[test]
    fn a_head_survives_storage() {
        for head in [head(None), head(Some(Hash32([5; 32]))), Head::empty()] {
            assert_eq!(Head::from_bytes(&head.to_bytes()), Ok(head));
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = head(Some(Hash32([5; 32]))).to_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(Head::from_bytes(&flipped).is_err(), "bit {bit}");
        }
    }
}
