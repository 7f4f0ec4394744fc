//! Where one stands in a task of several steps.

use super::{Icon, IconView};
use crate::i18n::messages::kit;
use crate::i18n::{fill, t};
use leptos::prelude::*;

/// The steps in order; those before `current` are done.
#[component]
pub fn Stepper(steps: Vec<Signal<String>>, #[prop(into)] current: Signal<usize>) -> impl IntoView {
    let all = steps.len();
    let position = move || {
        let now = current.get() + 1;
        fill(
            kit::STEP,
            &[("n", &now.to_string()), ("all", &all.to_string())],
        )
    };
    view! {
        <ol class="stepper" aria-label=position>
            {steps
                .into_iter()
                .enumerate()
                .map(|(index, label)| {
                    let state = move || match index.cmp(&current.get()) {
                        std::cmp::Ordering::Less => "done",
                        std::cmp::Ordering::Equal => "now",
                        std::cmp::Ordering::Greater => "ahead",
                    };
                    view! {
                        <li
                            data-state=state
                            aria-current=move || (current.get() == index).then_some("step")
                        >
                            <span class="stepper-mark">
                                {move || match state() {
                                    "done" => view! { <IconView icon=Icon::Check/> }.into_any(),
                                    _ => (index + 1).into_any(),
                                }}
                            </span>
                            <span>{label}</span>
                            {move || {
                                (state() == "done")
                                    .then(|| view! { <span class="only-heard">{t(kit::STEP_DONE)}</span> })
                            }}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}
