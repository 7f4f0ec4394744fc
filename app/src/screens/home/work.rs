//! Work to do, with its money and the way to it.

use super::model::{Work, work};
use crate::bridge::Query;
use crate::i18n::messages::{home, kpi};
use crate::i18n::{by_id, fill, money_short, number, t, tr};
use crate::parts::{SeverityBadge, picked};
use crate::routes::{Route, Screen};
use crate::state::Workspace;
use crate::ui::Panel;
use leptos::prelude::*;
use protocol::ViewData;

#[component]
pub(super) fn WorkList(panels: Query, kpis: Query) -> impl IntoView {
    let currency = Workspace::here().currency;
    let statuses = picked(panels, |shown| match &shown.data {
        ViewData::StockStatus(panels) => Some(panels.clone()),
        _ => None,
    });
    let tiles = picked(kpis, |shown| match &shown.data {
        ViewData::Kpis { tiles, .. } => Some(tiles.clone()),
        _ => None,
    });
    let list = Signal::derive(move || {
        work(
            &statuses.get().unwrap_or_default(),
            &tiles.get().unwrap_or_default(),
        )
    });
    let caption = Signal::derive(move || {
        fill(
            home::WORK_CAPTION,
            &[("n", &list.with(Vec::len).to_string())],
        )
    });
    let rows = move || {
        let list = list.get();
        if list.is_empty() {
            return view! { <p class="caption work-none">{t(home::WORK_NONE)}</p> }.into_any();
        }
        let rows = list
            .into_iter()
            .map(|work| view! { <WorkRow work currency/> })
            .collect_view();
        view! { <ul class="work-list">{rows}</ul> }.into_any()
    };
    view! { <Panel title=home::WORK caption flush=true>{rows}</Panel> }
}

#[component]
fn WorkRow(work: Work, currency: RwSignal<String>) -> impl IntoView {
    let severity = work.severity();
    let (what, why) = work.words();
    let href = match &work {
        Work::Status { status, .. } => Route::to(Screen::Replenish)
            .with("status", Some(status.as_str()))
            .href(),
        Work::File { .. } => Route::to(Screen::Data).href(),
    };
    let (count, money, file, figure) = match work {
        Work::Status { count, money, .. } => (count, Some(money), String::new(), None),
        Work::File { file, kpi: id } => (0, None, file, by_id(kpi::ALL, &id)),
    };
    let what_file = file.clone();
    let what = move || {
        fill(
            what,
            &[("n", &number(f64::from(count), 0)), ("file", &what_file)],
        )
    };
    let why = move || fill(why, &[("kpi", figure.map_or("", tr))]);
    view! {
        <li>
            <a href=href>
                <SeverityBadge severity/>
                <span class="work-words">
                    <span>{what}</span>
                    <span class="caption">{why}</span>
                </span>
                <strong class="num">{move || money.map(|money| money_short(money, &currency.get()))}</strong>
            </a>
        </li>
    }
}
