//! The tables at hand and the hashes that name data and plan.

use crate::bridge::{Bridge, Visits, query};
use crate::i18n::messages::data;
use crate::i18n::{number, t, tr};
use crate::parts::{failure_text, table_name};
use crate::ui::{FourStates, Panel, ViewState};
use leptos::prelude::*;
use protocol::{Hash32, View, ViewData, ViewKind};

/// Tables with their rows, and the hash of the whole.
type Summary = (Vec<(String, u64)>, Option<Hash32>);

#[component]
pub(super) fn TablesPanel() -> impl IntoView {
    let bridge = Bridge::here();
    let shown = query(&[ViewKind::Data], || Some(View::DataSummary));
    let summary = Memo::new(move |_| {
        shown.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::DataSummary {
                tables,
                dataset_hash,
            } => Some((tables.clone(), *dataset_hash)),
            _ => None,
        })
    });
    let state = move || match (shown.error.get(), summary.get()) {
        (Some(error), _) => ViewState::Failed(failure_text(&error)),
        (None, None) => ViewState::Loading,
        (None, Some((tables, _))) if tables.is_empty() => ViewState::Empty,
        (None, Some(_)) => ViewState::Done,
    };
    view! {
        <Panel title=data::TABLES>
            <FourStates
                state=Signal::derive(state)
                empty=|| view! { <p class="faint">{t(data::TABLES_EMPTY)}</p> }
                on_retry=move |()| bridge.reload(ViewKind::Data)
                unaffected=data::UNAFFECTED
            >
                {move || summary.get().map(|summary| view! { <TableRows summary/> })}
            </FourStates>
        </Panel>
    }
}

#[component]
fn TableRows(summary: Summary) -> impl IntoView {
    let visits = Visits::here();
    let (tables, hash) = summary;
    let rows = tables.into_iter().map(|(name, rows)| {
        view! {
            <tr>
                <td>{move || table_name(&name)}</td>
                <td class="num">{move || number(rows as f64, 0)}</td>
            </tr>
        }
    });
    view! {
        <table class="plain-table">
            <thead>
                <tr>
                    <th scope="col">{t(data::TABLE)}</th>
                    <th scope="col" class="num">{t(data::ROWS)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <dl class="facts hashes">
            <dt>{t(data::DATASET_HASH)}</dt>
            <dd class="hash" data-name="dataset-hash">{hash.map(|hash| hash.to_string())}</dd>
            <dt>{t(data::PLAN_HASH)}</dt>
            <dd class="hash" data-name="plan-hash">
                {move || visits.plan_hash.get().unwrap_or_else(|| tr(data::NO_PLAN).to_owned())}
            </dd>
        </dl>
    }
}
