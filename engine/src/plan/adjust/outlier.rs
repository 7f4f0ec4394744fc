//! Weeks that stand out of their neighbours, and what forecasts see in their place.

use serde::{Deserialize, Serialize};

use super::decision::Replacement;
use crate::day::Day;
use crate::demand::{DemandRow, SeriesKey};
use crate::master::Catalog;
use crate::num;
use crate::order;
use crate::units::{Amount, Qty};

/// Newest weeks that are looked at: two years.
const WEEKS: usize = 104;
/// Neighbours on either side.
const REACH: usize = 8;
/// Neighbours needed: the newest week has those of one side only.
const NEIGHBOURS_MIN: usize = 8;
/// Weeks after which a new level is no outlier: with fewer after it, they must have come back.
const SETTLED: usize = 4;
/// Deviations from the neighbours' median beyond which a week stands out.
const DEVIATIONS: f64 = 6.0;
/// Standard deviation of a normal distribution over its mean distance: the root of pi / 2.
const OVER_MEAN_DISTANCE: f64 = 1.253_314_137_315_500_3;
/// Deviation taken at least, as a share of the median.
const LEAST_SHARE: f64 = 0.1;
/// Units a week must be off.
const UNITS_MIN: f64 = 10.0;
/// How many times its neighbours a high week must be, and a low one of them.
const RATIO: f64 = 2.5;

/// A week of a series that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlier {
    /// Which series.
    pub key: SeriesKey,
    /// First day of the week.
    pub week: Day,
    /// Units ordered.
    pub actual: Qty,
    /// Units its neighbours suggest.
    pub typical: Qty,
    /// Distance in deviations of the neighbours.
    pub deviations: f64,
}

impl Outlier {
    /// Units off the typical, at cost where it is known: how much the week matters.
    pub fn units_at_cost(&self, catalog: &Catalog) -> f64 {
        let cost = catalog.sku(self.key.sku).and_then(|sku| sku.unit_cost);
        let units = (self.actual - self.typical).to_f64().abs();
        units * cost.map_or(1.0, Amount::to_f64)
    }
}

/// Weeks without events that lie further from the median of their neighbours than six of their
/// deviations (1.2533 mean distances from it, at least that of a Poisson count and a tenth of the
/// median), by 10 units and by the factor 2.5 at least. The newest weeks do not if
/// all that came after them stayed as far away: that is a new level.
///
/// Source: Hampel identifier; Davies & Gather (1993), Journal of the American Statistical
/// Association 88, 782-792; with the mean distance in place of the median one, which is zero
/// where most weeks have no demand.
pub(in crate::plan) fn outliers(
    key: SeriesKey,
    weeks: &[f64],
    is_touched: impl Fn(usize) -> bool,
    as_of: Day,
    found: &mut Vec<Outlier>,
) {
    let first = weeks.len().saturating_sub(WEEKS);
    let largest = weeks.iter().skip(first).copied().fold(0.0, num::larger);
    if largest < UNITS_MIN {
        return;
    }
    let mut near: Vec<f64> = Vec::with_capacity(2 * REACH);
    for (place, value) in weeks.iter().enumerate().skip(first) {
        if is_touched(place) {
            continue;
        }
        near.clear();
        let from = place.saturating_sub(REACH);
        for (other, value) in weeks.iter().enumerate().skip(from).take(2 * REACH + 1) {
            if other != place && !is_touched(other) {
                near.push(*value);
            }
        }
        let mean = near.iter().sum::<f64>() / num::count_f64(near.len().max(1));
        // Cheap and wide: most weeks need no median.
        let is_near = (value - mean).abs() < 0.5 * UNITS_MIN;
        if near.len() < NEIGHBOURS_MIN || is_near || !is_far(*value, mean, 0.5 * RATIO) {
            continue;
        }
        let middle = median(&mut near);
        let distances = near.iter().map(|value| (value - middle).abs());
        let spread =
            OVER_MEAN_DISTANCE * distances.sum::<f64>() / num::count_f64(near.len().max(1));
        let scale = num::larger(spread, num::larger(num::sqrt(middle), LEAST_SHARE * middle));
        let off = (value - middle).abs();
        let deviations = off / num::larger(scale, 1.0);
        let later = weeks.get(place + 1..).unwrap_or_default();
        let has_moved = (1..SETTLED).contains(&later.len())
            && later.iter().all(|later| (later - middle).abs() > 0.5 * off);
        if deviations >= DEVIATIONS
            && off >= UNITS_MIN
            && is_far(*value, middle, RATIO)
            && !has_moved
        {
            let age = i32::try_from(weeks.len() - place).unwrap_or(0);
            found.push(Outlier {
                key,
                week: as_of + 1 + -(7 * age),
                actual: Qty::round_from_f64(*value),
                typical: Qty::round_from_f64(middle.round()),
                deviations,
            });
        }
    }
}

fn is_far(value: f64, level: f64, ratio: f64) -> bool {
    value >= ratio * level || value * ratio <= level
}

/// The middle value, or the mean of the two.
fn median(values: &mut [f64]) -> f64 {
    order::sort_by(values, f64::total_cmp);
    let half = values.len() / 2;
    let at = |place: usize| values.get(place).copied().unwrap_or(0.0);
    if values.len() % 2 == 1 {
        at(half)
    } else {
        0.5 * (at(half.saturating_sub(1)) + at(half))
    }
}

/// Puts a decided week in the place of the rows it was made of: every row in proportion, or the
/// week's middle day where there was none.
pub(in crate::plan) fn replace(
    rows: &mut Vec<DemandRow>,
    replacement: &Replacement,
    catalog: &Catalog,
) {
    let Some(key) = replacement.series(catalog) else {
        return;
    };
    let week = replacement.week;
    let is_meant = |row: &DemandRow| {
        (row.sku, row.channel, row.region) == (key.sku, key.channel, key.region)
            && row.day >= week
            && row.day - week < 7
    };
    let mut parts: Vec<&mut Qty> = Vec::new();
    for row in rows.iter_mut() {
        if is_meant(row) {
            parts.push(&mut row.quantity);
        }
    }
    if !parts.is_empty() {
        super::spread::spread(&mut parts, replacement.value);
        return;
    }
    rows.push(DemandRow {
        day: week + 3,
        sku: key.sku,
        channel: key.channel,
        region: key.region,
        quantity: replacement.value,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, RegionId, SkuId};

    const KEY: SeriesKey = SeriesKey {
        sku: SkuId(0),
        channel: ChannelId(0),
        region: RegionId(0),
    };

    fn found(weeks: &[f64], touched: &[usize]) -> Vec<(i32, i64, i64)> {
        let mut found = Vec::new();
        let is_touched = |week: usize| touched.contains(&week);
        outliers(KEY, weeks, is_touched, Day::from_number(699), &mut found);
        found
            .iter()
            .map(|one| {
                let units = |qty: Qty| qty.thousandths() / 1_000;
                (one.week.number(), units(one.actual), units(one.typical))
            })
            .collect()
    }

    #[test]
    fn a_spike_and_a_gap_stand_out_and_events_do_not() {
        let mut weeks: Vec<f64> = (0..100).map(|week| 50.0 + f64::from(week % 5)).collect();
        assert_eq!(found(&weeks, &[]), []);
        weeks[60] = 400.0;
        weeks[90] = 2.0;
        // Week 60 of 100 begins 40 weeks before day 700.
        let expected = [(700 - 7 * 40, 400, 52), (700 - 7 * 10, 2, 52)];
        assert_eq!(found(&weeks, &[]), expected);
        assert_eq!(found(&weeks, &[60]), expected[1..]);
    }

    #[test]
    fn small_counts_and_new_levels_do_not_stand_out() {
        let mut weeks = vec![0.0; 60];
        weeks[30] = 9.0;
        assert_eq!(found(&weeks, &[]), []);
        let mut weeks = vec![10.0; 30];
        weeks.extend([100.0; 30]);
        assert_eq!(found(&weeks, &[]), []);
        // The newest week might be one; three newest weeks are a new level.
        weeks.truncate(31);
        assert_eq!(found(&weeks, &[]), [(693, 100, 10)]);
        weeks.extend([100.0; 2]);
        assert_eq!(found(&weeks, &[]), []);
    }
}
