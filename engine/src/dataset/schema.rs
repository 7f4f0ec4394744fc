//! What a table and a column are.

use serde::{Deserialize, Serialize};

/// How a column's cells are written and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code of at most 64 characters: trimmed, case-sensitive, NFC.
    Code,
    /// Free text of at most 1,000 characters.
    Text,
    /// One word of a list.
    Choice(&'static [&'static str]),
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DDThh:mm:ss+hh:mm`.
    Time,
    /// A quantity of goods with at most three decimals, never below zero.
    Quantity,
    /// A quantity that may be negative.
    SignedQuantity,
    /// A price, cost, rate or measure with at most six decimals.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Flag,
    /// What a row is limited to: `category=a;channel in (b,c)`, at most 1,000 characters.
    Limits,
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnDef {
    /// Header in the canonical file.
    pub name: &'static str,
    /// How its cells are written.
    pub kind: Kind,
    /// Whether a file without it, or a row with an empty cell, is refused.
    pub is_required: bool,
    /// Unit as printed in the documentation; empty for texts.
    pub unit: &'static str,
}

/// One table of the dataset.
#[derive(Clone, Copy, Debug)]
pub struct TableDef {
    /// Which table it is.
    pub id: TableId,
    /// File name without `.csv`.
    pub name: &'static str,
    /// Names of the key columns.
    pub key: &'static [&'static str],
    /// Columns in canonical order.
    pub columns: &'static [ColumnDef],
}

impl TableDef {
    /// The position of a column by its canonical name.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The positions of the key columns.
    pub fn key_indexes(&self) -> Vec<usize> {
        self.key
            .iter()
            .filter_map(|name| self.column_index(name))
            .collect()
    }
}

macro_rules! table_ids {
    ($($name:ident,)*) => {
        /// The tables, in the order in which they are hashed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each variant is described by its TableDef")]
        pub enum TableId { $($name,)* }

        impl TableId {
            /// Every table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The position in [`TableId::ALL`].
            pub const fn index(self) -> usize { self as usize }
        }
    };
}

table_ids! {
    Company, Categories, Skus, Channels, Regions, Warehouses, Serves, Lanes, Suppliers, Sourcing,
    Demand, Stock, StockDaily, Movements, OpenOrders, SalesOrders, Returns, Counts, Events,
    Promos, Pools, Limits, Policies, Signals, Keywords, Campaigns, CampaignDays, Leads, Cash, Fx,
    Accounts,
}

/// A required column.
pub(super) const fn req(name: &'static str, kind: Kind, unit: &'static str) -> ColumnDef {
    ColumnDef {
        name,
        kind,
        is_required: true,
        unit,
    }
}

/// An optional column.
pub(super) const fn opt(name: &'static str, kind: Kind, unit: &'static str) -> ColumnDef {
    ColumnDef {
        name,
        kind,
        is_required: false,
        unit,
    }
}
