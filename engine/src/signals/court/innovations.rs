//! What in a series its own past does not explain.
//!
//! Two series that each follow their own past agree by chance far more often than two that do
//! not, so both are prewhitened before they are compared.
//! Source: Haugh (1976), JASA 71, 378-385; Box & Jenkins (1970), chapter 11.

use super::super::regression::least_squares;
use crate::num::{count_f64, ln, sqrt};

/// Longest memory fitted, periods.
const ORDER_MAX: usize = 4;
/// Standard deviations beyond which an innovation is cut: one shared spike is no lead.
const CUT: f64 = 3.0;

/// Innovations of a series by the autoregression with the least Schwarz criterion, of mean zero
/// and variance one; the first [`ORDER_MAX`] are dropped. `None` where nothing is left to chance.
pub(super) fn innovations(values: &[f64]) -> Option<Vec<f64>> {
    let mut best: Option<(f64, Vec<f64>)> = None;
    for order in 0..=ORDER_MAX {
        let Some(residuals) = residuals(values, order) else {
            continue;
        };
        let count = count_f64(residuals.len());
        let squares: f64 = residuals.iter().map(|it| it * it).sum();
        if squares <= 1e-12 * count {
            return None;
        }
        let criterion = count * ln(squares / count) + count_f64(order) * ln(count);
        if best.as_ref().is_none_or(|(least, _)| criterion < *least) {
            best = Some((criterion, residuals));
        }
    }
    let cut = cut(best?.1);
    Some(cut)
}

fn residuals(values: &[f64], order: usize) -> Option<Vec<f64>> {
    let rows = || {
        let row = move |at: usize| {
            let past = values.get(at - order..at)?.iter().rev();
            let row: Vec<f64> = [1.0].into_iter().chain(past.copied()).collect();
            Some((row, *values.get(at)?, 1.0))
        };
        (ORDER_MAX..values.len()).filter_map(row)
    };
    let fit = least_squares(order + 1, rows(), &[])?;
    let left = |(row, value, _): (Vec<f64>, f64, f64)| {
        value - row.iter().zip(&fit).map(|(a, b)| a * b).sum::<f64>()
    };
    Some(rows().map(left).collect())
}

fn cut(mut values: Vec<f64>) -> Vec<f64> {
    for _ in 0..2 {
        let count = count_f64(values.len().max(1));
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
        let sd = sqrt(squares / count).max(f64::MIN_POSITIVE);
        for value in &mut values {
            *value = ((*value - mean) / sd).clamp(-CUT, CUT);
        }
    }
    values
}

/// Correlation of neighbours, between 0 and 1: how much of a deviation is left a period later.
pub(super) fn memory(values: &[f64]) -> f64 {
    let squares: f64 = values.iter().map(|it| it * it).sum();
    let pairs = values.iter().zip(values.iter().skip(1));
    let products: f64 = pairs.map(|(a, b)| a * b).sum();
    if squares > 0.0 {
        (products / squares).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn a_walk_is_whitened() {
        let mut draws = Stream::from_seed(3).draws();
        let mut level = 0.0;
        let walk: Vec<f64> = (0..200)
            .map(|_| {
                level = 0.9 * level + draws.next_f64() - 0.5;
                level
            })
            .collect();
        assert!(memory(&walk) > 0.8);
        let white = innovations(&walk).unwrap();
        let left: f64 = white.iter().zip(&white[1..]).map(|(a, b)| a * b).sum();
        assert!((left / 196.0).abs() < 0.15, "{left}");
        assert_eq!(innovations(&[2.0; 50]), None);
    }
}
