//! What boot.js leaves on the window: where the workers' files are, and whether a newer version waits.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// `window.ballastAssets`; docs/app-boot.md lists its members.
pub(super) fn assets() -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    Reflect::get(&window, &"ballastAssets".into())
}

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
