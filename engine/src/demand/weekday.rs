//! How a week's demand spreads over its days, by category.

use serde::{Deserialize, Serialize};

use super::DemandRow;
use crate::day::Day;
use crate::ids::CategoryId;

/// Days with any demand a category needs before its own rhythm is used: eight weeks.
const DAYS_MIN: u32 = 56;
/// How far back the rhythm is measured, days.
const WINDOW_DAYS: i32 = 364;

/// Demand by category and day of the week over the last 52 weeks; sums of partitions merge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WeekdaySums {
    /// For each category: thousandths of units for Monday .. Sunday.
    thousandths: Vec<[i64; 7]>,
    /// For each category: distance in days between its first and last day with demand, plus one.
    span: Vec<(i32, i32)>,
}

/// Share of a week's demand by day: Monday .. Sunday; sums to one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WeekdayProfile {
    shares: Vec<[f64; 7]>,
}

impl WeekdaySums {
    /// Sums rows of the last 52 weeks; `category` gives the category of a row.
    pub fn new<'a>(
        rows: impl IntoIterator<Item = &'a DemandRow>,
        as_of: Day,
        categories: usize,
        category: impl Fn(&DemandRow) -> CategoryId,
    ) -> Self {
        let mut sums = Self {
            thousandths: vec![[0; 7]; categories],
            span: vec![(i32::MAX, i32::MIN); categories],
        };
        let recent = rows
            .into_iter()
            .filter(|row| row.day <= as_of && as_of - row.day < WINDOW_DAYS);
        for row in recent.filter(|row| !row.quantity.is_zero()) {
            let index = category(row).index();
            let week = sums.thousandths.get_mut(index);
            if let Some(day) = week.and_then(|week| week.get_mut(row.day.weekday().index())) {
                *day = day.saturating_add(row.quantity.thousandths());
            }
            if let Some((first, last)) = sums.span.get_mut(index) {
                *first = row.day.number().min(*first);
                *last = row.day.number().max(*last);
            }
        }
        sums
    }

    /// Adds the sums of another partition.
    pub fn merge(&mut self, other: &Self) {
        if self.thousandths.is_empty() {
            self.clone_from(other);
            return;
        }
        for (week, more) in self.thousandths.iter_mut().zip(&other.thousandths) {
            for (day, more) in week.iter_mut().zip(more) {
                *day = day.saturating_add(*more);
            }
        }
        for (span, more) in self.span.iter_mut().zip(&other.span) {
            *span = (span.0.min(more.0), span.1.max(more.1));
        }
    }

    /// Shares by category; fewer than eight weeks of daily data give one seventh each.
    pub fn profile(&self) -> WeekdayProfile {
        let shares = self
            .thousandths
            .iter()
            .zip(&self.span)
            .map(|(week, (first, last))| {
                let total: i64 = week.iter().fold(0, |sum, day| sum.saturating_add(*day));
                let days = last.saturating_sub(*first).saturating_add(1);
                let is_daily = u32::try_from(days).is_ok_and(|days| days >= DAYS_MIN)
                    && week.iter().filter(|day| **day > 0).count() > 1;
                if total <= 0 || !is_daily {
                    return [1.0 / 7.0; 7];
                }
                week.map(|day| {
                    crate::units::Qty::from_thousandths(day).to_f64()
                        / crate::units::Qty::from_thousandths(total).to_f64()
                })
            });
        WeekdayProfile {
            shares: shares.collect(),
        }
    }
}

impl WeekdayProfile {
    /// Shares of a category's week for the seven days that start with `first`, in that order.
    pub fn week_from(&self, category: CategoryId, first: Day) -> [f64; 7] {
        let shares = self
            .shares
            .get(category.index())
            .copied()
            .unwrap_or([1.0 / 7.0; 7]);
        let mut week = shares;
        week.rotate_left(first.weekday().index());
        week
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, RegionId, SkuId};
    use crate::units::Qty;

    fn rows(days: i32) -> Vec<DemandRow> {
        let row = |day| DemandRow {
            day: Day::from_number(day),
            sku: SkuId(0),
            channel: ChannelId(0),
            region: RegionId(0),
            // 1970-01-01 was a Thursday: days 2, 9, .. are Saturdays.
            quantity: Qty::from_units(if day % 7 == 2 { 4 } else { 1 }),
        };
        (0..days).map(row).collect()
    }

    #[test]
    fn eight_weeks_of_days_give_the_category_its_own_rhythm() {
        let as_of = Day::from_number(69);
        let profile = |days| WeekdaySums::new(&rows(days), as_of, 1, |_| CategoryId(0)).profile();
        let monday = Day::from_number(70 + 4);
        let week = profile(70).week_from(CategoryId(0), monday);
        assert!(
            (week[5] - 0.4).abs() < 1e-12 && (week[0] - 0.1).abs() < 1e-12,
            "{week:?}"
        );
        assert!((week.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(profile(20).week_from(CategoryId(0), monday)[5], 1.0 / 7.0);
    }

    #[test]
    fn merging_partitions_equals_one_pass() {
        let all = rows(70);
        let as_of = Day::from_number(69);
        let sums = |rows: &[DemandRow]| WeekdaySums::new(rows, as_of, 1, |_| CategoryId(0));
        let mut merged = sums(&all[..31]);
        merged.merge(&sums(&all[31..]));
        assert_eq!(merged, sums(&all));
    }
}
