//! Civil dates of day numbers, by the calendar of the engine.

use engine::day::Day;

/// Year, month (1-12) and day of the month of a day number.
pub fn civil(day: i32) -> (i32, u32, u32) {
    Day::from_number(day).ymd()
}

/// The day number of a civil date; the epoch for a date that is none.
pub fn day_of(year: i32, month: u32, date: u32) -> i32 {
    Day::from_ymd(year, month, date).map_or(0, Day::number)
}

/// Days since Monday, 0-6.
pub fn weekday(day: i32) -> usize {
    Day::from_number(day).weekday().index()
}

/// The ISO 8601 week that holds the day, 1-53.
pub fn iso_week(day: i32) -> u32 {
    Day::from_number(day).iso_week().1
}
