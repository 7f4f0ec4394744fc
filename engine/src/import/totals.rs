//! What a file held against what was loaded: rows, quantity, value.

use serde::{Deserialize, Serialize};

use crate::dataset::{Table, TableDef, TableId};
use crate::units::{Amount, Qty};

/// Rows, quantity and value of a group of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Rows of the file.
    pub rows: u64,
    /// Sum of their quantities, in thousandths.
    pub quantity: i128,
    /// Sum of their values, in millionths of the currency.
    pub value: i128,
}

impl Measure {
    pub(super) fn add(&mut self, quantity: Option<i64>, value: Option<i64>) {
        self.rows += 1;
        self.quantity += i128::from(quantity.unwrap_or(0));
        self.value += i128::from(value.unwrap_or(0));
    }

    fn plus(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            quantity: self.quantity + other.quantity,
            value: self.value + other.value,
        }
    }

    /// The quantity as a decimal text.
    pub fn quantity_text(&self) -> String {
        i64::try_from(self.quantity).map_or_else(
            |_| self.quantity.to_string(),
            |n| Qty::from_thousandths(n).to_string(),
        )
    }

    /// The value as a decimal text.
    pub fn value_text(&self) -> String {
        i64::try_from(self.value).map_or_else(
            |_| self.value.to_string(),
            |n| Amount::from_millionths(n).to_string(),
        )
    }
}

/// The totals check of one import: what the file held is what entered, went elsewhere,
/// was set aside or was refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All rows of the file, as far as their numbers could be read.
    pub file: Measure,
    /// Rows that entered the table; quantity and value are summed over the finished table.
    pub loaded: Measure,
    /// Rows that became returns; quantity and value as in the file, below zero.
    pub returns: Measure,
    /// Rows set aside as no demand.
    pub set_aside: Measure,
    /// Rows refused, duplicates included.
    pub refused: Measure,
    /// Refused rows whose quantity could not be read; they are in no sum.
    pub unreadable: u64,
}

impl Totals {
    /// What the file held and no group accounts for; zero when all is well.
    pub fn difference(&self) -> Measure {
        let groups = self
            .loaded
            .plus(self.returns)
            .plus(self.set_aside)
            .plus(self.refused);
        Measure {
            rows: self.file.rows.abs_diff(groups.rows),
            quantity: self.file.quantity - groups.quantity,
            value: self.file.value - groups.value,
        }
    }

    /// Whether every row, piece and cent is accounted for.
    pub fn is_balanced(&self) -> bool {
        self.difference() == Measure::default()
    }
}

/// Which column of a table is its quantity.
pub(super) fn quantity_column(def: &TableDef) -> Option<usize> {
    ["quantity", "available", "counted"]
        .iter()
        .find_map(|name| def.column_index(name))
}

/// How a row's value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// A column holds it.
    Column(usize),
    /// Quantity times the unit price or cost of a column.
    Times(usize),
    /// It is not known.
    Unknown,
}

/// How the rows of a table are valued.
pub(super) fn worth(def: &TableDef) -> Worth {
    let column = |name| def.column_index(name);
    match def.id {
        TableId::Demand => column("revenue").map(Worth::Column),
        TableId::Cash => column("amount").map(Worth::Column),
        TableId::Stock | TableId::OpenOrders | TableId::Movements => {
            column("unit_cost").map(Worth::Times)
        }
        TableId::SalesOrders => column("price").map(Worth::Times),
        _ => None,
    }
    .unwrap_or(Worth::Unknown)
}

/// Quantity (thousandths) times price (millionths) in millionths, halves away from zero;
/// `None` when it does not fit.
pub(super) fn value_of(quantity: i64, price: i64) -> Option<i64> {
    let product = i128::from(quantity) * i128::from(price);
    let half = if product < 0 { -500 } else { 500 };
    i64::try_from((product + half) / 1_000).ok()
}

/// Quantity and value summed over a finished table.
pub(super) fn of_table(table: &Table) -> Measure {
    let def = table.def();
    let numbers = |index: usize| {
        let name = def.columns.get(index).map_or("", |column| column.name);
        table
            .numbers(name)
            .iter()
            .map(|number| Some(*number).filter(|n| *n != i64::MIN))
    };
    let mut sum = Measure {
        rows: table.len() as u64,
        ..Measure::default()
    };
    let Some(quantities) = quantity_column(def) else {
        return sum;
    };
    for quantity in numbers(quantities).flatten() {
        sum.quantity += i128::from(quantity);
    }
    match worth(def) {
        Worth::Column(index) => {
            sum.value = numbers(index).flatten().map(i128::from).sum();
        }
        Worth::Times(index) => {
            let pairs = numbers(quantities).zip(numbers(index));
            let values = pairs.filter_map(|(quantity, price)| value_of(quantity?, price?));
            sum.value = values.map(i128::from).sum();
        }
        Worth::Unknown => {}
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_round_half_away_from_zero() {
        assert_eq!(value_of(1_000, 2_550_000), Some(2_550_000));
        assert_eq!(value_of(500, 1), Some(1));
        assert_eq!(value_of(-500, 1), Some(-1));
        assert_eq!(value_of(i64::MAX, i64::MAX), None);
    }

    #[test]
    fn a_missing_piece_is_named() {
        let mut totals = Totals::default();
        totals.file.add(Some(5_000), Some(10));
        totals.loaded.add(Some(4_000), Some(10));
        assert_eq!(
            totals.difference(),
            Measure {
                rows: 0,
                quantity: 1_000,
                value: 0
            }
        );
        assert!(!totals.is_balanced());
    }
}
