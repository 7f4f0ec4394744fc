//! The frame of a form control: label above, unit inside at the right, message below.

use super::unique_id;
use super::{Icon, IconView};
use leptos::prelude::*;

/// A text field. `unit` stands inside at the right; `error` keeps the value and says what is wrong.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    /// Runs at each keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// Runs when the field is left or Enter is pressed.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
    #[prop(optional, into)] unit: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional)] numeric: bool,
    #[prop(optional)] read_only: bool,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let message_id = unique_id("field-message");
    let described_by = message_id.clone();
    let commit = move |event| {
        if let Some(on_commit) = on_commit {
            on_commit.run(event_target_value(&event));
        }
    };
    let has_error = move || error.with(Option::is_some);
    view! {
        <div class="field">
            <label>
                <span class="field-label" class:only-heard=hide_label>{label}</span>
                <span class="field-box" data-error=move || has_error().then_some("true")>
                    <input
                        type="text"
                        class:num=numeric
                        inputmode=numeric.then_some("decimal")
                        prop:value=value
                        placeholder=move || Some(placeholder.get()).filter(|text| !text.is_empty())
                        readonly=read_only
                        aria-invalid=move || has_error().then_some("true")
                        aria-describedby=described_by
                        on:input=move |event| on_input.run(event_target_value(&event))
                        on:change=commit
                    />
                    {move || has_error().then(|| view! { <IconView icon=Icon::Warning/> })}
                    <span class="field-unit">{unit}</span>
                </span>
            </label>
            <span id=message_id class="field-error" aria-live="polite">{error}</span>
        </div>
    }
}
