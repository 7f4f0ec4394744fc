//! Damped trend: level and slope smoothed, the slope fading with the horizon.
//!
//! Source: Gardner & McKenzie (1985), Management Science 31, 1237-1246. Not a model of its own: half of
//! [`super::theta_holt`].

use super::{FitInput, Params, ProjectInput, project_parts};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat, where_less};

const LEVEL_ALPHAS: [f32; 5] = [0.1, 0.25, 0.45, 0.65, 0.9];
const SLOPE_SHARES: [f32; 3] = [0.02, 0.1, 0.3];
const DAMPINGS: [f32; 3] = [0.8, 0.9, 0.98];

/// Most origins at which a parameter set is scored, and most steps ahead.
const ORIGINS_MAX: usize = 24;
const STEPS_MAX: usize = 18;

/// Alpha, beta and phi with the least mean over the horizon of the
/// log of the mean squared error; first the best alpha at middling slope and
/// damping, then the best of those at that alpha.
pub(super) fn fit_to(values: &[Lane], input: &FitInput<'_>) -> [Lane; 3] {
    let [_, middle_share, _] = SLOPE_SHARES;
    let [_, middle_phi, _] = DAMPINGS;
    let mut best = Best::default();
    for alpha in LEVEL_ALPHAS {
        let tried = [alpha, alpha * middle_share, middle_phi].map(splat);
        best.try_set(values, input, tried);
    }
    let [alpha, ..] = best.candidate;
    for share in SLOPE_SHARES {
        for phi in DAMPINGS {
            best.try_set(values, input, [alpha, alpha * splat(share), splat(phi)]);
        }
    }
    let [alpha, beta, phi] = best.candidate;
    let share = beta / alpha;
    for other in LEVEL_ALPHAS {
        best.try_set(values, input, [splat(other), splat(other) * share, phi]);
    }
    best.candidate
}

/// The best parameter set so far.
struct Best {
    loss: Lane,
    candidate: [Lane; 3],
}

impl Default for Best {
    fn default() -> Self {
        Self {
            loss: splat(f32::MAX),
            candidate: [0.25, 0.025, 0.9].map(splat),
        }
    }
}

impl Best {
    fn try_set(&mut self, values: &[Lane], input: &FitInput<'_>, tried: [Lane; 3]) {
        let loss = loss(values, input, tried);
        for (best, tried) in self.candidate.iter_mut().zip(tried) {
            *best = where_less(loss, self.loss, tried, *best);
        }
        self.loss = smaller(self.loss, loss);
    }
}

fn loss(values: &[Lane], input: &FitInput<'_>, candidate: [Lane; 3]) -> Lane {
    let steps = input.horizon.min(STEPS_MAX);
    let count = values.len();
    let first = input.first_origin(count);
    let stride = (count.saturating_sub(first) / ORIGINS_MAX).max(1);
    let mut squares = [Lane::ZERO; STEPS_MAX];
    let mut counts = [0.0; STEPS_MAX];
    let mut state = State::new(candidate);
    for (position, value) in values.iter().enumerate() {
        state.observe(*value);
        let known = position + 1;
        if known < first || !(count - known).is_multiple_of(stride) {
            continue;
        }
        let actuals = values.iter().skip(known).take(steps);
        let sums = squares.iter_mut().zip(&mut counts);
        for ((actual, ahead), (sum, n)) in actuals.zip(state.ahead()).zip(sums) {
            let error = *actual - ahead;
            *sum += error * error;
            *n += 1.0;
        }
    }
    let (mut total, mut horizons) = (Lane::ZERO, 0);
    let seen = squares.iter().zip(counts).take_while(|(_, n)| *n > 0.0);
    for (sum, n) in seen {
        total += (*sum * splat(1.0 / n) + splat(f32::MIN_POSITIVE)).ln();
        horizons += 1;
    }
    match horizons {
        0 => splat(f32::MAX),
        horizons => total * splat(1.0 / count_f32(horizons)),
    }
}

pub(super) fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let start = |[alpha, beta, phi, ..]: &Params| State::new([*alpha, *beta, *phi]);
    project_parts(input, start, State::observe, |state| {
        out.extend(state.ahead().take(input.horizon));
    });
}

#[derive(Clone, Copy, Debug)]
struct State {
    alpha: Lane,
    beta: Lane,
    phi: Lane,
    seen: f32,
    level: Lane,
    slope: Lane,
}

impl State {
    fn new([alpha, beta, phi]: [Lane; 3]) -> Self {
        Self {
            alpha,
            beta,
            phi,
            seen: 0.0,
            level: Lane::ZERO,
            slope: Lane::ZERO,
        }
    }

    /// The level starts as the running mean, the slope at zero: an initial
    /// slope from two values would be noise for the whole of a short history.
    fn observe(&mut self, value: Lane) {
        self.seen += 1.0;
        let start = splat(1.0 / self.seen);
        let ahead = self.level + self.phi * self.slope;
        let error = value - ahead;
        self.level = ahead + larger(self.alpha, start) * error;
        if self.seen > 1.0 {
            let rate = larger(self.beta, splat(0.25) * self.alpha * start);
            self.slope = self.phi * self.slope + rate * error;
        }
    }

    fn ahead(&self) -> impl Iterator<Item = Lane> + use<> {
        let (phi, slope) = (self.phi, self.slope);
        let (mut level, mut damped) = (self.level, Lane::ONE);
        std::iter::repeat_with(move || {
            damped *= phi;
            level += damped * slope;
            level
        })
    }
}
