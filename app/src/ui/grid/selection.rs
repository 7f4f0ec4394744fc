//! Ticked rows: a few, or all but a few, so that 100,000 rows can be ticked without listing them. Pure.

use std::collections::BTreeSet;

/// The ticked rows by their keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowSelection {
    /// Whether rows are ticked unless excepted, or unticked unless excepted.
    pub everything: bool,
    pub except: BTreeSet<u64>,
}

impl RowSelection {
    pub fn contains(&self, key: u64) -> bool {
        self.everything != self.except.contains(&key)
    }

    /// How many of `total` rows are ticked.
    pub fn count(&self, total: usize) -> usize {
        if self.everything {
            total.saturating_sub(self.except.len())
        } else {
            self.except.len()
        }
    }

    pub fn toggle(&mut self, key: u64) {
        if !self.except.remove(&key) {
            self.except.insert(key);
        }
    }

    /// Ticks all rows, or none if all are ticked.
    pub fn toggle_all(&mut self, total: usize) {
        self.everything = self.count(total) < total;
        self.except.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::RowSelection;

    #[test]
    fn all_but_one_needs_one_key() {
        let mut ticked = RowSelection::default();
        ticked.toggle(7);
        assert_eq!((ticked.count(100), ticked.contains(7)), (1, true));
        ticked.toggle_all(100);
        assert_eq!((ticked.count(100), ticked.contains(8)), (100, true));
        ticked.toggle(8);
        assert_eq!((ticked.count(100), ticked.contains(8)), (99, false));
        ticked.toggle_all(100);
        ticked.toggle_all(100);
        assert_eq!(ticked.count(100), 0);
    }
}
