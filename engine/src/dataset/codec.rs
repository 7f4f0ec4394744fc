//! Tables as bytes: what is stored, sent between workers and hashed.
//!
//! Little endian. Numbers are stored as `(value - least) / step` in as few bytes as the
//! largest needs, so equal tables have equal bytes and most columns take one or two
//! bytes a row before any compression. Absent numbers are the largest stored value.

use thiserror::Error;

use super::column::{Column, NO_DAY, NO_NUMBER, NO_TEXT, Texts};
use super::schema::TableId;
use super::table::{Table, definition};

const MAGIC: &[u8; 4] = b"BTB1";
const TEXTS: u8 = 1;
const NUMBERS: u8 = 2;
const DAYS: u8 = 3;

/// Why bytes are not a packed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CodecError {
    /// They end too early or a length runs past the end.
    #[error("packed table is cut short")]
    Truncated,
    /// They do not start as a packed table.
    #[error("not a packed table")]
    BadMagic,
    /// A number, text or count makes no sense there.
    #[error("packed table holds an invalid value")]
    Invalid,
}

/// The canonical bytes of a table.
pub fn pack_table(table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    out.push(u8::try_from(table.id().index()).unwrap_or(u8::MAX));
    put_count(&mut out, table.len());
    put_count(&mut out, table.columns.len());
    for column in &table.columns {
        match column {
            None => out.push(0),
            Some(column) => put_column(&mut out, column),
        }
    }
    put_count(&mut out, table.attributes.len());
    for (name, column) in &table.attributes {
        put_text(&mut out, name);
        put_column(&mut out, column);
    }
    out
}

/// Reads a packed table; nothing is allocated beyond the size of the input times eight.
///
/// # Errors
/// When the bytes are not exactly one packed table.
pub fn unpack_table(bytes: &[u8]) -> Result<Table, CodecError> {
    let mut reader = Reader { rest: bytes };
    if reader.take(MAGIC.len())? != MAGIC {
        return Err(CodecError::BadMagic);
    }
    let index = usize::from(reader.byte()?);
    let id = *TableId::ALL.get(index).ok_or(CodecError::Invalid)?;
    let rows = reader.count()?;
    let count = reader.count()?;
    // An older file has fewer columns; the new ones are simply absent.
    let known = definition(id).columns.len();
    if count > known {
        return Err(CodecError::Invalid);
    }
    let mut columns = Vec::with_capacity(known);
    for _ in 0..count {
        columns.push(reader.column(rows)?);
    }
    columns.resize(known, None);
    let mut attributes = Vec::new();
    for _ in 0..reader.count()? {
        let name = reader.text()?;
        let column = reader.column(rows)?.ok_or(CodecError::Invalid)?;
        attributes.push((name, column));
    }
    if !reader.rest.is_empty() {
        return Err(CodecError::Invalid);
    }
    Ok(Table::from_parts(id, rows, columns, attributes))
}

fn put_column(out: &mut Vec<u8>, column: &Column) {
    match column {
        Column::Texts(texts) => {
            out.push(TEXTS);
            put_count(out, texts.words.len());
            texts.words.iter().for_each(|word| put_text(out, word));
            put_numbers(
                out,
                texts
                    .codes
                    .iter()
                    .map(|code| widen(*code, NO_TEXT, i64::from)),
            );
        }
        Column::Numbers(numbers) => {
            out.push(NUMBERS);
            put_numbers(out, numbers.iter().copied());
        }
        Column::Days(days) => {
            out.push(DAYS);
            put_numbers(out, days.iter().map(|day| widen(*day, NO_DAY, i64::from)));
        }
    }
}

fn widen<T: PartialEq + Copy>(value: T, absent: T, convert: impl Fn(T) -> i64) -> i64 {
    if value == absent {
        NO_NUMBER
    } else {
        convert(value)
    }
}

/// Writes least value, step and width, then each value in `width` bytes.
fn put_numbers(out: &mut Vec<u8>, numbers: impl Iterator<Item = i64> + Clone) {
    let present = numbers.clone().filter(|number| *number != NO_NUMBER);
    let least = present.clone().min().unwrap_or(0);
    let offset = |number: i64| number.wrapping_sub(least).cast_unsigned();
    let step = present
        .clone()
        .fold(0, |step, number| gcd(step, offset(number)))
        .max(1);
    let largest = present
        .map(|number| offset(number) / step)
        .max()
        .unwrap_or(0);
    let has_absent = numbers.clone().any(|number| number == NO_NUMBER);
    let width = byte_width(if has_absent {
        largest.saturating_add(1)
    } else {
        largest
    });
    let absent = u64::MAX >> (64 - 8 * width.max(1));
    out.extend_from_slice(&least.to_le_bytes());
    out.extend_from_slice(&step.to_le_bytes());
    out.push(width | if has_absent { 0x80 } else { 0 });
    for number in numbers {
        let stored = if number == NO_NUMBER {
            absent
        } else {
            offset(number) / step
        };
        out.extend(stored.to_le_bytes().into_iter().take(usize::from(width)));
    }
}

/// Bytes needed for a value: 0 for zero, up to 8.
fn byte_width(value: u64) -> u8 {
    u8::try_from((64 - value.leading_zeros()).div_ceil(8)).unwrap_or(8)
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], CodecError> {
        let (head, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(CodecError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, CodecError> {
        self.take(1)?.first().copied().ok_or(CodecError::Truncated)
    }

    fn word<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        self.take(N)?
            .try_into()
            .map_err(|_slice| CodecError::Truncated)
    }

    fn count(&mut self) -> Result<usize, CodecError> {
        usize::try_from(u32::from_le_bytes(self.word()?)).map_err(|_number| CodecError::Invalid)
    }

    fn text(&mut self) -> Result<String, CodecError> {
        let length = self.count()?;
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|_utf8| CodecError::Invalid)
    }

    fn column(&mut self, rows: usize) -> Result<Option<Column>, CodecError> {
        let column = match self.byte()? {
            0 => return Ok(None),
            TEXTS => self.texts(rows)?,
            NUMBERS => Column::Numbers(self.numbers(rows)?),
            DAYS => Column::Days(self.narrow(rows, NO_DAY)?),
            _ => return Err(CodecError::Invalid),
        };
        Ok(Some(column))
    }

    fn texts(&mut self, rows: usize) -> Result<Column, CodecError> {
        let count = self.count()?;
        let mut words = Vec::new();
        for _ in 0..count {
            words.push(self.text()?);
        }
        let codes: Vec<u32> = self.narrow(rows, NO_TEXT)?;
        let is_known = |code: &u32| *code == NO_TEXT || (*code as usize) < words.len();
        if !codes.iter().all(is_known) {
            return Err(CodecError::Invalid);
        }
        Ok(Column::Texts(Texts { words, codes }))
    }

    fn narrow<T: TryFrom<i64> + Copy>(
        &mut self,
        rows: usize,
        absent: T,
    ) -> Result<Vec<T>, CodecError> {
        let numbers = self.numbers(rows)?;
        let convert = |number: i64| {
            if number == NO_NUMBER {
                Ok(absent)
            } else {
                T::try_from(number)
            }
        };
        numbers
            .into_iter()
            .map(convert)
            .collect::<Result<_, _>>()
            .map_err(|_range| CodecError::Invalid)
    }

    fn numbers(&mut self, rows: usize) -> Result<Vec<i64>, CodecError> {
        let least = i64::from_le_bytes(self.word()?);
        let step = u64::from_le_bytes(self.word()?);
        let mode = self.byte()?;
        let (width, has_absent) = (usize::from(mode & 0x7f), mode & 0x80 != 0);
        if width > 8 || (width == 0 && has_absent) {
            return Err(CodecError::Invalid);
        }
        if width == 0 {
            // One value a row costs no bytes here: the row count must not be a bomb.
            return if rows <= 50_000_000 {
                Ok(vec![least; rows])
            } else {
                Err(CodecError::Invalid)
            };
        }
        let bytes = self.take(rows.checked_mul(width).ok_or(CodecError::Truncated)?)?;
        let absent = u64::MAX >> (64 - 8 * width);
        let value = |chunk: &[u8]| {
            let stored = chunk
                .iter()
                .rev()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
            if has_absent && stored == absent {
                return NO_NUMBER;
            }
            least.wrapping_add(stored.wrapping_mul(step).cast_signed())
        };
        Ok(bytes.chunks_exact(width).map(value).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Cell, DuplicateRule, TableBuilder};
    use super::*;
    use crate::day::Day;

    fn table(rows: &[(i32, u16, i64, Option<i64>)]) -> Table {
        let mut builder = TableBuilder::new(TableId::Demand, &["note".to_owned()]);
        for (line, (day, sku, quantity, revenue)) in (2..).zip(rows) {
            let text = |text: String| Some(Cell::Text(text.into()));
            builder.push(
                line,
                &[
                    Some(Cell::Day(Day::from_number(*day))),
                    text(format!("sku{sku}")),
                    text("tmall".to_owned()),
                    None,
                    Some(Cell::Number(*quantity)),
                    revenue.map(Cell::Number),
                    None,
                    None,
                    None,
                    (sku % 3 == 0).then(|| Cell::Text(format!("n{day}").into())),
                ],
            );
        }
        builder.finish(DuplicateRule::Sum).0
    }

    proptest! {
        #[test]
        fn packing_keeps_every_cell(rows in prop::collection::vec(
            (0..20_000_i32, 0..50_u16, -1_000_000_000..1_000_000_000_i64, prop::option::of(any::<i32>().prop_map(i64::from))),
            0..60,
        )) {
            let table = table(&rows);
            let bytes = pack_table(&table);
            prop_assert_eq!(unpack_table(&bytes).unwrap(), table);
        }

        #[test]
        fn damaged_bytes_never_panic(cut in 0..400_usize, at in 0..400_usize, flip in 1..=255_u8) {
            let mut bytes = pack_table(&table(&[(1, 2, 3, None), (4, 5, 6, Some(7))]));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= flip;
            }
            bytes.truncate(cut.max(1));
            let _table = unpack_table(&bytes);
        }
    }

    #[test]
    fn whole_quantities_take_one_byte_a_row() {
        let rows: Vec<_> = (0..1_000)
            .map(|i| (i, 1, i64::from(i % 100) * 1_000, None))
            .collect();
        let bytes = pack_table(&table(&rows));
        assert!(bytes.len() < 14_000, "{}", bytes.len());
    }
}
