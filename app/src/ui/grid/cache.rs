//! The rows that were fetched, in blocks; the blocks far from the sight are dropped. Pure.

use super::GridRow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

const BLOCK: usize = 64;
const BLOCKS_KEPT: usize = 12;

/// Blocks of one revision of the rows.
#[derive(Default)]
pub(super) struct RowCache {
    generation: u64,
    blocks: BTreeMap<usize, Option<Vec<Arc<GridRow>>>>,
}

impl RowCache {
    /// Forgets every row and refuses the answers under way.
    pub fn clear(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        self.blocks.clear();
    }

    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The row, if it was fetched.
    pub fn row(&self, index: usize) -> Option<Arc<GridRow>> {
        self.blocks
            .get(&(index / BLOCK))?
            .as_ref()?
            .get(index % BLOCK)
            .cloned()
    }

    pub fn holds(&self, rows: Range<usize>) -> bool {
        blocks_of(&rows).all(|block| self.blocks.get(&block).is_some_and(Option::is_some))
    }

    /// The spans still to be asked for; they count as asked from now on.
    pub fn ask(&mut self, rows: Range<usize>) -> Vec<Range<usize>> {
        let missing: Vec<usize> = blocks_of(&rows)
            .filter(|block| !self.blocks.contains_key(block))
            .collect();
        for block in &missing {
            self.blocks.insert(*block, None);
        }
        missing
            .into_iter()
            .map(|block| block * BLOCK..(block + 1) * BLOCK)
            .collect()
    }

    /// Takes the answer for a span that starts at `from`; an answer of an older generation is refused.
    pub fn put(&mut self, generation: u64, from: usize, rows: Vec<GridRow>) -> bool {
        if generation != self.generation {
            return false;
        }
        self.blocks
            .insert(from / BLOCK, Some(rows.into_iter().map(Arc::new).collect()));
        self.drop_far(from / BLOCK);
        true
    }

    fn drop_far(&mut self, near: usize) {
        while self.blocks.len() > BLOCKS_KEPT {
            let ends = [self.blocks.keys().next(), self.blocks.keys().next_back()];
            let farthest = ends
                .into_iter()
                .flatten()
                .copied()
                .max_by_key(|block| block.abs_diff(near));
            match farthest {
                Some(block) => self.blocks.remove(&block),
                None => return,
            };
        }
    }
}

fn blocks_of(rows: &Range<usize>) -> Range<usize> {
    if rows.is_empty() {
        0..0
    } else {
        rows.start / BLOCK..(rows.end - 1) / BLOCK + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(from: usize) -> Vec<GridRow> {
        (from..from + BLOCK)
            .map(|index| GridRow {
                key: index as u64,
                cells: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn a_span_is_asked_for_once() {
        let mut cache = RowCache::default();
        assert_eq!(cache.ask(60..70), [0..64, 64..128]);
        assert_eq!(cache.ask(60..70), Vec::<Range<usize>>::new());
        assert!(!cache.holds(60..70));
        assert!(cache.put(0, 0, rows(0)) && cache.put(0, 64, rows(64)));
        assert!(cache.holds(60..70));
        assert_eq!(cache.row(65).map(|row| row.key), Some(65));
    }

    #[test]
    fn late_answers_of_an_old_revision_are_refused() {
        let mut cache = RowCache::default();
        let old = cache.generation();
        cache.clear();
        assert!(!cache.put(old, 0, rows(0)));
        assert!(!cache.holds(0..1));
    }

    #[test]
    fn far_blocks_are_dropped() {
        let mut cache = RowCache::default();
        for block in 0..40 {
            cache.put(0, block * BLOCK, rows(block * BLOCK));
        }
        assert!(cache.holds(39 * BLOCK..40 * BLOCK) && !cache.holds(0..1));
        assert_eq!(cache.blocks.len(), BLOCKS_KEPT);
    }
}
