//! Reading and writing one cell in the canonical form of `docs/formats.md`.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::limits::parse_limits;
use super::schema::Kind;
use crate::day::{Day, Moment};
use crate::issue::Code;
use crate::units::{Amount, Qty};

/// The longest code, in characters.
pub(super) const CODE_LIMIT: usize = 64;
/// The longest free text, in characters.
pub(super) const TEXT_LIMIT: usize = 1_000;
/// Most digits before the decimal point.
const WHOLE_DIGITS: usize = 12;

/// A typed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A code, text or choice.
    Text(Cow<'a, str>),
    /// A quantity in thousandths, a number in millionths, an integer, a flag or a packed moment.
    Number(i64),
    /// A date.
    Day(Day),
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    /// Not a number in canonical form.
    BadNumber,
    /// More digits than the column holds.
    NumberRange,
    /// Not a date or time in canonical form.
    BadDate,
    /// Not in the list of words.
    UnknownChoice,
    /// Below zero where that has no meaning.
    Negative,
    /// Longer than its limit.
    TooLong,
    /// Not what goods can be limited by.
    BadScope,
    /// Zero or less where that has no meaning.
    NotPositive,
    /// A rank below the first.
    BelowOne,
    /// A share outside 0 to 1.
    NotFraction,
    /// Days outside a year.
    NotDays,
    /// An end before its start.
    EndsFirst,
}

impl CellError {
    /// The issue code that reports it.
    pub const fn code(self) -> Code {
        match self {
            Self::BadNumber => Code::BadNumber,
            Self::NumberRange => Code::NumberRange,
            Self::BadDate => Code::BadDate,
            Self::UnknownChoice => Code::UnknownChoice,
            Self::Negative => Code::Negative,
            Self::TooLong => Code::TooLong,
            Self::BadScope => Code::BadScope,
            Self::NotPositive => Code::NotPositive,
            Self::BelowOne => Code::BelowOne,
            Self::NotFraction => Code::NotFraction,
            Self::NotDays => Code::NotDays,
            Self::EndsFirst => Code::EndsFirst,
        }
    }
}

/// Reads a cell; blank cells are `Ok(None)`.
///
/// # Errors
/// The first reason why the text is not a value of this kind.
pub fn parse_cell(kind: Kind, text: &str) -> Result<Option<Cell<'_>>, CellError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let cell = match kind {
        Kind::Code => Cell::Text(normalised(text, CODE_LIMIT)?),
        Kind::Text => Cell::Text(normalised(text, TEXT_LIMIT)?),
        Kind::Limits => {
            parse_limits(text)?;
            Cell::Text(normalised(text, TEXT_LIMIT)?)
        }
        Kind::Choice(words) => {
            let word = words
                .iter()
                .find(|word| **word == text)
                .ok_or(CellError::UnknownChoice)?;
            Cell::Text(Cow::Borrowed(word))
        }
        Kind::Date => Cell::Day(Day::parse_iso(text).ok_or(CellError::BadDate)?),
        Kind::Time => Cell::Number(Moment::parse(text).ok_or(CellError::BadDate)?.packed()),
        Kind::Quantity => Cell::Number(non_negative(parse_fixed(text, 3)?)?),
        Kind::SignedQuantity => Cell::Number(parse_fixed(text, 3)?),
        Kind::Number => Cell::Number(parse_fixed(text, 6)?),
        Kind::Integer => Cell::Number(parse_fixed(text, 0)?),
        Kind::Flag => Cell::Number(parse_flag(text)?),
    };
    Ok(Some(cell))
}

/// Writes a number or day in canonical form; texts are written as they are.
pub fn format_cell(kind: Kind, cell: &Cell<'_>) -> String {
    match (kind, cell) {
        (_, Cell::Text(text)) => text.to_string(),
        (_, Cell::Day(day)) => day.to_string(),
        (Kind::Quantity | Kind::SignedQuantity, Cell::Number(number)) => {
            Qty::from_thousandths(*number).to_string()
        }
        (Kind::Number, Cell::Number(number)) => Amount::from_millionths(*number).to_string(),
        (Kind::Time, Cell::Number(number)) => Moment::from_packed(*number).to_string(),
        (Kind::Flag, Cell::Number(number)) => {
            (if *number == 0 { "false" } else { "true" }).to_owned()
        }
        (
            Kind::Integer | Kind::Code | Kind::Text | Kind::Choice(_) | Kind::Date | Kind::Limits,
            Cell::Number(number),
        ) => number.to_string(),
    }
}

/// Trimmed, in Unicode normal form C, within its limit, without control characters' harm.
///
/// # Errors
/// `TooLong` past `limit` characters.
fn normalised(text: &str, limit: usize) -> Result<Cow<'_, str>, CellError> {
    let text = if is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    };
    // Bytes bound characters, so counting is only needed for long texts.
    if text.len() > limit && text.chars().count() > limit {
        return Err(CellError::TooLong);
    }
    Ok(text)
}

/// Reads `-?digits[.digits]` as a whole number of `10^-places`; nothing is rounded away.
fn parse_fixed(text: &str, places: usize) -> Result<i64, CellError> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !(whole.is_empty() && fraction.is_empty())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !fraction.contains('.');
    if !is_number {
        return Err(CellError::BadNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if fraction.len() > places || whole.len() > WHOLE_DIGITS {
        return Err(CellError::NumberRange);
    }
    let padding = std::iter::repeat_n(b'0', places - fraction.len());
    let magnitude = whole.bytes().chain(fraction.bytes()).chain(padding);
    let magnitude = magnitude.fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Ok(if is_negative { -magnitude } else { magnitude })
}

fn non_negative(number: i64) -> Result<i64, CellError> {
    if number < 0 {
        Err(CellError::Negative)
    } else {
        Ok(number)
    }
}

fn parse_flag(text: &str) -> Result<i64, CellError> {
    match text {
        "true" | "1" => Ok(1),
        "false" | "0" => Ok(0),
        _ => Err(CellError::UnknownChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(kind: Kind, text: &str) -> Result<i64, CellError> {
        match parse_cell(kind, text)? {
            Some(Cell::Number(number)) => Ok(number),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        assert_eq!(number(Kind::Quantity, " 12.5 "), Ok(12_500));
        assert_eq!(number(Kind::Number, "-0.000001"), Ok(-1));
        assert_eq!(number(Kind::Number, "1.5000000000"), Ok(1_500_000));
        assert_eq!(
            number(Kind::Quantity, "0.0001"),
            Err(CellError::NumberRange)
        );
        assert_eq!(number(Kind::Quantity, "-1"), Err(CellError::Negative));
        assert_eq!(
            number(Kind::Number, "1234567890123"),
            Err(CellError::NumberRange)
        );
        for text in [
            "1e5", "1_000", "NaN", "inf", "1,000", ".", "-", "+1", "1.2.3", "１",
        ] {
            assert_eq!(
                number(Kind::Number, text),
                Err(CellError::BadNumber),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for (kind, text) in [
            (Kind::Quantity, "0.125"),
            (Kind::Number, "-12.000001"),
            (Kind::Date, "2026-11-23"),
            (Kind::Time, "2026-11-22T08:30:00+08:00"),
            (Kind::Code, "A-1"),
            (Kind::Flag, "true"),
            (Kind::Integer, "-3"),
        ] {
            let cell = parse_cell(kind, text).unwrap().unwrap();
            assert_eq!(format_cell(kind, &cell), text);
        }
    }

    #[test]
    fn texts_are_composed_and_bounded() {
        let composed = parse_cell(Kind::Code, "e\u{301}").unwrap();
        assert_eq!(composed, Some(Cell::Text(Cow::Borrowed("é"))));
        assert_eq!(
            parse_cell(Kind::Code, &"x".repeat(65)),
            Err(CellError::TooLong)
        );
        assert_eq!(parse_cell(Kind::Code, "   "), Ok(None));
    }
}
