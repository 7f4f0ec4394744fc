//! Movements: the closed list of what can happen to goods, and which buckets it changes.
//!
//! Documents of the same log (invoices, payments, revaluations) move no goods: [`Document`].

use super::{Bucket, Slot};
use crate::ids::{SkuId, WarehouseId};
use crate::units::Qty;
use Bucket::{
    Allocated, Blocked, ConsignIn, ConsignOut, Frozen, GradeB, GradeC, Locked, QcInbound, QcReturn,
    Reserved, Scrap, Unrestricted,
};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident; $($(#[$item_doc:meta])* $item:ident $text:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$item,)*];

            /// The code in files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text,)* }
            }

            /// Reads the code in files.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == code)
            }
        }
    };
}

words! {
    /// What happened to goods.
    ///
    /// Source: engine specification 2.2.
    MovementCode;
    /// Ordered from a supplier.
    PoCreate "PO_CREATE";
    /// An open order, or what is left of it, is given up.
    PoCancel "PO_CANCEL";
    /// Received from a supplier, to be inspected.
    GrPo "GR_PO";
    /// Received from a supplier without inspection.
    GrPoNoqc "GR_PO_NOQC";
    /// Passed inspection.
    QcPass "QC_PASS";
    /// Failed inspection.
    QcFail "QC_FAIL";
    /// Sent to another own warehouse.
    TrShip "TR_SHIP";
    /// Received from another own warehouse.
    TrRecv "TR_RECV";
    /// Lost between two own warehouses.
    TransitLoss "TRANSIT_LOSS";
    /// Claimed by an order.
    Reserve "RESERVE";
    /// The claim of an order ends.
    Unreserve "UNRESERVE";
    /// An order takes from what a promotion holds.
    ReservePromo "RESERVE_PROMO";
    /// An order gives back to what a promotion holds.
    UnreservePromo "UNRESERVE_PROMO";
    /// An order's claim becomes firm.
    Allocate "ALLOCATE";
    /// A firm claim becomes soft again.
    Deallocate "DEALLOCATE";
    /// Firmly claimed goods leave to the customer.
    ShipAlloc "SHIP_ALLOC";
    /// Held for a promotion.
    Freeze "FREEZE";
    /// A promotion's hold ends.
    Unfreeze "UNFREEZE";
    /// Held by hand.
    Lock "LOCK";
    /// A hold by hand ends.
    Unlock "UNLOCK";
    /// Returned by a customer.
    RmaRecv "RMA_RECV";
    /// A return is as good as new.
    GradeA "GRADE_A";
    /// A return is graded B.
    GradeB "GRADE_B";
    /// A return is graded C.
    GradeC "GRADE_C";
    /// A return is scrap.
    GradeS "GRADE_S";
    /// Goods graded B are as good as new again.
    RefurbDone "REFURB_DONE";
    /// Scrap leaves.
    ScrapOut "SCRAP_OUT";
    /// Blocked goods go back to their vendor.
    Rtv "RTV";
    /// Goods graded C go back to their vendor.
    RtvC "RTV_C";
    /// A count finds more (positive) or less (negative) than the book.
    CountAdj "COUNT_ADJ";
    /// Vendor-owned goods arrive.
    ConsignRecv "CONSIGN_RECV";
    /// Vendor-owned goods become ours.
    ConsignTake "CONSIGN_TAKE";
    /// Our goods go to a customer who has not bought them yet.
    ConsignOut "CONSIGN_OUT";
    /// Our goods come back from such a customer.
    ConsignBack "CONSIGN_BACK";
}

words! {
    /// Entries of the log that move no goods.
    ///
    /// Source: engine specification 2.2, documents.
    Document;
    /// An invoice of a supplier.
    Invoice "INVOICE";
    /// Freight, duty or insurance of an order.
    Landed "LANDED";
    /// A payment.
    Pay "PAY";
    /// Money back to a customer.
    Refund "REFUND";
    /// The time to return an order is over.
    ReturnWindowEnd "RETURN_WINDOW_END";
    /// A net realisable value.
    Nrv "NRV";
    /// A new standard cost.
    StdRevalue "STD_REVALUE";
    /// A new rate of exchange.
    FxRevalue "FX_REVALUE";
    /// A claim for goods lost on the way.
    Claim "CLAIM";
}

/// What a movement does to the goods a company has in its warehouses and between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flow {
    /// Goods come in.
    Receipt,
    /// Goods leave or are lost.
    Issue,
    /// A count corrects the book.
    Count,
    /// The sum stays: a change of state, claim or place.
    Inside,
}

/// One end of a movement: what happens to a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Add(Slot),
    Take(Slot),
    /// Adds at the destination.
    AddThere(Slot),
}

use Leg::{Add, AddThere, Take};

impl MovementCode {
    /// Whether the sum of on hand and in transit changes, and why.
    #[must_use]
    pub const fn flow(self) -> Flow {
        match self {
            Self::GrPo | Self::GrPoNoqc | Self::RmaRecv | Self::ConsignRecv | Self::ConsignBack => {
                Flow::Receipt
            }
            Self::ShipAlloc
            | Self::ScrapOut
            | Self::Rtv
            | Self::RtvC
            | Self::TransitLoss
            | Self::ConsignOut => Flow::Issue,
            Self::CountAdj => Flow::Count,
            Self::PoCreate
            | Self::PoCancel
            | Self::QcPass
            | Self::QcFail
            | Self::TrShip
            | Self::TrRecv
            | Self::Reserve
            | Self::Unreserve
            | Self::ReservePromo
            | Self::UnreservePromo
            | Self::Allocate
            | Self::Deallocate
            | Self::Freeze
            | Self::Unfreeze
            | Self::Lock
            | Self::Unlock
            | Self::GradeA
            | Self::GradeB
            | Self::GradeC
            | Self::GradeS
            | Self::RefurbDone
            | Self::ConsignTake => Flow::Inside,
        }
    }

    /// Whether it needs a destination.
    #[must_use]
    pub const fn has_destination(self) -> bool {
        matches!(self, Self::TrShip)
    }

    const fn legs(self) -> &'static [Leg] {
        const fn add(bucket: Bucket) -> Leg {
            Add(Slot::In(bucket))
        }
        const fn take(bucket: Bucket) -> Leg {
            Take(Slot::In(bucket))
        }
        match self {
            Self::PoCreate => &[Add(Slot::OnOrder)],
            Self::PoCancel => &[Take(Slot::OnOrder)],
            Self::GrPo => const { &[Take(Slot::OnOrder), add(QcInbound)] },
            Self::GrPoNoqc => const { &[Take(Slot::OnOrder), add(Unrestricted)] },
            Self::QcPass => const { &[take(QcInbound), add(Unrestricted)] },
            Self::QcFail => const { &[take(QcInbound), add(Blocked)] },
            Self::TrShip => const { &[take(Unrestricted), AddThere(Slot::InTransitIn)] },
            Self::TrRecv => const { &[Take(Slot::InTransitIn), add(Unrestricted)] },
            Self::TransitLoss => &[Take(Slot::InTransitIn)],
            Self::Reserve => const { &[add(Reserved)] },
            Self::Unreserve => const { &[take(Reserved)] },
            Self::ReservePromo => const { &[take(Frozen), add(Reserved)] },
            Self::UnreservePromo => const { &[take(Reserved), add(Frozen)] },
            Self::Allocate => const { &[take(Reserved), add(Allocated)] },
            Self::Deallocate => const { &[take(Allocated), add(Reserved)] },
            Self::ShipAlloc => const { &[take(Unrestricted), take(Allocated)] },
            Self::Freeze => const { &[add(Frozen)] },
            Self::Unfreeze => const { &[take(Frozen)] },
            Self::Lock => const { &[add(Locked)] },
            Self::Unlock => const { &[take(Locked)] },
            Self::RmaRecv => const { &[add(QcReturn)] },
            Self::GradeA => const { &[take(QcReturn), add(Unrestricted)] },
            Self::GradeB => const { &[take(QcReturn), add(GradeB)] },
            Self::GradeC => const { &[take(QcReturn), add(GradeC)] },
            Self::GradeS => const { &[take(QcReturn), add(Scrap)] },
            Self::RefurbDone => const { &[take(GradeB), add(Unrestricted)] },
            Self::ScrapOut => const { &[take(Scrap)] },
            Self::Rtv => const { &[take(Blocked)] },
            Self::RtvC => const { &[take(GradeC)] },
            Self::CountAdj => const { &[add(Unrestricted)] },
            Self::ConsignRecv => const { &[add(ConsignIn)] },
            Self::ConsignTake => const { &[take(ConsignIn), add(Unrestricted)] },
            Self::ConsignOut => const { &[take(Unrestricted), add(ConsignOut)] },
            Self::ConsignBack => const { &[take(ConsignOut), add(Unrestricted)] },
        }
    }
}

/// A movement of one SKU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// What happened.
    pub code: MovementCode,
    /// The goods.
    pub sku: SkuId,
    /// Where.
    pub warehouse: WarehouseId,
    /// Where goods sent to another warehouse will arrive; unused by other codes.
    pub destination: Option<WarehouseId>,
    /// How many, units; above zero, signed for [`MovementCode::CountAdj`].
    pub quantity: Qty,
}

/// A change of one slot in one warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub warehouse: WarehouseId,
    /// Which slot.
    pub slot: Slot,
    /// By how much, units, signed.
    pub by: Qty,
}

impl Movement {
    /// What it changes. Goods sent without a destination only leave.
    ///
    /// ```
    /// use engine::ids::{SkuId, WarehouseId};
    /// use engine::stock::{Bucket, Movement, MovementCode, Slot};
    /// use engine::units::Qty;
    /// let ship = Movement {
    ///     code: MovementCode::TrShip,
    ///     sku: SkuId(0),
    ///     warehouse: WarehouseId(0),
    ///     destination: Some(WarehouseId(1)),
    ///     quantity: Qty::from_units(60),
    /// };
    /// let changes: Vec<_> = ship.changes().map(|it| (it.warehouse.0, it.slot, it.by)).collect();
    /// let (less, more) = (Qty::from_units(-60), Qty::from_units(60));
    /// assert_eq!(changes, [(0, Slot::In(Bucket::Unrestricted), less), (1, Slot::InTransitIn, more)]);
    /// ```
    pub fn changes(&self) -> impl Iterator<Item = Change> + use<> {
        let Self {
            warehouse,
            destination,
            quantity,
            ..
        } = *self;
        self.code.legs().iter().filter_map(move |leg| {
            let (warehouse, slot, by) = match *leg {
                Add(slot) => (warehouse, slot, quantity),
                Take(slot) => (warehouse, slot, -quantity),
                AddThere(slot) => (destination?, slot, quantity),
            };
            Some(Change {
                warehouse,
                slot,
                by,
            })
        })
    }

    /// What takes it back: the same changes with the other sign.
    pub fn inverse(&self) -> impl Iterator<Item = Change> + use<> {
        self.changes().map(|change| Change {
            by: -change.by,
            ..change
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_distinct() {
        for code in MovementCode::ALL {
            assert_eq!(MovementCode::parse(code.as_str()), Some(*code));
            assert_eq!(Document::parse(code.as_str()), None);
        }
        for document in Document::ALL {
            assert_eq!(Document::parse(document.as_str()), Some(*document));
        }
        assert_eq!(MovementCode::parse("po_create"), None);
    }

    #[test]
    fn the_flow_of_a_code_is_what_its_legs_add_up_to() {
        for code in MovementCode::ALL {
            let movement = Movement {
                code: *code,
                sku: SkuId(0),
                warehouse: WarehouseId(0),
                destination: Some(WarehouseId(1)),
                quantity: Qty::from_units(1),
            };
            let owned: Qty = movement
                .changes()
                .filter(|change| change.slot.is_owned_inside())
                .map(|change| change.by)
                .sum();
            let want = match code.flow() {
                Flow::Receipt | Flow::Count => 1,
                Flow::Issue => -1,
                Flow::Inside => 0,
            };
            assert_eq!(owned, Qty::from_units(want), "{code:?}");
        }
    }
}
