//! A store in memory: the fallback when a browser gives none, and the medium under test.

use super::head::Head;
use super::{Row, Store, StoreError, StrictWrite};
use protocol::{Hash32, OpId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a medium holds; public so that tests can damage it.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// Stored form of the head.
    pub head: Option<Vec<u8>>,
    /// Journal by operation number.
    pub rows: BTreeMap<u64, Row>,
    /// The unique index.
    pub ops: BTreeMap<OpId, u64>,
    /// Chunks by hash.
    pub chunks: BTreeMap<Hash32, Vec<u8>>,
    /// Manifests by hash.
    pub commits: BTreeMap<Hash32, Vec<u8>>,
    /// Staged batches.
    pub imports: BTreeMap<Hash32, Vec<u8>>,
}

/// Clones share one disk, like connections to one database.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    disk: Rc<RefCell<Disk>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at or changes the disk directly.
    pub fn with_disk<T>(&self, work: impl FnOnce(&mut Disk) -> T) -> T {
        work(&mut self.disk.borrow_mut())
    }
}

impl Disk {
    fn write(&mut self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        let found = match &self.head {
            Some(bytes) => Some(Head::from_bytes(bytes)?.position()),
            None => None,
        };
        if found != write.expected {
            return Err(StoreError::StaleLeader {
                found: found.unwrap_or_default(),
            });
        }
        if let Some(row) = write.row {
            if self.ops.contains_key(&row.op) || self.rows.contains_key(&row.seq) {
                return Err(StoreError::Duplicate { op: row.op });
            }
            self.rows.insert(row.seq, row.clone());
            self.ops.insert(row.op, row.seq);
        }
        if let Some((hash, bytes)) = write.commit {
            self.commits.insert(hash, bytes.to_vec());
        }
        self.head = Some(write.head.to_bytes());
        Ok(())
    }
}

impl Store for MemoryStore {
    async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.with_disk(|disk| disk.head.as_deref().map(Head::from_bytes).transpose())
    }

    async fn write(&self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        self.with_disk(|disk| disk.write(write))
    }

    async fn rows(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        let rows = |disk: &mut Disk| {
            disk.rows
                .range(after + 1..)
                .take(limit as usize)
                .map(|(_, row)| row.clone())
                .collect()
        };
        Ok(self.with_disk(rows))
    }

    async fn find_op(&self, op: OpId) -> Result<Option<u64>, StoreError> {
        Ok(self.with_disk(|disk| disk.ops.get(&op).copied()))
    }

    async fn put_chunks(&self, chunks: &[(Hash32, Vec<u8>)]) -> Result<(), StoreError> {
        self.with_disk(|disk| disk.chunks.extend(chunks.iter().cloned()));
        Ok(())
    }

    async fn chunk(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.with_disk(|disk| disk.chunks.get(&hash).cloned()))
    }

    async fn commit(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.with_disk(|disk| disk.commits.get(&hash).cloned()))
    }

    async fn put_import(&self, batch: Hash32, bytes: &[u8]) -> Result<(), StoreError> {
        self.with_disk(|disk| disk.imports.insert(batch, bytes.to_vec()));
        Ok(())
    }

    async fn import(&self, batch: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.with_disk(|disk| disk.imports.get(&batch).cloned()))
    }

    fn close(&self) {}
}
