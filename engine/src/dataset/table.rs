//! Tables and how they are built: row by row, then sorted, de-duplicated and made canonical.

use crate::order;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::code_uses::{CodeUse, code_uses};
use super::column::{Column, Interner, NO_DAY, NO_NUMBER, NO_TEXT, Texts};
use super::schema::{ColumnDef, Kind, TableDef, TableId};
use super::tables::TABLES;
use crate::day::Day;

/// What happens to rows that share a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicateRule {
    /// The first row stays, later ones are reported.
    #[default]
    KeepFirst,
    /// Quantities, counts and revenue add up; other cells stay where all rows agree.
    Sum,
}

/// A row left out because an earlier one has its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Line of the row left out.
    pub line: u32,
    /// Line of the row that stays.
    pub first_line: u32,
}

/// A finished table: rows sorted by key, dictionaries sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    id: TableId,
    rows: usize,
    pub(super) columns: Vec<Option<Column>>,
    pub(super) attributes: Vec<(String, Column)>,
}

impl Table {
    pub(super) fn from_parts(
        id: TableId,
        rows: usize,
        columns: Vec<Option<Column>>,
        attributes: Vec<(String, Column)>,
    ) -> Self {
        Self {
            id,
            rows,
            columns,
            attributes,
        }
    }

    /// A table of whole columns whose rows already stand in strictly ascending key order;
    /// columns that are not named are absent.
    ///
    /// `None` when a name or type does not fit the definition, lengths differ, or a row
    /// is out of order.
    pub fn from_sorted_columns(id: TableId, named: Vec<(&str, Column)>) -> Option<Self> {
        let def = definition(id);
        let rows = named.first().map_or(0, |(_, column)| column.len());
        let mut columns = vec![None; def.columns.len()];
        for (name, mut column) in named {
            let place = def.column_index(name)?;
            let fits = Growing::new(def.columns.get(place)?.kind).holds(&column);
            if !fits || column.len() != rows {
                return None;
            }
            column.canonicalise();
            *columns.get_mut(place)? = Some(column).filter(|column| !column.is_blank());
        }
        let key: Vec<&Column> = def
            .key_indexes()
            .into_iter()
            .filter_map(|place| columns.get(place)?.as_ref())
            .collect();
        let order = |row: usize| {
            let parts = key.iter().map(|column| column.compare(row - 1, row));
            parts.fold(Ordering::Equal, Ordering::then)
        };
        let is_sorted = (1..rows).all(|row| order(row) == Ordering::Less);
        is_sorted.then(|| Self::from_parts(id, rows, columns, Vec::new()))
    }

    /// Which table it is.
    pub const fn id(&self) -> TableId {
        self.id
    }

    /// Its definition.
    pub fn def(&self) -> &'static TableDef {
        definition(self.id)
    }

    /// Number of rows.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether it has no rows.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A column by its canonical name; `None` when the file did not have it.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(self.def().column_index(name)?)?.as_ref()
    }

    /// Columns no definition knows, by header.
    pub fn attributes(&self) -> &[(String, Column)] {
        &self.attributes
    }

    /// A text column; an absent one reads as empty.
    pub fn texts(&self, name: &str) -> Option<&Texts> {
        match self.column(name) {
            Some(Column::Texts(texts)) => Some(texts),
            _ => None,
        }
    }

    /// The text of one cell.
    pub fn text(&self, name: &str, row: usize) -> Option<&str> {
        self.texts(name).and_then(|texts| texts.get(row))
    }

    /// The fixed-point number of one cell (thousandths for quantities, millionths for numbers).
    pub fn number(&self, name: &str, row: usize) -> Option<i64> {
        match self.column(name)?.cell(row)? {
            Cell::Number(number) => Some(number),
            Cell::Text(_) | Cell::Day(_) => None,
        }
    }

    /// The day of one cell.
    pub fn day(&self, name: &str, row: usize) -> Option<Day> {
        match self.column(name)?.cell(row)? {
            Cell::Day(day) => Some(day),
            Cell::Text(_) | Cell::Number(_) => None,
        }
    }

    /// The raw numbers of a column (absent cells are `i64::MIN`); empty when the column is absent.
    pub fn numbers(&self, name: &str) -> &[i64] {
        match self.column(name) {
            Some(Column::Numbers(numbers)) => numbers,
            _ => &[],
        }
    }

    /// The raw day numbers of a column (absent cells are `i32::MIN`); empty when the column is absent.
    pub fn days(&self, name: &str) -> &[i32] {
        match self.column(name) {
            Some(Column::Days(days)) => days,
            _ => &[],
        }
    }

    /// The first day of a date column.
    pub fn first_day(&self, name: &str) -> Option<Day> {
        let days = self.days(name).iter().filter(|day| **day != NO_DAY);
        Some(Day::from_number(*days.min()?))
    }

    /// The last day of a date column.
    pub fn last_day(&self, name: &str) -> Option<Day> {
        let last = self.days(name).iter().filter(|day| **day != NO_DAY).max()?;
        Some(Day::from_number(*last))
    }
}

/// The definition of a table.
pub(super) fn definition(id: TableId) -> &'static TableDef {
    // The registry is in the order of the ids (tested there).
    TABLES.get(id.index()).unwrap_or(&TABLES[0])
}

impl TableId {
    /// The file name without `.csv`.
    pub fn name(self) -> &'static str {
        definition(self).name
    }
}

/// Collects rows of one table.
#[derive(Clone, Debug)]
pub struct TableBuilder {
    def: &'static TableDef,
    columns: Vec<Growing>,
    attributes: Vec<(String, Growing)>,
    lines: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Growing {
    Texts(Interner, Vec<u32>),
    Numbers(Vec<i64>),
    Days(Vec<i32>),
}

impl Growing {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Code | Kind::Text | Kind::Choice(_) | Kind::Limits => {
                Self::Texts(Interner::default(), Vec::new())
            }
            Kind::Date => Self::Days(Vec::new()),
            Kind::Time
            | Kind::Quantity
            | Kind::SignedQuantity
            | Kind::Number
            | Kind::Integer
            | Kind::Flag => Self::Numbers(Vec::new()),
        }
    }

    fn holds(&self, column: &Column) -> bool {
        matches!(
            (self, column),
            (Self::Texts(..), Column::Texts(_))
                | (Self::Numbers(_), Column::Numbers(_))
                | (Self::Days(_), Column::Days(_))
        )
    }

    fn push(&mut self, cell: Option<&Cell<'_>>) {
        match self {
            Self::Texts(interner, codes) => codes.push(match cell {
                Some(Cell::Text(text)) => interner.code(text),
                _ => NO_TEXT,
            }),
            Self::Numbers(numbers) => numbers.push(match cell {
                Some(Cell::Number(number)) => *number,
                _ => NO_NUMBER,
            }),
            Self::Days(days) => days.push(match cell {
                Some(Cell::Day(day)) => day.number(),
                _ => NO_DAY,
            }),
        }
    }

    fn finish(self) -> Column {
        let mut column = match self {
            Self::Texts(interner, codes) => Column::Texts(Texts {
                words: interner.into_words(),
                codes,
            }),
            Self::Numbers(numbers) => Column::Numbers(numbers),
            Self::Days(days) => Column::Days(days),
        };
        column.canonicalise();
        column
    }
}

impl TableBuilder {
    /// An empty table with the given attribute columns beside the defined ones.
    pub fn new(id: TableId, attributes: &[String]) -> Self {
        let def = definition(id);
        Self {
            def,
            columns: def
                .columns
                .iter()
                .map(|column| Growing::new(column.kind))
                .collect(),
            attributes: attributes
                .iter()
                .map(|name| (name.clone(), Growing::new(Kind::Text)))
                .collect(),
            lines: Vec::new(),
        }
    }

    /// The definition of the table.
    pub const fn def(&self) -> &'static TableDef {
        self.def
    }

    /// Cells in a row: those of the definition, then the attributes.
    pub fn width(&self) -> usize {
        self.columns.len() + self.attributes.len()
    }

    /// Number of rows so far.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no rows yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a row: one cell for each defined column, then one for each attribute.
    pub fn push(&mut self, line: u32, cells: &[Option<Cell<'_>>]) {
        let columns = self
            .columns
            .iter_mut()
            .chain(self.attributes.iter_mut().map(|(_, column)| column));
        for (index, column) in columns.enumerate() {
            column.push(cells.get(index).and_then(Option::as_ref));
        }
        self.lines.push(line);
    }

    /// Each code of the columns that name a row of a master table, or are its key, with the line it
    /// comes on first.
    pub(super) fn code_uses(&self) -> Vec<CodeUse> {
        let columns = self.def.columns.iter().zip(&self.columns);
        let mut uses = Vec::new();
        for (def, column) in columns {
            if let (Some(master), Growing::Texts(interner, codes)) =
                (self.def.master_of(def), column)
            {
                let words = interner.words();
                let rows = codes.iter().copied().zip(self.lines.iter().copied());
                uses.extend(code_uses((def, master), words, rows));
            }
        }
        uses
    }

    /// Sorts by key, treats duplicates and drops blank columns.
    pub fn finish(self, rule: DuplicateRule) -> (Table, Vec<Duplicate>) {
        let def = self.def;
        let mut columns: Vec<_> = self.columns.into_iter().map(Growing::finish).collect();
        let attributes: Vec<_> = self
            .attributes
            .into_iter()
            .map(|(name, c)| (name, c.finish()))
            .collect();
        let keys = row_keys(&columns, &def.key_indexes(), self.lines.len());
        let mut order = order::places(self.lines.len());
        let key = |row: u32| keys.get(row as usize);
        order::sort_places(&mut order, &mut |a, b| key(a).cmp(&key(b)));
        let mut kept: Vec<u32> = Vec::with_capacity(order.len());
        let mut duplicates = Vec::new();
        for row in order {
            match kept.last().filter(|first| key(**first) == key(row)) {
                None => kept.push(row),
                Some(first) => {
                    if rule == DuplicateRule::Sum {
                        fold_row(&mut columns, def.columns, *first, row);
                    }
                    let line = |row: u32| self.lines.get(row as usize).copied().unwrap_or(0);
                    duplicates.push(Duplicate {
                        line: line(row),
                        first_line: line(*first),
                    });
                }
            }
        }
        let settle = |column: &Column| {
            let mut column = column.permuted(&kept);
            column.canonicalise();
            Some(column).filter(|column| !column.is_blank())
        };
        let columns = columns.iter().map(settle).collect();
        let attributes = attributes
            .iter()
            .filter_map(|(name, column)| Some((name.clone(), settle(column)?)))
            .collect();
        (
            Table::from_parts(def.id, kept.len(), columns, attributes),
            duplicates,
        )
    }
}

/// Most columns a key has.
const KEY_COLUMNS: usize = 5;

fn row_keys(columns: &[Column], key: &[usize], rows: usize) -> Vec<[u64; KEY_COLUMNS]> {
    let mut keys = vec![[0_u64; KEY_COLUMNS]; rows];
    for (place, index) in key.iter().enumerate() {
        let parts = columns
            .get(*index)
            .map(Column::sort_keys)
            .unwrap_or_default();
        for (row, part) in keys.iter_mut().zip(parts) {
            if let Some(slot) = row.get_mut(place) {
                *slot = part;
            }
        }
    }
    keys
}

/// Adds row `from` onto row `into`.
fn fold_row(columns: &mut [Column], defs: &[ColumnDef], into: u32, from: u32) {
    let (into, from) = (into as usize, from as usize);
    for (column, def) in columns.iter_mut().zip(defs) {
        match column {
            Column::Numbers(numbers) => {
                let (a, b) = (numbers.get(into).copied(), numbers.get(from).copied());
                let (Some(a), Some(b), Some(slot)) = (a, b, numbers.get_mut(into)) else {
                    continue;
                };
                *slot = if adds_up(def) {
                    add_present(a, b)
                } else {
                    agree(a, b, NO_NUMBER)
                };
            }
            Column::Texts(texts) => {
                let (a, b) = (
                    texts.codes.get(into).copied(),
                    texts.codes.get(from).copied(),
                );
                let (Some(a), Some(b), Some(slot)) = (a, b, texts.codes.get_mut(into)) else {
                    continue;
                };
                *slot = agree(a, b, NO_TEXT);
            }
            Column::Days(days) => {
                let (a, b) = (days.get(into).copied(), days.get(from).copied());
                let (Some(a), Some(b), Some(slot)) = (a, b, days.get_mut(into)) else {
                    continue;
                };
                *slot = agree(a, b, NO_DAY);
            }
        }
    }
}

fn adds_up(def: &ColumnDef) -> bool {
    match def.kind {
        Kind::Quantity | Kind::SignedQuantity | Kind::Integer => true,
        Kind::Number => matches!(def.name, "revenue" | "value" | "amount"),
        Kind::Code
        | Kind::Text
        | Kind::Choice(_)
        | Kind::Date
        | Kind::Time
        | Kind::Flag
        | Kind::Limits => false,
    }
}

fn add_present(a: i64, b: i64) -> i64 {
    match (a == NO_NUMBER, b == NO_NUMBER) {
        (true, _) => b,
        (_, true) => a,
        _ => a.saturating_add(b),
    }
}

fn agree<T: PartialEq + Copy>(a: T, b: T, absent: T) -> T {
    if a == b { a } else { absent }
}

#[cfg(test)]
mod tests {
    use super::super::parse_cell;
    use super::*;

    fn build(rows: &[[&'static str; 5]], rule: DuplicateRule) -> (Table, Vec<Duplicate>) {
        let def = definition(TableId::Demand);
        let mut builder = TableBuilder::new(TableId::Demand, &[]);
        for (line, row) in (2..).zip(rows) {
            let cells: Vec<_> = row
                .iter()
                .zip(def.columns)
                .map(|(t, c)| parse_cell(c.kind, t).unwrap())
                .collect();
            builder.push(line, &cells);
        }
        builder.finish(rule)
    }

    const ROWS: [[&str; 5]; 4] = [
        ["2026-01-02", "B", "tmall", "east", "2"],
        ["2026-01-01", "B", "tmall", "east", "1"],
        ["2026-01-01", "A", "tmall", "east", "5"],
        ["2026-01-01", "B", "tmall", "east", "4"],
    ];

    #[test]
    fn rows_are_sorted_by_key_and_later_duplicates_reported() {
        let (table, duplicates) = build(&ROWS, DuplicateRule::KeepFirst);
        assert_eq!(table.len(), 3);
        assert_eq!(table.text("sku", 0), Some("A"));
        assert_eq!(table.numbers("quantity"), [5_000, 1_000, 2_000]);
        assert_eq!(
            duplicates,
            [Duplicate {
                line: 5,
                first_line: 3
            }]
        );
    }

    #[test]
    fn summing_adds_quantities_of_equal_keys() {
        let (table, duplicates) = build(&ROWS, DuplicateRule::Sum);
        assert_eq!(table.numbers("quantity"), [5_000, 5_000, 2_000]);
        assert_eq!(duplicates.len(), 1);
    }

    #[test]
    fn sorted_columns_make_the_same_table_as_rows() {
        let rows = [
            ["2026-01-01", "A", "tmall", "east", "5"],
            ["2026-01-01", "B", "tmall", "east", "1"],
            ["2026-01-02", "B", "tmall", "east", "2"],
        ];
        let texts = |words: &[&str], codes: &[u32]| {
            Column::Texts(Texts {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                codes: codes.to_vec(),
            })
        };
        let first = Day::parse_iso("2026-01-01").unwrap().number();
        let columns = |days: &[i32]| {
            vec![
                ("date", Column::Days(days.to_vec())),
                ("sku", texts(&["B", "unused", "A"], &[2, 0, 0])),
                ("channel", texts(&["tmall"], &[0, 0, 0])),
                ("region", texts(&["east"], &[0, 0, 0])),
                ("quantity", Column::Numbers(vec![5_000, 1_000, 2_000])),
            ]
        };
        let whole = |days: &[i32]| Table::from_sorted_columns(TableId::Demand, columns(days));
        let (built, _) = build(&rows, DuplicateRule::KeepFirst);
        assert_eq!(whole(&[first, first, first + 1]), Some(built));
        assert_eq!(
            whole(&[first, first, first]),
            None,
            "the last two rows share a key"
        );
        assert_eq!(whole(&[first, first]), None, "lengths differ");
    }

    #[test]
    fn the_order_of_rows_leaves_no_trace() {
        let mut reversed = ROWS;
        reversed.reverse();
        assert_eq!(
            build(&ROWS, DuplicateRule::Sum).0,
            build(&reversed, DuplicateRule::Sum).0
        );
    }
}
