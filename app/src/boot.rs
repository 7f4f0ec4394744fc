//! What boot.js leaves on the window: `ballastAssets`; docs/app-boot.md lists its members.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// `window.ballastAssets`.
///
/// # Errors
/// In a scope without one.
pub fn assets() -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &"ballastAssets".into())
}
