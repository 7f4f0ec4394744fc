//! Orders cut into packs, each with its cost and what it earns.

use std::cmp::Ordering;
use std::ops::{Add, Sub};

use rust_decimal::Decimal;

use super::BudgetItem;
use crate::num::{count_f64, whole_f64};
use crate::order;
use crate::replenish::Distribution;
use crate::units::{Amount, Qty};

/// Money as whole billionths, exact for a quantity (thousandths) times a price (millionths).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost(i128);

impl Cost {
    pub(super) const ZERO: Self = Self(0);

    pub(super) fn of_budget(budget: Amount) -> Self {
        Self(i128::from(budget.millionths()) * i128::from(Qty::SCALE))
    }

    fn of(quantity: Qty, price: Amount) -> Self {
        Self(i128::from(quantity.thousandths()) * i128::from(price.millionths()))
    }

    fn times(self, packs: usize) -> Self {
        Self(
            self.0
                .saturating_mul(i128::try_from(packs).unwrap_or(i128::MAX)),
        )
    }

    /// As a decimal; the largest one for anything past it.
    pub(super) fn to_decimal(self) -> Decimal {
        Decimal::try_from_i128_with_scale(self.0, 9).unwrap_or(Decimal::MAX)
    }

    /// This over another.
    pub(super) fn share_of(self, whole: Self) -> f64 {
        self.to_f64() / whole.to_f64()
    }

    pub(super) fn to_f64(self) -> f64 {
        let (units, rest) = (self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        let real = |part: i128| whole_f64(i64::try_from(part).unwrap_or(i64::MAX));
        real(units) + real(rest) / 1e9
    }
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Cost {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A piece of an order that is bought whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) item: usize,
    /// Its place among the pieces of the item.
    pub(super) index: usize,
    pub(super) packs: usize,
    pub(super) cost: Cost,
    pub(super) benefit: f64,
    /// Earnings per currency unit; endless for what costs nothing and earns something.
    pub(super) ratio: f64,
    /// The least ratio up to this piece: later pieces of an item never come first, whatever
    /// rounding says.
    pub(super) rank: f64,
    pub(super) is_mandatory: bool,
}

pub(super) fn is_sound(item: &BudgetItem) -> bool {
    let is_figure = |value: f64| value.is_finite() && value >= 0.0;
    is_figure(item.margin)
        && is_figure(item.holding)
        && item.position.is_finite()
        && item.unit_cost >= Amount::ZERO
        && item.pack > Qty::ZERO
        && item.demand.loss(item.position).is_finite()
}

/// The pieces of an item, the first one first: mandatory packs one by one, then what is missing to
/// the least order as one piece, then pack by pack.
pub(super) fn of(at: usize, item: &BudgetItem) -> Vec<Segment> {
    let mandatory = item.packs_mandatory.min(item.packs_max);
    let mut sizes: Vec<(usize, bool)> = Vec::new();
    if mandatory > 0 {
        let first = item.packs_min.max(1);
        if first <= item.packs_max {
            sizes.push((first, true));
            sizes.extend((first..mandatory).map(|_| (1, true)));
        }
    } else if item.packs_min > 1 && item.packs_min <= item.packs_max {
        sizes.push((item.packs_min, false));
    }
    let so_far: usize = sizes.iter().map(|(packs, _)| packs).sum();
    if so_far > 0 || item.packs_min <= 1 {
        sizes.extend((so_far..item.packs_max).map(|_| (1, false)));
    }
    let mut segments = Vec::new();
    let (mut bought, mut rank) = (0, f64::INFINITY);
    for (index, (packs, is_mandatory)) in sizes.into_iter().enumerate() {
        let benefit = benefit(item, bought, packs);
        let cost = Cost::of(item.pack, item.unit_cost).times(packs);
        let ratio = match (cost == Cost::ZERO, benefit > 0.0) {
            (false, _) => benefit / cost.to_f64(),
            (true, true) => f64::INFINITY,
            (true, false) => f64::NEG_INFINITY,
        };
        rank = ratio.min(rank);
        segments.push(Segment {
            item: at,
            index,
            packs,
            cost,
            benefit,
            ratio,
            rank,
            is_mandatory,
        });
        bought += packs;
    }
    segments
}

fn benefit(item: &BudgetItem, bought: usize, packs: usize) -> f64 {
    let pack = item.pack.to_f64();
    let before = item.position + count_f64(bought) * pack;
    let added = count_f64(packs) * pack;
    let prevented = item.demand.loss(before) - item.demand.loss(before + added);
    item.margin * prevented - item.holding * added
}

/// Most earned per currency unit first; of equals the earlier item, of one item the earlier piece.
pub(super) fn by_rank(a: &Segment, b: &Segment) -> Ordering {
    let rank = b.rank.total_cmp(&a.rank);
    rank.then((a.item, a.index).cmp(&(b.item, b.index)))
}

/// Pieces in an order, with what they cost and earn up to each of them.
pub(super) struct Ladder {
    pieces: Vec<Segment>,
    /// After each piece.
    sums: Vec<(Cost, f64)>,
}

impl Ladder {
    /// In the order given.
    pub(super) fn new(pieces: Vec<Segment>) -> Self {
        let (mut cost, mut value) = (Cost::ZERO, 0.0);
        let add = |piece: &Segment| {
            cost = cost + piece.cost;
            value += piece.benefit;
            (cost, value)
        };
        let sums = pieces.iter().map(add).collect();
        Self { pieces, sums }
    }

    /// By what each piece earns per currency unit, whatever has to be bought before it.
    pub(super) fn by_ratio(pieces: &[Segment]) -> Self {
        let mut pieces = pieces.to_vec();
        order::sort_by(&mut pieces, |a, b| b.ratio.total_cmp(&a.ratio));
        Self::new(pieces)
    }

    pub(super) fn pieces(&self) -> &[Segment] {
        &self.pieces
    }

    /// How many pieces from the first on fit, and what they earn.
    pub(super) fn fits(&self, left: Cost) -> (usize, f64) {
        let count = self.sums.partition_point(|(cost, _)| *cost <= left);
        let sum = count.checked_sub(1).and_then(|last| self.sums.get(last));
        (count, sum.map_or(0.0, |(_, value)| *value))
    }

    /// The most that can be earned when a piece may be broken.
    pub(super) fn most(&self, left: Cost) -> f64 {
        let (count, value) = self.fits(left);
        let spent = count.checked_sub(1).and_then(|last| self.sums.get(last));
        let rest = left - spent.map_or(Cost::ZERO, |(cost, _)| *cost);
        let broken = self.pieces.get(count);
        value + broken.map_or(0.0, |piece| piece.benefit * rest.share_of(piece.cost))
    }
}
