//! The address of the page as a signal, and the ways to change it.

use super::{Notice, Notices, from_context};
use crate::i18n::messages::shell;
use crate::routes::{Route, Screen};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The current address. Back, forward and hand-typed addresses arrive here too.
#[derive(Clone, Copy)]
pub struct Router {
    route: RwSignal<Route>,
}
from_context!(Router);

impl Router {
    pub(super) fn start(notices: Notices) -> Self {
        let router = Self {
            route: RwSignal::new(Route::to(Screen::Home)),
        };
        router.read_address(notices);
        let listener = window_event_listener(leptos::ev::hashchange, move |_| {
            router.read_address(notices)
        });
        on_cleanup(move || listener.remove());
        router
    }

    /// The current route; tracked.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// The current screen, which changes only when the screen does.
    pub fn screen(self) -> Memo<Screen> {
        Memo::new(move |_| self.route.with(|route| route.screen))
    }

    /// One value of the view state, which changes only when that value does.
    pub fn value(self, key: &'static str) -> Memo<Option<String>> {
        Memo::new(move |_| self.route.with(|route| route.get(key).map(str::to_owned)))
    }

    /// Opens an address as a new step of the history.
    pub fn go(self, route: Route) {
        if self.route.with_untracked(|now| *now == route) {
            return;
        }
        if window().location().set_hash(&route.href()).is_ok() {
            self.route.set(route);
        }
    }

    /// Opens a screen without view state.
    pub fn open(self, screen: Screen) {
        self.go(Route::to(screen));
    }

    /// Changes the view state of the current screen without a new step of the history.
    pub fn replace(self, key: &str, value: Option<&str>) {
        let route = self.route.get_untracked().with(key, value);
        let replaced = window().history().and_then(|history| {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href()))
        });
        if replaced.is_ok() {
            self.route.set(route);
        }
    }

    fn read_address(self, notices: Notices) {
        let hash = window().location().hash().unwrap_or_default();
        match Route::parse(&hash) {
            Some(route) => {
                if self.route.with_untracked(|now| *now != route) {
                    self.route.set(route);
                }
            }
            None => {
                notices.show(Notice::warn(shell::NO_SUCH_PAGE));
                self.route.set(Route::to(Screen::Home));
            }
        }
    }
}
