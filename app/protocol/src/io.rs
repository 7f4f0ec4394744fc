//! What the page and the import and export worker say to each other.
//!
//! The worker is thrown away after use: cancelling is ending it. Messages are envelopes of
//! kind request, reply and event like all others; an `Open` request carries the file itself
//! as the field `file` of the message object. Append only.

use engine::import::{Detection, Encoding, Locale, Mapping, Proposal, Totals};
use engine::issue::{Code, Issue};
use serde::{Deserialize, Serialize};

use crate::columns::ColumnHead;
use crate::request::StagedTable;
use crate::{AppError, Hash32};

/// Issues that travel in a message; the whole list is in the report.
pub const ISSUES_SHOWN: usize = 1_000;

/// What a file becomes on export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportFormat {
    /// A workbook with typed cells.
    Xlsx,
    /// UTF-8 with byte order mark, CRLF, formulas in texts disarmed. Only the first sheet.
    Csv,
}

/// One sheet to export; the buffers of its columns follow those of the sheet before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetHead {
    /// Name on the tab, at most 31 characters.
    pub name: String,
    /// Columns with the headers to show.
    pub columns: Vec<ColumnHead>,
}

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IoRequest {
    /// Looks at the file of the message and keeps it.
    Open {
        /// Name of the file.
        name: String,
        /// Language of the user.
        locale: Locale,
        /// Encoding chosen by the user; detected when absent.
        encoding: Option<Encoding>,
        /// Sheet chosen by the user; the first with a header when empty.
        sheet: String,
        /// Mappings confirmed before, oldest first.
        remembered: Vec<Mapping>,
        /// Separator of a text file chosen by the user; sniffed when absent.
        separator: Option<char>,
        /// Line of the header chosen by the user; found when absent.
        header_line: Option<u64>,
    },
    /// Stages the opened file.
    Stage {
        /// The confirmed mapping.
        mapping: Box<Mapping>,
    },
    /// Writes a file; columns in the buffers.
    Export {
        /// What it becomes.
        format: ExportFormat,
        /// Its sheets.
        sheets: Vec<SheetHead>,
    },
    /// The rows of the staged file that did not enter, as a file to be corrected.
    LeftOver {
        /// How each reason is worded; `{name}` stands for the parameter of that name.
        wording: Vec<(Code, String)>,
    },
}

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedFile {
    /// Bytes in the file.
    pub bytes: u64,
    /// Encoding of a text file; `None` for a workbook.
    pub encoding: Option<Detection>,
    /// Sheets of a workbook.
    pub sheets: Vec<String>,
    /// First lines of a text file as they stand.
    pub lines: Vec<String>,
    /// First rows below the header, in the order of the proposal's columns.
    pub rows: Vec<Vec<String>>,
    /// The proposed mapping and what is open about it.
    pub proposal: Proposal,
    /// Names the shape of the file, as `Mapping::shape`.
    pub shape: String,
}

/// A file that was staged. The buffers are the tables in packed form, then
/// `import_report.csv` in UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagedFile {
    /// BLAKE3 of the file's bytes and of the mapping.
    pub source: Hash32,
    /// Data rows in the file.
    pub rows_read: u64,
    /// Rows that entered nothing: refused and set aside.
    pub rows_refused: u64,
    /// The tables, in the order of the buffers.
    pub tables: Vec<StagedTable>,
    /// The totals check.
    pub totals: Totals,
    /// What should be known about the import as a whole.
    pub notes: Vec<Issue>,
    /// Rows that did not enter, by reason.
    pub counts: Vec<(Code, u64)>,
    /// The first [`ISSUES_SHOWN`] of them.
    pub issues: Vec<Issue>,
    /// Milliseconds it took.
    pub took_ms: u32,
    /// Largest memory of the worker so far, bytes.
    pub peak_bytes: u64,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum IoResponse {
    /// To `Open`.
    Opened(Box<OpenedFile>),
    /// To `Stage`.
    Staged(Box<StagedFile>),
    /// To `Export`; the file is the one buffer.
    Exported,
    /// To `Open` and `Stage`: the file as a whole cannot be used, and why.
    Unusable(Issue),
    /// To `LeftOver`; the file is the one buffer.
    LeftOver,
}

/// The one answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IoReply {
    /// The answer.
    pub result: Result<IoResponse, AppError>,
}

/// What the worker says unasked, at most ten times a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IoProgress {
    /// Data rows read.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in the file.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Envelope, envelope::Kind};

    #[test]
    fn messages_arrive_as_they_were_sent() {
        let request = IoRequest::Open {
            name: "库存.csv".to_owned(),
            locale: Locale::Zh,
            encoding: Some(Encoding::Gb18030),
            sheet: String::new(),
            remembered: vec![Mapping::new(
                engine::dataset::TableId::Stock,
                engine::import::FileFormat::default(),
            )],
            separator: Some(';'),
            header_line: None,
        };
        let envelope = Envelope::wrap(3, Kind::Request, &request, Vec::new());
        assert_eq!(envelope.open::<IoRequest>(Kind::Request), Ok(request));
        let reply = IoReply {
            result: Ok(IoResponse::Staged(Box::new(StagedFile {
                source: Hash32([7; 32]),
                rows_read: 2,
                rows_refused: 1,
                tables: vec![StagedTable {
                    table: "stock".to_owned(),
                    rows: 1,
                }],
                totals: Totals::default(),
                notes: Vec::new(),
                counts: vec![(Code::BadNumber, 1)],
                issues: Vec::new(),
                took_ms: 5,
                peak_bytes: 1 << 20,
            }))),
        };
        let envelope = Envelope::wrap(3, Kind::Reply, &reply, vec![vec![1], vec![2]]);
        assert_eq!(envelope.open::<IoReply>(Kind::Reply), Ok(reply));
    }
}
