//! The bench: up to four series at a time, every model tried on them, or one forecasting them.

mod factors;
mod stated;

pub(super) use factors::Timings;
use stated::{bands, holdout};

use super::batch::Batch;
use super::class::DemandClass;
use super::groups::Groups;
use super::history::{History, ORIGINS_MIN, Profile, blocks};
use super::lanes::LANES;
use super::models::{Basis, ModelDef, ModelId, ModelKind};
use super::panel::{Lift, Member};
use super::pool::{ErrorPlace, Pool, PoolPartial};
use super::run::{Forecasts, Recent};
use super::season::SEASON_SMOOTHED_FROM;
use super::shapes::Shapes;
use super::spread::{LaneSums, Spread, bucket, log_loss, total_sigmas};

use crate::num::{count_f64, index_usize, larger, sqrt};

/// Model that stands when nothing can be scored, and that others are measured
/// against.
const REFERENCE: &str = "ses";
/// A trend is fitted closer to the past than it comes true: how much larger the variance of its
/// errors is after the history than in it (M3 quarterly and Walmart panels, coverage of 95 %).
const TREND_VARIANCE: f64 = 1.4;
/// Fewest periods over which a level is compared with its forecasts.
const LEVEL_PERIODS: usize = 4;
/// Demand that never changed in n periods may change by this share of its mean over n; a quarter of weeks is believed.
const UNSEEN_SHARE: f64 = 0.5;
const BELIEVED_PERIODS: usize = 13;
/// Share of the history's step variance added to every loss: luck in a few
/// quiet periods must not outweigh the rest.
const STEP_FLOOR: f64 = 0.1;

/// The model that others are measured against.
pub(super) fn reference() -> ModelId {
    ModelId::parse(REFERENCE).unwrap_or_else(ModelId::first)
}

/// Working memory, reused from series to series.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    groups: &'a Groups,
    shapes: Shapes<'a>,
    season: usize,
    batch: Batch,
    lifts: [SeriesLift; LANES],
    reference: [Vec<f64>; LANES],
    /// Of the series at hand.
    errors: Vec<f64>,
    path: Vec<f64>,
    sums: LaneSums,
    origins: Vec<usize>,
}

/// Factors of events on the series on the bench; 1 where there are none.
#[derive(Debug, Default)]
struct SeriesLift {
    past: Vec<f64>,
    known: Vec<f64>,
    ahead: Vec<f64>,
    /// Of the logarithm of those ahead.
    error: Vec<f64>,
}

impl SeriesLift {
    fn set(&mut self, lift: Option<Lift<'_>>) {
        let lift = lift.unwrap_or_default();
        let error = lift.error.get(lift.past.len()..).unwrap_or_default();
        for (own, given) in [
            (&mut self.past, lift.past),
            (&mut self.known, lift.known),
            (&mut self.ahead, lift.ahead),
            (&mut self.error, error),
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

    fn is_none(&self) -> bool {
        self.past.is_empty() && self.known.is_empty()
    }

    fn ahead(&self, step: usize) -> f64 {
        self.ahead.get(step).copied().unwrap_or(1.0)
    }

    /// Standard error of the logarithm of the factor ahead.
    fn error(&self, step: usize) -> f64 {
        self.error.get(step).copied().unwrap_or(0.0)
    }

    /// The error of a total grows with the mean factor of its periods, and with what is uncertain about the factors
    /// on the forecasts of `path`: an event that does more than expected does so in all its weeks.
    fn lift_totals(&self, path: &[f64], sigmas: &mut [f64]) {
        let (mut sum, mut uncertain, mut largest) = (0.0, 0.0, 0.0);
        for (step, (sigma, mean)) in sigmas.iter_mut().zip(path).enumerate() {
            sum += self.ahead(step);
            uncertain += self.ahead(step) * mean * self.error(step);
            let lifted = *sigma * sum / count_f64(step + 1);
            let both = match uncertain > 0.0 {
                true => sqrt(lifted * lifted + uncertain * uncertain),
                false => lifted,
            };
            largest = f64::max(largest, both);
            *sigma = largest;
        }
    }
}

impl<'a> Bench<'a> {
    pub(super) fn new(groups: &'a Groups, season: usize, horizon: usize) -> Self {
        Self {
            groups,
            shapes: Shapes::new(groups, season),
            season,
            batch: Batch::new(season, horizon),
            lifts: Default::default(),
            reference: Default::default(),
            errors: Vec::new(),
            path: Vec::new(),
            sums: LaneSums::default(),
            origins: Vec::new(),
        }
    }

    /// Takes up to four series whose profiles give the same origins onto the bench.
    pub(super) fn set<'b>(&mut self, members: impl Iterator<Item = (Member<'b>, Profile)> + Clone) {
        for (lift, (member, _)) in self.lifts.iter_mut().zip(members.clone()) {
            lift.set(member.lift);
        }
        self.batch.set(members, self.groups);
    }

    /// The group of a series.
    pub(super) fn group_of(&self, member: &Member<'_>) -> Option<usize> {
        self.groups.of(member.kin)
    }

    /// Whether `model` could have been scored on such a history.
    pub(super) fn is_scorable(
        &mut self,
        model: &ModelDef,
        profile: Profile,
        member: &Member<'_>,
    ) -> bool {
        if !profile.suits(model) {
            return false;
        }
        let mut origins = std::mem::take(&mut self.origins);
        profile.origins(self.season, self.batch.horizon(), &mut origins);
        let known_min = (model.known_min)(self.season);
        let mut start = origins.partition_point(|origin| *origin < known_min);
        let mut passed = 0;
        for block in blocks(&origins) {
            passed += block.len();
            let first = block.first().copied().unwrap_or(0);
            if !self.knows_season(model, profile.length, first, member) {
                start = start.max(passed);
            }
        }
        let count = origins.len();
        let is_known = self.knows_season(model, profile.length, profile.length, member);
        self.origins = origins;
        is_known && count - start >= ORIGINS_MIN
    }

    /// Whether the season that `model` gives back was known at an origin.
    fn knows_season(
        &mut self,
        model: &ModelDef,
        length: usize,
        origin: usize,
        member: &Member<'_>,
    ) -> bool {
        let group = self.groups.of(member.kin);
        let shows = |group| !self.shapes.of(group, length - origin).ahead.is_empty();
        match model.basis {
            Basis::Raw | Basis::Adjusted | Basis::LastSeason => true,
            Basis::Group | Basis::HalfGroup => group.is_some_and(shows),
            Basis::OwnAndGroup | Basis::Growth => origin > self.season && group.is_none_or(shows),
        }
    }

    /// Scores every model that suits, and adds what the series teach.
    pub(super) fn score(&mut self, partial: &mut PoolPartial) {
        let (count, model) = (self.batch.histories().len(), reference().model());
        self.batch.run(model, &mut self.shapes);
        for (lane, errors) in self.reference.iter_mut().enumerate().take(count) {
            self.batch.unpack(lane, model, errors);
        }
        for (id, model) in ModelId::all() {
            let suits = |history: &History| history.profile().suits(model);
            if !self.batch.histories().iter().any(suits) {
                continue;
            }
            self.batch.run(model, &mut self.shapes);
            for lane in 0..count {
                self.batch.unpack(lane, model, &mut self.errors);
                if !self.errors.is_empty() {
                    self.score_one(lane, id, partial);
                }
            }
        }
    }

    /// Adds what the errors at hand say of a model.
    fn score_one(&self, lane: usize, id: ModelId, partial: &mut PoolPartial) {
        let (Some(history), Some(reference)) =
            (self.batch.histories().get(lane), self.reference.get(lane))
        else {
            return;
        };
        let (errors, horizon) = (&self.errors, self.batch.horizon());
        let step_variance = history.step_variance();
        let floor = STEP_FLOOR * step_variance + smallest_square(history.values());
        // Origins are dropped at the start, where a model knows too little.
        let dropped = reference.len().saturating_sub(errors.len());
        let against = reference.get(dropped..).unwrap_or_default();
        let log_ratio = log_loss(errors, horizon, floor) - log_loss(against, horizon, floor);
        partial.add_gain(history.profile().class, id, log_ratio);
        teach(
            (history.profile().class, id),
            errors,
            horizon,
            step_variance,
            partial,
        );
        self.teach_level(history, id, partial);
    }

    /// Adds what a series had over the last half of a long season or the last third of a short one, and what was
    /// forecast: few weeks are mostly noise, and what a range lost half a year of months ago is lost already.
    fn teach_level(&self, history: &History, id: ModelId, partial: &mut PoolPartial) {
        if !is_corrected(history, id) {
            return;
        }
        let values = history.values();
        let horizon = self.batch.horizon();
        let parts = if self.season < SEASON_SMOOTHED_FROM {
            3
        } else {
            2
        };
        let periods = (self.season / parts).max(LEVEL_PERIODS);
        let rows = self.errors.chunks(horizon);
        for (row, origin) in rows.zip(origins(history, &self.errors, horizon)) {
            if values.len() - origin > periods {
                continue;
            }
            for (error, actual) in row.iter().zip(values.iter().skip(origin)) {
                if !error.is_nan() {
                    partial.add_level(id, *actual, actual - error);
                }
            }
        }
    }

    /// Forecasts the series on the bench with one model, each into its place after so many others.
    pub(super) fn forecast(
        &mut self,
        id: ModelId,
        pool: &Pool,
        (places, passed): (&[u32], usize),
        out: &mut Forecasts,
    ) {
        self.run_corrected(id, pool);
        self.batch.sum_up(&mut self.sums);
        for (lane, place) in places.iter().enumerate() {
            self.forecast_one(lane, id, pool, passed + index_usize(*place), out);
        }
    }

    /// Runs one model, with the levels corrected that all series together correct.
    fn run_corrected(&mut self, id: ModelId, pool: &Pool) {
        self.batch.run(id.model(), &mut self.shapes);
        let histories = self.batch.histories();
        let factors = std::array::from_fn(|lane| match histories.get(lane) {
            Some(history) if is_corrected(history, id) => pool.level_factor(id),
            _ => 1.0,
        });
        self.batch.correct(factors);
    }

    /// What one model would have forecast for each period that lies `lag` after an origin: lane, age
    /// of the period, demand and forecast go to `each`, oldest first.
    pub(super) fn look_back(
        &mut self,
        id: ModelId,
        pool: &Pool,
        lag: usize,
        each: &mut dyn FnMut(usize, usize, f64, f64),
    ) {
        let horizon = self.batch.horizon();
        let step = lag.clamp(1, horizon) - 1;
        self.run_corrected(id, pool);
        for (lane, (history, lift)) in (0..).zip(self.batch.histories().iter().zip(&self.lifts)) {
            let values = history.values();
            for (period, error) in self.batch.errors_at(lane, step) {
                if let Some(actual) = values.get(period) {
                    let (actual, error) = lift.lifted(period, *actual, error);
                    each(lane, values.len() - 1 - period, actual, actual - error);
                }
            }
        }
    }

    fn forecast_one(
        &mut self,
        lane: usize,
        id: ModelId,
        pool: &Pool,
        place: usize,
        out: &mut Forecasts,
    ) {
        let horizon = self.batch.horizon();
        let (Some(history), Some(lift)) = (self.batch.histories().get(lane), self.lifts.get(lane))
        else {
            return;
        };
        let scale = self.batch.scale(lane);
        let spread = self.sums.spread(lane, scale, step_variance(history, scale));
        self.path.clear();
        self.path.extend(self.batch.path_of(lane));
        let variances = match id.model().kind {
            ModelKind::Trend | ModelKind::Combination => spread
                .variances(horizon)
                .map(|variance| TREND_VARIANCE * variance),
            _ => spread.variances(horizon),
        };
        let periods = place * horizon..(place + 1) * horizon;
        let class = history.profile().class;
        let place_of = |bucket| ErrorPlace {
            class,
            model: id,
            bucket,
        };
        let is_counted = history.is_counted(&lift.past);
        bands(
            &self.path,
            lift,
            is_counted,
            &variances,
            |level, bucket| pool.ends(place_of(bucket)).get(level).copied(),
            periods.clone(),
            out,
        );
        let factor = |bucket| pool.total_factor(place_of(bucket));
        if let Some(sigmas) = out.total_sigma.get_mut(periods.clone()) {
            total_sigmas(&self.sums, (lane, scale), &variances, factor, sigmas);
            lift.lift_totals(&self.path, sigmas);
        }
        let mut recent = Recent::default();
        let errors = self.batch.errors_at(lane, out.lag.saturating_sub(1));
        let holdout = holdout(history, lift, errors, &mut recent);
        if let (Some(own), Some(own_recent)) =
            (out.holdout.get_mut(place), out.recent.get_mut(place))
        {
            (*own, *own_recent) = (holdout, recent);
        }
        let seasons = out.season.get_mut(periods.clone()).unwrap_or_default();
        if let Some(given) = self.batch.season(None) {
            let ahead = given.ahead(lane, history.values().len());
            for (season, index) in seasons.iter_mut().zip(ahead) {
                *season = index;
            }
        }
        let means = out.mean.get_mut(periods).unwrap_or_default();
        for (step, (out, mean)) in means.iter_mut().zip(&self.path).enumerate() {
            *out = mean * lift.ahead(step);
        }
        if let Some(model) = out.models.get_mut(place) {
            *model = id;
        }
    }
}

/// Mean squared step of a history of some mean, which no history shows to be nothing.
fn step_variance(history: &History, mean: f64) -> f64 {
    let periods = history.values().len();
    let unseen = match periods < BELIEVED_PERIODS {
        true => UNSEEN_SHARE * mean / count_f64(periods.max(1)),
        false => 0.0,
    };
    larger(history.step_variance(), unseen * unseen)
}

/// Whether all series together correct the level of this one. A range that goes out of use
/// is seen by no single intermittent series, and a level under another's season is a mean of
/// ratios, which lies below the ratio of the means.
fn is_corrected(history: &History, id: ModelId) -> bool {
    let is_on_group = matches!(
        id.model().basis,
        Basis::Group | Basis::HalfGroup | Basis::OwnAndGroup
    );
    is_on_group || history.profile().class.is_intermittent()
}

/// The origins of rows of errors: the last ones of the history.
fn origins<'a>(
    history: &'a History,
    errors: &[f64],
    horizon: usize,
) -> impl Iterator<Item = usize> + use<'a> {
    let all = history.origins();
    let skipped = all.len().saturating_sub(errors.len() / horizon);
    all.iter().skip(skipped).copied()
}

/// A square too small to matter in a history, but not zero.
fn smallest_square(values: &[f64]) -> f64 {
    let squares: f64 = values.iter().map(|x| x * x).sum();
    1e-12 * squares / count_f64(values.len().max(1)) + f64::MIN_POSITIVE
}

/// Adds the shape of a model's errors to the pool: each origin standardised by
/// what the others would have said of it, period by period and in total.
fn teach(
    (class, model): (DemandClass, ModelId),
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
                let place = ErrorPlace {
                    class,
                    model,
                    bucket: at,
                };
                partial.add_error(place, error / sigma);
                partial.add_total(place, total * total / sum);
            }
        }
    }
}
