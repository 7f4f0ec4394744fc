//! The storage status in words; tracked, pure.

use crate::i18n::messages::{settings, shell};
use crate::i18n::{Msg, fill, number, tr};
use protocol::storage::{Health, Mode, Persistence, Risk, StorageStatus, WitnessVerdict};

/// Where changes go.
pub(super) fn mode_word(mode: Mode) -> Msg {
    match mode {
        Mode::Writer => settings::MODE_WRITER,
        Mode::Follower => settings::MODE_FOLLOWER,
        Mode::Newer => settings::MODE_NEWER,
        Mode::Memory(_) => settings::MODE_MEMORY,
    }
}

/// Whether the browser may evict the data.
pub(super) fn eviction_word(persistence: Persistence) -> Msg {
    match persistence {
        Persistence::Granted => settings::EVICTION_NO,
        Persistence::NotGranted => settings::EVICTION_MAY,
        Persistence::Unknown => settings::EVICTION_UNKNOWN,
    }
}

/// What the only copy is exposed to.
pub(super) fn risk_text(risk: Risk) -> Msg {
    match risk {
        Risk::OnlyCopy => shell::RISK_ONLY_COPY,
        Risk::Evictable => shell::RISK_EVICTABLE,
    }
}

/// The last operation on disk, and how many are on their way.
pub(super) fn saved_text(status: &StorageStatus) -> String {
    let seq = count(status.saved_seq);
    match status.applied_seq.saturating_sub(status.saved_seq) {
        0 => fill(settings::SAVED_TO, &[("seq", &seq)]),
        behind => fill(
            settings::SAVING_BEHIND,
            &[("seq", &seq), ("n", &count(behind))],
        ),
    }
}

/// How far the newest copy outside the browser is behind; `when` is its time in words.
pub(super) fn backup_text(status: &StorageStatus, when: Option<&str>) -> String {
    let (Some(when), Some(seq)) = (when, status.backup_seq) else {
        return tr(settings::BACKUP_NEVER).to_owned();
    };
    match status.saved_seq.saturating_sub(seq) {
        0 => fill(settings::BACKUP_CURRENT, &[("when", when)]),
        behind => fill(
            settings::BACKUP_BEHIND,
            &[("when", when), ("n", &count(behind))],
        ),
    }
}

/// What opening found.
pub(super) fn health_text(health: &Health) -> String {
    match health {
        Health::Good | Health::Suspect(WitnessVerdict::Fresh | WitnessVerdict::Agrees) => {
            tr(settings::HEALTH_GOOD).to_owned()
        }
        Health::Suspect(WitnessVerdict::Wiped { acknowledged, .. }) => {
            fill(settings::HEALTH_WIPED, &[("seq", &count(*acknowledged))])
        }
        Health::Suspect(WitnessVerdict::RolledBack {
            found,
            acknowledged,
        }) => fill(
            settings::HEALTH_ROLLED_BACK,
            &[("found", &count(*found)), ("seq", &count(*acknowledged))],
        ),
        Health::Suspect(WitnessVerdict::Forked { seq }) => {
            fill(settings::HEALTH_FORKED, &[("seq", &count(*seq))])
        }
        Health::Damaged { datasets } => {
            fill(settings::HEALTH_DAMAGED, &[("names", &datasets.join(" "))])
        }
    }
}

fn count(of: u64) -> String {
    number(of as f64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, set_language};

    fn status(saved_seq: u64, applied_seq: u64, backup_seq: Option<u64>) -> StorageStatus {
        StorageStatus {
            mode: Mode::Writer,
            saved_seq,
            applied_seq,
            health: Health::Good,
            persistence: Persistence::Unknown,
            backup_ms: backup_seq,
            backup_seq,
            has_own_data: true,
        }
    }

    #[test]
    fn unsaved_changes_are_never_counted_as_saved() {
        set_language(Language::En);
        assert_eq!(saved_text(&status(7, 7, None)), "Number 7");
        assert_eq!(
            saved_text(&status(7, 9, None)),
            "Number 7, 2 more being saved"
        );
    }

    #[test]
    fn a_backup_tells_what_it_lacks() {
        set_language(Language::En);
        let text = |seq, when| backup_text(&status(1_204, 1_204, seq), when);
        assert_eq!(text(None, None), "No copy outside this browser yet");
        assert_eq!(
            text(Some(1_204), Some("today")),
            "today, holds every change"
        );
        assert_eq!(text(Some(4), Some("May")), "May, 1,200 changes since");
    }

    #[test]
    fn a_wiped_workspace_is_named_as_such() {
        set_language(Language::En);
        let wiped = Health::Suspect(WitnessVerdict::Wiped {
            acknowledged: 31,
            saved_ms: 0,
        });
        assert_eq!(health_text(&wiped), "Emptied; it once held change 31");
    }
}
