//! Before there is a forecast: which file fills the screen, and the ways to one.

use crate::bridge::{Visits, query};
use crate::i18n::messages::{demand, home};
use crate::i18n::tr;
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::{Button, ButtonKind, EmptyState, Icon};
use leptos::prelude::*;
use protocol::{View, ViewData, ViewKind};

/// Without demand data: import or demo. With data but no plan: compute it.
#[component]
pub(super) fn NoDemand() -> impl IntoView {
    let (router, visits) = (Router::here(), Visits::here());
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
    let open_demo = move |()| visits.open_demo("a", untrack(|| tr(home::DEMO_NAME)).to_owned());
    move || match has_demand.get() {
        true => view! {
            <EmptyState icon=Icon::Chart title=demand::NO_PLAN_TITLE body=demand::NO_PLAN_BODY>
                <Button
                    kind=ButtonKind::Primary
                    icon=Icon::Play
                    label=demand::COMPUTE
                    on_press=move |()| visits.plan()
                />
            </EmptyState>
        }
        .into_any(),
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
                    label=home::OPEN_DEMO
                    disabled=visits.is_entering
                    on_press=open_demo
                />
            </EmptyState>
        }
        .into_any(),
    }
}
