//! Simple exponential smoothing over a grid of parameters.
//!
//! Every parameter is scored at every origin and horizon in one pass; the
//! forecast is the mean of the levels weighted by how well each did, which is
//! steadier than the single best on a short history.

use super::grid::{GRID, LevelGrid, OnGrid};
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
/// One pass serves every end: the losses of whole windows add up, and an end takes from them what lies between its
/// first origin and itself. Only windows cut short by an end are summed for it alone.
fn fit(input: &FitInput<'_>, scratch: &mut Scratch, out: &mut Vec<Params>) {
    let prefix = &mut scratch.prefix;
    sum_up(input.values, prefix);
    let mut grid = LevelGrid::default();
    let mut whole = Losses::default();
    let ends = &mut scratch.losses;
    ends.clear();
    ends.resize(input.ends.len(), Losses::default());
    let last = input.ends.last().copied().unwrap_or(0);
    for (position, value) in input.values.iter().take(last).enumerate() {
        grid.observe(*value - Lane::ONE);
        let known = position + 1;
        for (end, losses) in input.ends.iter().zip(ends.iter_mut()) {
            let first = input.first_origin(*end);
            if known == first && known + input.horizon <= *end {
                losses.less(&whole);
            }
            if known >= first && known < *end && known + input.horizon > *end {
                losses.add(&grid, prefix, known, *end);
            }
        }
        let window = known + input.horizon;
        if window <= last {
            whole.add(&grid, prefix, known, window);
        }
        for (end, losses) in input.ends.iter().zip(ends.iter_mut()) {
            if window == *end && known >= input.first_origin(*end) {
                losses.more(&whole);
            }
        }
    }
    out.extend(ends.iter().map(Losses::weights));
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

/// Squared errors of each parameter, their number, and the number of origins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Without the squares of the values, which are common to all.
    loss: OnGrid,
    squares: Lane,
    count: f32,
    origins: f32,
}

impl Losses {
    /// Adds the errors of the levels after `known` values on those up to `end`: a sum of squared distances to a
    /// level needs only the window's sum and sum of squares.
    #[inline]
    fn add(&mut self, grid: &LevelGrid, prefix: &[[Lane; 2]], known: usize, end: usize) {
        let (Some([before, squares_before]), Some([after, squares_after])) =
            (prefix.get(known), prefix.get(end))
        else {
            return;
        };
        let count = count_f32(end - known);
        let twice = splat(2.0) * (*after - *before);
        for (loss, level) in self.loss.iter_mut().zip(&grid.level) {
            *loss += *level * (splat(count) * *level - twice);
        }
        self.squares += *squares_after - *squares_before;
        self.count += count;
        self.origins += 1.0;
    }

    fn more(&mut self, other: &Self) {
        for (loss, more) in self.loss.iter_mut().zip(&other.loss) {
            *loss += *more;
        }
        self.squares += other.squares;
        self.count += other.count;
        self.origins += other.origins;
    }

    fn less(&mut self, other: &Self) {
        for (loss, less) in self.loss.iter_mut().zip(&other.loss) {
            *loss -= *less;
        }
        self.squares -= other.squares;
        self.count -= other.count;
        self.origins -= other.origins;
    }

    fn weights(&self) -> Params {
        let scored = splat(1.0 / if self.count > 1.0 { self.count } else { 1.0 });
        let mut losses = self.loss;
        let (mut best, mut worst) = (splat(f32::MAX), Lane::ZERO);
        for loss in &mut losses {
            *loss = larger((*loss + self.squares) * scored, Lane::ZERO);
            best = smaller(best, *loss);
            worst = larger(worst, *loss);
        }
        let floor = splat(LOSS_FLOOR) * worst + splat(f32::MIN_POSITIVE);
        let power = splat(SHARPNESS * self.origins / (self.origins + ORIGINS_HALF));
        let best = (best + floor).ln();
        let mut total = Lane::ZERO;
        for loss in &mut losses {
            *loss = (power * (best - (*loss + floor).ln())).exp();
            total += *loss;
        }
        let mut params = [Lane::ZERO; 16];
        for (param, weight) in params.iter_mut().zip(losses) {
            *param = weight / total;
        }
        params
    }
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let (mut grid, mut seen) = (LevelGrid::default(), 0);
    let observe = |grid: &mut LevelGrid, value| grid.observe(value - Lane::ONE);
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
