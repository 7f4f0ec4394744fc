//! One open workspace: journal, state and stored data put together, generic over the store.
//!
//! Time comes in as an argument; nothing here knows a browser.

mod data;
mod load;
mod transfer;

pub use data::LoadedTable;

use crate::store::entry::PAYLOAD_MAX;
use crate::store::head::{FORMAT, Head};
use crate::store::journal::{Journal, Payload};
use crate::store::{Store, StoreError, witness};
use crate::workspace::{Op, Workspace, fault};
use protocol::command::COMMAND_SCHEMA;
use protocol::request::Gesture;
use protocol::storage::Witness;
use protocol::{AppError, Code, Command, Health, OpId, ViewKind, WitnessVerdict, WorkspaceId};

/// Operations after which a checkpoint is due.
pub const CHECKPOINT_OPS: u64 = 1_000;

/// What this tab may do with the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Write.
    Writer,
    /// Read along.
    Reader,
}

/// One open workspace.
#[derive(Debug)]
pub struct Session<S> {
    id: WorkspaceId,
    store: S,
    journal: Journal,
    state: Workspace,
    access: Access,
    health: Health,
}

/// A stored operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub seq: u64,
    /// Views it made stale; empty when it was stored before.
    pub dirty: Vec<ViewKind>,
}

impl<S: Store> Session<S> {
    /// Opens what the store holds.
    ///
    /// # Errors
    /// `UnknownWorkspace` when there is nothing and never was; `StorageWiped` when there was;
    /// `StorageNewer`; what the store says. Damage further up is not an error: see
    /// [`Session::health`].
    pub async fn open(
        store: S,
        id: WorkspaceId,
        remembered: Option<Witness>,
    ) -> Result<Self, AppError> {
        let head = store.head().await?;
        let verdict = witness::judge(head.as_ref(), remembered.as_ref());
        let health = match verdict {
            WitnessVerdict::Agrees => Health::Good,
            WitnessVerdict::Fresh => {
                return Err(AppError::new(Code::UnknownWorkspace).with("workspace", id));
            }
            WitnessVerdict::Wiped {
                acknowledged,
                saved_ms,
            } => {
                let wiped = AppError::new(Code::StorageWiped).with("workspace", id);
                return Err(wiped.with("seq", acknowledged).with("saved_ms", saved_ms));
            }
            WitnessVerdict::RolledBack { .. } | WitnessVerdict::Forked { .. } => {
                Health::Suspect(verdict)
            }
        };
        let head = head.unwrap_or(Head::empty());
        if head.format > FORMAT {
            return Err(Code::StorageNewer.into());
        }
        let journal = Journal::follow(head);
        let state = Workspace::default();
        let mut session = Self {
            id,
            store,
            journal,
            state,
            access: Access::Reader,
            health,
        };
        session.load_state(head).await?;
        Ok(session)
    }

    /// Opens an empty store as a new workspace, with this tab as its writer.
    ///
    /// # Errors
    /// What the store says.
    pub async fn create(store: S, id: WorkspaceId) -> Result<Self, AppError> {
        let journal = Journal::claim(&store).await?;
        let state = Workspace::default();
        Ok(Self {
            id,
            store,
            journal,
            state,
            access: Access::Writer,
            health: Health::Good,
        })
    }

    /// Becomes the writer: replays what others wrote and makes them stale.
    ///
    /// # Errors
    /// `ReadOnly` while storage is suspect or damaged; what the store says.
    pub async fn claim(&mut self) -> Result<(), AppError> {
        if self.health != Health::Good {
            return Err(Code::ReadOnly.into());
        }
        // First the epoch, then the rest of the journal: nobody can add to it in between.
        let journal = Journal::claim(&self.store).await?;
        self.catch_up().await?;
        if self.journal.head().tail != journal.head().tail {
            let seq = self.journal.head().seq;
            self.health = Health::Damaged {
                datasets: vec![format!("journal {}", seq + 1)],
            };
            return Err(AppError::new(Code::JournalBroken).with("seq", seq + 1));
        }
        self.journal = journal;
        self.access = Access::Writer;
        Ok(())
    }

    /// Stops writing.
    pub fn yield_to_other(&mut self) {
        self.access = Access::Reader;
    }

    /// Goes on with what storage still has, after the user saw what is lost.
    pub fn accept_loss(&mut self) {
        self.health = Health::Good;
    }

    /// Replays what the writer added; true if there was anything.
    ///
    /// # Errors
    /// `JournalBroken`; what the store says.
    pub async fn catch_up(&mut self) -> Result<bool, AppError> {
        let head = *self.journal.head();
        let (seq, tail) = self.replay((head.seq, head.tail)).await?;
        self.journal = Journal::follow(Head { seq, tail, ..head });
        Ok(seq > head.seq)
    }

    /// Which workspace.
    pub fn id(&self) -> WorkspaceId {
        self.id
    }

    /// The state after all stored operations.
    pub fn state(&self) -> &Workspace {
        &self.state
    }

    /// The medium.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// What this tab may do.
    pub fn access(&self) -> Access {
        self.access
    }

    /// What opening found.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Number of the last stored operation.
    pub fn saved_seq(&self) -> u64 {
        self.journal.head().seq
    }

    /// What the page is to remember outside the store. Only meaningful after a completed save.
    pub fn witness(&self, now_ms: u64) -> Witness {
        let head = self.journal.head();
        Witness {
            epoch: head.epoch,
            seq: head.seq,
            tail: head.tail,
            saved_ms: now_ms,
        }
    }

    /// Applies a gesture and stores it.
    ///
    /// # Errors
    /// `ReadOnly`, `CommandRefused` for an impossible decision, what the commands say, `StaleLeader` (this tab is a reader from then on),
    /// what the store says. Nothing is changed then.
    pub async fn apply(&mut self, op: OpId, gesture: Gesture) -> Result<Saved, AppError> {
        let mut batches = Vec::new();
        for command in &gesture.commands {
            if let Some(fault) = fault(command) {
                return Err(AppError::new(Code::CommandRefused).with("reason", fault));
            }
            if let Command::ImportApply { batch } = command
                && self
                    .state
                    .batches
                    .iter()
                    .all(|known| known.info.batch() != *batch)
            {
                batches.push(self.staged(*batch).await?);
            }
        }
        self.store_op(
            op,
            Op::Do {
                label: gesture.label,
                commands: gesture.commands,
                batches,
            },
        )
        .await
    }

    /// Takes the last gesture back.
    ///
    /// # Errors
    /// `NothingToUndo`; otherwise as [`Session::apply`].
    pub async fn undo(&mut self, op: OpId) -> Result<Saved, AppError> {
        if let Some(seq) = self.store.find_op(op).await? {
            return Ok(Saved {
                seq,
                dirty: Vec::new(),
            });
        }
        let target = self.state.past.undo_target().ok_or(Code::NothingToUndo)?;
        self.store_op(op, Op::Undo { target }).await
    }

    /// Does the gesture taken back last again.
    ///
    /// # Errors
    /// `NothingToUndo`; otherwise as [`Session::apply`].
    pub async fn redo(&mut self, op: OpId) -> Result<Saved, AppError> {
        if let Some(seq) = self.store.find_op(op).await? {
            return Ok(Saved {
                seq,
                dirty: Vec::new(),
            });
        }
        let target = self.state.past.redo_target().ok_or(Code::NothingToUndo)?;
        self.store_op(op, Op::Redo { target }).await
    }

    async fn store_op(&mut self, id: OpId, op: Op) -> Result<Saved, AppError> {
        if self.access != Access::Writer {
            return Err(Code::ReadOnly.into());
        }
        if let Some(seq) = self.store.find_op(id).await? {
            return Ok(Saved {
                seq,
                dirty: Vec::new(),
            });
        }
        let bytes = op.to_bytes();
        if bytes.len() > PAYLOAD_MAX {
            return Err(AppError::new(Code::CommandRefused).with("reason", "too_large"));
        }
        let seq = self.journal.head().seq + 1;
        let mut changed = self.state.clone();
        let dirty = changed.perform(seq, op)?;
        let payload = Payload {
            schema: COMMAND_SCHEMA,
            bytes: &bytes,
        };
        match self.journal.append(&self.store, id, payload).await {
            Ok(stored) => {
                self.state = changed;
                Ok(Saved { seq: stored, dirty })
            }
            Err(error) => {
                // After a lost outcome only the store knows the state; reading along finds out.
                if matches!(
                    error,
                    StoreError::StaleLeader { .. } | StoreError::Unknown { .. }
                ) {
                    self.access = Access::Reader;
                }
                Err(error.into())
            }
        }
    }

    /// Whether enough happened since the last checkpoint.
    pub fn is_checkpoint_due(&self) -> bool {
        let head = self.journal.head();
        self.access == Access::Writer && head.seq >= head.commit_seq + CHECKPOINT_OPS
    }
}
