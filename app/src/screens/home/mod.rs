//! The Home screen (驾驶舱): key figures, stock by status and money, work to do.

mod model;
mod status;
mod tiles;
mod work;

pub use model::TILES;

use crate::bridge::{Bridge, Query, Visits, query};
use crate::i18n::messages::{home, shell};
use crate::i18n::{day_iso, fill, number, t, tr};
use crate::parts::{picked, view_state};
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::{Button, ButtonKind, EmptyState, FourStates, Icon};
use leptos::prelude::*;
use protocol::{View, ViewData, ViewKind};
use status::StatusPanels;
use tiles::Tiles;
use work::WorkList;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Home/> }.into_any()
}

/// Groups of views that change what Home shows.
const KINDS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Data];

#[component]
fn Home() -> impl IntoView {
    let kpis = query(KINDS, || Some(View::Kpis));
    let panels = query(KINDS, || Some(View::StockStatus));
    let state = view_state(
        kpis,
        |data| matches!(data, ViewData::Kpis { tiles, .. } if tiles.is_empty()),
    );
    let bridge = Bridge::here();
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::HOME)}</h1>
            <Scope kpis/>
        </header>
        <FourStates
            state
            empty=|| view! { <FirstRun/> }
            on_retry=move |()| bridge.ask_again(KINDS)
            unaffected=home::UNAFFECTED
        >
            <div class="home">
                <Tiles kpis/>
                <StatusPanels panels/>
                <WorkList panels kpis/>
            </div>
        </FourStates>
    }
}

/// What the figures are of, and the day their base is read at.
#[component]
fn Scope(kpis: Query) -> impl IntoView {
    let facts = picked(kpis, |shown| match &shown.data {
        ViewData::Kpis { tiles, size, .. } => {
            let base = tiles.iter().find_map(|tile| tile.base).map(|(day, _)| day);
            Some((*size, base))
        }
        _ => None,
    });
    let size = move || {
        let [skus, sites, places, channels] = facts.get()?.0.map(|n| number(f64::from(n), 0));
        let values = [
            ("skus", &skus),
            ("sites", &sites),
            ("places", &places),
            ("channels", &channels),
        ];
        Some(fill(
            home::SIZE,
            &values.map(|(name, value)| (name, value.as_str())),
        ))
    };
    let base = move || {
        let day = facts.get()?.1?;
        Some(fill(home::BASE_DAY, &[("day", &day_iso(day))]))
    };
    view! {
        <span class="dim">{size}</span>
        <span class="grow"></span>
        <span class="dense dim">{base}</span>
    }
}

/// Nothing is open yet: the demo company or the user's own files.
#[component]
fn FirstRun() -> impl IntoView {
    let router = Router::here();
    let visits = Visits::here();
    let label = Signal::derive(move || {
        let is_opening = visits.is_entering.get();
        tr(if is_opening {
            home::OPENING
        } else {
            home::OPEN_DEMO
        })
        .to_owned()
    });
    let open_demo = move |()| visits.open_demo("a", untrack(|| tr(home::DEMO_NAME)).to_owned());
    view! {
        <EmptyState icon=Icon::Home title=home::EMPTY_TITLE body=home::EMPTY_BODY>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Building
                label
                disabled=visits.is_entering
                on_press=open_demo
            />
            <Button icon=Icon::Upload label=home::GO_IMPORT on_press=move |()| router.open(Screen::Data)/>
        </EmptyState>
    }
}
