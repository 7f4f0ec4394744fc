//! The ramp of launches: demand of each week after the first day over the level.

use super::{CURVE_WEEKS, LEVEL_WEEKS, PastLaunch};
use crate::num::{count_f64, floor_count, larger};
use crate::order;
use serde::{Deserialize, Serialize};

/// Share of launches below and above the band.
const TAIL: f64 = 0.1;
/// Last weeks of a ramp that stand for what comes after it.
const TAIL_WEEKS: usize = 4;
/// Least variance between the ramps of items.
const VARIANCE_MIN: f64 = 0.01;

/// One week of a ramp, as a share of the level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CurveWeek {
    /// What is expected.
    pub mean: f64,
    /// Eight of ten past items lay between this
    pub low: f64,
    /// and that.
    pub high: f64,
}

/// Demand by week after the first day of sale, as a share of the level; the first
/// [`LEVEL_WEEKS`] have the mean one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// [`CURVE_WEEKS`] of them.
    pub weeks: Vec<CurveWeek>,
}

/// Demand and level of one item over all outlets where the week is known.
#[derive(Clone, Copy, Default)]
struct Sums {
    units: f64,
    level: f64,
}

impl Curve {
    /// A ramp that is flat from the first day.
    #[must_use]
    pub fn flat() -> Self {
        let week = CurveWeek {
            mean: 1.0,
            low: 1.0,
            high: 1.0,
        };
        Self {
            weeks: vec![week; CURVE_WEEKS],
        }
    }

    /// The ramp that launches show. `noise` is the variance of a week over its mean.
    ///
    /// A week's ratio is the mean over items, weighted by the inverse of `noise / level + t`, `t`
    /// the variance between items by moments (DerSimonian and Laird 1986, Controlled Clinical
    /// Trials 7, eq. 8). It is drawn to one (after the level weeks: to the week before) by
    /// `A / (A + s^2)`, `s^2` its own variance and `A` the variance of true ratios by moments
    /// (Efron and Morris 1973, JASA 68, 117-130).
    pub(super) fn learn(launches: &[PastLaunch], noise: f64) -> Self {
        let items = by_item(launches);
        let first: Vec<f64> = (0..CURVE_WEEKS).map(|week| pooled(&items, week)).collect();
        let between = between(&items, &first, noise);
        let mut means: Vec<(f64, f64)> = Vec::with_capacity(CURVE_WEEKS);
        for week in 0..CURVE_WEEKS {
            means.push(weighted(&items, week, noise, between));
        }
        let level = means.get(..LEVEL_WEEKS).unwrap_or_default();
        let signal: f64 = level
            .iter()
            .map(|(mean, variance)| (mean - 1.0) * (mean - 1.0) - variance)
            .sum();
        let signal = larger(signal / count_f64(LEVEL_WEEKS), 0.0);
        let mut drawn = Vec::with_capacity(CURVE_WEEKS);
        let mut before = 1.0;
        for (week, (mean, variance)) in means.iter().enumerate() {
            let anchor = if week < LEVEL_WEEKS { 1.0 } else { before };
            let own = match signal + variance > 0.0 {
                true => signal / (signal + variance),
                false => 0.0,
            };
            before = anchor + own * (mean - anchor);
            drawn.push(larger(before, 0.0));
        }
        let sum: f64 = drawn.iter().take(LEVEL_WEEKS).sum();
        let scale = count_f64(LEVEL_WEEKS) / larger(sum, 1e-9);
        let week = |(week, mean): (usize, &f64)| {
            let (low, high) = band(&items, week, *mean);
            CurveWeek {
                mean: mean * scale,
                low,
                high,
            }
        };
        Self {
            weeks: drawn.iter().enumerate().map(week).collect(),
        }
    }

    /// The share of the level in a week of age; later weeks are as the last four.
    #[must_use]
    pub fn at(&self, week: usize) -> f64 {
        if let Some(week) = self.weeks.get(week) {
            return week.mean;
        }
        let tail = self.weeks.iter().rev().take(TAIL_WEEKS);
        let (sum, count) = tail.fold((0.0, 0.0), |(sum, count), week| {
            (sum + week.mean, count + 1.0)
        });
        if count > 0.0 { sum / count } else { 1.0 }
    }

    /// Weeks of level that the seven days from one `age` days after the first hold; days before
    /// the first hold nothing.
    #[must_use]
    pub fn over_week(&self, age: i32) -> f64 {
        self.over_days(age, 7)
    }

    /// The same for so many days.
    #[must_use]
    pub fn over_days(&self, age: i32, days: i32) -> f64 {
        let day = |day: i32| match usize::try_from(age + day) {
            Ok(day) => self.at(day / 7) / 7.0,
            Err(_before) => 0.0,
        };
        (0..days.max(0)).map(day).sum()
    }
}

/// By item: sums by week.
fn by_item(launches: &[PastLaunch]) -> Vec<[Sums; CURVE_WEEKS]> {
    let mut items: Vec<(u32, [Sums; CURVE_WEEKS])> = Vec::new();
    for launch in launches {
        let place = items.partition_point(|(item, _)| *item < launch.item);
        if items
            .get(place)
            .is_none_or(|(item, _)| *item != launch.item)
        {
            items.insert(place, (launch.item, [Sums::default(); CURVE_WEEKS]));
        }
        let Some((_, sums)) = items.get_mut(place) else {
            continue;
        };
        for (sums, units) in sums.iter_mut().zip(&launch.weeks) {
            sums.units += units;
            sums.level += launch.level();
        }
    }
    items.into_iter().map(|(_, sums)| sums).collect()
}

fn of_week(items: &[[Sums; CURVE_WEEKS]], week: usize) -> impl Iterator<Item = Sums> + '_ {
    let sums = items.iter().filter_map(move |item| item.get(week).copied());
    sums.filter(|sums| sums.level > 0.0)
}

fn pooled(items: &[[Sums; CURVE_WEEKS]], week: usize) -> f64 {
    let (mut units, mut level) = (0.0, 0.0);
    for sums in of_week(items, week) {
        units += sums.units;
        level += sums.level;
    }
    if level > 0.0 { units / level } else { 1.0 }
}

/// Variance between the ratios of items that noise does not explain, over the level weeks.
fn between(items: &[[Sums; CURVE_WEEKS]], means: &[f64], noise: f64) -> f64 {
    let (mut excess, mut weight) = (0.0, 0.0);
    for (week, mean) in means.iter().enumerate().take(LEVEL_WEEKS) {
        for sums in of_week(items, week) {
            let off = sums.units - mean * sums.level;
            excess += off * off - noise * mean * sums.level;
            weight += sums.level * sums.level;
        }
    }
    larger(excess / larger(weight, 1e-9), VARIANCE_MIN)
}

/// Weighted mean of a week's ratios, and its variance.
fn weighted(items: &[[Sums; CURVE_WEEKS]], week: usize, noise: f64, between: f64) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for sums in of_week(items, week) {
        let own = 1.0 / (noise / sums.level + between);
        sum += own * sums.units / sums.level;
        weight += own;
    }
    match weight > 0.0 {
        true => (sum / weight, 1.0 / weight),
        false => (1.0, f64::MAX),
    }
}

/// The ratios below and above which a tenth of the items lay.
fn band(items: &[[Sums; CURVE_WEEKS]], week: usize, mean: f64) -> (f64, f64) {
    let mut ratios: Vec<f64> = of_week(items, week)
        .map(|sums| sums.units / sums.level)
        .collect();
    order::sort_by(&mut ratios, f64::total_cmp);
    let Some(last) = ratios.len().checked_sub(1) else {
        return (mean, mean);
    };
    let at = |share: f64| {
        let place = share * count_f64(last);
        let whole = floor_count(place);
        let low = ratios.get(whole).copied().unwrap_or(mean);
        let high = ratios.get(whole + 1).copied().unwrap_or(low);
        low + (place - count_f64(whole)) * (high - low)
    };
    (at(TAIL), at(1.0 - TAIL))
}
