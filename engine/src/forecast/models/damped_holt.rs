//! Damped trend: level and slope smoothed, the slope fading with the horizon.

use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, walk};
use crate::num::{count_f64, larger, ln};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "damped_holt",
    name_zh: "阻尼趋势",
    name_en: "Damped trend",
    source: "Gardner & McKenzie (1985), Management Science 31, 1237-1246",
    kind: ModelKind::Trend,
    basis: Basis::Adjusted,
    known_min: |_| 4,
    fit,
    project,
};

const LEVEL_ALPHAS: [f64; 5] = [0.1, 0.25, 0.45, 0.65, 0.9];
const SLOPE_SHARES: [f64; 3] = [0.02, 0.1, 0.3];
const DAMPINGS: [f64; 3] = [0.8, 0.9, 0.98];

/// Most origins at which a parameter set is scored, and most steps ahead.
const ORIGINS_MAX: usize = 24;
const STEPS_MAX: usize = 18;

/// Places 0 to 2: alpha, beta, phi with the least mean over the horizon of the
/// log of the mean squared error; first the best alpha at middling slope and
/// damping, then the best of those at that alpha.
fn fit(input: &FitInput<'_>) -> Params {
    let [_, middle_share, _] = SLOPE_SHARES;
    let [_, middle_phi, _] = DAMPINGS;
    let mut best = Best::default();
    for alpha in LEVEL_ALPHAS {
        best.try_set(input, alpha, middle_share, middle_phi);
    }
    let [alpha, ..] = best.candidate;
    for share in SLOPE_SHARES {
        for phi in DAMPINGS {
            best.try_set(input, alpha, share, phi);
        }
    }
    let [alpha, beta, phi] = best.candidate;
    for other in LEVEL_ALPHAS {
        best.try_set(input, other, beta / alpha, phi);
    }
    let mut params = [0.0; 16];
    for (param, chosen) in params.iter_mut().zip(best.candidate) {
        *param = chosen;
    }
    params
}

/// The best parameter set so far.
struct Best {
    loss: f64,
    candidate: [f64; 3],
}

impl Default for Best {
    fn default() -> Self {
        Self {
            loss: f64::INFINITY,
            candidate: [0.25, 0.025, 0.9],
        }
    }
}

impl Best {
    fn try_set(&mut self, input: &FitInput<'_>, alpha: f64, share: f64, phi: f64) {
        let candidate = [alpha, alpha * share, phi];
        let loss = loss(input, candidate);
        if loss < self.loss {
            *self = Self { loss, candidate };
        }
    }
}

fn loss(input: &FitInput<'_>, candidate: [f64; 3]) -> f64 {
    let steps = input.horizon.min(STEPS_MAX);
    let count = input.values.len();
    let first = input.first_origin.max(2);
    let stride = (count.saturating_sub(first) / ORIGINS_MAX).max(1);
    let mut squares = [(0.0, 0.0); STEPS_MAX];
    let mut state = State::new(candidate);
    for (position, value) in input.values.iter().enumerate() {
        state.observe(*value);
        let known = position + 1;
        if known < first || !(count - known).is_multiple_of(stride) {
            continue;
        }
        let actuals = input.values.iter().skip(known).take(steps);
        for ((actual, ahead), (sum, n)) in actuals.zip(state.ahead()).zip(&mut squares) {
            *sum += (actual - ahead) * (actual - ahead);
            *n += 1.0;
        }
    }
    let seen = squares.iter().take_while(|(_, n)| *n > 0.0);
    let (total, horizons) = seen.fold((0.0, 0.0), |(total, h), (sum, n)| {
        (total + ln(sum / n + f64::MIN_POSITIVE), h + 1.0)
    });
    if horizons > 0.0 {
        total / horizons
    } else {
        f64::INFINITY
    }
}

pub(super) fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    let mut places = input.params.iter().copied();
    let candidate = [0.25, 0.025, 0.9].map(|default| places.next().unwrap_or(default));
    walk(input, &mut State::new(candidate), State::observe, |state| {
        out.extend(state.ahead().take(input.horizon));
    });
}

#[derive(Clone, Copy, Debug)]
struct State {
    alpha: f64,
    beta: f64,
    phi: f64,
    seen: usize,
    level: f64,
    slope: f64,
}

impl State {
    fn new([alpha, beta, phi]: [f64; 3]) -> Self {
        Self {
            alpha,
            beta,
            phi,
            seen: 0,
            level: 0.0,
            slope: 0.0,
        }
    }

    /// The level starts as the running mean, the slope at zero: an initial
    /// slope from two values would be noise for the whole of a short history.
    fn observe(&mut self, value: f64) {
        self.seen += 1;
        let start = 1.0 / count_f64(self.seen);
        let ahead = self.level + self.phi * self.slope;
        let error = value - ahead;
        self.level = ahead + larger(self.alpha, start) * error;
        if self.seen > 1 {
            self.slope =
                self.phi * self.slope + larger(self.beta, 0.25 * self.alpha * start) * error;
        }
    }

    fn ahead(&self) -> impl Iterator<Item = f64> + use<> {
        let (phi, slope) = (self.phi, self.slope);
        let (mut level, mut damped) = (self.level, 1.0);
        std::iter::repeat_with(move || {
            damped *= phi;
            level += damped * slope;
            level
        })
    }
}
