//! The theta method: a smoothed level with half the slope of the linear trend.

use super::grid::{ALPHAS, GRID};
use super::{
    Basis, FitInput, Fitted, ModelDef, ModelKind, Params, ProjectInput, Scratch, params_of,
    project_parts,
};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat, where_less};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "theta",
    name_zh: "Theta 法",
    name_en: "Theta",
    source: "Assimakopoulos & Nikolopoulos (2000), IJF 16, 521-530; Hyndman & Billah (2003)",
    kind: ModelKind::Trend,
    basis: Basis::Adjusted,
    known_min: |_| 3,
    fit,
    project,
};

/// Values seen before one-step errors count.
const SEEN_MIN: usize = 4;

/// Place 0: the smoothing parameter with the least one-step squared error.
///
/// The same errors count for every end, so one pass serves them all.
fn fit(input: &FitInput<'_>, _scratch: &mut Scratch, out: &mut Fitted) {
    let mut lines = ALPHAS.map(|alpha| Line::new(splat(alpha)));
    let mut trend = Trend::default();
    let mut losses = [Lane::ZERO; GRID];
    let mut position = 0;
    for end in input.ends {
        for value in input.values.get(position..*end).unwrap_or_default() {
            let slope = trend.slope();
            for (line, loss) in lines.iter_mut().zip(&mut losses) {
                if position >= SEEN_MIN {
                    let error = *value - line.forecast(slope, Lane::ONE);
                    *loss += error * error;
                }
                line.observe(*value);
            }
            trend.observe(*value);
            position += 1;
        }
        out.params.push(params_of([best(&losses)]));
    }
}

fn best(losses: &[Lane; GRID]) -> Lane {
    let (mut least, mut best) = (splat(f32::MAX), splat(0.25));
    for (loss, alpha) in losses.iter().zip(ALPHAS) {
        best = where_less(*loss, least, splat(alpha), best);
        least = smaller(least, *loss);
    }
    best
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    project_with(input, |[alpha, ..]| *alpha, out);
}

/// Appends the forecasts with the smoothing parameter that stands at some place.
pub(super) fn project_with(
    input: &ProjectInput<'_>,
    alpha: impl Fn(&Params) -> Lane,
    out: &mut Vec<Lane>,
) {
    let start = |params: &Params| (Line::new(alpha(params)), Trend::default());
    let observe = |(line, trend): &mut (Line, Trend), value| {
        line.observe(value);
        trend.observe(value);
    };
    project_parts(input, start, observe, |(line, trend)| {
        let slope = trend.slope();
        let steps = 1..=input.horizon;
        out.extend(steps.map(|step| line.forecast(slope, splat(count_f32(step)))));
    });
}

/// A smoothed level, and how far behind the present its weighted mean lies.
#[derive(Clone, Copy, Debug)]
struct Line {
    alpha: Lane,
    seen: f32,
    level: Lane,
    lag: Lane,
}

impl Line {
    fn new(alpha: Lane) -> Self {
        Self {
            alpha,
            seen: 0.0,
            level: Lane::ZERO,
            lag: Lane::ZERO,
        }
    }

    fn observe(&mut self, value: Lane) {
        self.seen += 1.0;
        let alpha = larger(self.alpha, splat(1.0 / self.seen));
        self.level += alpha * (value - self.level);
        self.lag = (Lane::ONE - alpha) * (self.lag + Lane::ONE);
    }

    /// Level plus half the slope over the lag and the steps ahead: the mean of
    /// the straight line and of the smoothed line of doubled curvature.
    fn forecast(&self, slope: Lane, steps: Lane) -> Lane {
        self.level + splat(0.5) * slope * (self.lag + steps)
    }
}

/// Least-squares line through what was seen.
#[derive(Clone, Copy, Debug, Default)]
struct Trend {
    seen: f32,
    mean_time: f32,
    time_squares: f32,
    mean: Lane,
    products: Lane,
}

impl Trend {
    fn observe(&mut self, value: Lane) {
        let time = self.seen;
        self.seen += 1.0;
        let from_mean_time = time - self.mean_time;
        self.mean_time += from_mean_time / self.seen;
        self.mean += (value - self.mean) * splat(1.0 / self.seen);
        self.time_squares += from_mean_time * (time - self.mean_time);
        self.products += splat(from_mean_time) * (value - self.mean);
    }

    fn slope(&self) -> Lane {
        if self.time_squares > 0.0 {
            self.products * splat(1.0 / self.time_squares)
        } else {
            Lane::ZERO
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slope_is_least_squares() {
        let mut trend = Trend::default();
        for value in [1.0, 3.0, 2.0, 5.0] {
            trend.observe(splat(value));
        }
        // sum (t - 1.5)(y - 2.75) / 5 = 5.5 / 5
        assert!(
            trend
                .slope()
                .to_array()
                .iter()
                .all(|slope| (slope - 1.1).abs() < 1e-6)
        );
    }

    #[test]
    fn half_of_a_straight_trend_is_kept_and_its_lag_made_up() {
        let values: Vec<Lane> = (0_u8..40)
            .map(|t| splat(10.0 + 2.0 * f32::from(t)))
            .collect();
        let input = FitInput {
            values: &values,
            horizon: 2,
            known_min: 3,
            ends: &[40],
        };
        let mut fitted = Fitted::default();
        fit(&input, &mut Scratch::default(), &mut fitted);
        let mut out = Vec::new();
        let part = super::super::Part {
            params: &fitted.params[0],
            origins: &[40],
        };
        let ask = ProjectInput {
            values: &values,
            season: 1,
            parts: &[part],
            trail: &[],
            horizon: 2,
        };
        project(&ask, &mut out);
        let [first, second] = [out[0], out[1]].map(|lane| lane.to_array()[2]);
        // Highest alpha wins on a straight line: lag 0.25, level 88 - 0.5.
        assert!((first - (87.5 + 1.25)).abs() < 1e-3, "{out:?}");
        assert!((second - first - 1.0).abs() < 1e-3);
    }
}
