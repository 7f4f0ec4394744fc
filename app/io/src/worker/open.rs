//! The first look at a file: encoding or sheets, preview, proposal.

use std::io::{self, Read};

use engine::import::{
    Encoding, HEAD_BYTES, Locale, Mapping, Reading, Sample, detect_encoding, inspect_text,
};
use engine::issue::{Code as IssueCode, Issue, Place};
use protocol::io::{IoResponse, OpenedFile};
use protocol::{AppError, Code};
use web_sys::Blob;

use super::blob::{BlobReader, length_of};
use crate::workbook::{Workbook, is_workbook};

/// Bytes that are looked at for the encoding; a later byte that does not fit stops the import.
const ENCODING_BYTES: u64 = 64 << 20;
/// Rows of a preview.
const PREVIEW_ROWS: usize = 20;

/// The file that the page gave.
pub struct OpenFile {
    pub(super) name: String,
    pub(super) blob: Blob,
}

/// How to look at it.
pub struct Look<'a> {
    /// Language of the user.
    pub locale: Locale,
    /// Encoding chosen by the user.
    pub encoding: Option<Encoding>,
    /// Sheet chosen by the user; empty for the first with a header.
    pub sheet: &'a str,
    /// Separator chosen by the user.
    pub separator: Option<char>,
    /// Line of the header chosen by the user.
    pub header_line: Option<u64>,
    /// Mappings confirmed before.
    pub remembered: &'a [Mapping],
}

impl OpenFile {
    /// A file that the browser holds.
    pub fn new(name: String, blob: Blob) -> Self {
        Self { name, blob }
    }

    pub(super) fn reader(&self) -> Result<BlobReader, AppError> {
        BlobReader::new(&self.blob).map_err(unreadable)
    }

    /// Whether its first bytes are those of a workbook.
    pub(super) fn is_workbook(&self) -> Result<bool, AppError> {
        let mut head = Vec::new();
        self.reader()?
            .take(8)
            .read_to_end(&mut head)
            .map_err(unreadable)?;
        Ok(is_workbook(&head))
    }
}

/// The browser took the file away, or never gave it.
pub(super) fn unreadable(error: io::Error) -> AppError {
    AppError::new(Code::FileUnreadable).with("detail", error)
}

/// Looks at a file.
///
/// # Errors
/// When the browser does not hand out the file's bytes.
pub fn open(file: &OpenFile, look: &Look<'_>) -> Result<IoResponse, AppError> {
    if file.is_workbook()? {
        open_workbook(file, look)
    } else {
        open_text(file, look)
    }
}

fn open_workbook(file: &OpenFile, look: &Look<'_>) -> Result<IoResponse, AppError> {
    let mut workbook = match Workbook::open(file.reader()?) {
        Ok(workbook) => workbook,
        Err(error) => return Ok(IoResponse::Unusable(error.issue(&file.name))),
    };
    let inspected = workbook.inspect(&file.name, look.sheet, look.header_line, look.remembered);
    let (sample, proposal) = match inspected {
        Ok(found) => found,
        Err(error) => return Ok(IoResponse::Unusable(error.issue(&file.name))),
    };
    let opened = OpenedFile {
        bytes: length_of(&file.blob),
        encoding: None,
        sheets: workbook.sheets(),
        lines: Vec::new(),
        rows: preview_rows(&sample),
        shape: proposal.mapping.shape(),
        proposal,
    };
    Ok(IoResponse::Opened(Box::new(opened)))
}

fn open_text(file: &OpenFile, look: &Look<'_>) -> Result<IoResponse, AppError> {
    let detected =
        detect_encoding(file.reader()?, look.locale, ENCODING_BYTES).map_err(unreadable)?;
    let chosen = look.encoding.or(detected.map(|detected| detected.encoding));
    let Some(encoding) = chosen else {
        return Ok(unusable(file, "a text in any known encoding"));
    };
    let mut head = Vec::new();
    let limit = HEAD_BYTES as u64;
    file.reader()?
        .take(limit)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    let is_whole = length_of(&file.blob) <= limit;
    let reading = Reading {
        encoding,
        separator: look.separator,
        header_line: look.header_line,
    };
    let inspected = inspect_text(&file.name, &head, is_whole, reading, look.remembered);
    let Ok(inspected) = inspected else {
        return Ok(unusable(file, encoding.as_str()));
    };
    let opened = OpenedFile {
        bytes: length_of(&file.blob),
        encoding: detected
            .filter(|detected| detected.encoding == encoding)
            .or(Some(engine::import::Detection {
                encoding,
                confidence: engine::import::Confidence::Sure,
            })),
        sheets: Vec::new(),
        lines: inspected.preview,
        rows: preview_rows(&inspected.sample),
        shape: inspected.proposal.mapping.shape(),
        proposal: inspected.proposal,
    };
    Ok(IoResponse::Opened(Box::new(opened)))
}

fn unusable(file: &OpenFile, encoding: &str) -> IoResponse {
    let place = Place {
        file: file.name.clone(),
        ..Place::default()
    };
    IoResponse::Unusable(Issue::new(IssueCode::BadEncoding, place).with("encoding", encoding))
}

fn preview_rows(sample: &Sample) -> Vec<Vec<String>> {
    let rows = sample.rows.iter().take(PREVIEW_ROWS);
    rows.map(|row| row.iter().map(|cell| cell.text.clone()).collect())
        .collect()
}
