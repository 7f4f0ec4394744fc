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

/// What stands between the codes of a list in one cell.
pub const LIST_MARKS: [char; 7] = [';', '|', ',', '；', '，', '、', ' '];

/// What the cells of a column must be beyond being of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing more.
    Any,
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
    /// One or more.
    AtLeastOne,
    /// From zero to one.
    Fraction,
    /// From 0 to 366.
    Days,
    /// One of some words, in any case.
    Words(&'static [&'static str]),
    /// No earlier than another column of the row.
    NotBefore(&'static str),
    /// By the word in another column; zero or more where it is not listed.
    ByWord(&'static str, &'static [(&'static str, Self)]),
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnDef {
    /// Header in the canonical file.
    pub name: &'static str,
    /// How its cells are written.
    pub kind: Kind,
    /// Whether a file without it, or a row with an empty cell, is refused.
    pub is_required: bool,
    /// Unit as printed in the documentation; empty for texts.
    pub unit: &'static str,
    /// What its cells must be.
    pub rule: Rule,
}

impl ColumnDef {
    /// The same column with a rule for its cells.
    pub(super) const fn must(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }
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

    /// The table whose rows the codes of a column name, where there is one; its own key names it
    /// too. Columns that name the same thing have the same name in every table.
    pub fn master_of(&self, column: &ColumnDef) -> Option<TableId> {
        match (column.kind, column.name) {
            (Kind::Text, "skus") | (Kind::Code, "sku") => Some(TableId::Skus),
            (Kind::Code, "category") => Some(TableId::Categories),
            (Kind::Code, "parent") => Some(self.id),
            (Kind::Code, "channel") => Some(TableId::Channels),
            (Kind::Code, "region") => Some(TableId::Regions),
            (Kind::Code, "warehouse" | "to_warehouse" | "origin" | "destination") => {
                Some(TableId::Warehouses)
            }
            (Kind::Code, "supplier") => Some(TableId::Suppliers),
            (Kind::Code, "post") => Some(TableId::Campaigns),
            (Kind::Code, "event") => Some(TableId::Events),
            // Demand remembers promotions that are over; promos.csv holds those to come.
            (Kind::Code, "promo") if self.id == TableId::Pools => Some(TableId::Promos),
            _ => None,
        }
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
        rule: Rule::Any,
    }
}

/// An optional column.
pub(super) const fn opt(name: &'static str, kind: Kind, unit: &'static str) -> ColumnDef {
    ColumnDef {
        name,
        kind,
        is_required: false,
        unit,
        rule: Rule::Any,
    }
}
