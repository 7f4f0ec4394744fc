//! The lead of a signal over demand, and how likely chance alone shows one as strong.
//!
//! Innovations of both are correlated at every lag. The placebo is the same signal turned in a
//! circle by more than the longest lag: it keeps its own rhythm and outliers, but leads nothing.
//! Its correlations give the size of chance. Their largest values cannot be counted instead: a
//! history of n periods has only n / lags separate windows, too few for a tail of a few in a
//! hundred. The chance of the largest of all lags follows from theirs as if they were
//! independent (Sidak 1967, JASA 62, 626-633), which errs towards refusing.

use super::innovations::innovations;
use crate::num::{count_f64, normal_sf, pow, sqrt};

/// The strongest lag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lead {
    /// Periods by which the signal comes first.
    pub(super) lag: usize,
    /// Correlation of the innovations at it.
    pub(super) correlation: f64,
    /// Chance that a signal that leads nothing shows as much at any of the lags.
    pub(super) chance: f64,
}

/// Finds the lead of a signal (deviations) over demand (logarithms), both ending together.
pub(super) fn lead(signal: &[f64], demand: &[f64], lag_max: usize) -> Option<Lead> {
    let (signal, demand) = both(signal, demand, lag_max)?;
    let (lag, correlation) = strongest(&signal, &demand, lag_max);
    let scale = placebo(&signal, &demand, lag_max);
    let strength = correlation.abs() * sqrt(count_f64(signal.len() - lag)) / scale;
    Some(Lead {
        lag,
        correlation: correlation.clamp(-1.0, 1.0),
        chance: of_largest(2.0 * normal_sf(strength), lag_max + 1),
    })
}

/// The lag alone, without asking what chance shows.
pub(super) fn lag_of(signal: &[f64], demand: &[f64], lag_max: usize) -> Option<usize> {
    let (signal, demand) = both(signal, demand, lag_max)?;
    Some(strongest(&signal, &demand, lag_max).0)
}

/// Innovations of both over the periods they share.
fn both(signal: &[f64], demand: &[f64], lag_max: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    let length = signal.len().min(demand.len());
    let newest = |values: &[f64]| innovations(values.get(values.len() - length..)?);
    let both = (newest(signal)?, newest(demand)?);
    (both.0.len() >= 3 * (lag_max + 1)).then_some(both)
}

/// The lag with the largest correlation for its number of pairs, and that correlation.
fn strongest(signal: &[f64], demand: &[f64], lag_max: usize) -> (usize, f64) {
    let mut best = (0, 0.0, -1.0);
    for lag in 0..=lag_max {
        let pairs = signal.iter().zip(demand.iter().skip(lag));
        let products: f64 = pairs.map(|(a, b)| a * b).sum();
        let count = count_f64(signal.len() - lag);
        let strength = products.abs() / sqrt(count);
        if strength > best.2 {
            best = (lag, products / count, strength);
        }
    }
    (best.0, best.1)
}

/// The chance that the least of so many independent chances is this small.
pub(super) fn of_largest(chance: f64, tries: usize) -> f64 {
    if chance < 1e-9 {
        return chance * count_f64(tries);
    }
    1.0 - pow((1.0 - chance).max(0.0), count_f64(tries))
}

/// Root mean square of the placebos' correlations times the root of the count: 1 for white
/// innovations, never taken for less.
fn placebo(signal: &[f64], demand: &[f64], lag_max: usize) -> f64 {
    let count = signal.len();
    let (mut squares, mut turns) = (0.0, 0_usize);
    for turn in lag_max + 1..count - lag_max {
        let turned = signal.iter().cycle().skip(count - turn);
        let products: f64 = turned.zip(demand).map(|(a, b)| a * b).sum();
        squares += products * products / count_f64(count);
        turns += 1;
    }
    sqrt(squares / count_f64(turns.max(1))).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn a_planted_lag_is_found() {
        let mut draws = Stream::from_seed(5).draws();
        let mut next = || draws.next_f64() - 0.5;
        let signal: Vec<f64> = (0..110).map(|_| next()).collect();
        let demand: Vec<f64> = (0..110)
            .map(|at: usize| next() + at.checked_sub(6).map_or(0.0, |from| signal[from]))
            .collect();
        let found = lead(&signal, &demand, 12).unwrap();
        assert_eq!(found.lag, 6);
        assert!(found.chance < 1e-4 && found.correlation > 0.4, "{found:?}");
    }

    #[test]
    fn many_tries_make_chance_likely() {
        assert!((of_largest(0.05, 13) - 0.4867).abs() < 1e-4);
        assert!((of_largest(1e-12, 13) - 13e-12).abs() < 1e-20);
    }
}
