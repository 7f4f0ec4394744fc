//! What page and workers do alike with texts.

/// A text in lower case, by the tables of the browser: Rust's own would be part of the download.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[must_use]
pub fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// A text in lower case.
#[cfg(not(all(target_arch = "wasm32", feature = "js")))]
#[must_use]
pub fn lower_case(text: &str) -> String {
    text.to_lowercase()
}
