//! One workspace in one database.

use super::connection::{Access, Connection, get, put, store};
use super::{corrupt, from_js, key, store_error, to_js};
use crate::store::failure::Failure;
use crate::store::head::Head;
use crate::store::opening::open_with_retries;
use crate::store::{Row, Store, StoreError, StrictWrite};
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::{KeyPath, KeyRange};
use js_sys::{Object, Reflect};
use protocol::{Hash32, OpId, WorkspaceId};
use wasm_bindgen::JsValue;

/// Layout of the database; additive changes only, data moves by new chunks.
const LAYOUT: u8 = 1;

const META: &str = "meta";
const JOURNAL: &str = "journal";
const CHUNKS: &str = "chunks";
const COMMITS: &str = "commits";
const REFS: &str = "refs";
const IMPORTS: &str = "imports";

const HEAD: &str = "head";
const OP_INDEX: &str = "op_id";
const BODY: &str = "body";

/// The branch every workspace starts with.
const MAIN: &str = "main";

/// A workspace's database.
#[derive(Clone, Debug)]
pub struct IdbStore {
    connection: Connection,
}

fn upgrade(database: &Database) -> Result<(), Error> {
    for name in [META, CHUNKS, COMMITS, REFS, IMPORTS] {
        database.create_object_store(name).build()?;
    }
    let journal = database.create_object_store(JOURNAL).build()?;
    journal
        .create_index(OP_INDEX, KeyPath::from(OP_INDEX))
        .with_unique(true)
        .build()?;
    Ok(())
}

impl IdbStore {
    /// Name of a workspace's database.
    #[must_use]
    pub fn database_name(workspace: WorkspaceId) -> String {
        format!("ballast-ws-{workspace}")
    }

    /// Opens or creates a workspace's database.
    ///
    /// # Errors
    /// `Failed` with the kind of failure, after at most three attempts.
    pub async fn open(workspace: WorkspaceId) -> Result<Self, StoreError> {
        let name = Self::database_name(workspace);
        let connection =
            open_with_retries(async || Connection::open(&name, LAYOUT, upgrade).await).await?;
        Ok(Self { connection })
    }

    /// Deletes a workspace's database; connections in other tabs give way.
    ///
    /// # Errors
    /// `Failed`, with `Blocked` when another tab does not give way.
    pub async fn delete(workspace: WorkspaceId) -> Result<(), StoreError> {
        Connection::delete(&Self::database_name(workspace)).await
    }

    async fn bytes<K>(&self, name: &str, key: K, what: &str) -> Result<Option<Vec<u8>>, StoreError>
    where
        K: indexed_db_futures::primitive::TryToJs,
    {
        let read = async |transaction: &Transaction<'_>| get(&store(transaction, name)?, key).await;
        let value = self
            .connection
            .transact(&[name], Access::Read, read)
            .await?;
        value.map(|value| from_js(value, what)).transpose()
    }
}

async fn head_in(transaction: &Transaction<'_>) -> Result<Option<Head>, StoreError> {
    let value = get(&store(transaction, META)?, HEAD).await?;
    value
        .map(|value| Head::from_bytes(&from_js(value, "head")?))
        .transpose()
}

async fn add_row(transaction: &Transaction<'_>, row: &Row) -> Result<(), StoreError> {
    let value = Object::new();
    let fields = [
        (OP_INDEX, JsValue::from(row.op.to_string())),
        (BODY, to_js(&row.bytes)),
    ];
    for (name, field) in fields {
        Reflect::set(&value, &name.into(), &field).map_err(|_exception| corrupt("journal row"))?;
    }
    let journal = store(transaction, JOURNAL)?;
    let request = journal
        .add(JsValue::from(value))
        .with_key(key(row.seq))
        .without_key_type()
        .primitive();
    let added = match request {
        Ok(request) => request.await,
        Err(error) => Err(error),
    };
    added.map_err(|error| match store_error(&error) {
        StoreError::Failed {
            failure: Failure::Constraint,
            ..
        } => StoreError::Duplicate { op: row.op },
        other => other,
    })
}

fn read_row(value: &JsValue, seq: u64) -> Result<Row, StoreError> {
    let what = format!("journal {seq}");
    let field = |name: &str| Reflect::get(value, &name.into()).map_err(|_exception| corrupt(&what));
    let op = field(OP_INDEX)?
        .as_string()
        .and_then(|text| text.parse::<WorkspaceId>().ok());
    let op = op.ok_or_else(|| corrupt(&what))?;
    Ok(Row {
        seq,
        op: OpId(op.0),
        bytes: from_js(field(BODY)?, &what)?,
    })
}

impl Store for IdbStore {
    async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.connection
            .transact(&[META], Access::Read, async |transaction| {
                head_in(transaction).await
            })
            .await
    }

    async fn write(&self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        let head_bytes = write.head.to_bytes();
        let work = async |transaction: &Transaction<'_>| {
            let found = head_in(transaction).await?.map(|head| head.position());
            if found != write.expected {
                return Err(StoreError::StaleLeader {
                    found: found.unwrap_or_default(),
                });
            }
            if let Some(row) = write.row {
                add_row(transaction, row).await?;
            }
            if let Some((hash, bytes)) = write.commit {
                put(
                    &store(transaction, COMMITS)?,
                    hash.to_string(),
                    to_js(bytes),
                )
                .await?;
                put(
                    &store(transaction, REFS)?,
                    MAIN.to_owned(),
                    hash.to_string().into(),
                )
                .await?;
            }
            put(
                &store(transaction, META)?,
                HEAD.to_owned(),
                to_js(&head_bytes),
            )
            .await
        };
        let all = [META, JOURNAL, COMMITS, REFS];
        let stores: &[&str] = if write.commit.is_some() {
            &all
        } else {
            &[META, JOURNAL]
        };
        self.connection.transact(stores, Access::Strict, work).await
    }

    async fn rows(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            let journal = store(transaction, JOURNAL)?;
            let range = KeyRange::LowerBound(key(after), true);
            let request = journal
                .get_all::<JsValue>()
                .with_query::<f64, _>(range)
                .with_limit(limit)
                .primitive();
            let values = request
                .map_err(|error| store_error(&error))?
                .await
                .map_err(|error| store_error(&error))?;
            values
                .collect::<Result<Vec<JsValue>, Error>>()
                .map_err(|error| store_error(&error))
        };
        let values = self
            .connection
            .transact(&[JOURNAL], Access::Read, work)
            .await?;
        // Keys are not part of the values; the seal inside each row proves its number.
        (after + 1..)
            .zip(&values)
            .map(|(seq, value)| read_row(value, seq))
            .collect()
    }

    async fn find_op(&self, op: OpId) -> Result<Option<u64>, StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            let journal = store(transaction, JOURNAL)?;
            let index = journal
                .index(OP_INDEX)
                .map_err(|error| store_error(&error))?;
            let request = index
                .get_key::<JsValue, JsValue>(op.to_string().into())
                .primitive();
            let found: Option<JsValue> = request
                .map_err(|error| store_error(&error))?
                .await
                .map_err(|error| store_error(&error))?;
            Ok(found.and_then(|seq| seq.as_f64()).map(|seq| seq as u64))
        };
        self.connection
            .transact(&[JOURNAL], Access::Read, work)
            .await
    }

    async fn put_chunks(&self, chunks: &[(Hash32, Vec<u8>)]) -> Result<(), StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            let target = store(transaction, CHUNKS)?;
            for (hash, bytes) in chunks {
                put(&target, hash.to_string(), to_js(bytes)).await?;
            }
            Ok(())
        };
        self.connection
            .transact(&[CHUNKS], Access::Relaxed, work)
            .await
    }

    async fn chunk(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.bytes(CHUNKS, hash.to_string(), "chunk").await
    }

    async fn commit(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.bytes(COMMITS, hash.to_string(), "checkpoint").await
    }

    async fn put_import(&self, batch: Hash32, bytes: &[u8]) -> Result<(), StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            put(
                &store(transaction, IMPORTS)?,
                batch.to_string(),
                to_js(bytes),
            )
            .await
        };
        self.connection
            .transact(&[IMPORTS], Access::Relaxed, work)
            .await
    }

    async fn import(&self, batch: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.bytes(IMPORTS, batch.to_string(), "staged batch").await
    }

    fn close(&self) {
        self.connection.close();
    }
}
