//! Four histories of equal length, and what a model would have forecast for them, origin by origin.

use super::clean::draw_in_outliers;
use super::groups::Groups;
use super::history::{History, Profile, blocks};
use super::lanes::{LANES, Lane, narrow};
use super::models::{Basis, FitInput, ModelDef, ModelKind, Params, Part, ProjectInput, Scratch};
use super::panel::Member;
use super::season::Adjustment;
use super::shapes::Shapes;
use crate::num::count_f64;

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
    values: Vec<Lane>,
    params: Vec<Params>,
    scratch: Scratch,
    rows: Vec<Lane>,
    /// Origins of the rows, as places among all origins: first and one past the last.
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
            values: Vec::new(),
            params: Vec::new(),
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
            history.set((member.values, profile), group, self.season, self.horizon);
            let values = history.values();
            let mean = values.iter().sum::<f64>() / count_f64(values.len().max(1));
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
    /// scored on.
    pub(super) fn run(&mut self, model: &ModelDef, shapes: &mut Shapes<'_>) {
        self.rows.clear();
        for history in self.histories.iter_mut().take(self.used) {
            history.prepare(model, shapes);
        }
        let Some(leader) = self.histories().first() else {
            return;
        };
        let known_min = (model.known_min)(self.season);
        let (origins, length) = (leader.origins().to_vec(), leader.values().len());
        self.first_row = origins.partition_point(|origin| *origin < known_min);
        let is_plain = self
            .histories()
            .iter()
            .all(|it| it.prepared(model).is_none());
        let mut passed = 0;
        let mut pieces: Vec<(Option<usize>, &[usize])> = Vec::new();
        for (number, block) in blocks(&origins).enumerate() {
            let skipped = self.first_row.saturating_sub(passed).min(block.len());
            passed += block.len();
            let block = block.get(skipped..).unwrap_or_default();
            if !block.is_empty() {
                pieces.push((Some(number), block));
            }
        }
        let end = [length];
        pieces.push((None, &end));
        if is_plain {
            let parts: Vec<&[usize]> = pieces.iter().map(|(_, origins)| *origins).collect();
            self.run_parts(model, None, known_min, &parts);
        } else {
            for (number, origins) in pieces {
                self.run_parts(model, number, known_min, &[origins]);
            }
        }
    }

    /// Appends the rows of some parts that see the same history.
    fn run_parts(
        &mut self,
        model: &ModelDef,
        block: Option<usize>,
        known_min: usize,
        parts: &[&[usize]],
    ) {
        self.pack(model, block);
        let ends: Vec<usize> = parts
            .iter()
            .filter_map(|part| part.first().copied())
            .collect();
        self.params.clear();
        let fit = FitInput {
            values: &self.values,
            horizon: self.horizon,
            known_min,
            ends: &ends,
        };
        (model.fit)(&fit, &mut self.scratch, &mut self.params);
        let parts: Vec<Part<'_>> = parts
            .iter()
            .zip(&self.params)
            .map(|(origins, params)| Part { params, origins })
            .collect();
        let ask = ProjectInput {
            values: &self.values,
            season: self.season,
            parts: &parts,
            horizon: self.horizon,
        };
        (model.project)(&ask, &mut self.rows);
    }

    /// Puts what `model` sees of the histories side by side, each over its mean.
    fn pack(&mut self, model: &ModelDef, block: Option<usize>) {
        let histories = self.histories.get(..self.used).unwrap_or_default();
        let last = self.used.saturating_sub(1);
        let seen: [(&[f64], f64); LANES] = std::array::from_fn(|lane| {
            let lane = lane.min(last);
            let history = histories.get(lane);
            let values = history.map_or(&[][..], |history| {
                let season = history.season_of(model, block);
                season.map_or(history.values(), |season| &season.values)
            });
            (
                values,
                self.scales.get(lane).map_or(1.0, |scale| 1.0 / scale),
            )
        });
        let [(a, to_a), (b, to_b), (c, to_c), (d, to_d)] = seen;
        let length = a.len().min(b.len()).min(c.len()).min(d.len());
        self.values.clear();
        self.values.resize(length, Lane::ZERO);
        let side_by_side = self.values.iter_mut().zip(a).zip(b).zip(c).zip(d);
        for ((((values, a), b), c), d) in side_by_side {
            let figures = [a * to_a, b * to_b, c * to_c, d * to_d];
            *values = Lane::new(figures.map(narrow));
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
    /// `horizon` for each, NaN after the end of the history: empty if the model does not suit
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
    let index = season.map_or(&[1.0][..], Adjustment::indices);
    let start = period % index.len().max(1);
    let turned = index.iter().skip(start).chain(index.iter().cycle());
    turned.map(move |index| scale * index)
}

/// The value, or plain zero for anything below it: `max` may keep the sign of a
/// negative zero on one platform and not on another.
pub(super) fn at_least_zero(value: f64) -> f64 {
    if value > 0.0 { value } else { 0.0 }
}
