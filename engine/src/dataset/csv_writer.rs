//! CSV as the engine writes it: a field is quoted only where it must be, lines end with LF.
//!
//! The same bytes as the default writer of crate `csv`, which brings the parsing of floats and
//! its tables with it: 13 KiB of the download.

use std::io::{self, Write};

/// Bytes gathered before they are passed on.
const FULL: usize = 8 * 1024;

/// Writes records to a target; [`CsvWriter::flush`] after the last one.
pub struct CsvWriter<W: Write> {
    target: W,
    lines: Vec<u8>,
    /// Where the line that is being written starts.
    start: usize,
    fields: usize,
}

impl<W: Write> CsvWriter<W> {
    /// A writer that has written nothing.
    pub fn new(target: W) -> Self {
        Self {
            target,
            lines: Vec::with_capacity(FULL),
            start: 0,
            fields: 0,
        }
    }

    /// Writes these fields and ends the line.
    ///
    /// # Errors
    /// When the target fails.
    pub fn write_record<T: AsRef<str>>(
        &mut self,
        fields: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        for field in fields {
            self.write_field(field.as_ref());
        }
        self.end_record()
    }

    /// Writes the next field of the line.
    pub fn write_field(&mut self, field: &str) {
        if self.fields > 0 {
            self.lines.push(b',');
        }
        self.fields += 1;
        let must_quote = |byte| matches!(byte, b',' | b'"' | b'\r' | b'\n');
        if !field.bytes().any(must_quote) {
            self.lines.extend(field.as_bytes());
            return;
        }
        self.lines.push(b'"');
        for byte in field.bytes() {
            if byte == b'"' {
                self.lines.push(b'"');
            }
            self.lines.push(byte);
        }
        self.lines.push(b'"');
    }

    /// Ends the line.
    ///
    /// # Errors
    /// When the target fails.
    pub fn end_record(&mut self) -> io::Result<()> {
        if self.lines.len() == self.start {
            // An empty line would be no record.
            self.lines.extend(b"\"\"");
        }
        self.lines.push(b'\n');
        if self.lines.len() >= FULL {
            self.pass_on()?;
        }
        (self.start, self.fields) = (self.lines.len(), 0);
        Ok(())
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.target.write_all(&self.lines)?;
        self.lines.clear();
        self.start = 0;
        Ok(())
    }

    /// Passes everything on to the target.
    ///
    /// # Errors
    /// When the target fails.
    pub fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.target.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_the_crate() {
        let texts = [
            "",
            "a",
            "a,b",
            "\"",
            "a\"b\"",
            "1\n2",
            "\r",
            "#x",
            " y ",
            "补货；1.5",
        ];
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let mut writer = CsvWriter::new(&mut ours);
        let mut expected = ::csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(&mut theirs);
        for first in texts {
            writer.write_record([first]).unwrap();
            expected.write_record([first]).unwrap();
            for second in texts {
                writer.write_record([first, second]).unwrap();
                expected.write_record([first, second]).unwrap();
            }
        }
        writer.flush().unwrap();
        expected.flush().unwrap();
        drop(expected);
        assert_eq!(ours, theirs);
    }
}
