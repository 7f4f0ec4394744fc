//! Holidays of the Chinese lunar calendar by Gregorian date, 2015 to 2040.
//!
//! Source: the table of a lunar-calendar library, as the calendar of ICU is a day off in 2027
//! and 2030. Checked in the tests against the mean new moon and the lengths of lunar months.

use crate::day::Day;

/// A holiday by lunar month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LunarHoliday {
    /// 1/1.
    SpringFestival,
    /// 5/5.
    DragonBoat,
    /// 7/7.
    Qixi,
    /// 8/15.
    MidAutumn,
}

impl LunarHoliday {
    /// All of them, in the order of the year.
    pub(super) const ALL: [Self; 4] = [
        Self::SpringFestival,
        Self::DragonBoat,
        Self::Qixi,
        Self::MidAutumn,
    ];
}

/// Year of the first row of [`DATES`].
const FIRST_YEAR: i32 = 2015;

/// Month and day of Spring Festival, Dragon Boat, Qixi and Mid-Autumn, a row a year.
#[rustfmt::skip]
const DATES: [[(u32, u32); 4]; 26] = [
    [(2, 19), (6, 20), (8, 20), (9, 27)],
    [(2, 8), (6, 9), (8, 9), (9, 15)],
    [(1, 28), (5, 30), (8, 28), (10, 4)],
    [(2, 16), (6, 18), (8, 17), (9, 24)],
    [(2, 5), (6, 7), (8, 7), (9, 13)],
    [(1, 25), (6, 25), (8, 25), (10, 1)],
    [(2, 12), (6, 14), (8, 14), (9, 21)],
    [(2, 1), (6, 3), (8, 4), (9, 10)],
    [(1, 22), (6, 22), (8, 22), (9, 29)],
    [(2, 10), (6, 10), (8, 10), (9, 17)],
    [(1, 29), (5, 31), (8, 29), (10, 6)],
    [(2, 17), (6, 19), (8, 19), (9, 25)],
    [(2, 6), (6, 9), (8, 8), (9, 15)],
    [(1, 26), (5, 28), (8, 26), (10, 3)],
    [(2, 13), (6, 16), (8, 16), (9, 22)],
    [(2, 3), (6, 5), (8, 5), (9, 12)],
    [(1, 23), (6, 24), (8, 24), (10, 1)],
    [(2, 11), (6, 12), (8, 12), (9, 19)],
    [(1, 31), (6, 1), (8, 1), (9, 8)],
    [(2, 19), (6, 20), (8, 20), (9, 27)],
    [(2, 8), (6, 10), (8, 10), (9, 16)],
    [(1, 28), (5, 30), (8, 28), (10, 4)],
    [(2, 15), (6, 18), (8, 17), (9, 24)],
    [(2, 4), (6, 7), (8, 7), (9, 13)],
    [(1, 24), (5, 27), (8, 26), (10, 2)],
    [(2, 12), (6, 14), (8, 14), (9, 20)],
];

/// The day of a holiday in a Gregorian year; `None` outside the table.
pub(super) fn lunar_day(holiday: LunarHoliday, year: i32) -> Option<Day> {
    let row = DATES.get(usize::try_from(year - FIRST_YEAR).ok()?)?;
    let [spring, dragon, qixi, autumn] = *row;
    let (month, day) = match holiday {
        LunarHoliday::SpringFestival => spring,
        LunarHoliday::DragonBoat => dragon,
        LunarHoliday::Qixi => qixi,
        LunarHoliday::MidAutumn => autumn,
    };
    Day::from_ymd(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(LunarHoliday, i32); 4] = [
        (LunarHoliday::SpringFestival, 1),
        (LunarHoliday::DragonBoat, 5),
        (LunarHoliday::Qixi, 7),
        (LunarHoliday::MidAutumn, 15),
    ];

    fn year(year: i32) -> [Day; 4] {
        ALL.map(|(holiday, _)| lunar_day(holiday, year).unwrap())
    }

    #[test]
    fn every_month_starts_with_a_new_moon() {
        // Mean new moon of 2000-01-06 18:14 UT, in days of China time; the true one lies up to
        // 0.6 days away, and the month's first day starts up to a day before it.
        let epoch = 10_962.0 + (18.0 * 60.0 + 14.0) / 1_440.0 + 8.0 / 24.0;
        let month = 29.530_588_853;
        for year in 2015..=2040 {
            for (holiday, date) in ALL {
                let first = lunar_day(holiday, year).unwrap() - (date - 1);
                let since = (f64::from(first.number()) - epoch + 1.6).rem_euclid(month);
                assert!(since <= 2.2, "{holiday:?} {year}: {since}");
            }
        }
    }

    #[test]
    fn years_and_months_have_lunar_lengths() {
        let mut long_years = 0;
        for number in 2015..2040 {
            let [spring, dragon, qixi, autumn] = year(number);
            let length = year(number + 1)[0] - spring;
            assert!(matches!(length, 353..=355 | 383..=385), "{number} {length}");
            long_years += i32::from(length > 380);
            // 4 months and 4 days, 2 months and 2 days, 1 month and 8 days; or a leap month more.
            assert!(matches!(dragon - spring, 120..=124 | 149..=154), "{number}");
            assert!(matches!(qixi - dragon, 60..=62 | 89..=92), "{number}");
            assert!(matches!(autumn - qixi, 37..=38 | 66..=68), "{number}");
        }
        // Seven leap months in nineteen years.
        assert!((9..=10).contains(&long_years), "{long_years}");
    }

    #[test]
    fn there_is_nothing_outside_the_table() {
        assert_eq!(lunar_day(LunarHoliday::Qixi, 2014), None);
        assert_eq!(lunar_day(LunarHoliday::Qixi, 2041), None);
    }
}
