//! The suppliers of demo company A.

use super::names::{HOUSES, TOWNS, TRADES};

/// Suppliers of each category, in the order of the categories.
const COUNTS: [usize; 14] = [3, 2, 2, 4, 3, 2, 3, 3, 4, 2, 2, 3, 2, 1];
const LEAD_DAYS: [i32; 14] = [18, 18, 15, 30, 16, 20, 22, 17, 32, 30, 24, 26, 35, 20];
const TERMS: [&str; 4] = ["net 30", "net 45", "eom 30", "deposit 30 / net 60"];

/// One supplier.
pub(super) struct Supplier {
    pub(super) code: String,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) terms: &'static str,
    pub(super) min_order_value: f64,
}

/// The positions of the suppliers of a category.
pub(super) fn suppliers_of(category: usize) -> Vec<usize> {
    let before: usize = COUNTS.iter().take(category).sum();
    let count = COUNTS.get(category).copied().unwrap_or(0);
    (before..before + count).collect()
}

fn category_of(supplier: usize) -> usize {
    (0..COUNTS.len())
        .find(|category| suppliers_of(*category).contains(&supplier))
        .unwrap_or(0)
}

/// Code of the supplier at a position.
pub(super) fn supplier_code(supplier: usize) -> String {
    format!("S{:02}", supplier + 1)
}

/// Promised days from order to receipt.
pub(super) fn lead_days(supplier: usize) -> i32 {
    let usual = LEAD_DAYS.get(category_of(supplier)).copied().unwrap_or(20);
    usual + [0, 4, -3, 7].into_iter().nth(supplier % 4).unwrap_or(0)
}

/// Standard deviation of the lead time, days.
pub(super) fn lead_sd(supplier: usize) -> f64 {
    f64::from(lead_days(supplier))
        * [0.12, 0.2, 0.1, 0.25]
            .into_iter()
            .nth(supplier % 4)
            .unwrap_or(0.15)
}

/// Every supplier.
pub(super) fn suppliers() -> Vec<Supplier> {
    let count = COUNTS.iter().sum();
    let supplier = |index: usize| {
        // Steps of 5 and 7 through lists of twelve give every supplier its own pair.
        let town = TOWNS
            .get(index * 5 % TOWNS.len())
            .copied()
            .unwrap_or_default();
        let house = HOUSES
            .get((index * 7 + index / 12) % HOUSES.len())
            .copied()
            .unwrap_or_default();
        let trade = TRADES.get(category_of(index)).copied().unwrap_or_default();
        Supplier {
            code: supplier_code(index),
            name_zh: format!("{}{}{}有限公司", town.0, house.0, trade.0),
            name_en: format!("{} {} {} Co., Ltd.", town.1, house.1, trade.1),
            terms: TERMS.get(index % TERMS.len()).copied().unwrap_or("net 30"),
            min_order_value: [2_000.0, 5_000.0, 3_000.0]
                .into_iter()
                .nth(index % 3)
                .unwrap_or(2_000.0),
        }
    };
    (0..count).map(supplier).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_supplier_has_its_own_name() {
        let suppliers = suppliers();
        let names: BTreeSet<_> = suppliers.iter().map(|supplier| &supplier.name_zh).collect();
        assert_eq!((suppliers.len(), names.len()), (36, 36));
    }
}
