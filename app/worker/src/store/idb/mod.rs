//! IndexedDB. The only folder that names `indexed_db_futures`.
//!
//! Inside a transaction nothing is awaited but its own requests: anything else lets the browser
//! commit it early. All bytes are prepared before it is opened.
//!
//! A transaction is left to commit by itself once its last request is done, and its `complete`
//! event is awaited. Asking for the commit would save a millisecond but this wrapper then drops
//! the reason of a failed one, and a full disk reports itself nowhere else.

mod catalog;
mod connection;
mod workspace;

pub use catalog::{Catalog, CatalogRow};
pub use workspace::IdbStore;

use super::StoreError;
use super::failure::{Failure, classify};
use indexed_db_futures::error::{Error, OpenDbError};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// What a JavaScript exception says about itself.
fn failure_of(exception: &JsValue) -> (Failure, String) {
    let text = |name: &str| {
        Reflect::get(exception, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    let code = Reflect::get(exception, &"code".into())
        .ok()
        .and_then(|value| value.as_f64());
    let name = text("name").unwrap_or_default();
    let message = text("message").unwrap_or_default();
    // Codes are small whole numbers; anything else means none.
    let code = code
        .filter(|code| (0.0..65_536.0).contains(code))
        .map_or(0, |code| code as u16);
    (
        classify(&name, &message, code),
        format!("{name}: {message}"),
    )
}

fn store_error(error: &Error) -> StoreError {
    let exception: &JsValue = match error {
        Error::DomException(exception) => exception.as_ref(),
        Error::Unknown(exception) => exception.as_ref(),
        Error::Serialisation(_) | Error::MissingData(_) => {
            return StoreError::Failed {
                failure: Failure::Other,
                detail: error.to_string(),
            };
        }
    };
    let (failure, detail) = failure_of(exception);
    StoreError::Failed { failure, detail }
}

fn open_error(error: &OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => store_error(error),
        OpenDbError::VersionZero
        | OpenDbError::UnsupportedEnvironment
        | OpenDbError::NullFactory => StoreError::Failed {
            failure: Failure::Missing,
            detail: error.to_string(),
        },
    }
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt {
        what: what.to_owned(),
    }
}

fn to_js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn from_js(value: JsValue, what: &str) -> Result<Vec<u8>, StoreError> {
    let array: Result<Uint8Array, _> = value.dyn_into();
    array
        .map(|array| array.to_vec())
        .map_err(|_value| corrupt(what))
}

/// Operation numbers as keys; exact up to 2^53.
fn key(seq: u64) -> f64 {
    seq as f64
}
