//! The stock picture at `as_of`: buckets and expected receipts by SKU and warehouse.

use crate::order;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Bucket;
use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::ids::{SkuId, WarehouseId};
use crate::master::Catalog;
use crate::units::Qty;

/// Goods on their way to a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The day they are due; overdue ones count as due the day after `as_of`.
    pub due: Day,
    /// How many, units.
    pub quantity: Qty,
    /// Whether they come from another own warehouse rather than a supplier.
    pub is_transfer: bool,
    /// The order they belong to.
    pub order: String,
}

/// Stock of one SKU in one warehouse.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    buckets: [Qty; Bucket::ALL.len()],
    /// What is on its way, by due day.
    pub arrivals: Vec<Arrival>,
}

impl Position {
    /// Quantity in a bucket.
    pub fn bucket(&self, bucket: Bucket) -> Qty {
        self.buckets
            .get(bucket.index())
            .copied()
            .unwrap_or(Qty::ZERO)
    }

    /// Adds goods to a bucket.
    pub fn add(&mut self, bucket: Bucket, quantity: Qty) {
        if let Some(slot) = self.buckets.get_mut(bucket.index()) {
            *slot += quantity;
        }
    }

    /// Everything that lies in the warehouse, whatever its state.
    pub fn on_hand(&self) -> Qty {
        self.sum(Bucket::is_physical)
    }

    /// Good quality, not promised, not held: unrestricted - frozen - locked - reserved - allocated.
    pub fn available(&self) -> Qty {
        self.bucket(Bucket::Unrestricted) - self.sum(Bucket::is_claim)
    }

    /// Goods on their way from suppliers and own warehouses.
    pub fn on_order(&self) -> Qty {
        self.arrivals.iter().map(|arrival| arrival.quantity).sum()
    }

    /// Goods on their way that arrive within some days of `as_of`.
    pub fn on_order_by(&self, day: Day) -> Qty {
        self.arrivals
            .iter()
            .filter(|arrival| arrival.due <= day)
            .map(|arrival| arrival.quantity)
            .sum()
    }

    fn sum(&self, takes: impl Fn(Bucket) -> bool) -> Qty {
        Bucket::ALL
            .into_iter()
            .filter(|bucket| takes(*bucket))
            .map(|bucket| self.bucket(bucket))
            .sum()
    }
}

/// All positions of a dataset.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    by_place: BTreeMap<(SkuId, WarehouseId), Position>,
    /// Whether the dataset holds a stock picture at all.
    pub is_known: bool,
}

impl Positions {
    /// Reads `stock.csv` and `open_orders.csv`.
    pub fn new(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        let mut positions = Self {
            is_known: dataset.table(TableId::Stock).is_some(),
            ..Self::default()
        };
        if let Some(table) = dataset.table(TableId::Stock) {
            for row in 0..table.len() {
                positions.add_stock(table, catalog, row);
            }
        }
        if let Some(table) = dataset.table(TableId::OpenOrders) {
            for row in 0..table.len() {
                positions.add_order(table, catalog, row, as_of);
            }
        }
        for position in positions.by_place.values_mut() {
            order::sort_by(&mut position.arrivals, |a, b| {
                (a.due, &a.order).cmp(&(b.due, &b.order))
            });
        }
        positions
    }

    /// The position of a SKU in a warehouse.
    pub fn get(&self, sku: SkuId, warehouse: WarehouseId) -> Option<&Position> {
        self.by_place.get(&(sku, warehouse))
    }

    /// All positions, by SKU then warehouse.
    pub fn iter(&self) -> impl Iterator<Item = (SkuId, WarehouseId, &Position)> {
        self.by_place
            .iter()
            .map(|((sku, warehouse), position)| (*sku, *warehouse, position))
    }

    fn add_stock(&mut self, table: &Table, catalog: &Catalog, row: usize) -> Option<()> {
        let bucket = Bucket::parse(table.text("bucket", row)?)?;
        let quantity = Qty::from_thousandths(table.number("quantity", row)?);
        self.place(table, catalog, row)?.add(bucket, quantity);
        Some(())
    }

    fn add_order(
        &mut self,
        table: &Table,
        catalog: &Catalog,
        row: usize,
        as_of: Day,
    ) -> Option<()> {
        let quantity = Qty::from_thousandths(table.number("quantity", row)?);
        let arrival = Arrival {
            due: table.day("due_on", row)?.max(as_of + 1),
            quantity,
            is_transfer: table.text("kind", row) == Some("transfer"),
            order: table.text("order", row)?.to_owned(),
        };
        self.place(table, catalog, row)?.arrivals.push(arrival);
        Some(())
    }

    fn place(&mut self, table: &Table, catalog: &Catalog, row: usize) -> Option<&mut Position> {
        let sku = catalog.sku_id(table.text("sku", row)?)?;
        let warehouse = catalog.warehouse_id(table.text("warehouse", row)?)?;
        Some(self.by_place.entry((sku, warehouse)).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    #[test]
    fn available_is_unrestricted_less_claims() {
        let stock = "sku,warehouse,bucket,quantity\n\
                     A,W,unrestricted,4860\nA,W,frozen,1200\nA,W,locked,300\nA,W,reserved,214\nA,W,allocated,986\n\
                     A,W,blocked,7\nA,W,virtual,50\n";
        let orders = "order,kind,sku,warehouse,quantity,due_on\nPO1,purchase,A,W,2592,2026-05-19\n";
        let dataset = Dataset::from_tables([
            read_csv(TableId::Stock, "stock.csv", stock.as_bytes()).table,
            read_csv(TableId::OpenOrders, "open_orders.csv", orders.as_bytes()).table,
        ]);
        let catalog = Catalog::new(&dataset);
        let as_of = Day::parse_iso("2026-05-11").unwrap();
        let positions = Positions::new(&dataset, &catalog, as_of);
        let position = positions.get(SkuId(0), WarehouseId(0)).unwrap();
        assert_eq!(position.available(), Qty::from_units(2_160));
        assert_eq!(position.on_hand(), Qty::from_units(4_867));
        assert_eq!(
            position.available() + position.on_order(),
            Qty::from_units(4_752)
        );
        assert_eq!(position.on_order_by(as_of + 7), Qty::ZERO);
    }
}
