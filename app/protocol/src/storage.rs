//! How safe the user's work is, in words the page can show.

use crate::{Hash32, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why work is kept in memory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemoryReason {
    /// The browser has no IndexedDB here.
    Missing,
    /// The browser refuses storage to this page (embedded, private window, blocked site data).
    Denied,
    /// The database exists but cannot be opened (`UnknownError`).
    Broken,
    /// The database is in a state that forbids use (`InvalidStateError`).
    InvalidState,
    /// No room left.
    Full,
    /// Opening did not answer in time.
    TimedOut,
    /// Another tab holds an older layout open.
    Blocked,
}

/// Where changes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Stored; this tab writes.
    Writer,
    /// Stored; another tab writes, this one follows.
    Follower,
    /// Stored by a newer build; shown, never written.
    Newer,
    /// Lost when the page closes.
    Memory(MemoryReason),
}

/// What comparing storage with the witness said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WitnessVerdict {
    /// Neither knows the workspace.
    Fresh,
    /// They agree, or storage is ahead (an outcome that was never acknowledged).
    Agrees,
    /// Storage holds fewer operations than were acknowledged.
    RolledBack {
        /// Operations found.
        found: u64,
        /// Operations acknowledged.
        acknowledged: u64,
    },
    /// Storage holds other operations than were acknowledged under the same number.
    Forked {
        /// Where they differ.
        seq: u64,
    },
    /// Storage is empty but was not.
    Wiped {
        /// Operations acknowledged.
        acknowledged: u64,
        /// When the last was acknowledged, milliseconds since 1970.
        saved_ms: u64,
    },
}

/// What opening found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Health {
    /// Everything verified.
    Good,
    /// Storage and witness disagree; read-only until `Request::AcceptLoss`.
    Suspect(WitnessVerdict),
    /// Parts of the data do not verify; the named datasets are left out.
    Damaged {
        /// Names of the datasets.
        datasets: Vec<String>,
    },
}

/// Whether the browser may evict the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Persistence {
    /// `navigator.storage.persisted()` is true.
    Granted,
    /// It is false.
    NotGranted,
    /// The browser does not say.
    Unknown,
}

/// The answer behind the storage badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageStatus {
    /// Where changes go.
    pub mode: Mode,
    /// Number of the last operation whose strict transaction completed.
    pub saved_seq: u64,
    /// Operations applied in memory; equals `saved_seq` except while a save is under way.
    pub applied_seq: u64,
    /// What opening found.
    pub health: Health,
    /// Whether the browser may evict the data.
    pub persistence: Persistence,
    /// When the last backup file was made, milliseconds since 1970.
    pub backup_ms: Option<u64>,
    /// Operation the last backup file holds.
    pub backup_seq: Option<u64>,
    /// Whether anything was imported that a seed cannot make again.
    pub has_own_data: bool,
}

/// What the user's own data is exposed to while no copy of it is outside the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// The browser keeps it, but this machine has the only copy.
    OnlyCopy,
    /// The browser may also evict that only copy.
    Evictable,
}

impl StorageStatus {
    /// What to warn of; nothing once a backup exists, or before there is anything to lose.
    #[must_use]
    pub fn risk(&self) -> Option<Risk> {
        if self.backup_seq.is_some() || !self.has_own_data {
            return None;
        }
        Some(match self.persistence {
            Persistence::Granted => Risk::OnlyCopy,
            Persistence::NotGranted | Persistence::Unknown => Risk::Evictable,
        })
    }
}

/// What the page keeps in localStorage under [`Witness::key`] after every acknowledged save:
/// the only trace that outlives a silently emptied IndexedDB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Fencing epoch of the writer.
    pub epoch: u64,
    /// Last acknowledged operation.
    pub seq: u64,
    /// Chain hash of that operation.
    pub tail: Hash32,
    /// When it was acknowledged, milliseconds since 1970.
    pub saved_ms: u64,
}

impl Witness {
    /// localStorage key of a workspace's witness.
    #[must_use]
    pub fn key(workspace: WorkspaceId) -> String {
        format!("{}{workspace}", Self::KEY_PREFIX)
    }

    /// What all keys start with.
    pub const KEY_PREFIX: &'static str = "ballast:";

    /// Reads the text form; anything else is no witness.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        if parts.next() != Some("1") {
            return None;
        }
        let epoch = parts.next()?.parse().ok()?;
        let seq = parts.next()?.parse().ok()?;
        let tail = parts.next()?.parse().ok()?;
        let saved_ms = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(Self {
            epoch,
            seq,
            tail,
            saved_ms,
        })
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "1 {} {} {} {}",
            self.epoch, self.seq, self.tail, self.saved_ms
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_witness_survives_its_text_form() {
        let witness = Witness {
            epoch: 3,
            seq: 17,
            tail: Hash32([9; 32]),
            saved_ms: 1_700_000_000_000,
        };
        assert_eq!(Witness::parse(&witness.to_string()), Some(witness));
    }

    #[test]
    fn st13_only_a_backup_ends_the_risk() {
        let status = |persistence, backup_seq, has_own_data| StorageStatus {
            mode: Mode::Writer,
            saved_seq: 3,
            applied_seq: 3,
            health: Health::Good,
            persistence,
            backup_ms: backup_seq,
            backup_seq,
            has_own_data,
        };
        let (granted, denied) = (Persistence::Granted, Persistence::NotGranted);
        assert_eq!(status(granted, None, true).risk(), Some(Risk::OnlyCopy));
        assert_eq!(status(denied, None, true).risk(), Some(Risk::Evictable));
        assert_eq!(status(granted, Some(2), true).risk(), None);
        assert_eq!(status(denied, Some(2), true).risk(), None);
        assert_eq!(status(denied, None, false).risk(), None);
    }

    #[test]
    fn foreign_text_is_no_witness() {
        for text in [
            "",
            "1",
            "2 3 17 00 1",
            "dark",
            "1 3 17 zz 1",
            "1 3 -17 00 1",
        ] {
            assert_eq!(Witness::parse(text), None, "{text}");
        }
    }
}
