//! One open workspace: journal, state and stored data put together, generic over the store.
//!
//! Time comes in as an argument; nothing here knows a browser.

use crate::store::backup::Backup;
use crate::store::chunks::{self, DatasetRef};
use crate::store::entry::{Entry, PAYLOAD_MAX};
use crate::store::head::{FORMAT, Head};
use crate::store::journal::{Journal, Payload};
use crate::store::manifest::{Manifest, STATE};
use crate::store::{Store, StoreError, StrictWrite, witness};
use crate::workspace::{BatchInfo, Op, Workspace};
use protocol::command::COMMAND_SCHEMA;
use protocol::request::{BatchSource, Gesture};
use protocol::storage::Witness;
use protocol::{
    AppError, Code, Command, Hash32, Health, OpId, ViewKind, WitnessVerdict, WorkspaceId,
};
use std::collections::BTreeSet;

/// Operations after which a checkpoint is due.
pub const CHECKPOINT_OPS: u64 = 1_000;

/// Bytes of chunks put in one transaction.
const PUT_BYTES: usize = 8 * 1024 * 1024;

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

/// A table of an applied batch, read and verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedTable {
    /// Table name of docs/formats.md.
    pub table: String,
    /// The bytes staged.
    pub bytes: Vec<u8>,
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

    async fn load_state(&mut self, head: Head) -> Result<(), AppError> {
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
    async fn replay(&mut self, from: (u64, Hash32)) -> Result<(u64, Hash32), AppError> {
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
    /// `ReadOnly`, what the commands say, `StaleLeader` (this tab is a reader from then on),
    /// what the store says. Nothing is changed then.
    pub async fn apply(&mut self, op: OpId, gesture: Gesture) -> Result<Saved, AppError> {
        let mut batches = Vec::new();
        for command in &gesture.commands {
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

    /// Stores parsed tables without making them part of the data.
    ///
    /// # Errors
    /// `ReadOnly`; `ChunkCorrupt` when a re-read differs; what the store says.
    pub async fn stage(
        &mut self,
        source: &BatchSource,
        tables: &[(String, u64, Vec<u8>)],
    ) -> Result<BatchInfo, AppError> {
        if self.access != Access::Writer {
            return Err(Code::ReadOnly.into());
        }
        let mut datasets = Vec::with_capacity(tables.len());
        for (table, rows, bytes) in tables {
            datasets.push(self.put_dataset(table, *rows, bytes).await?);
        }
        let info = BatchInfo {
            file: source.file.clone(),
            source: source.source,
            rows_read: source.rows_read,
            rows_refused: source.rows_refused,
            tables: datasets,
        };
        self.store
            .put_import(info.batch(), &info.to_bytes())
            .await?;
        Ok(info)
    }

    async fn put_dataset(&self, name: &str, rows: u64, raw: &[u8]) -> Result<DatasetRef, AppError> {
        let (dataset, stored) = chunks::pack(name, rows, raw);
        for group in stored.chunks(PUT_BYTES / chunks::CHUNK_RAW) {
            self.store.put_chunks(group).await?;
        }
        chunks::fetch(&self.store, &dataset).await?;
        Ok(dataset)
    }

    async fn staged(&self, batch: Hash32) -> Result<BatchInfo, AppError> {
        let unknown = || AppError::new(Code::UnknownBatch).with("batch", batch);
        let bytes = self.store.import(batch).await?.ok_or_else(unknown)?;
        BatchInfo::from_bytes(batch, &bytes).ok_or_else(unknown)
    }

    /// Reads the tables of all applied batches, in order. Damaged ones are left out and named.
    ///
    /// # Errors
    /// What the store says; damage is in the second part of the result.
    pub async fn load_tables(&mut self) -> Result<(Vec<LoadedTable>, Vec<AppError>), AppError> {
        let mut tables = Vec::new();
        let mut damage = Vec::new();
        for known in self.state.applied() {
            for dataset in &known.info.tables {
                match chunks::fetch(&self.store, dataset).await {
                    Ok(bytes) => tables.push(LoadedTable {
                        table: dataset.name.clone(),
                        bytes,
                    }),
                    Err(error) if matches!(error.code, Code::ChunkCorrupt | Code::ChunkMissing) => {
                        damage.push(error.with("file", &known.info.file));
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        if !damage.is_empty() && self.health == Health::Good {
            let name = |error: &AppError| error.param("dataset").unwrap_or_default().to_owned();
            self.health = Health::Damaged {
                datasets: damage.iter().map(name).collect(),
            };
            self.access = Access::Reader;
        }
        Ok((tables, damage))
    }

    /// Whether enough happened since the last checkpoint.
    pub fn is_checkpoint_due(&self) -> bool {
        let head = self.journal.head();
        self.access == Access::Writer && head.seq >= head.commit_seq + CHECKPOINT_OPS
    }

    /// Writes a checkpoint of the state.
    ///
    /// # Errors
    /// `ReadOnly`; what the store says. The journal is untouched either way.
    pub async fn checkpoint(&mut self, now_ms: u64) -> Result<Hash32, AppError> {
        if self.access != Access::Writer {
            return Err(Code::ReadOnly.into());
        }
        let state = self.put_dataset(STATE, 1, &self.state.to_bytes()).await?;
        let manifest = self.manifest(state, now_ms);
        Ok(self.journal.checkpoint(&self.store, &manifest).await?)
    }

    fn manifest(&self, state: DatasetRef, now_ms: u64) -> Manifest {
        let head = self.journal.head();
        let mut datasets = vec![state];
        // Batches taken out are kept too: undo may put them back.
        datasets.extend(
            self.state
                .batches
                .iter()
                .flat_map(|known| known.info.tables.iter().cloned()),
        );
        Manifest {
            format: FORMAT,
            workspace: self.id,
            parent: head.commit,
            created_ms: now_ms,
            seq: head.seq,
            tail: head.tail,
            state_hash: self.state.hash(),
            datasets,
        }
    }

    /// The workspace as a backup file.
    ///
    /// # Errors
    /// Damage by name; what the store says.
    pub async fn export(&self, now_ms: u64) -> Result<Backup, AppError> {
        let (state, stored) = chunks::pack(STATE, 1, &self.state.to_bytes());
        let manifest = Manifest {
            parent: None,
            ..self.manifest(state, now_ms)
        };
        let mut found: std::collections::BTreeMap<Hash32, Vec<u8>> = stored.into_iter().collect();
        let mut wanted = BTreeSet::new();
        for dataset in manifest.datasets.iter().skip(1) {
            for chunk in &dataset.chunks {
                if !wanted.insert(chunk.hash) {
                    continue;
                }
                let missing = || {
                    AppError::new(Code::ChunkMissing)
                        .with("dataset", &dataset.name)
                        .with("chunk", chunk.hash)
                };
                let bytes = self.store.chunk(chunk.hash).await?.ok_or_else(missing)?;
                chunks::unpack(&dataset.name, chunk, &bytes)?;
                found.insert(chunk.hash, bytes);
            }
        }
        Ok(Backup {
            manifest,
            chunks: found,
        })
    }

    /// Fills an empty store from a verified backup and opens it as writer.
    ///
    /// # Errors
    /// `StaleLeader` when the store is not empty; `BadBackup`; what the store says. Without an
    /// error before the last step the store stays empty.
    pub async fn restore(store: S, id: WorkspaceId, backup: &Backup) -> Result<Self, AppError> {
        let stored: Vec<(Hash32, Vec<u8>)> = backup
            .chunks
            .iter()
            .map(|(hash, bytes)| (*hash, bytes.clone()))
            .collect();
        for group in stored.chunks(PUT_BYTES / chunks::CHUNK_RAW) {
            store.put_chunks(group).await?;
        }
        let manifest = Manifest {
            workspace: id,
            ..backup.manifest.clone()
        };
        let (name, bytes) = manifest.seal();
        let head = Head {
            epoch: 1,
            seq: manifest.seq,
            tail: manifest.tail,
            commit: Some(name),
            commit_seq: manifest.seq,
            ..Head::empty()
        };
        store
            .write(StrictWrite {
                expected: None,
                head: &head,
                row: None,
                commit: Some((name, &bytes)),
            })
            .await?;
        let mut session = Self::open(store, id, None).await?;
        if session.state.hash() != manifest.state_hash {
            return Err(AppError::new(Code::BadBackup).with("reason", "state"));
        }
        session.claim().await?;
        Ok(session)
    }
}
