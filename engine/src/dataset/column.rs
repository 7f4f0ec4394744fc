//! Columns: dictionary-coded texts, fixed-point numbers, days.

use crate::order;
use std::cmp::Ordering;

use super::cell::Cell;
use crate::day::Day;

/// The code of an absent text.
pub(super) const NO_TEXT: u32 = u32::MAX;
/// An absent number.
pub(super) const NO_NUMBER: i64 = i64::MIN;
/// An absent day.
pub(super) const NO_DAY: i32 = i32::MIN;

/// Texts as codes into a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The distinct texts; sorted in a finished table.
    pub words: Vec<String>,
    /// One code a row; [`Texts::ABSENT`] where the cell is empty.
    pub codes: Vec<u32>,
}

impl Texts {
    /// The code of an empty cell.
    pub const ABSENT: u32 = NO_TEXT;

    /// The text of a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.codes.get(row).and_then(|code| self.word(*code))
    }

    /// The text of a code.
    pub fn word(&self, code: u32) -> Option<&str> {
        self.words.get(code as usize).map(String::as_str)
    }
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Codes, texts and choices.
    Texts(Texts),
    /// Quantities (thousandths), numbers (millionths), integers, flags, packed moments.
    Numbers(Vec<i64>),
    /// Day numbers.
    Days(Vec<i32>),
}

impl Column {
    /// The cell of a row; `None` where it is empty.
    pub fn cell(&self, row: usize) -> Option<Cell<'_>> {
        match self {
            Self::Texts(texts) => texts.get(row).map(|text| Cell::Text(text.into())),
            Self::Numbers(numbers) => numbers
                .get(row)
                .filter(|n| **n != NO_NUMBER)
                .map(|n| Cell::Number(*n)),
            Self::Days(days) => days
                .get(row)
                .filter(|d| **d != NO_DAY)
                .map(|d| Cell::Day(Day::from_number(*d))),
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.codes.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Days(days) => days.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether no row has a value.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Texts(texts) => texts.codes.iter().all(|code| *code == NO_TEXT),
            Self::Numbers(numbers) => numbers.iter().all(|number| *number == NO_NUMBER),
            Self::Days(days) => days.iter().all(|day| *day == NO_DAY),
        }
    }

    /// A number for each row that orders rows as the cells order; empty cells come first.
    /// Texts must have a sorted dictionary.
    pub(super) fn sort_keys(&self) -> Vec<u64> {
        match self {
            Self::Texts(texts) => texts
                .codes
                .iter()
                .map(|code| u64::from(code.wrapping_add(1)))
                .collect(),
            Self::Numbers(numbers) => numbers
                .iter()
                .map(|n| n.cast_unsigned() ^ (1 << 63))
                .collect(),
            Self::Days(days) => days
                .iter()
                .map(|day| u64::from(day.cast_unsigned() ^ (1 << 31)))
                .collect(),
        }
    }

    /// How two rows stand to each other in the order of [`Column::sort_keys`].
    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        match self {
            Self::Texts(texts) => {
                let key = |row: usize| texts.codes.get(row).map(|code| code.wrapping_add(1));
                key(a).cmp(&key(b))
            }
            Self::Numbers(numbers) => numbers.get(a).cmp(&numbers.get(b)),
            Self::Days(days) => days.get(a).cmp(&days.get(b)),
        }
    }

    /// The column with its rows in the given order.
    pub(super) fn permuted(&self, order: &[u32]) -> Self {
        match self {
            Self::Texts(texts) => Self::Texts(Texts {
                words: texts.words.clone(),
                codes: pick(&texts.codes, order),
            }),
            Self::Numbers(numbers) => Self::Numbers(pick(numbers, order)),
            Self::Days(days) => Self::Days(pick(days, order)),
        }
    }

    /// Sorts the dictionary and drops words no row uses.
    pub(super) fn canonicalise(&mut self) {
        let Self::Texts(texts) = self else { return };
        let mut is_used = vec![false; texts.words.len()];
        for code in &texts.codes {
            if let Some(used) = is_used.get_mut(*code as usize) {
                *used = true;
            }
        }
        let words = std::mem::take(&mut texts.words)
            .into_iter()
            .zip(0_u32..)
            .zip(is_used);
        let mut words: Vec<_> = words
            .filter(|(_, used)| *used)
            .map(|(word, _)| word)
            .collect();
        order::sort(&mut words);
        let mut new_codes = vec![
            NO_TEXT;
            texts
                .codes
                .iter()
                .filter(|c| **c != NO_TEXT)
                .max()
                .map_or(0, |c| *c as usize + 1)
        ];
        for ((_, old), new) in words.iter().zip(0_u32..) {
            if let Some(slot) = new_codes.get_mut(*old as usize) {
                *slot = new;
            }
        }
        for code in &mut texts.codes {
            *code = new_codes.get(*code as usize).copied().unwrap_or(NO_TEXT);
        }
        texts.words = words.into_iter().map(|(word, _)| word).collect();
    }
}

fn pick<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|row| values.get(*row as usize).copied())
        .collect()
}

/// Gives each distinct text a code, in order of first appearance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    words: Vec<String>,
    slots: Vec<u32>,
}

impl Interner {
    /// The code of a text, new or known.
    pub(crate) fn code(&mut self, text: &str) -> u32 {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.find(text);
        match self.slots.get(slot) {
            Some(code) if *code != NO_TEXT => *code,
            _ => {
                let code = u32::try_from(self.words.len()).unwrap_or(NO_TEXT - 1);
                self.words.push(text.to_owned());
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = code;
                }
                code
            }
        }
    }

    /// The texts by code, so far.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The texts by code.
    pub(crate) fn into_words(self) -> Vec<String> {
        self.words
    }

    /// The slot that holds the text, or the empty one where it belongs.
    fn find(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(fnv1a(text.as_bytes()) & mask as u64).unwrap_or(0);
        while let Some(code) = self.slots.get(slot).filter(|code| **code != NO_TEXT) {
            if self
                .words
                .get(*code as usize)
                .is_some_and(|word| word == text)
            {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots = vec![NO_TEXT; size];
        for code in 0..u32::try_from(self.words.len()).unwrap_or(0) {
            let word = self.words.get(code as usize).cloned().unwrap_or_default();
            let slot = self.find(&word);
            if let Some(place) = self.slots.get_mut(slot) {
                *place = code;
            }
        }
    }
}

/// Fowler-Noll-Vo hash, variant 1a, 64 bits.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interner_gives_equal_texts_equal_codes() {
        let mut interner = Interner::default();
        let codes: Vec<_> = (0..2_000)
            .map(|i| interner.code(&format!("sku-{}", i % 500)))
            .collect();
        assert_eq!(codes.iter().max(), Some(&499));
        assert_eq!(interner.code("sku-7"), codes[7]);
        assert_eq!(interner.into_words().len(), 500);
    }

    #[test]
    fn canonical_dictionaries_are_sorted_and_used() {
        let words = ["b", "unused", "a"].map(str::to_owned).to_vec();
        let mut column = Column::Texts(Texts {
            words,
            codes: vec![0, 2, NO_TEXT, 0],
        });
        column.canonicalise();
        let expected = Texts {
            words: vec!["a".into(), "b".into()],
            codes: vec![1, 0, NO_TEXT, 1],
        };
        assert_eq!(column, Column::Texts(expected));
    }
}
