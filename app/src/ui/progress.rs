//! How much of a known amount is done.

use leptos::prelude::*;

/// A bar from 0 to `total`; without a total it only shows that work goes on.
#[component]
pub fn Progress(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] done: Signal<f64>,
    #[prop(into)] total: Signal<Option<f64>>,
) -> impl IntoView {
    let share = move || {
        total
            .get()
            .filter(|total| *total > 0.0)
            .map(|total| (done.get() / total).clamp(0.0, 1.0))
    };
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=move || total.get().map(|total| total.to_string())
            aria-valuenow=move || total.get().map(|_| done.get().to_string())
            data-busy=move || share().is_none().then_some("true")
        >
            <span style:width=move || share().map(|share| format!("{}%", share * 100.0))></span>
        </div>
    }
}
