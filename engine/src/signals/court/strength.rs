//! How strongly demand follows a signal at a lag.
//!
//! log demand = level + beta x deviation + noise. The level is followed by exponential
//! smoothing, which is linear: what it misses of demand is what it misses of the signal times
//! beta, so the beta of least one-step error is a regression through those errors. It is drawn to
//! zero by its own noise: (1 - v / beta^2) of it is kept, v its variance.
//! Source: Efron & Morris (1975), JASA 70, 311-319, for the positive-part rule.

use crate::num::count_f64;

/// Shares of the newest value in the level that are tried.
pub(in crate::signals) const GAINS: [f64; 3] = [0.1, 0.2, 0.4];

/// An estimated elasticity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Strength {
    /// Drawn towards zero.
    pub(super) beta: f64,
    /// Standard error before that.
    pub(super) error: f64,
}

/// The elasticity of demand (logarithms) on a signal (deviations) `lag` periods before it.
pub(super) fn strength(signal: &[f64], demand: &[f64], lag: usize) -> Strength {
    let length = signal.len().min(demand.len());
    let signal = signal.get(signal.len() - length..).unwrap_or_default();
    let demand = demand.get(demand.len() - length..).unwrap_or_default();
    let moved = signal.get(..length.saturating_sub(lag)).unwrap_or_default();
    let demand = demand.get(lag..).unwrap_or_default();
    let fit = |gain: &f64| fit(&missed(moved, *gain), &missed(demand, *gain));
    let fits = GAINS.iter().filter_map(fit);
    let best = fits.reduce(|best, next| if next.0 < best.0 { next } else { best });
    best.map_or_else(Strength::default, |(_, strength)| strength)
}

/// One-step errors of exponential smoothing.
fn missed(values: &[f64], gain: f64) -> Vec<f64> {
    let mut level = 0.0;
    let mut errors = Vec::with_capacity(values.len());
    for (seen, value) in values.iter().enumerate() {
        if seen > 0 {
            errors.push(value - level);
        }
        level += gain.max(1.0 / count_f64(seen + 1)) * (value - level);
    }
    errors
}

/// Squares left and the elasticity through the errors.
fn fit(signal: &[f64], demand: &[f64]) -> Option<(f64, Strength)> {
    let squares: f64 = signal.iter().map(|it| it * it).sum();
    let products: f64 = signal.iter().zip(demand).map(|(a, b)| a * b).sum();
    if squares <= 0.0 || signal.len() < 3 {
        return None;
    }
    let beta = products / squares;
    let left = signal.iter().zip(demand).map(|(a, b)| b - beta * a);
    let left: f64 = left.map(|it| it * it).sum();
    let variance = left / count_f64(signal.len() - 1) / squares;
    let kept = if beta == 0.0 {
        0.0
    } else {
        (1.0 - variance / (beta * beta)).max(0.0)
    };
    let strength = Strength {
        beta: kept * beta,
        error: crate::num::sqrt(variance),
    };
    Some((left, strength))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_relation_is_kept_whole() {
        let signal: Vec<f64> = (0..40).map(|it| f64::from(it * it % 11) - 5.0).collect();
        let demand: Vec<f64> = (0..40_usize)
            .map(|at| 2.0 + at.checked_sub(3).map_or(0.0, |from| 0.5 * signal[from]))
            .collect();
        let found = strength(&signal, &demand, 3);
        assert!(
            (found.beta - 0.5).abs() < 1e-9 && found.error < 1e-9,
            "{found:?}"
        );
        assert_eq!(strength(&[0.0; 40], &demand, 3), Strength::default());
    }
}
