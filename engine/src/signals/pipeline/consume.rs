//! Forecast consumption: orders take the place of what was forecast for them.

use crate::day::Day;
use crate::order;
use crate::units::Qty;

/// A forecast of some days together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// Forecast before any order.
    pub gross: Qty,
}

/// An order by the day it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueOrder {
    /// Wanted on.
    pub day: Day,
    /// Units.
    pub quantity: Qty,
}

/// How far from its day an order finds the forecast that it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsumptionWindow {
    /// Days before it.
    pub early_days: i32,
    /// Days after it.
    pub late_days: i32,
}

/// What is left of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumption {
    /// Forecast by bucket that no order has taken.
    pub net: Vec<Qty>,
    /// Orders that no forecast stood for.
    pub unforecast: Qty,
}

/// Consumes a forecast by orders: each takes from the bucket of its day, then from earlier ones,
/// the nearest first, then from later ones. A bucket is reached where it ends no more than
/// `early_days` before or starts no more than `late_days` after the order.
///
/// Source: frePPLe, user guide, forecast netting, whose worked example is the test.
#[must_use]
pub fn consume(buckets: &[Bucket], orders: &[DueOrder], window: ConsumptionWindow) -> Consumption {
    let mut net: Vec<Qty> = buckets.iter().map(|bucket| bucket.gross).collect();
    let mut orders = orders.to_vec();
    order::sort_by_key(&mut orders, |order| order.day);
    let mut unforecast = Qty::ZERO;
    for order in orders {
        let reaches = |(_, bucket): &(usize, &Bucket)| {
            order.day - bucket.last <= window.early_days
                && bucket.first - order.day <= window.late_days
        };
        let mut places: Vec<(usize, &Bucket)> =
            buckets.iter().enumerate().filter(reaches).collect();
        // Own first, then earlier by distance, then later by distance.
        order::sort_by_key(&mut places, |(_, bucket)| {
            let (after, before) = (order.day - bucket.last, bucket.first - order.day);
            (before > 0, after.max(before).max(0))
        });
        let mut left = order.quantity;
        for (place, _) in places {
            if let Some(forecast) = net.get_mut(place) {
                let taken = left.min(*forecast).max(Qty::ZERO);
                *forecast = *forecast - taken;
                left = left - taken;
            }
        }
        unforecast += left;
    }
    Consumption { net, unforecast }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: ConsumptionWindow = ConsumptionWindow {
        early_days: 30,
        late_days: 30,
    };

    fn months(gross: &[i64]) -> Vec<Bucket> {
        let start = Day::parse_iso("2026-01-01").unwrap();
        let bucket = |(month, gross): (i32, &i64)| Bucket {
            first: start.plus_months(month),
            last: start.plus_months(month + 1) - 1,
            gross: Qty::from_units(*gross),
        };
        (0..).zip(gross).map(bucket).collect()
    }

    fn orders(of_month: &[i64]) -> Vec<DueOrder> {
        let start = Day::parse_iso("2026-01-15").unwrap();
        let order = |(month, quantity): (i32, &i64)| DueOrder {
            day: start.plus_months(month),
            quantity: Qty::from_units(*quantity),
        };
        (0..).zip(of_month).map(order).collect()
    }

    #[test]
    fn the_example_of_frepple() {
        let left = consume(&months(&[350; 4]), &orders(&[300, 500, 280]), WINDOW);
        assert_eq!(left.net, [0, 0, 0, 320].map(Qty::from_units));
        assert_eq!(left.unforecast, Qty::ZERO);
        let none = ConsumptionWindow {
            early_days: 0,
            late_days: 0,
        };
        let left = consume(&months(&[350; 4]), &orders(&[300, 500, 280]), none);
        assert_eq!(left.net, [50, 0, 70, 350].map(Qty::from_units));
        assert_eq!(left.unforecast, Qty::from_units(150));
    }

    proptest! {
        #[test]
        fn nothing_counts_twice_and_nothing_is_lost(
            gross in prop::collection::vec(0_i64..1_000, 1..8),
            quantities in prop::collection::vec(0_i64..1_000, 0..8),
            (early_days, late_days) in (0..90, 0..90),
        ) {
            let buckets = months(&gross);
            let due = orders(&quantities);
            let window = ConsumptionWindow { early_days, late_days };
            let left = consume(&buckets, &due, window);
            let sum = |quantities: &[Qty]| quantities.iter().fold(Qty::ZERO, |a, b| a + *b);
            let all: Vec<Qty> = due.iter().map(|order| order.quantity).collect();
            let taken = sum(&all) - left.unforecast;
            let forecast: Vec<Qty> = buckets.iter().map(|bucket| bucket.gross).collect();
            prop_assert_eq!(sum(&left.net) + taken, sum(&forecast));
            for (net, bucket) in left.net.iter().zip(&buckets) {
                prop_assert!(*net >= Qty::ZERO && *net <= bucket.gross);
            }
        }
    }
}
