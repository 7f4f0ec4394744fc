//! Tabs: views of one object, one shown at a time.

use super::focus::{focus_child, roving_target};
use leptos::prelude::*;

/// One tab; `note` is a small figure beside the name, usually a count.
#[derive(Clone)]
pub struct Tab<T> {
    pub value: T,
    pub label: Signal<String>,
    pub note: Signal<String>,
}

impl<T> Tab<T> {
    pub fn new(value: T, label: impl Into<Signal<String>>) -> Self {
        Self {
            value,
            label: label.into(),
            note: Signal::default(),
        }
    }

    #[must_use]
    pub fn with_note(mut self, note: impl Into<Signal<String>>) -> Self {
        self.note = note.into();
        self
    }
}

/// The row of tabs; the caller shows the panel of `value`. Arrow keys move and choose.
#[component]
pub fn Tabs<T>(
    #[prop(into)] label: Signal<String>,
    tabs: Vec<Tab<T>>,
    #[prop(into)] value: Signal<T>,
    #[prop(into)] on_change: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<T> = tabs.iter().map(|tab| tab.value).collect();
    let step = move |event: leptos::ev::KeyboardEvent| {
        let now = values.iter().position(|one| *one == value.get_untracked());
        let Some(next) = roving_target(&event.key(), now.unwrap_or(0), values.len()) else {
            return;
        };
        event.prevent_default();
        if let Some(chosen) = values.get(next) {
            on_change.run(*chosen);
            focus_child(&event, next);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=step>
            {tabs
                .into_iter()
                .map(|Tab { value: own, label, note }| {
                    let chosen = move || value.get() == own;
                    view! {
                        <button
                            type="button"
                            role="tab"
                            aria-selected=move || if chosen() { "true" } else { "false" }
                            tabindex=move || if chosen() { "0" } else { "-1" }
                            on:click=move |_| on_change.run(own)
                        >
                            {label}
                            <span class="tab-note">{note}</span>
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
