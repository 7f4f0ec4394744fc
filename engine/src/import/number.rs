//! Numbers as people and foreign systems write them.
//!
//! Grammar, after full-width characters are narrowed and blanks around are dropped:
//! `[currency] [sign] digits [currency | %]`, or the same in parentheses for a negative.
//! Grouping marks and the decimal mark follow the declared [`DecimalMark`]; without one, a
//! number that both conventions can read (`1,234`) is refused as ambiguous. Exponents,
//! underscores, words and lost precision are refused, never guessed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::dataset::CellError;

/// Which mark stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// Not declared: what reads two ways is refused.
    #[default]
    Undeclared,
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// What a column allows beside plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Goods: no currency sign, no per cent.
    Count,
    /// Prices, costs, rates: both.
    Value,
}

/// Most digits before the decimals.
const WHOLE_DIGITS: usize = 12;

/// Currency signs and codes that may stand before or after an amount.
const CURRENCIES: [&str; 16] = [
    "CNY", "RMB", "USD", "EUR", "GBP", "JPY", "HKD", "US$", "HK$", "¥", "$", "€", "£", "₩", "元",
    "円",
];

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It reads differently under the two conventions.
    Ambiguous,
    /// What the canonical grammar says.
    Cell(CellError),
}

const BAD: NumberError = NumberError::Cell(CellError::BadNumber);
const RANGE: NumberError = NumberError::Cell(CellError::NumberRange);

/// Reads a number as a whole number of `10^-places`.
///
/// # Errors
/// When the text is no number of this grammar, reads two ways, or holds more digits than fit.
pub fn parse_number(
    text: &str,
    mark: DecimalMark,
    measure: Measure,
    places: usize,
) -> Result<i64, NumberError> {
    let narrowed = narrow(text);
    let shape = Shape::of(&narrowed, measure)?;
    let (whole, fraction) = split(shape.digits, mark)?;
    let shift = if shape.is_percent { 2 } else { 0 };
    let magnitude = fixed(whole, fraction, places, shift)?;
    Ok(if shape.is_negative {
        -magnitude
    } else {
        magnitude
    })
}

/// Which convention a text proves; `None` when it proves none.
pub(super) fn proven_mark(text: &str) -> Option<DecimalMark> {
    let narrowed = narrow(text);
    let digits = Shape::of(&narrowed, Measure::Value).ok()?.digits;
    let reads = |mark| split(digits, mark).is_ok();
    match (reads(DecimalMark::Point), reads(DecimalMark::Comma)) {
        (true, false) => Some(DecimalMark::Point),
        (false, true) => Some(DecimalMark::Comma),
        _ => None,
    }
}

/// Full-width characters as ASCII, blanks around dropped.
fn narrow(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        '\u{2212}' | '\u{2012}' | '\u{2013}' => '-',
        '\u{ffe5}' => '¥',
        other => other,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

struct Shape<'a> {
    digits: &'a str,
    is_negative: bool,
    is_percent: bool,
}

impl<'a> Shape<'a> {
    fn of(text: &'a str, measure: Measure) -> Result<Self, NumberError> {
        let inner = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let mut shape = Self {
            digits: inner.unwrap_or(text).trim(),
            is_negative: inner.is_some(),
            is_percent: false,
        };
        let is_signed = shape.take_sign();
        if measure == Measure::Value {
            shape.take_marks();
        }
        // A sign may stand before or after the currency, and parentheses are a sign.
        let is_signed_again = shape.take_sign();
        if usize::from(inner.is_some()) + usize::from(is_signed) + usize::from(is_signed_again) > 1
        {
            return Err(BAD);
        }
        Ok(shape)
    }

    fn take_sign(&mut self) -> bool {
        let Some(rest) = self.digits.strip_prefix(['-', '+']) else {
            return false;
        };
        self.is_negative |= self.digits.starts_with('-');
        self.digits = rest.trim_start();
        true
    }

    /// Drops one currency before or after, or one per cent sign.
    fn take_marks(&mut self) {
        if let Some(rest) = self.digits.strip_suffix('%') {
            self.digits = rest.trim_end();
            self.is_percent = true;
            return;
        }
        let before = CURRENCIES
            .iter()
            .find_map(|sign| self.digits.strip_prefix(sign));
        let after = CURRENCIES
            .iter()
            .find_map(|sign| self.digits.strip_suffix(sign));
        if let Some(rest) = before.or(after) {
            self.digits = rest.trim();
        }
    }
}

/// Whole digits (with their grouping marks) and decimals.
fn split(digits: &str, mark: DecimalMark) -> Result<(&str, &str), NumberError> {
    let point = || split_at_mark(digits, '.', ',');
    let comma = || split_at_mark(digits, ',', '.');
    match mark {
        DecimalMark::Point => point(),
        DecimalMark::Comma => comma(),
        DecimalMark::Undeclared => match (point(), comma()) {
            (Ok(a), Ok(b)) if a == b => Ok(a),
            (Ok(_), Ok(_)) => Err(NumberError::Ambiguous),
            (Ok(parts), Err(_)) | (Err(_), Ok(parts)) => Ok(parts),
            (Err(error), Err(_)) => Err(error),
        },
    }
}

fn split_at_mark(digits: &str, decimal: char, group: char) -> Result<(&str, &str), NumberError> {
    let (whole, fraction) = digits.split_once(decimal).unwrap_or((digits, ""));
    let is_number = !(whole.is_empty() && fraction.is_empty())
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && is_grouped(whole, group);
    if is_number {
        Ok((whole, fraction))
    } else {
        Err(BAD)
    }
}

/// Whether digits are grouped by threes, or not at all.
fn is_grouped(whole: &str, group: char) -> bool {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mark = [group, ' ', '\'']
        .into_iter()
        .find(|mark| whole.contains(*mark));
    let Some(mark) = mark else {
        return all_digits(whole);
    };
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let starts_well =
        (1..=3).contains(&first.len()) && all_digits(first) && !first.starts_with('0');
    starts_well && groups.all(|group| group.len() == 3 && all_digits(group))
}

/// The digits as a whole number of `10^-places`, divided by `10^shift`.
fn fixed(whole: &str, fraction: &str, places: usize, shift: usize) -> Result<i64, NumberError> {
    let digits = || whole.bytes().filter(u8::is_ascii_digit);
    let fraction = fraction.trim_end_matches('0');
    let significant = digits().skip_while(|byte| *byte == b'0').count();
    let value = digits().chain(fraction.bytes());
    if significant > WHOLE_DIGITS || fraction.len() > places + shift {
        return Err(RANGE);
    }
    // At most 12 + 6 + 2 digits: 128 bits hold every intermediate value.
    let magnitude = value.fold(0_i128, |sum, byte| sum * 10 + i128::from(byte - b'0'));
    let decimals = fraction.len() + shift;
    let tens = |count: usize| std::iter::repeat_n(10_i128, count).product::<i128>();
    let excess = tens(decimals.saturating_sub(places));
    if magnitude % excess != 0 {
        return Err(RANGE);
    }
    let scaled = magnitude * tens(places.saturating_sub(decimals)) / excess;
    i64::try_from(scaled).map_err(|_range| RANGE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AMBIGUOUS: Result<i64, NumberError> = Err(NumberError::Ambiguous);

    fn amount(text: &str, mark: DecimalMark) -> Result<i64, NumberError> {
        parse_number(text, mark, Measure::Value, 6)
    }

    /// IN-03: the table of the specification.
    #[test]
    fn numbers_read_as_specified_or_are_asked_for() {
        use DecimalMark::{Comma, Point, Undeclared};
        let ok = |value: f64| Ok(crate::units::Amount::round_from_f64(value).millionths());
        let cases = [
            ("1,234", Undeclared, AMBIGUOUS),
            ("1,234", Point, ok(1_234.0)),
            ("1,234", Comma, ok(1.234)),
            ("1.234", Undeclared, AMBIGUOUS),
            ("1.234,5", Undeclared, ok(1_234.5)),
            ("1.234,5", Point, Err(BAD)),
            ("1,234.5", Undeclared, ok(1_234.5)),
            ("１２３", Undeclared, ok(123.0)),
            ("１，２３４．５", Point, ok(1_234.5)),
            ("¥1,000.00", Undeclared, ok(1_000.0)),
            ("￥ 12.5", Undeclared, ok(12.5)),
            ("12.5元", Point, ok(12.5)),
            ("-$3.20", Point, ok(-3.2)),
            ("$-3.20", Point, ok(-3.2)),
            ("USD 7", Undeclared, ok(7.0)),
            ("(12)", Undeclared, ok(-12.0)),
            ("12%", Undeclared, ok(0.12)),
            ("12.5 %", Point, ok(0.125)),
            ("1 234,5", Comma, ok(1_234.5)),
            ("0.125", Undeclared, ok(0.125)),
            ("0,125", Undeclared, ok(0.125)),
            ("1,234,567.8", Undeclared, ok(1_234_567.8)),
            (" 17850.0 ", Undeclared, ok(17_850.0)),
            ("−5", Undeclared, ok(-5.0)),
            (".5", Point, ok(0.5)),
            ("0001", Undeclared, ok(1.0)),
        ];
        for (text, mark, expected) in cases {
            assert_eq!(amount(text, mark), expected, "{text} {mark:?}");
        }
    }

    /// IN-04: what looks like a number to a lenient reader is refused.
    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "1E+05",
            "1e5",
            "1_000",
            "NaN",
            "nan",
            "inf",
            "-inf",
            "--1",
            "(-1)",
            "1,23,456.0",
            "12,34.5",
            "1.2.3",
            ".",
            "-",
            "¥",
            "%",
            "0x10",
            "一百",
            "1 2",
            "12%%",
            "",
            "1-",
            "1,2345.6",
        ] {
            assert_eq!(amount(text, DecimalMark::Point), Err(BAD), "{text}");
        }
        for text in [
            "1e-29",
            "0.0000001",
            "1234567890123",
            "99999999999999999999",
        ] {
            assert!(amount(text, DecimalMark::Point).is_err(), "{text}");
        }
        assert_eq!(amount("0.0000001", DecimalMark::Point), Err(RANGE));
        assert_eq!(amount("0.00001%", DecimalMark::Point), Err(RANGE));
        let count = |text| parse_number(text, DecimalMark::Point, Measure::Count, 3);
        assert_eq!(count("¥5"), Err(BAD));
        assert_eq!(count("5%"), Err(BAD));
        assert_eq!(count("0.0005"), Err(RANGE));
        assert_eq!(count("5.500"), Ok(5_500));
    }

    #[test]
    fn a_mark_is_proven_by_what_only_one_convention_reads() {
        assert_eq!(proven_mark("2.55"), Some(DecimalMark::Point));
        assert_eq!(proven_mark("2,5"), Some(DecimalMark::Comma));
        assert_eq!(proven_mark("1,234"), None);
        assert_eq!(proven_mark("12"), None);
    }

    proptest! {
        #[test]
        fn never_panics_and_never_reads_exponents(text in "[-+0-9.,%¥()eE_ '１．]{0,24}") {
            for mark in [DecimalMark::Undeclared, DecimalMark::Point, DecimalMark::Comma] {
                let read = amount(&text, mark);
                prop_assert!(read.is_err() || !text.contains(['e', 'E', '_']));
            }
        }

        #[test]
        fn canonical_numbers_read_the_same(millionths in -999_999_999_999_999_999_i64..999_999_999_999_999_999) {
            let text = crate::units::Amount::from_millionths(millionths).to_string();
            prop_assert_eq!(amount(&text, DecimalMark::Point), Ok(millionths));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _read = amount(&text, DecimalMark::Undeclared);
        }
    }
}
