//! The Settings screen: look and language of this browser.

use crate::i18n::messages::{settings, shell};
use crate::i18n::{Language, Msg, language, set_language, t};
use crate::state::{Density, Session, Theme};
use crate::ui::{Segment, SegmentedControl};
use leptos::prelude::*;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Settings/> }.into_any()
}

#[component]
fn Settings() -> impl IntoView {
    let session = Session::here();
    let themes = Theme::ALL
        .map(|theme| Segment::new(theme, theme_name(theme)))
        .to_vec();
    let densities = Density::ALL
        .map(|one| Segment::new(one, density_name(one)))
        .to_vec();
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::SETTINGS)}</h1>
        </header>
        <section class="panel settings">
            <h2 class="panel-head">{t(settings::LOOK)}</h2>
            <div class="panel-body settings-rows">
                <span>{t(settings::THEME)}</span>
                <SegmentedControl
                    label=settings::THEME
                    segments=themes
                    value=session.theme
                    on_change=move |theme| session.theme.set(theme)
                />
                <span>{t(settings::DENSITY)}</span>
                <SegmentedControl
                    label=settings::DENSITY
                    segments=densities
                    value=session.density
                    on_change=move |density| session.density.set(density)
                />
                <span>{t(settings::LANGUAGE)}</span>
                <SegmentedControl
                    label=settings::LANGUAGE
                    segments=Language::ALL.map(|one| Segment::new(one, one.own_name())).to_vec()
                    value=Signal::derive(language)
                    on_change=set_language
                />
            </div>
        </section>
    }
}

fn theme_name(theme: Theme) -> Msg {
    match theme {
        Theme::System => settings::THEME_SYSTEM,
        Theme::Light => settings::THEME_LIGHT,
        Theme::Dark => settings::THEME_DARK,
    }
}

fn density_name(density: Density) -> Msg {
    match density {
        Density::Compact => settings::COMPACT,
        Density::Default => settings::DEFAULT,
        Density::Comfortable => settings::COMFORTABLE,
    }
}
