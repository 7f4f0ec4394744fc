//! The list of workspaces: `ballast-catalog`.

use super::connection::{Access, Connection, put, store};
use super::{from_js, store_error, to_js};
use crate::store::StoreError;
use crate::store::opening::open_with_retries;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use protocol::WorkspaceId;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

const NAME: &str = "ballast-catalog";
const LAYOUT: u8 = 1;
const WORKSPACES: &str = "workspaces";
const SETTINGS: &str = "settings";
const DEVICE: &str = "device";

/// What the list shows of a workspace; append only, it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogRow {
    /// Which.
    pub workspace: WorkspaceId,
    /// Shown name.
    pub name: String,
    /// When it was made, milliseconds since 1970.
    pub created_ms: u64,
    /// When its last backup file was made.
    pub backup_ms: Option<u64>,
    /// Operation that file holds.
    pub backup_seq: Option<u64>,
}

/// The catalog database.
#[derive(Clone, Debug)]
pub struct Catalog {
    connection: Connection,
}

fn upgrade(database: &Database) -> Result<(), Error> {
    for name in [WORKSPACES, SETTINGS, DEVICE] {
        database.create_object_store(name).build()?;
    }
    Ok(())
}

impl Catalog {
    /// Opens or creates the catalog.
    ///
    /// # Errors
    /// `Failed` with the kind of failure, after at most three attempts.
    pub async fn open() -> Result<Self, StoreError> {
        let connection =
            open_with_retries(async || Connection::open(NAME, LAYOUT, upgrade).await).await?;
        Ok(Self { connection })
    }

    /// All rows, oldest workspace first. A row that does not read is left out; its database
    /// stays and its witness still names it.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn rows(&self) -> Result<Vec<CatalogRow>, StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            let request = store(transaction, WORKSPACES)?
                .get_all::<JsValue>()
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
            .transact(&[WORKSPACES], Access::Read, work)
            .await?;
        let decode = |value| postcard::from_bytes(&from_js(value, "catalog").ok()?).ok();
        Ok(values.into_iter().filter_map(decode).collect())
    }

    /// Adds or changes a row.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn put(&self, row: &CatalogRow) -> Result<(), StoreError> {
        let bytes = postcard::to_stdvec(row).unwrap_or_default();
        let work = async |transaction: &Transaction<'_>| {
            put(
                &store(transaction, WORKSPACES)?,
                row.workspace.to_string(),
                to_js(&bytes),
            )
            .await
        };
        self.connection
            .transact(&[WORKSPACES], Access::Strict, work)
            .await
    }

    /// Forgets a workspace.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn remove(&self, workspace: WorkspaceId) -> Result<(), StoreError> {
        let work = async |transaction: &Transaction<'_>| {
            let request = store(transaction, WORKSPACES)?
                .delete::<String, String>(workspace.to_string())
                .primitive();
            request
                .map_err(|error| store_error(&error))?
                .await
                .map_err(|error| store_error(&error))
        };
        self.connection
            .transact(&[WORKSPACES], Access::Strict, work)
            .await
    }
}
