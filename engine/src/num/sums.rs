//! Sums in an order that processors can keep up with, the same everywhere.

use std::ops::{Add, AddAssign};

/// Sums kept apart, since an addition waits for the one before it in the same sum.
const APART: usize = 8;

/// The sum of `of` over the pairs of two lists, as many as the shorter one has: every eighth one
/// together, then the eight sums in pairs, and what is left of the lists. Of numbers, or of lanes of them.
#[inline]
pub fn sum_of_pairs<T>(a: &[T], b: &[T], of: impl Fn(T, T) -> T) -> T
where
    T: Copy + Default + Add<Output = T> + AddAssign,
{
    let (eights_a, eights_b) = (a.as_chunks::<APART>().0, b.as_chunks::<APART>().0);
    let mut sums = [T::default(); APART];
    for (eight_a, eight_b) in eights_a.iter().zip(eights_b) {
        for (sum, (a, b)) in sums.iter_mut().zip(eight_a.iter().zip(eight_b)) {
            *sum += of(*a, *b);
        }
    }
    // The longer list may have its rest among its eights.
    let passed = APART * eights_a.len().min(eights_b.len());
    let rest = a.iter().zip(b).skip(passed);
    let mut last = T::default();
    for (a, b) in rest {
        last += of(*a, *b);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + b) + (c + d)) + ((e + f) + (g + h)) + last
}

/// The sum of `of` over all values, in the order of [`sum_of_pairs`].
#[inline]
pub fn sum_of<T>(values: &[T], of: impl Fn(T) -> T) -> T
where
    T: Copy + Default + Add<Output = T> + AddAssign,
{
    sum_of_pairs(values, values, |value, _| of(value))
}

/// The sum of all values, in the order of [`sum_of_pairs`].
///
/// ```
/// assert_eq!(engine::num::sum(&[1.0, 2.0, 3.0, 4.0, 5.0]), 15.0);
/// ```
#[must_use]
pub fn sum<T>(values: &[T]) -> T
where
    T: Copy + Default + Add<Output = T> + AddAssign,
{
    sum_of(values, |value| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_pair_counts_once(
            a in proptest::collection::vec(-100_i32..100, 0..40),
            b in proptest::collection::vec(-100_i32..100, 0..40),
        ) {
            let whole: i32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            let real = |values: &[i32]| -> Vec<f64> {
                values.iter().map(|value| f64::from(*value)).collect()
            };
            let sum = sum_of_pairs(&real(&a), &real(&b), |a, b| a * b);
            prop_assert_eq!(sum, f64::from(whole));
        }
    }
}
