//! The geometry of scrolling: which rows are in sight, and where they stand. Pure.

use std::ops::Range;

/// Browsers clamp the height of an element (33.5 million pixels in Chromium, 17.8 in Firefox); past this
/// the scroll bar is scaled.
const HEIGHT_MAX: f64 = 15_000_000.0;

/// A column of equal rows seen through a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Track {
    pub rows: usize,
    pub row_height: f64,
    pub view_height: f64,
}

impl Track {
    /// The height of the element that is scrolled.
    pub fn height(self) -> f64 {
        self.full_height().min(HEIGHT_MAX)
    }

    /// The rows to draw for a scroll position, with `beyond` rows above and below the sight.
    pub fn window(self, scroll: f64, beyond: usize) -> Range<usize> {
        let sight = self.sight(scroll);
        sight.start.saturating_sub(beyond)..(sight.end + beyond).min(self.rows)
    }

    /// The rows that are seen, at least in part.
    pub fn sight(self, scroll: f64) -> Range<usize> {
        let top = self.top(scroll);
        let first = (top / self.row_height).floor().max(0.0) as usize;
        let last = ((top + self.view_height) / self.row_height).ceil().max(0.0) as usize;
        first.min(self.rows)..last.min(self.rows)
    }

    /// The distance of a row from the top edge of the sight; negative above it.
    pub fn offset(self, row: usize, scroll: f64) -> f64 {
        row as f64 * self.row_height - self.top(scroll)
    }

    /// The scroll position that brings a row fully into sight; `None` if it is.
    pub fn scroll_to(self, row: usize, scroll: f64) -> Option<f64> {
        let offset = self.offset(row, scroll);
        let low = offset + self.row_height - self.view_height;
        let top = if offset < 0.0 {
            row as f64 * self.row_height
        } else if low > 0.5 {
            (row + 1) as f64 * self.row_height - self.view_height
        } else {
            return None;
        };
        Some((top / self.ratio()).max(0.0))
    }

    /// How many whole rows a page moves by.
    pub fn page(self) -> usize {
        ((self.view_height / self.row_height).floor() as usize)
            .saturating_sub(1)
            .max(1)
    }

    fn full_height(self) -> f64 {
        self.rows as f64 * self.row_height
    }

    /// Pixels of content for a pixel of the scroll bar.
    fn ratio(self) -> f64 {
        let scrolled = self.height() - self.view_height;
        if self.full_height() > HEIGHT_MAX && scrolled > 0.0 {
            (self.full_height() - self.view_height) / scrolled
        } else {
            1.0
        }
    }

    fn top(self, scroll: f64) -> f64 {
        let most = (self.full_height() - self.view_height).max(0.0);
        (scroll * self.ratio()).clamp(0.0, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Track = Track {
        rows: 100_000,
        row_height: 28.0,
        view_height: 280.0,
    };
    const HUGE: Track = Track {
        rows: 2_000_000,
        row_height: 28.0,
        view_height: 280.0,
    };

    #[test]
    fn the_window_surrounds_the_sight() {
        assert_eq!(SMALL.window(0.0, 5), 0..15);
        assert_eq!(SMALL.sight(14.0), 0..11);
        assert_eq!(SMALL.window(2_800.0, 5), 95..115);
        assert_eq!(SMALL.sight(1e9), 99_990..100_000);
        let empty = Track { rows: 0, ..SMALL };
        assert_eq!(empty.window(0.0, 5), 0..0);
    }

    #[test]
    fn a_row_is_brought_into_sight_by_the_shortest_way() {
        assert_eq!(SMALL.scroll_to(3, 0.0), None);
        assert_eq!(SMALL.scroll_to(10, 0.0), Some(28.0));
        assert_eq!(SMALL.scroll_to(2, 2_800.0), Some(56.0));
    }

    #[test]
    fn both_ends_of_a_scaled_track_are_reached() {
        assert!(HUGE.height() < 17_800_000.0);
        let end = HUGE.height() - HUGE.view_height;
        assert_eq!(HUGE.sight(end), 1_999_990..2_000_000);
        assert_eq!(HUGE.sight(0.0), 0..10);
        let there = HUGE
            .scroll_to(1_000_000, 0.0)
            .expect("the row is out of sight");
        assert!(HUGE.sight(there).contains(&1_000_000));
    }
}
