//! Ordering under a budget: which case packs earn most for the money there is.
//!
//! Every order is cut into packs; a pack earns the margin on the shortage it prevents, less the
//! cost of holding it. The earnings of one item's packs fall, so buying by earnings per currency
//! unit is the best there is, up to the last packs that do not fit.

mod exact;
mod segments;

use rust_decimal::Decimal;

use super::Demand;
use crate::order;
use crate::units::{Amount, Qty};
pub use exact::Exact;
use segments::{Cost, Ladder, Segment, by_rank};

/// An order that competes for the budget. Ties between items go to the earlier in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BudgetItem {
    /// Available stock and open orders, units.
    pub position: f64,
    /// Demand until the order after this one arrives, units.
    pub demand: Demand,
    /// Earned on a unit that is not short, base currency.
    pub margin: f64,
    /// Cost of holding a unit until the next review, base currency.
    pub holding: f64,
    /// Price paid for a unit, base currency.
    pub unit_cost: Amount,
    /// Units in a case pack.
    pub pack: Qty,
    /// Fewest packs of an order, as whole packs; 0 or 1 for none.
    pub packs_min: usize,
    /// Most packs of an order.
    pub packs_max: usize,
    /// Packs that must be bought: backorders, what promotions promise.
    pub packs_mandatory: usize,
}

/// Why a budget cannot be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    /// A cost, pack or margin that is negative or not a number.
    #[error("item {item} has a cost, pack, margin or position that is negative or not a number")]
    BadItem {
        /// Position in the list.
        item: usize,
    },
    /// A budget below zero.
    #[error("budget is negative")]
    NegativeBudget,
}

impl BudgetError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadItem { .. } => "E_BUDGET_ITEM",
            Self::NegativeBudget => "E_BUDGET",
        }
    }
}

/// What to buy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchase {
    /// Packs of each item, in the order of the list.
    pub packs: Vec<usize>,
    /// What they earn, base currency.
    pub value: f64,
    /// What they cost, base currency.
    pub spend: Decimal,
}

/// A budget spent by earnings per currency unit, and how good that is.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetPlan {
    /// What to buy.
    pub greedy: Purchase,
    /// No purchase within the budget can earn more: broken packs allowed.
    pub bound: f64,
    /// Earned over the bound; `None` when the bound is not above zero.
    pub ratio: Option<f64>,
    /// What one more currency unit earns: earnings per currency unit of the last pack bought. Zero
    /// when no pack worth buying was left out; `None` when none was bought but some were worth it.
    pub shadow_price: Option<f64>,
    /// Mandatory packs the budget does not pay for, by item; empty when it pays for all.
    pub mandatory_unpaid: Vec<(usize, usize)>,
    /// After the mandatory packs.
    base: Spending,
    /// What may be bought with the rest, best first.
    pieces: Vec<Segment>,
}

/// Spends a budget: mandatory packs first, then by earnings per currency unit. A pack that does not
/// fit closes its item, others go on. A pack that earns nothing is bought only if it must be.
///
/// Earnings of a pack = margin x (n(x) - n(x + pack)) - holding x pack, n(x) the expected shortage
/// with x units. A least order is one pack of its size.
///
/// Source: Sherbrooke (METRIC), marginal analysis; Silver, Pyke & Thomas (2017), newsvendor under a
/// budget; engine specification 8.2.
///
/// # Errors
/// Items or a budget that are negative or not a number.
///
/// ```
/// use engine::replenish::{BudgetItem, Demand, spend_budget};
/// use engine::units::{Amount, Qty};
/// let item = BudgetItem {
///     position: 0.0, demand: Demand::Normal { mean: 10.0, sigma: 0.0 }, margin: 5.0, holding: 1.0,
///     unit_cost: Amount::round_from_f64(2.0), pack: Qty::from_units(4),
///     packs_min: 0, packs_max: 9, packs_mandatory: 0,
/// };
/// // Packs earn 16, 16 and 2 * 5 - 4 = 6 for 8 each; the budget ends before the third.
/// let plan = spend_budget(&[item], Amount::round_from_f64(20.0))?;
/// assert_eq!((plan.greedy.packs[0], plan.greedy.value, plan.bound), (2, 32.0, 35.0));
/// assert_eq!(plan.shadow_price, Some(2.0));
/// # Ok::<(), engine::replenish::BudgetError>(())
/// ```
pub fn spend_budget(items: &[BudgetItem], budget: Amount) -> Result<BudgetPlan, BudgetError> {
    if budget < Amount::ZERO {
        return Err(BudgetError::NegativeBudget);
    }
    if let Some(item) = items.iter().position(|item| !segments::is_sound(item)) {
        return Err(BudgetError::BadItem { item });
    }
    let mut pieces: Vec<Segment> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        pieces.extend(segments::of(at, item));
    }
    order::sort_by(&mut pieces, by_rank);
    let mut base = Spending::new(items.len(), Cost::of_budget(budget));
    base.buy(pieces.iter().filter(|piece| piece.is_mandatory));
    let mandatory_unpaid = unpaid(items, &base.packs);
    let is_open = |piece: &Segment| base.closed.get(piece.item) == Some(&false);
    pieces.retain(|piece| !piece.is_mandatory && piece.rank > 0.0 && is_open(piece));
    let mut all = base.clone();
    all.last = None;
    all.buy(&pieces);
    let bound = base.value + Ladder::by_ratio(&pieces).most(base.left);
    Ok(BudgetPlan {
        shadow_price: if all.is_short { all.last } else { Some(0.0) },
        greedy: all.purchase(),
        bound,
        ratio: (bound > 0.0).then(|| all.value / bound),
        mandatory_unpaid,
        base,
        pieces,
    })
}

impl BudgetPlan {
    /// The best purchase of whole packs, by dynamic programming over purchases that no other beats
    /// (Nemhauser & Ullmann 1969), with purchases dropped that even broken packs cannot bring above
    /// the best one known. Mandatory packs are bought as in the greedy plan.
    ///
    /// `states_max` limits the work; when it is reached, the best purchase found is returned and
    /// [`Exact::is_proven`] is false. A million is enough for 300 segments in practice.
    #[must_use]
    pub fn exact(&self, states_max: usize) -> Exact {
        exact::solve(self, states_max)
    }

    /// Pieces worth buying that competed for what mandatory ones left.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.pieces.len()
    }
}

fn unpaid(items: &[BudgetItem], packs: &[usize]) -> Vec<(usize, usize)> {
    let missing = |(at, (item, bought)): (usize, (&BudgetItem, &usize))| {
        let missing = item.packs_mandatory.saturating_sub(*bought);
        (missing > 0).then_some((at, missing))
    };
    items
        .iter()
        .zip(packs)
        .enumerate()
        .filter_map(missing)
        .collect()
}

/// A purchase in the making.
#[derive(Clone, Debug, PartialEq)]
struct Spending {
    left: Cost,
    spent: Cost,
    packs: Vec<usize>,
    /// Items that get no further piece.
    closed: Vec<bool>,
    value: f64,
    /// Earnings per currency unit of the last piece bought.
    last: Option<f64>,
    /// Whether a piece worth buying did not fit.
    is_short: bool,
}

impl Spending {
    fn new(items: usize, budget: Cost) -> Self {
        Self {
            left: budget,
            spent: Cost::ZERO,
            packs: vec![0; items],
            closed: vec![false; items],
            value: 0.0,
            last: None,
            is_short: false,
        }
    }

    /// Buys what fits, in order; a piece that does not fit closes its item.
    fn buy<'a>(&mut self, pieces: impl IntoIterator<Item = &'a Segment>) {
        for piece in pieces {
            let closed = self.closed.get_mut(piece.item);
            let Some(closed) = closed.filter(|closed| !**closed) else {
                continue;
            };
            if piece.cost > self.left {
                *closed = true;
                self.is_short = true;
            } else {
                self.add(piece);
            }
        }
    }

    fn add(&mut self, piece: &Segment) {
        if let Some(packs) = self.packs.get_mut(piece.item) {
            *packs += piece.packs;
        }
        self.left = self.left - piece.cost;
        self.spent = self.spent + piece.cost;
        self.value += piece.benefit;
        self.last = Some(piece.ratio);
    }

    fn purchase(&self) -> Purchase {
        Purchase {
            packs: self.packs.clone(),
            value: self.value,
            spend: self.spent.to_decimal(),
        }
    }
}

#[cfg(test)]
mod tests;
