//! The virtual grid: 100,000 rows and more, drawn by a few dozen recycled elements.
//!
//! Rows come formatted from a [`GridSource`] in windows, at once or later, so they may live in a worker. While
//! a window is on its way the rows on screen stay: nothing blanks. The grid is one tab stop; the current cell
//! is announced through `aria-activedescendant`, so the focus survives recycling. Keys: arrows, Home, End, page
//! keys, Ctrl with arrows, Shift marks a range, Ctrl+C copies it as a table, X ticks, Enter and F2 edit or open.

mod cache;
mod cursor;
mod editor;
mod head;
mod keyboard;
mod model;
mod row;
mod selection;
mod source;
mod total;
mod track;
mod tsv;
mod view_state;

pub use editor::GridEdit;
pub use model::{Align, Cell, CellTone, GridColumn, GridRow, GridSort};
pub use selection::RowSelection;
pub use source::{GridReply, GridRequest, GridSource};

use super::measure::{css_pixels, watch_size};
use crate::i18n::messages::kit;
use crate::i18n::{language, t};
use crate::state::{Notices, Session};
use editor::GridEditor;
use head::{GridHead, head_id};
use keyboard::Doings;
use leptos::prelude::*;
use row::{GridRowSlot, cell_id};
use std::sync::Arc;
use total::GridTotal;
use view_state::GridView;

/// Width of the column of tick boxes in pixels.
const PICK_WIDTH: f64 = 36.0;
/// Height of the header and of the total row in pixels.
const EDGE_HEIGHT: f64 = 28.0;

/// A grid. It fills its parent, which needs a height.
#[component]
pub fn DataGrid(
    #[prop(into)] label: Signal<String>,
    columns: Vec<GridColumn>,
    source: GridSource,
    /// Rows of name and reason, 45 px high.
    #[prop(optional)]
    two_lines: bool,
    /// The ticked rows; without it there are no boxes.
    #[prop(optional, into)]
    selection: Option<RwSignal<RowSelection>>,
    #[prop(optional, into)] sort: Signal<Option<GridSort>>,
    #[prop(default = Callback::new(|_| {}), into)] on_sort: Callback<Option<GridSort>>,
    /// The cursor came to a row, by key or press.
    #[prop(optional, into)]
    on_current: Option<Callback<(usize, Arc<GridRow>)>>,
    /// A row was opened: Enter or a double press.
    #[prop(optional, into)]
    on_activate: Option<Callback<(usize, Arc<GridRow>)>>,
    /// A value was typed into an editable column.
    #[prop(optional, into)]
    on_edit: Option<Callback<GridEdit>>,
    /// The key of the row whose detail is open.
    #[prop(optional, into)]
    active: Signal<Option<u64>>,
    /// A last row that does not scroll.
    #[prop(optional, into)]
    totals: Option<Signal<GridRow>>,
) -> impl IntoView {
    let ticked = selection.unwrap_or_else(|| RwSignal::new(RowSelection::default()));
    let view = GridView::new(source, columns, selection.is_some(), ticked);
    follow(
        view,
        if two_lines { "--row-2" } else { "--row" },
        totals.is_some(),
    );
    let editing = RwSignal::new(None);
    let doings = Doings {
        view,
        editing,
        edits: on_edit.is_some(),
        sort,
        on_sort,
        on_current,
        on_activate,
        notices: Notices::here(),
    };
    let scrolled = move |_| {
        if let Some(root) = view.root.get_untracked() {
            view.scrolled(f64::from(root.scroll_top()));
        }
    };
    view! {
        <div
            class="grid"
            class:grid-two-lines=two_lines
            role="grid"
            tabindex="0"
            node_ref=view.root
            aria-label=label
            aria-multiselectable=selection.is_some().then_some("true")
            aria-rowcount=move || view.source.total.get() + 1
            aria-colcount=view.extent().columns
            aria-activedescendant=move || active_cell(view)
            style=("--cols", tracks(view))
            style=("--grid-width", least_width(view))
            style=("--row-now", move || format!("{}px", view.row_height.get()))
            on:scroll=scrolled
            on:keydown=move |event| doings.key(&event)
            on:mousedown=move |event| doings.press(&event)
        >
            <GridHead view sort on_sort/>
            <div class="grid-space" style:height=move || format!("{}px", view.track().height())>
                <div class="grid-sight" style:height=move || format!("{}px", view.view_height.get())>
                    <GridRows view active/>
                    {on_edit.map(|on_edit| view! { <GridEditor view editing on_edit/> })}
                </div>
            </div>
            {totals.map(|totals| view! { <GridTotal view totals/> })}
        </div>
    }
}

#[component]
fn GridRows(view: GridView, active: Signal<Option<u64>>) -> impl IntoView {
    let shift = move || format!("translateY({}px)", view.shown.get().shift);
    let is_empty = move || view.source.total.get() == 0;
    view! {
        <div class="grid-layer" role="rowgroup" style:transform=shift>
            <For each=move || 0..view.slot_count() key=|number| *number let:number>
                <GridRowSlot view number active/>
            </For>
        </div>
        {move || is_empty().then(|| view! { <p class="grid-empty">{t(kit::GRID_EMPTY)}</p> })}
    }
}

/// Keeps the geometry in step with the element, the density and the rows.
fn follow(view: GridView, row_property: &'static str, has_total: bool) {
    let session = Session::here();
    let edges = EDGE_HEIGHT * if has_total { 2.0 } else { 1.0 };
    Effect::new(move || {
        if let Some(root) = view.root.get() {
            watch_size(&root, move |_, height| {
                view.view_height.try_set((height - edges).max(0.0));
                view.apply();
            });
        }
    });
    Effect::new(move || {
        session.density.track();
        let root = view.root.get();
        request_animation_frame(move || {
            if let Some(height) = root.and_then(|root| css_pixels(&root, row_property)) {
                view.row_height.try_set(height);
                view.apply();
            }
        });
    });
    Effect::new(move || {
        view.source.revision.track();
        view.source.total.track();
        language();
        view.keep_cursor_inside();
        view.renew();
    });
}

fn active_cell(view: GridView) -> String {
    let spot = view.cursor.get().spot;
    view.shown.track();
    match usize::try_from(spot.row) {
        Ok(row) => cell_id(view, view.slot_of(row), spot.column),
        Err(_) => head_id(view, spot.column),
    }
}

/// The grid tracks of every row.
fn tracks(view: GridView) -> String {
    let columns = view.columns.with_value(|columns| {
        columns
            .iter()
            .map(GridColumn::track)
            .collect::<Vec<_>>()
            .join(" ")
    });
    if view.picks {
        format!("{PICK_WIDTH}px {columns}")
    } else {
        columns
    }
}

fn least_width(view: GridView) -> String {
    let columns: f64 = view
        .columns
        .with_value(|columns| columns.iter().map(|column| column.width).sum());
    format!("{}px", columns + if view.picks { PICK_WIDTH } else { 0.0 })
}
