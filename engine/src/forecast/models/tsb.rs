//! Teunter-Syntetos-Babai: probability and size of demand, smoothed apart.
//!
//! The probability falls in every period without demand, so that an item that
//! dies out fades from the forecast.

use std::ops::Range;

use super::grid::Levels;
use super::{
    Basis, FitInput, Fitted, ModelDef, ModelKind, Params, ProjectInput, Scratch, note_bound,
    params_of,
};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat, where_demand, where_less};

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

const PROBABILITIES: usize = PROBABILITY_ALPHAS.len();
const SIZES: usize = SIZE_ALPHAS.len();
/// A figure for each pair of parameters, by probability, then size.
type Sets = [[Lane; SIZES]; PROBABILITIES];
/// Figures of a state: a probability for each of its parameters, then a size for each.
const FIGURES: usize = PROBABILITIES + SIZES;

/// Places 0 to 7: 1 for the smoothing of the probability and for that of the size with the least squared error
/// one period ahead, else 0. Trail: the state after each value.
///
/// One pass serves every end: squares add up, and an end leaves out those before its first origin.
fn fit(input: &FitInput<'_>, scratch: &mut Scratch, out: &mut Fitted) {
    walk(input.values, &mut out.trail);
    let states = out.trail.as_chunks().0;
    let bounds = &mut scratch.bounds;
    bounds.clear();
    for end in input.ends {
        note_bound(bounds, input.first_origin(*end).min(*end));
        note_bound(bounds, *end);
    }
    let start = out.params.len();
    out.params
        .extend(input.ends.iter().map(|_| [Lane::ZERO; 16]));
    let (mut losses, mut known) = (Sets::default(), 0);
    for bound in bounds {
        add_losses(input.values, states, known..*bound, &mut losses);
        known = *bound;
        let own = out.params.iter_mut().skip(start).zip(input.ends);
        for (params, end) in own.filter(|(_, end)| *bound <= **end) {
            if *bound == *end {
                *params = best(&losses, params);
            } else if *bound == input.first_origin(*end) {
                let now = losses.iter().flatten();
                params
                    .iter_mut()
                    .zip(now)
                    .for_each(|(before, loss)| *before = *loss);
            }
        }
    }
}

/// Appends the states after each value: probabilities and sizes are smoothed once for each of their own
/// parameters, and both start as running means.
fn walk(values: &[Lane], trail: &mut Vec<Lane>) {
    let mut probabilities = Levels::new(PROBABILITY_ALPHAS);
    let mut sizes = [Lane::ZERO; SIZES];
    let mut demands = Lane::ZERO;
    trail.resize(values.len() * FIGURES, Lane::ZERO);
    for (value, state) in values.iter().zip(trail.as_chunks_mut::<FIGURES>().0) {
        let occurred = where_demand(*value, Lane::ONE, Lane::ZERO);
        probabilities.observe(occurred);
        demands += occurred;
        let start = Lane::ONE / larger(demands, Lane::ONE);
        for (size, alpha) in sizes.iter_mut().zip(SIZE_ALPHAS) {
            *size += occurred * larger(splat(alpha), start) * (*value - *size);
        }
        let figures = probabilities.level.iter().chain(&sizes);
        state
            .iter_mut()
            .zip(figures)
            .for_each(|(place, figure)| *place = *figure);
    }
}

/// Adds the squared errors one period ahead after so many known values, by probability, then size.
fn add_losses(values: &[Lane], states: &[[Lane; FIGURES]], known: Range<usize>, losses: &mut Sets) {
    // Before the first value nothing is expected, the same by every set.
    let first = known.start.max(1);
    let values = values.get(first..known.end).unwrap_or_default();
    let states = states.get(first - 1..).unwrap_or_default();
    let [a, b, c, d, e] = losses;
    add_part::<0, 3>(values, states, [a, b, c]);
    add_part::<3, 2>(values, states, [d, e]);
}

/// Adds those of `COUNT` probabilities from `FIRST` on: so many as the processor's registers hold sums.
fn add_part<const FIRST: usize, const COUNT: usize>(
    values: &[Lane],
    states: &[[Lane; FIGURES]],
    losses: [&mut [Lane; SIZES]; COUNT],
) {
    let mut sums = losses.each_ref().map(|sums| **sums);
    for (value, state) in values.iter().zip(states) {
        let [_, _, _, _, _, sizes @ ..] = state;
        for (probability, sums) in state.iter().skip(FIRST).zip(&mut sums) {
            for (size, sum) in sizes.iter().zip(sums) {
                let error = *value - *probability * *size;
                *sum += error * error;
            }
        }
    }
    for (own, sums) in losses.into_iter().zip(sums) {
        *own = sums;
    }
}

/// Marks the set with the least loss since the losses `before`.
fn best(losses: &Sets, before: &Params) -> Params {
    let (mut least, mut best) = (splat(f32::MAX), Lane::ZERO);
    let sets = losses.iter().flatten().zip(before).enumerate();
    for (set, (loss, before)) in sets {
        let loss = *loss - *before;
        best = where_less(loss, least, splat(count_f32(set)), best);
        least = smaller(least, loss);
    }
    let mut marks = [Lane::ZERO; FIGURES];
    for set in 0..PROBABILITIES * SIZES {
        let mark = best
            .simd_eq(splat(count_f32(set)))
            .select(Lane::ONE, Lane::ZERO);
        for place in [set / SIZES, PROBABILITIES + set % SIZES] {
            if let Some(own) = marks.get_mut(place) {
                *own += mark;
            }
        }
    }
    params_of(marks)
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let states = input.trail.as_chunks::<FIGURES>().0;
    for part in input.parts {
        for origin in part.origins {
            let state = states.get(origin.saturating_sub(1)).into_iter().flatten();
            let mut marked = state.zip(part.params).map(|(figure, mark)| *figure * *mark);
            let first = marked.by_ref().take(PROBABILITIES);
            let probability = first.fold(Lane::ZERO, |sum, figure| sum + figure);
            let size = marked.fold(Lane::ZERO, |sum, figure| sum + figure);
            out.extend(std::iter::repeat_n(probability * size, input.horizon));
        }
    }
}
