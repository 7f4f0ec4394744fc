//! A tick box with its word.

use leptos::prelude::*;

/// A native checkbox; `mixed` shows the third state of a "select all".
#[component]
pub fn Checkbox(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
    #[prop(optional, into)] mixed: Signal<bool>,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=checked
                prop:indeterminate=mixed
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class:only-heard=hide_label>{label}</span>
        </label>
    }
}
