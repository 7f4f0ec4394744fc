//! One choice of a few, all visible: a radio group in one frame.

use super::focus::{focus_child, roving_target};
use leptos::prelude::*;

/// One segment.
#[derive(Clone)]
pub struct Segment<T> {
    pub value: T,
    pub label: Signal<String>,
}

impl<T> Segment<T> {
    pub fn new(value: T, label: impl Into<Signal<String>>) -> Self {
        Self {
            value,
            label: label.into(),
        }
    }
}

/// A radio group. Arrow keys move and choose, one tab stop.
#[component]
pub fn SegmentedControl<T>(
    /// What is being chosen; heard, not shown.
    #[prop(into)]
    label: Signal<String>,
    segments: Vec<Segment<T>>,
    #[prop(into)] value: Signal<T>,
    #[prop(into)] on_change: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<T> = segments.iter().map(|segment| segment.value).collect();
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
        <div class="segmented" role="radiogroup" aria-label=label on:keydown=step>
            {segments
                .into_iter()
                .map(|Segment { value: own, label }| {
                    let chosen = move || value.get() == own;
                    view! {
                        <button
                            type="button"
                            role="radio"
                            aria-checked=move || if chosen() { "true" } else { "false" }
                            tabindex=move || if chosen() { "0" } else { "-1" }
                            on:click=move |_| on_change.run(own)
                        >
                            {label}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
