//! Forecasts of the newest periods taken apart: what each was the product of, and what those
//! factors turned out to be. Changes no forecast.

use super::{Bench, SeriesLift};
use crate::forecast::attribution::{Factors, Missed, Timing, levels, turn};
use crate::forecast::batch::Batch;
use crate::forecast::history::{History, SeasonSeen, blocks};
use crate::forecast::lane_season::LaneSeason;
use crate::forecast::models::{Basis, ModelDef, ModelId};
use crate::forecast::panel::Kinship;
use crate::forecast::pool::Pool;
use crate::forecast::season::shows_season;

/// When the seasons of groups came, once each is asked for.
pub(in crate::forecast) type Timings = Vec<Option<Timing>>;

impl Bench<'_> {
    /// What [`Bench::look_back`] would have forecast, as factors: lane and age of the period go to
    /// `each` with it, oldest first. `kin` is that of the series on the bench.
    pub(in crate::forecast) fn take_apart(
        &mut self,
        kin: &[Option<Kinship>],
        (id, pool, lag): (ModelId, &Pool, usize),
        timings: &mut Timings,
        each: &mut dyn FnMut(usize, usize, Missed),
    ) {
        let (horizon, model) = (self.batch.horizon(), id.model());
        let step = lag.clamp(1, horizon) - 1;
        self.run_corrected(id, pool);
        for (lane, kin) in kin.iter().enumerate() {
            let timing = self.timing(*kin, lane, model, timings);
            let (Some(history), Some(lift)) =
                (self.batch.histories().get(lane), self.lifts.get(lane))
            else {
                continue;
            };
            let look = Look {
                batch: &self.batch,
                lane,
                history,
                lift,
                timing,
            };
            let errors = self.batch.errors_at(lane, step);
            look.back(errors, step, &mut |age, missed| each(lane, age, missed));
        }
    }

    /// When the season of a series came, by what its group sold; by its own demand where it has a
    /// season of its own and no group.
    fn timing(
        &mut self,
        kin: Option<Kinship>,
        lane: usize,
        model: &ModelDef,
        timings: &mut Timings,
    ) -> Timing {
        // A season seen once holds the very periods that are looked at.
        let is_own = model.basis == Basis::Adjusted;
        let is_steady = is_own || matches!(model.basis, Basis::Group | Basis::HalfGroup);
        let season = self.season;
        if let Some(group) = self.groups.of(kin) {
            if timings.len() <= group {
                timings.resize(group + 1, None);
            }
            let Some(known) = timings.get_mut(group) else {
                return Timing::default();
            };
            let of_group = *known.get_or_insert_with(|| {
                let total = self.groups.history(group);
                // As it was known before the periods that are looked at.
                let newest = (season / 2).min(total.len());
                let ahead = &self.shapes.of(group, newest).ahead;
                Timing {
                    turn: turn(total, season, ahead),
                    is_learnt: shows_season(total, season),
                }
            });
            return Timing {
                is_learnt: is_steady && (is_own || of_group.is_learnt),
                ..of_group
            };
        }
        let history = self.batch.histories().get(lane).filter(|_| is_own);
        let known = history.filter(|it| it.profile().season == SeasonSeen::Full);
        known.map_or_else(Timing::default, |history| {
            let values = history.values();
            let newest = (season / 2).min(values.len());
            let own = self.batch.season(None);
            let ahead: Vec<f64> = (values.len() - newest..)
                .map(|period| index_at(own, lane, period))
                .take(season)
                .collect();
            Timing {
                turn: turn(values, season, &ahead),
                is_learnt: true,
            }
        })
    }
}

/// A series whose forecasts are looked at again.
struct Look<'a> {
    batch: &'a Batch,
    lane: usize,
    history: &'a History,
    lift: &'a SeriesLift,
    timing: Timing,
}

impl Look<'_> {
    /// What the forecasts with these errors were, made `step` periods before the period of each.
    fn back(
        &self,
        errors: impl Iterator<Item = (usize, f64)>,
        step: usize,
        each: &mut dyn FnMut(usize, Missed),
    ) {
        let values = self.history.values();
        let mut errors = errors.peekable();
        for (block, of_block) in blocks(self.history.origins()).enumerate() {
            let known = self.batch.season(Some(block));
            let found = if self.timing.is_learnt {
                self.batch.season(None)
            } else {
                known
            };
            let found = |period| index_at(found, self.lane, period + self.timing.turn);
            let levels = levels(values, found);
            let is_of_block = |(period, _): &(usize, f64)| of_block.contains(&(period - step));
            while let Some((period, error)) = errors.next_if(is_of_block) {
                let Some(value) = values.get(period) else {
                    continue;
                };
                let age = values.len() - 1 - period;
                let Some(level) = levels.get(age) else {
                    continue;
                };
                let season = index_at(known, self.lane, period);
                let factor = |factors: &[f64]| factors.get(period).copied().unwrap_or(1.0);
                let happened = factor(&self.lift.past);
                let missed = Missed {
                    actual: happened * value,
                    known: Factors {
                        level: (value - error) / season,
                        season,
                        lift: factor(&self.lift.known),
                    },
                    found: Factors {
                        level: *level,
                        season: found(period),
                        lift: happened,
                    },
                };
                each(age, missed);
            }
        }
    }
}

/// The index of a season in a period of the history of one series.
fn index_at(season: Option<&LaneSeason>, lane: usize, period: usize) -> f64 {
    season.map_or(1.0, |season| f64::from(season.index(lane, period)))
}
