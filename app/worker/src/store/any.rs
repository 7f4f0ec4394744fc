//! The media a workspace can be on, as one type.

use super::head::Head;
use super::idb::IdbStore;
use super::memory::MemoryStore;
use super::{Row, Store, StoreError, StrictWrite};
use protocol::{Hash32, OpId};

/// A workspace's medium.
#[derive(Clone, Debug)]
pub enum AnyStore {
    /// Stored by the browser.
    Idb(IdbStore),
    /// Lost with the page.
    Memory(MemoryStore),
}

/// Calls the same method on whichever medium it is.
macro_rules! on_medium {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            AnyStore::Idb($store) => $call,
            AnyStore::Memory($store) => $call,
        }
    };
}

impl Store for AnyStore {
    async fn head(&self) -> Result<Option<Head>, StoreError> {
        on_medium!(self, store => store.head().await)
    }

    async fn write(&self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        on_medium!(self, store => store.write(write).await)
    }

    async fn rows(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        on_medium!(self, store => store.rows(after, limit).await)
    }

    async fn find_op(&self, op: OpId) -> Result<Option<u64>, StoreError> {
        on_medium!(self, store => store.find_op(op).await)
    }

    async fn put_chunks(&self, chunks: &[(Hash32, Vec<u8>)]) -> Result<(), StoreError> {
        on_medium!(self, store => store.put_chunks(chunks).await)
    }

    async fn chunk(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        on_medium!(self, store => store.chunk(hash).await)
    }

    async fn commit(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        on_medium!(self, store => store.commit(hash).await)
    }

    async fn put_import(&self, batch: Hash32, bytes: &[u8]) -> Result<(), StoreError> {
        on_medium!(self, store => store.put_import(batch, bytes).await)
    }

    async fn import(&self, batch: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        on_medium!(self, store => store.import(batch).await)
    }

    fn close(&self) {
        on_medium!(self, store => store.close());
    }
}
