//! The moving parts of one grid: scroll position, cursor, fetched rows, and the recycled row slots.

use super::cache::RowCache;
use super::cursor::{Cursor, Extent, Spot};
use super::source::GridRequest;
use super::track::Track;
use super::{GridColumn, GridRow, GridSource, RowSelection};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows drawn above and below the sight, so that a small scroll finds them there.
const BEYOND: usize = 8;

/// A row in a slot.
#[derive(Clone)]
pub(super) struct Placed {
    pub index: usize,
    pub row: Arc<GridRow>,
}

/// The signal of a slot: the row it shows.
pub(super) type Slot = RwSignal<Option<Placed>>;

/// The row the layer starts with, and how far the layer is moved.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Shown {
    pub first: usize,
    pub shift: f64,
}

/// Everything the parts of a grid share.
#[derive(Clone, Copy)]
pub(super) struct GridView {
    pub id: StoredValue<String>,
    pub source: GridSource,
    pub columns: StoredValue<Vec<GridColumn>>,
    /// Whether rows can be ticked; the boxes are then the first column of the cursor.
    pub picks: bool,
    pub selection: RwSignal<RowSelection>,
    pub cursor: RwSignal<Cursor>,
    pub shown: RwSignal<Shown>,
    pub row_height: RwSignal<f64>,
    pub view_height: RwSignal<f64>,
    pub root: NodeRef<html::Div>,
    scroll: StoredValue<f64>,
    cache: StoredValue<RowCache>,
    slots: StoredValue<Vec<Option<Slot>>>,
    is_asking: StoredValue<bool>,
}

impl GridView {
    pub fn new(
        source: GridSource,
        columns: Vec<GridColumn>,
        picks: bool,
        selection: RwSignal<RowSelection>,
    ) -> Self {
        Self {
            id: StoredValue::new(crate::ui::unique_id("grid")),
            source,
            columns: StoredValue::new(columns),
            picks,
            selection,
            cursor: RwSignal::new(Cursor::default()),
            shown: RwSignal::new(Shown::default()),
            row_height: RwSignal::new(28.0),
            view_height: RwSignal::new(0.0),
            root: NodeRef::new(),
            scroll: StoredValue::new(0.0),
            cache: StoredValue::new(RowCache::default()),
            slots: StoredValue::new(Vec::new()),
            is_asking: StoredValue::new(false),
        }
    }

    /// How many row elements there are: the sight and what is drawn beyond it. Tracked.
    pub fn slot_count(self) -> usize {
        let sight = (self.view_height.get() / self.row_height.get()).ceil() as usize + 1;
        sight + 2 * BEYOND
    }

    /// The geometry now; tracked.
    pub fn track(self) -> Track {
        Track {
            rows: self.source.total.get(),
            row_height: self.row_height.get(),
            view_height: self.view_height.get(),
        }
    }

    pub fn extent(self) -> Extent {
        let track = untrack(|| self.track());
        let columns = self.columns.with_value(Vec::len) + usize::from(self.picks);
        Extent {
            rows: track.rows,
            columns,
            page: track.page(),
        }
    }

    /// Takes part in the recycling as slot `number`.
    pub fn join(self, number: usize, slot: Slot) {
        self.slots.update_value(|slots| {
            if slots.len() <= number {
                slots.resize(number + 1, None);
            }
            if let Some(place) = slots.get_mut(number) {
                *place = Some(slot);
            }
        });
        on_cleanup(move || {
            self.slots.try_update_value(|slots| slots.truncate(number));
        });
        request_animation_frame(move || self.apply());
    }

    /// The row under the cursor, if it was fetched.
    pub fn current_row(self) -> Option<(usize, Arc<GridRow>)> {
        let index = usize::try_from(self.cursor.get_untracked().spot.row).ok()?;
        let row = self.cache.with_value(|cache| cache.row(index))?;
        Some((index, row))
    }

    /// The slot that shows a row when it is in the window.
    pub fn slot_of(self, index: usize) -> usize {
        index % untrack(|| self.slot_count()).max(1)
    }

    pub fn scrolled(self, top: f64) {
        self.scroll.set_value(top);
        self.apply();
    }

    /// Forgets the fetched rows; the shown ones stay until the new ones are there.
    pub fn renew(self) {
        self.cache.update_value(RowCache::clear);
        self.apply();
    }

    /// Moves the cursor to the last row when there are fewer rows than before.
    pub fn keep_cursor_inside(self) {
        let last = self.source.total.get_untracked() as isize - 1;
        let cursor = self.cursor.get_untracked();
        if cursor.spot.row > last {
            let spot = Spot {
                row: last.max(0),
                ..cursor.spot
            };
            self.cursor.set(cursor.at(spot, false));
        }
    }

    /// Brings the current cell into sight.
    pub fn reveal(self) {
        let Spot { row, .. } = self.cursor.get_untracked().spot;
        let track = untrack(|| self.track());
        let (Ok(row), Some(root)) = (usize::try_from(row), self.root.get_untracked()) else {
            return;
        };
        if let Some(top) = track.scroll_to(row, self.scroll.get_value()) {
            root.set_scroll_top(top as i32);
            self.scrolled(top);
        }
    }

    /// Asks for the rows around the sight and shows them; what is shown stays while rows of the sight are missing.
    pub fn apply(self) {
        if self.is_asking.try_get_value() != Some(false) {
            return;
        }
        let track = untrack(|| self.track());
        let scroll = self.scroll.get_value();
        let window = track.window(scroll, BEYOND);
        self.is_asking.set_value(true);
        self.ask(window.clone());
        self.is_asking.set_value(false);
        if !self
            .cache
            .with_value(|cache| cache.holds(track.sight(scroll)))
        {
            return;
        }
        let slots = self.slots.get_value();
        let count = untrack(|| self.slot_count()).max(1);
        self.shown.set(Shown {
            first: window.start,
            shift: track.offset(window.start, scroll),
        });
        for (number, slot) in slots.iter().enumerate().take(count) {
            let ahead = (number + count - window.start % count) % count;
            let index = window.start + ahead;
            let row = if window.contains(&index) {
                self.cache.with_value(|cache| cache.row(index))
            } else {
                None
            };
            if let Some(slot) = slot {
                place(*slot, row.map(|row| Placed { index, row }));
            }
        }
    }

    fn ask(self, window: std::ops::Range<usize>) {
        let spans = self
            .cache
            .try_update_value(|cache| (cache.generation(), cache.ask(window)));
        let Some((generation, spans)) = spans else {
            return;
        };
        for span in spans {
            let from = span.start;
            let reply = Arc::new(move |rows: Vec<GridRow>| {
                let taken = self
                    .cache
                    .try_update_value(|cache| cache.put(generation, from, rows));
                if taken == Some(true) {
                    self.apply();
                }
            });
            self.source.fetch.run(GridRequest {
                from,
                len: span.len(),
                reply,
            });
        }
    }
}

/// Shows a row in a slot unless it does already.
fn place(slot: Slot, placed: Option<Placed>) {
    let is_same = slot.with_untracked(|shown| match (shown, &placed) {
        (Some(shown), Some(placed)) => {
            shown.index == placed.index && Arc::ptr_eq(&shown.row, &placed.row)
        }
        (None, None) => true,
        _ => false,
    });
    if !is_same {
        slot.set(placed);
    }
}
