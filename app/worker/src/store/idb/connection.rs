//! Opening a database and running transactions on it.

use super::{Failure, StoreError, open_error, store_error};
use gloo_timers::future::TimeoutFuture;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionFinishKind, TransactionMode, TransactionOptions,
};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// An open that takes longer hangs, or waits for another tab.
const OPEN_MS: u32 = 5_000;

/// A database connection that gives way when a newer build wants to upgrade the layout.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    database: Rc<RefCell<Option<Database>>>,
}

impl Connection {
    /// Opens a database, creating what `upgrade` makes.
    pub(super) async fn open(
        name: &str,
        version: u8,
        upgrade: fn(&Database) -> Result<(), Error>,
    ) -> Result<Self, StoreError> {
        let is_blocked = Rc::new(Cell::new(false));
        let blocked = is_blocked.clone();
        let request = Database::open(name)
            .with_version(version)
            .with_on_blocked(move |_event| {
                blocked.set(true);
                Ok(())
            })
            .with_on_upgrade_needed(move |_event, database| upgrade(&database))
            .build()
            .map_err(|error| open_error(&error))?;
        let Some(opened) = within(OPEN_MS, request).await else {
            let failure = if is_blocked.get() {
                Failure::Blocked
            } else {
                Failure::TimedOut
            };
            return Err(StoreError::Failed {
                failure,
                detail: format!("opening {name}"),
            });
        };
        let database = opened.map_err(|error| open_error(&error))?;
        let connection = Self {
            database: Rc::new(RefCell::new(Some(database.clone()))),
        };
        connection.give_way(&database);
        Ok(connection)
    }

    fn give_way(&self, database: &Database) {
        let Ok(mut changes) = database.version_changes() else {
            return;
        };
        let connection = self.clone();
        spawn_local(async move {
            // An upgrade elsewhere, or a close the browser forced: either ends this connection.
            let _event = changes.recv().await;
            drop(changes);
            connection.close();
        });
    }

    pub(super) fn close(&self) {
        if let Some(database) = self.database.borrow_mut().take() {
            database.close();
        }
    }

    /// Deletes a whole database.
    pub(super) async fn delete(name: &str) -> Result<(), StoreError> {
        let request = Database::delete_by_name(name).map_err(|error| open_error(&error))?;
        match within(OPEN_MS, request).await {
            Some(deleted) => deleted.map_err(|error| store_error(&error)),
            None => Err(StoreError::Failed {
                failure: Failure::Blocked,
                detail: format!("deleting {name}"),
            }),
        }
    }

    /// Runs `work` in one transaction and returns after its `complete` event.
    pub(super) async fn transact<T>(
        &self,
        stores: &[&str],
        access: Access,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let database = self.database.borrow().clone();
        let closed = || StoreError::Failed {
            failure: Failure::Closed,
            detail: "connection closed".to_owned(),
        };
        let database = database.ok_or_else(closed)?;
        let stores: Vec<String> = stores.iter().map(|store| (*store).to_owned()).collect();
        let (mode, durability) = match access {
            Access::Read => (TransactionMode::Readonly, TransactionDurability::Relaxed),
            Access::Relaxed => (TransactionMode::Readwrite, TransactionDurability::Relaxed),
            Access::Strict => (TransactionMode::Readwrite, TransactionDurability::Strict),
        };
        let transaction = database
            .transaction(stores)
            .with_mode(mode)
            .with_options(TransactionOptions::new().with_durability(durability))
            .build()
            .map_err(|error| store_error(&error))?;
        let done = transaction.on_done().map_err(|error| store_error(&error))?;
        // On an error the transaction is dropped, and with that aborted.
        let value = work(&transaction).await?;
        match done.await {
            TransactionFinishKind::Ok => Ok(value),
            TransactionFinishKind::Err | TransactionFinishKind::Abort => {
                Err(match transaction.error() {
                    Some(error) => store_error(&error),
                    None => StoreError::Unknown {
                        detail: "the transaction ended without a reason".to_owned(),
                    },
                })
            }
        }
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    /// Reading.
    Read,
    /// Writing what can be written again.
    Relaxed,
    /// Writing what will be called saved.
    Strict,
}

/// A store of a transaction.
pub(super) fn store<'a>(
    transaction: &'a Transaction<'_>,
    name: &str,
) -> Result<ObjectStore<'a>, StoreError> {
    transaction
        .object_store(name)
        .map_err(|error| store_error(&error))
}

/// Reads one value.
pub(super) async fn get<K>(store: &ObjectStore<'_>, key: K) -> Result<Option<JsValue>, StoreError>
where
    K: indexed_db_futures::primitive::TryToJs,
{
    let request = store.get::<JsValue, K, K>(key).primitive();
    request
        .map_err(|error| store_error(&error))?
        .await
        .map_err(|error| store_error(&error))
}

/// Puts one value.
pub(super) async fn put<K>(
    store: &ObjectStore<'_>,
    key: K,
    value: JsValue,
) -> Result<(), StoreError>
where
    K: indexed_db_futures::primitive::TryToJs + indexed_db_futures::primitive::TryFromJs,
{
    let request = store
        .put(value)
        .with_key(key)
        .without_key_type()
        .primitive();
    request
        .map_err(|error| store_error(&error))?
        .await
        .map_err(|error| store_error(&error))
}

/// The result of a future, unless it takes longer.
async fn within<F: IntoFuture>(millis: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future.into_future());
    let mut timeout = pin!(TimeoutFuture::new(millis));
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        timeout.as_mut().poll(context).map(|()| None)
    })
    .await
}
