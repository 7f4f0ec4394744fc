//! What the command palette offers beside the places: actions of the mounted screens, and search.

use super::from_context;
use crate::ui::Icon;
use leptos::prelude::*;

/// An action of a screen that the palette lists while the screen is mounted.
#[derive(Clone, Copy)]
pub struct Command {
    pub title: Signal<String>,
    pub icon: Icon,
    /// The key that does the same, as printed on a key cap; empty for none.
    pub keys: &'static str,
    pub run: Callback<()>,
}

/// One thing a search found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub title: String,
    pub detail: String,
    /// The address to open, as [`crate::routes::Route::href`] writes it.
    pub href: String,
}

/// A question to the search source; it answers by `reply`, at once or later.
#[derive(Clone)]
pub struct SearchRequest {
    pub text: String,
    pub reply: Callback<Vec<Found>>,
}

/// Commands and the search source of the page.
#[derive(Clone, Copy)]
pub struct Commands {
    list: RwSignal<Vec<(u32, Command)>>,
    next: StoredValue<u32>,
    /// Finds SKUs, documents and metrics; set by the bridge.
    pub search: RwSignal<Option<Callback<SearchRequest>>>,
    pub palette_open: RwSignal<bool>,
    pub help_open: RwSignal<bool>,
}
from_context!(Commands);

impl Commands {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            search: RwSignal::new(None),
            palette_open: RwSignal::new(false),
            help_open: RwSignal::new(false),
        }
    }

    /// Lists a command until the calling component unmounts.
    pub fn offer(self, command: Command) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| list.push((id, command)));
        on_cleanup(move || {
            self.list
                .update(|list| list.retain(|(other, _)| *other != id))
        });
    }

    /// The commands on offer; tracked.
    pub fn list(self) -> Vec<Command> {
        self.list
            .with(|list| list.iter().map(|(_, command)| *command).collect())
    }

    /// What the search source finds for a query; an answer that comes after the next query is dropped.
    pub fn results(self, query: RwSignal<String>) -> RwSignal<Vec<Found>> {
        let found = RwSignal::new(Vec::new());
        Effect::new(move || {
            let text = query.get();
            let source = self.search.get();
            let asked = text.clone();
            let reply = Callback::new(move |list: Vec<Found>| {
                if query.with_untracked(|now| *now == asked) {
                    found.set(list);
                }
            });
            match source {
                Some(source) if !text.trim().is_empty() => {
                    source.run(SearchRequest { text, reply })
                }
                _ => reply.run(Vec::new()),
            }
        });
        found
    }
}
