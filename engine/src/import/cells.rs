//! Reading one cell of a foreign file as a value of a column.

use std::borrow::Cow;

use super::date::{DateError, DateOrder, parse_date, parse_moment};
use super::number::{DecimalMark, Measure, NumberError, parse_number};
use super::rows::CellType;
use super::synonyms::normalise_header;
use super::words;
use crate::dataset::{Cell, CellError, Kind, parse_cell};
use crate::issue::Code;

/// How the numbers and dates of a file are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conventions {
    pub(super) decimal_mark: DecimalMark,
    pub(super) date_order: DateOrder,
}

/// The mark that a broken conversion left in place of a character.
const REPLACEMENT: char = '\u{fffd}';

/// Reads everything but choices; blank cells are `Ok(None)`.
pub(super) fn read_cell(
    kind: Kind,
    text: &str,
    cell_type: CellType,
    conventions: Conventions,
) -> Result<Option<Cell<'_>>, Code> {
    let text = unwrap_text(text);
    if text.is_empty() {
        return Ok(None);
    }
    if !text.is_ascii() && text.contains(REPLACEMENT) {
        return Err(Code::BadEncoding);
    }
    if cell_type == CellType::Inexact {
        return Err(Code::LostDigits);
    }
    let number = |measure, places| read_number(text, cell_type, conventions, measure, places);
    let number = match kind {
        Kind::Code | Kind::Text | Kind::Choice(_) | Kind::Limits => {
            return parse_cell(kind, text).map_err(CellError::code);
        }
        Kind::Date => {
            let day = parse_date(text, date_order(cell_type, conventions)).map_err(date_code)?;
            return Ok(Some(Cell::Day(day)));
        }
        Kind::Time => {
            let order = date_order(cell_type, conventions);
            parse_moment(text, order).map_err(date_code)?.packed()
        }
        Kind::Quantity => match number(Measure::Count, 3)? {
            negative if negative < 0 => return Err(Code::Negative),
            quantity => quantity,
        },
        Kind::SignedQuantity => number(Measure::Count, 3)?,
        Kind::Number => number(Measure::Value, 6)?,
        Kind::Integer => number(Measure::Count, 0)?,
        Kind::Flag => words::flag(&normalise_header(text))
            .map(i64::from)
            .ok_or(Code::UnknownChoice)?,
    };
    Ok(Some(Cell::Number(number)))
}

/// Reads a word of a choice column: as the user decided, as written, as the dictionary knows it.
pub(super) fn read_choice<'a>(
    column: &str,
    choices: &[&'static str],
    decided: impl Iterator<Item = (&'a str, &'a str)>,
    text: &str,
) -> Result<Option<&'static str>, Code> {
    let text = unwrap_text(text);
    if text.is_empty() {
        return Ok(None);
    }
    let normalised = normalise_header(text);
    let mut decided = decided.filter(|(from, _)| normalise_header(from) == normalised);
    let word = match decided.next() {
        Some((_, to)) => choices.iter().find(|choice| **choice == to).copied(),
        None => words::meaning(column, choices, &normalised),
    };
    match word {
        Some(word) if choices.contains(&word) => Ok(Some(word)),
        Some(_expected) => Err(Code::ExpectedBucket),
        None if words::is_expected(text) => Err(Code::ExpectedBucket),
        None => Err(Code::UnknownChoice),
    }
}

/// Drops blanks and the wrappings that keep a spreadsheet from changing a text:
/// `="00123"`, and the apostrophe that our own exports put before a formula sign.
pub(super) fn unwrap_text(text: &str) -> &str {
    let text =
        text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    if let Some(inner) = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
    {
        return inner.trim();
    }
    super::guard::unguard_formula(text)
}

fn read_number(
    text: &str,
    cell_type: CellType,
    conventions: Conventions,
    measure: Measure,
    places: usize,
) -> Result<i64, Code> {
    let mark = match cell_type {
        CellType::Number => DecimalMark::Point,
        CellType::Text | CellType::Inexact | CellType::Date => conventions.decimal_mark,
    };
    parse_number(text, mark, measure, places).map_err(|error| match error {
        NumberError::Ambiguous => Code::AmbiguousNumber,
        NumberError::Cell(error) => error.code(),
    })
}

fn date_order(cell_type: CellType, conventions: Conventions) -> DateOrder {
    match cell_type {
        CellType::Date => DateOrder::Undeclared,
        CellType::Text | CellType::Number | CellType::Inexact => conventions.date_order,
    }
}

const fn date_code(error: DateError) -> Code {
    match error {
        DateError::Ambiguous => Code::AmbiguousDate,
        DateError::Bad => Code::BadDate,
    }
}

/// A text cell, for roles that are no column.
pub(super) fn read_text(text: &str) -> Option<Cow<'_, str>> {
    match parse_cell(Kind::Text, unwrap_text(text)) {
        Ok(Some(Cell::Text(text))) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, text: &str, cell_type: CellType) -> Result<Option<Cell<'_>>, Code> {
        let conventions = Conventions {
            decimal_mark: DecimalMark::Comma,
            date_order: DateOrder::DayFirst,
        };
        read_cell(kind, text, cell_type, conventions)
    }

    #[test]
    fn typed_cells_do_not_follow_the_files_conventions() {
        let number = |value| Ok(Some(Cell::Number(value)));
        assert_eq!(
            read(Kind::Number, "1.234", CellType::Text),
            number(1_234_000_000)
        );
        assert_eq!(
            read(Kind::Number, "1.234", CellType::Number),
            number(1_234_000)
        );
        assert_eq!(
            read(Kind::Code, "6901234567890123", CellType::Inexact),
            Err(Code::LostDigits)
        );
        let day = crate::day::Day::parse_iso("2026-01-02");
        assert_eq!(
            read(Kind::Date, "2026-01-02", CellType::Date),
            Ok(day.map(Cell::Day))
        );
    }

    #[test]
    fn wrapped_texts_are_unwrapped_and_broken_ones_refused() {
        let text = |text: &'static str| Ok(Some(Cell::Text(text.into())));
        assert_eq!(
            read(Kind::Code, "=\"00123\"", CellType::Text),
            text("00123")
        );
        assert_eq!(read(Kind::Code, "\t00123", CellType::Text), text("00123"));
        assert_eq!(read(Kind::Text, "'=1+1", CellType::Text), text("=1+1"));
        assert_eq!(read(Kind::Text, "'tis", CellType::Text), text("'tis"));
        assert_eq!(read(Kind::Text, "\u{3000}a ", CellType::Text), text("a"));
        assert_eq!(
            read(Kind::Text, "a\u{fffd}", CellType::Text),
            Err(Code::BadEncoding)
        );
    }
}
