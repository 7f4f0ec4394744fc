//! The first rows of a file, for proposing a mapping and showing a preview.

use std::collections::BTreeSet;

use super::confidence::Confidence;
use super::rows::{CellType, Row, RowCutter};
use super::synonyms::target_of;
use crate::dataset::TABLES;

/// Rows that are looked at.
const SAMPLE_ROWS: usize = 2_000;
/// Rows among which the header is looked for; exports often start with titles.
const HEADER_ROWS: usize = 10;

/// One cell of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleCell {
    /// Its text.
    pub text: String,
    /// What a workbook knows of it.
    pub cell_type: CellType,
}

/// A header and the rows below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Line of the header, from 1.
    pub header_line: u64,
    /// The header, as it stands.
    pub headers: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<SampleCell>>,
}

impl Sample {
    /// The sample of a decoded text.
    pub fn from_text(text: &str, separator: u8) -> Self {
        Self::from_text_at(text, separator, None)
    }

    /// The sample of a decoded text whose header stands on a line that the user named.
    pub fn from_text_at(text: &str, separator: u8, header_line: Option<u64>) -> Self {
        let mut rows = SampleRows::default();
        let mut cutter = RowCutter::new(separator);
        // A row cut by the end of the sample is left out; errors show while staging.
        let pushed = cutter.push(text, |row| rows.push(row));
        if pushed.is_ok() && rows.lines.is_empty() {
            cutter.finish(|row| rows.push(row)).unwrap_or_default();
        }
        rows.finish(header_line)
    }

    /// The texts of a column.
    pub(super) fn column(&self, index: usize) -> impl Iterator<Item = &SampleCell> {
        let cells = self.rows.iter().filter_map(move |row| row.get(index));
        cells.filter(|cell| !cell.text.trim().is_empty())
    }
}

/// Collects rows until there are enough.
#[derive(Clone, Debug, Default)]
pub struct SampleRows {
    lines: Vec<(u64, Vec<SampleCell>)>,
}

impl SampleRows {
    /// Takes a row.
    pub fn push(&mut self, row: Row<'_>) {
        if self.is_full() {
            return;
        }
        let cell = |index| SampleCell {
            text: row.get(index).to_owned(),
            cell_type: row.cell_type(index),
        };
        self.lines
            .push((row.line, (0..row.len()).map(cell).collect()));
    }

    /// Whether more rows would be dropped.
    pub fn is_full(&self) -> bool {
        self.lines.len() >= SAMPLE_ROWS
    }

    /// Finds the header, unless its line is given, and keeps what is below it.
    pub fn finish(self, header_line: Option<u64>) -> Sample {
        let header = match header_line {
            Some(given) => self.lines.iter().position(|(line, _)| *line >= given),
            None => self.best_header(),
        };
        let mut lines = self.lines.into_iter().skip(header.unwrap_or(0));
        let Some((header_line, header)) = lines.next() else {
            return Sample::default();
        };
        let clean = |cell: SampleCell| super::cells::unwrap_text(&cell.text).to_owned();
        Sample {
            header_line,
            headers: header.into_iter().map(clean).collect(),
            rows: lines.map(|(_, cells)| cells).collect(),
        }
    }

    /// The row that reads most like a header; the first of equally good ones.
    fn best_header(&self) -> Option<usize> {
        let rows = self.lines.iter().take(HEADER_ROWS).enumerate().rev();
        rows.max_by_key(|(_, (_, cells))| header_score(cells))
            .map(|(index, _)| index)
    }
}

/// Known headers, then cells that are not blank.
fn header_score(cells: &[SampleCell]) -> (usize, bool) {
    let is_known = |text: &str| {
        TABLES
            .iter()
            .any(|def| matches!(target_of(def, text), Some((_, Confidence::Sure))))
    };
    let known: BTreeSet<_> = cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|t| is_known(t))
        .collect();
    let filled = cells
        .iter()
        .filter(|cell| !cell.text.trim().is_empty())
        .count();
    (known.len(), filled > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_above_the_header_are_skipped() {
        let sample = Sample::from_text(
            "库存报表,,\n打印人：甲,,\n货号,仓库,数量\nA,W1,5\nB,W1,6\n",
            b',',
        );
        assert_eq!((sample.header_line, sample.rows.len()), (3, 2));
        assert_eq!(sample.headers, ["货号", "仓库", "数量"]);
    }

    #[test]
    fn the_user_may_name_the_line_of_the_header() {
        let text = "货号,仓库,数量\nA,W1,5\nB,W1,6\n";
        let sample = Sample::from_text_at(text, b',', Some(2));
        assert_eq!((sample.header_line, sample.rows.len()), (2, 1));
        assert_eq!(sample.headers, ["A", "W1", "5"]);
        assert_eq!(
            Sample::from_text_at(text, b',', Some(9)).headers,
            ["货号", "仓库", "数量"]
        );
    }

    #[test]
    fn a_file_of_one_line_or_none_is_survived() {
        assert_eq!(Sample::from_text("a,b", b',').headers, ["a", "b"]);
        assert_eq!(Sample::from_text("", b','), Sample::default());
    }
}
