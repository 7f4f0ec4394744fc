//! Forecasts made again to be looked at: every model on one series, and what a panel's chosen
//! models said of the newest periods. Nothing here changes a forecast.

use super::bench::Bench;
use super::class::{DemandClass, DemandShape};
use super::groups::Groups;
use super::history::Profile;
use super::models::{ModelId, ModelKind};
use super::panel::Member;
use super::pool::Pool;
use super::references::REFERENCES;
use super::run::{Config, Profiles, at_places, choose, in_batches};
use crate::num::{count_f64, index_usize};

/// Demand of a period and what was forecast for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LookBack {
    /// What came, units.
    pub actual: f64,
    /// What had been forecast, units.
    pub forecast: f64,
}

/// One model, or a method of the textbooks, on one series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// Its stable name.
    pub id: &'static str,
    /// Publication it follows.
    pub source: &'static str,
    /// Whether it is only compared with; a benchmark of the registry can be chosen all the same.
    pub is_benchmark: bool,
    /// Weight in the forecast, a fraction: the model chosen has all of it.
    pub weight: f64,
    /// Place in the ranking of the class, from 1; `None` where it was no better than the reference.
    pub rank: Option<usize>,
    /// Rolling origins it was scored from; 0 where it does not suit the series.
    pub origins: usize,
    /// Sum of absolute errors over demand, at the lag asked for; `None` without demand.
    pub wape: Option<f64>,
    /// Mean absolute error over the mean step of the history from one season to the next; `None`
    /// where it never changes.
    pub mase: Option<f64>,
}

/// Share of demand below which steps are rounding.
const FACTOR_NOISE: f64 = 1e-9;

/// What a series is like, and how every model does on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspection {
    /// Class of its demand.
    pub class: DemandClass,
    /// What makes the class; `None` without demand.
    pub shape: Option<DemandShape>,
    /// Every row of the registry, in its order, then every method of the textbooks.
    pub tried: Vec<Tried>,
}

/// Runs every model on one series with what its panel taught, at the lag of `config`.
///
/// Errors are those of the rolling origins that the forecast itself was chosen on: of demand as
/// it was, with what was known at each origin. MASE as Hyndman & Koehler (2006), IJF 22,
/// 679-688, with the step of one season where the history is longer than that.
#[must_use]
pub fn inspect(
    member: &Member<'_>,
    season: usize,
    config: &Config,
    groups: &Groups,
    pool: &Pool,
) -> Inspection {
    let profile = Profiles::new(season).of(member);
    let mut bench = Bench::new(groups, season, config.horizon);
    let members = [(*member, profile)];
    let chosen = choose(&members, &mut bench, pool);
    let chosen = chosen.first().map(|(model, _)| *model);
    bench.set(members.iter().copied());
    let demand = demand(member);
    let scored = Scored {
        scale: step(&demand, season),
        demand,
        lag: config.lag,
        origins: origins(profile, season, config),
    };
    let models = ModelId::all().map(|(id, model)| {
        let mut seen = Vec::new();
        if bench.is_scorable(model, profile, member) {
            bench.look_back(id, pool, config.lag, &mut |_, _, actual, forecast| {
                seen.push(LookBack { actual, forecast });
            });
        } else if model.kind == ModelKind::Benchmark {
            let back = if model.id == "naive" { 1 } else { season };
            seen = scored.look_back(|known, ahead| last_of(known, back, ahead));
        }
        let ranked = pool.ranking(profile.class).iter();
        Tried {
            weight: if chosen == Some(id) { 1.0 } else { 0.0 },
            rank: ranked
                .enumerate()
                .find(|(_, ranked)| **ranked == id)
                .map(|(place, _)| place + 1),
            ..scored.tried(
                (model.id, model.source),
                model.kind == ModelKind::Benchmark,
                &seen,
            )
        }
    });
    let references = REFERENCES.iter().map(|it| {
        let seen = scored.look_back(|known, ahead| it.forecast(known, season, ahead));
        scored.tried((it.id, it.source), true, &seen)
    });
    Inspection {
        class: profile.class,
        shape: DemandShape::of(member.values),
        tried: models.chain(references).collect(),
    }
}

/// Demand as it was: with its events.
fn demand(member: &Member<'_>) -> Vec<f64> {
    let past = member.lift.map_or(&[][..], |lift| lift.past);
    let factor = |period: usize| past.get(period).copied().unwrap_or(1.0);
    let values = member.values.iter().enumerate();
    values
        .map(|(period, value)| {
            if value.is_nan() {
                0.0
            } else {
                value * factor(period)
            }
        })
        .collect()
}

/// The value a period of `back` periods before the one asked for, from the last that are known.
fn last_of(known: &[f64], back: usize, ahead: usize) -> Option<f64> {
    let from = known.len().checked_sub(back.max(1))?;
    known.get(from + (ahead - 1) % back.max(1)).copied()
}

/// A series whose forecasts are compared.
struct Scored {
    demand: Vec<f64>,
    /// Mean absolute step of it.
    scale: f64,
    lag: usize,
    /// Known periods at each origin.
    origins: Vec<usize>,
}

impl Scored {
    /// What a method says of the period a lag after every origin that it can forecast from.
    fn look_back(&self, forecast: impl Fn(&[f64], usize) -> Option<f64>) -> Vec<LookBack> {
        let seen = |origin: &usize| {
            Some(LookBack {
                actual: *self.demand.get(origin + self.lag - 1)?,
                forecast: forecast(self.demand.get(..*origin)?, self.lag)?,
            })
        };
        self.origins.iter().filter_map(seen).collect()
    }

    fn tried(
        &self,
        (id, source): (&'static str, &'static str),
        is_benchmark: bool,
        seen: &[LookBack],
    ) -> Tried {
        let errors: f64 = seen.iter().map(|it| (it.actual - it.forecast).abs()).sum();
        let demand: f64 = seen.iter().map(|it| it.actual).sum();
        let mean = errors / count_f64(seen.len().max(1));
        Tried {
            id,
            source,
            is_benchmark,
            weight: 0.0,
            rank: None,
            origins: seen.len(),
            wape: (demand > 0.0).then(|| errors / demand),
            mase: (!seen.is_empty() && self.scale > 0.0).then(|| mean / self.scale),
        }
    }
}

/// Mean absolute step of a history from one season to the next, or from period to period where it
/// is not longer than a season, units: what MASE divides by. Demand as it was, events included.
///
/// Source: Hyndman & Koehler (2006), IJF 22, 679-688.
#[must_use]
pub fn naive_error(member: &Member<'_>, season: usize) -> f64 {
    step(&demand(member), season)
}

fn origins(profile: Profile, season: usize, config: &Config) -> Vec<usize> {
    let mut origins = Vec::new();
    profile.origins(season, config.horizon, &mut origins);
    origins
}

fn step(values: &[f64], season: usize) -> f64 {
    let back = if values.len() > season { season } else { 1 };
    let steps = values.iter().skip(back).zip(values);
    let count = values.len().saturating_sub(back).max(1);
    let sum: f64 = steps.map(|(now, before)| (now - before).abs()).sum();
    // What taking an event's factor out and putting it back leaves is no change.
    let noise = FACTOR_NOISE * values.iter().sum::<f64>();
    if sum > noise {
        sum / count_f64(count)
    } else {
        0.0
    }
}

/// Demand and forecasts made a lag before, for the newest periods of every series: newest first,
/// nothing where no origin was.
#[must_use]
pub fn look_back<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    (groups, pool): (&Groups, &Pool),
    periods: usize,
) -> Vec<Vec<Option<LookBack>>> {
    let mut seen = Vec::new();
    on_bench(
        series,
        season,
        config,
        (groups, pool),
        &mut |at, members| {
            seen.resize_with(members.len(), || vec![None; periods]);
            let (bench, model, places) = at;
            bench.look_back(
                model,
                pool,
                config.lag,
                &mut |lane, age, actual, forecast| {
                    let place = places.get(lane).map(|place| index_usize(*place));
                    let own = place.and_then(|place| seen.get_mut(place));
                    if let Some(cell) = own.and_then(|own| own.get_mut(age)) {
                        *cell = Some(LookBack { actual, forecast });
                    }
                },
            );
        },
    );
    seen
}

/// The bench with a few series on it, the model that was chosen for them, and their places.
type OnBench<'b, 'a> = (&'b mut Bench<'a>, ModelId, &'b [u32]);
/// What is done with them; all series come along.
pub(super) type Each<'e, 'a> = &'e mut dyn FnMut(OnBench<'_, '_>, &[(Member<'a>, Profile)]);

/// Puts all series on the bench, a few of one model at a time.
pub(super) fn on_bench<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    (groups, pool): (&Groups, &Pool),
    each: Each<'_, 'a>,
) {
    let mut profiles = Profiles::new(season);
    let members: Vec<_> = series
        .map(|member| (member, profiles.of(&member)))
        .collect();
    let mut bench = Bench::new(groups, season, config.horizon);
    let keys = choose(&members, &mut bench, pool);
    in_batches(&keys, |(model, _), places| {
        bench.set(at_places(&members, places));
        each((&mut bench, *model, places), &members);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{Frequency, GroupPartial, Panel, finish, scan};

    fn panel() -> Panel {
        let mut panel = Panel::new(Frequency::Monthly, 12);
        for of in 0..8_u32 {
            let value = |at: u32| match of {
                0..5 => f64::from(40 + (at * (7 + of)) % 11 + 10 * (at % 12 / 6)),
                _ => f64::from(u32::from(at.is_multiple_of(of - 2)) * (3 + at % 4)),
            };
            panel.push((0..60).map(value)).unwrap();
        }
        panel
    }

    /// The error of the model that has the weight is the error that the forecast states.
    #[test]
    fn the_card_and_the_forecast_say_the_same() {
        let panel = panel();
        let config = Config {
            horizon: 12,
            lag: 4,
            levels: vec![0.8],
        };
        let season = panel.season();
        let groups = GroupPartial::of(panel.members()).finish();
        let pool = scan(panel.members(), season, &config, &groups).finish(&config.levels);
        let forecasts = finish(panel.members(), season, &config, &groups, &pool);
        let seen = look_back(panel.members(), season, &config, (&groups, &pool), 13);
        for (index, member) in panel.members().enumerate() {
            let card = inspect(&member, season, &config, &groups, &pool);
            let weights: f64 = card.tried.iter().map(|tried| tried.weight).sum();
            assert_eq!(weights, 1.0);
            let chosen = card.tried.iter().find(|tried| tried.weight == 1.0).unwrap();
            assert_eq!(chosen.id, forecasts.models[index].model().id);
            let holdout = forecasts.holdout[index];
            let wape = holdout.absolute_error / holdout.actual;
            assert!((chosen.wape.unwrap() - wape).abs() < 1e-9, "{card:?}");
            // Benchmarks are always scored.
            assert!(card.tried[0].origins > 0 && card.tried[1].origins > 0);
            for (age, (_, recent)) in forecasts.recent[index].periods().enumerate() {
                let error = seen[index][age].map_or(0.0, |it| it.actual - it.forecast);
                assert!((error - recent).abs() < 1e-9);
            }
        }
    }
}
