//! The rows that did not enter, kept small: any number of them, each with its reason.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::issue::{Code, Issue, Place};

/// One refused or set-aside row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Refusal {
    line: u32,
    code: Code,
    /// Position among the headers; [`NO_COLUMN`] for the whole row.
    column: u16,
    /// Where its value ends in the shared text.
    end: u32,
    /// What the code's wording needs beside the value: a line or a count.
    detail: u32,
}

const NO_COLUMN: u16 = u16::MAX;
/// Characters of a value that are kept.
const VALUE_LIMIT: usize = 80;

/// The rows of one file that did not enter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusals {
    file: String,
    headers: Vec<String>,
    rows: Vec<Refusal>,
    values: String,
}

/// What stands in a row, for [`Refusals::push`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Reason<'a> {
    pub(super) code: Code,
    pub(super) column: Option<usize>,
    pub(super) value: &'a str,
    pub(super) detail: u32,
}

impl Refusals {
    /// No rows yet.
    pub(super) fn new(file: &str, headers: &[String]) -> Self {
        Self {
            file: file.to_owned(),
            headers: headers.to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, line: u64, reason: Reason<'_>) {
        self.values.extend(reason.value.chars().take(VALUE_LIMIT));
        let column = reason.column.and_then(|column| u16::try_from(column).ok());
        self.rows.push(Refusal {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            code: reason.code,
            column: column.unwrap_or(NO_COLUMN),
            end: u32::try_from(self.values.len()).unwrap_or(u32::MAX),
            detail: reason.detail,
        });
    }

    /// Adds rows left out for a key that an earlier line has: their lines, that line.
    pub(super) fn push_duplicates(&mut self, lines: &[(u32, u32)], key: &str) {
        for (line, first_line) in lines {
            let reason = Reason {
                code: Code::DuplicateKey,
                column: None,
                value: key,
                detail: *first_line,
            };
            self.push(u64::from(*line), reason);
        }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether every row entered.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows there are for each reason, in the order of the codes.
    pub fn counts(&self) -> Vec<(Code, usize)> {
        let count = |code: &Code| self.rows.iter().filter(|row| row.code == *code).count();
        let counts = Code::ALL.iter().map(|code| (*code, count(code)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The rows as issues, in the order in which they were found.
    pub fn issues(&self) -> impl Iterator<Item = Issue> {
        let starts = std::iter::once(0).chain(self.rows.iter().map(|row| row.end));
        starts
            .zip(&self.rows)
            .map(|(start, row)| self.issue(start, row))
    }

    fn issue(&self, start: u32, row: &Refusal) -> Issue {
        let header = self
            .headers
            .get(usize::from(row.column))
            .map_or("", String::as_str);
        let value = self
            .values
            .get(start as usize..row.end as usize)
            .unwrap_or_default();
        let place = Place {
            file: self.file.clone(),
            line: u64::from(row.line),
            column: header.to_owned(),
        };
        let issue = Issue::new(row.code, place)
            .with("value", value)
            .with("column", header);
        match row.code {
            Code::DuplicateKey => issue.with("first_line", row.detail),
            Code::TooManyColumns | Code::TooFewColumns => issue
                .with("found", row.detail)
                .with("expected", self.headers.len()),
            Code::TooLong => issue.with("limit", row.detail),
            Code::BadEncoding => issue.with("encoding", "text: it was converted wrongly before"),
            _ => issue,
        }
    }
}

/// Writes `import_report.csv`: every issue of an import, one a line.
///
/// # Errors
/// When the target cannot be written.
pub fn write_report(issues: impl Iterator<Item = Issue>, target: impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(target);
    writer.write_record(["file", "line", "column", "value", "code", "message"])?;
    for issue in issues {
        writer.write_record([
            issue.place.file.as_str(),
            &issue.place.line.to_string(),
            &issue.place.column,
            issue.param("value"),
            issue.code.as_str(),
            &issue.message(),
        ])?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_keeps_its_line_column_value_and_reason() {
        let headers = ["货号", "数量"].map(str::to_owned);
        let mut refusals = Refusals::new("s.csv", &headers);
        let reason = |code, column, value| Reason {
            code,
            column,
            value,
            detail: 3,
        };
        refusals.push(7, reason(Code::BadNumber, Some(1), "十二"));
        refusals.push(9, reason(Code::TooManyColumns, None, ""));
        refusals.push(9, reason(Code::DuplicateKey, None, "A"));
        let mut bytes = Vec::new();
        write_report(refusals.issues(), &mut bytes).unwrap();
        let expected = "file,line,column,value,code,message\n\
            s.csv,7,数量,十二,E_BAD_NUMBER,not a number: 十二\n\
            s.csv,9,,,E_TOO_MANY_COLUMNS,3 cells where the header has 2\n\
            s.csv,9,,A,E_DUPLICATE_KEY,same key as line 3: A\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        let counts = [
            (Code::BadNumber, 1),
            (Code::DuplicateKey, 1),
            (Code::TooManyColumns, 1),
        ];
        assert_eq!(refusals.counts(), counts);
    }
}
