//! Simple exponential smoothing over a grid of parameters.
//!
//! Every parameter is scored at every origin and horizon in one pass; the
//! forecast is the mean of the levels weighted by how well each did, which is
//! steadier than the single best on a short history.

use super::grid::{ALPHAS, GRID, Levels};
use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, Scratch, walk};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat};

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

/// Places 0 to 11: weight of each parameter of the grid.
///
/// The grid is walked in parts that fit the processor's registers.
fn fit(input: &FitInput<'_>, scratch: &mut Scratch, out: &mut Vec<Params>) {
    sum_up(input.values, &mut scratch.prefix);
    let prefix = &scratch.prefix;
    let start = out.len();
    out.extend(input.ends.iter().map(|_| [Lane::ZERO; 16]));
    let own = out.get_mut(start..).unwrap_or_default();
    let mut place = 0;
    for alphas in ALPHAS.chunks(PART) {
        let mut part = [0.0; PART];
        part.copy_from_slice(alphas);
        walk_part(input, prefix, Levels::new(part), &mut scratch.losses);
        for (params, losses) in own.iter_mut().zip(&scratch.losses) {
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
const PART: usize = 6;

/// Squared errors of some parameters up to each end.
///
/// One pass serves every end: the losses of whole windows add up, and an end takes from them what lies between its
/// first origin and itself. Only windows cut short by an end are summed for it alone.
fn walk_part(
    input: &FitInput<'_>,
    prefix: &[[Lane; 2]],
    mut levels: Levels<PART>,
    ends: &mut Vec<Losses>,
) {
    let mut whole = Losses::default();
    ends.clear();
    ends.resize(input.ends.len(), Losses::default());
    let last = input.ends.last().copied().unwrap_or(0);
    for (position, value) in input.values.iter().take(last).enumerate() {
        levels.observe(*value - Lane::ONE);
        let known = position + 1;
        let window = known + input.horizon;
        let own = input.ends.iter().zip(ends.iter_mut());
        for (end, losses) in
            own.filter(|(end, _)| (input.first_origin(**end)..**end).contains(&known))
        {
            if window > *end {
                losses.add(&levels, prefix, known, *end);
            } else if known == input.first_origin(*end) {
                losses.less(&whole);
            }
        }
        if window <= last {
            whole.add(&levels, prefix, known, window);
        }
        let own = input.ends.iter().zip(ends.iter_mut());
        for (end, losses) in own {
            if window == *end && known >= input.first_origin(*end) {
                losses.more(&whole);
            }
        }
    }
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

/// Squared errors of some parameters, and their number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Without the squares of the values, which are common to all.
    loss: [Lane; PART],
    squares: Lane,
    count: f32,
}

impl Losses {
    /// Adds the errors of the levels after `known` values on those up to `end`: a sum of squared distances to a
    /// level needs only the window's sum and sum of squares.
    #[inline]
    fn add(&mut self, levels: &Levels<PART>, prefix: &[[Lane; 2]], known: usize, end: usize) {
        let (Some([before, squares_before]), Some([after, squares_after])) =
            (prefix.get(known), prefix.get(end))
        else {
            return;
        };
        let count = count_f32(end - known);
        let twice = splat(2.0) * (*after - *before);
        for (loss, level) in self.loss.iter_mut().zip(&levels.level) {
            *loss += *level * (splat(count) * *level - twice);
        }
        self.squares += *squares_after - *squares_before;
        self.count += count;
    }

    fn more(&mut self, other: &Self) {
        for (loss, more) in self.loss.iter_mut().zip(&other.loss) {
            *loss += *more;
        }
        self.squares += other.squares;
        self.count += other.count;
    }

    fn less(&mut self, other: &Self) {
        for (loss, less) in self.loss.iter_mut().zip(&other.loss) {
            *loss -= *less;
        }
        self.squares -= other.squares;
        self.count -= other.count;
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
    let power = splat(SHARPNESS * origins / (origins + ORIGINS_HALF));
    let best = (best + floor).ln();
    let mut total = Lane::ZERO;
    for loss in losses.iter_mut() {
        *loss = (power * (best - (*loss + floor).ln())).exp();
        total += *loss;
    }
    for weight in losses {
        *weight /= total;
    }
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let (mut grid, mut seen) = (Levels::new(ALPHAS), 0);
    let observe = |grid: &mut Levels<GRID>, value| grid.observe(value - Lane::ONE);
    for part in input.parts {
        let weights = part.params.get(..GRID).unwrap_or_default();
        walk(
            input.values,
            &mut seen,
            part.origins,
            &mut grid,
            observe,
            |grid| {
                let level = grid.mean(weights) + Lane::ONE;
                out.extend(std::iter::repeat_n(level, input.horizon));
            },
        );
    }
}
