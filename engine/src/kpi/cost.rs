//! What a unit of each SKU costs, in base currency.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::order::collect_map;
use crate::units::Amount;

/// Net unit costs by SKU code, in base currency.
///
/// `skus.unit_cost`, else `skus.standard_cost`; a cost in a foreign currency is converted
/// at the last rate of `fx.csv` up to `as_of`. A SKU without cost or rate is not in here.
#[derive(Clone, Debug, Default)]
pub struct UnitCosts {
    by_code: BTreeMap<String, Amount>,
}

impl UnitCosts {
    /// Reads the costs of a dataset.
    pub fn new(dataset: &Dataset) -> Self {
        let Some(skus) = dataset.table(TableId::Skus) else {
            return Self::default();
        };
        let rates = Rates::new(dataset);
        let cost = |row: usize| {
            let own = skus.number("unit_cost", row);
            let cost = own.or_else(|| skus.number("standard_cost", row))?;
            let cost = rates.to_base(Amount::from_millionths(cost), skus.text("currency", row))?;
            Some((skus.text("sku", row)?.to_owned(), cost))
        };
        Self {
            by_code: collect_map((0..skus.len()).filter_map(cost)),
        }
    }

    /// The cost of one unit of a SKU.
    pub fn get(&self, sku: &str) -> Option<Amount> {
        self.by_code.get(sku).copied()
    }

    /// The cost for each word of a table's `sku` dictionary.
    pub(super) fn for_words(&self, words: &[String]) -> Vec<Option<Amount>> {
        words.iter().map(|word| self.get(word)).collect()
    }
}

/// The last known exchange rate of each currency.
struct Rates<'a> {
    base: Option<&'a str>,
    last: BTreeMap<&'a str, Amount>,
}

impl<'a> Rates<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        let last = dataset
            .table(TableId::Fx)
            .map(|table| last_rates(table, dataset.as_of()));
        Self {
            base: dataset.company("base_currency"),
            last: last.unwrap_or_default(),
        }
    }

    /// An amount in base currency; without a currency, or without a base, it already is.
    fn to_base(&self, amount: Amount, currency: Option<&str>) -> Option<Amount> {
        match (currency, self.base) {
            (Some(currency), Some(base)) if currency != base => {
                let rate = self.last.get(currency)?;
                Some(Amount::round_from_f64(amount.to_f64() * rate.to_f64()))
            }
            _ => Some(amount),
        }
    }
}

fn last_rates(table: &Table, as_of: Option<Day>) -> BTreeMap<&str, Amount> {
    // Rows are sorted by date, so a later rate replaces an earlier one.
    let known = (0..table.len()).filter(|row| match (table.day("date", *row), as_of) {
        (Some(day), Some(as_of)) => day <= as_of,
        _ => true,
    });
    let rate = |row| {
        let rate = Amount::from_millionths(table.number("rate", row)?);
        Some((table.text("currency", row)?, rate))
    };
    collect_map(known.filter_map(rate))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::dataset;
    use super::*;

    #[test]
    fn foreign_costs_use_the_last_rate_before_the_picture() {
        let dataset = dataset(&[
            (
                TableId::Company,
                "key,value\nbase_currency,CNY\nas_of,2026-06-30\n",
            ),
            (
                TableId::Skus,
                "sku,category,unit_cost,standard_cost,currency\n\
                 A,c,10,,\nB,c,,4,CNY\nC,c,2,,USD\nD,c,2,,EUR\nE,c,,,CNY\n",
            ),
            (
                TableId::Fx,
                "date,currency,rate\n2026-01-01,USD,7\n2026-06-01,USD,7.1\n2026-07-01,USD,8\n",
            ),
        ]);
        let costs = UnitCosts::new(&dataset);
        let text = |sku| costs.get(sku).map(|cost| cost.to_string());
        let found = ["A", "B", "C", "D", "E"].map(text);
        let expected = [Some("10"), Some("4"), Some("14.2"), None, None];
        assert_eq!(found, expected.map(|cost| cost.map(str::to_owned)));
    }
}
