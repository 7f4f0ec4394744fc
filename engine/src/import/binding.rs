//! A mapping bound to the header of a file: which cell of a row goes where.

use super::mapping::{METRIC_COLUMNS, Mapping, SourceColumn, Target};
use super::synonyms::normalise_header;
use crate::dataset::{Cell, ColumnDef, Kind, TableDef};
use crate::issue::{Code, Issue, Place};

/// Where the cells of one column of the table come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A column of the file.
    File(usize),
    /// The same cell in every row.
    Constant(Cell<'static>),
    /// Nowhere: the cells stay empty.
    Nothing,
}

/// A mapping against the header of a file.
pub(super) struct Binding<'a> {
    pub(super) file: &'a str,
    pub(super) mapping: &'a Mapping,
    pub(super) headers: &'a [String],
    pub(super) line: u64,
}

impl Binding<'_> {
    pub(super) fn sources(&self, def: &TableDef) -> Result<Vec<Source>, Issue> {
        def.columns
            .iter()
            .map(|column| self.source(column))
            .collect()
    }

    fn source(&self, column: &ColumnDef) -> Result<Source, Issue> {
        if let Some(header) = self.mapping.header_of(column.name) {
            return self.find(header).map(Source::File);
        }
        if self.mapping.has_metrics() && METRIC_COLUMNS.contains(&column.name) {
            return Ok(Source::Nothing);
        }
        let Some(text) = self.mapping.constant(column.name) else {
            return if column.is_required {
                Err(self.issue(Code::MissingColumn, column.name))
            } else {
                Ok(Source::Nothing)
            };
        };
        match crate::dataset::parse_cell(column.kind, text) {
            Ok(Some(cell)) => Ok(Source::Constant(owned(cell))),
            Ok(None) => Err(self.issue(Code::MissingValue, column.name)),
            Err(error) => Err(self.issue(error.code(), column.name).with("value", text)),
        }
    }

    /// The one position of a header.
    fn find(&self, header: &str) -> Result<usize, Issue> {
        let wanted = normalise_header(header);
        let exact = self.headers.iter().position(|known| known == header);
        let alike = || {
            self.headers
                .iter()
                .position(|known| normalise_header(known) == wanted)
        };
        let found = exact
            .or_else(alike)
            .ok_or_else(|| self.issue(Code::MissingColumn, header))?;
        let is_again = |known: &String| Some(known) == self.headers.get(found);
        if self.headers.iter().skip(found + 1).any(is_again) {
            return Err(self.issue(Code::DuplicateColumn, header));
        }
        Ok(found)
    }

    pub(super) fn role(&self, role: &Target) -> Option<usize> {
        let source = self
            .mapping
            .columns
            .iter()
            .find(|source| source.target == *role)?;
        self.find(&source.header).ok()
    }

    /// Columns of metrics with the word of each.
    pub(super) fn metrics(&self, def: &TableDef) -> Vec<(usize, &'static str)> {
        let words = def.columns.iter().find(|column| column.name == "metric");
        let words = match words.map(|column| column.kind) {
            Some(Kind::Choice(words)) => words,
            _ => &[],
        };
        let metric = |source: &SourceColumn| {
            let Target::Metric(name) = &source.target else {
                return None;
            };
            let word = words.iter().find(|word| *word == name)?;
            Some((self.find(&source.header).ok()?, *word))
        };
        self.mapping.columns.iter().filter_map(metric).collect()
    }

    pub(super) fn attributes(&self) -> Vec<usize> {
        let kept = self
            .mapping
            .columns
            .iter()
            .filter(|source| source.target == Target::Attribute);
        kept.filter_map(|source| self.find(&source.header).ok())
            .collect()
    }

    /// Columns the mapping does not mention.
    pub(super) fn unmapped(&self) -> Vec<Issue> {
        let is_known = |header: &String| {
            let header = normalise_header(header);
            self.mapping
                .columns
                .iter()
                .any(|source| normalise_header(&source.header) == header)
        };
        let unknown = self
            .headers
            .iter()
            .filter(|header| !header.is_empty() && !is_known(header));
        unknown
            .map(|header| self.issue(Code::IgnoredColumn, header))
            .collect()
    }

    fn issue(&self, code: Code, column: &str) -> Issue {
        let place = Place {
            file: self.file.to_owned(),
            line: self.line,
            column: column.to_owned(),
        };
        Issue::new(code, place).with("column", column)
    }
}

fn owned(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Text(text) => Cell::Text(text.into_owned().into()),
        Cell::Number(number) => Cell::Number(number),
        Cell::Day(day) => Cell::Day(day),
    }
}
