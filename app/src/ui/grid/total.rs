//! The row of totals at the bottom edge of a grid.

use super::view_state::GridView;
use super::{Align, GridRow};
use leptos::prelude::*;

#[component]
pub(super) fn GridTotal(view: GridView, totals: Signal<GridRow>) -> impl IntoView {
    let columns = view.columns.get_value();
    let cells = columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let text = move || totals.with(|row| row.cells.get(at).map(|cell| cell.text.clone()));
            view! {
                <div role="gridcell" class="grid-cell" class:num=column.align == Align::End>
                    {text}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="grid-total" role="rowgroup">
            <div class="grid-line-head" role="row">
                {view.picks.then(|| view! { <div role="gridcell" class="grid-cell"></div> })}
                {cells}
            </div>
        </div>
    }
}
