//! Order quantity: from a raw need to whole case packs inside every limit.

use super::Reason;

/// The rounding and limits of one order line. All quantities in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LotRules {
    /// Minimum order quantity; 0 for none.
    pub moq: f64,
    /// Units in a case pack; 1 for loose units.
    pub pack: f64,
    /// Largest order the supplier takes.
    pub max_order: Option<f64>,
    /// Most that sells before its shelf life ends.
    pub shelf_life_cap: Option<f64>,
    /// Most that fits into the storage left.
    pub storage_cap: Option<f64>,
}

impl Default for LotRules {
    /// Loose units, no minimum, no cap.
    fn default() -> Self {
        Self {
            moq: 0.0,
            pack: 1.0,
            max_order: None,
            shelf_life_cap: None,
            storage_cap: None,
        }
    }
}

/// An order quantity and the steps that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Units to order, a multiple of the case pack.
    pub quantity: f64,
    /// The steps that changed the quantity, in the order they applied.
    pub reasons: Vec<Reason>,
}

/// Order quantity for a raw `need` (units, order-up-to level minus inventory
/// position).
///
/// Minimum order, then up to whole packs, then down to the smallest cap (of
/// equal caps the first of order, shelf life, storage). A quantity that a cap
/// presses under the minimum order becomes zero with
/// [`Reason::ConflictMoqGtCap`]: the minimum is never broken silently. A pack
/// that is not positive counts as 1.
///
/// Source: convention of the engine (docs/sources.md, order quantity pipeline).
///
/// ```
/// use engine::replenish::{LotRules, Reason, lot_size};
/// let rules = LotRules { moq: 50.0, pack: 12.0, ..LotRules::default() };
/// let lot = lot_size(20.0, &rules);
/// assert_eq!(lot.quantity, 60.0);
/// assert_eq!(lot.reasons, [Reason::Moq, Reason::PackUp]);
/// ```
#[must_use]
pub fn lot_size(need: f64, rules: &LotRules) -> Lot {
    let mut reasons = Vec::new();
    let quantity = lot_quantity(need, rules, |reason| reasons.push(reason));
    Lot { quantity, reasons }
}

/// The quantity of [`lot_size`]; `tell` hears every step that changed it, in the order they applied.
pub(super) fn lot_quantity(need: f64, rules: &LotRules, mut tell: impl FnMut(Reason)) -> f64 {
    if need.is_nan() || need <= 0.0 {
        tell(Reason::NoNeed);
        return 0.0;
    }
    let pack = if rules.pack > 0.0 { rules.pack } else { 1.0 };
    let wanted = need.max(rules.moq);
    if wanted > need {
        tell(Reason::Moq);
    }
    let mut quantity = packs_up(wanted, pack);
    if quantity - wanted > slack(wanted) {
        tell(Reason::PackUp);
    }
    if let Some((cap, reason)) = smallest_cap(rules)
        && quantity > cap
    {
        quantity = packs_down(cap, pack);
        tell(reason);
        if quantity < rules.moq {
            quantity = 0.0;
            tell(Reason::ConflictMoqGtCap);
        }
    }
    quantity
}

fn smallest_cap(rules: &LotRules) -> Option<(f64, Reason)> {
    let caps = [
        (rules.max_order, Reason::CapMaxOrder),
        (rules.shelf_life_cap, Reason::CapShelfLife),
        (rules.storage_cap, Reason::CapStorage),
    ];
    caps.into_iter()
        .filter_map(|(cap, reason)| cap.map(|cap| (cap.max(0.0), reason)))
        .fold(None, |least, cap| match least {
            Some((smallest, _)) if smallest <= cap.0 => least,
            _ => Some(cap),
        })
}

/// Needs carry rounding noise of their sums: a billionth of a pack too much
/// must not buy another pack.
pub(super) fn slack(quantity: f64) -> f64 {
    1e-9 * quantity.abs().max(1.0)
}

fn packs_up(quantity: f64, pack: f64) -> f64 {
    ((quantity - slack(quantity)) / pack).ceil() * pack
}

fn packs_down(quantity: f64, pack: f64) -> f64 {
    ((quantity + slack(quantity)) / pack).floor() * pack
}
