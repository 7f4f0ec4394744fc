//! What a place may expect: daily demand ahead and the error of its total.

use crate::num;

/// Demand ahead of one SKU in one warehouse.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Mean demand by day, units; the first day is the one after `as_of`.
    pub daily: Vec<f64>,
    /// Variance of the error of total demand over 1, 2, .. whole weeks, units squared.
    pub weekly_variance: Vec<f64>,
    /// Total demand over 1, 2, .. weeks of the series that share a doubt.
    shared: Vec<f64>,
}

impl Outlook {
    /// Adds a series: its weekly means and the standard deviation of its cumulative
    /// error over 1, 2, .. weeks, spread over days by a week's `shares` (from the first
    /// forecast day on). Means add; variances add with correlation zero (engine
    /// convention 1.0).
    pub fn add(
        &mut self,
        weekly_mean: impl Iterator<Item = f64>,
        cumulative_sd: &[f64],
        shares: impl Fn(usize) -> [f64; 7],
    ) {
        let weeks = weekly_mean.enumerate();
        let days = weeks.flat_map(|(week, mean)| shares(week).map(|share| mean * share));
        for (index, demand) in days.enumerate() {
            match self.daily.get_mut(index) {
                Some(day) => *day += demand,
                None => self.daily.push(demand),
            }
        }
        for (index, sd) in cumulative_sd.iter().enumerate() {
            match self.weekly_variance.get_mut(index) {
                Some(variance) => *variance += sd * sd,
                None => self.weekly_variance.push(sd * sd),
            }
        }
    }

    /// Makes the errors of a series that was added go with those of the others of which this is
    /// said: a part of its relative variance, `doubt`, is the same for all of them.
    pub fn share(&mut self, weekly_mean: &[f64], doubt: f64) {
        let mut total = 0.0;
        for (week, mean) in weekly_mean.iter().enumerate() {
            total += mean;
            let before = self.shared.get(week).copied().unwrap_or(0.0);
            if let Some(variance) = self.weekly_variance.get_mut(week) {
                *variance += 2.0 * doubt * before * total;
            }
            match self.shared.get_mut(week) {
                Some(sum) => *sum += total,
                None => self.shared.push(total),
            }
        }
    }

    /// Drops demand later than `days` days ahead (end of sale), errors stay.
    pub fn end_after(&mut self, days: i32) {
        let last = usize::try_from(days.max(0)).unwrap_or(0);
        self.daily
            .iter_mut()
            .skip(last)
            .for_each(|demand| *demand = 0.0);
    }

    /// Mean demand over the first `days`, units; past the horizon the last four weeks go on.
    pub fn mean(&self, days: f64) -> f64 {
        let whole = num::floor_count(days);
        let known: f64 = self.daily.iter().take(whole).sum();
        let beyond = num::count_f64(whole.saturating_sub(self.daily.len())) * self.tail_rate();
        let broken = (days - num::count_f64(whole)) * self.day(whole);
        known + beyond + broken
    }

    /// Standard deviation of the error of total demand over the first `days`, units.
    ///
    /// The variance is interpolated linearly between whole weeks, starts at zero and
    /// never falls; past the last week it grows in proportion.
    pub fn sigma(&self, days: f64) -> f64 {
        let weeks = days.max(0.0) / 7.0;
        let whole = num::floor_count(weeks);
        let mut highest = 0.0_f64;
        let mut below = 0.0;
        for (index, variance) in self.weekly_variance.iter().enumerate() {
            highest = highest.max(*variance);
            if index + 1 == whole {
                below = highest;
            }
            if index == whole {
                let share = weeks - num::count_f64(whole);
                return num::sqrt(below + share * (highest - below));
            }
        }
        let last = num::count_f64(self.weekly_variance.len().max(1));
        num::sqrt(highest * (weeks / last).max(1.0))
    }

    /// Mean demand of one day, counted from zero.
    pub fn day(&self, index: usize) -> f64 {
        self.daily
            .get(index)
            .copied()
            .unwrap_or_else(|| self.tail_rate())
    }

    /// Mean daily demand over the first four weeks, units a day.
    pub fn rate(&self) -> f64 {
        self.mean(28.0) / 28.0
    }

    /// Mean daily demand over the last four weeks known, units a day.
    fn tail_rate(&self) -> f64 {
        let tail = self.daily.len().min(28);
        let sum: f64 = self.daily.iter().rev().take(tail).sum();
        sum / num::count_f64(tail.max(1))
    }

    /// Forward days of cover: how long `stock` lasts against the path, with linear
    /// interpolation in the last day; `None` without demand.
    ///
    /// Source: engine convention 1.11 (run-out date).
    pub fn cover_days(&self, stock: f64) -> Option<f64> {
        let mut left = stock;
        if left <= 0.0 {
            return Some(0.0).filter(|_| self.daily.iter().any(|demand| *demand > 0.0));
        }
        for (index, demand) in self.daily.iter().enumerate() {
            if *demand > 0.0 && left <= *demand {
                return Some(num::count_f64(index) + left / demand);
            }
            left -= demand;
        }
        let rate = self.tail_rate();
        (rate > 0.0).then(|| num::count_f64(self.daily.len()) + left / rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_that_share_a_doubt_err_together() {
        let mut outlook = Outlook::default();
        // Wholly shared doubt of half the level: deviations of 5 and 10 add to 15.
        for mean in [10.0, 20.0] {
            outlook.add([mean].into_iter(), &[0.5 * mean], |_| [1.0 / 7.0; 7]);
            outlook.share(&[mean], 0.25);
        }
        assert!((outlook.sigma(7.0) - 15.0).abs() < 1e-9);
    }

    fn outlook() -> Outlook {
        let mut outlook = Outlook::default();
        outlook.add([70.0, 140.0].into_iter(), &[10.0, 20.0], |_week| {
            [1.0 / 7.0; 7]
        });
        outlook
    }

    #[test]
    fn means_take_whole_days_and_the_share_of_a_broken_one() {
        let outlook = outlook();
        assert!((outlook.mean(7.5) - 80.0).abs() < 1e-9);
        // The tail rate is the mean of both weeks: 15 a day.
        assert!((outlook.mean(16.0) - 240.0).abs() < 1e-9);
    }

    #[test]
    fn variance_is_linear_between_weeks() {
        let outlook = outlook();
        assert!((outlook.sigma(3.5) - 50.0_f64.sqrt()).abs() < 1e-9);
        assert!((outlook.sigma(10.5) - 250.0_f64.sqrt()).abs() < 1e-9);
        assert!((outlook.sigma(28.0) - 800.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn independent_series_add_variances() {
        let mut two = outlook();
        two.add([70.0, 140.0].into_iter(), &[10.0, 20.0], |_week| {
            [1.0 / 7.0; 7]
        });
        assert!((two.sigma(7.0) - 200.0_f64.sqrt()).abs() < 1e-9);
        assert!((two.mean(14.0) - 420.0).abs() < 1e-9);
    }

    #[test]
    fn cover_walks_the_path() {
        let outlook = outlook();
        assert_eq!(outlook.cover_days(70.0), Some(7.0));
        assert_eq!(outlook.cover_days(80.0), Some(7.5));
        assert_eq!(outlook.cover_days(0.0), Some(0.0));
        assert_eq!(Outlook::default().cover_days(5.0), None);
    }
}
