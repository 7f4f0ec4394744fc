//! Simple exponential smoothing over a grid of parameters.
//!
//! Every parameter is scored at every origin and horizon in one pass; the
//! forecast is the mean of the levels weighted by how well each did, which is
//! steadier than the single best on a short history.

use super::grid::{ALPHAS, GRID, Levels};
use super::{
    Basis, FitInput, Fitted, ModelDef, ModelKind, Params, ProjectInput, Scratch, note_bound,
};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat};
use crate::num::floor_count;

pub(super) const MODEL: ModelDef = ModelDef {
    id: "ses",
    name_zh: "简单指数平滑",
    name_en: "Simple exponential smoothing",
    source: "Brown (1959); weights after Kolassa (2011), IJF 27, 238-251",
    kind: ModelKind::Level,
    basis: Basis::Adjusted,
    known_min: |_| 1,
    fit,
    project,
};

/// How sharply the weights prefer the better parameter, and the number of
/// origins at which that sharpness is half reached.
const SHARPNESS: f32 = 10.0;
const ORIGINS_HALF: f32 = 20.0;
/// Share of the largest loss that is no difference: what four bytes a figure cannot tell.
const LOSS_FLOOR: f32 = 1e-6;

/// Places 0 to 11: weight of each parameter of the grid. Trail: the levels of a part of the grid after each
/// value, less the mean of 1, one part after the other.
///
/// The grid is walked in parts that fit the processor's registers. One walk serves every end: the losses of whole
/// windows add up, and an end takes from them what lies between its first origin and itself. Only windows cut
/// short by an end are summed for it alone.
fn fit(input: &FitInput<'_>, scratch: &mut Scratch, out: &mut Fitted) {
    let Scratch {
        prefix,
        losses,
        bounds,
    } = scratch;
    sum_up(input.values, prefix);
    bounds.clear();
    for end in input.ends {
        let (first, last) = (input.first_origin(*end), whole(input, *end));
        if first <= last {
            note_bound(bounds, first - 1);
            note_bound(bounds, last);
        }
    }
    let count = input.values.len();
    out.trail.resize(count * GRID, Lane::ZERO);
    let start = out.params.len();
    out.params
        .extend(input.ends.iter().map(|_| [Lane::ZERO; 16]));
    let own = out.params.get_mut(start..).unwrap_or_default();
    let mut place = 0;
    for (alphas, trail) in ALPHAS
        .as_chunks::<PART>()
        .0
        .iter()
        .zip(out.trail.chunks_mut((count * PART).max(1)))
    {
        let states = trail.as_chunks_mut::<PART>().0;
        losses.clear();
        losses.resize(input.ends.len(), Losses::default());
        walk(
            input,
            (prefix, bounds),
            Levels::new(*alphas),
            states,
            losses,
        );
        for ((params, losses), end) in own.iter_mut().zip(&mut *losses).zip(input.ends) {
            add_cut(input, prefix, states, *end, losses);
            let means = params.iter_mut().skip(place).zip(losses.means());
            means.for_each(|(param, mean)| *param = mean);
        }
        place += PART;
    }
    for (params, end) in own.iter_mut().zip(input.ends) {
        let origins = end.saturating_sub(input.first_origin(*end));
        weigh(params, count_f32(origins));
    }
}

/// Parameters walked at once.
const PART: usize = 4;

/// Origins up to this one see the whole horizon before an end.
fn whole(input: &FitInput<'_>, end: usize) -> usize {
    end.saturating_sub(input.horizon)
}

/// Sums of the first values and of their squares, each less the mean of 1 that lanes have.
fn sum_up(values: &[Lane], prefix: &mut Vec<[Lane; 2]>) {
    prefix.clear();
    let mut sums = [Lane::ZERO; 2];
    prefix.push(sums);
    prefix.extend(values.iter().map(|value| {
        let value = *value - Lane::ONE;
        let [sum, squares] = sums;
        sums = [sum + value, squares + value * value];
        sums
    }));
}

/// Smooths the history, keeps its `states`, and sums up the errors on whole windows from the first origin of each
/// end on, stopping at the `bounds` where one's sum begins or ends.
fn walk(
    input: &FitInput<'_>,
    (prefix, bounds): (&[[Lane; 2]], &[usize]),
    mut levels: Levels<PART>,
    states: &mut [[Lane; PART]],
    ends: &mut [Losses],
) {
    let (mut sum, mut known) = (Losses::default(), 0);
    for bound in bounds {
        let values = input.values.get(known..*bound).unwrap_or_default();
        let now = prefix.iter().skip(known + 1);
        let windows = now.zip(prefix.iter().skip(known + 1 + input.horizon));
        let steps = values
            .iter()
            .zip(windows)
            .zip(states.iter_mut().skip(known));
        let (mut own_levels, mut own_sum) = (levels, sum);
        for ((value, (now, then)), state) in steps {
            own_levels.observe(*value - Lane::ONE);
            *state = own_levels.level;
            own_sum.add(state, *now, *then, count_f32(input.horizon));
        }
        (levels, sum, known) = (own_levels, own_sum, *bound);
        for (end, losses) in input.ends.iter().zip(ends.iter_mut()) {
            let (first, last) = (input.first_origin(*end), whole(input, *end));
            if known == last && first <= last {
                *losses = sum.less(losses);
            } else if known + 1 == first && first <= last {
                *losses = sum;
            }
        }
    }
    let rest = input.values.iter().zip(states).skip(known);
    for (value, state) in rest {
        levels.observe(*value - Lane::ONE);
        *state = levels.level;
    }
}

/// Adds the errors on the windows that an end cuts short.
fn add_cut(
    input: &FitInput<'_>,
    prefix: &[[Lane; 2]],
    states: &[[Lane; PART]],
    end: usize,
    losses: &mut Losses,
) {
    let first = input.first_origin(end).max(whole(input, end) + 1);
    let Some(then) = prefix.get(end) else { return };
    let origins = states.iter().zip(prefix.iter().skip(1)).zip(1..end);
    for ((state, now), known) in origins.skip(first - 1) {
        losses.add(state, *now, *then, count_f32(end - known));
    }
}

/// Squared errors of some parameters, and their number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Without the squares of the values, which are common to all.
    loss: [Lane; PART],
    squares: Lane,
    count: f32,
}

impl Losses {
    /// Adds the errors of levels on the next `count` values, from the sums before and after those: a sum of
    /// squared distances to a level needs only the window's sum and sum of squares.
    #[inline]
    fn add(
        &mut self,
        levels: &[Lane; PART],
        [before, squares_before]: [Lane; 2],
        [after, squares_after]: [Lane; 2],
        count: f32,
    ) {
        let twice = splat(2.0) * (after - before);
        for (loss, level) in self.loss.iter_mut().zip(levels) {
            *loss += *level * (splat(count) * *level - twice);
        }
        self.squares += squares_after - squares_before;
        self.count += count;
    }

    fn less(mut self, other: &Self) -> Self {
        for (loss, less) in self.loss.iter_mut().zip(&other.loss) {
            *loss -= *less;
        }
        self.squares -= other.squares;
        self.count -= other.count;
        self
    }

    fn means(&self) -> [Lane; PART] {
        let scored = splat(1.0 / if self.count > 1.0 { self.count } else { 1.0 });
        self.loss
            .map(|loss| larger((loss + self.squares) * scored, Lane::ZERO))
    }
}

/// From the mean squared error of each parameter to its weight.
fn weigh(params: &mut Params, origins: f32) {
    let losses = params.get_mut(..GRID).unwrap_or_default();
    let (mut best, mut worst) = (splat(f32::MAX), Lane::ZERO);
    for loss in losses.iter() {
        best = smaller(best, *loss);
        worst = larger(worst, *loss);
    }
    let floor = splat(LOSS_FLOOR) * worst + splat(f32::MIN_POSITIVE);
    let power = SHARPNESS * origins / (origins + ORIGINS_HALF);
    let best = best + floor;
    let mut total = Lane::ZERO;
    for loss in losses.iter_mut() {
        *loss = whole_power(best / (*loss + floor), power);
        total += *loss;
    }
    let scale = Lane::ONE / total;
    for weight in losses {
        *weight *= scale;
    }
}

/// The base to the power of `exponent`, rounded to a whole number: products only, since a root says no more of how
/// sharp weights should be.
fn whole_power(base: Lane, exponent: f32) -> Lane {
    let (mut result, mut square) = (Lane::ONE, base);
    let mut left = floor_count(f64::from(exponent) + 0.5);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let count = input.values.len() * PART;
    for part in input.parts {
        for origin in part.origins {
            let mut mean = Lane::ONE;
            let trails = input.trail.chunks(count.max(1));
            for (trail, weights) in trails.zip(part.params.chunks(PART)) {
                let states = trail.as_chunks::<PART>().0;
                let levels = states.get(origin.saturating_sub(1)).into_iter().flatten();
                for (level, weight) in levels.zip(weights) {
                    mean += *level * *weight;
                }
            }
            out.extend(std::iter::repeat_n(mean, input.horizon));
        }
    }
}
