//! Foreign files in: from bytes to rows of our tables, with every refusal named.
//!
//! ```text
//! bytes -> encoding, separator -> sample -> proposal (mapping + questions)
//! bytes + confirmed mapping -> decode -> rows -> cells -> Staged { tables, refusals, totals }
//! ```
//!
//! Nothing is guessed in silence: what reads two ways is asked for in the proposal and
//! refused while staging. Workbooks are opened outside the engine and push their rows in.

mod binding;
mod cells;
mod confidence;
mod conventions;
#[cfg(test)]
mod corpus;
mod cross_check;
mod date;
mod decided;
mod decode;
mod detect;
mod encoding;
mod everyday;
mod folder;
mod guard;
mod inspect;
mod left_over;
mod mapping;
mod masters;
mod metrics;
mod number;
mod propose;
mod questions;
mod refusals;
mod returned;
mod rows;
mod sample;
mod stage;
mod stage_row;
mod synonyms;
mod totals;
mod words;

pub use confidence::Confidence;
pub use cross_check::{FileNames, check_tables, cross_check};
pub use date::{DateError, DateOrder, day_of_serial, parse_date, parse_moment};
pub use decided::put_decisions;
pub use decode::{DecodeError, Decoding, decode_sample};
pub use detect::default_constant;
pub use encoding::{Detection, Encoding, EncodingDetector, Locale};
pub use folder::{FolderRead, add_import, append_tables, complete_company, read_tables};
pub use guard::{guard_formula, starts_formula};
pub use inspect::{HEAD_BYTES, Reading, TextInspection, detect_encoding, inspect_text};
pub use left_over::{LeftOver, write_left_over};
pub use mapping::{
    Constant, FileFormat, Mapping, Routing, SourceColumn, Target, Word, header_fingerprint,
    table_of,
};
pub use number::{DecimalMark, Measure as NumberMeasure, NumberError, parse_number};
pub use propose::{ColumnProposal, Proposal, propose};
pub use questions::Question;
pub use refusals::{Refusals, write_report};
pub use rows::{COLUMN_LIMIT, CellType, ROW_LIMIT, Row, RowCutter, RowError, sniff_separator};
pub use sample::{Sample, SampleCell, SampleRows};
pub use stage::{StageError, Staged, Stager, stage_csv};
pub use totals::{Measure, Totals};
