//! Teunter-Syntetos-Babai: probability and size of demand, smoothed apart.
//!
//! The probability falls in every period without demand, so that an item that
//! dies out fades from the forecast.

use super::{
    Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, Scratch, params_of, project_parts,
};
use crate::forecast::lanes::{Lane, larger, smaller, splat, where_demand, where_less};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "tsb",
    name_zh: "TSB 间断需求法",
    name_en: "Teunter-Syntetos-Babai",
    source: "Teunter, Syntetos & Babai (2011), EJOR 214, 606-615",
    kind: ModelKind::Intermittent,
    basis: Basis::Raw,
    known_min: |_| 2,
    fit,
    project,
};

const PROBABILITY_ALPHAS: [f32; 5] = [0.02, 0.05, 0.1, 0.2, 0.3];
const SIZE_ALPHAS: [f32; 3] = [0.05, 0.1, 0.2];

/// Places 0 and 1: smoothing of the probability, smoothing of the size, with
/// the least squared error one period ahead.
///
/// One pass serves every end: squares add up, and an end leaves out those before its first origin.
fn fit(input: &FitInput<'_>, _scratch: &mut Scratch, out: &mut Vec<Params>) {
    let mut grid = Grid::default();
    let start = out.len();
    out.extend(input.ends.iter().map(|_| [Lane::ZERO; 16]));
    let last = input.ends.last().copied().unwrap_or(0);
    let own = out.get_mut(start..).unwrap_or_default();
    for known in 0..=last {
        for (end, params) in input.ends.iter().zip(own.iter_mut()) {
            if known == input.first_origin(*end).min(*end) {
                for (before, loss) in params.iter_mut().zip(grid.losses) {
                    *before = loss;
                }
            }
            if known == *end {
                *params = grid.best(params);
            }
        }
        if let Some(value) = input.values.get(known) {
            grid.observe(*value);
        }
    }
}

const SETS: usize = PROBABILITY_ALPHAS.len() * SIZE_ALPHAS.len();

/// Every parameter set side by side: probabilities and sizes are smoothed once for each of their
/// own parameters.
#[derive(Clone, Copy, Debug, Default)]
struct Grid {
    seen: f32,
    demands: Lane,
    probabilities: [Lane; PROBABILITY_ALPHAS.len()],
    sizes: [Lane; SIZE_ALPHAS.len()],
    /// By probability, then size.
    losses: [Lane; SETS],
}

impl Grid {
    fn observe(&mut self, value: Lane) {
        let mut losses = self.losses.iter_mut();
        for probability in &self.probabilities {
            for (size, loss) in self.sizes.iter().zip(&mut losses) {
                let error = value - *probability * *size;
                *loss += error * error;
            }
        }
        self.seen += 1.0;
        let occurred = where_demand(value, Lane::ONE, Lane::ZERO);
        let start = splat(1.0 / self.seen);
        for (probability, alpha) in self.probabilities.iter_mut().zip(PROBABILITY_ALPHAS) {
            *probability += larger(splat(alpha), start) * (occurred - *probability);
        }
        self.demands += occurred;
        let start = Lane::ONE / larger(self.demands, Lane::ONE);
        for (size, alpha) in self.sizes.iter_mut().zip(SIZE_ALPHAS) {
            *size += occurred * larger(splat(alpha), start) * (value - *size);
        }
    }

    /// The set with the least loss since the losses `before`.
    fn best(&self, before: &Params) -> Params {
        let (mut least, mut best) = (splat(f32::MAX), [splat(0.1), splat(0.1)]);
        let sets = PROBABILITY_ALPHAS
            .iter()
            .flat_map(|probability| SIZE_ALPHAS.map(|size| [splat(*probability), splat(size)]));
        for ((tried, loss), before) in sets.zip(&self.losses).zip(before) {
            let loss = *loss - *before;
            for (best, tried) in best.iter_mut().zip(tried) {
                *best = where_less(loss, least, tried, *best);
            }
            least = smaller(least, loss);
        }
        params_of(best)
    }
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let start = |[probability, size, ..]: &Params| State::new([*probability, *size]);
    project_parts(input, start, State::observe, |state| {
        out.extend(std::iter::repeat_n(state.forecast(), input.horizon));
    });
}

/// Probability of demand in a period and its size when there is any; both
/// start as running means.
#[derive(Clone, Copy, Debug)]
struct State {
    probability_alpha: Lane,
    size_alpha: Lane,
    seen: f32,
    demands: Lane,
    probability: Lane,
    size: Lane,
}

impl State {
    fn new([probability_alpha, size_alpha]: [Lane; 2]) -> Self {
        Self {
            probability_alpha,
            size_alpha,
            seen: 0.0,
            demands: Lane::ZERO,
            probability: Lane::ZERO,
            size: Lane::ZERO,
        }
    }

    fn observe(&mut self, value: Lane) {
        self.seen += 1.0;
        let occurred = where_demand(value, Lane::ONE, Lane::ZERO);
        let alpha = larger(self.probability_alpha, splat(1.0 / self.seen));
        self.probability += alpha * (occurred - self.probability);
        self.demands += occurred;
        let alpha = larger(self.size_alpha, Lane::ONE / larger(self.demands, Lane::ONE));
        self.size += occurred * alpha * (value - self.size);
    }

    fn forecast(&self) -> Lane {
        self.probability * self.size
    }
}
