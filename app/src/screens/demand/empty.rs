//! Before there is a forecast: which file fills the screen, and the ways to one.

use crate::bridge::{Bridge, new_workspace_id, query};
use crate::i18n::messages::demand;
use crate::i18n::{fill, t, tr};
use crate::routes::Screen;
use crate::state::{Notice, Notices, Router};
use crate::ui::{Button, ButtonKind, EmptyState, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::request::WorkspaceSource;
use protocol::{AppError, Request, View, ViewData, ViewKind};

/// The company the demo button opens; it is generated from its own committed seed.
const DEMO: &str = "a";

/// Without demand data: import or demo. With data but no plan: compute it.
#[component]
pub(super) fn NoDemand() -> impl IntoView {
    let router = Router::here();
    let (bridge, notices) = (Bridge::here(), Notices::here());
    let busy = RwSignal::new(false);
    let summary = query(&[ViewKind::Data], || Some(View::DataSummary));
    let has_demand = Memo::new(move |_| {
        let shown = summary.data.get();
        match shown.as_deref().map(|shown| &shown.data) {
            Some(ViewData::DataSummary { tables, .. }) => tables
                .iter()
                .any(|(name, rows)| name == "demand" && *rows > 0),
            _ => false,
        }
    });
    let run = move |with_demo: bool| {
        busy.set(true);
        spawn_local(async move {
            let done = match with_demo {
                true => open_demo(bridge).await,
                false => plan(bridge).await,
            };
            busy.try_set(false);
            if let Err(error) = done {
                let code = error.code.as_str();
                let text = untrack(|| fill(demand::NOT_OPENED, &[("code", code)]));
                notices.show(Notice::bad(text));
            }
        });
    };
    view! {
        {move || match has_demand.get() {
            true => view! {
                <EmptyState icon=Icon::Chart title=demand::NO_PLAN_TITLE body=demand::NO_PLAN_BODY>
                    <Button
                        kind=ButtonKind::Primary
                        icon=Icon::Play
                        label=demand::COMPUTE
                        disabled=busy
                        on_press=move |()| run(false)
                    />
                </EmptyState>
            }.into_any(),
            false => view! {
                <EmptyState icon=Icon::Chart title=demand::EMPTY_TITLE body=demand::EMPTY_BODY>
                    <Button
                        kind=ButtonKind::Primary
                        icon=Icon::Upload
                        label=demand::GO_DATA
                        on_press=move |()| router.open(Screen::Data)
                    />
                    <Button
                        icon=Icon::Building
                        label=demand::OPEN_DEMO
                        disabled=busy
                        on_press=move |()| run(true)
                    />
                </EmptyState>
            }.into_any(),
        }}
        <p class="dim" role="status">{move || busy.get().then(|| t(demand::COMPUTING))}</p>
    }
}

async fn open_demo(bridge: Bridge) -> Result<(), AppError> {
    let request = Request::CreateWorkspace {
        workspace: new_workspace_id(),
        name: untrack(|| tr(demand::DEMO_NAME)).to_owned(),
        source: WorkspaceSource::Demo {
            company: DEMO.to_owned(),
            seed: 0,
        },
    };
    bridge.enter(request, Vec::new()).await?;
    plan(bridge).await
}

async fn plan(bridge: Bridge) -> Result<(), AppError> {
    bridge.ask(Request::RunPlan).await.map(|_answer| ())
}
