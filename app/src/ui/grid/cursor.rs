//! The current cell, the range that is marked with it, and how keys move them. Pure.

use std::ops::RangeInclusive;

/// A cell; row −1 is the header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spot {
    pub row: isize,
    pub column: usize,
}

/// The current cell and the other corner of the marked range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cursor {
    pub spot: Spot,
    pub anchor: Spot,
}

/// How far the grid reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub rows: usize,
    pub columns: usize,
    pub page: usize,
}

impl Default for Cursor {
    fn default() -> Self {
        let spot = Spot { row: 0, column: 0 };
        Self { spot, anchor: spot }
    }
}

impl Cursor {
    /// The cursor after a key, or `None` if the key does not move it.
    pub fn moved(self, key: &str, control: bool, shift: bool, extent: Extent) -> Option<Self> {
        let spot = target(self.spot, key, control, extent)?;
        let keeps_anchor = shift && spot.row >= 0 && self.anchor.row >= 0;
        Some(Self {
            spot,
            anchor: if keeps_anchor { self.anchor } else { spot },
        })
    }

    /// The cursor on another cell; with `extend` the range grows to it.
    pub fn at(self, spot: Spot, extend: bool) -> Self {
        Self {
            spot,
            anchor: if extend { self.anchor } else { spot },
        }
    }

    pub fn rows(self) -> RangeInclusive<usize> {
        let (a, b) = (
            self.spot.row.max(0) as usize,
            self.anchor.row.max(0) as usize,
        );
        a.min(b)..=a.max(b)
    }

    pub fn columns(self) -> RangeInclusive<usize> {
        let (a, b) = (self.spot.column, self.anchor.column);
        a.min(b)..=a.max(b)
    }

    /// Whether a cell lies in a marked range of more than one cell.
    pub fn marks(self, row: usize, column: usize) -> bool {
        self.spot != self.anchor && self.rows().contains(&row) && self.columns().contains(&column)
    }
}

fn target(spot: Spot, key: &str, control: bool, extent: Extent) -> Option<Spot> {
    let Spot { row, column } = spot;
    let (last_row, last_column) = (extent.rows as isize - 1, extent.columns.saturating_sub(1));
    let page = extent.page as isize;
    let (row, column) = match (key, control) {
        ("ArrowDown", false) => (row + 1, column),
        ("ArrowUp", false) => (row - 1, column),
        ("ArrowDown", true) => (last_row, column),
        ("ArrowUp", true) => (0, column),
        ("ArrowRight", false) => (row, column + 1),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowRight", true) | ("End", false) => (row, last_column),
        ("ArrowLeft", true) | ("Home", false) => (row, 0),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        ("PageDown", _) => (row.max(0) + page, column),
        ("PageUp", _) => ((row - page).max(0), column),
        _ => return None,
    };
    Some(Spot {
        row: row.clamp(-1, last_row.max(-1)),
        column: column.min(last_column),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent {
        rows: 100,
        columns: 4,
        page: 9,
    };

    fn after(keys: &[(&str, bool, bool)]) -> Cursor {
        keys.iter()
            .fold(Cursor::default(), |cursor, (key, control, shift)| {
                cursor
                    .moved(key, *control, *shift, EXTENT)
                    .unwrap_or(cursor)
            })
    }

    #[test]
    fn keys_move_the_current_cell() {
        let spot = |keys: &[(&str, bool, bool)]| {
            let Spot { row, column } = after(keys).spot;
            (row, column)
        };
        assert_eq!(
            spot(&[("ArrowDown", false, false), ("ArrowRight", false, false)]),
            (1, 1)
        );
        assert_eq!(spot(&[("End", true, false)]), (99, 3));
        assert_eq!(spot(&[("End", true, false), ("Home", true, false)]), (0, 0));
        assert_eq!(
            spot(&[("PageDown", false, false), ("PageDown", false, false)]),
            (18, 0)
        );
        assert_eq!(
            spot(&[("ArrowUp", false, false), ("ArrowUp", false, false)]),
            (-1, 0)
        );
        assert_eq!(
            spot(&[("End", false, false), ("ArrowRight", false, false)]),
            (0, 3)
        );
        assert_eq!(Cursor::default().moved("a", false, false, EXTENT), None);
    }

    #[test]
    fn shift_marks_a_range_and_a_plain_key_ends_it() {
        let down = ("ArrowDown", false, true);
        let cursor = after(&[
            ("ArrowDown", false, false),
            down,
            down,
            ("ArrowRight", false, true),
        ]);
        assert_eq!((cursor.rows(), cursor.columns()), (1..=3, 0..=1));
        assert!(cursor.marks(2, 1) && !cursor.marks(0, 0));
        let ended = cursor
            .moved("ArrowUp", false, false, EXTENT)
            .expect("an arrow moves");
        assert_eq!(ended.spot, ended.anchor);
    }

    #[test]
    fn an_empty_grid_has_only_its_header() {
        let extent = Extent { rows: 0, ..EXTENT };
        let cursor = Cursor::default().moved("ArrowDown", false, false, extent);
        assert_eq!(cursor.map(|cursor| cursor.spot.row), Some(-1));
    }
}
