//! The append-only chain of operations and the rule by which one is stored exactly once.

use super::entry::Entry;
use super::head::{FORMAT, Head};
use super::manifest::Manifest;
use super::{Store, StoreError, StrictWrite};
use protocol::{Hash32, OpId};

/// Attempts to learn the outcome of a write whose answer got lost.
const OUTCOME_ATTEMPTS: u32 = 3;

/// Rows read at a time.
const PAGE: u32 = 256;

/// A writer's or reader's place in the chain.
#[derive(Clone, Debug)]
pub struct Journal {
    head: Head,
}

/// The payload of an operation with the version of its types.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    /// Version of the types inside.
    pub schema: u16,
    /// Encoded operation, at most [`super::entry::PAYLOAD_MAX`] bytes.
    pub bytes: &'a [u8],
}

impl Journal {
    /// Becomes the writer: every earlier writer is stale from here on (ST-07).
    ///
    /// # Errors
    /// Whatever the store says; `StaleLeader` when two claim at the same moment.
    pub async fn claim<S: Store>(store: &S) -> Result<Self, StoreError> {
        let found = store.head().await?;
        let expected = found.map(|head| head.position());
        let before = found.unwrap_or(Head::empty());
        let head = Head {
            epoch: before.epoch + 1,
            format: FORMAT,
            ..before
        };
        store
            .write(StrictWrite {
                expected,
                head: &head,
                row: None,
                commit: None,
            })
            .await?;
        Ok(Self { head })
    }

    /// Reads along without the right to write.
    #[must_use]
    pub const fn follow(head: Head) -> Self {
        Self { head }
    }

    /// Where the journal ends.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Stores one operation and returns its number. When this returns, the medium has
    /// acknowledged the transaction, in this call or an earlier one.
    ///
    /// # Errors
    /// `StaleLeader` and `Failed`: it is not stored. `Unknown`: even asking again gave no answer.
    pub async fn append<S: Store>(
        &mut self,
        store: &S,
        op: OpId,
        payload: Payload<'_>,
    ) -> Result<u64, StoreError> {
        let entry = Entry {
            seq: self.head.seq + 1,
            op,
            schema: payload.schema,
            payload: payload.bytes.to_vec(),
            prev: self.head.tail,
        };
        let row = entry.seal();
        let head = Head {
            seq: entry.seq,
            tail: entry.hash(),
            ..self.head
        };
        let write = StrictWrite {
            expected: Some(self.head.position()),
            head: &head,
            row: Some(&row),
            commit: None,
        };
        let mut attempt = 1;
        loop {
            match store.write(write).await {
                Ok(()) => break,
                Err(error @ StoreError::Failed { .. }) => return Err(error),
                Err(error) => {
                    // The transaction may be through although its answer says otherwise or got
                    // lost; only the unique index knows.
                    match store.find_op(op).await {
                        Ok(Some(seq)) if seq == entry.seq => break,
                        Ok(Some(seq)) => return Ok(seq),
                        Ok(None)
                            if attempt < OUTCOME_ATTEMPTS
                                && matches!(error, StoreError::Unknown { .. }) => {}
                        Ok(None) => return Err(error),
                        Err(_) if attempt < OUTCOME_ATTEMPTS => {}
                        Err(_) => return Err(error),
                    }
                    attempt += 1;
                }
            }
        }
        self.head = head;
        Ok(entry.seq)
    }

    /// Names a checkpoint whose chunks are all stored already.
    ///
    /// # Errors
    /// Whatever the store says; nothing is changed then.
    pub async fn checkpoint<S: Store>(
        &mut self,
        store: &S,
        manifest: &Manifest,
    ) -> Result<Hash32, StoreError> {
        let (name, bytes) = manifest.seal();
        let head = Head {
            commit: Some(name),
            commit_seq: manifest.seq,
            ..self.head
        };
        let expected = Some(self.head.position());
        store
            .write(StrictWrite {
                expected,
                head: &head,
                row: None,
                commit: Some((name, &bytes)),
            })
            .await?;
        self.head = head;
        Ok(name)
    }

    /// Reads verified operations after `(seq, tail)` and hands them to `visit`, which says
    /// whether to go on. Returns the last operation visited.
    ///
    /// # Errors
    /// `Corrupt` naming the first operation that does not link up; those before were visited.
    pub async fn replay<S: Store>(
        store: &S,
        from: (u64, Hash32),
        mut visit: impl FnMut(Entry) -> Result<(), StoreError>,
    ) -> Result<(u64, Hash32), StoreError> {
        let (mut seq, mut tail) = from;
        loop {
            let rows = store.rows(seq, PAGE).await?;
            if rows.is_empty() {
                return Ok((seq, tail));
            }
            for row in &rows {
                let (entry, hash) = Entry::unseal_next(row, seq, tail)?;
                visit(entry)?;
                (seq, tail) = (row.seq, hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::MemoryStore;
    use crate::testing::block_on;

    const PAYLOAD: Payload<'_> = Payload {
        schema: 1,
        bytes: b"x",
    };

    fn op(number: u8) -> OpId {
        OpId([number; 16])
    }

    fn stored(store: &MemoryStore) -> Vec<u8> {
        let mut ops = Vec::new();
        let visit = |entry: Entry| {
            ops.push(entry.op.0[0]);
            Ok(())
        };
        block_on(Journal::replay(store, (0, Hash32([0; 32])), visit)).unwrap();
        ops
    }

    #[test]
    fn operations_are_numbered_and_linked() {
        let store = MemoryStore::new();
        let mut journal = block_on(Journal::claim(&store)).unwrap();
        for number in 1..=5 {
            assert_eq!(
                block_on(journal.append(&store, op(number), PAYLOAD)),
                Ok(u64::from(number))
            );
        }
        assert_eq!(stored(&store), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn st03_a_resent_operation_is_stored_once() {
        let store = MemoryStore::new();
        let mut journal = block_on(Journal::claim(&store)).unwrap();
        assert_eq!(block_on(journal.append(&store, op(1), PAYLOAD)), Ok(1));
        assert_eq!(block_on(journal.append(&store, op(2), PAYLOAD)), Ok(2));
        assert_eq!(block_on(journal.append(&store, op(1), PAYLOAD)), Ok(1));
        let mut restarted = block_on(Journal::claim(&store)).unwrap();
        assert_eq!(block_on(restarted.append(&store, op(2), PAYLOAD)), Ok(2));
        assert_eq!(block_on(restarted.append(&store, op(3), PAYLOAD)), Ok(3));
        assert_eq!(stored(&store), [1, 2, 3]);
    }

    #[test]
    fn st07_a_stale_leader_cannot_write() {
        let store = MemoryStore::new();
        let mut old = block_on(Journal::claim(&store)).unwrap();
        block_on(old.append(&store, op(1), PAYLOAD)).unwrap();
        let mut new = block_on(Journal::claim(&store)).unwrap();
        for number in 10..110 {
            let refused = block_on(old.append(&store, op(number), PAYLOAD));
            assert!(
                matches!(refused, Err(StoreError::StaleLeader { .. })),
                "{refused:?}"
            );
        }
        block_on(new.append(&store, op(2), PAYLOAD)).unwrap();
        assert_eq!(stored(&store), [1, 2]);
    }
}
