//! Moving the keyboard focus: one tab stop per group, arrows inside it.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;

/// Focuses an element; one that cannot take the focus is left alone.
pub fn focus(element: &web_sys::HtmlElement) {
    if element.focus().is_err() {
        leptos::logging::debug_warn!("an element refused the focus");
    }
}

/// Where an arrow, Home or End leads in a group of `count` items of which `now` has the focus.
pub fn roving_target(key: &str, now: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" | "ArrowDown" => Some(if now >= last { 0 } else { now + 1 }),
        "ArrowLeft" | "ArrowUp" => Some(if now == 0 { last } else { now - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Focuses the child with this index of the element that listens to the event.
pub fn focus_child(event: &KeyboardEvent, index: usize) {
    let group = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let index = u32::try_from(index).unwrap_or(0);
    let child = group.and_then(|group| group.children().item(index));
    if let Some(child) = child.and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus(&child);
    }
}

#[cfg(test)]
mod tests {
    use super::roving_target;

    #[test]
    fn arrows_go_round_and_home_and_end_jump() {
        assert_eq!(roving_target("ArrowRight", 2, 3), Some(0));
        assert_eq!(roving_target("ArrowLeft", 0, 3), Some(2));
        assert_eq!(roving_target("End", 0, 3), Some(2));
        assert_eq!(roving_target("a", 0, 3), None);
        assert_eq!(roving_target("Home", 0, 0), None);
    }
}
