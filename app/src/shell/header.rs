//! The bar over the screen: workspace, date, freshness, search, undo, language, storage.

use super::badges::{FreshnessBar, OfflineBadge, RiskBadge, SaveBadge, Tasks};
use super::language::LanguageSwitch;
use crate::i18n::messages::shell;
use crate::i18n::{Msg, day_iso, fill, t, tr, weekday_week};
use crate::routes::Screen;
use crate::state::{Commands, Router, UndoState, UndoStep, Workspace};
use crate::ui::{Icon, IconButton, IconView};
use leptos::prelude::*;

/// The keys that open the search, as printed on key caps.
const SEARCH_KEYS: &str = "Ctrl K";

#[component]
pub(super) fn Header() -> impl IntoView {
    let router = Router::here();
    view! {
        <header class="head">
            <WorkspaceName/>
            <span class="head-sep"></span>
            <AsOf/>
            <FreshnessBar/>
            <span class="head-space"></span>
            <Tasks/>
            <SearchBox/>
            <UndoButtons/>
            <LanguageSwitch/>
            <RiskBadge/>
            <SaveBadge/>
            <OfflineBadge/>
            <IconButton
                icon=Icon::Gear
                label=shell::SETTINGS
                on_press=move |()| router.open(Screen::Settings)
            />
        </header>
    }
}

#[component]
fn WorkspaceName() -> impl IntoView {
    let workspace = Workspace::here();
    let name = move || {
        workspace
            .name
            .get()
            .unwrap_or_else(|| tr(shell::NO_WORKSPACE).to_owned())
    };
    view! { <span class="head-name">{name}</span> }
}

#[component]
fn AsOf() -> impl IntoView {
    let workspace = Workspace::here();
    let heard = move || match workspace.as_of.get() {
        Some(day) => fill(shell::AS_OF, &[("day", &day_iso(day))]),
        None => tr(shell::NO_AS_OF).to_owned(),
    };
    let shown = move || {
        workspace.as_of.get().map(|day| {
            view! {
                <span class="head-box head-date" title=heard>
                    <IconView icon=Icon::Calendar/>
                    <time datetime=day_iso(day)>{day_iso(day)}</time>
                    <span class="head-week">{move || weekday_week(day)}</span>
                </span>
            }
        })
    };
    view! { {shown} }
}

#[component]
fn SearchBox() -> impl IntoView {
    let commands = Commands::here();
    view! {
        <button
            type="button"
            class="search"
            aria-keyshortcuts="Control+K"
            on:click=move |_| commands.palette_open.set(true)
        >
            <IconView icon=Icon::Search/>
            <span>{t(shell::SEARCH)}</span>
            <kbd>{SEARCH_KEYS}</kbd>
        </button>
    }
}

#[component]
fn UndoButtons() -> impl IntoView {
    let state = UndoState::here();
    view! {
        <IconButton
            icon=Icon::Undo
            label=step_label(state.undo, shell::UNDO, shell::UNDO_WHAT)
            disabled=Signal::derive(move || state.undo.with(Option::is_none))
            on_press=move |()| state.undo()
        />
        <IconButton
            icon=Icon::Redo
            label=step_label(state.redo, shell::REDO, shell::REDO_WHAT)
            disabled=Signal::derive(move || state.redo.with(Option::is_none))
            on_press=move |()| state.redo()
        />
    }
}

fn step_label(step: RwSignal<Option<UndoStep>>, bare: Msg, with_step: Msg) -> Signal<String> {
    Signal::derive(move || match step.get() {
        Some(step) => fill(with_step, &[("what", &step.label.get())]),
        None => tr(bare).to_owned(),
    })
}
