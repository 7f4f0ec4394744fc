//! Workbooks in: checked, then read cell by cell, so that memory follows what is there and
//! not what a sheet claims to span.

use std::io::{Read, Seek, Write};
use std::ops::ControlFlow;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use engine::import::{
    CellType, FileFormat, LeftOver, Mapping, Proposal, Row, Sample, SampleRows, StageError, Staged,
    Stager, day_of_serial, propose,
};
use engine::issue::{Code, Issue, Place};

use crate::archive::{ArchiveError, check_archive};

/// Most cells read from one sheet.
const CELL_LIMIT: u64 = 5_000_000;
/// Most places in the rows of one sheet, blank ones before the last cell of a row included.
const PLACE_LIMIT: u64 = 20_000_000;
/// Rows between two calls of `progress`.
const PROGRESS_ROWS: u64 = 4_096;

/// Why a workbook is not read.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The archive around it is not safe or not one.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Its parts are not those of a workbook.
    #[error("not a workbook: {0}")]
    Content(#[from] XlsxError),
    /// It has no sheet of that name, or none at all.
    #[error("no such sheet: {0}")]
    NoSheet(String),
    /// A sheet holds more than is safe.
    #[error("past the limit of {0}")]
    Limit(&'static str),
    /// A row's cells are not in order.
    #[error("cells of row {0} are out of order")]
    Disorder(u64),
}

impl WorkbookError {
    /// The issue that reports it.
    pub fn issue(&self, file: &str) -> Issue {
        let place = Place {
            file: file.to_owned(),
            ..Place::default()
        };
        match self {
            Self::Limit(limit) | Self::Archive(ArchiveError::Limit(limit)) => {
                Issue::new(Code::FileLimit, place).with("limit", limit)
            }
            Self::Archive(_) | Self::Content(_) | Self::NoSheet(_) | Self::Disorder(_) => {
                Issue::new(Code::BadWorkbook, place).with("value", self)
            }
        }
    }
}

/// Whether a file's first bytes are those of a workbook, old binary ones included.
pub fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0")
}

/// An opened workbook.
pub struct Workbook<R: Read + Seek> {
    book: Xlsx<R>,
    is_1904: bool,
}

impl<R: Read + Seek> Workbook<R> {
    /// Checks and opens a workbook.
    ///
    /// # Errors
    /// When the archive passes a limit or is no workbook.
    pub fn open(mut source: R) -> Result<Self, WorkbookError> {
        check_archive(&mut source)?;
        let book = Xlsx::new(source)?;
        let is_1904 = book.has_1904_epoch();
        Ok(Self { book, is_1904 })
    }

    /// The names of its worksheets.
    pub fn sheets(&self) -> Vec<String> {
        let sheets = self.book.sheets_metadata().iter();
        let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// The header and first rows of a sheet; of the first with a header when `sheet` is empty.
    ///
    /// # Errors
    /// When the sheet is missing, damaged or past a limit.
    pub fn sample(&mut self, sheet: &str) -> Result<(String, Sample), WorkbookError> {
        if !sheet.is_empty() {
            return Ok((sheet.to_owned(), self.sample_at(sheet, None)?));
        }
        let mut first = None;
        for name in self.sheets() {
            let sample = self.sample_at(&name, None)?;
            if !sample.headers.is_empty() {
                return Ok((name, sample));
            }
            first.get_or_insert(name);
        }
        first
            .map(|name| (name, Sample::default()))
            .ok_or_else(|| WorkbookError::NoSheet(sheet.to_owned()))
    }

    /// The first rows of a sheet, with the header on a given line or found.
    fn sample_at(
        &mut self,
        sheet: &str,
        header_line: Option<u64>,
    ) -> Result<Sample, WorkbookError> {
        let mut rows = SampleRows::default();
        self.rows(sheet, |row| {
            rows.push(row);
            if rows.is_full() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        Ok(rows.finish(header_line))
    }

    /// Proposes a mapping for a sheet, whose header stands on a line if one is given. When
    /// `sheet` is empty it is one that was imported before, or else the first with a header.
    ///
    /// # Errors
    /// As [`Self::sample`].
    pub fn inspect(
        &mut self,
        file: &str,
        sheet: &str,
        header_line: Option<u64>,
        remembered: &[Mapping],
    ) -> Result<(Sample, Proposal), WorkbookError> {
        let is_open = sheet.is_empty() && header_line.is_none();
        let before = if is_open {
            self.as_before(remembered)?
        } else {
            None
        };
        let (sheet, sample) = match (before, header_line) {
            (Some(before), _) => before,
            (None, None) => self.sample(sheet)?,
            (None, Some(_)) => {
                let name = match sheet {
                    "" => self.sample("")?.0,
                    name => name.to_owned(),
                };
                let sample = self.sample_at(&name, header_line)?;
                (name, sample)
            }
        };
        let format = FileFormat {
            sheet,
            ..FileFormat::default()
        };
        let proposal = propose(file, &sample, &format, remembered);
        Ok((sample, proposal))
    }

    /// The sheet that has the header of a mapping where that mapping was made for it.
    fn as_before(
        &mut self,
        remembered: &[Mapping],
    ) -> Result<Option<(String, Sample)>, WorkbookError> {
        let sheets = self.sheets();
        for known in remembered.iter().rev() {
            let FileFormat {
                sheet, header_line, ..
            } = &known.format;
            if !sheets.contains(sheet) {
                continue;
            }
            let sample = self.sample_at(sheet, Some(*header_line))?;
            if known.fits(&sample.headers, true) {
                return Ok(Some((sheet.clone(), sample)));
            }
        }
        Ok(None)
    }

    /// Stages the mapping's sheet. `progress` is told rows read and rows read again.
    ///
    /// # Errors
    /// As `stage_csv` of the engine; a workbook that cannot be read is unusable.
    pub fn stage(
        &mut self,
        file: &str,
        mapping: &Mapping,
        mut progress: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Staged, StageError> {
        let mut stager = Stager::new(file, mapping);
        let sheet = self.sheet_of(mapping);
        let mut count = 0_u64;
        let mut is_cancelled = false;
        let read = self.rows(&sheet, |row| {
            stager.row(row);
            count += 1;
            let is_due = count.is_multiple_of(PROGRESS_ROWS);
            is_cancelled = is_due && progress(count, count).is_break();
            if is_cancelled || stager.check_header().is_err() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        read.map_err(|error| StageError::Unusable(error.issue(file)))?;
        if is_cancelled {
            return Err(StageError::Cancelled);
        }
        stager.finish()
    }

    /// Hands the rows of the mapping's sheet to the file of those that did not enter.
    ///
    /// # Errors
    /// When the sheet cannot be read, or the file not be written.
    pub fn left_over<W: Write>(
        &mut self,
        mapping: &Mapping,
        left_over: &mut LeftOver<W>,
    ) -> Result<(), WorkbookError> {
        let sheet = self.sheet_of(mapping);
        let mut written = Ok(());
        self.rows(&sheet, |row| {
            written = left_over.row(row);
            if written.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        written.map_err(|error| ArchiveError::Source(error).into())
    }

    /// The sheet a mapping reads: the first when it names none.
    fn sheet_of(&self, mapping: &Mapping) -> String {
        match mapping.format.sheet.as_str() {
            "" => self.sheets().into_iter().next().unwrap_or_default(),
            name => name.to_owned(),
        }
    }

    /// Hands each row that has cells to `each`, until it breaks.
    fn rows(
        &mut self,
        sheet: &str,
        mut each: impl FnMut(Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), WorkbookError> {
        let is_1904 = self.is_1904;
        if !self.sheets().iter().any(|name| name == sheet) {
            return Err(WorkbookError::NoSheet(sheet.to_owned()));
        }
        let mut reader = self.book.worksheet_cells_reader(sheet)?;
        let mut row = GrowingRow::default();
        let (mut cells, mut places) = (0_u64, 0_u64);
        while let Some(cell) = reader.next_cell()? {
            let (line, column) = cell.get_position();
            let line = u64::from(line) + 1;
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            cells += 1;
            if cells > CELL_LIMIT {
                return Err(WorkbookError::Limit("5,000,000 cells"));
            }
            if line != row.line {
                places += row.ends.len() as u64;
                if row.hand_over(&mut each).is_break() {
                    return Ok(());
                }
                row.start(line);
            }
            let column = column as usize;
            if places + column as u64 > PLACE_LIMIT || column >= engine::import::COLUMN_LIMIT {
                return Err(WorkbookError::Limit("20,000,000 places"));
            }
            row.push(column, cell.get_value(), is_1904)?;
        }
        let _last = row.hand_over(&mut each);
        Ok(())
    }
}

/// The row that cells are collected for.
#[derive(Default)]
struct GrowingRow {
    line: u64,
    text: String,
    ends: Vec<usize>,
    types: Vec<CellType>,
}

impl GrowingRow {
    fn start(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
        self.types.clear();
    }

    fn hand_over(&self, each: &mut impl FnMut(Row<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.ends.is_empty() {
            return ControlFlow::Continue(());
        }
        each(Row::new(self.line, &self.text, &self.ends, &self.types))
    }

    fn push(
        &mut self,
        column: usize,
        value: &DataRef<'_>,
        is_1904: bool,
    ) -> Result<(), WorkbookError> {
        if column < self.ends.len() {
            return Err(WorkbookError::Disorder(self.line));
        }
        self.ends.resize(column, self.text.len());
        self.types.resize(column, CellType::Text);
        let cell_type = append_value(&mut self.text, value, is_1904);
        self.ends.push(self.text.len());
        self.types.push(cell_type);
        Ok(())
    }
}

/// Appends a cell's text and says what is known of it.
fn append_value(text: &mut String, value: &DataRef<'_>, is_1904: bool) -> CellType {
    match value {
        DataRef::Empty => CellType::Text,
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            text.push_str(value);
            CellType::Text
        }
        DataRef::SharedString(value) => {
            text.push_str(value);
            CellType::Text
        }
        DataRef::Bool(value) => {
            text.push_str(if *value { "true" } else { "false" });
            CellType::Text
        }
        DataRef::Int(value) => append_number(text, *value as f64),
        DataRef::Float(value) => append_number(text, *value),
        DataRef::DateTime(moment) => append_moment(text, moment, is_1904),
        DataRef::Error(error) => {
            text.push_str(&Data::Error(error.clone()).to_string());
            CellType::Text
        }
    }
}

/// The largest whole number that 15 digits hold.
const EXACT_WHOLE: f64 = 1e15;

/// Whole numbers of more than 15 digits are inexact in a workbook; fractions are what the
/// program shows: 15 significant digits.
fn append_number(text: &mut String, value: f64) -> CellType {
    if !value.is_finite() || value.abs() >= EXACT_WHOLE {
        text.push_str(&value.to_string());
        return CellType::Inexact;
    }
    let shown: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    text.push_str(&shown.to_string());
    CellType::Number
}

fn append_moment(text: &mut String, moment: &ExcelDateTime, is_1904: bool) -> CellType {
    let serial = moment.as_f64();
    if !moment.is_datetime() || !(0.0..3_000_000.0).contains(&serial) {
        return append_number(text, serial);
    }
    // Spreadsheets keep times as fractions of a day: a second is the finest they are exact to.
    let seconds = (serial * 86_400.0).round() as i64;
    let day = i32::try_from(seconds / 86_400)
        .ok()
        .and_then(|serial| day_of_serial(serial, is_1904));
    let Some(day) = day else {
        return append_number(text, serial);
    };
    let clock = seconds % 86_400;
    text.push_str(&day.to_string());
    if clock != 0 {
        text.push_str(&format!(
            "T{:02}:{:02}:{:02}",
            clock / 3_600,
            clock / 60 % 60,
            clock % 60
        ));
    }
    CellType::Date
}
