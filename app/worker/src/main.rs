//! Ballast.

use js_sys::{Reflect, global};
use wasm_bindgen::JsValue;

fn main() {
    let started = JsValue::from_str("ballastStarted");
    let is_set = Reflect::set(&global(), &started, &JsValue::TRUE);
    assert!(is_set.is_ok(), "a worker scope takes new names");
}
