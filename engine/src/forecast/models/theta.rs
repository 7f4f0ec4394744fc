//! The theta method: a smoothed level with half the slope of the linear trend.

use super::grid::{ALPHAS, LANES};
use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, walk};
use crate::num::{count_f64, larger};

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

/// Place 0: the smoothing parameter with the least one-step squared error.
fn fit(input: &FitInput<'_>) -> Params {
    let mut lines = ALPHAS.map(Line::new);
    let mut trend = Trend::default();
    let mut loss = [0.0; LANES];
    for (position, value) in input.values.iter().enumerate() {
        let slope = trend.slope();
        for (line, loss) in lines.iter_mut().zip(&mut loss) {
            if position >= input.first_origin.min(4) {
                let error = value - line.forecast(slope, 1.0);
                *loss += error * error;
            }
            line.observe(*value);
        }
        trend.observe(*value);
    }
    let mut params = [0.0; 16];
    if let Some(param) = params.first_mut() {
        *param = best(&loss);
    }
    params
}

fn best(loss: &[f64; LANES]) -> f64 {
    let start = (f64::INFINITY, 0.25);
    let pick = |(least, kept), (loss, alpha): (&f64, &f64)| {
        if *loss < least {
            (*loss, *alpha)
        } else {
            (least, kept)
        }
    };
    loss.iter().zip(&ALPHAS).fold(start, pick).1
}

pub(super) fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    let alpha = input.params.first().copied().unwrap_or(0.25);
    let mut state = (Line::new(alpha), Trend::default());
    let observe = |(line, trend): &mut (Line, Trend), value: f64| {
        line.observe(value);
        trend.observe(value);
    };
    walk(input, &mut state, observe, |(line, trend)| {
        let slope = trend.slope();
        let steps = 1..=input.horizon;
        out.extend(steps.map(|step| line.forecast(slope, count_f64(step))));
    });
}

/// A smoothed level, and how far behind the present its weighted mean lies.
#[derive(Clone, Copy, Debug)]
struct Line {
    alpha: f64,
    seen: f64,
    level: f64,
    lag: f64,
}

impl Line {
    fn new(alpha: f64) -> Self {
        Self {
            alpha,
            seen: 0.0,
            level: 0.0,
            lag: 0.0,
        }
    }

    fn observe(&mut self, value: f64) {
        self.seen += 1.0;
        let alpha = larger(self.alpha, 1.0 / self.seen);
        self.level += alpha * (value - self.level);
        self.lag = (1.0 - alpha) * (self.lag + 1.0);
    }

    /// Level plus half the slope over the lag and the steps ahead: the mean of
    /// the straight line and of the smoothed line of doubled curvature.
    fn forecast(&self, slope: f64, steps: f64) -> f64 {
        self.level + 0.5 * slope * (self.lag + steps)
    }
}

/// Least-squares line through what was seen.
#[derive(Clone, Copy, Debug, Default)]
struct Trend {
    seen: f64,
    mean_time: f64,
    mean: f64,
    time_squares: f64,
    products: f64,
}

impl Trend {
    fn observe(&mut self, value: f64) {
        let time = self.seen;
        self.seen += 1.0;
        let from_mean_time = time - self.mean_time;
        self.mean_time += from_mean_time / self.seen;
        self.mean += (value - self.mean) / self.seen;
        self.time_squares += from_mean_time * (time - self.mean_time);
        self.products += from_mean_time * (value - self.mean);
    }

    fn slope(&self) -> f64 {
        if self.time_squares > 0.0 {
            self.products / self.time_squares
        } else {
            0.0
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
            trend.observe(value);
        }
        // sum (t - 1.5)(y - 2.75) / 5 = 5.5 / 5
        assert!((trend.slope() - 1.1).abs() < 1e-12);
    }

    #[test]
    fn half_of_a_straight_trend_is_kept_and_its_lag_made_up() {
        let values: Vec<f64> = (0..40).map(|t| 10.0 + 2.0 * f64::from(t)).collect();
        let input = FitInput {
            values: &values,
            horizon: 2,
            first_origin: 5,
        };
        let params = fit(&input);
        let mut out = Vec::new();
        let ask = ProjectInput {
            values: &values,
            season: 1,
            params: &params,
            origins: &[40],
            horizon: 2,
        };
        project(&ask, &mut out);
        // Highest alpha wins on a straight line: lag 0.25, level 88 - 0.5.
        assert!((out[0] - (87.5 + 1.25)).abs() < 1e-6, "{out:?}");
        assert!((out[1] - out[0] - 1.0).abs() < 1e-9);
    }
}
