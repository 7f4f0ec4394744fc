//! The Home screen (驾驶舱).

use crate::i18n::messages::{home, shell};
use crate::i18n::t;
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::{Button, ButtonKind, EmptyState, Icon};
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Home/> }.into_any()
}

#[component]
fn Home() -> impl IntoView {
    let router = Router::here();
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::HOME)}</h1>
        </header>
        <EmptyState icon=Icon::Home title=home::EMPTY_TITLE body=home::EMPTY_BODY>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Upload
                label=home::GO_IMPORT
                on_press=move |()| router.open(Screen::Data)
            />
        </EmptyState>
    }
}
