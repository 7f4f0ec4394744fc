//! Notices a store that lost what it had acknowledged.
//!
//! One corrupt byte makes a browser hand out an empty IndexedDB as if it were new, without any
//! error; a truncated log rolls it back. localStorage lives elsewhere on disk and survives both,
//! so the page keeps a [`Witness`] there, written after every acknowledged save.

use super::head::Head;
use protocol::WitnessVerdict;
use protocol::storage::Witness;

/// Compares what storage has with what was acknowledged.
#[must_use]
pub fn judge(head: Option<&Head>, witness: Option<&Witness>) -> WitnessVerdict {
    let empty = Head::empty();
    let head = head.unwrap_or(&empty);
    let Some(witness) = witness else {
        // A cleared localStorage says nothing about a store that verifies by itself.
        return if head.epoch == 0 {
            WitnessVerdict::Fresh
        } else {
            WitnessVerdict::Agrees
        };
    };
    if head.epoch == 0 {
        return WitnessVerdict::Wiped {
            acknowledged: witness.seq,
            saved_ms: witness.saved_ms,
        };
    }
    if head.seq < witness.seq {
        return WitnessVerdict::RolledBack {
            found: head.seq,
            acknowledged: witness.seq,
        };
    }
    if head.seq == witness.seq && head.tail != witness.tail {
        return WitnessVerdict::Forked { seq: head.seq };
    }
    // Ahead is fine: a save whose acknowledgement never reached the page.
    WitnessVerdict::Agrees
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Hash32;

    fn head(seq: u64, tail: u8) -> Head {
        Head {
            epoch: 1,
            seq,
            tail: Hash32([tail; 32]),
            ..Head::empty()
        }
    }

    fn witness(seq: u64, tail: u8) -> Witness {
        Witness {
            epoch: 1,
            seq,
            tail: Hash32([tail; 32]),
            saved_ms: 5,
        }
    }

    #[test]
    fn st04_wipe_and_rollback_are_told_from_a_fresh_install() {
        let check = |head: Option<Head>, witness: Option<Witness>, want| {
            assert_eq!(judge(head.as_ref(), witness.as_ref()), want);
        };
        check(None, None, WitnessVerdict::Fresh);
        check(Some(head(3, 3)), None, WitnessVerdict::Agrees);
        check(
            Some(head(3, 3)),
            Some(witness(3, 3)),
            WitnessVerdict::Agrees,
        );
        check(
            Some(head(4, 4)),
            Some(witness(3, 3)),
            WitnessVerdict::Agrees,
        );
        check(
            Some(head(3, 9)),
            Some(witness(3, 3)),
            WitnessVerdict::Forked { seq: 3 },
        );
        let rolled_back = WitnessVerdict::RolledBack {
            found: 2,
            acknowledged: 3,
        };
        check(Some(head(2, 2)), Some(witness(3, 3)), rolled_back);
        let wiped = WitnessVerdict::Wiped {
            acknowledged: 3,
            saved_ms: 5,
        };
        check(None, Some(witness(3, 3)), wiped);
    }
}
