//! Period labels of a history: positions on the file's own grid of dates.

use engine::day::{Day, days_in_month};
use engine::forecast::Frequency;

/// The dates that stand for periods, counted back and on from the last one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calendar {
    frequency: Frequency,
    last: Day,
    /// Largest day of the month among the labels: 31 for month ends.
    day_of_month: u32,
}

impl Calendar {
    /// The calendar of a file whose labels are `days`; `None` without any.
    pub fn new(frequency: Frequency, days: impl Iterator<Item = Day>) -> Option<Self> {
        days.fold(None, |calendar: Option<Self>, day| {
            let day_of_month = day.ymd().2;
            Some(calendar.map_or(
                Self {
                    frequency,
                    last: day,
                    day_of_month,
                },
                |calendar| Self {
                    last: calendar.last.max(day),
                    day_of_month: calendar.day_of_month.max(day_of_month),
                    ..calendar
                },
            ))
        })
    }

    /// Periods from `day` to the last label; `None` if the day is not on the grid.
    #[must_use]
    pub fn periods_before_last(&self, day: Day) -> Option<usize> {
        let apart = match self.frequency {
            Frequency::Daily | Frequency::Weekly => self.last.number() - day.number(),
            Frequency::Monthly | Frequency::Quarterly => month(self.last) - month(day),
        };
        let step = match self.frequency {
            Frequency::Daily | Frequency::Monthly => 1,
            Frequency::Weekly => 7,
            Frequency::Quarterly => 3,
        };
        if apart % step == 0 {
            usize::try_from(apart / step).ok()
        } else {
            None
        }
    }

    /// Periods from the one that holds `day` to the last one; `None` after it. A week is the seven
    /// days up to its label, so that nothing is known before it came.
    #[must_use]
    pub fn periods_ago(&self, day: Day) -> Option<usize> {
        let ago = match self.frequency {
            Frequency::Daily => self.last - day,
            Frequency::Weekly => (self.last - day).div_euclid(7),
            Frequency::Monthly => month(self.last) - month(day),
            Frequency::Quarterly => (month(self.last) - month(day)).div_euclid(3),
        };
        usize::try_from(ago).ok()
    }

    /// Length of a period.
    #[must_use]
    pub const fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Label of the period `step` after the last one, from 1.
    #[must_use]
    pub fn ahead(&self, step: usize) -> Day {
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        match self.frequency {
            Frequency::Daily => Day::from_number(self.last.number().saturating_add(step)),
            Frequency::Weekly => {
                Day::from_number(self.last.number().saturating_add(step.saturating_mul(7)))
            }
            Frequency::Monthly => self.in_month(self.last.plus_months(step)),
            Frequency::Quarterly => self.in_month(self.last.plus_months(step.saturating_mul(3))),
        }
    }

    /// The label of the month that `day` lies in.
    fn in_month(&self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let day_of_month = self.day_of_month.min(days_in_month(year, month));
        Day::from_ymd(year, month, day_of_month).unwrap_or(day)
    }
}

fn month(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    year * 12 + i32::try_from(month).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frequency: Frequency, labels: &[&str], ahead: &[&str]) {
        let days: Vec<Day> = labels
            .iter()
            .map(|label| Day::parse_iso(label).unwrap())
            .collect();
        let calendar = Calendar::new(frequency, days.iter().copied()).unwrap();
        let got: Vec<String> = (1..=ahead.len())
            .map(|step| calendar.ahead(step).to_string())
            .collect();
        assert_eq!(got, ahead);
        assert_eq!(
            calendar.periods_before_last(days[0]),
            Some(labels.len() - 1)
        );
    }

    #[test]
    fn labels_go_on_as_they_were() {
        check(
            Frequency::Daily,
            &["2026-02-27", "2026-02-28"],
            &["2026-03-01"],
        );
        check(
            Frequency::Weekly,
            &["2026-12-24", "2026-12-31"],
            &["2027-01-07", "2027-01-14"],
        );
        check(
            Frequency::Monthly,
            &["2026-10-01", "2026-11-01"],
            &["2026-12-01", "2027-01-01"],
        );
        check(
            Frequency::Monthly,
            &["2026-01-31", "2026-02-28"],
            &["2026-03-31", "2026-04-30"],
        );
        check(
            Frequency::Quarterly,
            &["2026-03-31", "2026-06-30"],
            &["2026-09-30", "2026-12-31"],
        );
    }

    #[test]
    fn a_day_belongs_to_the_label_after_it() {
        let calendar = |frequency, last: &str| {
            let last = Day::parse_iso(last).unwrap();
            Calendar::new(frequency, [last].into_iter()).unwrap()
        };
        let ago = |calendar: &Calendar, day| calendar.periods_ago(Day::parse_iso(day).unwrap());
        let weeks = calendar(Frequency::Weekly, "2026-01-12");
        assert_eq!(ago(&weeks, "2026-01-12"), Some(0));
        assert_eq!(ago(&weeks, "2026-01-06"), Some(0));
        assert_eq!(ago(&weeks, "2026-01-05"), Some(1));
        assert_eq!(ago(&weeks, "2026-01-13"), None);
        let quarters = calendar(Frequency::Quarterly, "2026-03-31");
        assert_eq!(ago(&quarters, "2026-01-05"), Some(0));
        assert_eq!(ago(&quarters, "2025-12-05"), Some(1));
        let months = calendar(Frequency::Monthly, "2026-03-01");
        assert_eq!(ago(&months, "2026-03-20"), Some(0));
    }

    #[test]
    fn a_date_off_the_grid_is_none() {
        let days = ["2026-01-05", "2026-01-12"].map(|label| Day::parse_iso(label).unwrap());
        let calendar = Calendar::new(Frequency::Weekly, days.into_iter()).unwrap();
        assert_eq!(
            calendar.periods_before_last(Day::parse_iso("2026-01-06").unwrap()),
            None
        );
    }
}
