//! The dataset: the tables of `docs/formats.md`, typed, sorted by key and hashed.
//!
//! [`TABLES`] is the registry every reader, writer, page and mapping iterates: a table
//! is a file name, a key and columns with kind, unit and whether they are required.
//! Tables are columnar: texts are dictionary codes, everything else is a fixed-point
//! number. A finished table is in canonical form (rows sorted by key, dictionaries
//! sorted and without unused entries), so its packed bytes are also what is hashed.

mod cell;
mod code_uses;
mod codec;
mod column;
mod csv;
mod csv_writer;
mod folder;
mod limits;
mod rules;
mod schema;
mod table;
mod tables;

pub use self::csv::{CsvRead, read_csv, write_csv};
pub use cell::{Cell, CellError, format_cell, parse_cell};
pub use code_uses::CodeUse;
pub use codec::{CodecError, pack_table, unpack_table};
pub(crate) use column::Interner;
pub use column::{Column, Texts};
pub use csv_writer::CsvWriter;
pub use folder::{Dataset, Hash};
pub use limits::{Limit, LimitKey, parse_limits};
pub use schema::{ColumnDef, Kind, LIST_MARKS, Rule, TableDef, TableId};
pub use table::{DuplicateRule, Table, TableBuilder};
pub use tables::TABLES;
