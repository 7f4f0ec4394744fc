//! The story page of the components, at `#/dev/kit` of builds for development.

mod basics;
mod charts;
mod figures;
mod grids;
mod panels;

use crate::i18n::messages::shell;
use crate::i18n::t;
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Kit/> }.into_any()
}

#[component]
fn Kit() -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::KIT)}</h1>
        </header>
        <div class="story">
            <basics::Colours/>
            <basics::Buttons/>
            <basics::Choices/>
            <basics::Fields/>
            <figures::Words/>
            <figures::Figures/>
            <panels::States/>
            <panels::Panels/>
            <panels::Steps/>
            <panels::Frame/>
            <grids::Grids/>
            <charts::Charts/>
            <basics::IconSet/>
        </div>
    }
}
