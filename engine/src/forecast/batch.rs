//! Four histories of equal length, and what a model would have forecast for them, origin by origin.
//!
//! All figures are lanes over each series' mean; what a result says of one series is taken out of its lane.

use super::clean::draw_in_outliers;
use super::groups::Groups;
use super::history::{History, Profile, REFITS, blocks};
use super::lane_season::LaneSeason;
use super::lanes::{LANES, Lane, narrow, splat};
use super::models::{Basis, FitInput, Fitted, ModelDef, ModelKind, Part, ProjectInput, Scratch};
use super::panel::Member;
use super::shapes::Shapes;
use super::spread::LaneSums;
use crate::num::{count_f64, sum};

/// As many series as a lane holds with the memory they share, reused from batch to batch.
#[derive(Debug)]
pub(super) struct Batch {
    season: usize,
    horizon: usize,
    histories: [History; LANES],
    /// Number of series.
    used: usize,
    /// Mean of each history; where it is 0 nothing else is forecast.
    scales: [f64; LANES],
    /// The histories side by side.
    actuals: Vec<Lane>,
    /// By period: 0, and NaN for a series that was hardly seen then; empty where all were.
    unseen: Vec<Lane>,
    /// What the model at hand takes out and gives back, as it was known in each block and at the end.
    seasons: [LaneSeason; REFITS + 1],
    /// What the model at hand sees of the histories.
    values: Vec<Lane>,
    origins: Vec<usize>,
    ends: Vec<usize>,
    fitted: Fitted,
    scratch: Scratch,
    rows: Vec<Lane>,
    /// Place of the first row's origin among all.
    first_row: usize,
    /// Errors (actual - forecast), a row of `horizon` from each origin of `first_row` on; NaN where there is none.
    errors: Vec<Lane>,
    /// Forecasts from the end.
    path: Vec<Lane>,
}

impl Batch {
    pub(super) fn new(season: usize, horizon: usize) -> Self {
        Self {
            season,
            horizon: horizon.max(1),
            histories: Default::default(),
            used: 0,
            scales: [0.0; LANES],
            actuals: Vec::new(),
            unseen: Vec::new(),
            seasons: Default::default(),
            values: Vec::new(),
            origins: Vec::new(),
            ends: Vec::new(),
            fitted: Fitted::default(),
            scratch: Scratch::default(),
            rows: Vec::new(),
            first_row: 0,
            errors: Vec::new(),
            path: Vec::new(),
        }
    }

    pub(super) fn horizon(&self) -> usize {
        self.horizon
    }

    /// Takes in as many series as a lane holds, or less, whose profiles give the same origins.
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
            *scale = if mean > 0.0 { mean } else { 0.0 };
            self.used += 1;
        }
        let of_lane = self.of_lanes();
        let scales = of_lane.map(|lane| match self.scale(lane) {
            0.0 => 0.0,
            scale => 1.0 / scale,
        });
        let of_history = |lane: usize| self.histories.get(lane);
        let length = of_history(0).map_or(0, |history| history.values().len());
        self.actuals.clear();
        self.actuals.resize(length, Lane::ZERO);
        for (lane, (of, scale)) in of_lane.iter().zip(scales).enumerate() {
            let values = of_history(*of).map_or(&[][..], History::values);
            for (actuals, value) in self.actuals.iter_mut().zip(values) {
                if let Some(own) = actuals.as_mut_array().get_mut(lane) {
                    *own = narrow(value * scale);
                }
            }
        }
        self.unseen.clear();
        if self.histories().iter().any(History::misses) {
            self.unseen.extend((0..self.actuals.len()).map(|period| {
                Lane::new(of_lane.map(|lane| {
                    match of_history(lane).is_some_and(|history| history.is_unseen(period)) {
                        true => f32::NAN,
                        false => 0.0,
                    }
                }))
            }));
        }
    }

    /// Which series each lane holds: the last one again where there are less.
    fn of_lanes(&self) -> [usize; LANES] {
        let last = self.used.saturating_sub(1);
        std::array::from_fn(|lane| lane.min(last))
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
        self.miss(model);
    }

    /// Gives the forecasts their season back and notes how far they missed.
    fn miss(&mut self, model: &ModelDef) {
        let horizon = self.horizon;
        let skipped = self.of_lanes().map(|lane| {
            let history = self.histories.get(lane);
            history.map_or(0, |history| history.skipped(model))
        });
        let mut origins = self.origins.iter().enumerate().skip(self.first_row);
        let count = self.origins.len().saturating_sub(self.first_row);
        let mut rows = self.rows.chunks_exact(horizon);
        self.errors.clear();
        self.errors.resize(count * horizon, splat(f32::NAN));
        let mut errors = self.errors.chunks_exact_mut(horizon);
        for (block, season) in blocks(&self.origins).zip(&self.seasons) {
            let last = block.last().copied().unwrap_or(0);
            let of_block = origins.clone().take_while(|(_, origin)| **origin <= last);
            for (((place, origin), row), errors) in of_block.zip(&mut rows).zip(&mut errors) {
                origins.next();
                season.give_back(row, *origin, errors);
                let actuals = self.actuals.get(*origin..).unwrap_or_default();
                let (known, cut) = errors.split_at_mut(actuals.len().min(horizon));
                for (error, actual) in known.iter_mut().zip(actuals) {
                    *error = *actual - *error;
                }
                cut.fill(splat(f32::NAN));
                for (error, unseen) in known.iter_mut().zip(self.unseen.iter().skip(*origin)) {
                    *error += *unseen;
                }
                if skipped.iter().any(|skipped| place < *skipped) {
                    let unknown =
                        skipped.map(|skipped| if place < skipped { f32::NAN } else { 0.0 });
                    known
                        .iter_mut()
                        .for_each(|error| *error += Lane::new(unknown));
                }
            }
        }
        self.path.clear();
        self.path.resize(horizon, Lane::ZERO);
        let last = self.seasons.get(blocks(&self.origins).count());
        if let (Some(season), Some(row)) = (last, rows.next()) {
            season.give_back(row, self.actuals.len(), &mut self.path);
        }
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

    /// Puts what `model` sees of the histories side by side.
    fn pack(&mut self, model: &ModelDef) {
        let (of_lanes, horizon) = (self.of_lanes(), self.horizon);
        let histories = self.histories.get(..self.used).unwrap_or_default();
        let count = blocks(&self.origins).count();
        let firsts = blocks(&self.origins).filter_map(|block| block.first().copied());
        let seasons = self.seasons.iter_mut().enumerate();
        for ((block, season), first) in seasons.zip(firsts.chain([self.actuals.len()])) {
            if model.basis == Basis::LastSeason {
                let known = self.actuals.get(..first).unwrap_or_default();
                season.set_last(known, self.season, horizon);
            } else {
                let block = (block < count).then_some(block);
                let seen = |lane: usize| histories.get(lane)?.season_seen(model, block);
                season.set(of_lanes.map(seen), model.basis == Basis::Growth, horizon);
            }
        }
        self.values.clear();
        let mut start = 0;
        let ends = blocks(&self.origins).map(|block| block.last().copied().unwrap_or(0));
        for (end, season) in ends.chain([self.actuals.len()]).zip(&self.seasons) {
            let actuals = self.actuals.get(start..end).unwrap_or_default();
            season.take_out(actuals, start, &mut self.values);
            start = end;
        }
        // Levels do not follow single outliers, unless demand is nothing but single sales.
        let draws_in = |history: &History| !history.profile().class.is_intermittent();
        if model.kind == ModelKind::Level && histories.iter().any(draws_in) {
            let marks = std::array::from_fn(|lane| {
                let history = of_lanes.get(lane).and_then(|lane| histories.get(*lane));
                if history.is_some_and(draws_in) {
                    1.0
                } else {
                    0.0
                }
            });
            draw_in_outliers(&mut self.values, Lane::new(marks));
        }
    }

    /// Multiplies every forecast of a series by the factor of its lane.
    pub(super) fn correct(&mut self, factors: [f64; LANES]) {
        if factors == [1.0; LANES] {
            return;
        }
        let factors = Lane::new(factors.map(narrow));
        for path in &mut self.path {
            *path *= factors;
        }
        let rest = Lane::ONE - factors;
        let origins = self.origins.iter().skip(self.first_row);
        for (row, origin) in self.errors.chunks_exact_mut(self.horizon).zip(origins) {
            for (error, actual) in row.iter_mut().zip(self.actuals.iter().skip(*origin)) {
                *error = *error * factors + *actual * rest;
            }
        }
    }

    /// Errors of one series `step` periods after the first of each window, with those periods; units.
    pub(super) fn errors_at(&self, lane: usize, step: usize) -> impl Iterator<Item = (usize, f64)> {
        let scale = self.scale(lane);
        let origins = self.origins.iter().skip(self.first_row);
        let rows = origins.zip(self.errors.chunks_exact(self.horizon));
        let error = move |(origin, row): (&usize, &[Lane])| {
            let error = of_lane(row.get(step)?, lane) * scale;
            (!error.is_nan()).then_some((origin + step, error))
        };
        rows.filter_map(error)
    }

    /// One series' errors (actual - forecast) from every origin it can be scored at, a row of
    /// `horizon` for each, NaN where demand was not seen and after the end of the history: empty if the model does not
    /// suit it.
    pub(super) fn unpack(&self, lane: usize, model: &ModelDef, errors: &mut Vec<f64>) {
        errors.clear();
        if let Some(history) = self.histories.get(lane) {
            let skipped = history.skipped(model).saturating_sub(self.first_row);
            let own = self.errors.iter().skip(skipped * self.horizon);
            let scale = self.scale(lane);
            errors.extend(own.map(|error| of_lane(error, lane) * scale));
        }
    }

    /// One series' forecast from its end, units.
    pub(super) fn path_of(&self, lane: usize) -> impl Iterator<Item = f64> {
        let scale = self.scale(lane);
        self.path
            .iter()
            .map(move |value| of_lane(value, lane) * scale)
    }

    /// Sums of the squared errors of the series, each over its mean.
    pub(super) fn sum_up(&self, sums: &mut LaneSums) {
        sums.set(&self.errors, self.horizon);
    }

    /// Mean of a series, which its lane is over.
    pub(super) fn scale(&self, lane: usize) -> f64 {
        self.scales.get(lane).copied().unwrap_or(0.0)
    }

    /// What the model at hand takes out and gives back, as it was known in a block of origins or at the end.
    pub(super) fn season(&self, block: Option<usize>) -> Option<&LaneSeason> {
        let end = || blocks(&self.origins).count();
        self.seasons.get(block.unwrap_or_else(end))
    }
}

fn of_lane(value: &Lane, lane: usize) -> f64 {
    value
        .as_array()
        .get(lane)
        .map_or(0.0, |value| f64::from(*value))
}

/// The value, or plain zero for anything below it: `max` may keep the sign of a
/// negative zero on one platform and not on another.
pub(super) fn at_least_zero(value: f64) -> f64 {
    if value > 0.0 { value } else { 0.0 }
}
