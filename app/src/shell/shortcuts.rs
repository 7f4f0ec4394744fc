//! The keys that work everywhere. Single keys are off while something is being typed.

use crate::routes::{Place, SCREENS, Screen};
use crate::state::{Commands, Router, UndoState};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What a key does anywhere on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shortcut {
    Palette,
    Help,
    Undo,
    Redo,
    Open(Screen),
}

/// Listens for as long as the calling component lives.
pub(super) fn listen() {
    let (router, commands, undo) = (Router::here(), Commands::here(), UndoState::here());
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let typing = is_typing(&event);
        let control = event.ctrl_key() || event.meta_key();
        let Some(shortcut) = shortcut(&event.key(), control, event.shift_key(), typing) else {
            return;
        };
        if event.alt_key() || event.default_prevented() {
            return;
        }
        event.prevent_default();
        match shortcut {
            Shortcut::Palette => commands.palette_open.update(|open| *open = !*open),
            Shortcut::Help => commands.help_open.set(true),
            Shortcut::Undo => undo.undo(),
            Shortcut::Redo => undo.redo(),
            Shortcut::Open(screen) => router.open(screen),
        }
    });
    on_cleanup(move || listener.remove());
}

fn shortcut(key: &str, control: bool, shift: bool, typing: bool) -> Option<Shortcut> {
    let lower = key.to_ascii_lowercase();
    match (lower.as_str(), control, shift) {
        ("k", true, _) => Some(Shortcut::Palette),
        ("z", true, _) | ("y", true, false) if typing => None,
        ("z", true, false) => Some(Shortcut::Undo),
        ("z", true, true) | ("y", true, false) => Some(Shortcut::Redo),
        (_, true, _) => None,
        _ if typing => None,
        ("?", ..) => Some(Shortcut::Help),
        (digit, false, false) => place_of(digit).map(Shortcut::Open),
        _ => None,
    }
}

fn place_of(digit: &str) -> Option<Screen> {
    SCREENS.iter().find_map(|def| match def.place {
        Place::Rail { key, .. } if digit.chars().eq([key]) => Some(def.screen),
        Place::Rail { .. } | Place::Under(_) | Place::Hidden => None,
    })
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return false;
    };
    // Nothing is typed into a tick box.
    let kind = element.get_attribute("type").unwrap_or_default();
    let is_ticked = ["checkbox", "radio"].contains(&kind.as_str());
    let typed_in =
        !is_ticked && ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str());
    typed_in
        || element.is_content_editable()
        || element.closest("dialog[open]").ok().flatten().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_keys_are_off_while_typing() {
        assert_eq!(
            shortcut("1", false, false, false),
            Some(Shortcut::Open(Screen::Home))
        );
        assert_eq!(shortcut("1", false, false, true), None);
        assert_eq!(shortcut("?", false, true, false), Some(Shortcut::Help));
        assert_eq!(shortcut("?", false, true, true), None);
    }

    #[test]
    fn control_keys() {
        assert_eq!(shortcut("k", true, false, true), Some(Shortcut::Palette));
        assert_eq!(shortcut("z", true, false, false), Some(Shortcut::Undo));
        assert_eq!(shortcut("Z", true, true, false), Some(Shortcut::Redo));
        assert_eq!(shortcut("z", true, false, true), None);
        assert_eq!(shortcut("1", true, false, false), None);
    }
}
