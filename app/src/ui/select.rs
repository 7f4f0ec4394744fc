//! A native list of options.

use leptos::prelude::*;

/// One option.
#[derive(Clone)]
pub struct Choice<T> {
    pub value: T,
    pub label: Signal<String>,
}

impl<T> Choice<T> {
    pub fn new(value: T, label: impl Into<Signal<String>>) -> Self {
        Self {
            value,
            label: label.into(),
        }
    }
}

/// A select. The options may change; the value is matched by equality.
#[component]
pub fn Select<T>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice<T>>>,
    #[prop(into)] value: Signal<T>,
    #[prop(into)] on_change: Callback<T>,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let change = move |event| {
        let index = event_target_value(&event).parse::<usize>();
        let chosen = index.ok().and_then(|index| {
            choices.with_untracked(|choices| choices.get(index).map(|choice| choice.value.clone()))
        });
        if let Some(chosen) = chosen {
            on_change.run(chosen);
        }
    };
    let options = move || {
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, choice)| {
                let own = choice.value;
                view! {
                    <option value=index prop:selected=move || value.with(|value| *value == own)>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label>
                <span class="field-label" class:only-heard=hide_label>{label}</span>
                <select class="select" on:change=change>
                    {options}
                </select>
            </label>
        </div>
    }
}
