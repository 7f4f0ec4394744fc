//! Level smoothing for a whole grid of parameters in one pass.

use crate::forecast::lanes::{Lane, splat};

/// Smoothing parameters tried side by side.
pub(super) const ALPHAS: [f32; GRID] = [
    0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.41, 0.52, 0.65, 0.8,
];

/// Number of parameters in the grid.
pub(super) const GRID: usize = 12;

/// One figure for each parameter of the grid, of four series.
pub(super) type OnGrid = [Lane; GRID];

/// Levels of simple exponential smoothing for every parameter of the grid.
///
/// A parameter below 1 / (values seen) is raised to it: the level starts as the
/// running mean, and no initial value has to be guessed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LevelGrid {
    seen: f32,
    /// Level for each parameter.
    pub(super) level: OnGrid,
}

impl LevelGrid {
    #[inline]
    pub(super) fn observe(&mut self, value: Lane) {
        self.seen += 1.0;
        let start = 1.0 / self.seen;
        for (level, alpha) in self.level.iter_mut().zip(ALPHAS) {
            let rate = if alpha > start { alpha } else { start };
            *level += splat(rate) * (value - *level);
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
