//! What the tables say of each other: codes that name nothing, successors in a circle, demand after the date.

use crate::bridge::{Bridge, query};
use crate::i18n::messages::data;
use crate::i18n::{fill, number, t, tr};
use crate::parts::{column_name, issue_text, table_name, view_state};
use crate::ui::{FourStates, Panel, ViewState};
use engine::issue::Issue;
use leptos::prelude::*;
use protocol::{View, ViewData, ViewKind};

/// Issues shown, and how many there are.
type Shown = (Vec<Issue>, u32);

#[component]
pub(super) fn ChecksPanel() -> impl IntoView {
    let bridge = Bridge::here();
    let query = query(&[ViewKind::Data, ViewKind::Plan], || Some(View::Checks));
    let shown = Memo::new(move |_| {
        query.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::Checks { issues, count } => Some((issues.clone(), *count)),
            _ => None,
        })
    });
    let state = view_state(query, |data| match data {
        ViewData::Checks { issues, .. } => issues.is_empty(),
        _ => true,
    });
    let caption = Signal::derive(move || {
        let (issues, count) = shown.get().unwrap_or_default();
        let [few, all] = [issues.len() as f64, f64::from(count)].map(|count| number(count, 0));
        match issues.len() < count as usize {
            true => fill(data::CHECKS_SOME, &[("few", &few), ("n", &all)]),
            false => fill(data::CHECKS_COUNT, &[("n", &all)]),
        }
    });
    // Without a plan nothing was checked, and nothing is said.
    let is_said = Memo::new(move |_| {
        shown.with(Option::is_some) || matches!(state.get(), ViewState::Failed(_))
    });
    let panel = move || {
        view! {
            <Panel title=data::CHECKS caption>
                <FourStates
                    state
                    empty=|| view! { <p class="faint">{t(data::CHECKS_NONE)}</p> }
                    on_retry=move |()| bridge.reload(ViewKind::Data)
                    unaffected=data::UNAFFECTED
                >
                    {move || shown.get().map(|shown| table(&shown))}
                </FourStates>
            </Panel>
        }
    };
    view! { {move || is_said.get().then(panel)} }
}

fn table((issues, _): &Shown) -> impl IntoView + use<> {
    let row = |issue: &Issue| {
        let column = column_name(&issue.place.column);
        view! {
            <tr data-code=issue.code.as_str()>
                <th scope="row">{table_name(&issue.place.file)}</th>
                <td>{column}</td>
                <td>{issue_text(issue)}</td>
            </tr>
        }
    };
    let rows = issues.iter().map(row).collect_view();
    view! {
        <div class="data-checks" tabindex="0" role="region" aria-label=tr(data::CHECKS)>
            <table class="plain-table">
                <thead>
                    <tr>
                        <th scope="col">{t(data::TABLE)}</th>
                        <th scope="col">{t(data::COLUMN)}</th>
                        <th scope="col">{t(data::REASON)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
