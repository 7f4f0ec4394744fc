//! Pegging: which supply covers which commitment, so that a promise names the goods it stands on.

use std::collections::BTreeMap;

use super::{Bucket, Position, Promises};
use crate::day::Day;
use crate::order;
use crate::units::Qty;

/// Goods that can be promised from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// The order they come with; `None` for goods on hand.
    pub order: Option<String>,
    /// The first day they can be used.
    pub due: Day,
    /// How many, units.
    pub quantity: Qty,
}

/// Something that was promised, or is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// The customer's order.
    pub name: String,
    /// The day it is due.
    pub due: Day,
    /// How many, units.
    pub quantity: Qty,
}

/// Part of a supply that covers part of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peg {
    /// Position in the list of commitments.
    pub commitment: usize,
    /// Position in the list of supplies.
    pub supply: usize,
    /// How many, units.
    pub quantity: Qty,
    /// Whether the supply comes after the commitment is due.
    pub is_late: bool,
}

/// What covers what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pegging {
    /// By commitment, then supply, both by their positions.
    pub pegs: Vec<Peg>,
    /// Units no supply covers, by position of the commitment; zeros are left out.
    pub unmet: BTreeMap<usize, Qty>,
    /// Units no commitment needs, by position of the supply; zeros are left out.
    pub free: BTreeMap<usize, Qty>,
}

impl Pegging {
    /// Units that come in time.
    #[must_use]
    pub fn on_time(&self) -> Qty {
        let pegs = self.pegs.iter().filter(|peg| !peg.is_late);
        pegs.map(|peg| peg.quantity).sum()
    }

    /// The pegs of one commitment.
    pub fn of(&self, commitment: usize) -> impl Iterator<Item = &Peg> {
        let is_its = move |peg: &&Peg| peg.commitment == commitment;
        self.pegs.iter().filter(is_its)
    }
}

/// Goods of a position that can be promised: unrestricted ones that no promotion or hold keeps
/// back, from `as_of` on, and open orders from the day they are due.
#[must_use]
pub fn supplies(position: &Position, as_of: Day) -> Vec<Supply> {
    let held = position.bucket(Bucket::Frozen) + position.bucket(Bucket::Locked);
    let on_hand = Supply {
        order: None,
        due: as_of,
        quantity: (position.bucket(Bucket::Unrestricted) - held).max(Qty::ZERO),
    };
    let arrivals = position.arrivals.iter().map(|arrival| Supply {
        order: Some(arrival.order.clone()),
        due: arrival.due,
        quantity: arrival.quantity,
    });
    std::iter::once(on_hand).chain(arrivals).collect()
}

/// Daily buckets from `first` on: what is due earlier counts on the first day, what is due past
/// the last day does not count.
#[must_use]
pub fn daily_promises(
    supplies: &[Supply],
    commitments: &[Commitment],
    first: Day,
    days: usize,
) -> Promises {
    let mut supply = vec![Qty::ZERO; days];
    let mut committed = supply.clone();
    let add = |sums: &mut [Qty], due: Day, quantity: Qty| {
        let at = usize::try_from((due - first).max(0));
        if let Some(sum) = at.ok().and_then(|at| sums.get_mut(at)) {
            *sum += quantity;
        }
    };
    for it in supplies {
        add(&mut supply, it.due, it.quantity);
    }
    for it in commitments {
        add(&mut committed, it.due, it.quantity);
    }
    Promises::new(Qty::ZERO, supply, committed)
}

/// Pegs commitments, the earliest due first, to supplies, the earliest first.
///
/// First everything that can be in time, as much as is possible at all; then what is left waits
/// for the earliest supply that is left. Of equals (same day) the earlier in the list is first.
///
/// ```
/// use engine::day::Day;
/// use engine::stock::{Commitment, Supply, peg};
/// use engine::units::Qty;
/// let day = Day::from_number;
/// let hand = Supply { order: None, due: day(0), quantity: Qty::from_units(5) };
/// let order = Supply { order: Some("PO1".into()), due: day(7), quantity: Qty::from_units(10) };
/// let sold = Commitment { name: "S1".into(), due: day(9), quantity: Qty::from_units(8) };
/// let pegging = peg(&[hand, order], &[sold]);
/// let pegs: Vec<_> = pegging.of(0).map(|peg| (peg.supply, peg.quantity)).collect();
/// assert_eq!(pegs, [(0, Qty::from_units(5)), (1, Qty::from_units(3))]);
/// ```
#[must_use]
pub fn peg(supplies: &[Supply], commitments: &[Commitment]) -> Pegging {
    let mut free: Vec<Left> = supplies
        .iter()
        .enumerate()
        .map(|(at, supply)| Left::new(at, supply.due, supply.quantity))
        .collect();
    let mut open: Vec<Left> = commitments
        .iter()
        .enumerate()
        .map(|(at, commitment)| Left::new(at, commitment.due, commitment.quantity))
        .collect();
    for list in [&mut free, &mut open] {
        order::sort_by_key(list, |left| (left.due, left.at));
    }
    let mut pegs = Vec::new();
    for is_late in [false, true] {
        match_up(&mut free, &mut open, is_late, &mut pegs);
    }
    order::sort(&mut pegs);
    Pegging {
        pegs,
        unmet: rest(&open),
        free: rest(&free),
    }
}

/// What is left of a supply or a commitment.
struct Left {
    at: usize,
    due: Day,
    quantity: Qty,
}

impl Left {
    fn new(at: usize, due: Day, quantity: Qty) -> Self {
        Self {
            at,
            due,
            quantity: quantity.max(Qty::ZERO),
        }
    }
}

/// Both lists by day; a supply may be used by any commitment due on its day or later, and when
/// late ones count by every one. So a supply used up stays used up, and one pass is enough.
fn match_up(free: &mut [Left], open: &mut [Left], is_late: bool, pegs: &mut Vec<Peg>) {
    let mut supplies = free.iter_mut().peekable();
    for commitment in open {
        while commitment.quantity > Qty::ZERO {
            let Some(supply) = supplies.peek_mut() else {
                return;
            };
            if supply.quantity.is_zero() {
                supplies.next();
                continue;
            }
            if supply.due > commitment.due && !is_late {
                break;
            }
            let quantity = supply.quantity.min(commitment.quantity);
            supply.quantity = supply.quantity - quantity;
            commitment.quantity = commitment.quantity - quantity;
            pegs.push(Peg {
                commitment: commitment.at,
                supply: supply.at,
                quantity,
                is_late: supply.due > commitment.due,
            });
        }
    }
}

fn rest(left: &[Left]) -> BTreeMap<usize, Qty> {
    let some = left.iter().filter(|left| !left.quantity.is_zero());
    order::collect_map(some.map(|left| (left.at, left.quantity)))
}

/// A promise with the supplies it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPromise {
    /// The day it is promised for.
    pub day: Day,
    /// Positions of the supplies and how much of each.
    pub supplies: Vec<(usize, Qty)>,
}

/// The first day, from `wanted.due` on and within `days`, on which a quantity can be promised with no
/// other commitment put at risk, and the supplies it stands on. `None` when there is no such day.
#[must_use]
pub fn promise_date(
    supplies: &[Supply],
    commitments: &[Commitment],
    wanted: &Commitment,
    days: usize,
) -> Option<NamedPromise> {
    // Commitments past the last day still need their goods.
    let last = commitments.iter().map(|it| it.due).max();
    let span = last.map_or(0, |last| (last - wanted.due).saturating_add(1).max(0));
    let horizon = days.max(usize::try_from(span).unwrap_or(0));
    let promises = daily_promises(supplies, commitments, wanted.due, horizon);
    let after = promises
        .date_for(wanted.quantity)
        .filter(|after| *after < days)?;
    let day = wanted.due + i32::try_from(after).ok()?;
    let mut all = commitments.to_vec();
    all.push(Commitment {
        due: day,
        ..wanted.clone()
    });
    let pegging = peg(supplies, &all);
    let pegs = pegging.of(commitments.len());
    Some(NamedPromise {
        day,
        supplies: pegs.map(|peg| (peg.supply, peg.quantity)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn supply(day: i32, units: i64) -> Supply {
        Supply {
            order: (day > 0).then(|| format!("PO{day}")),
            due: Day::from_number(day),
            quantity: Qty::from_units(units),
        }
    }

    fn commitment(day: i32, units: i64) -> Commitment {
        Commitment {
            name: format!("S{day}"),
            due: Day::from_number(day),
            quantity: Qty::from_units(units),
        }
    }

    #[test]
    fn late_goods_go_to_whom_nothing_else_is_left_for() {
        let pegging = peg(
            &[supply(0, 5), supply(4, 10)],
            &[commitment(1, 8), commitment(5, 9)],
        );
        let pegs: Vec<_> = pegging
            .pegs
            .iter()
            .map(|peg| (peg.commitment, peg.supply, peg.quantity, peg.is_late))
            .collect();
        let units = Qty::from_units;
        let want = [
            (0, 0, units(5), false),
            (0, 1, units(1), true),
            (1, 1, units(9), false),
        ];
        assert_eq!(pegs, want);
        assert_eq!(pegging.unmet, order::collect_map([(0, units(2))]));
    }

    #[test]
    fn a_promise_names_its_day_and_its_goods() {
        let supplies = [supply(0, 5), supply(4, 10)];
        let sold = [commitment(6, 12)];
        let named = promise_date(&supplies, &sold, &commitment(1, 3), 20).unwrap();
        assert_eq!(named.day, Day::from_number(1));
        assert_eq!(named.supplies, [(0, Qty::from_units(3))]);
        for days in [1, 20] {
            let more = promise_date(&supplies, &sold, &commitment(1, 4), days);
            assert_eq!(more, None);
        }
        assert_eq!(
            promise_date(&supplies, &[], &commitment(1, 7), 20).map(|it| it.day),
            Some(Day::from_number(4))
        );
    }

    #[test]
    fn a_position_gives_what_no_hold_keeps_back() {
        let mut position = Position::default();
        position.add(Bucket::Unrestricted, Qty::from_units(10));
        position.add(Bucket::Frozen, Qty::from_units(3));
        position.add(Bucket::Reserved, Qty::from_units(2));
        let supplies = supplies(&position, Day::from_number(0));
        assert_eq!(supplies, [supply(0, 7)]);
    }

    fn list<T: std::fmt::Debug>(make: fn(i32, i64) -> T) -> impl Strategy<Value = Vec<T>> {
        let one = (0_i32..8, 0_i64..10).prop_map(move |(day, units)| make(day, units));
        prop::collection::vec(one, 0..6)
    }

    proptest! {
        #[test]
        fn everything_is_pegged_once(supplies in list(supply), commitments in list(commitment)) {
            let pegging = peg(&supplies, &commitments);
            let sum = |of: &dyn Fn(&Peg) -> bool| -> Qty {
                pegging.pegs.iter().filter(|peg| of(peg)).map(|peg| peg.quantity).sum()
            };
            for (at, supply) in supplies.iter().enumerate() {
                let free = pegging.free.get(&at).copied().unwrap_or_default();
                prop_assert_eq!(sum(&|peg| peg.supply == at) + free, supply.quantity);
            }
            for (at, commitment) in commitments.iter().enumerate() {
                let unmet = pegging.unmet.get(&at).copied().unwrap_or_default();
                prop_assert_eq!(sum(&|peg| peg.commitment == at) + unmet, commitment.quantity);
            }
            for peg in &pegging.pegs {
                let is_late = supplies[peg.supply].due > commitments[peg.commitment].due;
                prop_assert_eq!(peg.is_late, is_late);
            }
            prop_assert!(pegging.free.is_empty() || pegging.unmet.is_empty());
        }

        #[test]
        fn all_is_in_time_exactly_when_no_balance_is_negative(
            supplies in list(supply), commitments in list(commitment),
        ) {
            let promises = daily_promises(&supplies, &commitments, Day::from_number(0), 8);
            let is_covered = promises.cumulative().iter().all(|it| *it >= Qty::ZERO);
            let pegging = peg(&supplies, &commitments);
            let asked: Qty = commitments.iter().map(|it| it.quantity).sum();
            prop_assert_eq!(pegging.on_time() == asked, is_covered);
        }

        #[test]
        fn a_promise_is_in_time_and_puts_no_other_at_risk(
            supplies in list(supply), commitments in list(commitment), day in 0_i32..8, units in 1_i64..12,
        ) {
            let wanted = commitment(day, units);
            if let Some(named) = promise_date(&supplies, &commitments, &wanted, 20) {
                let sum: Qty = named.supplies.iter().map(|(_, quantity)| *quantity).sum();
                prop_assert_eq!(sum, wanted.quantity);
                prop_assert!(named.supplies.iter().all(|(at, _)| supplies[*at].due <= named.day));
                let before = peg(&supplies, &commitments);
                let mut all = commitments.clone();
                all.push(Commitment { due: named.day, ..wanted });
                prop_assert_eq!(peg(&supplies, &all).on_time(), before.on_time() + sum);
            }
        }
    }
}
