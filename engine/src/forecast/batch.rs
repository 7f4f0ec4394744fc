//! Four histories of equal length, and what a model would have forecast for them, origin by origin.

use super::clean::draw_in_outliers;
use super::groups::Groups;
use super::history::{History, Profile, REFITS, blocks};
use super::lanes::{LANES, Lane};
use super::models::{Basis, FitInput, Fitted, ModelDef, ModelKind, Part, ProjectInput, Scratch};
use super::panel::Member;
use super::season::Adjustment;
use super::shapes::Shapes;
use crate::num::{count_f64, sum};

/// Up to four series with the memory they share, reused from batch to batch.
#[derive(Debug)]
pub(super) struct Batch {
    season: usize,
    horizon: usize,
    histories: [History; LANES],
    /// Number of series.
    used: usize,
    /// Mean of each history, 1 where there is none.
    scales: [f64; LANES],
    columns: [Vec<f32>; LANES],
    values: Vec<Lane>,
    origins: Vec<usize>,
    ends: Vec<usize>,
    fitted: Fitted,
    scratch: Scratch,
    rows: Vec<Lane>,
    /// Place of the first row's origin among all.
    first_row: usize,
}

impl Batch {
    pub(super) fn new(season: usize, horizon: usize) -> Self {
        Self {
            season,
            horizon: horizon.max(1),
            histories: Default::default(),
            used: 0,
            scales: [1.0; LANES],
            columns: Default::default(),
            values: Vec::new(),
            origins: Vec::new(),
            ends: Vec::new(),
            fitted: Fitted::default(),
            scratch: Scratch::default(),
            rows: Vec::new(),
            first_row: 0,
        }
    }

    pub(super) fn horizon(&self) -> usize {
        self.horizon
    }

    /// Takes in up to four series whose profiles give the same origins.
    pub(super) fn set<'a>(
        &mut self,
        members: impl Iterator<Item = (Member<'a>, Profile)>,
        groups: &Groups,
    ) {
        self.used = 0;
        let places = self.histories.iter_mut().zip(&mut self.scales);
        for ((member, profile), (history, scale)) in members.zip(places) {
            let group = groups.of(member.kin);
            history.set((&member, profile), group, self.season, self.horizon);
            let values = history.values();
            let mean = sum(values) / count_f64(values.len().max(1));
            *scale = if mean > 0.0 { mean } else { 1.0 };
            self.used += 1;
        }
    }

    /// The histories taken in.
    pub(super) fn histories(&self) -> &[History] {
        self.histories.get(..self.used).unwrap_or_default()
    }

    /// What `model` would have forecast from every origin, and forecasts from the end of the histories.
    ///
    /// Seasons and parameters are chosen anew for each block of origins on what was known at
    /// its start: a model with many of them wins nothing by fitting the very periods it is
    /// scored on. The season of a period is taken out as it was known when it came, so one
    /// pass serves all blocks.
    pub(super) fn run(&mut self, model: &ModelDef, shapes: &mut Shapes<'_>) {
        self.rows.clear();
        for history in self.histories.iter_mut().take(self.used) {
            history.prepare(model, shapes);
        }
        let known_min = (model.known_min)(self.season);
        self.cut(known_min);
        self.pack(model);
        self.fitted.params.clear();
        let fit = FitInput {
            values: &self.values,
            horizon: self.horizon,
            known_min,
            ends: &self.ends,
        };
        (model.fit)(&fit, &mut self.scratch, &mut self.fitted);
        let whole = [self.values.len()];
        let mut parts = [Part {
            params: &[Lane::ZERO; 16],
            origins: &whole,
        }; REFITS + 1];
        let mut origins = self.origins.get(self.first_row..).unwrap_or_default();
        let mut ends = self.ends.iter().skip(1);
        for (part, params) in parts.iter_mut().zip(&self.fitted.params) {
            part.params = params;
            let next = ends.next().copied();
            let own = origins.partition_point(|origin| next.is_none_or(|next| *origin < next));
            if let (Some(_), Some((first, rest))) = (next, origins.split_at_checked(own)) {
                (part.origins, origins) = (first, rest);
            }
        }
        let ask = ProjectInput {
            values: &self.values,
            season: self.season,
            parts: parts.get(..self.ends.len()).unwrap_or_default(),
            trail: &self.fitted.trail,
            horizon: self.horizon,
        };
        (model.project)(&ask, &mut self.rows);
    }

    /// The origins from which a model knows enough, and where its parameters are chosen: at the
    /// first of each block and at the end.
    fn cut(&mut self, known_min: usize) {
        let Some(leader) = self.histories.first() else {
            return;
        };
        self.origins.clear();
        self.origins.extend_from_slice(leader.origins());
        self.first_row = self.origins.partition_point(|origin| *origin < known_min);
        self.ends.clear();
        for block in blocks(&self.origins) {
            let first = block.iter().find(|origin| **origin >= known_min);
            self.ends.extend(first);
        }
        self.ends.push(leader.values().len());
    }

    /// Puts what `model` sees of the histories side by side, each over its mean.
    fn pack(&mut self, model: &ModelDef) {
        let histories = self.histories.get(..self.used).unwrap_or_default();
        let scales = self.scales;
        for ((history, scale), column) in histories.iter().zip(scales).zip(&mut self.columns) {
            history.without_season(model, 1.0 / scale, column);
        }
        let last = self.used.saturating_sub(1);
        let [a, b, c, d] = std::array::from_fn(|lane| {
            let column = self.columns.get(lane.min(last));
            column.map_or(&[][..], Vec::as_slice)
        });
        self.values.clear();
        self.values.resize(a.len(), Lane::ZERO);
        let side_by_side = self.values.iter_mut().zip(a).zip(b).zip(c).zip(d);
        for ((((values, a), b), c), d) in side_by_side {
            *values = Lane::new([*a, *b, *c, *d]);
        }
        // Levels do not follow single outliers, unless demand is nothing but single sales.
        let draws_in = |history: &History| !history.profile().class.is_intermittent();
        if model.kind == ModelKind::Level && histories.iter().any(draws_in) {
            let marks = std::array::from_fn(|lane| {
                let history = histories.get(lane.min(last));
                if history.is_some_and(draws_in) {
                    1.0
                } else {
                    0.0
                }
            });
            draw_in_outliers(&mut self.values, Lane::new(marks));
        }
    }

    /// One series' errors (actual - forecast) from every origin it can be scored at, a row of
    /// `horizon` for each, NaN where demand was not seen and after the end of the history: empty if the model does not suit
    /// it. The forecast from its end goes to `path`.
    pub(super) fn unpack(
        &self,
        lane: usize,
        model: &ModelDef,
        errors: &mut Vec<f64>,
        path: &mut Vec<f64>,
    ) {
        errors.clear();
        path.clear();
        let (Some(history), Some(scale)) = (self.histories.get(lane), self.scales.get(lane)) else {
            return;
        };
        let values = history.values();
        let skipped = history.skipped(model);
        let mut rows = self.rows.chunks(self.horizon);
        let mut place = 0;
        for (number, block) in blocks(history.origins()).enumerate() {
            let season = history.season_of(model, Some(number));
            for origin in block {
                place += 1;
                if place <= self.first_row {
                    continue;
                }
                let Some(row) = rows.next() else { return };
                if place <= skipped {
                    continue;
                }
                let actuals = values.get(*origin..).unwrap_or_default();
                let start = errors.len();
                errors.resize(start + self.horizon, f64::NAN);
                let row = row.iter().zip(factors(model, season, *origin));
                let out = errors.get_mut(start..).unwrap_or_default().iter_mut();
                for ((error, actual), (value, factor)) in out.zip(actuals).zip(row) {
                    *error = actual - at_least_zero(of_lane(value, lane) * scale * factor);
                }
                history.forget_unseen(*origin, errors.get_mut(start..).unwrap_or_default());
            }
        }
        let season = history.season_of(model, None);
        let ahead = rows.next().unwrap_or_default().iter();
        let ahead = ahead.zip(factors(model, season, values.len()));
        path.extend(
            ahead.map(|(value, factor)| at_least_zero(of_lane(value, lane) * scale * factor)),
        );
        path.resize(self.horizon, 0.0);
    }

    /// The season that `model` gives back to one series' forecast from its end, without end.
    pub(super) fn season_ahead(&self, lane: usize, model: &ModelDef) -> impl Iterator<Item = f64> {
        let history = self.histories.get(lane);
        let season = history.and_then(|history| history.season_of(model, None));
        turned(season, history.map_or(0, |history| history.values().len()))
    }
}

fn of_lane(value: &Lane, lane: usize) -> f64 {
    value
        .as_array()
        .get(lane)
        .map_or(0.0, |value| f64::from(*value))
}

/// What gives forecasts from a period on their season back, and the growth of its group where
/// the model asks for it.
fn factors<'a>(
    model: &ModelDef,
    season: Option<&'a Adjustment>,
    period: usize,
) -> impl Iterator<Item = f64> + use<'a> {
    let scale = match (season, model.basis) {
        (Some(season), Basis::Growth) => season.scale,
        _ => 1.0,
    };
    turned(season, period).map(move |index| scale * index)
}

/// The indices of a season from a period on, without end.
fn turned(season: Option<&Adjustment>, period: usize) -> impl Iterator<Item = f64> {
    let index = season.map_or(&[1.0][..], Adjustment::indices);
    let start = period % index.len().max(1);
    let from = index.iter().skip(start).chain(index.iter().cycle());
    from.copied()
}

/// The value, or plain zero for anything below it: `max` may keep the sign of a
/// negative zero on one platform and not on another.
pub(super) fn at_least_zero(value: f64) -> f64 {
    if value > 0.0 { value } else { 0.0 }
}
