//! Master tables that a file of lines implies: its SKUs with their names, its channels,
//! its regions.

use crate::dataset::{Cell, DuplicateRule, Interner, Table, TableBuilder, TableId};

/// Collects what the lines of a file say about SKUs.
#[derive(Clone, Debug, Default)]
pub(super) struct Masters {
    skus: Interner,
    names: Interner,
    categories: Interner,
    /// For each SKU: how often each name and category was seen.
    seen: Vec<Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    names: Vec<(u32, u32)>,
    categories: Vec<(u32, u32)>,
}

impl Masters {
    /// Takes a line's SKU with what stands beside it.
    pub(super) fn push(&mut self, sku: &str, name: Option<&str>, category: Option<&str>) {
        let index = self.skus.code(sku) as usize;
        if index >= self.seen.len() {
            self.seen.resize_with(index + 1, Seen::default);
        }
        let Some(seen) = self.seen.get_mut(index) else {
            return;
        };
        if let Some(name) = name {
            count(&mut seen.names, self.names.code(name));
        }
        if let Some(category) = category {
            count(&mut seen.categories, self.categories.code(category));
        }
    }

    /// `skus.csv`: each SKU with its most frequent name and category.
    pub(super) fn finish(self, default_category: &str) -> Option<Table> {
        let mut builder = TableBuilder::new(TableId::Skus, &[]);
        let at = |name: &str| builder.def().column_index(name);
        let (sku_at, category_at) = (at("sku")?, at("category")?);
        let (zh_at, en_at) = (at("name_zh")?, at("name_en")?);
        let width = builder.width();
        let (names, categories) = (self.names.into_words(), self.categories.into_words());
        for (sku, seen) in self.skus.into_words().iter().zip(&self.seen) {
            let name = most_frequent(&seen.names, &names);
            let category = most_frequent(&seen.categories, &categories).unwrap_or(default_category);
            let is_chinese = name.is_some_and(|name| name.chars().any(super::encoding::is_cjk));
            let name_at = if is_chinese { zh_at } else { en_at };
            let values = [
                (sku_at, Some(sku.as_str())),
                (category_at, Some(category)),
                (name_at, name),
            ];
            let mut cells: Vec<Option<Cell<'_>>> = vec![None; width];
            for (place, value) in values {
                if let Some(slot) = cells.get_mut(place) {
                    *slot = value.map(|text| Cell::Text(text.into()));
                }
            }
            builder.push(0, &cells);
        }
        Some(builder.finish(DuplicateRule::KeepFirst).0).filter(|table| !table.is_empty())
    }
}

fn count(counts: &mut Vec<(u32, u32)>, code: u32) {
    match counts.iter_mut().find(|(known, _)| *known == code) {
        Some((_, count)) => *count = count.saturating_add(1),
        None => counts.push((code, 1)),
    }
}

/// The most frequent text; of equally frequent ones the first in text order.
fn most_frequent<'a>(counts: &[(u32, u32)], words: &'a [String]) -> Option<&'a str> {
    let texts = counts.iter().filter_map(|(code, count)| {
        words
            .get(*code as usize)
            .map(|word| (*count, std::cmp::Reverse(word.as_str())))
    });
    texts.max().map(|(_, word)| word.0)
}

/// A master table of the texts that a column of a finished table holds, with its code alone.
pub(super) fn codes_of(table: &Table, column: &str, master: TableId) -> Option<Table> {
    let words = &table.texts(column)?.words;
    let mut builder = TableBuilder::new(master, &[]);
    let width = builder.width();
    let place = builder.def().column_index(column)?;
    for word in words {
        let mut cells: Vec<Option<Cell<'_>>> = vec![None; width];
        if let Some(slot) = cells.get_mut(place) {
            *slot = Some(Cell::Text(word.as_str().into()));
        }
        builder.push(0, &cells);
    }
    Some(builder.finish(DuplicateRule::KeepFirst).0).filter(|table| !table.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_name_wins_in_any_order() {
        let lines = [
            ("A", "tin"),
            ("A", "box"),
            ("B", "奶粉"),
            ("A", "box"),
            ("B", "wrong"),
            ("B", "奶粉"),
        ];
        let table = |lines: &mut dyn Iterator<Item = &(&str, &str)>| {
            let mut masters = Masters::default();
            lines.for_each(|(sku, name)| masters.push(sku, Some(name), None));
            masters.finish("uncategorised").unwrap()
        };
        let forward = table(&mut lines.iter());
        assert_eq!(forward, table(&mut lines.iter().rev()));
        assert_eq!(forward.text("name_en", 0), Some("box"));
        assert_eq!(forward.text("name_zh", 1), Some("奶粉"));
        assert_eq!(forward.text("category", 1), Some("uncategorised"));
    }
}
