//! The stock picture of one SKU in one warehouse as plain quantities: buckets and expected goods.

use super::{Bucket, Position};
use crate::units::Qty;

/// Where a ledger keeps a quantity: a bucket, or goods that are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A bucket.
    In(Bucket),
    /// Ordered from suppliers.
    OnOrder,
    /// On the way from own warehouses.
    InTransitIn,
}

impl Slot {
    const COUNT: usize = Bucket::ALL.len() + 2;

    /// Every slot, buckets first.
    pub fn all() -> impl Iterator<Item = Self> {
        let expected = [Self::OnOrder, Self::InTransitIn];
        Bucket::ALL.into_iter().map(Self::In).chain(expected)
    }

    /// The id used in files and figures.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In(bucket) => bucket.as_str(),
            Self::OnOrder => "on_order",
            Self::InTransitIn => "in_transit_in",
        }
    }

    /// Whether its goods lie in a warehouse or between two of them.
    #[must_use]
    pub const fn is_owned_inside(self) -> bool {
        match self {
            Self::In(bucket) => bucket.is_physical(),
            Self::InTransitIn => true,
            Self::OnOrder => false,
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::In(bucket) => bucket.index(),
            Self::OnOrder => Bucket::ALL.len(),
            Self::InTransitIn => Bucket::ALL.len() + 1,
        }
    }
}

/// Stock of one SKU in one warehouse, units by slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    slots: [Qty; Slot::COUNT],
}

impl Picture {
    /// Buckets of a position, its open purchases as on order, its transfers as in transit.
    #[must_use]
    pub fn of(position: &Position) -> Self {
        let mut picture = Self::default();
        for bucket in Bucket::ALL {
            picture.add(Slot::In(bucket), position.bucket(bucket));
        }
        for arrival in &position.arrivals {
            let slot = match arrival.is_transfer {
                true => Slot::InTransitIn,
                false => Slot::OnOrder,
            };
            picture.add(slot, arrival.quantity);
        }
        picture
    }

    /// Quantity in a slot.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Qty {
        self.slots.get(slot.index()).copied().unwrap_or(Qty::ZERO)
    }

    /// Quantity in a bucket.
    #[must_use]
    pub fn bucket(&self, bucket: Bucket) -> Qty {
        self.get(Slot::In(bucket))
    }

    /// Adds to a slot; a negative quantity takes away.
    pub fn add(&mut self, slot: Slot, quantity: Qty) {
        if let Some(held) = self.slots.get_mut(slot.index()) {
            *held += quantity;
        }
    }

    /// Everything that lies in the warehouse, whatever its state.
    #[must_use]
    pub fn on_hand(&self) -> Qty {
        self.sum(|slot| matches!(slot, Slot::In(bucket) if bucket.is_physical()))
    }

    /// On hand and in transit from own warehouses.
    #[must_use]
    pub fn owned_inside(&self) -> Qty {
        self.sum(Slot::is_owned_inside)
    }

    /// unrestricted - frozen - locked - reserved - allocated; below zero where orders are
    /// taken for goods that are not there.
    #[must_use]
    pub fn available(&self) -> Qty {
        let is_claim = |slot| matches!(slot, Slot::In(bucket) if bucket.is_claim());
        self.bucket(Bucket::Unrestricted) - self.sum(is_claim)
    }

    /// Claims that no goods stand behind.
    #[must_use]
    pub fn oversold(&self) -> Qty {
        (-self.available()).max(Qty::ZERO)
    }

    /// unrestricted - frozen - locked - allocated: what is left before soft claims.
    pub(super) fn before_reserved(&self) -> Qty {
        self.available() + self.bucket(Bucket::Reserved)
    }

    fn sum(&self, takes: impl Fn(Slot) -> bool) -> Qty {
        Slot::all()
            .filter(|slot| takes(*slot))
            .map(|slot| self.get(slot))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_has_its_own_place() {
        let places: Vec<_> = Slot::all().map(Slot::index).collect();
        assert_eq!(places, (0..Slot::COUNT).collect::<Vec<_>>());
    }
}
