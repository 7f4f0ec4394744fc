//! Imported tables in the store: staging, reading back, checkpoints.

use super::{Access, Session};
use crate::store::Store;
use crate::store::chunks::{self, DatasetRef};
use crate::store::head::FORMAT;
use crate::store::manifest::{Manifest, STATE};
use crate::workspace::BatchInfo;
use protocol::request::BatchSource;
use protocol::{AppError, Code, Hash32, Health};

/// Bytes of chunks put in one transaction.
pub(super) const PUT_BYTES: usize = 8 * 1024 * 1024;

/// A table of an applied batch, read and verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedTable {
    /// Position of its batch among the applied ones.
    pub batch: usize,
    /// Table name of docs/formats.md.
    pub table: String,
    /// The bytes staged.
    pub bytes: Vec<u8>,
}

impl<S: Store> Session<S> {
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

    pub(super) async fn staged(&self, batch: Hash32) -> Result<BatchInfo, AppError> {
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
        for (batch, known) in self.state.applied().enumerate() {
            for dataset in &known.info.tables {
                match chunks::fetch(&self.store, dataset).await {
                    Ok(bytes) => tables.push(LoadedTable {
                        batch,
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

    pub(super) fn manifest(&self, state: DatasetRef, now_ms: u64) -> Manifest {
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
}
