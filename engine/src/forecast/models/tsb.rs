//! Teunter-Syntetos-Babai: probability and size of demand, smoothed apart.
//!
//! The probability falls in every period without demand, so that an item that
//! dies out fades from the forecast.

use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, Scratch, params_of, walk};
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
fn fit(input: &FitInput<'_>, _scratch: &mut Scratch, out: &mut Vec<Params>) {
    for known in input.known() {
        let first = input.first_origin(known.len());
        let (mut least, mut best) = (splat(f32::MAX), [splat(0.1), splat(0.1)]);
        for probability in PROBABILITY_ALPHAS {
            for size in SIZE_ALPHAS {
                let tried = [splat(probability), splat(size)];
                let loss = loss(known, first, State::new(tried));
                for (best, tried) in best.iter_mut().zip(tried) {
                    *best = where_less(loss, least, tried, *best);
                }
                least = smaller(least, loss);
            }
        }
        out.push(params_of(best));
    }
}

fn loss(values: &[Lane], first: usize, mut state: State) -> Lane {
    let mut loss = Lane::ZERO;
    for (position, value) in values.iter().enumerate() {
        if position >= first {
            let error = *value - state.forecast();
            loss += error * error;
        }
        state.observe(*value);
    }
    loss
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    for part in input.parts {
        let [probability, size, ..] = *part.params;
        let mut state = State::new([probability, size]);
        walk(
            input.values,
            &mut 0,
            part.origins,
            &mut state,
            State::observe,
            |state| {
                out.extend(std::iter::repeat_n(state.forecast(), input.horizon));
            },
        );
    }
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
