//! One recycled row element: it shows whatever row its slot holds.

use super::view_state::{GridView, Placed, Slot};
use super::{Align, Cell, GridColumn};
use crate::i18n::messages::kit;
use crate::i18n::t;
use leptos::prelude::*;

#[component]
pub(super) fn GridRowSlot(
    view: GridView,
    number: usize,
    active: Signal<Option<u64>>,
) -> impl IntoView {
    let held: Slot = RwSignal::new(None);
    view.join(number, held);
    let index = move || held.with(|placed| placed.as_ref().map(|placed| placed.index));
    let key = move || held.with(|placed| placed.as_ref().map(|placed| placed.row.key));
    let top = move || {
        let row = index()?;
        let below = row as f64 - view.shown.get().first as f64;
        Some(format!("translateY({}px)", below * view.row_height.get()))
    };
    let ticked = Memo::new(move |_| {
        key().is_some_and(|key| view.selection.with(|ticked| ticked.contains(key)))
    });
    let is_active = move || key().is_some() && key() == active.get();
    let columns = view.columns.get_value();
    view! {
        <div
            role="row"
            class="grid-row"
            hidden=move || index().is_none()
            aria-rowindex=move || index().map(|index| index + 2)
            aria-selected=move || view.picks.then(|| if ticked.get() { "true" } else { "false" })
            data-active=move || is_active().then_some("true")
            style:transform=top
        >
            {view.picks.then(|| view! { <PickCell view held number ticked/> })}
            {columns
                .into_iter()
                .enumerate()
                .map(|(at, column)| view! { <GridCell view held number at column/> })
                .collect_view()}
        </div>
    }
}

#[component]
fn PickCell(view: GridView, held: Slot, number: usize, ticked: Memo<bool>) -> impl IntoView {
    let current = move || is_current(view, held, 0);
    view! {
        <div
            role="gridcell"
            class="grid-cell grid-pick"
            id=cell_id(view, number, 0)
            aria-colindex="1"
            class:current=current
        >
            <span class="check" role="img" aria-label=t(kit::GRID_PICK_ROW)>
                <span class="tick" data-on=move || ticked.get().then_some("true")></span>
            </span>
        </div>
    }
}

#[component]
fn GridCell(
    view: GridView,
    held: Slot,
    number: usize,
    at: usize,
    column: GridColumn,
) -> impl IntoView {
    let place = at + usize::from(view.picks);
    let tone = move || {
        held.with(|placed| cell_of(placed.as_ref(), at).and_then(|cell| cell.tone.as_str()))
    };
    let content = move || held.with(|placed| cell_of(placed.as_ref(), at).map(draw));
    let marked = move || {
        held.with(|placed| {
            placed
                .as_ref()
                .is_some_and(|placed| view.cursor.get().marks(placed.index, place))
        })
    };
    let left = column.sticky.then(|| {
        view.columns
            .with_value(|columns| sticky_left(columns, at, view.picks))
    });
    view! {
        <div
            role="gridcell"
            class="grid-cell"
            class:num=column.align == Align::End
            class:grid-sticky=column.sticky
            class:current=move || is_current(view, held, place)
            class:marked=marked
            id=cell_id(view, number, place)
            aria-colindex=place + 1
            data-tone=tone
            style:left=left.map(|left| format!("{left}px"))
        >
            {content}
        </div>
    }
}

pub(super) fn cell_id(view: GridView, slot: usize, place: usize) -> String {
    view.id.with_value(|id| format!("{id}-{slot}-{place}"))
}

/// Where a sticky column stops: after the sticky ones before it.
pub(super) fn sticky_left(columns: &[GridColumn], at: usize, picks: bool) -> f64 {
    let before: f64 = columns.iter().take(at).map(|column| column.width).sum();
    before + if picks { super::PICK_WIDTH } else { 0.0 }
}

fn cell_of(placed: Option<&Placed>, at: usize) -> Option<&Cell> {
    placed.and_then(|placed| placed.row.cells.get(at))
}

fn is_current(view: GridView, held: Slot, place: usize) -> bool {
    let spot = view.cursor.get().spot;
    spot.column == place
        && held.with(|placed| {
            placed
                .as_ref()
                .is_some_and(|placed| placed.index as isize == spot.row)
        })
}

fn draw(cell: &Cell) -> AnyView {
    match (&cell.view, &cell.second) {
        (Some(view), _) => view(),
        (None, None) => cell.text.clone().into_any(),
        (None, Some(second)) => {
            let (text, second) = (cell.text.clone(), second.clone());
            view! {
                <span class="grid-two">
                    <span class="cut">{text}</span>
                    <span class="grid-second cut">{second}</span>
                </span>
            }
            .into_any()
        }
    }
}
