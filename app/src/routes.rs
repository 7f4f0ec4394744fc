//! The places of the app and their addresses.
//!
//! [`SCREENS`] is the one table: the router, the rail, the title and the command palette read it.
//! A new screen adds a variant, a row, its messages and `screens/<name>/`.
//! An address is `#/<path>[/<item>][?key=value&...]`; everything that makes a view lives in it.

use crate::i18n::Msg;
use crate::i18n::messages::shell;
use crate::screens;
use crate::ui::Icon;
use leptos::prelude::AnyView;

/// A screen of the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Screen {
    Home,
    Demand,
    Replenish,
    Data,
    Settings,
    /// Builds for development only.
    #[cfg(debug_assertions)]
    Kit,
}

/// Where a screen is reached from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A place of the rail, opened by its digit; `name` where it differs from the title.
    Rail { name: Msg, key: char },
    /// Listed under another place while that one is open.
    Under(Screen),
    /// Reached by address only.
    Hidden,
}

/// One row of the table of screens.
pub struct ScreenDef {
    pub screen: Screen,
    pub path: &'static str,
    pub title: Msg,
    pub icon: Icon,
    pub place: Place,
    pub view: fn() -> AnyView,
}

/// Every screen, in the order of the rail.
pub static SCREENS: &[ScreenDef] = &[
    ScreenDef {
        screen: Screen::Home,
        path: "home",
        title: shell::HOME,
        icon: Icon::Home,
        place: Place::Rail {
            name: shell::HOME,
            key: '1',
        },
        view: screens::home::screen,
    },
    ScreenDef {
        screen: Screen::Demand,
        path: "demand",
        title: shell::DEMAND,
        icon: Icon::Chart,
        place: Place::Rail {
            name: shell::DEMAND,
            key: '3',
        },
        view: screens::lazy::demand,
    },
    ScreenDef {
        screen: Screen::Replenish,
        path: "inventory/replenish",
        title: shell::REPLENISH,
        icon: Icon::Box,
        place: Place::Rail {
            name: shell::INVENTORY,
            key: '4',
        },
        view: screens::lazy::replenish,
    },
    ScreenDef {
        screen: Screen::Data,
        path: "data",
        title: shell::DATA,
        icon: Icon::Database,
        place: Place::Rail {
            name: shell::DATA,
            key: '0',
        },
        view: screens::lazy::data,
    },
    ScreenDef {
        screen: Screen::Settings,
        path: "data/settings",
        title: shell::SETTINGS,
        icon: Icon::Gear,
        place: Place::Under(Screen::Data),
        view: screens::lazy::settings,
    },
    #[cfg(debug_assertions)]
    ScreenDef {
        screen: Screen::Kit,
        path: "dev/kit",
        title: shell::KIT,
        icon: Icon::Table,
        place: Place::Hidden,
        view: screens::kit::screen,
    },
];

impl Screen {
    /// The row of this screen.
    pub fn def(self) -> &'static ScreenDef {
        SCREENS
            .iter()
            .find(|def| def.screen == self)
            .expect("every screen has a row, a test holds it")
    }

    /// The rail place this screen belongs to.
    pub fn place(self) -> Self {
        match self.def().place {
            Place::Under(parent) => parent,
            Place::Rail { .. } | Place::Hidden => self,
        }
    }
}

/// One address: a screen, the item it shows and the state of the view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    pub screen: Screen,
    /// The part of the path after the screen, such as a SKU code.
    pub item: Option<String>,
    query: Vec<(String, String)>,
}

impl Route {
    /// A screen without item and view state.
    pub fn to(screen: Screen) -> Self {
        Self {
            screen,
            item: None,
            query: Vec::new(),
        }
    }

    /// The same screen showing one item.
    #[must_use]
    pub fn item(mut self, item: &str) -> Self {
        self.item = Some(item.to_owned());
        self
    }

    /// The same address with one key of the view state set; `None` removes it.
    #[must_use]
    pub fn with(mut self, key: &str, value: Option<&str>) -> Self {
        self.query.retain(|(name, _)| name != key);
        if let Some(value) = value {
            self.query.push((key.to_owned(), value.to_owned()));
        }
        self
    }

    /// One value of the view state.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// Reads an address; `None` when no screen has that path. An empty address is the first screen.
    pub fn parse(hash: &str) -> Option<Self> {
        let text = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let path = path.trim_end_matches('/');
        if path.is_empty() {
            return SCREENS.first().map(|def| Self::to(def.screen));
        }
        let (def, item) = longest_match(path)?;
        let query = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (decode(key), decode(value)))
            .collect();
        let item = item.filter(|item| !item.is_empty()).map(decode);
        Some(Self {
            screen: def.screen,
            item,
            query,
        })
    }

    /// Writes the address; [`Route::parse`] reads it back.
    pub fn href(&self) -> String {
        let mut text = format!("#/{}", self.screen.def().path);
        if let Some(item) = &self.item {
            text.push('/');
            text.push_str(&encode(item));
        }
        for (index, (key, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(&encode(key));
            text.push('=');
            text.push_str(&encode(value));
        }
        text
    }
}

fn longest_match(path: &str) -> Option<(&'static ScreenDef, Option<&str>)> {
    SCREENS
        .iter()
        .filter_map(|def| {
            let rest = path.strip_prefix(def.path)?;
            let item = rest.strip_prefix('/');
            (rest.is_empty() || item.is_some()).then_some((def, item))
        })
        .max_by_key(|(def, _)| def.path.len())
}

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
    }
    out
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| first == b'%').and_then(hex_pair);
        bytes.push(escaped.unwrap_or(first));
        rest = tail
            .get(if escaped.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(pair).ok()?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_has_one_row_and_one_path() {
        let all = [
            Screen::Home,
            Screen::Demand,
            Screen::Replenish,
            Screen::Data,
            Screen::Settings,
            #[cfg(debug_assertions)]
            Screen::Kit,
        ];
        for screen in all {
            assert_eq!(SCREENS.iter().filter(|def| def.screen == screen).count(), 1);
            assert_eq!(
                Route::parse(&Route::to(screen).href()),
                Some(Route::to(screen))
            );
        }
    }

    #[test]
    fn addresses_round_trip() {
        let route = Route::to(Screen::Demand)
            .item("A-1027/华东")
            .with("from", Some("2026-05-11"))
            .with("q", Some("a&b=c %"));
        assert_eq!(Route::parse(&route.href()), Some(route.clone()));
        assert_eq!(route.get("q"), Some("a&b=c %"));
        assert_eq!(route.with("q", None).get("q"), None);
    }

    #[test]
    fn the_longest_path_wins() {
        let settings = Route::parse("#/data/settings?x=1").map(|route| route.screen);
        assert_eq!(settings, Some(Screen::Settings));
        let item = Route::parse("#/data/imports").and_then(|route| route.item);
        assert_eq!(item.as_deref(), Some("imports"));
    }

    #[test]
    fn odd_addresses() {
        assert_eq!(
            Route::parse("").map(|route| route.screen),
            Some(Screen::Home)
        );
        assert_eq!(Route::parse("#/nowhere"), None);
        assert_eq!(Route::parse("#/demandx"), None);
        let broken = Route::parse("#/demand?a=%zz&%4").expect("still the screen");
        assert_eq!(broken.get("a"), Some("%zz"));
    }
}
