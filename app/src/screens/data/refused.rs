//! The rows that did not enter: line, column, reason; all of them in the report.

use super::importing::{Importing, Trouble};
use crate::bridge::Visits;
use crate::i18n::messages::{data, settings};
use crate::i18n::{fill, language, number, t};
use crate::parts::{issue_text, issue_wording};
use crate::state::{Notice, Notices};
use crate::ui::{Button, Cell, DataGrid, GridColumn, GridRow, GridSource, Icon, Panel, save_file};
use engine::issue::Issue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::io::StagedFile;
use std::sync::Arc;

/// Makes spreadsheets read the report as UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

#[component]
pub(super) fn RefusedPanel(importing: Importing, staged: Arc<StagedFile>) -> impl IntoView {
    let (refused, read) = (staged.rows_refused, staged.rows_read);
    let shown = staged.issues.len() as u64;
    let caption = Signal::derive(move || {
        let counts = [
            ("n", &*number(refused as f64, 0)),
            ("rest", &*number(read.saturating_sub(refused) as f64, 0)),
        ];
        let mut text = fill(data::NOT_ENTERED_NOTE, &counts);
        if shown < refused {
            let first = number(shown as f64, 0);
            text = format!("{text} · {}", fill(data::FIRST_SHOWN, &[("n", &first)]));
        }
        text
    });
    if refused == 0 && shown == 0 {
        return view! { <p class="good">{t(data::NOT_ENTERED_NONE)}</p> }.into_any();
    }
    view! {
        <Panel
            title=data::NOT_ENTERED
            caption
            beside=move || {
                view! {
                    <LeftOverButton importing/>
                    <ReportButton importing/>
                }
            }
            flush=true
        >
            <RefusedGrid issues=Arc::new(staged.issues.clone())/>
        </Panel>
    }
    .into_any()
}

/// Lines that the list shows without scrolling.
const LINES_HIGH: usize = 10;
/// The head of the list and its rules.
const HEAD_PIXELS: u32 = 30;

#[component]
fn RefusedGrid(issues: Arc<Vec<Issue>>) -> impl IntoView {
    let mut in_order: Vec<&Issue> = issues.iter().collect();
    in_order.sort_by_key(|issue| issue.place.line);
    let numbered: Vec<(u64, Issue)> = (0..).zip(in_order.into_iter().cloned()).collect();
    let lines = numbered.len().min(LINES_HIGH);
    let numbered = Arc::new(numbered);
    let rows = Signal::derive(move || {
        // Reasons are worded when rows are drawn: a language switch draws them again.
        language();
        numbered.clone()
    });
    let columns = vec![
        GridColumn::number("line", data::LINE, 72.0),
        GridColumn::text("column", data::COLUMN, 160.0),
        GridColumn::text("reason", data::REASON, 320.0).grows(),
    ];
    view! {
        <div
            class="refused-grid"
            style:block-size=format!("calc({lines} * var(--row) + {HEAD_PIXELS}px)")
        >
            <DataGrid
                label=data::NOT_ENTERED
                columns
                source=GridSource::from_rows(rows, row)
            />
        </div>
    }
}

fn row((key, issue): &(u64, Issue)) -> GridRow {
    let cells = vec![
        Cell::text(number(issue.place.line as f64, 0)),
        Cell::text(issue.place.column.clone()),
        Cell::text(issue_text(issue)),
    ];
    GridRow { key: *key, cells }
}

/// The rows themselves with their reasons: corrected, they are imported like any file.
#[component]
fn LeftOverButton(importing: Importing) -> impl IntoView {
    let (notices, visits) = (Notices::here(), Visits::here());
    let save = move |()| {
        let file = importing.name.get_untracked();
        let stem = file.rsplit_once('.').map_or(&*file, |(stem, _ending)| stem);
        let name = untrack(|| fill(data::LEFT_OVER_FILE, &[("file", stem)]));
        let wording = untrack(issue_wording);
        spawn_local(async move {
            match importing.left_over(wording).await {
                Ok(bytes) => save_text(notices, &name, &bytes),
                Err(Trouble::Work(error)) => visits.failed(error),
                Err(trouble) => notices.show(Notice::bad(Signal::derive(move || trouble.text()))),
            }
        });
    };
    view! {
        <Button
            small=true
            icon=Icon::Download
            label=data::LEFT_OVER
            hint=data::LEFT_OVER_HINT
            on_press=save
        />
    }
}

fn save_text(notices: Notices, name: &str, bytes: &[u8]) {
    if save_file(name, "text/csv;charset=utf-8", bytes).is_err() {
        notices.show(Notice::bad(settings::BACKUP_REFUSED));
    }
}

#[component]
fn ReportButton(importing: Importing) -> impl IntoView {
    let notices = Notices::here();
    let visits = Visits::here();
    let save = move |()| {
        let name = fill(
            data::REPORT_FILE,
            &[("file", &importing.name.get_untracked())],
        );
        let Some(report) = importing.report() else {
            return visits.failed(protocol::Code::BadMessage.into());
        };
        let bytes = [BYTE_ORDER_MARK, &report].concat();
        save_text(notices, &name, &bytes);
    };
    view! { <Button small=true icon=Icon::Download label=data::REPORT on_press=save/> }
}
