//! The places of the app: a rail at the left, a bar at the bottom of a phone.

use crate::i18n::messages::shell;
use crate::i18n::{Language, Msg, bytes, fill, language, t, tr};
use crate::routes::{Place, Route, SCREENS, Screen, ScreenDef};
use crate::state::Workspace;
use crate::ui::{Icon, IconView};
use leptos::prelude::*;

#[component]
pub(super) fn Rail(screen: Memo<Screen>) -> impl IntoView {
    let latin_name = move || (language() == Language::Zh).then(|| tr(shell::PRODUCT_LATIN));
    view! {
        <nav class="rail" aria-label=t(shell::PLACES)>
            <div class="rail-brand">
                <IconView icon=Icon::Brand/>
                <span>{t(shell::PRODUCT)}</span>
                <span>{latin_name}</span>
            </div>
            <ul class="rail-list">
                {SCREENS
                    .iter()
                    .filter_map(|def| match def.place {
                        Place::Rail { name, key } => Some(view! { <RailPlace def name key screen/> }),
                        Place::Under(_) | Place::Hidden => None,
                    })
                    .collect_view()}
            </ul>
            <RailFoot/>
        </nav>
    }
}

#[component]
fn RailPlace(def: &'static ScreenDef, name: Msg, key: char, screen: Memo<Screen>) -> impl IntoView {
    let own = def.screen;
    let open = Memo::new(move |_| screen.get().place() == own);
    view! {
        <li>
            <a
                class="rail-item"
                href=Route::to(own).href()
                aria-current=move || open.get().then_some("page")
                title=t(name)
            >
                <IconView icon=def.icon/>
                <span class="rail-name">{t(name)}</span>
                <span class="rail-key" aria-hidden="true">{key}</span>
            </a>
            {move || open.get().then(|| view! { <RailUnder parent=own screen/> })}
        </li>
    }
}

/// The screens under an open place.
#[component]
fn RailUnder(parent: Screen, screen: Memo<Screen>) -> impl IntoView {
    SCREENS
        .iter()
        .filter(|def| def.place == Place::Under(parent))
        .map(|def| {
            let own = def.screen;
            view! {
                <a
                    class="rail-item rail-sub"
                    href=Route::to(own).href()
                    aria-current=move || (screen.get() == own).then_some("true")
                >
                    <IconView icon=def.icon/>
                    <span class="rail-name">{t(def.title)}</span>
                </a>
            }
        })
        .collect_view()
}

#[component]
fn RailFoot() -> impl IntoView {
    let workspace = Workspace::here();
    let engine = move || {
        let snapshot = workspace
            .snapshot
            .get()
            .map(|hash| format!(" · {hash}"))
            .unwrap_or_default();
        fill(shell::ENGINE, &[("version", env!("CARGO_PKG_VERSION"))]) + &snapshot
    };
    let storage = move || {
        workspace.storage.get().map(|(used, quota)| {
            fill(
                shell::STORAGE_USED,
                &[("used", &bytes(used)), ("quota", &bytes(quota))],
            )
        })
    };
    view! {
        <div class="rail-foot">
            <div>{engine}</div>
            <div>{storage}</div>
            <div>{t(shell::DATA_STAYS)}</div>
        </div>
    }
}

#[component]
pub(super) fn BottomBar(screen: Memo<Screen>) -> impl IntoView {
    view! {
        <nav class="bottom" aria-label=t(shell::PLACES)>
            {SCREENS
                .iter()
                .filter_map(|def| match def.place {
                    Place::Rail { name, .. } => Some((def, name)),
                    Place::Under(_) | Place::Hidden => None,
                })
                .take(5)
                .map(|(def, name)| {
                    let own = def.screen;
                    view! {
                        <a
                            href=Route::to(own).href()
                            aria-current=move || (screen.get().place() == own).then_some("page")
                        >
                            <IconView icon=def.icon/>
                            <span>{t(name)}</span>
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
