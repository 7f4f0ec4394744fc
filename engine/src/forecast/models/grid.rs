//! Level smoothing for a grid of parameters in one pass.

use crate::forecast::lanes::{Lane, splat};

/// Smoothing parameters tried side by side.
pub(super) const ALPHAS: [f32; GRID] = [
    0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.41, 0.52, 0.65, 0.8,
];

/// Number of parameters in the grid.
pub(super) const GRID: usize = 12;

/// Levels of simple exponential smoothing for each parameter of a rising grid.
///
/// A parameter below 1 / (values seen) is raised to it: the level starts as the
/// running mean, and no initial value has to be guessed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels<const N: usize> {
    alphas: [f32; N],
    /// The parameters, raised while little was seen.
    rates: [Lane; N],
    /// How many of them, from the smallest on, are raised.
    raised: usize,
    seen: f32,
    /// Level for each parameter.
    pub(super) level: [Lane; N],
}

impl<const N: usize> Levels<N> {
    pub(super) fn new(alphas: [f32; N]) -> Self {
        Self {
            alphas,
            rates: alphas.map(splat),
            raised: N,
            seen: 0.0,
            level: [Lane::ZERO; N],
        }
    }

    #[inline]
    pub(super) fn observe(&mut self, value: Lane) {
        if self.raised > 0 {
            self.raise();
        }
        for (level, rate) in self.level.iter_mut().zip(&self.rates) {
            *level += *rate * (value - *level);
        }
    }

    fn raise(&mut self) {
        self.seen += 1.0;
        let start = 1.0 / self.seen;
        let raised = self.rates.iter_mut().zip(self.alphas).take(self.raised);
        self.raised = 0;
        for (rate, alpha) in raised {
            *rate = splat(if alpha > start { alpha } else { start });
            self.raised += usize::from(alpha < start);
        }
    }
}
