//! The rows that did not enter as a file of their own: to be corrected and imported again.
//!
//! It has the header and the cells of the source, and before them the line and the reason. These
//! two columns are for people: no mapping reads them, no fingerprint counts them.

use crate::order;
use std::borrow::Cow;
use std::io::{self, Read, Write};

use super::decode::{DecodeError, Decoding};
use super::guard::{guard_formula, starts_formula};
use super::mapping::Mapping;
use super::refusals::Refusals;
use super::rows::{Row, RowCutter};
use crate::issue::Issue;

/// What headers of columns for people start with.
const NOTE: &str = "ballast_";

/// Whether a column only tells people something.
pub(super) fn is_note(header: &str) -> bool {
    header.trim().starts_with(NOTE)
}

/// Takes the rows of a source again and writes those that did not enter.
#[derive(Debug)]
pub struct LeftOver<W: Write> {
    writer: csv::Writer<W>,
    header_line: u64,
    has_header: bool,
    /// Lines and reasons in the order of the file; `next` is the first not yet met.
    reasons: Vec<(u64, String)>,
    next: usize,
}

impl<W: Write> LeftOver<W> {
    /// Writes the refused rows of a mapping's file; `word` says why a row did not enter.
    ///
    /// # Errors
    /// When the target cannot be written.
    pub fn new(
        mapping: &Mapping,
        refusals: &Refusals,
        word: impl Fn(&Issue) -> String,
        mut target: W,
    ) -> io::Result<Self> {
        target.write_all("\u{feff}".as_bytes())?;
        let separator = u8::try_from(mapping.format.separator).unwrap_or(b',');
        let writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(target);
        let mut reasons: Vec<_> = refusals
            .issues()
            .map(|issue| (issue.place.line, word(&issue)))
            .collect();
        order::sort_by_key(&mut reasons, |(line, _)| *line);
        Ok(Self {
            writer,
            header_line: mapping.format.header_line,
            has_header: false,
            reasons,
            next: 0,
        })
    }

    /// Takes the next row of the source.
    ///
    /// # Errors
    /// When the target cannot be written.
    pub fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        if !self.has_header && row.line >= self.header_line {
            self.has_header = true;
            let notes = [format!("{NOTE}line"), format!("{NOTE}reason")];
            return self.write(&notes, row);
        }
        let after = self.reasons.get(self.next..).unwrap_or_default();
        let count = after
            .iter()
            .take_while(|(line, _)| *line <= row.line)
            .count();
        let own = after
            .iter()
            .take(count)
            .filter(|(line, _)| *line == row.line);
        let own: Vec<&str> = own.map(|(_, reason)| reason.as_str()).collect();
        self.next += count;
        if own.is_empty() {
            return Ok(());
        }
        let notes = [row.line.to_string(), own.join("; ")];
        self.write(&notes, row)
    }

    fn write(&mut self, notes: &[String; 2], row: Row<'_>) -> io::Result<()> {
        let notes = notes.iter().map(|note| Cow::from(note.as_str()));
        for cell in notes.chain(row.cells().map(guarded)) {
            self.writer.write_field(cell.as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the target cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Numbers of the source stay as they are written, texts that begin like formulas are disarmed.
fn guarded(cell: &str) -> Cow<'_, str> {
    let is_number = cell
        .strip_prefix(['-', '+'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
    if starts_formula(cell) && !is_number {
        guard_formula(cell)
    } else {
        Cow::from(cell)
    }
}

/// Writes the rows of a text file that did not enter.
///
/// # Errors
/// When the source is no longer what it was, or the target cannot be written.
pub fn write_left_over<W: Write>(
    source: impl Read,
    mapping: &Mapping,
    mut left_over: LeftOver<W>,
) -> io::Result<()> {
    let mut decoding = Decoding::new(source, mapping.format.encoding);
    let mut cutter = RowCutter::new(u8::try_from(mapping.format.separator).unwrap_or(b','));
    let mut written = Ok(());
    let mut take = |row: Row<'_>| {
        if written.is_ok() {
            written = left_over.row(row);
        }
    };
    let changed = || io::Error::other("the file is no longer what was read");
    while let Some(block) = decoding.next_block().map_err(|error| match error {
        DecodeError::Source(error) => error,
        DecodeError::Malformed { .. } => changed(),
    })? {
        cutter.push(block, &mut take).map_err(|_error| changed())?;
    }
    cutter.finish(&mut take).map_err(|_error| changed())?;
    written?;
    left_over.finish()
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::super::{Encoding, Staged, inspect_text, stage_csv};
    use super::*;

    const STOCK: &str = "sku;warehouse;quantity\nA;W;x\nB;W;2\n=C;W;-\nA;W;4;5\n\"D\n\";W;-3\n";

    fn import(text: &str, remembered: &[Mapping]) -> (Mapping, Staged) {
        let inspected = inspect_text(
            "stock.csv",
            text.as_bytes(),
            true,
            Encoding::Utf8,
            remembered,
        );
        let mapping = inspected.unwrap().proposal.mapping;
        let go_on = |_, _| ControlFlow::Continue(());
        let staged = stage_csv("stock.csv", text.as_bytes(), &mapping, go_on).unwrap();
        (mapping, staged)
    }

    #[test]
    fn rows_that_did_not_enter_can_be_corrected_and_imported_by_the_same_mapping() {
        let (mapping, staged) = import(STOCK, &[]);
        let mut bytes = Vec::new();
        let word = |issue: &Issue| issue.code.as_str().to_owned();
        let left = LeftOver::new(&mapping, &staged.refusals, word, &mut bytes).unwrap();
        write_left_over(STOCK.as_bytes(), &mapping, left).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected = "\u{feff}ballast_line;ballast_reason;sku;warehouse;quantity\r\n\
            2;E_BAD_NUMBER;A;W;x\r\n\
            4;E_BAD_NUMBER;'=C;W;'-\r\n\
            5;E_TOO_MANY_COLUMNS;A;W;4;5\r\n\
            6;E_NEGATIVE;\"D\n\";W;-3\r\n";
        assert_eq!(text, expected);
        let corrected = text
            .replace("W;x", "W;1")
            .replace("W;'-", "W;2")
            .replace("4;5", "4")
            .replace("-3", "3");
        let (again, staged) = import(&corrected, std::slice::from_ref(&mapping));
        assert_eq!(again.shape(), mapping.shape());
        assert_eq!((staged.refusals.len(), staged.totals.loaded.rows), (1, 3));
        let twice = staged.refusals.issues().next().map(|issue| issue.code);
        assert_eq!(twice, Some(crate::issue::Code::DuplicateKey));
    }
}
