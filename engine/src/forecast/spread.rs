//! How far a model's forecasts miss, period by period and in total.

use super::lanes::{Lane, where_known};
use crate::num::{count_f64, larger, ln, sqrt};

/// Horizons share a deviation in buckets that double: 1, 2, 3-4, 5-8 ...
pub(super) const BUCKETS: usize = 8;

/// Horizons in each bucket.
const STEPS: [usize; BUCKETS] = [1, 1, 2, 4, 8, 16, 32, usize::MAX];

/// Bucket of the period `step` ahead (from 0).
pub(super) fn bucket(step: usize) -> usize {
    let mut bound = 1;
    let mut bucket = 0;
    while step >= bound && bucket + 1 < BUCKETS {
        bound *= 2;
        bucket += 1;
    }
    bucket
}

/// Weight of the history's own step variance, in origins.
const STEP_WEIGHT: f64 = 4.0;
/// One step's variance against a forecast error's: a level seen through noise
/// steps with twice the variance of the noise, a random walk with once its own.
const STEP_SHARE: f64 = 0.75;
/// Growth of the variance from a bucket to one that no origin reaches.
const UNSEEN_GROWTH: f64 = 1.5;
/// Weight of the pooled total against the series' own, in windows apart.
const TOTAL_WEIGHT: f64 = 12.0;

/// Error variance of one model on one history, by bucket of the horizon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    squares: [f64; BUCKETS],
    count: [f64; BUCKETS],
    prior: f64,
}

impl Spread {
    /// From a matrix of errors (rows of `horizon`, NaN where unknown) and the
    /// mean squared step of the history.
    pub(super) fn new(errors: &[f64], horizon: usize, step_variance: f64) -> Self {
        let mut spread = Self {
            squares: [0.0; BUCKETS],
            count: [0.0; BUCKETS],
            prior: STEP_SHARE * step_variance,
        };
        for row in errors.chunks(horizon) {
            spread.add_row(row, 1.0);
        }
        spread
    }

    fn add_row(&mut self, row: &[f64], sign: f64) {
        let mut errors = row;
        let sums = self.squares.iter_mut().zip(&mut self.count);
        for ((squares, count), steps) in sums.zip(STEPS) {
            let (own, later) = errors.split_at(steps.min(errors.len()));
            for error in own.iter().filter(|error| !error.is_nan()) {
                *squares += sign * error * error;
                *count += sign;
            }
            errors = later;
        }
    }

    /// The spread as it would be without one of its rows.
    pub(super) fn without(mut self, row: &[f64]) -> Self {
        self.add_row(row, -1.0);
        self
    }

    /// Variance by bucket.
    pub(super) fn variances(&self, horizon: usize) -> [f64; BUCKETS] {
        let mut left = horizon;
        let steps = STEPS.map(|steps| {
            let own = steps.min(left);
            left -= own;
            count_f64(own)
        });
        let mut before = self.prior;
        let mut variances = [0.0; BUCKETS];
        let seen = self.squares.iter().zip(&self.count).zip(&steps);
        for (variance, ((squares, count), steps)) in variances.iter_mut().zip(seen) {
            *variance = if *count > 0.5 && *steps > 0.0 {
                let own = larger(squares / steps, 0.0) + STEP_WEIGHT * self.prior;
                own / (count / steps + STEP_WEIGHT)
            } else {
                UNSEEN_GROWTH * before
            };
            before = *variance;
        }
        never_falling(&mut variances, &self.count);
        variances
    }
}

/// Makes the variances of later periods no smaller than those of earlier ones: neighbours that fall are replaced
/// by their mean, weighted by what was counted.
///
/// Source: Ayer, Brunk, Ewing, Reid & Silverman (1955), pooling adjacent violators.
pub(super) fn never_falling(variances: &mut [f64; BUCKETS], counts: &[f64; BUCKETS]) {
    if variances.is_sorted() {
        return;
    }
    // Mean, weight and length of each run.
    let mut runs = [(0.0, 0.0, 0_usize); BUCKETS];
    let mut used = 0_usize;
    for (variance, count) in variances.iter().zip(counts) {
        let mut run = (*variance, larger(*count, 1.0), 1);
        while let Some(before) = used.checked_sub(1).and_then(|last| runs.get(last))
            && before.0 > run.0
        {
            let weight = before.1 + run.1;
            let mean = (before.0 * before.1 + run.0 * run.1) / weight;
            run = (mean, weight, before.2 + run.2);
            used -= 1;
        }
        if let Some(place) = runs.get_mut(used) {
            *place = run;
            used += 1;
        }
    }
    let level = runs
        .iter()
        .take(used)
        .flat_map(|run| std::iter::repeat_n(run.0, run.2));
    variances
        .iter_mut()
        .zip(level)
        .for_each(|(variance, level)| *variance = level);
}

/// Sums of the squared errors of four series, each over its mean.
#[derive(Debug, Default)]
pub(super) struct LaneSums {
    /// By bucket: squares and their number.
    buckets: [[Lane; 2]; BUCKETS],
    /// By length of the total of the errors from an origin on: squares and their number.
    totals: Vec<[Lane; 2]>,
}

impl LaneSums {
    /// Of a matrix of errors (rows of `horizon`, NaN where unknown).
    pub(super) fn set(&mut self, errors: &[Lane], horizon: usize) {
        self.buckets = [[Lane::ZERO; 2]; BUCKETS];
        self.totals.clear();
        self.totals.resize(horizon, [Lane::ZERO; 2]);
        for row in errors.chunks_exact(horizon) {
            let mut sum = Lane::ZERO;
            let mut steps = row.iter().zip(&mut self.totals);
            for (own, count) in self.buckets.iter_mut().zip(STEPS) {
                for (error, total) in steps.by_ref().take(count) {
                    add_square(own, *error);
                    sum += *error;
                    add_square(total, sum);
                }
            }
        }
    }

    /// The spread of one series with this mean and this mean squared step.
    pub(super) fn spread(&self, lane: usize, scale: f64, step_variance: f64) -> Spread {
        let of = |figure: usize| self.buckets.map(|sums| of_lane(sums, figure, lane));
        Spread {
            squares: of(0).map(|squares| scale * scale * squares),
            count: of(1),
            prior: STEP_SHARE * step_variance,
        }
    }

    /// Squared totals of one series with this mean, and their number, by length.
    fn totals(&self, lane: usize, scale: f64) -> impl Iterator<Item = (f64, f64)> {
        let total = move |sums: &[Lane; 2]| {
            let squares = scale * scale * of_lane(*sums, 0, lane);
            (squares, of_lane(*sums, 1, lane))
        };
        self.totals.iter().map(total)
    }
}

/// Adds to the squares and their number, for the series whose error is known.
fn add_square([squares, count]: &mut [Lane; 2], error: Lane) {
    *squares += where_known(error, error * error, Lane::ZERO);
    *count += where_known(error, Lane::ONE, Lane::ZERO);
}

fn of_lane(sums: [Lane; 2], figure: usize, lane: usize) -> f64 {
    let figure = sums.get(figure).and_then(|sum| sum.as_array().get(lane));
    figure.map_or(0.0, |figure| f64::from(*figure))
}

/// Deviation of the total's error of one series with this mean for each length, never
/// falling: the series' own squared totals, drawn to the sum of the periods'
/// variances times the pooled `factor`.
///
/// Origins whose windows overlap tell nearly the same of a total: a run of
/// them counts as one for each full length, and the first as one.
pub(super) fn total_sigmas(
    sums: &LaneSums,
    (lane, scale): (usize, f64),
    variances: &[f64; BUCKETS],
    factor: impl Fn(usize) -> f64,
    out: &mut [f64],
) {
    let (mut sum, mut largest) = (0.0, 0.0);
    let totals = sums.totals(lane, scale).enumerate();
    for ((step, (squares, count)), out) in totals.zip(out) {
        sum += variances.get(bucket(step)).copied().unwrap_or(0.0);
        let pooled = sum * factor(bucket(step));
        let mut variance = pooled;
        if count > 0.0 {
            let weight = 1.0 + (count - 1.0) / count_f64(step + 1);
            variance = (weight * squares / count + TOTAL_WEIGHT * pooled) / (weight + TOTAL_WEIGHT);
        }
        largest = f64::max(largest, sqrt(variance));
        *out = largest;
    }
}

/// Mean over the periods ahead of the log of the mean squared error, over the
/// periods that an origin reaches; `floor` keeps a perfect record finite.
pub(super) fn log_loss(errors: &[f64], horizon: usize, floor: f64) -> f64 {
    let (mut total, mut steps) = (0.0, 0_usize);
    for step in 0..horizon {
        let (mut squares, mut count) = (0.0, 0.0);
        for error in errors
            .iter()
            .skip(step)
            .step_by(horizon)
            .filter(|error| !error.is_nan())
        {
            squares += error * error;
            count += 1.0;
        }
        if count > 0.0 {
            total += ln(squares / count + floor);
            steps += 1;
        }
    }
    total / count_f64(steps.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variances_do_not_fall() {
        let mut variances = [1.0, 4.0, 2.0, 3.0, 9.0, 8.0, 10.0, 10.0];
        never_falling(&mut variances, &[1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 0.0, 0.0]);
        // (4 + 2 x 2) / 3 and (9 + 8) / 2.
        let third = 8.0 / 3.0;
        let want = [1.0, third, third, 3.0, 8.5, 8.5, 10.0, 10.0];
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12;
        assert!(variances.iter().zip(&want).all(near), "{variances:?}");
    }

    #[test]
    fn buckets_double() {
        let buckets: Vec<usize> = (0..9).map(bucket).collect();
        assert_eq!(buckets, [0, 1, 2, 2, 3, 3, 3, 3, 4]);
        assert_eq!(bucket(1_000), BUCKETS - 1);
    }
}
