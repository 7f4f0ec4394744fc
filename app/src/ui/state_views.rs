//! The states of an asynchronous view that are not "done": empty, loading, failed.

use super::{Icon, IconView};
use leptos::prelude::*;

/// What fills this view, and the way to fill it; buttons come as children.
#[component]
pub fn EmptyState(
    #[prop(optional)] icon: Option<Icon>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="state" data-state="empty">
            <h2 class="state-title">
                <IconView icon=icon.unwrap_or(Icon::Database)/>
                <span>{title}</span>
            </h2>
            <p>{body}</p>
            {children.map(|children| view! { <div class="state-actions">{children()}</div> })}
        </section>
    }
}
