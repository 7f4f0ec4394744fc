//! Sales orders that wait to be shipped.

use crate::dataset::{Dataset, TableId};
use crate::day::{Day, Moment};
use crate::units::Qty;

/// A row of `sales_orders.csv` that is neither shipped nor cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOrder<'a> {
    /// Code of the goods.
    pub sku: &'a str,
    /// Code of the channel.
    pub channel: &'a str,
    /// Code of the region; empty where none is said.
    pub region: &'a str,
    /// Placed on, where that is known.
    pub placed: Option<Day>,
    /// Due on, where that is said.
    pub due_on: Option<Day>,
    /// Units.
    pub quantity: Qty,
}

impl OpenOrder<'_> {
    /// The day it is due; the one after the data where that is past or not said.
    #[must_use]
    pub fn due(&self, as_of: Day) -> Day {
        self.due_on.unwrap_or(as_of).max(as_of + 1)
    }
}

/// Orders open at the end of `as_of`.
pub fn open_orders(dataset: &Dataset, as_of: Day) -> impl Iterator<Item = OpenOrder<'_>> {
    let table = dataset.table(TableId::SalesOrders);
    table.into_iter().flat_map(move |table| {
        (0..table.len()).filter_map(move |row| {
            let is_open = matches!(table.text("status", row), None | Some("open" | "paid"));
            let at = table.number("at", row);
            let placed = at.map(|at| Moment::from_packed(at).day());
            let order = OpenOrder {
                sku: table.text("sku", row)?,
                channel: table.text("channel", row)?,
                region: table.text("region", row).unwrap_or_default(),
                placed,
                due_on: table.day("due_on", row),
                quantity: Qty::from_thousandths(table.number("quantity", row)?),
            };
            (is_open && placed.is_none_or(|placed| placed <= as_of)).then_some(order)
        })
    })
}
