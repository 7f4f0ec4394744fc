//! Civil dates and ISO weeks from day numbers (days since 1970-01-01), after Howard Hinnant's `civil_from_days`.

/// Year, month (1-12) and day of the month of a day number.
pub fn civil(day: i32) -> (i32, u32, u32) {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, date as u32)
}

/// The day number of a civil date.
pub fn day_of(year: i32, month: u32, date: u32) -> i32 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(date) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468) as i32
}

/// Days since Monday, 0-6.
pub fn weekday(day: i32) -> u32 {
    (day + 3).rem_euclid(7) as u32
}

/// A week of the ISO 8601 calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IsoWeek {
    pub year: i32,
    pub week: u32,
}

/// The ISO week that holds the day: the week belongs to the year of its Thursday.
pub fn iso_week(day: i32) -> IsoWeek {
    let thursday = day - weekday(day) as i32 + 3;
    let (year, _, _) = civil(thursday);
    let week = (thursday - day_of(year, 1, 1)) / 7 + 1;
    IsoWeek {
        year,
        week: week as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_round_trip() {
        for day in -200_000..200_000 {
            let (year, month, date) = civil(day);
            assert_eq!(day_of(year, month, date), day);
        }
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(day_of(2026, 5, 11), 20_584);
    }

    #[test]
    fn weeks_follow_iso_8601() {
        let week = |year, month, date| iso_week(day_of(year, month, date));
        assert_eq!(
            week(2026, 5, 11),
            IsoWeek {
                year: 2026,
                week: 20
            }
        );
        assert_eq!(
            week(2021, 1, 3),
            IsoWeek {
                year: 2020,
                week: 53
            }
        );
        assert_eq!(
            week(2024, 12, 30),
            IsoWeek {
                year: 2025,
                week: 1
            }
        );
        assert_eq!(weekday(day_of(2026, 5, 11)), 0);
    }
}
