//! A total over its parts, exact to the thousandth.

use crate::order;
use crate::units::Qty;

/// Gives every part its share of `total`, in proportion to what it has; evenly where nobody has
/// anything. The parts then sum to `total`.
///
/// Formula: the method of largest remainders (Hamilton): the whole part of
/// `part x total / sum`, and one thousandth more for the parts with the largest fractions; of
/// equal fractions the earlier part's.
pub(super) fn spread(parts: &mut [&mut Qty], total: Qty) {
    let whole = |qty: Qty| u128::from(qty.thousandths().max(0).unsigned_abs());
    let count = u128::try_from(parts.len()).unwrap_or(u128::MAX);
    let sum: u128 = parts.iter().map(|part| whole(**part)).sum();
    let wanted = whole(total);
    let weight = |part: Qty| if sum == 0 { 1 } else { whole(part) };
    let by = if sum == 0 { count.max(1) } else { sum };
    let mut fractions = Vec::with_capacity(parts.len());
    let mut given: u128 = 0;
    for part in parts.iter_mut() {
        let product = weight(**part) * wanted;
        let share = product / by;
        fractions.push(product - share * by);
        given += share;
        **part = Qty::from_thousandths(i64::try_from(share).unwrap_or(i64::MAX));
    }
    let left = usize::try_from(wanted.saturating_sub(given)).unwrap_or(0);
    if left == 0 {
        return;
    }
    let fraction = |place: u32| fractions.get(place as usize).copied().unwrap_or(0);
    let mut places = order::places(parts.len());
    order::sort_places(&mut places, &mut |a, b| fraction(b).cmp(&fraction(a)));
    for place in places.into_iter().take(left) {
        if let Some(part) = parts.get_mut(place as usize) {
            **part += Qty::from_thousandths(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spread_to(parts: &[i64], total: i64) -> Vec<i64> {
        let mut parts: Vec<Qty> = parts
            .iter()
            .map(|part| Qty::from_thousandths(*part))
            .collect();
        let mut places: Vec<&mut Qty> = parts.iter_mut().collect();
        spread(&mut places, Qty::from_thousandths(total));
        parts.iter().map(|part| part.thousandths()).collect()
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        // Shares of 10: 4.285.., 2.857.., 2.857..
        assert_eq!(spread_to(&[3, 2, 2], 10), [4, 3, 3]);
        // Of 11: 4.71.., 3.14.., 3.14..
        assert_eq!(spread_to(&[3, 2, 2], 11), [5, 3, 3]);
        assert_eq!(spread_to(&[1, 1, 1], 4), [2, 1, 1]);
        assert_eq!(spread_to(&[5, 0], 8), [8, 0]);
    }

    #[test]
    fn nothing_is_spread_evenly() {
        assert_eq!(spread_to(&[0, 0, 0], 8), [3, 3, 2]);
        assert_eq!(spread_to(&[], 8), [0; 0]);
        assert_eq!(spread_to(&[4, 3], 0), [0, 0]);
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_total_and_stay_within_a_thousandth_of_their_share(
            parts in prop::collection::vec(0_i64..4_000_000_000, 1..60),
            total in 0_i64..4_000_000_000_000,
        ) {
            let sum: i64 = parts.iter().sum();
            let spread = spread_to(&parts, total);
            prop_assert_eq!(spread.iter().sum::<i64>(), total);
            for (part, given) in parts.iter().zip(spread) {
                let exact = if sum == 0 {
                    total as f64 / parts.len() as f64
                } else {
                    *part as f64 / sum as f64 * total as f64
                };
                prop_assert!((given as f64 - exact).abs() <= 1.0 + exact * 1e-9);
            }
        }
    }
}
