//! Level smoothing for a whole grid of parameters in one pass.

use crate::num::larger;

/// Smoothing parameters tried side by side.
pub(super) const ALPHAS: [f64; LANES] = [
    0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.41, 0.52, 0.65, 0.8,
];

/// Number of parameters in the grid.
pub(super) const LANES: usize = 12;

/// One figure for each parameter of the grid.
pub(super) type Lanes = [f64; LANES];

/// Levels of simple exponential smoothing for every parameter of the grid.
///
/// A parameter below 1 / (values seen) is raised to it: the level starts as the
/// running mean, and no initial value has to be guessed.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelGrid {
    seen: f64,
    /// Level for each parameter.
    pub(super) level: Lanes,
}

impl LevelGrid {
    pub(super) fn observe(&mut self, value: f64) {
        self.seen += 1.0;
        let start = 1.0 / self.seen;
        for (level, alpha) in self.level.iter_mut().zip(&ALPHAS) {
            *level += larger(*alpha, start) * (value - *level);
        }
    }

    /// Mean of the levels under `weights` that sum to 1.
    pub(super) fn mean(&self, weights: &[f64]) -> f64 {
        self.level
            .iter()
            .zip(weights)
            .map(|(level, weight)| level * weight)
            .sum()
    }
}
