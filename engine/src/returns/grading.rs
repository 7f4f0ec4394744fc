//! Grading: what becomes of a returned item, by what is recovered.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::stock::MovementCode;
use crate::units::Amount;

/// What grading says about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// As good as new: sold again at the full price.
    A,
    /// Opened or lightly worn: sold for less, or refurbished.
    B,
    /// Worn or damaged: cleared.
    C,
    /// Goes back to its vendor.
    V,
    /// Scrap.
    S,
}

impl Grade {
    /// Every grade, best first.
    pub const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::V, Self::S];

    /// The id in files; those hold `a b c s` only.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::V => "v",
            Self::S => "s",
        }
    }

    /// Reads the id in files.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.as_str() == id)
    }
}

/// What becomes of an item, in the order that decides between equal recoveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposition {
    /// Sold again as new.
    Restock,
    /// Back to its vendor.
    ReturnToVendor,
    /// Repaired, then sold for less.
    Refurbish,
    /// Cleared.
    Liquidate,
    /// Thrown away.
    Scrap,
}

impl Disposition {
    /// Every disposition, the one that wins a tie first.
    pub const ALL: [Self; 5] = [
        Self::Restock,
        Self::ReturnToVendor,
        Self::Refurbish,
        Self::Liquidate,
        Self::Scrap,
    ];

    /// The id in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restock => "restock",
            Self::ReturnToVendor => "supplier_return",
            Self::Refurbish => "refurbish",
            Self::Liquidate => "liquidate",
            Self::Scrap => "scrap",
        }
    }

    /// Reads the id in files.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|disposition| disposition.as_str() == id)
    }

    /// The grade that follows.
    #[must_use]
    pub const fn grade(self) -> Grade {
        match self {
            Self::Restock => Grade::A,
            Self::ReturnToVendor => Grade::V,
            Self::Refurbish => Grade::B,
            Self::Liquidate => Grade::C,
            Self::Scrap => Grade::S,
        }
    }

    /// The stock movements that carry it out, from returns inspection on. Goods of a vendor leave
    /// through grade C, as no bucket of their own exists.
    #[must_use]
    pub const fn movements(self) -> &'static [MovementCode] {
        match self {
            Self::Restock => &[MovementCode::GradeA],
            Self::ReturnToVendor => &[MovementCode::GradeC, MovementCode::RtvC],
            Self::Refurbish => &[MovementCode::GradeB, MovementCode::RefurbDone],
            Self::Liquidate => &[MovementCode::GradeC],
            Self::Scrap => &[MovementCode::GradeS, MovementCode::ScrapOut],
        }
    }
}

/// What returned goods bring and cost. Fractions in \[0, 1\], amounts a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradingPolicy {
    /// Cost of restocking, fraction of the price.
    pub restock_handling: Amount,
    /// What grade B sells for, fraction of the price.
    pub b_price: Amount,
    /// What grade C sells for, fraction of the price.
    pub c_price: Amount,
    /// What a vendor credits, fraction of the unit cost.
    pub vendor_credit: Amount,
    /// Freight to the vendor.
    pub vendor_freight: Amount,
    /// Cost of throwing away.
    pub scrap_cost: Amount,
    /// Least life an item must have left to be sold as new, days.
    pub min_days_to_expiry: i32,
}

/// A returned item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnedItem {
    /// How it came back.
    pub condition: Condition,
    /// Days until it expires; `None` for goods that do not.
    pub days_to_expiry: Option<i32>,
    /// Whether its category may be sold again only sealed: hygiene goods, food.
    pub is_sealed_only: bool,
    /// Price as new, a unit.
    pub price: Amount,
    /// What it cost, a unit.
    pub unit_cost: Amount,
    /// Cost of refurbishing, a unit.
    pub refurbish_cost: Amount,
    /// Whether its vendor takes it back.
    pub has_vendor_warranty: bool,
}

/// How an item came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its package was never opened.
    pub is_sealed: bool,
    /// It works.
    pub is_functional: bool,
}

/// What becomes of an item, and what else could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Every allowed choice with its recovery a unit, in the order of [`Disposition`].
    pub options: Vec<(Disposition, Decimal)>,
    /// The choice.
    pub disposition: Disposition,
    /// Its recovery, currency a unit; a cost is below zero.
    pub recovery: Decimal,
}

/// Whether an item may be sold as new: sealed, working, and with enough life left.
#[must_use]
pub fn is_restockable(item: &ReturnedItem, min_days_to_expiry: i32) -> bool {
    let has_life = item
        .days_to_expiry
        .is_none_or(|days| days >= min_days_to_expiry);
    item.condition.is_sealed && item.condition.is_functional && has_life
}

/// Decides what becomes of an item. Restocking wins wherever it is allowed; otherwise the largest
/// recovery. What does not work goes to its vendor or is scrapped; so do goods of a sealed-only
/// category that cannot be restocked, sealed or not.
///
/// Source: engine specification 4.2.
///
/// ```
/// use engine::returns::{Condition, Disposition, GradingPolicy, ReturnedItem, grade};
/// use engine::units::Amount;
/// let amount = Amount::round_from_f64;
/// let policy = GradingPolicy {
///     restock_handling: amount(0.02), b_price: amount(0.7), c_price: amount(0.25),
///     vendor_credit: amount(0.9), vendor_freight: amount(4.0), scrap_cost: amount(1.5),
///     min_days_to_expiry: 90,
/// };
/// let item = ReturnedItem {
///     condition: Condition { is_sealed: false, is_functional: true },
///     days_to_expiry: None, is_sealed_only: false, price: amount(100.0),
///     unit_cost: amount(55.0), refurbish_cost: amount(12.0), has_vendor_warranty: false,
/// };
/// let outcome = grade(&item, &policy);
/// assert_eq!(outcome.disposition, Disposition::Refurbish);
/// assert_eq!(outcome.recovery, amount(58.0).to_decimal());
/// ```
#[must_use]
pub fn grade(item: &ReturnedItem, policy: &GradingPolicy) -> Outcome {
    let can_restock = is_restockable(item, policy.min_days_to_expiry);
    let can_resell = item.condition.is_functional && (can_restock || !item.is_sealed_only);
    let is_allowed = |disposition: &Disposition| match disposition {
        Disposition::Restock => can_restock,
        Disposition::ReturnToVendor => item.has_vendor_warranty,
        Disposition::Refurbish | Disposition::Liquidate => can_resell,
        Disposition::Scrap => true,
    };
    let options: Vec<_> = Disposition::ALL
        .into_iter()
        .filter(is_allowed)
        .map(|disposition| (disposition, recovery(disposition, item, policy)))
        .collect();
    let better = |a: &(Disposition, Decimal), b: &(Disposition, Decimal)| match a.1.cmp(&b.1) {
        Ordering::Equal => b.0.cmp(&a.0),
        unequal => unequal,
    };
    let restock = options.first().filter(|_| can_restock);
    let chosen = restock.or_else(|| options.iter().max_by(|a, b| better(a, b)));
    let (disposition, recovery) = chosen.copied().unwrap_or((
        Disposition::Scrap,
        recovery(Disposition::Scrap, item, policy),
    ));
    Outcome {
        options,
        disposition,
        recovery,
    }
}

fn recovery(disposition: Disposition, item: &ReturnedItem, policy: &GradingPolicy) -> Decimal {
    let (price, cost) = (item.price.to_decimal(), item.unit_cost.to_decimal());
    match disposition {
        Disposition::Restock => price * (Decimal::ONE - policy.restock_handling.to_decimal()),
        Disposition::ReturnToVendor => {
            cost * policy.vendor_credit.to_decimal() - policy.vendor_freight.to_decimal()
        }
        Disposition::Refurbish => {
            price * policy.b_price.to_decimal() - item.refurbish_cost.to_decimal()
        }
        Disposition::Liquidate => price * policy.c_price.to_decimal(),
        Disposition::Scrap => -policy.scrap_cost.to_decimal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{SkuId, WarehouseId};
    use crate::stock::{Bucket, Ledger, Movement};
    use crate::units::Qty;
    use proptest::prelude::*;

    #[test]
    fn every_disposition_can_be_carried_out_in_the_ledger() {
        for disposition in Disposition::ALL {
            let mut ledger = Ledger::default();
            let codes = std::iter::once(&MovementCode::RmaRecv).chain(disposition.movements());
            for code in codes {
                let movement = Movement {
                    code: *code,
                    sku: SkuId(0),
                    warehouse: WarehouseId(0),
                    destination: None,
                    quantity: Qty::from_units(1),
                };
                ledger.apply(&movement).unwrap();
            }
            let picture = ledger.picture(SkuId(0), WarehouseId(0));
            assert_eq!(picture.bucket(Bucket::QcReturn), Qty::ZERO);
            let is_sold_again =
                matches!(disposition, Disposition::Restock | Disposition::Refurbish);
            assert_eq!(picture.available() > Qty::ZERO, is_sold_again);
        }
    }

    fn amount() -> impl Strategy<Value = Amount> {
        (0_i64..200).prop_map(|whole| Amount::from_millionths(whole * 1_000_000))
    }

    fn fraction() -> impl Strategy<Value = Amount> {
        (0_i64..=20).prop_map(|twentieths| Amount::from_millionths(twentieths * 50_000))
    }

    prop_compose! {
        fn policy()(
            restock_handling in fraction(), b_price in fraction(), c_price in fraction(),
            vendor_credit in fraction(), vendor_freight in amount(), scrap_cost in amount(),
        ) -> GradingPolicy {
            GradingPolicy {
                restock_handling, b_price, c_price, vendor_credit, vendor_freight, scrap_cost,
                min_days_to_expiry: 90,
            }
        }
    }

    prop_compose! {
        fn item()(
            condition in any::<(bool, bool)>(), days_to_expiry in prop::option::of(0_i32..200),
            is_sealed_only in any::<bool>(), price in amount(), unit_cost in amount(),
            refurbish_cost in amount(), has_vendor_warranty in any::<bool>(),
        ) -> ReturnedItem {
            let condition = Condition { is_sealed: condition.0, is_functional: condition.1 };
            ReturnedItem {
                condition, days_to_expiry, is_sealed_only, price, unit_cost, refurbish_cost,
                has_vendor_warranty,
            }
        }
    }

    proptest! {
        #[test]
        fn the_choice_is_allowed_and_the_best(item in item(), policy in policy()) {
            let outcome = grade(&item, &policy);
            prop_assert!(outcome.options.contains(&(outcome.disposition, outcome.recovery)));
            if outcome.disposition != Disposition::Restock {
                prop_assert!(!is_restockable(&item, policy.min_days_to_expiry));
                for (disposition, recovery) in &outcome.options {
                    let wins = *recovery < outcome.recovery
                        || (*recovery == outcome.recovery && *disposition >= outcome.disposition);
                    prop_assert!(wins);
                }
            }
            let is_lost = !item.condition.is_functional
                || (item.is_sealed_only && !is_restockable(&item, policy.min_days_to_expiry));
            if is_lost {
                prop_assert!(matches!(
                    outcome.disposition,
                    Disposition::ReturnToVendor | Disposition::Scrap
                ));
            }
        }
    }
}
