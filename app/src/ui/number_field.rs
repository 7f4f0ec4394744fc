//! A number with its unit: typed the way people write numbers, stepped by arrow keys.

use super::TextField;
use crate::i18n::messages::kit;
use crate::i18n::{number, parse_number, tr};
use leptos::prelude::*;

/// A number field. What is not a number stays in the field with a message; `on_change` then stays silent.
#[component]
pub fn NumberField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<f64>,
    #[prop(into)] on_change: Callback<f64>,
    #[prop(optional)] decimals: u8,
    #[prop(default = 1.0)] step: f64,
    #[prop(default = f64::NEG_INFINITY)] min: f64,
    #[prop(default = f64::INFINITY)] max: f64,
    #[prop(optional, into)] unit: Signal<String>,
    /// A message of the caller's, such as a broken rule.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let shown =
        Signal::derive(move || typed.get().unwrap_or_else(|| number(value.get(), decimals)));
    let is_unreadable = move || {
        typed.with(|text| {
            text.as_ref()
                .is_some_and(|text| parse_number(text).is_none())
        })
    };
    let message = Signal::derive(move || {
        if is_unreadable() {
            Some(tr(kit::NOT_A_NUMBER).to_owned())
        } else {
            error.get()
        }
    });
    let commit = move |text: String| {
        if let Some(parsed) = parse_number(&text) {
            typed.set(None);
            on_change.run(parsed.clamp(min, max));
        }
    };
    let nudge = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => step,
            "ArrowDown" => -step,
            _ => return,
        };
        event.prevent_default();
        typed.set(None);
        on_change.run((value.get_untracked() + by).clamp(min, max));
    };
    view! {
        <div class="field-number" on:keydown=nudge>
            <TextField
                label
                value=shown
                on_input=move |text| typed.set(Some(text))
                on_commit=commit
                unit
                error=message
                numeric=true
                hide_label
            />
        </div>
    }
}
