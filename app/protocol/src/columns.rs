//! Bulk columns: described in the head, carried in the buffers.
//!
//! Numbers are little-endian. A text column takes two buffers: end offsets (u32) and UTF-8.

use crate::WireError;
use serde::{Deserialize, Serialize};

/// What one column's buffers hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnKind {
    /// f64; NaN = absent.
    F64,
    /// i64, quantities in thousandths of the base unit; `i64::MIN` = absent.
    I64,
    /// Day numbers (i32, days since 1970-01-01); `i32::MIN` = absent.
    Day,
    /// u32: ids and dictionary positions; `u32::MAX` = absent.
    U32,
    /// Text; empty = absent.
    Text,
}

/// Name and kind of a column; its buffers follow in the order of the heads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnHead {
    /// Name, as in docs/formats.md.
    pub name: String,
    /// What the buffers hold.
    pub kind: ColumnKind,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// See [`ColumnKind::F64`].
    F64(Vec<f64>),
    /// See [`ColumnKind::I64`].
    I64(Vec<i64>),
    /// See [`ColumnKind::Day`].
    Day(Vec<i32>),
    /// See [`ColumnKind::U32`].
    U32(Vec<u32>),
    /// See [`ColumnKind::Text`].
    Text(Vec<String>),
}

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name, as in docs/formats.md.
    pub name: String,
    /// The values, one a row.
    pub data: ColumnData,
}

impl Column {
    /// A named column.
    #[must_use]
    pub fn new(name: &str, data: ColumnData) -> Self {
        Self {
            name: name.to_owned(),
            data,
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.data {
            ColumnData::F64(values) => values.len(),
            ColumnData::I64(values) => values.len(),
            ColumnData::Day(values) => values.len(),
            ColumnData::U32(values) => values.len(),
            ColumnData::Text(values) => values.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Splits columns into what goes into the head and what is transferred.
#[must_use]
pub fn pack(columns: &[Column]) -> (Vec<ColumnHead>, Vec<Vec<u8>>) {
    let mut heads = Vec::with_capacity(columns.len());
    let mut bufs = Vec::with_capacity(columns.len());
    for column in columns {
        let kind = match &column.data {
            ColumnData::F64(values) => {
                bufs.push(
                    values
                        .iter()
                        .flat_map(|value| value.to_le_bytes())
                        .collect(),
                );
                ColumnKind::F64
            }
            ColumnData::I64(values) => {
                bufs.push(
                    values
                        .iter()
                        .flat_map(|value| value.to_le_bytes())
                        .collect(),
                );
                ColumnKind::I64
            }
            ColumnData::Day(values) => {
                bufs.push(
                    values
                        .iter()
                        .flat_map(|value| value.to_le_bytes())
                        .collect(),
                );
                ColumnKind::Day
            }
            ColumnData::U32(values) => {
                bufs.push(
                    values
                        .iter()
                        .flat_map(|value| value.to_le_bytes())
                        .collect(),
                );
                ColumnKind::U32
            }
            ColumnData::Text(values) => {
                pack_text(values, &mut bufs);
                ColumnKind::Text
            }
        };
        heads.push(ColumnHead {
            name: column.name.clone(),
            kind,
        });
    }
    (heads, bufs)
}

fn pack_text(values: &[String], bufs: &mut Vec<Vec<u8>>) {
    let mut ends = Vec::with_capacity(values.len() * 4);
    let mut text = Vec::new();
    for value in values {
        text.extend_from_slice(value.as_bytes());
        // A page of rows is far below 4 GiB; saturating keeps a broken one decodable as an error.
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        ends.extend_from_slice(&end.to_le_bytes());
    }
    bufs.push(ends);
    bufs.push(text);
}

/// Puts columns together again.
///
/// # Errors
/// [`WireError::Buffers`] when buffers are missing, left over, of a wrong length or not UTF-8.
pub fn unpack(heads: &[ColumnHead], bufs: &[Vec<u8>]) -> Result<Vec<Column>, WireError> {
    let mut rest = bufs.iter().map(Vec::as_slice);
    let mut columns = Vec::with_capacity(heads.len());
    for head in heads {
        let first = rest.next().ok_or(WireError::Buffers)?;
        let data = match head.kind {
            ColumnKind::F64 => ColumnData::F64(numbers(first, f64::from_le_bytes)?),
            ColumnKind::I64 => ColumnData::I64(numbers(first, i64::from_le_bytes)?),
            ColumnKind::Day => ColumnData::Day(numbers(first, i32::from_le_bytes)?),
            ColumnKind::U32 => ColumnData::U32(numbers(first, u32::from_le_bytes)?),
            ColumnKind::Text => {
                let text = rest.next().ok_or(WireError::Buffers)?;
                ColumnData::Text(texts(&numbers(first, u32::from_le_bytes)?, text)?)
            }
        };
        columns.push(Column {
            name: head.name.clone(),
            data,
        });
    }
    if rest.next().is_some() {
        return Err(WireError::Buffers);
    }
    Ok(columns)
}

fn numbers<T, const N: usize>(bytes: &[u8], decode: fn([u8; N]) -> T) -> Result<Vec<T>, WireError> {
    let (values, rest) = bytes.as_chunks::<N>();
    if !rest.is_empty() {
        return Err(WireError::Buffers);
    }
    Ok(values.iter().map(|value| decode(*value)).collect())
}

fn texts(ends: &[u32], bytes: &[u8]) -> Result<Vec<String>, WireError> {
    let mut start = 0_usize;
    let mut values = Vec::with_capacity(ends.len());
    for end in ends {
        let end = *end as usize;
        let slice = bytes.get(start..end).ok_or(WireError::Buffers)?;
        let Ok(text) = std::str::from_utf8(slice) else {
            return Err(WireError::Buffers);
        };
        values.push(text.to_owned());
        start = end;
    }
    if start == bytes.len() {
        Ok(values)
    } else {
        Err(WireError::Buffers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<Column> {
        vec![
            Column::new(
                "sku",
                ColumnData::Text(vec!["奶粉".into(), String::new(), "a".into()]),
            ),
            Column::new("mean", ColumnData::F64(vec![1.5, -0.0, f64::MAX])),
            Column::new("quantity", ColumnData::I64(vec![i64::MIN, 0, 7])),
            Column::new("date", ColumnData::Day(vec![-1, 0, 20_000])),
            Column::new("parent", ColumnData::U32(vec![u32::MAX, 0, 1])),
        ]
    }

    #[test]
    fn columns_arrive_as_they_were_sent() {
        let (heads, bufs) = pack(&sample());
        assert_eq!(bufs.len(), 6);
        assert_eq!(unpack(&heads, &bufs), Ok(sample()));
    }

    #[test]
    fn mutilated_buffers_are_refused() {
        let (heads, bufs) = pack(&sample());
        for index in 0..bufs.len() {
            let mut fewer = bufs.clone();
            fewer.remove(index);
            assert_eq!(
                unpack(&heads, &fewer),
                Err(WireError::Buffers),
                "without {index}"
            );
            let mut shorter = bufs.clone();
            shorter[index].pop();
            assert_eq!(
                unpack(&heads, &shorter),
                Err(WireError::Buffers),
                "short {index}"
            );
        }
        let mut more = bufs.clone();
        more.push(Vec::new());
        assert_eq!(unpack(&heads, &more), Err(WireError::Buffers));
        let mut split_character = bufs;
        split_character[0][0] = 2;
        assert_eq!(unpack(&heads, &split_character), Err(WireError::Buffers));
    }
}
