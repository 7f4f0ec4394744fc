//! Simple exponential smoothing over a grid of parameters.
//!
//! Every parameter is scored at every origin and horizon in one pass; the
//! forecast is the mean of the levels weighted by how well each did, which is
//! steadier than the single best on a short history.

use super::grid::{LANES, Lanes, LevelGrid};
use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, walk};
use crate::num::{count_f64, exp, ln};

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
const SHARPNESS: f64 = 10.0;
const ORIGINS_HALF: f64 = 20.0;

/// Places 0 to 11: weight of each parameter of the grid.
fn fit(input: &FitInput<'_>) -> Params {
    let (loss, origins) = losses(input);
    let mut params = [0.0; 16];
    for (param, weight) in params.iter_mut().zip(weights(&loss, origins)) {
        *param = weight;
    }
    params
}

/// Mean squared error of each parameter over all origins and horizons, and the
/// number of origins. The sum over a window of the squared distance to a level
/// needs only the window's sum and sum of squares.
fn losses(input: &FitInput<'_>) -> (Lanes, f64) {
    let mut grid = LevelGrid::default();
    let mut loss = [0.0; LANES];
    let (mut origins, mut scored) = (0.0, 0.0);
    let mut window = Window::start(input.values, input.horizon);
    for (position, value) in input.values.iter().enumerate() {
        grid.observe(*value);
        window.advance(*value, input.values.get(position + input.horizon));
        if position + 1 < input.first_origin || window.count == 0.0 {
            continue;
        }
        origins += 1.0;
        scored += window.count;
        for (loss, level) in loss.iter_mut().zip(&grid.level) {
            *loss += window.squares + level * (window.count * level - 2.0 * window.sum);
        }
    }
    for loss in &mut loss {
        *loss /= f64::max(scored, 1.0);
    }
    (loss, origins)
}

fn weights(loss: &Lanes, origins: f64) -> Lanes {
    let best = loss.iter().copied().fold(f64::INFINITY, f64::min);
    let floor = 1e-12 * loss.iter().copied().fold(0.0, f64::max);
    let power = SHARPNESS * origins / (origins + ORIGINS_HALF);
    let mut weights = [1.0; LANES];
    if floor > 0.0 {
        for (weight, loss) in weights.iter_mut().zip(loss) {
            *weight = exp(-power * ln((loss + floor) / (best + floor)));
        }
    }
    let total: f64 = weights.iter().sum();
    weights.map(|weight| weight / total)
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    walk(
        input,
        &mut LevelGrid::default(),
        LevelGrid::observe,
        |grid| {
            let level = grid.mean(input.params);
            out.extend((0..input.horizon).map(|_| level));
        },
    );
}

/// Sums over the `horizon` values after the current one.
struct Window {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Window {
    /// The window over the first values, before any is observed.
    fn start(values: &[f64], horizon: usize) -> Self {
        let first = values.get(..horizon.min(values.len())).unwrap_or_default();
        Self {
            count: count_f64(first.len()),
            sum: first.iter().sum(),
            squares: first.iter().map(|x| x * x).sum(),
        }
    }

    /// Moves by one period: `observed` leaves, `entering` joins if there is one.
    fn advance(&mut self, observed: f64, entering: Option<&f64>) {
        self.count -= 1.0;
        self.sum -= observed;
        self.squares -= observed * observed;
        if let Some(value) = entering {
            self.count += 1.0;
            self.sum += value;
            self.squares += value * value;
        }
    }
}
