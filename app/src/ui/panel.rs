//! A ruled surface with a heading: the only kind of card there is.

use leptos::prelude::*;

/// A panel. The caption carries grain and date; `beside` holds the legend and the actions.
#[component]
pub fn Panel(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] caption: Signal<String>,
    #[prop(optional, into)] beside: ViewFn,
    /// Without inner padding, for grids and lists that reach the edge.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel" aria-label=title>
            <header class="panel-head">
                <h2>{title}</h2>
                <span class="caption">{caption}</span>
                <span class="grow"></span>
                {move || beside.run()}
            </header>
            <div class="panel-body" class:panel-flush=flush>
                {children()}
            </div>
        </section>
    }
}
