//! The Demand screen.

use crate::i18n::messages::{demand, shell};
use crate::i18n::t;
use crate::ui::{EmptyState, Icon};
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Demand/> }.into_any()
}

#[component]
fn Demand() -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::DEMAND)}</h1>
        </header>
        <EmptyState icon=Icon::Chart title=demand::EMPTY_TITLE body=demand::EMPTY_BODY/>
    }
}
