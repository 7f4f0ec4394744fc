//! The header row of a grid: names, units, order, and the box that ticks all rows.

use super::row::sticky_left;
use super::view_state::GridView;
use super::{Align, GridColumn, GridSort};
use crate::i18n::messages::kit;
use crate::i18n::t;
use crate::ui::{Icon, IconView};
use leptos::prelude::*;

#[component]
pub(super) fn GridHead(
    view: GridView,
    sort: Signal<Option<GridSort>>,
    on_sort: Callback<Option<GridSort>>,
) -> impl IntoView {
    let columns = view.columns.get_value();
    view! {
        <div class="grid-head" role="rowgroup">
            <div class="grid-line-head" role="row" aria-rowindex="1">
                {view.picks.then(|| view! { <PickAll view/> })}
                {columns
                    .into_iter()
                    .enumerate()
                    .map(|(at, column)| view! { <HeadCell view at column sort on_sort/> })
                    .collect_view()}
            </div>
        </div>
    }
}

#[component]
fn PickAll(view: GridView) -> impl IntoView {
    let state = move || {
        let total = view.source.total.get();
        match view.selection.with(|ticked| ticked.count(total)) {
            0 => None,
            count if count == total => Some("true"),
            _ => Some("mixed"),
        }
    };
    view! {
        <div
            role="columnheader"
            class="grid-cell grid-pick"
            class:current=move || is_current(view, 0)
            id=head_id(view, 0)
            aria-colindex="1"
        >
            <span class="check" role="img" aria-label=t(kit::GRID_PICK_ALL)>
                <span class="tick" data-on=state></span>
            </span>
        </div>
    }
}

#[component]
fn HeadCell(
    view: GridView,
    at: usize,
    column: GridColumn,
    sort: Signal<Option<GridSort>>,
    on_sort: Callback<Option<GridSort>>,
) -> impl IntoView {
    let place = at + usize::from(view.picks);
    let own = column.id;
    let order = move || {
        sort.get()
            .filter(|sort| sort.column == own)
            .map(|sort| sort.descending)
    };
    let left = column.sticky.then(|| {
        view.columns
            .with_value(|columns| sticky_left(columns, at, view.picks))
    });
    let press = move |_| {
        if column.sortable {
            on_sort.run(GridSort::pressed(sort.get_untracked(), own));
        }
    };
    view! {
        <div
            role="columnheader"
            class="grid-cell"
            class:num=column.align == Align::End
            class:grid-sticky=column.sticky
            class:grid-sortable=column.sortable
            class:current=move || is_current(view, place)
            id=head_id(view, place)
            aria-colindex=place + 1
            aria-sort=move || match order() {
                Some(true) => Some("descending"),
                Some(false) => Some("ascending"),
                None => column.sortable.then_some("none"),
            }
            style:left=left.map(|left| format!("{left}px"))
            on:click=press
        >
            <span class="cut">{column.title}</span>
            <span class="grid-unit">{column.unit}</span>
            {move || {
                order().map(|down| view! { <IconView icon=if down { Icon::Down } else { Icon::Up }/> })
            }}
        </div>
    }
}

pub(super) fn head_id(view: GridView, place: usize) -> String {
    view.id.with_value(|id| format!("{id}-head-{place}"))
}

fn is_current(view: GridView, place: usize) -> bool {
    let spot = view.cursor.get().spot;
    spot.row < 0 && spot.column == place
}
