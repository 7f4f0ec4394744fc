//! The first lines as they stand, and how they are cut: encoding, separator, sheet, header line.

use super::draft::Draft;
use super::importing::Importing;
use crate::i18n::messages::data;
use crate::i18n::{Msg, bytes, fill, number, t, tr};
use crate::ui::{Choice, Panel, Select};
use engine::import::{Encoding, FileFormat};
use leptos::prelude::*;
use protocol::io::OpenedFile;
use std::sync::Arc;

/// Lines shown.
const LINES: usize = 6;
/// Lines that may be named as the header.
const HEADER_LINES: u64 = 20;
/// Separators to choose from; another one that was found is added.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

#[component]
pub(super) fn PreviewPanel(importing: Importing) -> impl IntoView {
    let opened = importing.opened;
    let caption = Signal::derive(move || {
        opened
            .with(|opened| opened.as_ref().map(|opened| bytes(opened.bytes as f64)))
            .unwrap_or_default()
    });
    let is_text = Memo::new(move |_| {
        opened
            .with(|opened| opened.as_ref()?.encoding.map(|_| ()))
            .is_some()
    });
    let lines = move || {
        let opened = opened.get()?;
        Some(if is_text.get() {
            view! { <TextLines importing opened/> }.into_any()
        } else {
            view! { <SheetRows opened/> }.into_any()
        })
    };
    view! {
        <Panel title=data::PREVIEW caption>
            <div class="stack">
                <div class="preview-format">
                    {move || {
                        if is_text.get() {
                            view! { <TextFormat importing/> }.into_any()
                        } else {
                            view! { <SheetChoice importing/> }.into_any()
                        }
                    }}
                    <HeaderLine importing/>
                </div>
                {lines}
            </div>
        </Panel>
    }
}

/// The format that the mapping uses now.
fn format(importing: Importing) -> Memo<FileFormat> {
    let of = |draft: &Draft| draft.mapping.format.clone();
    Memo::new(move |_| {
        importing
            .draft
            .with(|draft| draft.as_ref().map(of))
            .unwrap_or_default()
    })
}

#[component]
fn TextFormat(importing: Importing) -> impl IntoView {
    let format = format(importing);
    let encodings = Encoding::ALL
        .map(|one| Choice::new(one, one.as_str()))
        .to_vec();
    let separators = Signal::derive(move || {
        let found = format.with(|format| format.separator);
        let other = Some(found).filter(|found| !SEPARATORS.contains(found));
        let all = SEPARATORS.into_iter().chain(other);
        all.map(|one| Choice::new(one, Signal::derive(move || separator_word(one))))
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            label=data::ENCODING
            choices=Signal::stored(encodings)
            value=Signal::derive(move || format.with(|format| format.encoding))
            on_change=move |chosen| importing.look_again(|wish| wish.encoding = Some(chosen))
        />
        <Select
            label=data::SEPARATOR
            choices=separators
            value=Signal::derive(move || format.with(|format| format.separator))
            on_change=move |chosen| importing.look_again(|wish| wish.separator = Some(chosen))
        />
    }
}

/// The name of a separator; a sign without one stands for itself.
fn separator_word(separator: char) -> String {
    let known: Option<Msg> = match separator {
        ',' => Some(data::COMMA),
        ';' => Some(data::SEMICOLON),
        '\t' => Some(data::TAB),
        '|' => Some(data::PIPE),
        _ => None,
    };
    known.map_or_else(|| separator.to_string(), |message| tr(message).to_owned())
}

#[component]
fn SheetChoice(importing: Importing) -> impl IntoView {
    let format = format(importing);
    let choices = Signal::derive(move || {
        let opened = importing.opened.get();
        let sheets = opened
            .map(|opened| opened.sheets.clone())
            .unwrap_or_default();
        let choice = |sheet: String| Choice::new(sheet.clone(), sheet);
        sheets.into_iter().map(choice).collect::<Vec<_>>()
    });
    let choose = move |sheet: String| {
        importing.look_again(|wish| {
            wish.sheet = sheet;
            wish.header_line = None;
        });
    };
    view! {
        <Select
            label=data::SHEET
            choices
            value=Signal::derive(move || format.with(|format| format.sheet.clone()))
            on_change=choose
        />
    }
}

#[component]
fn HeaderLine(importing: Importing) -> impl IntoView {
    let format = format(importing);
    let line = Signal::derive(move || format.with(|format| format.header_line));
    let choices = Signal::derive(move || {
        let lines = 1..=HEADER_LINES.max(line.get());
        let word = |line: u64| {
            Signal::derive(move || fill(data::LINE_NUMBER, &[("n", &number(line as f64, 0))]))
        };
        lines
            .map(|line| Choice::new(line, word(line)))
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            label=data::HEADER_LINE
            choices
            value=line
            on_change=move |line| importing.look_again(|wish| wish.header_line = Some(line))
        />
    }
}

/// Lines of a text file; those above the header are not read.
#[component]
fn TextLines(importing: Importing, opened: Arc<OpenedFile>) -> impl IntoView {
    let header = importing.draft.with_untracked(|draft| {
        draft
            .as_ref()
            .map_or(1, |draft| draft.mapping.format.header_line)
    });
    let lines = (1_u64..).zip(opened.lines.iter().take(LINES).cloned());
    let row = |(line, text): (u64, String)| {
        let place = match line.cmp(&header) {
            std::cmp::Ordering::Less => "above",
            std::cmp::Ordering::Equal => "header",
            std::cmp::Ordering::Greater => "row",
        };
        view! {
            <div class="preview-line" data-place=place>
                <span class="preview-number">{line}</span>
                <span class="preview-text">{text}</span>
            </div>
        }
    };
    view! {
        <div class="preview" role="region" tabindex="0" aria-label=t(data::PREVIEW)>
            {lines.map(row).collect_view()}
        </div>
    }
}

/// Header and first rows of a sheet.
#[component]
fn SheetRows(opened: Arc<OpenedFile>) -> impl IntoView {
    let columns = opened.proposal.columns.iter();
    let head = columns
        .map(|column| {
            let header = column.header.clone();
            view! { <th scope="col">{header}</th> }
        })
        .collect_view();
    let rows = opened.rows.iter().take(LINES).map(|row| {
        let cells = row.iter().cloned().map(|cell| view! { <td>{cell}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="preview" role="region" tabindex="0" aria-label=t(data::PREVIEW)>
            <table class="preview-table">
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
