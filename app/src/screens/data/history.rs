//! What was imported, newest first, each with its undo.

use super::importing::Importing;
use crate::bridge::{Bridge, query};
use crate::i18n::messages::{data, settings};
use crate::i18n::{fill, number, t, tr};
use crate::parts::{failure_text, table_name};
use crate::ui::{Button, ButtonKind, FourStates, Icon, Panel, ViewState};
use leptos::prelude::*;
use protocol::view::ImportRecord;
use protocol::{View, ViewData, ViewKind};

#[component]
pub(super) fn HistoryPanel(importing: Importing) -> impl IntoView {
    let bridge = Bridge::here();
    let shown = query(&[ViewKind::Data], || Some(View::ImportHistory));
    let records = Memo::new(move |_| {
        shown.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::ImportHistory(records) => Some(records.clone()),
            _ => None,
        })
    });
    let state = move || match (shown.error.get(), records.get()) {
        (Some(error), _) => ViewState::Failed(failure_text(&error)),
        (None, None) => ViewState::Loading,
        (None, Some(records)) if records.is_empty() => ViewState::Empty,
        (None, Some(_)) => ViewState::Done,
    };
    let rows = move || {
        let newest_first = records
            .get()
            .into_iter()
            .flat_map(|list| list.into_iter().rev());
        newest_first
            .map(|record| view! { <HistoryRow record importing/> })
            .collect_view()
    };
    view! {
        <Panel title=data::HISTORY>
            <FourStates
                state=Signal::derive(state)
                empty=|| view! { <p class="faint">{t(data::HISTORY_EMPTY)}</p> }
                on_retry=move |()| bridge.reload(ViewKind::Data)
                unaffected=data::UNAFFECTED
            >
                <ul class="import-list">{rows}</ul>
            </FourStates>
        </Panel>
    }
}

#[component]
fn HistoryRow(record: ImportRecord, importing: Importing) -> impl IntoView {
    let ImportRecord {
        batch,
        file,
        tables,
        rows_read,
        rows_refused,
        ..
    } = record;
    let refused = move || {
        (rows_refused > 0).then(|| {
            let (refused, read) = (number(rows_refused as f64, 0), number(rows_read as f64, 0));
            let text = fill(data::REFUSED_OF, &[("refused", &refused), ("read", &read)]);
            view! { <span class="dense faint import-note">{text}</span> }
        })
    };
    let name = StoredValue::new(file);
    let shown = Signal::derive(move || name.with_value(|file| shown_name(file)));
    let hint = Signal::derive(move || fill(data::UNDO_IMPORT_OF, &[("file", &shown.get())]));
    view! {
        <li class="row">
            <span class="grow">
                <span class="strong cut import-file">{shown}</span>
                <span class="dense faint import-note"><Loaded tables/></span>
                {refused}
            </span>
            <Button
                small=true
                kind=ButtonKind::Quiet
                icon=Icon::Undo
                label=data::UNDO_IMPORT
                hint
                on_press=move |()| importing.undo(batch, shown.get_untracked())
            />
        </li>
    }
}

/// The rows of each table; of many tables their sum, which opens to them.
#[component]
fn Loaded(tables: Vec<(String, u64)>) -> impl IntoView {
    const SHOWN: usize = 3;
    let count = tables.len();
    let sum: u64 = tables.iter().map(|(_, rows)| rows).sum();
    let line = |(table, rows): &(String, u64)| {
        let rows = number(*rows as f64, 0);
        fill(
            data::TABLE_ROWS,
            &[("table", &table_name(table)), ("rows", &rows)],
        )
    };
    if count <= SHOWN {
        let words = move || tables.iter().map(line).collect::<Vec<_>>().join(" · ");
        return view! { <span>{words}</span> }.into_any();
    }
    let total = move || {
        let (count, sum) = (number(count as f64, 0), number(sum as f64, 0));
        fill(data::TABLES_ROWS, &[("tables", &count), ("rows", &sum)])
    };
    let lines = move || {
        let line = |one| view! { <li>{line(one)}</li> };
        tables.iter().map(line).collect_view()
    };
    view! {
        <details class="import-tables">
            <summary>{total}</summary>
            <ul>{lines}</ul>
        </details>
    }
    .into_any()
}

/// A demo company stands under the name of its generator; files keep theirs.
fn shown_name(file: &str) -> String {
    match file {
        DEMO_A => tr(settings::DEMO_NAME).to_owned(),
        file => file.to_owned(),
    }
}

const DEMO_A: &str = "demo a";
