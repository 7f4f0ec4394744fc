//! Theme, density and language.

use crate::i18n::messages::settings;
use crate::i18n::{Language, Msg, language, t};
use crate::state::{Density, Session, Theme};
use crate::ui::{Panel, Segment, SegmentedControl};
use leptos::prelude::*;

#[component]
pub(super) fn LookPanel() -> impl IntoView {
    let session = Session::here();
    let themes = Theme::ALL
        .map(|theme| Segment::new(theme, theme_name(theme)))
        .to_vec();
    let densities = Density::ALL
        .map(|one| Segment::new(one, density_name(one)))
        .to_vec();
    view! {
        <Panel title=settings::LOOK caption=settings::LOOK_NOTE>
            <div class="settings-rows">
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
                    on_change=move |language| session.speak(language)
                />
            </div>
        </Panel>
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
