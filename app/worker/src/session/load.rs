//! From stored bytes to a state: checkpoint, then replay, naming what does not verify.

use super::Session;
use crate::store::chunks;
use crate::store::entry::Entry;
use crate::store::head::Head;
use crate::store::journal::Journal;
use crate::store::manifest::{Manifest, STATE};
use crate::store::{Store, StoreError};
use crate::workspace::{Op, Workspace};
use protocol::command::COMMAND_SCHEMA;
use protocol::{AppError, Code, Hash32, Health};

impl<S: Store> Session<S> {
    pub(super) async fn load_state(&mut self, head: Head) -> Result<(), AppError> {
        let mut damaged = Vec::new();
        let mut start = (0, Hash32([0; 32]));
        let mut next = head.commit;
        while let Some(name) = next {
            match self.read_checkpoint(name).await {
                Ok((manifest, state)) => {
                    self.state = state;
                    start = (manifest.seq, manifest.tail);
                    break;
                }
                Err((parent, error)) => {
                    damaged.push(error.param("dataset").unwrap_or("checkpoint").to_owned());
                    next = parent;
                }
            }
        }
        let reached = match self.replay(start).await {
            Ok(reached) => reached,
            Err(error) if error.code == Code::JournalBroken => {
                damaged.push(format!(
                    "journal {}",
                    error.param("seq").unwrap_or_default()
                ));
                (self.journal.head().seq, self.journal.head().tail)
            }
            Err(error) => return Err(error),
        };
        if reached != (head.seq, head.tail) && damaged.is_empty() {
            damaged.push(format!("journal {}", reached.0 + 1));
        }
        // A damaged checkpoint whose operations all replayed from further back lost nothing.
        if !damaged.is_empty() && reached != (head.seq, head.tail) {
            self.health = Health::Damaged { datasets: damaged };
        }
        self.journal = Journal::follow(Head {
            seq: reached.0,
            tail: reached.1,
            ..head
        });
        Ok(())
    }

    async fn read_checkpoint(
        &self,
        name: Hash32,
    ) -> Result<(Manifest, Workspace), (Option<Hash32>, AppError)> {
        let missing = || {
            AppError::new(Code::ChunkMissing)
                .with("dataset", "checkpoint")
                .with("chunk", name)
        };
        let bytes = self
            .store
            .commit(name)
            .await
            .map_err(|error| (None, error.into()))?;
        let bytes = bytes.ok_or_else(|| (None, missing()))?;
        let manifest = Manifest::unseal(name, &bytes).map_err(|error| (None, error))?;
        let parent = manifest.parent;
        let state = manifest
            .datasets
            .first()
            .filter(|dataset| dataset.name == STATE)
            .ok_or((parent, missing()))?;
        let bytes = chunks::fetch(&self.store, state)
            .await
            .map_err(|error| (parent, error))?;
        let state =
            Workspace::from_bytes(&bytes).filter(|state| state.hash() == manifest.state_hash);
        Ok((manifest, state.ok_or((parent, missing()))?))
    }

    /// Performs verified operations after `from`; on a broken link the journal's head says how
    /// far it got.
    pub(super) async fn replay(&mut self, from: (u64, Hash32)) -> Result<(u64, Hash32), AppError> {
        let state = &mut self.state;
        let mut reached = from;
        let visit = |entry: Entry| {
            let corrupt = || StoreError::Corrupt {
                what: format!("journal {}", entry.seq),
            };
            let op = Op::from_bytes(&entry.payload)
                .filter(|_| entry.schema <= COMMAND_SCHEMA)
                .ok_or_else(corrupt)?;
            state.perform(entry.seq, op).map_err(|_refused| corrupt())?;
            reached = (entry.seq, entry.hash());
            Ok(())
        };
        match Journal::replay(&self.store, from, visit).await {
            Ok(end) => Ok(end),
            Err(StoreError::Corrupt { .. }) => {
                let head = *self.journal.head();
                self.journal = Journal::follow(Head {
                    seq: reached.0,
                    tail: reached.1,
                    ..head
                });
                Err(AppError::new(Code::JournalBroken).with("seq", reached.0 + 1))
            }
            Err(error) => Err(error.into()),
        }
    }
}
