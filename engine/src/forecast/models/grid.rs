//! Level smoothing for a grid of parameters in one pass.

use crate::forecast::lanes::{Lane, splat};

/// Smoothing parameters tried side by side.
pub(super) const ALPHAS: [f32; GRID] = [
    0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.41, 0.52, 0.65, 0.8,
];

/// Values seen from which no parameter is raised.
const SEEN_ENOUGH: f32 = 50.0;

/// Number of parameters in the grid.
pub(super) const GRID: usize = 12;

/// Levels of simple exponential smoothing for some parameters of the grid.
///
/// A parameter below 1 / (values seen) is raised to it: the level starts as the
/// running mean, and no initial value has to be guessed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels<const N: usize> {
    alphas: [f32; N],
    /// The parameters, raised while little was seen.
    rates: [Lane; N],
    seen: f32,
    /// Level for each parameter.
    pub(super) level: [Lane; N],
}

impl<const N: usize> Levels<N> {
    pub(super) fn new(alphas: [f32; N]) -> Self {
        Self {
            alphas,
            rates: alphas.map(splat),
            seen: 0.0,
            level: [Lane::ZERO; N],
        }
    }

    #[inline]
    pub(super) fn observe(&mut self, value: Lane) {
        if self.seen < SEEN_ENOUGH {
            self.seen += 1.0;
            let start = 1.0 / self.seen;
            for (rate, alpha) in self.rates.iter_mut().zip(self.alphas) {
                *rate = splat(if alpha > start { alpha } else { start });
            }
        }
        for (level, rate) in self.level.iter_mut().zip(&self.rates) {
            *level += *rate * (value - *level);
        }
    }

    /// Mean of the levels under `weights` that sum to 1.
    #[inline]
    pub(super) fn mean(&self, weights: &[Lane]) -> Lane {
        let mut mean = Lane::ZERO;
        for (level, weight) in self.level.iter().zip(weights) {
            mean += *level * *weight;
        }
        mean
    }
}
