//! Daily demand by group, and the level of quiet days around a day.

use std::ops::Range;

use crate::day::Day;
use crate::num::count_f64;

/// Demand by day and group (a category), every day from the first on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DailyTotals {
    /// Day of the first value of each group.
    pub first_day: Day,
    /// Number of groups.
    pub groups: usize,
    /// Units, all days of the first group, then of the next; the same number of days for each.
    pub values: Vec<f64>,
}

/// The observed days of some groups, and of all of those together in a last row.
pub(super) struct Panel {
    first_day: Day,
    days: usize,
    values: Vec<f64>,
}

impl Panel {
    /// Cuts off what lies after `as_of`; what is no number or below zero counts as zero.
    pub(super) fn new(totals: &DailyTotals, groups: &[usize], as_of: Day) -> Self {
        let given = totals.values.len() / totals.groups.max(1);
        let known = usize::try_from(as_of - totals.first_day + 1).unwrap_or(0);
        let days = given.min(known);
        let mut values = Vec::with_capacity((groups.len() + 1) * days);
        let mut sum = vec![0.0; days];
        for group in groups {
            let own = totals.values.get(group * given..(group + 1) * given);
            for (value, sum) in own.unwrap_or_default().iter().zip(&mut sum) {
                let value = if value.is_finite() {
                    value.max(0.0)
                } else {
                    0.0
                };
                values.push(value);
                *sum += value;
            }
        }
        values.append(&mut sum);
        Self {
            first_day: totals.first_day,
            days,
            values,
        }
    }

    /// Observed days.
    pub(super) fn days(&self) -> usize {
        self.days
    }

    /// The position of a day; `None` outside the history.
    pub(super) fn index(&self, day: Day) -> Option<usize> {
        let index = usize::try_from(day - self.first_day).ok()?;
        (index < self.days).then_some(index)
    }

    /// The day at a position.
    pub(super) fn day(&self, index: usize) -> Day {
        self.first_day + i32::try_from(index).unwrap_or(i32::MAX / 2)
    }

    /// Units of all groups together on some days.
    pub(super) fn units_on(&self, days: &[usize]) -> f64 {
        let all = self.values.len().saturating_sub(self.days);
        let units = days.iter().filter_map(|day| self.values.get(all + day));
        units.sum()
    }

    /// Adds demand of a day, each row to the sum whose place `rows` has for it.
    pub(super) fn add_actual(&self, day: usize, rows: &[usize], sums: &mut [f64]) {
        self.add(day, 1.0, rows, sums);
    }

    /// Adds the weighted demand of quiet days, likewise.
    pub(super) fn add_level(&self, quiet: &QuietDays, rows: &[usize], sums: &mut [f64]) {
        for (day, weight) in quiet.iter() {
            self.add(day, weight, rows, sums);
        }
    }

    fn add(&self, day: usize, weight: f64, rows: &[usize], sums: &mut [f64]) {
        let column = self.values.iter().skip(day).step_by(self.days.max(1));
        for (row, value) in rows.iter().zip(column) {
            if let Some(sum) = sums.get_mut(*row) {
                *sum += weight * value;
            }
        }
    }
}

/// Same weekdays taken on each side of a day.
const SIDE_DAYS: usize = 2;
/// Same weekdays taken where only one side has any.
const LONE_SIDE_DAYS: usize = 4;
/// How far away a quiet week may lie: beyond a quarter it is another season.
const WEEKS_AWAY_MAX: usize = 13;

/// Days that tell what a day would have been without an event, with weights that sum to one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct QuietDays {
    before: Side,
    after: Side,
    before_weight: f64,
    after_weight: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Side {
    days: [usize; LONE_SIDE_DAYS],
    count: usize,
    /// Weeks to all of its days.
    distance: usize,
}

impl QuietDays {
    /// The nearest same weekdays before and after `day` that are not taken and not inside
    /// `hole`; `None` if there are none within a quarter.
    ///
    /// Two on each side, the sides weighted by nearness so that a straight trend drops out;
    /// four where only one side has any.
    pub(super) fn around(day: usize, is_taken: &[bool], hole: &Range<usize>) -> Option<Self> {
        let is_quiet = |other: &usize| {
            is_taken.get(*other).is_some_and(|taken| !taken) && !hole.contains(other)
        };
        let before = |weeks: usize| day.checked_sub(7 * weeks).filter(is_quiet);
        let after = |weeks: usize| Some(day + 7 * weeks).filter(is_quiet);
        let (left, right) = (Side::new(before, SIDE_DAYS), Side::new(after, SIDE_DAYS));
        match (left.count, right.count) {
            (0, 0) => None,
            (0, _) => Some(Self::one_sided(
                Side::default(),
                Side::new(after, LONE_SIDE_DAYS),
            )),
            (_, 0) => Some(Self::one_sided(
                Side::new(before, LONE_SIDE_DAYS),
                Side::default(),
            )),
            (_, _) => Some(Self::between(left, right)),
        }
    }

    fn one_sided(before: Side, after: Side) -> Self {
        Self {
            before,
            after,
            before_weight: 1.0 / count_f64(before.count.max(1)),
            after_weight: 1.0 / count_f64(after.count.max(1)),
        }
    }

    fn between(before: Side, after: Side) -> Self {
        let total = before.mean_distance() + after.mean_distance();
        Self {
            before,
            after,
            before_weight: after.mean_distance() / total / count_f64(before.count),
            after_weight: before.mean_distance() / total / count_f64(after.count),
        }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, f64)> {
        let of = |side: &Side, weight: f64| {
            let days = side.days.into_iter().take(side.count);
            days.map(move |day| (day, weight))
        };
        of(&self.before, self.before_weight).chain(of(&self.after, self.after_weight))
    }
}

impl Side {
    fn new(day_at: impl Fn(usize) -> Option<usize>, wanted: usize) -> Self {
        let mut side = Self::default();
        for weeks in 1..=WEEKS_AWAY_MAX {
            let Some(day) = day_at(weeks) else { continue };
            if let Some(place) = side.days.get_mut(side.count) {
                *place = day;
            }
            side.count += 1;
            side.distance += weeks;
            if side.count == wanted {
                break;
            }
        }
        side
    }

    fn mean_distance(&self) -> f64 {
        count_f64(self.distance) / count_f64(self.count)
    }
}

/// Half a unit, added to demand and level before logarithms: it keeps a day without demand
/// finite, and ln(x + 0.5) of a Poisson count is unbiased to second order.
///
/// Source: Haldane (1956), Annals of Human Genetics 20, 309-311.
const HALF_UNIT: f64 = 0.5;

/// ln(actual / level); `None` where the level says nothing was sold.
pub(super) fn log_ratio(actual: f64, level: f64) -> Option<f64> {
    (level > 0.0).then(|| crate::num::ln((actual + HALF_UNIT) / (level + HALF_UNIT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(quiet: &QuietDays) -> Vec<usize> {
        quiet.iter().map(|(day, _)| day).collect()
    }

    #[test]
    fn the_level_skips_events_and_follows_a_trend() {
        let totals = DailyTotals {
            first_day: Day::from_number(0),
            groups: 1,
            values: (0..70).map(f64::from).collect(),
        };
        let panel = Panel::new(&totals, &[0], Day::from_number(200));
        let mut is_taken = vec![false; 70];
        is_taken[28] = true;
        let quiet = QuietDays::around(35, &is_taken, &(35..36)).unwrap();
        assert_eq!(days(&quiet), [21, 14, 42, 49]);
        let mut level = [0.0; 2];
        panel.add_level(&quiet, &[0, 1], &mut level);
        assert!(
            (level[0] - 35.0).abs() < 1e-9 && level[0] == level[1],
            "{level:?}"
        );
    }

    #[test]
    fn the_ends_of_history_look_to_one_side() {
        let is_taken = [false; 70];
        let quiet = QuietDays::around(68, &is_taken, &(0..0)).unwrap();
        assert_eq!(days(&quiet), [61, 54, 47, 40]);
        let quiet = QuietDays::around(3, &is_taken, &(0..11)).unwrap();
        assert_eq!(days(&quiet), [17, 24, 31, 38]);
        assert!(QuietDays::around(3, &is_taken[..9], &(0..11)).is_none());
    }

    #[test]
    fn what_comes_after_as_of_is_not_seen() {
        let totals = DailyTotals {
            first_day: Day::from_number(10),
            groups: 2,
            values: vec![1.0, f64::NAN, 3.0, -4.0, 5.0, 6.0],
        };
        let panel = Panel::new(&totals, &[0, 1], Day::from_number(11));
        assert_eq!(panel.days(), 2);
        assert_eq!(panel.units_on(&[0, 1]), 6.0);
        assert_eq!(panel.values, [1.0, 0.0, 0.0, 5.0, 1.0, 5.0]);
        assert_eq!(panel.index(Day::from_number(12)), None);
    }
}
