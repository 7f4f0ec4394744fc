//! The size of an element on the page, and lengths from the style sheet.

use crate::i18n::parse_decimal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Runs `on_size` with width and height in CSS pixels, now and at each change, while the caller's scope lives.
pub fn watch_size(element: &web_sys::Element, on_size: impl Fn(f64, f64) + 'static) {
    let target = element.clone();
    let observed = Closure::<dyn Fn()>::new(move || {
        on_size(
            f64::from(target.client_width()),
            f64::from(target.client_height()),
        );
    });
    let observer = web_sys::ResizeObserver::new(observed.as_ref().unchecked_ref());
    let Ok(observer) = observer else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, observed));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// A custom property of an element, such as `--row` or `--c1`, as written in the style sheet.
pub fn css_value(element: &web_sys::Element, property: &str) -> String {
    window()
        .get_computed_style(element)
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value(property).ok())
        .map(|value| value.trim().to_owned())
        .unwrap_or_default()
}

/// A custom property that is a length in pixels.
pub fn css_pixels(element: &web_sys::Element, property: &str) -> Option<f64> {
    parse_decimal(css_value(element, property).strip_suffix("px")?)
}
