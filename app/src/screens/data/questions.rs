//! What the user has to decide, and the values of columns that the file does not have.

use super::conventions::Conventions;
use super::draft::{Draft, OpenWord};
use super::mapping_table::change;
use crate::i18n::messages::data;
use crate::i18n::{fill, t, tr};
use crate::parts::column_name;
use crate::ui::{Choice, Panel, Select, TextField};
use leptos::prelude::*;

#[component]
pub(super) fn QuestionsPanel(draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let table_is_open = Memo::new(move |_| {
        draft.with(|draft| draft.as_ref().is_some_and(|draft| !draft.is_table_known))
    });
    // By name, so that a field keeps its focus while its value is typed.
    let absent = Memo::new(move |_| draft.with(|draft| draft.as_ref().map(Draft::absent)));
    let words = Memo::new(move |_| draft.with(|draft| draft.as_ref().map(Draft::words)));
    let constants = move || {
        let columns = absent.get().unwrap_or_default().into_iter();
        columns
            .map(|column| view! { <ConstantField draft column/> })
            .collect_view()
    };
    let meanings = move || {
        let words = words.get().unwrap_or_default().into_iter();
        words
            .map(|open| view! { <WordChoice draft open/> })
            .collect_view()
    };
    let is_ready =
        Memo::new(move |_| draft.with(|draft| draft.as_ref().is_some_and(Draft::is_ready)));
    let title = Signal::derive(move || {
        tr(if is_ready.get() {
            data::RULES
        } else {
            data::QUESTIONS
        })
        .to_owned()
    });
    view! {
        <Panel title>
            <div class="stack">
                {move || {
                    table_is_open
                        .get()
                        .then(|| view! { <p class="warn" role="alert">{t(data::QUESTION_TABLE)}</p> })
                }}
                {constants}
                {meanings}
                <Conventions draft/>
            </div>
        </Panel>
    }
}

/// One value for every row of a column.
#[component]
fn ConstantField(draft: RwSignal<Option<Draft>>, column: String) -> impl IntoView {
    let column = StoredValue::new(column);
    let value = Memo::new(move |_| {
        column.with_value(|column| {
            draft.with(|draft| {
                let value = draft.as_ref()?.mapping.constant(column)?;
                Some(value.to_owned())
            })
        })
    });
    let label = Signal::derive(move || {
        let name = column.with_value(|column| column_name(column));
        fill(data::VALUE_FOR_ALL, &[("column", &name)])
    });
    let missing = Signal::derive(move || {
        let name = column.with_value(|column| column_name(column));
        value
            .with(Option::is_none)
            .then(|| fill(data::QUESTION_MISSING, &[("column", &name)]))
    });
    let set = move |text: String| {
        column.with_value(|column| change(draft, |draft| draft.set_constant(column, &text)));
    };
    view! {
        <TextField
            label
            value=Signal::derive(move || value.get().unwrap_or_default())
            on_input=set
            error=missing
        />
    }
}

#[component]
fn WordChoice(draft: RwSignal<Option<Draft>>, open: OpenWord) -> impl IntoView {
    let open = StoredValue::new(open);
    let choices = open.with_value(|open| {
        let undecided = Choice::new(None, data::MARK_UNDECLARED);
        let words = open
            .choices
            .iter()
            .map(|word| Choice::new(Some(*word), *word));
        std::iter::once(undecided).chain(words).collect::<Vec<_>>()
    });
    let chosen = move || {
        open.with_value(|open| {
            draft.with(|draft| {
                let words = &draft.as_ref()?.mapping.words;
                let meaning = words
                    .iter()
                    .find(|one| one.column == open.column && one.from == open.word)?;
                open.choices
                    .iter()
                    .copied()
                    .find(|word| *word == meaning.to)
            })
        })
    };
    let label = Signal::derive(move || {
        open.with_value(|open| {
            let column = column_name(&open.column);
            fill(
                data::WORD_MEANS,
                &[("column", &column), ("word", &open.word)],
            )
        })
    });
    let choose = move |meaning: Option<&'static str>| {
        open.with_value(|open| {
            change(draft, |draft| {
                draft.set_word(&open.column, &open.word, meaning)
            });
        });
    };
    view! {
        <Select
            label
            choices=Signal::stored(choices)
            value=Signal::derive(chosen)
            on_change=choose
        />
    }
}

/// The label of a convention, with the example that makes it a question.
pub(super) fn asked(
    bare: crate::i18n::Msg,
    with_example: crate::i18n::Msg,
    example: Option<String>,
) -> String {
    match example {
        Some(example) => fill(with_example, &[("example", &example)]),
        None => tr(bare).to_owned(),
    }
}
