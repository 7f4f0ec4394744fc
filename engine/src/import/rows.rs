//! Separated values as rows: any of four separators, quotes, bounded rows.
//!
//! Works on blocks of decoded text, so rows may span blocks. A row's cells lie in one
//! buffer that the next row reuses.

use crate::issue::Code;

/// The longest row, in bytes: what an unclosed quote may swallow at most.
pub const ROW_LIMIT: usize = 1 << 20;
/// The most columns.
pub const COLUMN_LIMIT: usize = 16_384;

/// What a spreadsheet knows about a cell beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    /// Text as typed by a person: read by the mapping's conventions.
    Text,
    /// A number in canonical spelling.
    Number,
    /// A number of more than 15 digits, which a spreadsheet cannot store exactly.
    Inexact,
    /// A date or date and time in ISO spelling.
    Date,
}

/// One row of cells.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Line on which it starts, from 1.
    pub line: u64,
    text: &'a str,
    ends: &'a [usize],
    types: &'a [CellType],
}

impl<'a> Row<'a> {
    /// A row whose cells lie in `text`, each up to its end. Rows of a
    /// workbook have types; rows without any come from text.
    pub const fn new(line: u64, text: &'a str, ends: &'a [usize], types: &'a [CellType]) -> Self {
        Self {
            line,
            text,
            ends,
            types,
        }
    }

    /// Number of cells.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell's text; empty past the end.
    pub fn get(&self, index: usize) -> &'a str {
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or(self.text.len()),
        };
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// What is known of a cell.
    pub fn cell_type(&self, index: usize) -> CellType {
        self.types.get(index).copied().unwrap_or(CellType::Text)
    }

    /// Whether it simply ends at its last cell, as rows of a workbook do.
    pub const fn is_open_ended(&self) -> bool {
        !self.types.is_empty()
    }

    /// All cells.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |index| self.get(index))
    }
}

/// Why a text is not separated values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowError {
    /// `BadQuoting` or `TooManyColumns`.
    pub code: Code,
    /// Line on which the row starts.
    pub line: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Unquoted,
    Quoted,
    AfterQuote,
}

/// Cuts text into rows.
#[derive(Debug)]
pub struct RowCutter {
    separator: u8,
    state: State,
    text: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    row_line: u64,
    is_after_return: bool,
}

impl RowCutter {
    /// Cuts at `separator`, an ASCII character.
    pub fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::FieldStart,
            text: Vec::with_capacity(1_024),
            ends: Vec::with_capacity(32),
            line: 1,
            row_line: 1,
            is_after_return: false,
        }
    }

    /// Takes a block and hands each row that ends in it to `each`.
    ///
    /// # Errors
    /// When a row passes [`ROW_LIMIT`] or [`COLUMN_LIMIT`].
    pub fn push(&mut self, block: &str, mut each: impl FnMut(Row<'_>)) -> Result<(), RowError> {
        let mut rest = block.as_bytes();
        while let Some((byte, after)) = rest.split_first() {
            if self.state == State::Unquoted || self.state == State::Quoted {
                let run = self.plain_run(rest);
                if run > 0 {
                    let (plain, after) = rest.split_at(run);
                    self.text.extend_from_slice(plain);
                    rest = after;
                    self.check_length()?;
                    continue;
                }
            }
            self.step(*byte, &mut each)?;
            rest = after;
        }
        Ok(())
    }

    /// Ends the text.
    ///
    /// # Errors
    /// When a quote never closed.
    pub fn finish(mut self, mut each: impl FnMut(Row<'_>)) -> Result<(), RowError> {
        if self.state == State::Quoted {
            return Err(RowError {
                code: Code::BadQuoting,
                line: self.row_line,
            });
        }
        self.end_row(&mut each)
    }

    /// Bytes that only need copying in the present state.
    fn plain_run(&self, rest: &[u8]) -> usize {
        let separator = self.separator;
        let stop = if self.state == State::Quoted {
            rest.iter().position(|b| matches!(*b, b'"' | b'\n' | b'\r'))
        } else {
            rest.iter()
                .position(|b| *b == separator || matches!(*b, b'\n' | b'\r'))
        };
        stop.unwrap_or(rest.len())
    }

    fn step(&mut self, byte: u8, each: &mut impl FnMut(Row<'_>)) -> Result<(), RowError> {
        let is_line_feed_of_pair = self.is_after_return && byte == b'\n';
        self.is_after_return = byte == b'\r';
        if self.state == State::Quoted {
            self.line += u64::from(byte == b'\n');
            match byte {
                b'"' => self.state = State::AfterQuote,
                _ => self.text.push(byte),
            }
            return self.check_length();
        }
        if is_line_feed_of_pair {
            return Ok(());
        }
        match byte {
            b'\n' | b'\r' => {
                self.end_row(each)?;
                self.line += 1;
                self.row_line = self.line;
            }
            b'"' if self.state == State::FieldStart => self.state = State::Quoted,
            b'"' if self.state == State::AfterQuote => {
                self.text.push(b'"');
                self.state = State::Quoted;
            }
            _ if byte == self.separator => self.end_cell()?,
            _ => {
                self.text.push(byte);
                self.state = State::Unquoted;
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), RowError> {
        self.state = State::FieldStart;
        self.ends.push(self.text.len());
        if self.ends.len() > COLUMN_LIMIT {
            return Err(RowError {
                code: Code::TooManyColumns,
                line: self.row_line,
            });
        }
        Ok(())
    }

    fn end_row(&mut self, each: &mut impl FnMut(Row<'_>)) -> Result<(), RowError> {
        let is_blank_line =
            self.ends.is_empty() && self.text.is_empty() && self.state == State::FieldStart;
        if !is_blank_line {
            self.end_cell()?;
            // Blocks are UTF-8 and rows are cut at ASCII characters.
            let text = std::str::from_utf8(&self.text).unwrap_or_default();
            each(Row::new(self.row_line, text, &self.ends, &[]));
        }
        self.text.clear();
        self.ends.clear();
        self.state = State::FieldStart;
        Ok(())
    }

    fn check_length(&self) -> Result<(), RowError> {
        if self.text.len() > ROW_LIMIT {
            return Err(RowError {
                code: Code::BadQuoting,
                line: self.row_line,
            });
        }
        Ok(())
    }
}

/// The separators a file may use, most usual first.
pub(super) const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The separator that cuts the lines of a sample most evenly; comma when none does.
pub fn sniff_separator(sample: &str) -> u8 {
    let score = |separator: u8| {
        let mut widths = Vec::new();
        let mut cutter = RowCutter::new(separator);
        let cut = cutter.push(sample, |row| widths.push(row.len()));
        if cut.is_ok() {
            // An open quote at the end of a sample is no error: the file goes on.
            cutter
                .finish(|row| widths.push(row.len()))
                .unwrap_or_default();
        }
        evenness(&widths)
    };
    // The last of equal maxima wins, so the usual separators come last.
    let best = SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}

/// Lines of the most frequent width above one, then that width.
fn evenness(widths: &[usize]) -> (usize, usize) {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths.iter().filter(|width| **width > 1) {
        *counts.entry(*width).or_insert(0_usize) += 1;
    }
    counts
        .into_iter()
        .map(|(width, count)| (count, width))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, separator: u8, block: usize) -> Result<Vec<(u64, Vec<String>)>, RowError> {
        let mut rows = Vec::new();
        let mut each =
            |row: Row<'_>| rows.push((row.line, row.cells().map(str::to_owned).collect()));
        let mut cutter = RowCutter::new(separator);
        let mut rest = text;
        while !rest.is_empty() {
            let end = (block..=rest.len())
                .find(|at| rest.is_char_boundary(*at))
                .unwrap_or(rest.len());
            cutter.push(&rest[..end], &mut each)?;
            rest = &rest[end..];
        }
        cutter.finish(&mut each)?;
        Ok(rows)
    }

    #[test]
    fn rows_do_not_depend_on_blocks() {
        let text = "货号,名称\r\n\r\nA,\"一, \"\"二\"\"\r\n三\"\nB,c\"d\n\"E\" x,\n,";
        let row = |line, a: &str, b: &str| (line, vec![a.to_owned(), b.to_owned()]);
        let expected = vec![
            row(1, "货号", "名称"),
            row(3, "A", "一, \"二\"\r\n三"),
            row(5, "B", "c\"d"),
            row(6, "E x", ""),
            row(7, "", ""),
        ];
        for block in 1..text.len() {
            assert_eq!(
                cut(text, b',', block).as_ref(),
                Ok(&expected),
                "blocks of {block}"
            );
        }
    }

    #[test]
    fn an_unclosed_quote_is_named_by_its_line() {
        let unclosed = RowError {
            code: Code::BadQuoting,
            line: 2,
        };
        assert_eq!(cut("a,b\n\"c,d\ne,f\n", b',', 3), Err(unclosed));
        let long = format!("a,b\n\"{}", "x".repeat(ROW_LIMIT + 2));
        assert_eq!(cut(&long, b',', 4_096), Err(unclosed));
        let wide = ",".repeat(COLUMN_LIMIT + 1);
        assert_eq!(
            cut(&wide, b',', 4_096).unwrap_err().code,
            Code::TooManyColumns
        );
    }

    #[test]
    fn separators_are_told_by_even_lines() {
        assert_eq!(sniff_separator("a;b;c\n1,5;2;3\n2,5;4;5\n"), b';');
        assert_eq!(sniff_separator("a\tb\n1,2\t3\n"), b'\t');
        assert_eq!(sniff_separator("a,b\n\"x;y;z\",2\n"), b',');
        assert_eq!(sniff_separator("sku\nA\n"), b',');
    }
}
