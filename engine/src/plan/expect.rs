//! Between the maps, only where decisions or ending goods ask for it: the forecasts of some
//! series leave their partitions, are changed together, and come back as what is told.

use serde::{Deserialize, Serialize};

use super::Broadcast;
use super::adjust::{Effect, Expected, InForce, apply};
use super::launch::Launched;
use super::lifecycle::{Links, kept};
use super::measure::Measured;
use super::partition::{PARTITIONS, partition_of};
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::forecast::Forecasts;
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::num;
use crate::order;
use crate::units::Qty;

/// Series of a partition that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// In rising order.
    skus: Vec<SkuId>,
    channel: Option<ChannelId>,
    region: Option<RegionId>,
    /// Whether their demand moves to a successor.
    is_moving: bool,
}

/// A series that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Answered {
    expected: Expected,
    /// Set where demand moves.
    moving: Option<Moving>,
}

/// What a series leaves to a successor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Moving {
    /// Demand after the last day of sale.
    weeks: Vec<Qty>,
    /// The whole forecast of the series, from which shape and limits come.
    whole: Vec<Qty>,
    inherited: Inherited,
}

/// Limits and model of a series that has no history of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Inherited {
    pub(super) model: String,
    /// Limits in the order of `Forecasts::bands`: lower and upper of each.
    pub(super) limits: Vec<Vec<Qty>>,
    /// Standard deviation of the error of the total over 1, 2, .. weeks.
    pub(super) total_sigma: Vec<f64>,
    /// Relative variance that all series of the SKU have in common.
    pub(super) shared: f64,
}

/// What a partition is told about one of its series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) key: SeriesKey,
    /// The statistical forecast with what predecessors leave; empty where nothing comes.
    pub(super) statistical: Vec<Qty>,
    /// The forecast with the decisions; empty where there are none.
    pub(super) adjusted: Vec<Qty>,
    /// Set where the partition has no such series.
    pub(super) inherited: Option<Inherited>,
}

/// What each partition is asked; empty where decisions and links touch nothing.
pub(super) fn asked(decisions: &[InForce], links: &Links, catalog: &Catalog) -> Vec<Vec<Asked>> {
    let mut asked: Vec<Vec<Asked>> = vec![Vec::new(); PARTITIONS];
    let home = |sku: SkuId| catalog.sku(sku).map_or(0, |sku| partition_of(&sku.code));
    for decision in decisions {
        let scope = decision.scope();
        let mut skus: Vec<Vec<SkuId>> = vec![Vec::new(); PARTITIONS];
        for sku in (0..catalog.skus.len()).map(SkuId::from_index) {
            if decision.has_sku(sku)
                && let Some(list) = skus.get_mut(home(sku))
            {
                list.push(sku);
            }
        }
        for (list, skus) in asked.iter_mut().zip(skus) {
            if !skus.is_empty() {
                list.push(Asked {
                    skus,
                    channel: scope.channel,
                    region: scope.region,
                    is_moving: false,
                });
            }
        }
    }
    for (sku, next) in links.moving() {
        for (sku, is_moving) in [(sku, true), (next, false)] {
            if let Some(list) = asked.get_mut(home(sku)) {
                list.push(Asked {
                    skus: vec![sku],
                    channel: None,
                    region: None,
                    is_moving,
                });
            }
        }
    }
    asked
}

impl Asked {
    fn has(&self, key: SeriesKey) -> bool {
        self.skus.binary_search(&key.sku).is_ok()
            && self.channel.is_none_or(|channel| channel == key.channel)
            && self.region.is_none_or(|region| region == key.region)
    }
}

/// The series of a partition that are asked for, in their order.
pub(super) fn expect(
    measured: &Measured,
    forecasts: &Forecasts,
    broadcast: &Broadcast,
    asked: &[Asked],
) -> Vec<Answered> {
    let mut answered = Vec::new();
    for (index, series) in measured.series.iter().enumerate() {
        let mut is_asked = false;
        let mut is_moving = false;
        for one in asked.iter().filter(|one| one.has(series.key)) {
            is_asked = true;
            is_moving |= one.is_moving;
        }
        if !is_asked {
            continue;
        }
        let whole = part(&forecasts.mean, forecasts.horizon, index);
        let kept = kept(measured, broadcast, series.key);
        let mean = match &kept {
            None => rounded(whole),
            Some(kept) => whole
                .iter()
                .zip(kept)
                .map(|(mean, share)| Qty::round_from_f64(mean * share))
                .collect(),
        };
        let moving = is_moving.then(|| moving(forecasts, index, &mean));
        answered.push(Answered {
            expected: Expected {
                key: series.key,
                mean,
            },
            moving,
        });
    }
    answered
}

fn moving(forecasts: &Forecasts, index: usize, left: &[Qty]) -> Moving {
    let of = |values: &[f64]| rounded(part(values, forecasts.horizon, index));
    let whole = of(&forecasts.mean);
    let bands = forecasts.bands.iter();
    let limits = bands.flat_map(|band| [of(&band.low), of(&band.high)]);
    let model = forecasts.models.get(index);
    Moving {
        weeks: whole
            .iter()
            .zip(left)
            .map(|(whole, left)| *whole - *left)
            .collect(),
        inherited: Inherited {
            model: model.map_or_else(String::new, |model| model.model().id.to_owned()),
            limits: limits.collect(),
            total_sigma: part(&forecasts.total_sigma, forecasts.horizon, index).to_vec(),
            shared: 0.0,
        },
        whole,
    }
}

/// The values of one series.
pub(super) fn part<T>(values: &[T], horizon: usize, index: usize) -> &[T] {
    values.chunks(horizon.max(1)).nth(index).unwrap_or_default()
}

pub(super) fn rounded(values: &[f64]) -> Vec<Qty> {
    values
        .iter()
        .map(|value| Qty::round_from_f64(*value))
        .collect()
}

/// What is told to each partition, and what the decisions do.
pub(super) fn tell(
    (answers, launched): (Vec<Answered>, Vec<Launched>),
    decisions: &[InForce],
    links: &Links,
    catalog: &Catalog,
    as_of: Day,
) -> (Vec<Vec<Told>>, Vec<Effect>) {
    let mut expected = Vec::with_capacity(answers.len());
    let mut left = Vec::new();
    for answer in answers {
        let key = answer.expected.key;
        expected.push(answer.expected);
        left.extend(answer.moving.map(|moving| (key, moving)));
    }
    order::sort_by_key(&mut expected, |one| one.key);
    let mut heirs: Vec<Told> = Vec::new();
    for one in launched {
        let forecast = Expected {
            key: one.key,
            mean: one.mean.clone(),
        };
        match expected.binary_search_by_key(&one.key, |known| known.key) {
            Ok(place) => expected.get_mut(place).into_iter().for_each(|known| {
                known.mean.clone_from(&forecast.mean);
            }),
            Err(place) => expected.insert(place, forecast),
        }
        heirs.push(one.told());
    }
    for (key, moving) in left {
        hand_over(key, &moving, links, as_of, (&mut expected, &mut heirs));
    }
    let before: Vec<Vec<Qty>> = expected.iter().map(|one| one.mean.clone()).collect();
    let effects = apply(&mut expected, decisions, catalog, as_of);
    let mut told: Vec<Vec<Told>> = vec![Vec::new(); PARTITIONS];
    for (one, before) in expected.into_iter().zip(before) {
        let is_adjusted = one.mean != before;
        let heir = heirs.iter().position(|heir| heir.key == one.key);
        if !is_adjusted && heir.is_none() {
            continue;
        }
        let mut entry = match heir {
            Some(place) => heirs.swap_remove(place),
            None => Told::of(one.key),
        };
        if heir.is_some() {
            entry.statistical = before;
        }
        if is_adjusted {
            entry.adjusted = one.mean;
        }
        let home = catalog.sku(one.key.sku).map(|sku| partition_of(&sku.code));
        if let Some(list) = home.and_then(|home| told.get_mut(home)) {
            list.push(entry);
        }
    }
    (told, effects)
}

impl Told {
    fn of(key: SeriesKey) -> Self {
        Self {
            key,
            statistical: Vec::new(),
            adjusted: Vec::new(),
            inherited: None,
        }
    }
}

/// Gives the demand that a series leaves to the series of its heirs, week by week.
fn hand_over(
    key: SeriesKey,
    moving: &Moving,
    links: &Links,
    as_of: Day,
    (expected, heirs): (&mut Vec<Expected>, &mut Vec<Told>),
) {
    let horizon = moving.weeks.len();
    let mut passed = Qty::ZERO;
    let mut whole = Qty::ZERO;
    for (week, units) in moving.weeks.iter().enumerate() {
        passed += *units;
        whole += moving.whole.get(week).copied().unwrap_or(Qty::ZERO);
        if units.is_zero() {
            continue;
        }
        let start = as_of + 1 + 7 * i32::try_from(week).unwrap_or(0);
        let heir = SeriesKey {
            sku: links.heir(key.sku, start),
            ..key
        };
        let place = expected.binary_search_by_key(&heir, |one| one.key);
        if let Err(place) = place {
            let mean = vec![Qty::ZERO; horizon];
            expected.insert(place, Expected { key: heir, mean });
        }
        let at = place.unwrap_or_else(|place| place);
        let mean = expected.get_mut(at).and_then(|one| one.mean.get_mut(week));
        if let Some(mean) = mean {
            *mean += *units;
        }
        if heirs.iter().all(|known| known.key != heir) {
            let inherited = place.is_err().then(|| moving.inherited.blank(horizon));
            heirs.push(Told {
                inherited,
                ..Told::of(heir)
            });
        }
        let told = heirs.iter_mut().find(|known| known.key == heir);
        if let Some(inherited) = told.and_then(|told| told.inherited.as_mut()) {
            inherited.add(&moving.inherited, week, (*units, moving.whole.get(week)));
            inherited.raise(&moving.inherited, week, (passed, whole));
        }
    }
}

impl Inherited {
    /// The same model, nothing inherited yet.
    fn blank(&self, horizon: usize) -> Self {
        Self {
            model: self.model.clone(),
            limits: vec![vec![Qty::ZERO; horizon]; self.limits.len()],
            total_sigma: vec![0.0; horizon],
            shared: self.shared,
        }
    }

    /// Adds the limits of a week in the share that `units` have of a whole forecast.
    fn add(&mut self, from: &Self, week: usize, (units, whole): (Qty, Option<&Qty>)) {
        let whole = whole.copied().unwrap_or(Qty::ZERO);
        for (own, other) in self.limits.iter_mut().zip(&from.limits) {
            if let (Some(own), Some(other)) = (own.get_mut(week), other.get(week)) {
                *own += moved(*other, whole, units);
            }
        }
    }

    /// The error of a total is as large against it as the predecessor's was.
    fn raise(&mut self, from: &Self, week: usize, (passed, whole): (Qty, Qty)) {
        let share = match whole.is_zero() {
            true => 1.0,
            false => passed.to_f64() / whole.to_f64(),
        };
        let own = self.total_sigma.iter_mut().zip(&from.total_sigma);
        for (own, other) in own.skip(week) {
            *own = num::larger(*own, other * share);
        }
    }
}

/// A limit of a forecast that is moved from `from` to `to`: in proportion, or with its distance
/// where nothing was forecast.
pub(super) fn moved(limit: Qty, from: Qty, to: Qty) -> Qty {
    if from == to {
        return limit;
    }
    if from <= Qty::ZERO {
        return (to + (limit - from)).max(Qty::ZERO);
    }
    let product = i128::from(limit.thousandths()) * i128::from(to.thousandths());
    let from = i128::from(from.thousandths());
    Qty::from_thousandths(i64::try_from((product + from / 2) / from).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_move_in_proportion_and_stay_around_the_mean() {
        let qty = Qty::from_thousandths;
        assert_eq!(moved(qty(80), qty(100), qty(120)), qty(96));
        assert_eq!(moved(qty(130), qty(100), qty(0)), qty(0));
        assert_eq!(moved(qty(5), qty(0), qty(1_000)), qty(1_005));
        assert_eq!(moved(qty(0), qty(0), qty(1_000)), qty(1_000));
    }
}
