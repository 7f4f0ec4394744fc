//! Returns as `returns.csv` has them.

use super::{Disposition, Grade, ReturnCase, RmaState};
use crate::dataset::{Dataset, Table, TableId};
use crate::day::{Day, Moment};
use crate::ids::{ChannelId, SkuId, WarehouseId};
use crate::master::Catalog;
use crate::units::Qty;

/// A row of `returns.csv`: one SKU of one return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRow {
    /// The return.
    pub rma: String,
    /// The order it comes from.
    pub order: Option<String>,
    /// The goods.
    pub sku: SkuId,
    /// Where they were sold.
    pub channel: Option<ChannelId>,
    /// Where they come back to.
    pub warehouse: Option<WarehouseId>,
    /// Where the return stands; `None` when not stated or not a known word.
    pub state: Option<RmaState>,
    /// What becomes of it.
    pub disposition: Option<Disposition>,
    /// How many, units.
    pub quantity: Qty,
    /// The day it was asked for.
    pub requested: Option<Day>,
    /// The day it came in.
    pub received: Option<Day>,
    /// The day its grade was known.
    pub graded: Option<Day>,
    /// The day it was closed; taken as the day of disposal.
    pub closed: Option<Day>,
    /// The day it was offered again.
    pub relisted: Option<Day>,
    /// Its grade.
    pub grade: Option<Grade>,
}

impl ReturnRow {
    /// As far as turnaround is concerned; `None` until it is received.
    #[must_use]
    pub fn case(&self) -> Option<ReturnCase> {
        Some(ReturnCase {
            quantity: self.quantity,
            received: self.received?,
            graded: self.graded,
            disposed: self.closed,
            relisted: self.relisted,
            grade: self.grade,
        })
    }
}

/// Reads `returns.csv`, rows by key. Rows of SKUs that no master, stock or demand table knows are
/// left out and counted beside.
#[must_use]
pub fn read_returns(dataset: &Dataset, catalog: &Catalog) -> (Vec<ReturnRow>, usize) {
    let Some(table) = dataset.table(TableId::Returns) else {
        return (Vec::new(), 0);
    };
    let rows: Vec<ReturnRow> = (0..table.len())
        .filter_map(|row| read(table, catalog, row))
        .collect();
    let left_out = table.len() - rows.len();
    (rows, left_out)
}

fn read(table: &Table, catalog: &Catalog, row: usize) -> Option<ReturnRow> {
    let text = |column: &str| table.text(column, row).filter(|it| !it.is_empty());
    let day = |column: &str| {
        let packed = table.number(column, row)?;
        Some(Moment::from_packed(packed).day())
    };
    Some(ReturnRow {
        rma: text("rma")?.to_owned(),
        order: text("order").map(str::to_owned),
        sku: catalog.sku_id(text("sku")?)?,
        channel: text("channel").and_then(|code| catalog.channel_id(code)),
        warehouse: text("warehouse").and_then(|code| catalog.warehouse_id(code)),
        state: text("state").and_then(RmaState::parse),
        disposition: text("disposition").and_then(Disposition::parse),
        quantity: Qty::from_thousandths(table.number("quantity", row)?),
        requested: day("requested_at"),
        received: day("received_at"),
        graded: day("graded_at"),
        closed: day("closed_at"),
        relisted: day("relisted_at"),
        grade: text("grade").and_then(Grade::parse),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    #[test]
    fn rows_are_read_and_strangers_are_counted() {
        let text = "rma,sku,quantity,state,received_at,closed_at,grade,disposition\n\
                    R1,A,2,closed,2026-05-01,2026-05-06,a,restock\n\
                    R2,A,1,in_transit,,,,\nR3,B,1,received,2026-05-01,,,\n";
        let dataset = Dataset::from_tables([
            read_csv(TableId::Returns, "returns.csv", text.as_bytes()).table,
            read_csv(TableId::Skus, "skus.csv", &b"sku,category\nA,c\n"[..]).table,
        ]);
        let (rows, left_out) = read_returns(&dataset, &Catalog::new(&dataset));
        assert_eq!((rows.len(), left_out), (2, 1));
        let case = rows[0].case().unwrap();
        assert_eq!(case.disposed.unwrap() - case.received, 5);
        assert_eq!(rows[0].disposition, Some(Disposition::Restock));
        assert_eq!(
            (rows[1].state, rows[1].case()),
            (Some(RmaState::InTransit), None)
        );
    }
}
