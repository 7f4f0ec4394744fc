//! Moving the keyboard focus.

/// Focuses an element; one that cannot take the focus is left alone.
pub fn focus(element: &web_sys::HtmlElement) {
    if element.focus().is_err() {
        leptos::logging::debug_warn!("an element refused the focus");
    }
}
