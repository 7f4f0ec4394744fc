//! The Replenish screen.

use crate::i18n::messages::{replenish, shell};
use crate::i18n::t;
use crate::ui::{EmptyState, Icon};
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Replenish/> }.into_any()
}

#[component]
fn Replenish() -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::REPLENISH)}</h1>
        </header>
        <EmptyState icon=Icon::Box title=replenish::EMPTY_TITLE body=replenish::EMPTY_BODY/>
    }
}
