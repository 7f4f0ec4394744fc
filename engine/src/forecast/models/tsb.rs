//! Teunter-Syntetos-Babai: probability and size of demand, smoothed apart.
//!
//! The probability falls in every period without demand, so that an item that
//! dies out fades from the forecast.

use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, walk};
use crate::num::larger;

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

const PROBABILITY_ALPHAS: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.3];
const SIZE_ALPHAS: [f64; 3] = [0.05, 0.1, 0.2];

/// Places 0 and 1: smoothing of the probability, smoothing of the size, with
/// the least squared error over the horizon.
fn fit(input: &FitInput<'_>) -> Params {
    let mut best = (f64::INFINITY, [0.1, 0.1]);
    for probability in PROBABILITY_ALPHAS {
        for size in SIZE_ALPHAS {
            let loss = loss(input, State::new(probability, size));
            if loss < best.0 {
                best = (loss, [probability, size]);
            }
        }
    }
    let mut params = [0.0; 16];
    for (param, chosen) in params.iter_mut().zip(best.1) {
        *param = chosen;
    }
    params
}

fn loss(input: &FitInput<'_>, mut state: State) -> f64 {
    let mut loss = 0.0;
    for (position, value) in input.values.iter().enumerate() {
        if position >= input.first_origin {
            let error = value - state.forecast();
            loss += error * error;
        }
        state.observe(*value);
    }
    loss
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    let mut alphas = input.params.iter().copied();
    let (probability, size) = (alphas.next().unwrap_or(0.1), alphas.next().unwrap_or(0.1));
    walk(
        input,
        &mut State::new(probability, size),
        State::observe,
        |state| {
            let rate = state.forecast();
            out.extend((0..input.horizon).map(|_| rate));
        },
    );
}

/// Probability of demand in a period and its size when there is any; both
/// start as running means.
#[derive(Clone, Copy, Debug)]
struct State {
    probability_alpha: f64,
    size_alpha: f64,
    seen: f64,
    demands: f64,
    probability: f64,
    size: f64,
}

impl State {
    fn new(probability_alpha: f64, size_alpha: f64) -> Self {
        Self {
            probability_alpha,
            size_alpha,
            seen: 0.0,
            demands: 0.0,
            probability: 0.0,
            size: 0.0,
        }
    }

    fn observe(&mut self, value: f64) {
        self.seen += 1.0;
        let occurred = if value > 0.0 { 1.0 } else { 0.0 };
        let alpha = larger(self.probability_alpha, 1.0 / self.seen);
        self.probability += alpha * (occurred - self.probability);
        if value > 0.0 {
            self.demands += 1.0;
            let alpha = larger(self.size_alpha, 1.0 / self.demands);
            self.size += alpha * (value - self.size);
        }
    }

    fn forecast(&self) -> f64 {
        self.probability * self.size
    }
}
