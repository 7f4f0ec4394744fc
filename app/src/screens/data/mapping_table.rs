//! Which column of the file goes where, and how sure that is.

use super::draft::{Draft, targets};
use crate::i18n::messages::data;
use crate::i18n::{Msg, fill, number, t, tr};
use crate::parts::{column_name, table_name};
use crate::ui::{Choice, Panel, Select, Shape, ShapeView};
use engine::dataset::{TABLES, TableDef};
use engine::import::{Confidence, Target};
use leptos::prelude::*;

#[component]
pub(super) fn MappingPanel(
    draft: RwSignal<Option<Draft>>,
    /// Header and first values of each column of the file.
    columns: Vec<(String, String)>,
) -> impl IntoView {
    let count = columns.len();
    let caption =
        Signal::derive(move || fill(data::MAPPING_NOTE, &[("n", &number(count as f64, 0))]));
    let row = |(index, (header, sample)): (usize, (String, String))| {
        view! { <MappingRow draft index header sample/> }
    };
    let rows = columns.into_iter().enumerate().map(row).collect_view();
    view! {
        <Panel title=data::MAPPING caption>
            <div class="stack">
                <div class="mapping-table">
                    <TableChoice draft/>
                </div>
                <div class="mapping-scroll">
                    <table class="plain-table">
                        <thead>
                            <tr>
                                <th scope="col">{t(data::SOURCE_COLUMN)}</th>
                                <th scope="col">{t(data::SAMPLE)}</th>
                                <th scope="col">{t(data::TARGET)}</th>
                                <th scope="col">{t(data::CONFIDENCE)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        </Panel>
    }
}

#[component]
fn TableChoice(draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let tables = TABLES
        .iter()
        .map(|def| Choice::new(Some(def.id), Signal::derive(|| table_name(def.name))));
    let undecided = Choice::new(None, data::MARK_UNDECLARED);
    let choices: Vec<_> = std::iter::once(undecided).chain(tables).collect();
    let chosen = move || {
        draft.with(|draft| {
            let known = draft.as_ref().filter(|draft| draft.is_table_known);
            known.map(|draft| draft.mapping.table)
        })
    };
    let choose = move |table| {
        if let Some(table) = table {
            change(draft, |draft| draft.set_table(table));
        }
    };
    view! {
        <Select
            label=data::INTO_TABLE
            choices=Signal::stored(choices)
            value=Signal::derive(chosen)
            on_change=choose
        />
    }
}

#[component]
fn MappingRow(
    draft: RwSignal<Option<Draft>>,
    index: usize,
    header: String,
    sample: String,
) -> impl IntoView {
    let def =
        Memo::new(move |_| draft.with(|draft| draft.as_ref().map(|draft| draft.mapping.table)));
    let choices = Signal::derive(move || {
        let table = def.get();
        let def = TABLES.iter().find(|def| Some(def.id) == table);
        def.map(target_choices).unwrap_or_default()
    });
    let target = Memo::new(move |_| {
        draft.with(|draft| {
            let column = draft.as_ref()?.mapping.columns.get(index)?;
            Some(column.target.clone())
        })
    });
    let confidence =
        Memo::new(move |_| draft.with(|draft| draft.as_ref()?.confidence.get(index).copied()));
    let label = {
        let header = header.clone();
        Signal::derive(move || fill(data::TARGET_OF, &[("header", &header)]))
    };
    view! {
        <tr>
            <th scope="row" class="mapping-source">{header}</th>
            <td class="dim mapping-sample">{sample}</td>
            <td>
                <Select
                    label
                    hide_label=true
                    choices
                    value=Signal::derive(move || target.get().unwrap_or(Target::Ignore))
                    on_change=move |chosen| change(draft, |draft| draft.set_target(index, &chosen))
                />
            </td>
            <td>{move || confidence.get().map(|confidence| view! { <ConfidenceWord confidence/> })}</td>
        </tr>
    }
}

/// A shape and a word, never a colour alone.
#[component]
fn ConfidenceWord(confidence: Confidence) -> impl IntoView {
    let (shape, tone, word): (_, _, Msg) = match confidence {
        Confidence::Sure => (Shape::Disc, "good", data::SURE),
        Confidence::Likely => (Shape::Diamond, "dim", data::LIKELY),
        Confidence::Unsure => (Shape::Triangle, "warn", data::UNSURE),
        Confidence::Unknown => (Shape::Ring, "dim", data::UNKNOWN),
    };
    view! {
        <span class=format!("row nowrap {tone}")>
            <ShapeView shape/>
            {t(word)}
        </span>
    }
}

fn target_choices(def: &'static TableDef) -> Vec<Choice<Target>> {
    let choice = |target: Target| {
        let shown = target.clone();
        Choice::new(target, Signal::derive(move || target_word(def, &shown)))
    };
    targets(def).into_iter().map(choice).collect()
}

fn target_word(def: &TableDef, target: &Target) -> String {
    let word = match target {
        Target::Column(name) => {
            let column = column_name(name);
            let is_required = def
                .columns
                .iter()
                .any(|column| column.name == name && column.is_required);
            return if is_required {
                fill(data::REQUIRED, &[("column", &column)])
            } else {
                column
            };
        }
        Target::Metric(name) => return fill(data::AS_METRIC, &[("metric", name)]),
        Target::Document => data::AS_DOCUMENT,
        Target::SkuName => data::AS_SKU_NAME,
        Target::SkuCategory => data::AS_SKU_CATEGORY,
        Target::Attribute => data::AS_ATTRIBUTE,
        Target::Ignore => data::AS_IGNORED,
    };
    tr(word).to_owned()
}

/// Changes the mapping that is being worked on.
pub(super) fn change(draft: RwSignal<Option<Draft>>, by: impl FnOnce(&mut Draft)) {
    draft.update(|draft| {
        if let Some(draft) = draft {
            by(draft);
        }
    });
}
