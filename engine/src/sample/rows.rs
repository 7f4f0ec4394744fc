//! Building tables row by row, with cells by column name.

use std::borrow::Cow;

use crate::dataset::TABLES;
use crate::dataset::{Cell, DuplicateRule, Table, TableBuilder, TableDef, TableId};
use crate::day::{Day, Moment};
use crate::units::{Amount, Qty};

/// A cell of a row; an empty text is an empty cell.
pub(super) enum Entry<'a> {
    Text(Cow<'a, str>),
    Raw(i64),
    Day(Day),
}

/// Text as it is.
pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Entry<'a> {
    Entry::Text(text.into())
}

/// A quantity in whole units.
pub(super) fn units<'a>(units: i64) -> Entry<'a> {
    Entry::Raw(Qty::from_units(units).thousandths())
}

/// A decimal number.
pub(super) fn number<'a>(value: f64) -> Entry<'a> {
    Entry::Raw(Amount::round_from_f64(value).millionths())
}

/// An amount in hundredths of the currency unit.
pub(super) fn cents<'a>(cents: i64) -> Entry<'a> {
    Entry::Raw(cents * (Amount::SCALE / 100))
}

/// A whole number.
pub(super) fn integer<'a>(value: i64) -> Entry<'a> {
    Entry::Raw(value)
}

/// A moment of a day in China, at the given second of the day.
pub(super) fn time<'a>(day: Day, second: u32) -> Entry<'a> {
    let clock = format!(
        "{:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    );
    let moment = Moment::parse(&format!("{day}T{clock}+08:00"));
    moment.map_or(text(""), |moment| Entry::Raw(moment.packed()))
}

/// A date.
pub(super) fn day<'a>(day: Day) -> Entry<'a> {
    Entry::Day(day)
}

/// Collects the rows of one table.
pub(super) struct Rows {
    def: Option<&'static TableDef>,
    builder: TableBuilder,
}

impl Rows {
    pub(super) fn new(id: TableId) -> Self {
        Self {
            def: TABLES.get(id.index()),
            builder: TableBuilder::new(id, &[]),
        }
    }

    /// Adds a row; columns that are not named stay empty.
    pub(super) fn push(&mut self, cells: &[(&'static str, Entry<'_>)]) {
        let columns = self.def.map_or(&[][..], |def| def.columns);
        let mut row = vec![None; columns.len()];
        for (name, entry) in cells {
            let place = columns.iter().position(|column| column.name == *name);
            let slot = place.and_then(|place| row.get_mut(place));
            assert!(slot.is_some(), "the table has no column {name}");
            if let Some(slot) = slot {
                *slot = match entry {
                    Entry::Text(text) if text.is_empty() => None,
                    Entry::Text(text) => Some(Cell::Text(Cow::Borrowed(text.as_ref()))),
                    Entry::Raw(number) => Some(Cell::Number(*number)),
                    Entry::Day(day) => Some(Cell::Day(*day)),
                };
            }
        }
        let line = u32::try_from(self.builder.len() + 2).unwrap_or(u32::MAX);
        self.builder.push(line, &row);
    }

    /// The finished table; two rows with one key are a mistake of the generator.
    pub(super) fn finish(self) -> Table {
        let (table, duplicates) = self.builder.finish(DuplicateRule::KeepFirst);
        assert!(duplicates.is_empty(), "{:?} repeats a key", table.id());
        table
    }
}
