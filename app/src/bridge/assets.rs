//! Whether a newer version of the app waits, and how it takes over.

use crate::boot::assets;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Whether a newer version has been fetched and waits.
pub fn is_update_ready() -> bool {
    let ready = assets().and_then(|assets| Reflect::get(&assets, &"updateReady".into()));
    ready.is_ok_and(|ready| ready.is_truthy())
}

/// Lets the newer version take over; the page reloads when it has.
pub fn apply_update() {
    let applied = assets()
        .and_then(|assets| Reflect::get(&assets, &"applyUpdate".into()))
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|apply| apply.call0(&JsValue::NULL));
    if let Err(reason) = applied {
        leptos::logging::warn!("the newer version could not be asked: {reason:?}");
    }
}
