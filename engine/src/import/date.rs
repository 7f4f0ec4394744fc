//! Dates as people and foreign systems write them.
//!
//! `YYYY-M-D` with `-`, `/` or `.`, `YYYY年M月D日`, `YYYYMMDD`, and, by declared order,
//! `D/M/YYYY` or `M/D/YYYY`; each may carry a time of day, which is dropped where a date is
//! wanted. No time zone is converted. A date that reads two ways, or has a two-digit year,
//! is refused until the mapping declares the order. Serial numbers of spreadsheets count
//! only where the mapping declares them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::day::{Day, Moment};

/// What the parts of a date mean where the year does not come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Not declared: what reads two ways is refused.
    #[default]
    Undeclared,
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
    /// Serial numbers of a spreadsheet that counts from 1900.
    Serial1900,
    /// Serial numbers of a spreadsheet that counts from 1904.
    Serial1904,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It reads differently as day/month and month/day, or its century is not told.
    Ambiguous,
    /// No such date.
    Bad,
}

/// Reads a date; a time of day behind it is checked and dropped.
///
/// # Errors
/// When the text is no date of this grammar or reads two ways.
pub fn parse_date(text: &str, order: DateOrder) -> Result<Day, DateError> {
    read(text, order).map(|(day, _)| day)
}

/// Reads a date with an optional time of day and offset; without an offset the time is
/// taken as written.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_moment(text: &str, order: DateOrder) -> Result<Moment, DateError> {
    let (day, clock) = read(text, order)?;
    Moment::parse(&format!("{day}{clock}")).ok_or(DateError::Bad)
}

/// The day and its time of day as `Thh:mm...`, empty when there is none.
fn read(text: &str, order: DateOrder) -> Result<(Day, Cow<'_, str>), DateError> {
    let text = text.trim();
    // Nearly every date of a large file: nothing to interpret.
    if let Some(day) = text.get(..10).and_then(Day::parse_iso) {
        return Ok((day, clock_of(text.get(10..).unwrap_or_default())?));
    }
    let narrowed = narrow(text);
    let (date, rest) = cut_date(&narrowed);
    let day = match order {
        DateOrder::Serial1900 | DateOrder::Serial1904 if is_serial(&narrowed) => {
            return serial_day(&narrowed, order).map(|day| (day, Cow::Borrowed("")));
        }
        _ => day_of(date, order)?,
    };
    Ok((day, Cow::Owned(clock_of(rest)?.into_owned())))
}

/// Full-width characters as ASCII, the Chinese marks as slashes.
fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut narrowed = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '年' | '月' => narrowed.push('/'),
            '日' | '号' | '\u{3000}' | '\u{a0}' => narrowed.push(' '),
            '\u{ff01}'..='\u{ff5e}' => {
                narrowed.extend(char::from_u32(u32::from(character) - 0xfee0));
            }
            other => narrowed.push(other),
        }
    }
    Cow::Owned(narrowed.trim().to_owned())
}

/// The part up to the time of day.
fn cut_date(text: &str) -> (&str, &str) {
    let end = text.find([' ', 'T']).unwrap_or(text.len());
    text.split_at(end)
}

fn day_of(date: &str, order: DateOrder) -> Result<Day, DateError> {
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = date.split_at(4);
        let (month, day) = rest.split_at(2);
        return build(year, month, day);
    }
    let separator = date
        .bytes()
        .find(|byte| !byte.is_ascii_digit())
        .ok_or(DateError::Bad)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return Err(DateError::Bad);
    }
    let mut parts = date.split(char::from(separator));
    let mut next = || parts.next().ok_or(DateError::Bad);
    let (a, b, c) = (next()?, next()?, next()?);
    if parts.next().is_some_and(|rest| !rest.is_empty()) {
        return Err(DateError::Bad);
    }
    match (a.len(), c.len()) {
        (4, _) => build(a, b, c),
        (_, 4) => by_order(a, b, c, order),
        _ => two_digit_year(a, b, c),
    }
}

fn by_order(a: &str, b: &str, year: &str, order: DateOrder) -> Result<Day, DateError> {
    match order {
        DateOrder::DayFirst => build(year, b, a),
        DateOrder::MonthFirst => build(year, a, b),
        DateOrder::Undeclared | DateOrder::Serial1900 | DateOrder::Serial1904 => {
            match (build(year, b, a), build(year, a, b)) {
                (Ok(day), Ok(other)) if day == other => Ok(day),
                (Ok(_), Ok(_)) => Err(DateError::Ambiguous),
                (Ok(day), Err(_)) | (Err(_), Ok(day)) => Ok(day),
                (Err(error), Err(_)) => Err(error),
            }
        }
    }
}

/// A two-digit year is never guessed; what has no reading at all is just bad.
fn two_digit_year(a: &str, b: &str, c: &str) -> Result<Day, DateError> {
    let century = |year: &str| format!("20{year}");
    let readings = [
        build(&century(a), b, c),
        build(&century(c), b, a),
        build(&century(c), a, b),
    ];
    let is_date = (a.len() == 2 || c.len() == 2) && readings.iter().any(Result::is_ok);
    Err(if is_date {
        DateError::Ambiguous
    } else {
        DateError::Bad
    })
}

fn build(year: &str, month: &str, day: &str) -> Result<Day, DateError> {
    let number = |text: &str, digits: usize| {
        let is_plain =
            (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_plain
            .then(|| text.parse::<u32>().ok())
            .flatten()
            .ok_or(DateError::Bad)
    };
    let year = i32::try_from(number(year, 4)?).map_err(|_range| DateError::Bad)?;
    Day::from_ymd(year, number(month, 2)?, number(day, 2)?).ok_or(DateError::Bad)
}

/// A time of day in the form that [`Moment::parse`] reads.
fn clock_of(rest: &str) -> Result<Cow<'_, str>, DateError> {
    let clock = rest.trim_start_matches([' ', 'T']).trim_end();
    if clock.is_empty() {
        return Ok(Cow::Borrowed(""));
    }
    let mut text = if clock.find(':') == Some(1) {
        "T0".to_owned()
    } else {
        "T".to_owned()
    };
    text.push_str(clock);
    Moment::parse(&format!("2000-01-01{text}")).ok_or(DateError::Bad)?;
    Ok(Cow::Owned(text))
}

fn is_serial(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=5).contains(&whole.len()) && digits(whole) && digits(fraction)
}

fn serial_day(text: &str, order: DateOrder) -> Result<Day, DateError> {
    let whole = text.split('.').next().unwrap_or_default();
    let serial: i32 = whole.parse().map_err(|_digits| DateError::Bad)?;
    day_of_serial(serial, order == DateOrder::Serial1904).ok_or(DateError::Bad)
}

/// The day of a spreadsheet's serial number. The 1900 system counts a 29 February 1900
/// that never was: its serial (60) is no day.
pub fn day_of_serial(serial: i32, is_1904: bool) -> Option<Day> {
    let day_zero = |year, month, day| Day::from_ymd(year, month, day);
    match (is_1904, serial) {
        (true, 0..) => day_zero(1904, 1, 1).map(|day| day + serial),
        (false, 1..=59) => day_zero(1899, 12, 31).map(|day| day + serial),
        (false, 61..) => day_zero(1899, 12, 30).map(|day| day + serial),
        _ => None,
    }
}

/// The order a text proves; `None` when it proves none.
pub(super) fn proven_order(text: &str) -> Option<DateOrder> {
    let reads = |order| parse_date(text, order);
    match (reads(DateOrder::DayFirst), reads(DateOrder::MonthFirst)) {
        (Ok(_), Err(_)) => Some(DateOrder::DayFirst),
        (Err(_), Ok(_)) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AMBIGUOUS: Result<&str, DateError> = Err(DateError::Ambiguous);
    const BAD: Result<&str, DateError> = Err(DateError::Bad);

    fn check(text: &str, order: DateOrder, expected: Result<&str, DateError>) {
        let found = parse_date(text, order).map(|day| day.to_string());
        assert_eq!(found, expected.map(str::to_owned), "{text} {order:?}");
    }

    /// IN-03: dates of the specification.
    #[test]
    fn dates_read_as_specified_or_are_asked_for() {
        use DateOrder::{DayFirst, MonthFirst, Serial1900, Serial1904, Undeclared};
        for (text, order, expected) in [
            ("2026-01-02", Undeclared, Ok("2026-01-02")),
            ("2026/1/2", Undeclared, Ok("2026-01-02")),
            ("2026.1.2", Undeclared, Ok("2026-01-02")),
            ("2026年1月2日", Undeclared, Ok("2026-01-02")),
            ("２０２６年１月２日", Undeclared, Ok("2026-01-02")),
            ("20260102", Undeclared, Ok("2026-01-02")),
            ("2010-12-01 08:26:00", Undeclared, Ok("2010-12-01")),
            ("2026/1/2 8:26", Undeclared, Ok("2026-01-02")),
            ("2026年1月2日 08:26", Undeclared, Ok("2026-01-02")),
            ("2026-11-22T23:30:00-08:00", Undeclared, Ok("2026-11-22")),
            ("1/2/2026", Undeclared, AMBIGUOUS),
            ("1/2/2026", DayFirst, Ok("2026-02-01")),
            ("1/2/2026", MonthFirst, Ok("2026-01-02")),
            ("5/5/2026", Undeclared, Ok("2026-05-05")),
            ("31/12/2026", Undeclared, Ok("2026-12-31")),
            ("31/12/2026", MonthFirst, BAD),
            ("12/31/2026 11:05", Undeclared, Ok("2026-12-31")),
            ("1/2/26", DayFirst, AMBIGUOUS),
            ("26-01-02", Undeclared, AMBIGUOUS),
            ("45000", Undeclared, BAD),
            ("45000", Serial1900, Ok("2023-03-15")),
            ("45000.5", Serial1900, Ok("2023-03-15")),
            ("43538", Serial1904, Ok("2023-03-15")),
            ("59", Serial1900, Ok("1900-02-28")),
            ("60", Serial1900, BAD),
            ("61", Serial1900, Ok("1900-03-01")),
            ("2026-02-29", Undeclared, BAD),
            ("2026-01-02 25:00", Undeclared, BAD),
            ("2026-01-02x", Undeclared, BAD),
            ("0000-00-00", Undeclared, BAD),
            ("明天", Undeclared, BAD),
            ("99/99/99", Undeclared, BAD),
            ("", Undeclared, BAD),
        ] {
            check(text, order, expected);
        }
    }

    #[test]
    fn times_are_kept_as_written() {
        let read =
            |text| parse_moment(text, DateOrder::Undeclared).map(|moment| moment.to_string());
        assert_eq!(
            read("2026年1月2日 8:05"),
            Ok("2026-01-02T08:05:00+00:00".to_owned())
        );
        assert_eq!(
            read("2026-01-02T08:05:09+08:00"),
            Ok("2026-01-02T08:05:09+08:00".to_owned())
        );
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _read = parse_moment(&text, DateOrder::Undeclared);
        }

        #[test]
        fn near_dates_are_survived(text in "[0-9]{1,5}[-/.年][0-9]{1,3}[-/.月][0-9]{1,5}[日 T:0-9+Z]{0,9}") {
            for order in [DateOrder::Undeclared, DateOrder::DayFirst, DateOrder::Serial1900] {
                let _read = parse_moment(&text, order);
            }
        }

        #[test]
        fn every_day_reads_back(number in -700_000_i32..2_900_000) {
            let day = Day::from_number(number);
            prop_assert_eq!(parse_date(&day.to_string(), DateOrder::Undeclared), Ok(day));
            let (year, month, day_of_month) = day.ymd();
            let chinese = format!("{year:04}年{month}月{day_of_month}日");
            prop_assert_eq!(parse_date(&chinese, DateOrder::Undeclared), Ok(day));
        }
    }
}
