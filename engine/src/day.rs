//! Civil dates as day numbers: no time zone, no clock.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A calendar day, counted from 1970-01-01.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Day(i32);

/// Days of the week, Monday first (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Weekday(u8);

impl Weekday {
    /// Monday.
    pub const MONDAY: Self = Self(0);

    /// The names used in `company.csv` for `week_start`.
    pub const NAMES: [&'static str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// Reads `mon` .. `sun`.
    pub fn parse(name: &str) -> Option<Self> {
        let position = Self::NAMES.iter().position(|known| *known == name)?;
        u8::try_from(position).ok().map(Self)
    }

    /// 0 for Monday to 6 for Sunday.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Day {
    /// From the number of days since 1970-01-01.
    pub const fn from_number(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The given date, or `None` if the calendar has no such day.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day == 0
            || day > days_in_month(year, month)
        {
            return None;
        }
        let month = i32::try_from(month).ok()?;
        let day = i32::try_from(day).ok()?;
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1-12) and day of month (1-31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    /// Reads `YYYY-MM-DD`, nothing else.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            let digits = text.get(range)?;
            digits
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| digits.parse().ok())?
        };
        Self::from_ymd(
            i32::try_from(number(0..4)?).ok()?,
            number(5..7)?,
            number(8..10)?,
        )
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, day 3 of a week that starts on Monday.
        Weekday(u8::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0))
    }

    /// The first day of the week this day lies in, for weeks that start on `start`.
    pub fn week_start(self, start: Weekday) -> Self {
        let since = (i32::from(self.weekday().0) - i32::from(start.0)).rem_euclid(7);
        Self(self.0 - since)
    }

    /// ISO 8601 year and week number (1-53).
    pub fn iso_week(self) -> (i32, u32) {
        let thursday = self.week_start(Weekday::MONDAY) + 3;
        let (year, _, _) = thursday.ymd();
        let new_year = Self::from_ymd(year, 1, 1).unwrap_or(thursday);
        (year, (thursday - new_year).unsigned_abs() / 7 + 1)
    }

    /// The same day of month `months` later, or the last day of that month.
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let total = year * 12 + i32::try_from(month).unwrap_or(1) - 1 + months;
        let (year, month) = (
            total.div_euclid(12),
            total.rem_euclid(12).unsigned_abs() + 1,
        );
        Self::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(self)
    }
}

/// 28 to 31.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Add<i32> for Day {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl Sub<i32> for Day {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        Self(self.0.saturating_sub(days))
    }
}

impl Sub for Day {
    type Output = i32;
    fn sub(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A moment in a file: seconds since 1970 in UTC and the offset it was written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    const OFFSETS: i64 = 4_096;

    /// From the packed form that columns keep.
    pub const fn from_packed(packed: i64) -> Self {
        Self(packed)
    }

    /// UTC seconds and offset in one ordered number.
    pub const fn packed(self) -> i64 {
        self.0
    }

    /// Reads `YYYY-MM-DD`, `YYYY-MM-DD hh:mm[:ss]` or the same with `T` and an offset (`Z`, `+08:00`).
    /// Without an offset the time is taken as written (offset zero).
    pub fn parse(text: &str) -> Option<Self> {
        let day = Day::parse_iso(text.get(..10)?)?;
        let rest = text.get(10..)?;
        let (clock, offset) = split_offset(rest)?;
        let seconds = match clock.strip_prefix(['T', ' ']) {
            None if clock.is_empty() => 0,
            None => return None,
            Some(clock) => parse_clock(clock)?,
        };
        let utc = i64::from(day.number()) * 86_400 + seconds - i64::from(offset) * 60;
        Some(Self(
            utc * Self::OFFSETS + i64::from(offset) + Self::OFFSETS / 2,
        ))
    }

    /// The local calendar day it was written on.
    pub fn day(self) -> Day {
        let local = self.utc_seconds() + self.offset_minutes() * 60;
        Day::from_number(i32::try_from(local.div_euclid(86_400)).unwrap_or(0))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn utc_seconds(self) -> i64 {
        self.0.div_euclid(Self::OFFSETS)
    }

    fn offset_minutes(self) -> i64 {
        self.0.rem_euclid(Self::OFFSETS) - Self::OFFSETS / 2
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.offset_minutes();
        let local = (self.utc_seconds() + offset * 60).rem_euclid(86_400);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}",
            self.day(),
            local / 3_600,
            local / 60 % 60,
            local % 60
        )?;
        let sign = if offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
    }
}

fn split_offset(rest: &str) -> Option<(&str, i32)> {
    if let Some(clock) = rest.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let Some(at) = rest.rfind(['+', '-']) else {
        return Some((rest, 0));
    };
    let (clock, offset) = rest.split_at(at);
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = two_digits(hours, 15)? * 60 + two_digits(minutes, 60)?;
    let minutes = i32::try_from(minutes).ok()?;
    Some((
        clock,
        if offset.starts_with('-') {
            -minutes
        } else {
            minutes
        },
    ))
}

fn parse_clock(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let hours = two_digits(parts.next()?, 24)?;
    let minutes = two_digits(parts.next()?, 60)?;
    let seconds = parts.next().map_or(Some(0), |part| {
        let whole = part.split('.').next().unwrap_or(part);
        two_digits(whole, 60)
    })?;
    parts
        .next()
        .is_none()
        .then_some(hours * 3_600 + minutes * 60 + seconds)
}

fn two_digits(text: &str, below: i64) -> Option<i64> {
    let is_plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    is_plain
        .then(|| text.parse().ok())?
        .filter(|value| *value < below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn days_round_trip_through_text() {
        for number in (-200_000..200_000).step_by(37) {
            let day = Day::from_number(number);
            assert_eq!(Day::parse_iso(&day.to_string()), Some(day));
        }
    }

    #[test]
    fn known_dates() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-03-01").number(), 11_017);
        assert_eq!(day("2026-11-23").weekday(), Weekday::MONDAY);
        assert_eq!(day("2021-01-03").iso_week(), (2020, 53));
        assert_eq!(day("2026-05-11").iso_week(), (2026, 20));
        assert_eq!(
            day("2026-05-14").week_start(Weekday::MONDAY),
            day("2026-05-11")
        );
        assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "26-01-01",
            "2026/01/01",
            "2026-00-10",
            "２０２６-01-01",
        ] {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn moments_keep_their_offset() {
        let moment = Moment::parse("2026-11-22T01:30:00+08:00").unwrap();
        assert_eq!(moment.to_string(), "2026-11-22T01:30:00+08:00");
        assert_eq!(moment.day(), day("2026-11-22"));
        assert_eq!(
            Moment::parse("2026-11-22 08:30"),
            Moment::parse("2026-11-22T08:30:00Z")
        );
        assert_eq!(Moment::parse("2026-11-22T25:00:00"), None);
    }
}
