//! Backups out of and into a session.

use super::Session;
use super::data::PUT_BYTES;
use crate::store::backup::Backup;
use crate::store::chunks;
use crate::store::head::Head;
use crate::store::manifest::{Manifest, STATE};
use crate::store::{Store, StrictWrite};
use engine::order::collect_map;
use protocol::{AppError, Code, Hash32, WorkspaceId};

impl<S: Store> Session<S> {
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
        let mut found = collect_map(stored);
        for dataset in manifest.datasets.iter().skip(1) {
            for chunk in &dataset.chunks {
                if found.contains_key(&chunk.hash) {
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
