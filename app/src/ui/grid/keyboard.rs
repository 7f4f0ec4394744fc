//! What keys and presses do in a grid.

use super::cursor::Spot;
use super::editor::{Editing, start};
use super::source::GridRequest;
use super::tsv::tsv;
use super::view_state::GridView;
use super::{GridRow, GridSort};
use crate::i18n::messages::kit;
use crate::i18n::{fill, number};
use crate::state::{Notice, Notices};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// More rows than this are not copied at once.
const COPY_ROWS_MAX: usize = 50_000;

/// What a grid may do when asked by key or pointer.
#[derive(Clone, Copy)]
pub(super) struct Doings {
    pub view: GridView,
    pub editing: RwSignal<Option<Editing>>,
    pub edits: bool,
    pub sort: Signal<Option<GridSort>>,
    pub on_sort: Callback<Option<GridSort>>,
    pub on_current: Option<Callback<(usize, Arc<GridRow>)>>,
    pub on_activate: Option<Callback<(usize, Arc<GridRow>)>>,
    pub notices: Notices,
}

impl Doings {
    pub fn key(self, event: &leptos::ev::KeyboardEvent) {
        if self.editing.with_untracked(Option::is_some) || event.alt_key() {
            return;
        }
        let control = event.ctrl_key() || event.meta_key();
        let key = event.key();
        let moved = self.view.cursor.get_untracked().moved(
            &key,
            control,
            event.shift_key(),
            self.view.extent(),
        );
        let done = match (moved, key.as_str(), control) {
            (Some(cursor), ..) => {
                self.view.cursor.set(cursor);
                self.view.reveal();
                self.tell_current();
                true
            }
            (None, "c" | "C", true) => self.copy(),
            (None, "a" | "A", true) => self.tick_all(),
            (None, " " | "x" | "X", false) => self.tick(),
            (None, "Enter", false) => self.press_head() || self.edit(None) || self.activate(),
            (None, "F2", false) => self.edit(None),
            (None, typed, false) if is_figure(typed) => self.edit(Some(typed)),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    }

    /// Moves the cursor to the pressed cell.
    pub fn press(self, event: &leptos::ev::MouseEvent) {
        let Some((row, column)) = cell_under(event) else {
            return;
        };
        if event.detail() > 1 {
            event.prevent_default();
            let _done = self.edit(None) || self.activate();
            return;
        }
        let cursor = self.view.cursor.get_untracked();
        self.view
            .cursor
            .set(cursor.at(Spot { row, column }, event.shift_key()));
        if column == 0 && self.view.picks {
            self.tick();
        } else {
            self.tell_current();
        }
    }

    fn tell_current(self) {
        if let (Some(told), Some(current)) = (self.on_current, self.view.current_row()) {
            told.run(current);
        }
    }

    fn activate(self) -> bool {
        match (self.on_activate, self.view.current_row()) {
            (Some(run), Some(current)) => {
                run.run(current);
                true
            }
            _ => false,
        }
    }

    fn edit(self, typed: Option<&str>) -> bool {
        let started = if self.edits {
            start(self.view, typed)
        } else {
            None
        };
        let did = started.is_some();
        if did {
            self.editing.set(started);
        }
        did
    }

    fn tick(self) -> bool {
        if !self.view.picks {
            return false;
        }
        if self.view.cursor.get_untracked().spot.row < 0 {
            return self.tick_all();
        }
        if let Some((_, row)) = self.view.current_row() {
            self.view.selection.update(|ticked| ticked.toggle(row.key));
        }
        true
    }

    fn tick_all(self) -> bool {
        if self.view.picks {
            let total = self.view.source.total.get_untracked();
            self.view
                .selection
                .update(|ticked| ticked.toggle_all(total));
        }
        self.view.picks
    }

    fn press_head(self) -> bool {
        let Spot { row, column } = self.view.cursor.get_untracked().spot;
        if row >= 0 {
            return false;
        }
        let Some(at) = column.checked_sub(usize::from(self.view.picks)) else {
            return self.tick_all();
        };
        let sortable = self.view.columns.with_value(|columns| {
            columns
                .get(at)
                .filter(|column| column.sortable)
                .map(|column| column.id)
        });
        if let Some(id) = sortable {
            self.on_sort
                .run(GridSort::pressed(self.sort.get_untracked(), id));
        }
        true
    }

    /// Copies the marked range; its rows may still have to be fetched.
    fn copy(self) -> bool {
        let cursor = self.view.cursor.get_untracked();
        if cursor.spot.row < 0 {
            return false;
        }
        let (rows, columns) = (cursor.rows(), cursor.columns());
        let lead = usize::from(self.view.picks);
        let columns = columns.start().saturating_sub(lead)..=columns.end().saturating_sub(lead);
        let len = (rows.end() - rows.start() + 1).min(COPY_ROWS_MAX);
        let notices = self.notices;
        let reply = Arc::new(move |rows: Vec<GridRow>| {
            let written = window()
                .navigator()
                .clipboard()
                .write_text(&tsv(&rows, &columns));
            drop(written);
            let (count, wide) = (rows.len(), columns.end() - columns.start() + 1);
            notices.show(Notice::done(Signal::derive(move || {
                let (rows, columns) = (number(count as f64, 0), number(wide as f64, 0));
                fill(kit::GRID_COPIED, &[("rows", &rows), ("columns", &columns)])
            })));
        });
        self.view.source.fetch.run(GridRequest {
            from: *rows.start(),
            len,
            reply,
        });
        true
    }
}

/// Whether a key starts a number, so that typing replaces the cell.
fn is_figure(key: &str) -> bool {
    key.len() == 1
        && key
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-+.".contains(&byte))
}

/// Row and column of the cell an event happened in; row −1 for the header.
fn cell_under(event: &leptos::ev::MouseEvent) -> Option<(isize, usize)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let cell = target.closest("[aria-colindex]").ok().flatten()?;
    let column = cell.get_attribute("aria-colindex")?.parse::<usize>().ok()?;
    let row = cell
        .parent_element()?
        .get_attribute("aria-rowindex")?
        .parse::<isize>()
        .ok()?;
    Some((row - 2, column - 1))
}
