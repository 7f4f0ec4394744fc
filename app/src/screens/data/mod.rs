//! The Data screen.

use crate::i18n::messages::{data, shell};
use crate::i18n::t;
use crate::ui::{EmptyState, Icon};
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Data/> }.into_any()
}

#[component]
fn Data() -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::DATA)}</h1>
        </header>
        <EmptyState icon=Icon::Database title=data::EMPTY_TITLE body=data::EMPTY_BODY/>
    }
}
