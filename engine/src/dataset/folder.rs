//! A dataset: its tables, its date, its hash.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::codec::pack_table;
use super::schema::TableId;
use super::table::Table;
use crate::day::{Day, Weekday};

/// A BLAKE3-256 hash.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What was imported: at most one table of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    tables: Vec<Option<Table>>,
}

impl Dataset {
    /// A dataset of the given tables; of two with one id the later stays.
    pub fn from_tables(tables: impl IntoIterator<Item = Table>) -> Self {
        let mut dataset = Self::default();
        for table in tables {
            dataset.insert(table);
        }
        dataset
    }

    /// Puts a table in the place of the one with its id and returns the old one.
    pub fn insert(&mut self, table: Table) -> Option<Table> {
        self.tables.resize(TableId::ALL.len(), None);
        self.tables.get_mut(table.id().index())?.replace(table)
    }

    /// Takes a table out.
    pub fn remove(&mut self, id: TableId) -> Option<Table> {
        self.tables.get_mut(id.index())?.take()
    }

    /// A table; `None` means "not known", which is not the same as empty.
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(id.index())?.as_ref()
    }

    /// The tables present, in hashing order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().flatten()
    }

    /// A value of `company.csv`.
    pub fn company(&self, key: &str) -> Option<&str> {
        let company = self.table(TableId::Company)?;
        let row = (0..company.len()).find(|row| company.text("key", *row) == Some(key))?;
        company.text("value", row)
    }

    /// The date of the stock picture: `as_of` of `company.csv`, else the last date of
    /// demand or daily stock. The first forecast day is the next one.
    pub fn as_of(&self) -> Option<Day> {
        let stated = self.company("as_of").and_then(Day::parse_iso);
        let last = |id| self.table(id).and_then(|table| table.last_day("date"));
        stated.or_else(|| last(TableId::Demand).max(last(TableId::StockDaily)))
    }

    /// The first day of the company's week; Monday when not stated.
    pub fn week_start(&self) -> Weekday {
        self.company("week_start")
            .and_then(Weekday::parse)
            .unwrap_or(Weekday::MONDAY)
    }

    /// BLAKE3-256 over the packed tables in registry order. Packed tables are canonical,
    /// so the order of files, rows and columns and the spelling of numbers leave no trace.
    pub fn hash(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        for table in self.tables() {
            hasher.update(&pack_table(table));
        }
        Hash(*hasher.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_csv;
    use super::*;

    fn demand(text: &str) -> Table {
        read_csv(TableId::Demand, "demand.csv", text.as_bytes()).table
    }

    #[test]
    fn the_hash_does_not_see_row_order_or_spelling() {
        let a =
            demand("date,sku,channel,region,quantity\n2026-01-01,A,t,e,1\n2026-01-02,B,t,e,2.50\n");
        let b =
            demand("quantity,date,region,sku,channel\n2.5,2026-01-02,e,B,t\n01,2026-01-01,e,A,t\n");
        let c =
            demand("date,sku,channel,region,quantity\n2026-01-01,A,t,e,1\n2026-01-02,B,t,e,2.51\n");
        let hash = |table| Dataset::from_tables([table]).hash();
        assert_eq!(hash(a.clone()), hash(b));
        assert_ne!(hash(a), hash(c));
    }

    #[test]
    fn the_date_falls_back_to_the_last_one_in_the_files() {
        let dataset = Dataset::from_tables([demand(
            "date,sku,channel,region,quantity\n2026-01-02,B,t,e,2\n",
        )]);
        assert_eq!(dataset.as_of(), Day::parse_iso("2026-01-02"));
    }
}
