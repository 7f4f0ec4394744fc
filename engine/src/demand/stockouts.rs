//! What stock-outs hid: demand of weeks in which goods could not always be bought.
//!
//! Sales of such a week are what was ordered while goods were there. The rest is estimated at the
//! rate of the weeks around it, each counted for the share of it in which goods were there.

use serde::{Deserialize, Serialize};

use super::panel::DemandRow;
use crate::day::Day;
use crate::ids::{SkuId, WarehouseId};
use crate::num::{count_f64, larger, sqrt};
use crate::order;

/// Goods that are away for longer have been taken off sale: nothing is estimated then.
pub const EMPTY_DAYS_MAX: u32 = 91;
/// A shelf that sells at more than this share of its rate while it is empty sells without stock.
const SELLS_EMPTY: f64 = 0.2;
/// Days with goods from which on that rate is known.
const OPEN_DAYS_MIN: f64 = 28.0;
/// A week in halves of days: of a day on which the last piece was sold, one is taken as open.
const HALVES: i16 = 14;
/// Weeks either side whose sales say at which rate goods go.
const REACH: usize = 8;
/// Farthest weeks that are asked where the near ones were empty too.
const REACH_MAX: usize = 32;
/// Weeks with goods, by their weights, from which a rate is taken.
const SEEN_MIN: f64 = 2.0;

/// Days in a row at whose ends nothing of some goods was available in a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EmptyRun {
    /// Which goods.
    pub sku: SkuId,
    /// Where.
    pub warehouse: WarehouseId,
    /// The first of the days: the one on which the last piece went.
    pub from: Day,
    /// How many.
    pub days: u32,
}

impl EmptyRun {
    /// The runs among single days, which come oldest first, in order of goods, warehouse and day.
    #[must_use]
    pub fn all(empty: impl Iterator<Item = (SkuId, WarehouseId, Day)>) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        // By goods, then warehouse: the place of the newest run, from 1.
        let mut newest: Vec<Vec<usize>> = Vec::new();
        for (sku, warehouse, day) in empty {
            if newest.len() <= sku.index() {
                newest.resize(sku.index() + 1, Vec::new());
            }
            let Some(shelves) = newest.get_mut(sku.index()) else {
                continue;
            };
            if shelves.len() <= warehouse.index() {
                shelves.resize(warehouse.index() + 1, 0);
            }
            let Some(place) = shelves.get_mut(warehouse.index()) else {
                continue;
            };
            let run = place.checked_sub(1).and_then(|place| runs.get_mut(place));
            if let Some(run) = run.filter(|run| run.offset(day) == Some(run.days)) {
                run.days += 1;
                continue;
            }
            runs.push(Self {
                sku,
                warehouse,
                from: day,
                days: 1,
            });
            *place = runs.len();
        }
        order::sort(&mut runs);
        runs
    }

    fn shelf(&self) -> (SkuId, WarehouseId) {
        (self.sku, self.warehouse)
    }

    fn offset(&self, day: Day) -> Option<u32> {
        u32::try_from(day - self.from).ok()
    }
}

/// Shelves that were empty at times and sell only what they have.
#[derive(Debug, Default)]
pub struct EmptyShelves {
    as_of: Day,
    /// With a bit for each day, the lowest the first, that sold something.
    runs: Vec<(EmptyRun, u128)>,
}

impl EmptyShelves {
    /// From empty days in order and the demand of all goods among them; a row is served by
    /// `warehouse`. Runs longer than [`EMPTY_DAYS_MAX`] do not count, nor what came before the first
    /// sale of the goods, nor shelves that sell without stock.
    #[must_use]
    pub fn new(
        runs: &[EmptyRun],
        rows: &[DemandRow],
        as_of: Day,
        warehouse: impl Fn(&DemandRow) -> WarehouseId,
    ) -> Self {
        let first = first_sales(runs, rows);
        let counts = |run: &&EmptyRun| {
            let sold = first.binary_search_by_key(&run.sku, |(sku, _)| *sku).ok();
            let sold = sold.and_then(|place| first.get(place));
            run.days <= EMPTY_DAYS_MAX && sold.is_some_and(|(_, day)| run.from >= *day)
        };
        let mut runs: Vec<(EmptyRun, u128)> =
            runs.iter().filter(counts).map(|run| (*run, 0)).collect();
        // Units by run on its empty days, and by the first run of a shelf on all others since then.
        let mut units = vec![(0.0, 0.0); runs.len()];
        for row in rows.iter().filter(|row| !row.quantity.is_zero()) {
            let shelf = (row.sku, warehouse(row));
            let start = runs.partition_point(|(run, _)| run.shelf() < shelf);
            let after =
                runs.partition_point(|(run, _)| (run.shelf(), run.from) <= (shelf, row.day));
            let Some(place) = after.checked_sub(1).filter(|place| *place >= start) else {
                continue;
            };
            let sold = row.quantity.to_f64();
            let Some((run, days)) = runs.get_mut(place) else {
                continue;
            };
            match run.offset(row.day).filter(|day| *day < run.days) {
                Some(day) => {
                    *days |= 1 << day;
                    // On the first day of a run goods were there.
                    if let Some(sum) = units.get_mut(place).filter(|_| day > 0) {
                        sum.0 += sold;
                    }
                }
                None => {
                    if let Some(sum) = units.get_mut(start) {
                        sum.1 += sold;
                    }
                }
            }
        }
        let mut kept = Vec::with_capacity(runs.len());
        let mut units = units.as_slice();
        for own in runs.chunk_by(|a, b| a.0.shelf() == b.0.shelf()) {
            let (now, later) = units.split_at(own.len().min(units.len()));
            units = later;
            if !sells_empty(own, now, as_of) {
                kept.extend_from_slice(own);
            }
        }
        Self { as_of, runs: kept }
    }

    /// Share of each of the newest `weeks` in which goods could be bought, oldest first; `None`
    /// where they always could.
    #[must_use]
    pub fn seen(&self, sku: SkuId, warehouse: WarehouseId, weeks: usize) -> Option<Vec<f32>> {
        let key = (sku, warehouse);
        let from = (self.runs).partition_point(|(run, _)| (run.sku, run.warehouse) < key);
        let own = self.runs.get(from..).unwrap_or_default().iter();
        let own = own.take_while(|(run, _)| (run.sku, run.warehouse) == key);
        let mut closed: Vec<i16> = Vec::new();
        for (run, sold) in own {
            for offset in 0..run.days {
                let day = run.from + i32::try_from(offset).unwrap_or(0);
                let week = usize::try_from((self.as_of - day).div_euclid(7)).ok();
                let Some(place) = week.and_then(|week| weeks.checked_sub(1 + week)) else {
                    continue;
                };
                if closed.is_empty() {
                    closed.resize(weeks, 0);
                }
                let is_last = offset == 0 || (sold >> offset) & 1 == 1;
                if let Some(halves) = closed.get_mut(place) {
                    *halves += if is_last { 1 } else { 2 };
                }
            }
        }
        let seen = |halves: &i16| f32::from(HALVES - halves) / f32::from(HALVES);
        (!closed.is_empty()).then(|| closed.iter().map(seen).collect())
    }
}

/// The first day on which each of the goods with empty days was sold, by goods.
fn first_sales(runs: &[EmptyRun], rows: &[DemandRow]) -> Vec<(SkuId, Day)> {
    let mut first: Vec<(SkuId, Day)> = Vec::new();
    for run in runs {
        if first.last().is_none_or(|(sku, _)| *sku != run.sku) {
            first.push((run.sku, Day::from_number(i32::MAX)));
        }
    }
    for row in rows.iter().filter(|row| !row.quantity.is_zero()) {
        let place = first.binary_search_by_key(&row.sku, |(sku, _)| *sku).ok();
        if let Some((_, day)) = place.and_then(|place| first.get_mut(place)) {
            *day = row.day.min(*day);
        }
    }
    first
}

/// Whether a shelf goes on selling while it is empty: at more than a fifth of its rate otherwise, or on
/// more than a fifth of its empty days where it was hardly ever full. `units` as in
/// [`EmptyShelves::new`].
fn sells_empty(own: &[(EmptyRun, u128)], units: &[(f64, f64)], as_of: Day) -> bool {
    let days =
        |sum: fn(&EmptyRun) -> u32| f64::from(own.iter().map(|(run, _)| sum(run)).sum::<u32>());
    let empty = days(|run| run.days - 1);
    let since = own.first().map_or(0, |(run, _)| as_of - run.from + 1);
    let open = f64::from(since) - days(|run| run.days);
    let (on_empty, on_open) = units
        .iter()
        .fold((0.0, 0.0), |sum, units| (sum.0 + units.0, sum.1 + units.1));
    if open >= OPEN_DAYS_MIN && on_open > 0.0 {
        return on_empty * open > SELLS_EMPTY * on_open * empty;
    }
    let sold: u32 = own.iter().map(|(_, sold)| (sold >> 1).count_ones()).sum();
    f64::from(sold) > SELLS_EMPTY * empty
}

/// What a week hid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hidden {
    /// Which, counted from the oldest.
    pub week: usize,
    /// Demand that found nothing, units.
    pub units: f64,
    /// Standard deviation of that.
    pub deviation: f64,
}

/// Estimates what each week hid: `sold` units a week and the share of the week `seen`, of equal
/// length, oldest first. Weeks that nothing near can be compared with are left out.
///
/// The rate is that of the weeks within [`REACH`], near ones weighing more: sales over shares, as the
/// likelihood of a Poisson rate has it for weeks of unequal length. A week's demand is what it
/// sold and the rate for the rest of it (the expectation step of Vulcano, van Ryzin & Ratliff
/// (2012), Operations Research 60, 313-334, for one product); what sales vary by is taken in
/// proportion to the rate (McCullagh & Nelder (1989), ch. 6).
#[must_use]
pub fn hidden(sold: &[f64], seen: &[f32]) -> Vec<Hidden> {
    let mut found = Vec::new();
    for (week, share) in seen.iter().enumerate().filter(|(_, share)| **share < 1.0) {
        let missing = 1.0 - f64::from(*share);
        if let Some(around) = Around::of(sold, seen, week) {
            let spread = 1.0 + missing / around.shares;
            found.push(Hidden {
                week,
                units: missing * around.rate,
                deviation: sqrt(missing * around.rate * around.dispersion * spread),
            });
        }
    }
    found
}

/// What the weeks around one say.
struct Around {
    /// Units a week.
    rate: f64,
    /// Weeks with goods, by their weights.
    shares: f64,
    /// Variance of a week's sales over the rate, at least that of single sales.
    dispersion: f64,
}

impl Around {
    fn of(sold: &[f64], seen: &[f32], week: usize) -> Option<Self> {
        let mut reach = REACH;
        loop {
            let around = Self::within(sold, seen, week, reach);
            if around.is_some() || reach >= REACH_MAX {
                return around;
            }
            reach *= 2;
        }
    }

    fn within(sold: &[f64], seen: &[f32], week: usize, reach: usize) -> Option<Self> {
        let from = week.saturating_sub(reach);
        let near = || {
            let pairs = sold.iter().zip(seen).enumerate();
            pairs
                .skip(from)
                .take(week + reach + 1 - from)
                .map(|(other, (sold, seen))| {
                    let weight = 1.0 - count_f64(other.abs_diff(week)) / count_f64(reach + 1);
                    (weight, *sold, f64::from(*seen))
                })
        };
        let (mut units, mut shares) = (0.0, 0.0);
        for (weight, sold, seen) in near() {
            units += weight * sold;
            shares += weight * seen;
        }
        if shares < SEEN_MIN {
            return None;
        }
        let rate = units / shares;
        let squares: f64 = near()
            .map(|(weight, sold, seen)| weight * (sold - rate * seen) * (sold - rate * seen))
            .sum();
        let dispersion = if rate > 0.0 {
            squares / (rate * shares)
        } else {
            1.0
        };
        Some(Self {
            rate,
            shares,
            dispersion: larger(dispersion, 1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, RegionId};
    use crate::units::Qty;
    use proptest::prelude::*;

    const SKU: SkuId = SkuId(1);
    const HERE: WarehouseId = WarehouseId(0);
    /// The last day of week 0.
    const AS_OF: i32 = 700;

    fn runs(days: impl IntoIterator<Item = i32>) -> Vec<EmptyRun> {
        let days = days.into_iter();
        EmptyRun::all(days.map(|day| (SKU, HERE, Day::from_number(day))))
    }

    fn row(day: i32) -> DemandRow {
        DemandRow {
            day: Day::from_number(day),
            sku: SKU,
            channel: ChannelId(0),
            region: RegionId(0),
            quantity: Qty::from_units(3),
        }
    }

    /// The goods have been sold for long.
    fn shelves(days: impl IntoIterator<Item = i32>, sold_on: &[i32]) -> EmptyShelves {
        let sold_on = [AS_OF - 400].iter().chain(sold_on);
        let rows: Vec<DemandRow> = sold_on.map(|day| row(*day)).collect();
        EmptyShelves::new(&runs(days), &rows, Day::from_number(AS_OF), |_| HERE)
    }

    #[test]
    fn days_in_a_row_are_a_run() {
        let found = runs([10, 11, 12, 20]);
        let spans: Vec<_> = found
            .iter()
            .map(|run| (run.from.number(), run.days))
            .collect();
        assert_eq!(spans, [(10, 3), (20, 1)]);
    }

    #[test]
    fn a_week_is_seen_while_goods_are_there() {
        // Empty at the ends of the last nine days of the second week and of the third.
        let shelves = shelves(AS_OF - 15..=AS_OF - 7, &[]);
        let seen = shelves.seen(SKU, HERE, 4).unwrap();
        // Two days of the week before, one of them half open; then all seven.
        let expected = [1.0, 1.0 - 1.5 / 7.0, 0.0, 1.0];
        for (seen, expected) in seen.iter().zip(expected) {
            assert!((seen - expected).abs() < 1e-6, "{seen} {expected}");
        }
        assert_eq!(shelves.seen(SkuId(2), HERE, 4), None);
        assert_eq!(
            shelves.seen(SKU, HERE, 1),
            None,
            "the newest week was whole"
        );
    }

    #[test]
    fn a_shelf_that_sells_without_stock_hides_nothing() {
        let days = AS_OF - 20..=AS_OF;
        let daily: Vec<i32> = days.clone().collect();
        assert_eq!(shelves(days.clone(), &daily).seen(SKU, HERE, 3), None);
        // One morning's delivery was gone by the evening.
        let seen = shelves(days, &[AS_OF - 3]).seen(SKU, HERE, 3).unwrap();
        assert!((seen[2] - 0.5 / 7.0).abs() < 1e-6, "{seen:?}");
    }

    #[test]
    fn slow_goods_with_back_orders_hide_nothing() {
        // Once a week, whether they are there or not; or only while they are.
        let empty = AS_OF - 59..=AS_OF;
        let days = || [AS_OF - 120].into_iter().chain(empty.clone());
        let weekly: Vec<i32> = (AS_OF - 119..=AS_OF).step_by(7).collect();
        assert_eq!(shelves(days(), &weekly).seen(SKU, HERE, 8), None);
        let before: Vec<i32> = weekly
            .iter()
            .copied()
            .filter(|day| !empty.contains(day))
            .collect();
        assert!(shelves(days(), &before).seen(SKU, HERE, 8).is_some());
    }

    #[test]
    fn before_the_first_sale_nothing_is_hidden() {
        let rows = [row(AS_OF - 10)];
        let of = |days| EmptyShelves::new(&runs(days), &rows, Day::from_number(AS_OF), |_| HERE);
        assert_eq!(of(AS_OF - 30..=AS_OF - 20).seen(SKU, HERE, 8), None);
        assert!(of(AS_OF - 8..=AS_OF - 3).seen(SKU, HERE, 8).is_some());
    }

    #[test]
    fn goods_taken_off_sale_hide_nothing() {
        let last = |days: i32| shelves(AS_OF - days + 1..=AS_OF, &[]).seen(SKU, HERE, 3);
        assert!(last(91).is_some());
        assert!(last(92).is_none());
    }

    #[test]
    fn an_empty_week_is_taken_as_its_neighbours() {
        let mut sold = vec![10.0; 20];
        let mut seen = vec![1.0; 20];
        (sold[9], seen[9]) = (0.0, 0.0);
        (sold[10], seen[10]) = (5.0, 0.5);
        let found = hidden(&sold, &seen);
        let units: Vec<_> = found.iter().map(|one| (one.week, one.units)).collect();
        assert_eq!(units.len(), 2);
        assert_eq!(units[0].0, 9);
        assert!((units[0].1 - 10.0).abs() < 1e-9 && (units[1].1 - 5.0).abs() < 1e-9);
        // Steady sales vary as single ones do: the root of 10 (1 + 1 / 7.5), by hand.
        let shares = 9.0 - 1.0 - 0.5 * 8.0 / 9.0;
        let expected = (10.0_f64 * (1.0 + 1.0 / shares)).sqrt();
        assert!((found[0].deviation - expected).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn nothing_is_said_where_nothing_was_seen() {
        assert_eq!(hidden(&[0.0; 12], &[0.0; 12]), []);
    }

    proptest! {
        /// Demand at one rate, seen in part, comes out at that rate.
        #[test]
        fn a_steady_rate_is_found(
            rate in 0.1_f64..500.0,
            seen in proptest::collection::vec(0.0_f32..1.0, 8..120),
        ) {
            let sold: Vec<f64> = seen.iter().map(|seen| rate * f64::from(*seen)).collect();
            for one in hidden(&sold, &seen) {
                let whole = sold[one.week] + one.units;
                prop_assert!((whole - rate).abs() < 1e-6 * rate);
            }
        }
    }
}
