//! A native list of options.

use leptos::prelude::*;
use std::sync::Arc;

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
    let labels = move || {
        choices.with(|choices| {
            choices
                .iter()
                .map(|choice| choice.label)
                .collect::<Vec<_>>()
        })
    };
    let chosen = move || {
        let is_it = |choice: &Choice<T>| value.with(|value| *value == choice.value);
        choices.with(|choices| choices.iter().position(is_it))
    };
    let change = move |index: usize| {
        let value = |choices: &Vec<Choice<T>>| choices.get(index).map(|it| it.value.clone());
        if let Some(chosen) = choices.with_untracked(value) {
            on_change.run(chosen);
        }
    };
    list(Options {
        label,
        hide_label,
        labels: Arc::new(labels),
        chosen: Arc::new(chosen),
        on_change: Callback::new(change),
    })
}

/// A select without the type of its values: what is made once for all of them.
struct Options {
    label: Signal<String>,
    hide_label: bool,
    labels: Arc<dyn Fn() -> Vec<Signal<String>> + Send + Sync>,
    chosen: Arc<dyn Fn() -> Option<usize> + Send + Sync>,
    on_change: Callback<usize>,
}

fn list(of: Options) -> AnyView {
    let Options {
        label,
        hide_label,
        labels,
        chosen,
        on_change,
    } = of;
    let change = move |event| {
        if let Ok(index) = event_target_value(&event).parse() {
            on_change.run(index);
        }
    };
    let option = move |(index, label): (usize, Signal<String>)| {
        let chosen = chosen.clone();
        view! {
            <option value=index prop:selected=move || chosen() == Some(index)>
                {label}
            </option>
        }
    };
    let options = move || {
        let labels = labels().into_iter().enumerate();
        labels.map(&option).collect_view()
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
    .into_any()
}
