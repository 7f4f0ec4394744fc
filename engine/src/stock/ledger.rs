//! The ledger: stock pictures by SKU and warehouse, changed by movements that keep its rules.
//!
//! A movement that breaks a rule changes nothing and says which rule. Rules look only at what a
//! movement makes worse, so that a picture that came in broken can still be put right.

use std::collections::{BTreeMap, BTreeSet};

use super::movement::Change;
use super::{Movement, MovementCode, Picture, Positions, Slot};
use crate::ids::{SkuId, WarehouseId};
use crate::units::Qty;

/// Why a movement is refused, in the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MovementError {
    /// Only counts may be zero or below.
    #[error("quantity is not above zero: {quantity}")]
    NotPositive {
        /// Units as given.
        quantity: Qty,
    },
    /// Goods sent to another warehouse need to know which, and not the one they are in.
    #[error("no other warehouse to send to")]
    NoDestination,
    /// More comes in than is on the way.
    #[error("receipt exceeds what is in transit by {short}")]
    ReceiptExceedsInTransit {
        /// Units too many.
        short: Qty,
    },
    /// A bucket would fall below zero.
    #[error("{} would fall below zero by {short}", slot.as_str())]
    NegativeBucket {
        /// Which one.
        slot: Slot,
        /// Units missing.
        short: Qty,
    },
    /// Claims would exceed the goods behind them.
    #[error("available would fall below zero by {short}")]
    InsufficientAvailable {
        /// Units missing.
        short: Qty,
    },
}

impl MovementError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPositive { .. } => "E_NOT_POSITIVE",
            Self::NoDestination => "E_NO_DESTINATION",
            Self::ReceiptExceedsInTransit { .. } => "RECEIPT_EXCEEDS_IN_TRANSIT",
            Self::NegativeBucket { .. } => "E_NEGATIVE_BUCKET",
            Self::InsufficientAvailable { .. } => "E_INSUFFICIENT_AVAILABLE",
        }
    }
}

/// A refused movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its position in the list, from 0.
    pub index: usize,
    /// The movement.
    pub movement: Movement,
    /// The rule it breaks.
    pub error: MovementError,
}

type Place = (SkuId, WarehouseId);

/// Stock pictures by SKU and warehouse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pictures: BTreeMap<Place, Picture>,
    backorders: BTreeSet<WarehouseId>,
}

impl Ledger {
    /// The pictures of a dataset's stock and open orders.
    #[must_use]
    pub fn new(positions: &Positions) -> Self {
        let mut ledger = Self::default();
        for (sku, warehouse, position) in positions.iter() {
            ledger
                .pictures
                .insert((sku, warehouse), Picture::of(position));
        }
        ledger
    }

    /// Lets orders and counts in a warehouse leave more reserved than is there ([`Picture::oversold`]).
    pub fn allow_backorders(&mut self, warehouse: WarehouseId) {
        self.backorders.insert(warehouse);
    }

    /// The picture of a place; empty where nothing was ever moved.
    #[must_use]
    pub fn picture(&self, sku: SkuId, warehouse: WarehouseId) -> Picture {
        self.pictures
            .get(&(sku, warehouse))
            .copied()
            .unwrap_or_default()
    }

    /// All pictures, by SKU then warehouse.
    pub fn iter(&self) -> impl Iterator<Item = (SkuId, WarehouseId, &Picture)> {
        self.pictures
            .iter()
            .map(|((sku, warehouse), picture)| (*sku, *warehouse, picture))
    }

    /// On hand and in transit over all warehouses, units; changed only by receipts, issues and
    /// counts ([`MovementCode::flow`]).
    #[must_use]
    pub fn owned_inside(&self, sku: SkuId) -> Qty {
        self.pictures
            .range((sku, WarehouseId(0))..=(sku, WarehouseId(u32::MAX)))
            .map(|(_, picture)| picture.owned_inside())
            .sum()
    }

    /// Applies a movement.
    ///
    /// # Errors
    /// The first rule it breaks; nothing has changed then.
    pub fn apply(&mut self, movement: &Movement) -> Result<(), MovementError> {
        self.apply_together(std::slice::from_ref(movement))
            .map_err(|refusal| refusal.error)
    }

    /// Applies movements that stand or fall together: a count that leaves less than is claimed
    /// is accepted with the release of claims beside it. Buckets are checked after each
    /// movement, what is available after the last.
    ///
    /// # Errors
    /// The movement that breaks a rule; nothing has changed then.
    pub fn apply_together(&mut self, movements: &[Movement]) -> Result<(), Refusal> {
        let mut touched = BTreeMap::new();
        for (index, movement) in movements.iter().enumerate() {
            self.stage(movement, &mut touched)
                .map_err(|error| Refusal {
                    index,
                    movement: *movement,
                    error,
                })?;
        }
        for (index, movement) in movements.iter().enumerate() {
            let place = (movement.sku, movement.warehouse);
            let may_oversell = self.backorders.contains(&movement.warehouse)
                && movements.iter().all(|it| may_oversell(it.code));
            let Some(after) = touched.get(&place) else {
                continue;
            };
            let before = self.picture(place.0, place.1);
            check_available(&before, after, may_oversell).map_err(|error| Refusal {
                index,
                movement: *movement,
                error,
            })?;
        }
        self.pictures.extend(touched);
        Ok(())
    }

    /// Applies movements one after another; the refused ones are returned and change nothing.
    #[must_use]
    pub fn apply_all(&mut self, movements: &[Movement]) -> Vec<Refusal> {
        let mut refused = Vec::new();
        for (index, movement) in movements.iter().enumerate() {
            if let Err(error) = self.apply(movement) {
                refused.push(Refusal {
                    index,
                    movement: *movement,
                    error,
                });
            }
        }
        refused
    }

    /// Takes a movement back, without checks: what was applied last can always be taken back.
    pub fn undo(&mut self, movement: &Movement) {
        for change in movement.inverse() {
            self.add(movement.sku, change);
        }
    }

    pub(super) fn add(&mut self, sku: SkuId, change: Change) {
        self.pictures
            .entry((sku, change.warehouse))
            .or_default()
            .add(change.slot, change.by);
    }

    /// Adds goods that no movement explains.
    pub(super) fn fill(&mut self, sku: SkuId, warehouse: WarehouseId, slot: Slot, by: Qty) {
        let change = Change {
            warehouse,
            slot,
            by,
        };
        self.add(sku, change);
    }

    fn stage(
        &self,
        movement: &Movement,
        touched: &mut BTreeMap<Place, Picture>,
    ) -> Result<(), MovementError> {
        check_form(movement)?;
        let mut negative = Ok(());
        for change in movement.changes() {
            let place = (movement.sku, change.warehouse);
            let picture = touched
                .entry(place)
                .or_insert_with(|| self.picture(place.0, place.1));
            picture.add(change.slot, change.by);
            let left = picture.get(change.slot);
            if change.by < Qty::ZERO && left < Qty::ZERO {
                let short = -left;
                if change.slot == Slot::InTransitIn {
                    return Err(MovementError::ReceiptExceedsInTransit { short });
                }
                negative = negative.and(Err(MovementError::NegativeBucket {
                    slot: change.slot,
                    short,
                }));
            }
        }
        negative
    }
}

fn check_form(movement: &Movement) -> Result<(), MovementError> {
    let Movement { code, quantity, .. } = *movement;
    if code != MovementCode::CountAdj && quantity <= Qty::ZERO {
        return Err(MovementError::NotPositive { quantity });
    }
    let elsewhere = movement.destination.filter(|to| *to != movement.warehouse);
    if code.has_destination() && elsewhere.is_none() {
        return Err(MovementError::NoDestination);
    }
    Ok(())
}

/// Orders may be taken, and goods be found missing, where backorders are allowed; nobody may
/// send away or hold back goods that orders wait for.
const fn may_oversell(code: MovementCode) -> bool {
    matches!(
        code,
        MovementCode::Reserve | MovementCode::CountAdj | MovementCode::Unreserve
    )
}

fn check_available(
    before: &Picture,
    after: &Picture,
    may_oversell: bool,
) -> Result<(), MovementError> {
    let worse = |of: fn(&Picture) -> Qty| {
        let left = of(after);
        (left < Qty::ZERO && left < of(before)).then_some(-left)
    };
    let short = match may_oversell {
        true => worse(Picture::before_reserved),
        false => worse(Picture::available).or_else(|| worse(Picture::before_reserved)),
    };
    short.map_or(Ok(()), |short| {
        Err(MovementError::InsufficientAvailable { short })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stock::{Bucket, Flow};
    use proptest::prelude::*;

    const PLACES: u32 = 3;

    fn movement(code: MovementCode, warehouse: u32, units: i64) -> Movement {
        Movement {
            code,
            sku: SkuId(0),
            warehouse: WarehouseId(warehouse),
            destination: Some(WarehouseId((warehouse + 1) % PLACES)),
            quantity: Qty::from_units(units),
        }
    }

    fn stocked(units: i64) -> Ledger {
        let mut ledger = Ledger::default();
        ledger
            .apply(&movement(MovementCode::CountAdj, 0, units))
            .unwrap();
        ledger
    }

    fn error(result: Result<(), MovementError>) -> &'static str {
        result.err().map_or("ok", MovementError::code)
    }

    #[test]
    fn a_count_below_the_claims_needs_their_release_beside_it() {
        let mut ledger = stocked(10);
        ledger
            .apply(&movement(MovementCode::Reserve, 0, 8))
            .unwrap();
        let loss = movement(MovementCode::CountAdj, 0, -4);
        let before = ledger.clone();
        assert_eq!(error(ledger.apply(&loss)), "E_INSUFFICIENT_AVAILABLE");
        assert_eq!(ledger, before);
        let release = movement(MovementCode::Unreserve, 0, 2);
        ledger.apply_together(&[loss, release]).unwrap();
        let picture = ledger.picture(SkuId(0), WarehouseId(0));
        assert_eq!(picture.bucket(Bucket::Reserved), Qty::from_units(6));
        assert_eq!(picture.available(), Qty::ZERO);
    }

    #[test]
    fn backorders_let_orders_in_but_nothing_out() {
        let mut ledger = stocked(5);
        ledger.allow_backorders(WarehouseId(0));
        ledger
            .apply(&movement(MovementCode::Reserve, 0, 8))
            .unwrap();
        let picture = ledger.picture(SkuId(0), WarehouseId(0));
        assert_eq!(picture.oversold(), Qty::from_units(3));
        for code in [
            MovementCode::TrShip,
            MovementCode::Freeze,
            MovementCode::Lock,
        ] {
            let refused = error(ledger.apply(&movement(code, 0, 1)));
            assert_eq!(refused, "E_INSUFFICIENT_AVAILABLE", "{code:?}");
        }
        let firm = error(ledger.apply(&movement(MovementCode::Allocate, 0, 6)));
        assert_eq!(firm, "E_INSUFFICIENT_AVAILABLE");
        assert_eq!(
            error(ledger.apply(&movement(MovementCode::Allocate, 0, 5))),
            "ok"
        );
    }

    #[test]
    fn a_movement_must_be_well_formed() {
        let mut ledger = stocked(5);
        assert_eq!(
            error(ledger.apply(&movement(MovementCode::Reserve, 0, 0))),
            "E_NOT_POSITIVE"
        );
        for destination in [None, Some(WarehouseId(0))] {
            let ship = Movement {
                destination,
                ..movement(MovementCode::TrShip, 0, 1)
            };
            assert_eq!(error(ledger.apply(&ship)), "E_NO_DESTINATION");
        }
    }

    prop_compose! {
        fn any_movement()(
            code in prop::sample::select(MovementCode::ALL),
            warehouse in 0..PLACES,
            units in 1_i64..40,
            is_loss in any::<bool>(),
        ) -> Movement {
            let is_signed = code == MovementCode::CountAdj && is_loss;
            movement(code, warehouse, if is_signed { -units } else { units })
        }
    }

    proptest! {
        #[test]
        fn rules_hold_after_every_movement(
            movements in prop::collection::vec(any_movement(), 0..200),
            has_backorders in any::<bool>(),
        ) {
            let mut ledger = Ledger::default();
            if has_backorders {
                ledger.allow_backorders(WarehouseId(1));
            }
            for movement in movements {
                let before = ledger.clone();
                let owned = ledger.owned_inside(SkuId(0));
                let result = ledger.apply(&movement);
                let added = ledger.owned_inside(SkuId(0)) - owned;
                if result.is_err() {
                    prop_assert_eq!(&ledger, &before);
                    continue;
                }
                let want = match movement.code.flow() {
                    Flow::Receipt | Flow::Count => movement.quantity,
                    Flow::Issue => -movement.quantity,
                    Flow::Inside => Qty::ZERO,
                };
                prop_assert_eq!(added, want);
                for (_, warehouse, picture) in ledger.iter() {
                    prop_assert!(Slot::all().all(|slot| picture.get(slot) >= Qty::ZERO));
                    let may_oversell = has_backorders && warehouse == WarehouseId(1);
                    prop_assert!(may_oversell || picture.available() >= Qty::ZERO);
                    prop_assert!(picture.before_reserved() >= Qty::ZERO);
                }
                let mut undone = ledger.clone();
                undone.undo(&movement);
                for (sku, warehouse, picture) in undone.iter() {
                    prop_assert_eq!(*picture, before.picture(sku, warehouse));
                }
            }
        }

        #[test]
        fn the_refused_are_returned_with_their_place(
            movements in prop::collection::vec(any_movement(), 0..100),
        ) {
            let mut ledger = Ledger::default();
            let refused = ledger.apply_all(&movements);
            let is_refused = |index: usize| refused.iter().any(|it| it.index == index);
            let accepted: Vec<_> = movements.iter().enumerate()
                .filter(|(index, _)| !is_refused(*index)).map(|(_, movement)| *movement).collect();
            let mut again = Ledger::default();
            prop_assert_eq!(again.apply_all(&accepted), vec![]);
            prop_assert_eq!(again, ledger);
            for refusal in refused {
                prop_assert_eq!(movements[refusal.index], refusal.movement);
            }
        }
    }
}
