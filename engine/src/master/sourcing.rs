//! Where goods are bought: supplier, lead time, lot sizes, price.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::ids::{SkuId, SupplierId, WarehouseId};
use crate::master::Catalog;
use crate::order::collect_map;
use crate::units::{Amount, Qty};

/// How a SKU reaches a warehouse.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Who supplies it; `None` where no row says so.
    pub supplier: Option<SupplierId>,
    /// Mean days from order to receipt.
    pub lead_days: f64,
    /// Standard deviation of the lead time, days.
    pub lead_sd_days: f64,
    /// Days between reviews; 0 = continuous.
    pub review_days: f64,
    /// Least order, units.
    pub moq: Qty,
    /// Orders are whole multiples of this.
    pub multiple: Qty,
    /// Largest order, when limited.
    pub max_order: Option<Qty>,
    /// Net price of a unit, when known.
    pub price: Option<Amount>,
    /// Whether lead time and review are the engine's defaults.
    pub is_default: bool,
}

/// The sourcing rows of a dataset by SKU and warehouse.
#[derive(Clone, Debug, Default)]
pub struct Sourcing {
    rows: BTreeMap<Key, Source>,
}

/// Defaults where nothing is known: lead time 14 d with sd 4 d, review every 7 d.
const DEFAULT_LEAD_DAYS: f64 = 14.0;
const DEFAULT_LEAD_SD_DAYS: f64 = 4.0;
const DEFAULT_REVIEW_DAYS: f64 = 7.0;

impl Sourcing {
    /// Reads the rows valid on a day; of several for one SKU and warehouse the least
    /// (priority, supplier code) stays.
    pub fn new(dataset: &Dataset, catalog: &Catalog, on: Day) -> Self {
        let Some(table) = dataset.table(TableId::Sourcing) else {
            return Self::default();
        };
        let mut best: BTreeMap<Key, (Rank, usize)> = BTreeMap::new();
        for row in 0..table.len() {
            let Some((key, rank)) = candidate(table, catalog, row, on) else {
                continue;
            };
            let entry = best.entry(key).or_insert((rank, row));
            if rank < entry.0 {
                *entry = (rank, row);
            }
        }
        let source = |(key, (rank, row)): (Key, (Rank, usize))| {
            Some((key, read(table, row, rank.1, catalog.sku(key.0)?)))
        };
        Self {
            rows: collect_map(best.into_iter().filter_map(source)),
        }
    }

    /// The source of a SKU for a warehouse: its own row, else the row for all
    /// warehouses, else the defaults.
    pub fn source(&self, catalog: &Catalog, sku: SkuId, warehouse: WarehouseId) -> Source {
        let own = self
            .rows
            .get(&(sku, Some(warehouse)))
            .or_else(|| self.rows.get(&(sku, None)));
        own.cloned().unwrap_or_else(|| defaults(catalog, sku))
    }
}

type Key = (SkuId, Option<WarehouseId>);
type Rank = (i64, SupplierId);

fn candidate(table: &Table, catalog: &Catalog, row: usize, on: Day) -> Option<(Key, Rank)> {
    let is_valid = table.day("from", row).is_none_or(|from| from <= on)
        && table.day("to", row).is_none_or(|to| on <= to);
    let sku = catalog.sku_id(table.text("sku", row)?)?;
    let warehouse = match table.text("warehouse", row) {
        Some(code) => Some(catalog.warehouse_id(code)?),
        None => None,
    };
    let supplier = catalog.supplier_id(table.text("supplier", row)?)?;
    let priority = table.number("priority", row).unwrap_or(i64::MAX);
    is_valid.then_some(((sku, warehouse), (priority, supplier)))
}

fn read(table: &Table, row: usize, supplier: SupplierId, sku: &super::Sku) -> Source {
    let days = |column: &str| {
        table
            .number(column, row)
            .map(|n| Amount::from_millionths(n).to_f64().max(0.0))
    };
    let quantity = |column: &str| table.number(column, row).map(Qty::from_thousandths);
    Source {
        supplier: Some(supplier),
        lead_days: days("lead_days").unwrap_or(DEFAULT_LEAD_DAYS),
        lead_sd_days: days("lead_sd").unwrap_or(0.0),
        review_days: days("review_days").unwrap_or(DEFAULT_REVIEW_DAYS),
        moq: quantity("moq").unwrap_or(sku.moq),
        multiple: quantity("multiple")
            .filter(|multiple| *multiple > Qty::ZERO)
            .unwrap_or(sku.pack),
        max_order: quantity("max_order"),
        price: table
            .number("price", row)
            .map(Amount::from_millionths)
            .or(sku.unit_cost),
        is_default: false,
    }
}

fn defaults(catalog: &Catalog, sku: SkuId) -> Source {
    let sku = catalog.sku(sku);
    Source {
        supplier: None,
        lead_days: DEFAULT_LEAD_DAYS,
        lead_sd_days: DEFAULT_LEAD_SD_DAYS,
        review_days: DEFAULT_REVIEW_DAYS,
        moq: sku.map_or(Qty::ZERO, |sku| sku.moq),
        multiple: sku.map_or(Qty::from_units(1), |sku| sku.pack),
        max_order: None,
        price: sku.and_then(|sku| sku.unit_cost),
        is_default: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    #[test]
    fn the_warehouse_row_wins_and_expired_rows_do_not_count() {
        let text = "supplier,sku,warehouse,lead_days,price,priority,to\n\
                    S1,A,,10,9,1,\n\
                    S2,A,,5,8,0,2025-01-01\n\
                    S1,A,W1,3,9,1,\n";
        let stock = "sku,warehouse,bucket,quantity\nA,W1,unrestricted,1\nA,W2,unrestricted,1\nB,W1,unrestricted,1\n";
        let dataset = Dataset::from_tables([
            read_csv(TableId::Sourcing, "sourcing.csv", text.as_bytes()).table,
            read_csv(TableId::Stock, "stock.csv", stock.as_bytes()).table,
        ]);
        let catalog = Catalog::new(&dataset);
        let sourcing = Sourcing::new(&dataset, &catalog, Day::parse_iso("2026-01-01").unwrap());
        let lead = |sku: &str, warehouse: &str| {
            let (sku, warehouse) = (
                catalog.sku_id(sku).unwrap(),
                catalog.warehouse_id(warehouse).unwrap(),
            );
            let source = sourcing.source(&catalog, sku, warehouse);
            (source.lead_days, source.is_default)
        };
        assert_eq!(lead("A", "W1"), (3.0, false));
        assert_eq!(lead("A", "W2"), (10.0, false));
        assert_eq!(lead("B", "W1"), (14.0, true));
    }
}
