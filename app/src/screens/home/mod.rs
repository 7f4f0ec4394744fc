//! The Home screen (驾驶舱): key figures, stock by status and money, work to do.

mod model;
mod status;
mod tiles;
mod work;

use crate::bridge::{Bridge, new_workspace_id, query};
use crate::i18n::messages::{home, shell};
use crate::i18n::{t, tr};
use crate::parts::view_state;
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::{Button, ButtonKind, EmptyState, FourStates, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::request::WorkspaceSource;
use protocol::{Request, View, ViewData, ViewKind};
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
        </header>
        <FourStates
            state
            empty=|| view! { <FirstRun/> }
            on_retry=move |()| bridge.ask_again(KINDS)
            unaffected=home::UNAFFECTED
        >
            <Tiles kpis/>
            <StatusPanels panels kpis/>
            <WorkList panels kpis/>
        </FourStates>
    }
}

/// Nothing is open yet: the demo company or the user's own files.
#[component]
fn FirstRun() -> impl IntoView {
    let router = Router::here();
    let bridge = Bridge::here();
    let is_opening = RwSignal::new(false);
    let open_demo = move |()| {
        is_opening.set(true);
        let source = WorkspaceSource::Demo {
            company: "a".to_owned(),
            seed: DEMO_SEED,
        };
        let name = untrack(|| tr(home::DEMO_NAME)).to_owned();
        spawn_local(async move {
            let opened = bridge
                .enter(
                    Request::CreateWorkspace {
                        workspace: new_workspace_id(),
                        name,
                        source,
                    },
                    Vec::new(),
                )
                .await;
            if let Err(error) = opened {
                leptos::logging::warn!("{error}");
            }
            is_opening.set(false);
        });
    };
    view! {
        <EmptyState icon=Icon::Home title=home::EMPTY_TITLE body=home::EMPTY_BODY>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Building
                label=Signal::derive(move || tr(if is_opening.get() { home::OPENING } else { home::OPEN_DEMO }).to_owned())
                disabled=is_opening
                on_press=open_demo
            />
            <Button icon=Icon::Upload label=home::GO_IMPORT on_press=move |()| router.open(Screen::Data)/>
        </EmptyState>
    }
}

/// Seed of the demo company that one press opens.
const DEMO_SEED: u64 = 1;
