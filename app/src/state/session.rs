//! Look and language, kept in the browser and written to `<html>`.

use super::{Notice, Notices, from_context, storage};
use crate::i18n::messages::shell;
use crate::i18n::{Language, language, set_language, texts};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Light, dark, or what the system says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// Row height and panel padding; never the size of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Density {
    Compact,
    Default,
    Comfortable,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word kept in storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Density {
    pub const ALL: [Self; 3] = [Self::Compact, Self::Default, Self::Comfortable];

    /// The word kept in storage and in `data-density`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Default => "default",
            Self::Comfortable => "comfortable",
        }
    }
}

/// The preferences of this browser. `boot.js` reads the same three keys before the first paint.
#[derive(Clone, Copy)]
pub struct Session {
    pub theme: RwSignal<Theme>,
    pub density: RwSignal<Density>,
    notices: Notices,
    system_is_dark: RwSignal<bool>,
    /// Paper is white whatever the theme.
    is_printing: RwSignal<bool>,
}
from_context!(Session);

const THEME_KEY: &str = "ballast:theme";
const DENSITY_KEY: &str = "ballast:density";
const LANGUAGE_KEY: &str = "ballast:lang";

impl Session {
    /// Reads the preferences and keeps `<html>` and the storage in step with them.
    pub(super) fn restore(notices: Notices) -> Self {
        let theme = storage::recall(THEME_KEY);
        let density = storage::recall(DENSITY_KEY);
        let session = Self {
            theme: RwSignal::new(word(&Theme::ALL, Theme::as_str, theme, Theme::System)),
            density: RwSignal::new(word(
                &Density::ALL,
                Density::as_str,
                density,
                Density::Default,
            )),
            notices,
            system_is_dark: RwSignal::new(false),
            is_printing: RwSignal::new(false),
        };
        set_language(page_language());
        session.follow_system();
        session.follow_printing();
        Effect::new(move || {
            let name = if session.is_dark() { "dark" } else { "light" };
            set_on_html("data-theme", name);
            match session.theme.get() {
                Theme::System => storage::forget(THEME_KEY),
                theme => storage::remember(THEME_KEY, theme.as_str()),
            }
        });
        Effect::new(move || {
            set_on_html("data-density", session.density.get().as_str());
            storage::remember(DENSITY_KEY, session.density.get().as_str());
        });
        Effect::new(move || {
            set_on_html("lang", language().tag());
            storage::remember(LANGUAGE_KEY, language().tag());
        });
        session
    }

    /// Whether the page is drawn dark now; tracked.
    pub fn is_dark(self) -> bool {
        if self.is_printing.get() {
            return false;
        }
        match self.theme.get() {
            Theme::System => self.system_is_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        }
    }

    /// Switches the language of the page. Its texts may still have to come from the server.
    pub fn speak(self, language: Language) {
        if texts::are_here(language) {
            set_language(language);
            return;
        }
        leptos::task::spawn_local(async move {
            match texts::fetch(language).await {
                Ok(()) => set_language(language),
                Err(_) => self.notices.show(Notice::warn(shell::LANGUAGE_AWAY)),
            }
        });
    }

    fn follow_printing(self) {
        let before =
            window_event_listener(leptos::ev::beforeprint, move |_| self.is_printing.set(true));
        let after =
            window_event_listener(leptos::ev::afterprint, move |_| self.is_printing.set(false));
        on_cleanup(move || {
            before.remove();
            after.remove();
        });
    }

    fn follow_system(self) {
        let query = window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten();
        if let Some(query) = query {
            self.system_is_dark.set(query.matches());
            let changed = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
                move |event: web_sys::MediaQueryListEvent| self.system_is_dark.set(event.matches()),
            );
            query.set_onchange(Some(changed.as_ref().unchecked_ref()));
            changed.forget();
        }
    }
}

fn word<T: Copy>(
    all: &[T],
    as_str: fn(T) -> &'static str,
    kept: Option<String>,
    otherwise: T,
) -> T {
    kept.and_then(|kept| all.iter().copied().find(|value| as_str(*value) == kept))
        .unwrap_or(otherwise)
}

/// The language boot.js chose and fetched the texts of.
fn page_language() -> Language {
    let html = document().document_element();
    let tag = html.and_then(|html| html.get_attribute("lang"));
    tag.map_or(Language::Zh, |tag| Language::from_tag(&tag))
}

fn set_on_html(attribute: &str, value: &str) {
    let html = document().document_element();
    let set = html.map(|html| html.set_attribute(attribute, value));
    debug_assert!(
        matches!(set, Some(Ok(()))),
        "the root element takes attributes"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_words_are_read_back_and_unknown_ones_ignored() {
        let read = |kept: &str| {
            word(
                &Density::ALL,
                Density::as_str,
                Some(kept.to_owned()),
                Density::Default,
            )
        };
        for density in Density::ALL {
            assert_eq!(read(density.as_str()), density);
        }
        assert_eq!(read("huge"), Density::Default);
    }
}
