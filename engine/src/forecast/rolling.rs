//! Rolling origins: what a model would have forecast, origin by origin.

use super::class::DemandClass;
use super::models::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput};
use super::panel::fill_missing;
use super::season::{Adjustment, shows_season};
use super::shapes::Shapes;
use crate::num::sqrt;

/// Most full windows that one history is scored on.
const ORIGINS_MAX: usize = 24;
/// Fewest origins whose errors let a model be chosen.
const ORIGINS_MIN: usize = 4;

/// How near a whole number demand has to be after a factor was taken out and put back.
const WHOLE_WITHIN: f64 = 1e-9;

/// Times that seasons and parameters are chosen anew on the way through the origins.
const REFITS: usize = 3;

fn block_size(origins: &[usize]) -> usize {
    origins.len().div_ceil(REFITS).max(1)
}

/// The origins that share a season and parameters.
fn blocks(origins: &[usize]) -> impl Iterator<Item = &[usize]> {
    origins.chunks(block_size(origins))
}

/// Horizons share a deviation in buckets that double: 1, 2, 3-4, 5-8 ...
pub(super) const BUCKETS: usize = 8;

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

/// One history made ready for every model, with the memory they share.
#[derive(Debug, Default)]
pub(super) struct History {
    values: Vec<f64>,
    season: usize,
    horizon: usize,
    class: DemandClass,
    season_seen: SeasonSeen,
    origins: Vec<usize>,
    /// The history with its season left in.
    plain: Adjustment,
    own: Prepared,
    group: Prepared,
    half_group: Prepared,
    own_and_group: Prepared,
    own_season: Adjustment,
    /// Group of the series.
    kin: Option<usize>,
}

/// A history without a season.
#[derive(Debug, Default)]
struct Prepared {
    is_filled: bool,
    /// Whether there is a season to take out.
    is_known: bool,
    draws_in: bool,
    whole: Adjustment,
    /// As the first origin of each block would have seen it, up to the block's last.
    prefixes: Vec<Adjustment>,
    /// Number of origins, at the start, that know none.
    unknown: usize,
}

impl Prepared {
    /// Forgets the series before; outliers of the next are drawn in or not.
    fn begin(&mut self, draws_in: bool) {
        self.is_filled = false;
        self.is_known = false;
        self.draws_in = draws_in;
        self.whole.draws_in = draws_in;
    }

    /// Takes the season out of all of `values`, and of the part up to each block's last origin
    /// by what its first one knew; `adjust` gets the adjustment to fill, what is known and how
    /// old the origin is, and says whether there is a season.
    fn fill(
        &mut self,
        values: &[f64],
        origins: &[usize],
        adjust: &mut dyn FnMut(&mut Adjustment, &[f64], usize) -> bool,
    ) {
        if self.is_filled {
            return;
        }
        self.is_filled = true;
        self.is_known = adjust(&mut self.whole, values, 0);
        self.unknown = 0;
        if !self.is_known {
            return;
        }
        self.prefixes.resize_with(REFITS, Adjustment::default);
        let mut passed = 0;
        for (block, prefix) in blocks(origins).zip(&mut self.prefixes) {
            passed += block.len();
            let (Some(first), Some(last)) = (block.first(), block.last()) else {
                continue;
            };
            let known = |origin: &usize| values.get(..*origin).unwrap_or_default();
            prefix.draws_in = self.draws_in;
            if adjust(prefix, known(first), values.len() - first) {
                prefix.extend_to(known(last));
            } else {
                self.unknown = passed;
            }
        }
    }
}

/// What a history shows of a season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SeasonSeen {
    /// Nothing, or demand too seldom to look for one.
    #[default]
    None,
    /// The shape of the last one.
    Last,
    /// Two or more.
    Full,
}

impl History {
    /// Takes in a series.
    pub(super) fn set(
        &mut self,
        series: &[f64],
        group: Option<usize>,
        season: usize,
        horizon: usize,
    ) {
        fill_missing(series, &mut self.values);
        self.season = season;
        self.horizon = horizon.max(1);
        self.class = DemandClass::of(&self.values);
        self.season_seen = if self.class.is_intermittent() {
            SeasonSeen::None
        } else if shows_season(&self.values, season) {
            SeasonSeen::Full
        } else if season > 1 && self.values.len() > season + ORIGINS_MIN {
            SeasonSeen::Last
        } else {
            SeasonSeen::None
        };
        self.set_origins();
        self.plain.draws_in = !self.class.is_intermittent();
        self.plain.set_plain(&self.values);
        self.own.begin(self.plain.draws_in);
        self.group.begin(self.plain.draws_in);
        self.half_group.begin(self.plain.draws_in);
        self.own_and_group.begin(self.plain.draws_in);
        if self.season_seen == SeasonSeen::Full {
            adjust(SeasonSeen::Full, &mut self.own.whole, &self.values, season);
        }
        self.kin = group;
    }

    /// Takes out the season that `model` gives back, once.
    pub(super) fn prepare(&mut self, model: &ModelDef, shapes: &mut Shapes<'_>) {
        match model.basis {
            Basis::Raw => {}
            Basis::Adjusted | Basis::LastSeason => self.prepare_own(),
            Basis::Group => self.prepare_group(shapes, |history| &mut history.group, |index| index),
            Basis::HalfGroup => self.prepare_group(shapes, |history| &mut history.half_group, sqrt),
            Basis::OwnAndGroup | Basis::Growth => self.prepare_both(shapes),
        }
    }

    fn prepare_own(&mut self) {
        let (seen, season) = (self.season_seen, self.season);
        self.own
            .fill(&self.values, &self.origins, &mut |adjustment, known, _| {
                adjust(seen, adjustment, known, season);
                seen != SeasonSeen::None
            });
    }

    fn prepare_group(
        &mut self,
        shapes: &mut Shapes<'_>,
        place: fn(&mut Self) -> &mut Prepared,
        shape: fn(f64) -> f64,
    ) {
        let Some(group) = self.kin else { return };
        let mut prepared = std::mem::take(place(self));
        prepared.fill(
            &self.values,
            &self.origins,
            &mut |adjustment, known, age| {
                let ahead = &shapes.of(group, age).ahead;
                adjustment.set_index(known, ahead.iter().map(|index| shape(*index)));
                !ahead.is_empty()
            },
        );
        *place(self) = prepared;
    }

    fn prepare_both(&mut self, shapes: &mut Shapes<'_>) {
        if self.season_seen != SeasonSeen::Last {
            return;
        }
        let (group, season, own) = (self.kin, self.season, &mut self.own_season);
        self.own_and_group.fill(
            &self.values,
            &self.origins,
            &mut |adjustment, known, age| {
                own.set_as_last_season(known, season);
                let (ahead, growth) = match group.map(|group| shapes.of(group, age)) {
                    Some(shape) => (&shape.ahead, shape.growth),
                    None => (&own.ahead, 1.0),
                };
                let both = own.ahead.iter().zip(ahead);
                adjustment.set_index(known, both.map(|(own, group)| 0.5 * (own + group)));
                adjustment.scale = growth;
                !ahead.is_empty() && !own.ahead.is_empty()
            },
        );
    }

    /// The history as `model` sees it without a season that it gives back; `None` when it
    /// sees it as it was.
    fn prepared(&self, model: &ModelDef) -> Option<&Prepared> {
        let prepared = match model.basis {
            Basis::Raw => return None,
            Basis::Adjusted | Basis::LastSeason => &self.own,
            Basis::Group => &self.group,
            Basis::HalfGroup => &self.half_group,
            Basis::OwnAndGroup | Basis::Growth => &self.own_and_group,
        };
        let is_due = match model.basis {
            Basis::Adjusted => self.season_seen == SeasonSeen::Full,
            Basis::LastSeason => self.season_seen == SeasonSeen::Last,
            _ => true,
        };
        (prepared.is_known && is_due).then_some(prepared)
    }

    /// Origins up to the last period but one, at most 24 with a full window
    /// after them; none before a third of the history, or before two seasons
    /// if there are more.
    fn set_origins(&mut self) {
        let count = self.values.len();
        let two_seasons = 2 * self.season;
        let mut first = (count / 3).max(2);
        if self.season_seen == SeasonSeen::Full && count >= two_seasons + ORIGINS_MIN {
            first = first.max(two_seasons);
        }
        first = first.max((count + 1).saturating_sub(self.horizon + ORIGINS_MAX));
        let stride = count.saturating_sub(first).div_ceil(ORIGINS_MAX).max(1);
        self.origins.clear();
        self.origins.extend((first..count).rev().step_by(stride));
        self.origins.reverse();
    }

    /// What kind of demand it shows; a season is only looked for in demand that
    /// comes in most periods.
    pub(super) fn class(&self) -> DemandClass {
        self.class
    }

    /// Whether demand, the history times its `lift`, is seldom and comes in whole units.
    pub(super) fn is_counted(&self, lift: &[f64]) -> bool {
        let lift = lift.iter().copied().chain(std::iter::repeat(1.0));
        let is_whole = |(value, lift): (&f64, f64)| {
            let demand = value * lift;
            (demand - demand.round()).abs() < WHOLE_WITHIN
        };
        self.class.is_intermittent() && self.values.iter().zip(lift).all(is_whole)
    }

    /// The history, missing periods filled.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    pub(super) fn origins(&self) -> &[usize] {
        &self.origins
    }

    pub(super) fn horizon(&self) -> usize {
        self.horizon
    }

    /// Mean squared step from one period to the next, a season taken out where
    /// two are known.
    pub(super) fn step_variance(&self) -> f64 {
        let values = match self.season_seen {
            SeasonSeen::Full => &self.own.whole.values,
            SeasonSeen::None | SeasonSeen::Last => &self.values,
        };
        let steps = values.iter().zip(values.iter().skip(1));
        let (sum, count) = steps.fold((0.0, 0.0), |(sum, n), (a, b)| {
            (sum + (b - a) * (b - a), n + 1.0)
        });
        sum / f64::max(count, 1.0)
    }

    /// Errors of `model` from every origin it can be scored at, as [`Self::errors`];
    /// empty if it does not suit the history or has too few.
    pub(super) fn rolling_errors(&self, model: &ModelDef, errors: &mut Vec<f64>) {
        self.errors(model, self.origins_of(model), errors);
    }

    /// Origins from which `model` can be scored.
    fn origins_of(&self, model: &ModelDef) -> &[usize] {
        let is_suited = match model.kind {
            ModelKind::Intermittent => self.class.is_intermittent(),
            ModelKind::Benchmark | ModelKind::Combination => !self.class.is_intermittent(),
            ModelKind::Level | ModelKind::Trend => true,
        };
        let prepared = self.prepared(model);
        let has_basis = prepared.is_some() || matches!(model.basis, Basis::Raw | Basis::Adjusted);
        if !(is_suited && has_basis) {
            return &[];
        }
        let known_min = (model.known_min)(self.season);
        let start = self.origins.partition_point(|origin| *origin < known_min);
        let start = start.max(prepared.map_or(0, |prepared| prepared.unknown));
        let origins = self.origins.get(start..).unwrap_or_default();
        if origins.len() < ORIGINS_MIN {
            &[]
        } else {
            origins
        }
    }

    fn fit_to(&self, model: &ModelDef, values: &[f64]) -> Params {
        (model.fit)(&FitInput {
            values,
            horizon: self.horizon,
            first_origin: (values.len() / 4)
                .clamp(2, 24)
                .max((model.known_min)(self.season)),
        })
    }

    fn basis(&self, model: &ModelDef) -> &[f64] {
        let prepared = self.prepared(model);
        seen_by(
            model,
            self.class,
            prepared.map_or(&self.plain, |prepared| &prepared.whole),
        )
    }

    /// Forecast path of `model` from the end of the history, `horizon` long.
    pub(super) fn path(&self, model: &ModelDef, path: &mut Vec<f64>) {
        path.clear();
        let values = self.basis(model);
        let params = self.fit_to(model, values);
        (model.project)(&self.ask(values, &params, &[values.len()]), path);
        path.resize(self.horizon, 0.0);
        if let Some(prepared) = self.prepared(model) {
            reseason(model, path, &prepared.whole, self.values.len());
        }
        not_negative(path);
    }

    /// Errors (actual - forecast) of `model` from `origins`, the last of this
    /// history's, a row of `horizon` for each; NaN after the end of the history.
    ///
    /// Seasons and parameters are chosen anew for each block of origins on what
    /// was known at its start: a model with many of them wins nothing by fitting
    /// the very periods it is scored on.
    fn errors(&self, model: &ModelDef, origins: &[usize], errors: &mut Vec<f64>) {
        errors.clear();
        let prepared = self.prepared(model);
        let skipped = self.origins.len().saturating_sub(origins.len());
        for (number, block) in blocks(&self.origins).enumerate() {
            let passed = skipped.saturating_sub(number * block_size(&self.origins));
            let origins = block.get(passed..).unwrap_or_default();
            let (Some(first), Some(last)) = (origins.first(), origins.last()) else {
                continue;
            };
            let adjustment = prepared.and_then(|prepared| prepared.prefixes.get(number));
            let values = seen_by(model, self.class, adjustment.unwrap_or(&self.plain));
            let known = |origin: &usize| values.get(..*origin).unwrap_or_default();
            let params = self.fit_to(model, known(first));
            let start = errors.len();
            (model.project)(&self.ask(known(last), &params, origins), errors);
            let rows = errors.get_mut(start..).unwrap_or_default();
            let rows = rows.chunks_mut(self.horizon).zip(origins);
            if let Some(adjustment) = adjustment {
                rows.for_each(|(row, origin)| reseason(model, row, adjustment, *origin));
            }
        }
        not_negative(errors);
        for (row, origin) in errors.chunks_mut(self.horizon).zip(origins) {
            let actuals = self
                .values
                .iter()
                .skip(*origin)
                .map(Some)
                .chain(std::iter::repeat(None));
            for (error, actual) in row.iter_mut().zip(actuals) {
                *error = actual.map_or(f64::NAN, |actual| actual - *error);
            }
        }
    }

    fn ask<'a>(
        &self,
        values: &'a [f64],
        params: &'a Params,
        origins: &'a [usize],
    ) -> ProjectInput<'a> {
        ProjectInput {
            values,
            season: self.season,
            params,
            origins,
            horizon: self.horizon,
        }
    }
}

fn adjust(seen: SeasonSeen, adjustment: &mut Adjustment, values: &[f64], season: usize) {
    match seen {
        SeasonSeen::None => adjustment.set_plain(values),
        SeasonSeen::Last => adjustment.set_last_season(values, season),
        SeasonSeen::Full => adjustment.set_seasonal(values, season),
    }
}

/// The history a model is fitted to: levels do not follow single outliers, unless demand is
/// nothing but single sales.
fn seen_by<'a>(model: &ModelDef, class: DemandClass, adjustment: &'a Adjustment) -> &'a [f64] {
    match model.kind {
        ModelKind::Level if !class.is_intermittent() => &adjustment.cleaned,
        _ => &adjustment.values,
    }
}

/// Gives a forecast from `origin` its season back, and the growth of its group where the model
/// asks for it.
fn reseason(model: &ModelDef, path: &mut [f64], adjustment: &Adjustment, origin: usize) {
    let scale = match model.basis {
        Basis::Growth => adjustment.scale,
        _ => 1.0,
    };
    for (step, value) in path.iter_mut().enumerate() {
        *value *= scale * adjustment.index_at(origin + step);
    }
}

/// The value, or plain zero for anything below it: `max` may keep the sign of a
/// negative zero on one platform and not on another.
pub(super) fn at_least_zero(value: f64) -> f64 {
    if value > 0.0 { value } else { 0.0 }
}

/// Demand is not negative; neither is its forecast.
fn not_negative(path: &mut [f64]) {
    for value in path {
        *value = at_least_zero(*value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_double() {
        let buckets: Vec<usize> = (0..9).map(bucket).collect();
        assert_eq!(buckets, [0, 1, 2, 2, 3, 3, 3, 3, 4]);
        assert_eq!(bucket(1_000), BUCKETS - 1);
    }

    #[test]
    fn origins_leave_a_third_and_reach_the_last_period() {
        let mut history = History::default();
        let values: Vec<f64> = (0..30).map(|t| f64::from(t % 7)).collect();
        history.set(&values, None, 1, 4);
        assert_eq!(history.origins().first(), Some(&10));
        assert_eq!(history.origins().last(), Some(&29));
        history.set(&values[..1], None, 52, 4);
        assert!(history.origins().is_empty());
    }
}
