//! Typing into a cell: a field laid over the current cell.

use super::row::cell_id;
use super::view_state::GridView;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A typed value on its way to the caller, who shows it in the row once it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridEdit {
    pub row: usize,
    pub key: u64,
    pub column: &'static str,
    pub text: String,
}

/// What is being typed over: the cell's place and its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Editing {
    pub row: usize,
    pub key: u64,
    pub at: usize,
    pub text: String,
}

/// The cell under the cursor as something to type into, if its column takes values.
pub(super) fn start(view: GridView, typed: Option<&str>) -> Option<Editing> {
    let at = view
        .cursor
        .get_untracked()
        .spot
        .column
        .checked_sub(usize::from(view.picks))?;
    let editable = view
        .columns
        .with_value(|columns| columns.get(at).is_some_and(|column| column.editable));
    let (row, data) = view.current_row().filter(|_| editable)?;
    let text = match typed {
        Some(letter) => letter.to_owned(),
        None => data.cells.get(at)?.text.clone(),
    };
    Some(Editing {
        row,
        key: data.key,
        at,
        text,
    })
}

#[component]
pub(super) fn GridEditor(
    view: GridView,
    editing: RwSignal<Option<Editing>>,
    on_edit: Callback<GridEdit>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            crate::ui::focus(&field);
            field.select();
        }
    });
    let end = move |keep: bool| {
        let Some(Editing { row, key, at, .. }) = editing.get_untracked() else {
            return;
        };
        let text = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        editing.set(None);
        if let Some(root) = view.root.get_untracked() {
            crate::ui::focus(&root);
        }
        let column = view
            .columns
            .with_value(|columns| columns.get(at).map(|column| column.id));
        if let (true, Some(column)) = (keep, column) {
            on_edit.run(GridEdit {
                row,
                key,
                column,
                text,
            });
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" => end(true),
            "Escape" => end(false),
            "Tab" => end(true),
            _ => return,
        }
        event.prevent_default();
    };
    move || {
        let Editing { row, at, text, .. } = editing.get()?;
        let place = at + usize::from(view.picks);
        let (left, top, width, height) = cell_box(view, row, place)?;
        let label = view
            .columns
            .with_value(|columns| columns.get(at).map(|column| column.title));
        Some(view! {
            <input
                class="grid-editor num"
                node_ref=field
                type="text"
                aria-label=move || label.map(|label| label.get())
                prop:value=text
                style:left=format!("{left}px")
                style:top=format!("{top}px")
                style:width=format!("{width}px")
                style:height=format!("{height}px")
                on:keydown=keys
                on:blur=move |_| end(true)
            />
        })
    }
}

/// The box of a cell inside the sight.
fn cell_box(view: GridView, row: usize, place: usize) -> Option<(f64, f64, f64, f64)> {
    let cell = document().get_element_by_id(&cell_id(view, view.slot_of(row), place))?;
    let cell = cell.get_bounding_client_rect();
    let root: web_sys::Element = view.root.get_untracked()?.unchecked_into();
    let sight = root
        .query_selector(".grid-sight")
        .ok()
        .flatten()?
        .get_bounding_client_rect();
    Some((
        cell.left() - sight.left(),
        cell.top() - sight.top(),
        cell.width(),
        cell.height(),
    ))
}
