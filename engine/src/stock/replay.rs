//! The log of movements of a dataset, and the picture of an earlier day: today's picture with
//! every later movement taken back.
//!
//! The picture at `as_of` is what was counted or exported and wins over the log. Where the log
//! does not lead back to it, a bucket would fall below zero on the way: it stays at zero, and
//! what is missing is listed as a [`Gap`].

use std::collections::BTreeMap;

use super::{Document, Ledger, Movement, MovementCode, Slot};
use crate::dataset::{Dataset, Table, TableId};
use crate::day::{Day, Moment};
use crate::ids::{SkuId, WarehouseId};
use crate::master::Catalog;
use crate::order;
use crate::units::Qty;

/// A movement of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its id in `movements.csv`.
    pub id: String,
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub movement: Movement,
}

/// Why a row of the log is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnreadReason {
    /// Neither a movement nor a document has this code.
    UnknownCode,
    /// The SKU stands in no master, stock or demand table.
    UnknownSku,
    /// The warehouse, or the destination, stands in no master or stock table.
    UnknownWarehouse,
    /// Goods sent to another warehouse without naming it, or to their own.
    NoDestination,
    /// A quantity that is missing, or not above zero where it has to be.
    BadQuantity,
}

/// A row of the log that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its id in `movements.csv`.
    pub id: String,
    /// Why.
    pub reason: UnreadReason,
}

/// The movements of a dataset, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovementLog {
    /// Movements, by time then id.
    pub entries: Vec<LogEntry>,
    /// Rows that move goods but cannot be read.
    pub unread: Vec<Unread>,
    /// Rows that move no goods ([`Document`]).
    pub documents: usize,
}

/// What the log does not explain: goods missing from a bucket on the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The goods.
    pub sku: SkuId,
    /// Where.
    pub warehouse: WarehouseId,
    /// The bucket, or the expected goods.
    pub slot: Slot,
    /// Units that were added so that the bucket is not below zero.
    pub quantity: Qty,
    /// The movement that could not be taken back in full; of several at one moment the last
    /// that took part.
    pub movement: String,
}

/// The picture at the end of an earlier day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Pictures at the end of that day.
    pub ledger: Ledger,
    /// What the log does not explain, latest first.
    pub gaps: Vec<Gap>,
    /// How many movements were taken back.
    pub undone: usize,
}

impl MovementLog {
    /// Reads `movements.csv`.
    #[must_use]
    pub fn from_dataset(dataset: &Dataset, catalog: &Catalog) -> Self {
        let mut log = Self::default();
        let Some(table) = dataset.table(TableId::Movements) else {
            return log;
        };
        for row in 0..table.len() {
            log.read(table, catalog, row);
        }
        order::sort_by(&mut log.entries, |a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        log
    }

    fn read(&mut self, table: &Table, catalog: &Catalog, row: usize) {
        let text = |column: &str| table.text(column, row).unwrap_or("");
        let Some(code) = MovementCode::parse(text("code")) else {
            if Document::parse(text("code")).is_some() {
                self.documents += 1;
            } else {
                self.leave(text("id"), UnreadReason::UnknownCode);
            }
            return;
        };
        match movement(table, catalog, row, code) {
            Ok(movement) => self.entries.push(LogEntry {
                id: text("id").to_owned(),
                at: Moment::from_packed(table.number("at", row).unwrap_or(0)),
                movement,
            }),
            Err(reason) => self.leave(text("id"), reason),
        }
    }

    fn leave(&mut self, id: &str, reason: UnreadReason) {
        self.unread.push(Unread {
            id: id.to_owned(),
            reason,
        });
    }

    /// The picture at the end of `day`, from the one at the end of `as_of`: movements after
    /// `day` and up to `as_of` are taken back, latest first, those of one moment together.
    ///
    /// In every slot: picture at `day` = picture at `as_of` - movements between + gaps.
    #[must_use]
    pub fn back_to(&self, ledger: Ledger, as_of: Day, day: Day) -> Replay {
        let mut replay = Replay {
            ledger,
            gaps: Vec::new(),
            undone: 0,
        };
        let between: Vec<&LogEntry> = self
            .entries
            .iter()
            .filter(|entry| entry.at.day() > day && entry.at.day() <= as_of)
            .collect();
        for moment in between.chunk_by(|a, b| a.at == b.at).rev() {
            replay.take_back(moment);
        }
        replay
    }
}

impl Replay {
    /// Takes back movements of one moment, whose order is not known.
    fn take_back(&mut self, entries: &[&LogEntry]) {
        let mut touched: BTreeMap<(SkuId, WarehouseId, Slot), &str> = BTreeMap::new();
        for entry in entries.iter().rev() {
            let sku = entry.movement.sku;
            for change in entry.movement.inverse() {
                self.ledger.add(sku, change);
                if change.by < Qty::ZERO {
                    touched
                        .entry((sku, change.warehouse, change.slot))
                        .or_insert(&entry.id);
                }
            }
        }
        self.undone += entries.len();
        for ((sku, warehouse, slot), movement) in touched {
            let held = self.ledger.picture(sku, warehouse).get(slot);
            if held < Qty::ZERO {
                self.ledger.fill(sku, warehouse, slot, -held);
                self.gaps.push(Gap {
                    sku,
                    warehouse,
                    slot,
                    quantity: -held,
                    movement: movement.to_owned(),
                });
            }
        }
    }
}

fn movement(
    table: &Table,
    catalog: &Catalog,
    row: usize,
    code: MovementCode,
) -> Result<Movement, UnreadReason> {
    let sku = table.text("sku", row).and_then(|sku| catalog.sku_id(sku));
    let place = |column: &str| {
        let written = table.text(column, row).filter(|code| !code.is_empty());
        let known = |code| {
            catalog
                .warehouse_id(code)
                .ok_or(UnreadReason::UnknownWarehouse)
        };
        written.map(known).transpose()
    };
    let sku = sku.ok_or(UnreadReason::UnknownSku)?;
    let warehouse = place("warehouse")?.ok_or(UnreadReason::UnknownWarehouse)?;
    let destination = match code.has_destination() {
        false => None,
        true => match place("to_warehouse")? {
            Some(to) if to != warehouse => Some(to),
            _ => return Err(UnreadReason::NoDestination),
        },
    };
    let quantity = table.number("quantity", row).map(Qty::from_thousandths);
    let quantity = quantity
        .filter(|quantity| code == MovementCode::CountAdj || *quantity > Qty::ZERO)
        .ok_or(UnreadReason::BadQuantity)?;
    Ok(Movement {
        code,
        sku,
        warehouse,
        destination,
        quantity,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;
    use crate::stock::{Bucket, Positions};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn replay(movements: &str, back_to: &str) -> (MovementLog, Replay) {
        let stock = "sku,warehouse,bucket,quantity\nA,W,unrestricted,100\nA,W,reserved,10\n\
                     A,V,unrestricted,0\n";
        let movements = format!("id,at,code,sku,warehouse,quantity,to_warehouse\n{movements}");
        let dataset = Dataset::from_tables([
            read_csv(TableId::Stock, "stock.csv", stock.as_bytes()).table,
            read_csv(TableId::Movements, "movements.csv", movements.as_bytes()).table,
        ]);
        let catalog = Catalog::new(&dataset);
        let as_of = day("2026-05-11");
        let log = MovementLog::from_dataset(&dataset, &catalog);
        let ledger = Ledger::new(&Positions::new(&dataset, &catalog, as_of));
        let replay = log.back_to(ledger, as_of, day(back_to));
        (log, replay)
    }

    /// Warehouses are sorted by code: V is 0, W is 1.
    fn held(replay: &Replay, warehouse: u32, slot: Slot) -> Qty {
        replay
            .ledger
            .picture(SkuId(0), WarehouseId(warehouse))
            .get(slot)
    }

    const UNRESTRICTED: Slot = Slot::In(Bucket::Unrestricted);

    #[test]
    fn the_picture_of_an_earlier_day_is_todays_less_what_came_after() {
        let movements = "M1,2026-05-09T10:00,GR_PO_NOQC,A,W,40,\n\
                         M2,2026-05-10T10:00,RESERVE,A,W,10,\n\
                         M3,2026-05-12T10:00,COUNT_ADJ,A,W,-7,\n";
        let (log, replay) = replay(movements, "2026-05-09");
        assert_eq!(log.entries.len(), 3);
        assert_eq!((replay.undone, replay.gaps.len()), (1, 0));
        assert_eq!(held(&replay, 1, UNRESTRICTED), Qty::from_units(100));
        assert_eq!(held(&replay, 1, Slot::In(Bucket::Reserved)), Qty::ZERO);
        let (_, earlier) = self::replay(movements, "2026-05-08");
        assert_eq!(held(&earlier, 1, UNRESTRICTED), Qty::from_units(60));
        assert_eq!(held(&earlier, 1, Slot::OnOrder), Qty::from_units(40));
    }

    #[test]
    fn what_the_log_does_not_explain_is_listed() {
        let movements = "M1,2026-05-09T10:00,GR_PO_NOQC,A,W,130,\n";
        let (_, replay) = replay(movements, "2026-05-01");
        let gap = Gap {
            sku: SkuId(0),
            warehouse: WarehouseId(1),
            slot: UNRESTRICTED,
            quantity: Qty::from_units(30),
            movement: "M1".into(),
        };
        assert_eq!(replay.gaps, [gap]);
        assert_eq!(held(&replay, 1, UNRESTRICTED), Qty::ZERO);
    }

    #[test]
    fn movements_of_one_moment_have_no_order() {
        let movements = "M10,2026-05-10,PO_CREATE,A,V,5,\nM9,2026-05-10,GR_PO,A,V,5,\n\
                         M8,2026-05-10,QC_PASS,A,V,5,\nM7,2026-05-10,TR_SHIP,A,V,5,W\n\
                         M6,2026-05-10,TR_RECV,A,W,5,\n";
        let (_, replay) = replay(movements, "2026-05-09");
        assert_eq!((replay.undone, replay.gaps), (5, vec![]));
    }

    #[test]
    fn rows_that_cannot_be_read_are_listed_and_documents_are_counted() {
        let movements = "M1,2026-05-09,TELEPORT,A,W,1,\nM2,2026-05-09,RESERVE,B,W,1,\n\
                         M3,2026-05-09,RESERVE,A,X,1,\nM4,2026-05-09,TR_SHIP,A,W,1,\n\
                         M5,2026-05-09,RESERVE,A,W,-1,\nM6,2026-05-09,INVOICE,A,W,1,\n";
        let (log, _) = replay(movements, "2026-05-01");
        let unread: Vec<_> = log
            .unread
            .iter()
            .map(|row| (row.id.as_str(), row.reason))
            .collect();
        let want = [
            ("M1", UnreadReason::UnknownCode),
            ("M2", UnreadReason::UnknownSku),
            ("M3", UnreadReason::UnknownWarehouse),
            ("M4", UnreadReason::NoDestination),
            ("M5", UnreadReason::BadQuantity),
        ];
        assert_eq!(unread, want);
        assert_eq!((log.documents, log.entries.len()), (1, 0));
    }

    prop_compose! {
        fn any_log()(rows in prop::collection::vec(
            (0_i64..9, prop::sample::select(MovementCode::ALL), 0_u32..2, 1_i64..30), 0..60,
        )) -> Vec<LogEntry> {
            let mut entries: Vec<_> = rows.into_iter().enumerate().map(|(row, (at, code, place, units))| LogEntry {
                id: format!("M{row}"),
                at: Moment::parse(&format!("2026-05-0{}", at + 1)).unwrap(),
                movement: Movement {
                    code,
                    sku: SkuId(0),
                    warehouse: WarehouseId(place),
                    destination: Some(WarehouseId(1 - place)),
                    quantity: Qty::from_units(units),
                },
            }).collect();
            entries.sort_by_key(|entry| entry.at);
            entries
        }
    }

    proptest! {
        #[test]
        fn accepted_movements_lead_back_without_a_gap(entries in any_log()) {
            let (mut ledger, mut accepted, mut days) = (Ledger::default(), Vec::new(), Vec::new());
            for entry in entries {
                days.push((entry.at.day() - 1, ledger.clone()));
                if ledger.apply(&entry.movement).is_ok() {
                    accepted.push(entry);
                }
            }
            let log = MovementLog { entries: accepted, ..MovementLog::default() };
            days.dedup_by_key(|(day, _)| *day);
            for (day, then) in days {
                let replay = log.back_to(ledger.clone(), self::day("2026-05-11"), day);
                prop_assert_eq!(&replay.gaps, &vec![]);
                for (sku, warehouse, picture) in replay.ledger.iter() {
                    prop_assert_eq!(*picture, then.picture(sku, warehouse));
                }
            }
        }

        #[test]
        fn gaps_close_the_sum_in_every_slot(entries in any_log()) {
            let log = MovementLog { entries, ..MovementLog::default() };
            let replay = log.back_to(Ledger::default(), day("2026-05-11"), day("2026-04-30"));
            for place in 0..2 {
                for slot in Slot::all() {
                    let moved: Qty = log.entries.iter().flat_map(|entry| entry.movement.changes())
                        .filter(|it| it.warehouse == WarehouseId(place) && it.slot == slot)
                        .map(|it| it.by).sum();
                    let filled: Qty = replay.gaps.iter()
                        .filter(|gap| gap.warehouse == WarehouseId(place) && gap.slot == slot)
                        .map(|gap| gap.quantity).sum();
                    prop_assert_eq!(held(&replay, place, slot), filled - moved);
                }
            }
        }
    }
}
