//! The grid: the states of a row, and 100,000 rows that can be ordered, ticked, edited and copied.

use crate::i18n::messages::{kit, story};
use crate::i18n::{Msg, fill, number, tr};
use crate::parts::{CoverBar, Gate, GateBadge, StatusWord, StockStatus, status_label};
use crate::ui::{
    Cell, CellTone, DataGrid, GridColumn, GridEdit, GridRow, GridSort, GridSource, Panel,
    RowSelection,
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const ROWS: u32 = 100_000;

/// A made-up line: its number decides everything about it.
#[derive(Clone, Copy)]
struct Line {
    number: u32,
    edited: Option<f64>,
}

impl Line {
    fn status(self) -> StockStatus {
        StockStatus::ALL[(self.number as usize * 7 + self.number as usize / 6) % 6]
    }

    fn name(self) -> Msg {
        [story::WIPES, story::DIAPERS, story::MAT][self.number as usize % 3]
    }

    fn quantity(self) -> f64 {
        self.edited
            .unwrap_or_else(|| f64::from(self.number * 7_919 % 9_973))
    }

    fn cover(self) -> f64 {
        f64::from(self.number * 31 % 64)
    }

    fn row(&self) -> GridRow {
        let (line, status) = (*self, self.status());
        let quantity = match line.edited {
            Some(_) => CellTone::Edited,
            None => CellTone::Strong,
        };
        GridRow {
            key: u64::from(line.number),
            cells: vec![
                Cell::view(tr(status_label(status)), move || {
                    view! { <StatusWord status/> }.into_any()
                }),
                Cell::text(format!("{} A-{:05}", tr(line.name()), line.number))
                    .second(tr(story::REASON)),
                Cell::view(number(line.cover(), 0), move || {
                    let before = line.cover();
                    view! { <CoverBar status before after=before + 17.0 policy=28.0/> }.into_any()
                }),
                Cell::text(number(line.quantity(), 0)).tone(quantity),
                Cell::text(number(line.quantity() * 0.046, 1)),
                Cell::view("", move || {
                    view! { <GateBadge gate=gate_of(line.number)/> }.into_any()
                }),
            ],
        }
    }
}

#[component]
pub(super) fn Grids() -> impl IntoView {
    let ticked = RwSignal::new(RowSelection::default());
    let sort = RwSignal::new(None::<GridSort>);
    let edits = RwSignal::new(BTreeMap::<u32, f64>::new());
    let active = RwSignal::new(None);
    let rows = Memo::new_with_compare(
        move |_: Option<&Arc<Vec<Line>>>| {
            let edits = edits.get();
            let mut lines: Vec<Line> = (0..ROWS)
                .map(|number| Line {
                    number,
                    edited: edits.get(&number).copied(),
                })
                .collect();
            if let Some(GridSort { descending, .. }) = sort.get() {
                lines.sort_by(|a, b| a.quantity().total_cmp(&b.quantity()));
                if descending {
                    lines.reverse();
                }
            }
            Arc::new(lines)
        },
        |before, now| {
            !before
                .zip(now)
                .is_some_and(|(before, now)| Arc::ptr_eq(before, now))
        },
    );
    let keep = move |edit: GridEdit| {
        if let Some(value) = crate::i18n::parse_number(&edit.text) {
            edits.update(|edits| {
                edits.insert(edit.key as u32, value);
            });
        }
    };
    let selected = move || {
        let count = ticked.with(|ticked| ticked.count(ROWS as usize));
        fill(kit::GRID_SELECTED, &[("n", &number(count as f64, 0))])
    };
    let count = Signal::derive(|| fill(kit::GRID_ROWS, &[("n", &number(f64::from(ROWS), 0))]));
    view! {
        <section class="story-wide">
            <Panel title=story::TABLE caption=count flush=true>
                <div class="story-grid">
                    <DataGrid
                        label=story::TABLE
                        columns=columns()
                        source=GridSource::from_rows(rows.into(), Line::row)
                        two_lines=true
                        selection=ticked
                        sort
                        on_sort=move |order| sort.set(order)
                        on_activate=move |(_, row): (usize, Arc<GridRow>)| active.set(Some(row.key))
                        on_edit=keep
                        active
                        totals=Signal::derive(move || total_row(&rows.get()))
                    />
                </div>
                <footer class="grid-foot">
                    <kbd>"X"</kbd>
                    <kbd>"Enter"</kbd>
                    <span class="grow"></span>
                    <span>{selected}</span>
                </footer>
            </Panel>
        </section>
    }
}

fn columns() -> Vec<GridColumn> {
    vec![
        GridColumn::text("status", story::STATUS, 126.0),
        GridColumn::text("item", story::ITEM, 260.0)
            .grows()
            .sticky(),
        GridColumn::text("cover", story::COVER, 180.0).unit(story::DAYS),
        GridColumn::number("quantity", story::ORDER_QTY, 150.0)
            .unit(story::UNITS)
            .sortable()
            .editable(),
        GridColumn::number("value", story::MONEY, 100.0).unit(story::TEN_THOUSAND),
        GridColumn::text("gate", story::GATE, 110.0),
    ]
}

fn total_row(lines: &[Line]) -> GridRow {
    let sum: f64 = lines.iter().map(|line| line.quantity()).sum();
    let cells = vec![
        Cell::text(tr(story::TOTAL)),
        Cell::default(),
        Cell::default(),
        Cell::text(number(sum, 0)),
    ];
    GridRow {
        key: u64::MAX,
        cells,
    }
}

fn gate_of(number: u32) -> Gate {
    [Gate::Waiting, Gate::Released, Gate::Snoozed, Gate::NoOrder][number as usize % 4]
}
