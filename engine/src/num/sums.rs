//! Sums in an order that processors can keep up with, the same everywhere.

/// Sums kept apart: additions that wait for each other take four times as long.
const APART: usize = 4;

/// The sum of `of` over the pairs of two lists, as many as the shorter one has: every fourth one
/// together, then the four sums in pairs.
#[inline]
pub fn sum_of_pairs(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    let (fours_a, fours_b) = (a.chunks_exact(APART), b.chunks_exact(APART));
    let count = APART * fours_a.len().min(fours_b.len());
    let mut sums = [0.0; APART];
    for (four_a, four_b) in fours_a.zip(fours_b) {
        for (sum, (a, b)) in sums.iter_mut().zip(four_a.iter().zip(four_b)) {
            *sum += of(*a, *b);
        }
    }
    let rest = a.iter().zip(b).skip(count);
    for (sum, (a, b)) in sums.iter_mut().zip(rest) {
        *sum += of(*a, *b);
    }
    let [a, b, c, d] = sums;
    (a + b) + (c + d)
}

/// The sum of `of` over all values, in the order of [`sum_of_pairs`].
#[inline]
pub fn sum_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    sum_of_pairs(values, values, |value, _| of(value))
}

/// The sum of all values, in the order of [`sum_of_pairs`].
///
/// ```
/// assert_eq!(engine::num::sum(&[1.0, 2.0, 3.0, 4.0, 5.0]), 15.0);
/// ```
#[must_use]
pub fn sum(values: &[f64]) -> f64 {
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
