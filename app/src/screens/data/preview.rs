//! The first lines as they stand, with the encoding that reads them.

use super::importing::Importing;
use crate::i18n::messages::data;
use crate::i18n::{Msg, bytes, t, tr};
use crate::ui::{Choice, Panel, Select};
use engine::import::Encoding;
use leptos::prelude::*;
use protocol::io::OpenedFile;
use std::sync::Arc;

/// Lines shown.
const LINES: usize = 8;

#[component]
pub(super) fn PreviewPanel(importing: Importing, opened: Arc<OpenedFile>) -> impl IntoView {
    let size = opened.bytes as f64;
    let lines = opened.lines.iter().take(LINES).cloned().collect::<Vec<_>>();
    let text = lines.join("\n");
    let caption = Signal::derive(move || bytes(size));
    view! {
        <Panel title=data::PREVIEW caption>
            <div class="stack">
                {match opened.encoding {
                    Some(found) => {
                        view! {
                            <TextFormat importing encoding=found.encoding/>
                            <pre class="preview" role="region" tabindex="0" aria-label=t(data::PREVIEW)>
                                {text}
                            </pre>
                        }
                            .into_any()
                    }
                    None => view! { <SheetChoice importing sheets=opened.sheets.clone()/> }.into_any(),
                }}
            </div>
        </Panel>
    }
}

#[component]
fn TextFormat(importing: Importing, encoding: Encoding) -> impl IntoView {
    let choices = Encoding::ALL
        .map(|one| Choice::new(one, one.as_str()))
        .to_vec();
    let separator = move || {
        importing.draft.with(|draft| {
            let separator = draft.as_ref().map(|draft| draft.mapping.format.separator);
            separator.map_or_else(String::new, separator_word)
        })
    };
    view! {
        <div class="row wrap">
            <Select
                label=data::ENCODING
                choices=Signal::stored(choices)
                value=Signal::stored(encoding)
                on_change=move |chosen| importing.open(Some(chosen), String::new())
            />
            <dl class="facts separator">
                <dt>{t(data::SEPARATOR)}</dt>
                <dd>{separator}</dd>
            </dl>
        </div>
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
fn SheetChoice(importing: Importing, sheets: Vec<String>) -> impl IntoView {
    let choices = sheets
        .iter()
        .map(|sheet| Choice::new(sheet.clone(), sheet.clone()))
        .collect::<Vec<_>>();
    let chosen = move || {
        importing.draft.with(|draft| {
            let format = draft.as_ref().map(|draft| draft.mapping.format.clone());
            format.map(|format| format.sheet).unwrap_or_default()
        })
    };
    view! {
        <Select
            label=data::SHEET
            choices=Signal::stored(choices)
            value=Signal::derive(chosen)
            on_change=move |sheet: String| importing.open(None, sheet)
        />
    }
}
