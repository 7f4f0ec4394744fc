//! The bench: one series at a time, every model tried on it.

use super::class::DemandClass;
use super::groups::Groups;
use super::models::{Basis, ModelId, ModelKind};
use super::panel::{Lift, Member};
use super::pool::{Pool, PoolPartial};
use super::rolling::{BUCKETS, History, at_least_zero, bucket};
use super::run::{Forecasts, Holdout, RECENT, RecentErrors};
use super::shapes::Shapes;
use super::spread::{Spread, log_loss, total_sigmas};
use crate::num::{count_f64, sqrt};

/// Model that stands when nothing can be scored, and that others are measured
/// against.
const REFERENCE: &str = "ses";
/// A trend is fitted closer to the past than it comes true: how much larger the variance of its
/// errors is after the history than in it (M3 quarterly and Walmart panels, coverage of 95 %).
const TREND_VARIANCE: f64 = 1.3;
/// Fewest periods over which a level is compared with its forecasts.
const LEVEL_PERIODS: usize = 6;
/// Share of the history's step variance added to every loss: luck in a few
/// quiet periods must not outweigh the rest.
const STEP_FLOOR: f64 = 0.1;

/// The model that others are measured against.
pub(super) fn reference() -> ModelId {
    ModelId::parse(REFERENCE).unwrap_or_else(ModelId::first)
}

/// A model's record on one series against the reference model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    pub(super) model: ModelId,
    /// Log loss above the reference's: negative is better.
    pub(super) log_ratio: f64,
    pub(super) origins: usize,
}

/// Working memory, reused from series to series.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    groups: &'a Groups,
    shapes: Shapes<'a>,
    season: usize,
    history: History,
    errors: Vec<f64>,
    reference: Vec<f64>,
    path: Vec<f64>,
    lift: SeriesLift,
}

/// Factors of events on the series on the bench; 1 where there are none.
#[derive(Debug, Default)]
struct SeriesLift {
    past: Vec<f64>,
    known: Vec<f64>,
    ahead: Vec<f64>,
}

impl SeriesLift {
    fn set(&mut self, lift: Option<Lift<'_>>) {
        let (past, known, ahead) = lift.map_or((&[][..], &[][..], &[][..]), |it| {
            (it.past, it.known, it.ahead)
        });
        for (own, given) in [
            (&mut self.past, past),
            (&mut self.known, known),
            (&mut self.ahead, ahead),
        ] {
            own.clear();
            own.extend_from_slice(given);
        }
    }

    /// Demand of a period of the history, and the error of its forecast, from those without events.
    fn lifted(&self, period: usize, value: f64, error: f64) -> (f64, f64) {
        let factor = |factors: &[f64]| factors.get(period).copied().unwrap_or(1.0);
        let actual = factor(&self.past) * value;
        (actual, actual - factor(&self.known) * (value - error))
    }

    fn ahead(&self, step: usize) -> f64 {
        self.ahead.get(step).copied().unwrap_or(1.0)
    }
}

impl<'a> Bench<'a> {
    pub(super) fn new(groups: &'a Groups, season: usize) -> Self {
        Self {
            groups,
            shapes: Shapes::new(groups, season),
            season,
            history: History::default(),
            errors: Vec::new(),
            reference: Vec::new(),
            path: Vec::new(),
            lift: SeriesLift::default(),
        }
    }

    /// Takes a series onto the bench.
    pub(super) fn set(&mut self, member: Member<'_>, horizon: usize) {
        let group = self.groups.of(member.kin);
        self.history.set(member.values, group, self.season, horizon);
        self.lift.set(member.lift);
    }

    /// Class of the series on the bench.
    pub(super) fn class(&self) -> DemandClass {
        self.history.class()
    }

    /// Scores every model that suits, and adds what the series teaches.
    pub(super) fn score(&mut self, partial: &mut PoolPartial) -> Vec<Score> {
        let (horizon, class) = (self.history.horizon(), self.history.class());
        let step_variance = self.history.step_variance();
        let floor = STEP_FLOOR * step_variance + self.smallest_square();
        self.history.prepare(reference().model(), &mut self.shapes);
        self.history
            .rolling_errors(reference().model(), &mut self.reference);
        let mut scores = Vec::new();
        for (id, model) in ModelId::all() {
            self.history.prepare(model, &mut self.shapes);
            self.history.rolling_errors(model, &mut self.errors);
            if self.errors.is_empty() {
                continue;
            }
            // Origins are dropped at the start, where a model knows too little.
            let dropped = self.reference.len().saturating_sub(self.errors.len());
            let against = self.reference.get(dropped..).unwrap_or_default();
            let log_ratio =
                log_loss(&self.errors, horizon, floor) - log_loss(against, horizon, floor);
            partial.add_gain(class, id, log_ratio);
            teach(id, &self.errors, horizon, step_variance, partial);
            self.teach_level(id, partial);
            scores.push(Score {
                model: id,
                log_ratio,
                origins: self.errors.len() / horizon,
            });
        }
        scores
    }

    /// Whether all series together correct the level of this one. A range that goes out of use
    /// is seen by no single intermittent series, and a level under another's season is a mean of
    /// ratios, which lies below the ratio of the means.
    fn is_corrected(&self, id: ModelId) -> bool {
        let is_on_group = matches!(
            id.model().basis,
            Basis::Group | Basis::HalfGroup | Basis::OwnAndGroup
        );
        is_on_group || self.history.class().is_intermittent()
    }

    /// The origins that the rows of `errors` belong to.
    fn origins(&self) -> &[usize] {
        let origins = self.history.origins();
        let rows = self.errors.len() / self.history.horizon();
        origins
            .get(origins.len().saturating_sub(rows)..)
            .unwrap_or_default()
    }

    /// Adds what a series had over the last half of a season, and what was forecast.
    fn teach_level(&self, id: ModelId, partial: &mut PoolPartial) {
        if !self.is_corrected(id) {
            return;
        }
        let values = self.history.values();
        let rows = self.errors.chunks(self.history.horizon());
        for (row, origin) in rows.zip(self.origins()) {
            if values.len() - origin > (self.season / 2).max(LEVEL_PERIODS) {
                continue;
            }
            for (error, actual) in row.iter().zip(values.iter().skip(*origin)) {
                partial.add_level(id, *actual, actual - error);
            }
        }
    }

    /// Corrects the path, and the errors as if every forecast had been corrected.
    fn correct(&mut self, factor: f64) {
        for mean in &mut self.path {
            *mean *= factor;
        }
        let horizon = self.history.horizon();
        let skipped = self.history.origins().len() - self.origins().len();
        let origins = self.history.origins().iter().skip(skipped);
        for (row, origin) in self.errors.chunks_mut(horizon).zip(origins) {
            let actuals = self.history.values().iter().skip(*origin);
            for (error, actual) in row.iter_mut().zip(actuals) {
                *error = actual - factor * (actual - *error);
            }
        }
    }

    /// A square too small to matter in this history, but not zero.
    fn smallest_square(&self) -> f64 {
        let values = self.history.values();
        let squares: f64 = values.iter().map(|x| x * x).sum();
        1e-12 * squares / count_f64(values.len().max(1)) + f64::MIN_POSITIVE
    }

    /// Forecasts the series on the bench with one model and appends it.
    pub(super) fn forecast(&mut self, id: ModelId, pool: &Pool, out: &mut Forecasts) {
        let horizon = self.history.horizon();
        self.history.prepare(id.model(), &mut self.shapes);
        self.history.path(id.model(), &mut self.path);
        self.history.rolling_errors(id.model(), &mut self.errors);
        if self.is_corrected(id) {
            self.correct(pool.level_factor(id));
        }
        let spread = Spread::new(&self.errors, horizon, self.step_variance());
        let variances = match id.model().kind {
            ModelKind::Trend | ModelKind::Combination => spread
                .variances(horizon)
                .map(|variance| TREND_VARIANCE * variance),
            _ => spread.variances(horizon),
        };
        self.bands(id, &variances, pool, out);
        let factor = |at| pool.total_factor(id, at);
        let start = out.total_sigma.len();
        total_sigmas(
            &self.errors,
            &variances,
            horizon,
            factor,
            &mut out.total_sigma,
        );
        self.lift_totals(out.total_sigma.get_mut(start..).unwrap_or_default());
        let mut recent = RecentErrors::default();
        out.holdout.push(self.holdout(out.lag, &mut recent));
        out.recent.push(recent);
        let lifted = self.path.iter().enumerate();
        out.mean
            .extend(lifted.map(|(step, mean)| mean * self.lift.ahead(step)));
        out.models.push(id);
    }

    /// The error of a total grows with the mean factor of its periods.
    fn lift_totals(&self, sigmas: &mut [f64]) {
        let (mut sum, mut largest) = (0.0, 0.0);
        for (step, sigma) in sigmas.iter_mut().enumerate() {
            sum += self.lift.ahead(step);
            largest = f64::max(largest, *sigma * sum / count_f64(step + 1));
            *sigma = largest;
        }
    }

    /// Bands around the path: nested, not negative, holding the mean.
    fn bands(&self, id: ModelId, variances: &[f64; BUCKETS], pool: &Pool, out: &mut Forecasts) {
        let is_counted = self.history.is_counted(&self.lift.past);
        for (step, mean) in self.path.iter().enumerate() {
            let at = bucket(step);
            let sigma = sqrt(variances.get(at).copied().unwrap_or(0.0));
            let (mut low, mut high) = (*mean, *mean);
            let lift = self.lift.ahead(step);
            for (band, ends) in out.bands.iter_mut().zip(pool.ends(id, at)) {
                low = at_least_zero(low.min(mean + ends.0 * sigma));
                high = high.max(mean + ends.1 * sigma);
                let (low, high) = if is_counted {
                    whole_ends(lift * low, lift * mean, lift * high)
                } else {
                    (lift * low, lift * high)
                };
                band.low.push(low);
                band.high.push(high);
            }
        }
    }

    /// Mean squared step; from a single value, a deviation of half of it: wide,
    /// because nothing is known.
    fn step_variance(&self) -> f64 {
        match self.history.values() {
            [only] => 0.25 * only * only,
            _ => self.history.step_variance(),
        }
    }

    /// Errors of the forecasts made `lag` periods before, from every origin.
    fn holdout(&self, lag: usize, recent: &mut RecentErrors) -> Holdout {
        let horizon = self.history.horizon();
        let values = self.history.values();
        let step = lag.saturating_sub(1);
        let mut sums = Holdout::default();
        for (row, origin) in self.errors.chunks(horizon).zip(self.origins()) {
            let period = origin + step;
            let (Some(error), Some(actual)) = (row.get(step), values.get(period)) else {
                continue;
            };
            let (actual, error) = self.lift.lifted(period, *actual, *error);
            sums.add(error, actual);
            let ago = (values.len() - 1 - period).min(RECENT);
            if let Some(sums) = recent.get_mut(ago) {
                sums.add(error, actual);
            }
        }
        sums
    }
}

/// The ends of a band on whole units: demand that comes a few pieces at a time
/// misses a band that ends just short of the next piece.
fn whole_ends(low: f64, mean: f64, high: f64) -> (f64, f64) {
    (low.floor(), high.round().max(mean))
}

/// Adds the shape of a model's errors to the pool: each origin standardised by
/// what the others would have said of it, period by period and in total.
fn teach(
    id: ModelId,
    errors: &[f64],
    horizon: usize,
    step_variance: f64,
    partial: &mut PoolPartial,
) {
    let spread = Spread::new(errors, horizon, step_variance);
    for row in errors.chunks(horizon) {
        let variances = spread.without(row).variances(horizon);
        let deviations = variances.map(sqrt);
        let (mut total, mut sum) = (0.0, 0.0);
        for (step, error) in row
            .iter()
            .enumerate()
            .take_while(|(_, error)| !error.is_nan())
        {
            let at = bucket(step);
            let sigma = deviations.get(at).copied().unwrap_or(0.0);
            total += error;
            sum += variances.get(at).copied().unwrap_or(0.0);
            if sigma > 0.0 {
                partial.add_error(id, at, error / sigma);
                partial.add_total(id, at, total * total / sum);
            }
        }
    }
}
