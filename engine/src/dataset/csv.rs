//! Canonical CSV files in and out (`docs/formats.md`). Foreign files go through `import`.

use std::io::{Read, Write};

use super::cell::{Cell, CellError, format_cell, parse_cell};
use super::code_uses::CodeUse;
use super::csv_writer::CsvWriter;
use super::schema::{ColumnDef, Kind, TableDef, TableId};
use super::table::{DuplicateRule, Table, TableBuilder, definition};
use crate::issue::{Code, Issue, Place};

/// A table read from a file, with everything that was refused.
#[derive(Clone, Debug)]
pub struct CsvRead {
    /// The rows that were accepted.
    pub table: Table,
    /// What was refused or should be known.
    pub issues: Vec<Issue>,
    /// Data rows in the file.
    pub rows_read: usize,
    /// Lines of accepted rows that are limited to some goods, with their limits: whether these
    /// name what there is, only the whole dataset tells.
    pub scopes: Vec<(u64, String)>,
    /// Codes of accepted rows that name rows of other tables.
    pub codes: Vec<CodeUse>,
}

/// Buckets that `open_orders.csv` owns.
const EXPECTED_BUCKETS: [&str; 3] = ["on_order", "in_transit_in", "in_transit_return"];

/// Reads a canonical CSV file. Rows with a problem are left out and listed.
///
/// A reading failure of the source itself is reported as `E_ENCODING` of the file.
pub fn read_csv(id: TableId, file: &str, source: impl Read) -> CsvRead {
    let def = definition(id);
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(source);
    let mut reading = Reading {
        def,
        file,
        columns: Vec::new(),
        attributes: Vec::new(),
        issues: Vec::new(),
        scopes: Vec::new(),
        width: 0,
    };
    let mut record = ::csv::ByteRecord::new();
    let mut rows_read = 0;
    let has_header = matches!(reader.read_byte_record(&mut record), Ok(true));
    if !has_header {
        reading.report(Code::EmptyFile, 0, "");
    }
    if !has_header || !reading.header(&record) {
        let table = TableBuilder::new(id, &[])
            .finish(DuplicateRule::KeepFirst)
            .0;
        return CsvRead {
            table,
            issues: reading.issues,
            rows_read,
            scopes: Vec::new(),
            codes: Vec::new(),
        };
    }
    let mut builder = TableBuilder::new(id, &reading.attributes);
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Err(_unreadable) => {
                reading.report(Code::BadEncoding, line_of(&record), "");
                break;
            }
            Ok(true) => {
                rows_read += 1;
                reading.row(&record, &mut builder);
            }
        }
    }
    let codes = builder.code_uses();
    let (table, duplicates) = builder.finish(DuplicateRule::KeepFirst);
    for duplicate in duplicates {
        let place = reading.place(u64::from(duplicate.line), "");
        reading
            .issues
            .push(Issue::new(Code::DuplicateKey, place).with("first_line", duplicate.first_line));
    }
    CsvRead {
        table,
        issues: reading.issues,
        rows_read,
        scopes: reading.scopes,
        codes,
    }
}

/// Writes a table as a canonical CSV file: defined columns that hold anything or are
/// required, then attributes.
///
/// # Errors
/// When the target cannot be written.
pub fn write_csv(table: &Table, target: impl Write) -> std::io::Result<()> {
    let mut writer = CsvWriter::new(target);
    let defs = table.def().columns.iter().zip(&table.columns);
    let shown: Vec<_> = defs
        .filter(|(def, column)| def.is_required || column.is_some())
        .collect();
    let attributes = table.attributes.iter();
    writer.write_record(
        shown
            .iter()
            .map(|(def, _)| def.name)
            .chain(attributes.clone().map(|(name, _)| name.as_str())),
    )?;
    for row in 0..table.len() {
        for (def, column) in &shown {
            let cell = column.as_ref().and_then(|column| column.cell(row));
            writer.write_field(&cell.map_or(String::new(), |cell| format_cell(def.kind, &cell)));
        }
        for (_, column) in attributes.clone() {
            let text = match column.cell(row) {
                Some(Cell::Text(text)) => text,
                _ => "".into(),
            };
            writer.write_field(&text);
        }
        writer.end_record()?;
    }
    writer.flush()
}

struct Reading<'a> {
    def: &'static TableDef,
    file: &'a str,
    /// For each column of the file: where its cells go.
    columns: Vec<Target>,
    attributes: Vec<String>,
    issues: Vec<Issue>,
    scopes: Vec<(u64, String)>,
    width: usize,
}

#[derive(Clone, Copy)]
enum Target {
    Defined(usize, &'static ColumnDef),
    Attribute(usize),
}

impl Reading<'_> {
    /// Reads the header; false when the file cannot be used.
    fn header(&mut self, record: &::csv::ByteRecord) -> bool {
        let names: Vec<String> = record.iter().map(header_name).collect();
        self.width = names.len();
        let mut is_usable = true;
        for (index, name) in names.iter().enumerate() {
            if names.iter().take(index).any(|earlier| earlier == name) {
                self.report_column(Code::DuplicateColumn, name);
                is_usable = false;
            }
            let target = match self
                .def
                .columns
                .iter()
                .enumerate()
                .find(|(_, def)| def.name == name)
            {
                Some((position, def)) => Target::Defined(position, def),
                None => {
                    self.attributes.push(name.clone());
                    Target::Attribute(self.def.columns.len() + self.attributes.len() - 1)
                }
            };
            self.columns.push(target);
        }
        for def in self.def.columns.iter().filter(|def| def.is_required) {
            if !names.iter().any(|name| name == def.name) {
                self.report_column(Code::MissingColumn, def.name);
                is_usable = false;
            }
        }
        is_usable
    }

    fn row(&mut self, record: &::csv::ByteRecord, builder: &mut TableBuilder) {
        let line = line_of(record);
        if record.len() != self.width {
            let code = if record.len() > self.width {
                Code::TooManyColumns
            } else {
                Code::TooFewColumns
            };
            let issue = Issue::new(code, self.place(line, ""));
            self.issues.push(
                issue
                    .with("found", record.len())
                    .with("expected", self.width),
            );
            return;
        }
        let mut cells: Vec<Option<Cell<'_>>> =
            vec![None; self.def.columns.len() + self.attributes.len()];
        let mut scope = None;
        for (bytes, target) in record.iter().zip(&self.columns) {
            let (index, cell) = match target {
                Target::Attribute(index) => (*index, read_attribute(bytes)),
                Target::Defined(index, def) => (*index, read_cell(def, bytes)),
            };
            match (cell, cells.get_mut(index)) {
                (Ok(cell), Some(slot)) => {
                    if let (Target::Defined(_, def), Some(Cell::Text(text))) = (target, &cell)
                        && def.kind == Kind::Limits
                    {
                        scope = Some(text.to_string());
                    }
                    *slot = cell;
                }
                (Err((code, column, value)), _) => {
                    let place = self.place(line, column);
                    self.issues.push(
                        Issue::new(code, place)
                            .with("value", value)
                            .with("column", column),
                    );
                    return;
                }
                (Ok(_), None) => {}
            }
        }
        if let Some((index, error)) = self.def.broken_rule(&cells) {
            return self.refuse_rule(record, line, (index, error));
        }
        self.scopes.extend(scope.map(|scope| (line, scope)));
        builder.push(u32::try_from(line).unwrap_or(u32::MAX), &cells);
    }

    /// Lists a row whose cell is of its kind but not what it must be.
    fn refuse_rule(
        &mut self,
        record: &::csv::ByteRecord,
        line: u64,
        (index, error): (usize, CellError),
    ) {
        let is_it =
            |target: &Target| matches!(target, Target::Defined(place, _) if *place == index);
        let column = self.columns.iter().position(is_it);
        let bytes = column.and_then(|column| record.get(column)).unwrap_or(&[]);
        let name = self.def.columns.get(index).map_or("", |def| def.name);
        let issue = Issue::new(error.code(), self.place(line, name))
            .with("value", String::from_utf8_lossy(bytes).trim())
            .with("column", name);
        self.issues.push(issue);
    }

    fn place(&self, line: u64, column: &str) -> Place {
        Place {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
        }
    }

    fn report(&mut self, code: Code, line: u64, column: &str) {
        self.issues
            .push(Issue::new(code, self.place(line, column)).with("encoding", "UTF-8"));
    }

    fn report_column(&mut self, code: Code, column: &str) {
        self.issues
            .push(Issue::new(code, self.place(1, column)).with("column", column));
    }
}

type Refusal<'a> = (Code, &'static str, String);

fn read_cell<'a>(
    def: &'static ColumnDef,
    bytes: &'a [u8],
) -> Result<Option<Cell<'a>>, Refusal<'a>> {
    let text =
        std::str::from_utf8(bytes).map_err(|_utf8| (Code::BadEncoding, def.name, String::new()))?;
    match parse_cell(def.kind, text) {
        Ok(None) if def.is_required => Err((Code::MissingValue, def.name, String::new())),
        Ok(cell) => Ok(cell),
        Err(CellError::UnknownChoice) if EXPECTED_BUCKETS.contains(&text.trim()) => {
            Err((Code::ExpectedBucket, def.name, text.to_owned()))
        }
        Err(error) => Err((error.code(), def.name, text.to_owned())),
    }
}

fn read_attribute(bytes: &[u8]) -> Result<Option<Cell<'_>>, Refusal<'_>> {
    let text =
        std::str::from_utf8(bytes).map_err(|_utf8| (Code::BadEncoding, "", String::new()))?;
    parse_cell(Kind::Text, text).map_err(|error| (error.code(), "", text.to_owned()))
}

fn header_name(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    text.trim_start_matches('\u{feff}').trim().to_owned()
}

fn line_of(record: &::csv::ByteRecord) -> u64 {
    record.position().map_or(0, ::csv::Position::line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CsvRead {
        read_csv(TableId::Stock, "stock.csv", text.as_bytes())
    }

    fn refusals(read: &CsvRead) -> Vec<(u64, &'static str)> {
        read.issues
            .iter()
            .map(|issue| (issue.place.line, issue.code.as_str()))
            .collect()
    }

    #[test]
    fn every_refused_row_is_named() {
        let read = read(
            "\u{feff}sku,warehouse,bucket,quantity,shelf\n\
             A,W1,unrestricted,5,x\n\
             A,W1,unrestricted,7,y\n\
             B,W1,unrestricted,1e3,\n\
             B,W1,on_order,3,\n\
             ,W1,scrap,3,\n\
             C,W1,scrap,-3,\n\
             C,W1,scrap,3,z,extra\n\
             D,W1,kaputt,3,\n\
             E,W1,blocked,2.5,\n",
        );
        let expected = [
            (4, "E_BAD_NUMBER"),
            (5, "E_EXPECTED_BUCKET"),
            (6, "E_MISSING_VALUE"),
            (7, "E_NEGATIVE"),
            (8, "E_TOO_MANY_COLUMNS"),
            (9, "E_UNKNOWN_CHOICE"),
            (3, "E_DUPLICATE_KEY"),
        ];
        assert_eq!(refusals(&read), expected);
        assert_eq!((read.rows_read, read.table.len()), (9, 2));
        assert_eq!(read.table.attributes().len(), 1);
    }

    #[test]
    fn a_file_without_a_required_column_is_refused_whole() {
        let read = read("sku,warehouse,quantity\nA,W1,5\n");
        assert_eq!(refusals(&read), [(1, "E_MISSING_COLUMN")]);
        assert!(read.table.is_empty());
    }

    #[test]
    fn what_is_written_reads_back_equal() {
        let first = read(
            "sku,warehouse,bucket,quantity,lot,note\nB,W1,scrap,2,L1,\"a, b\"\nA,W1,blocked,0.5,,\n",
        );
        let mut bytes = Vec::new();
        write_csv(&first.table, &mut bytes).unwrap();
        let second = read_csv(TableId::Stock, "stock.csv", bytes.as_slice());
        assert_eq!(first.table, second.table);
        assert!(second.issues.is_empty());
    }
}
