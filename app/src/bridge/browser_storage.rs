//! What the browser grants this page: bytes, and whether it may evict them.

use js_sys::{Function, Promise, Reflect};
use protocol::storage::Persistence;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Bytes used and bytes granted, if the browser says.
pub(super) async fn estimate() -> Option<(f64, f64)> {
    let told = ask("estimate").await?;
    let number = |name: &str| Reflect::get(&told, &name.into()).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}

/// Whether the browser may evict the data.
pub(super) async fn persistence() -> Persistence {
    word(ask("persisted").await)
}

/// Asks the browser not to evict the data; it may ask the user.
pub(super) async fn persist() -> Persistence {
    word(ask("persist").await)
}

fn word(told: Option<JsValue>) -> Persistence {
    match told.and_then(|told| told.as_bool()) {
        Some(true) => Persistence::Granted,
        Some(false) => Persistence::NotGranted,
        None => Persistence::Unknown,
    }
}

/// Calls a method of `navigator.storage`, which is absent on insecure origins.
async fn ask(method: &str) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    let function = Reflect::get(&manager, &method.into()).ok()?;
    let function: Function = function.dyn_into().ok()?;
    let promise: Promise = function.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
