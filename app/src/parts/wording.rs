//! Codes of the workers and the engine in the words of the page's language; tracked.

use crate::i18n::messages::{column, failure, issue, kit, table};
use crate::i18n::{Msg, by_id, fill, number, tr};
use engine::import::Encoding;
use engine::issue::{Code, Issue};
use protocol::AppError;

/// Every parameter that a text of [`issue`] may name.
const PARAMETERS: [&str; 14] = [
    "value",
    "code",
    "column",
    "first_line",
    "found",
    "expected",
    "limit",
    "encoding",
    "table",
    "count",
    "reason",
    "warehouse",
    "sku",
    "day",
];

/// What went wrong and what is unaffected.
pub fn failure_text(error: &AppError) -> String {
    let found = by_id(failure::ALL, error.code.as_str());
    tr(found.unwrap_or(kit::FAILED)).to_owned()
}

/// Why a row or a file was not read.
pub fn issue_text(of: &Issue) -> String {
    let Some(message) = message_of(of) else {
        return of.code.as_str().to_owned();
    };
    let routed = table_name(of.param("table"));
    let missing = column_name(of.param("column"));
    let count = figure(of.param("count"));
    let values = PARAMETERS.map(|name| match name {
        "table" => (name, routed.as_str()),
        "column" => (name, missing.as_str()),
        "count" => (name, count.as_str()),
        name => (name, of.param(name)),
    });
    fill(message, &values)
}

/// A count as figures are written on the page.
fn figure(digits: &str) -> String {
    let value = digits.parse::<u32>();
    value.map_or_else(|_| digits.to_owned(), |value| number(f64::from(value), 0))
}

/// Bytes may fit an encoding by its name, no encoding, or have been spoilt before they came here.
fn message_of(of: &Issue) -> Option<Msg> {
    let is_named = Encoding::ALL
        .iter()
        .any(|encoding| encoding.as_str() == of.param("encoding"));
    match of.code {
        Code::BadEncoding if !is_named && of.place.line > 0 => Some(issue::E_ENCODING_LOST),
        Code::BadEncoding if !is_named => Some(issue::E_ENCODING_NONE),
        code => by_id(issue::ALL, code.as_str()),
    }
}

/// The texts of [`issue_text`] with their parameters open, for files that workers write.
pub fn issue_wording() -> Vec<(Code, String)> {
    let word = |code: &Code| Some((*code, tr(by_id(issue::ALL, code.as_str())?).to_owned()));
    Code::ALL.iter().filter_map(word).collect()
}

/// A table by the name of its file, with or without `.csv`.
pub fn table_name(name: &str) -> String {
    let bare = name.trim_end_matches(".csv");
    by_id(table::ALL, bare).map_or_else(|| name.to_owned(), |message| tr(message).to_owned())
}

/// A column by its canonical header; headers of the user's own stay as they are.
pub fn column_name(name: &str) -> String {
    by_id(column::ALL, name).map_or_else(|| name.to_owned(), |message| tr(message).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::issue::Place;

    #[test]
    fn every_issue_of_the_engine_is_worded() {
        for code in Code::ALL {
            let place = Place::default();
            let made = PARAMETERS
                .iter()
                .fold(Issue::new(*code, place), |made, name| made.with(name, "1"));
            assert!(
                by_id(issue::ALL, code.as_str()).is_some(),
                "{}",
                code.as_str()
            );
            assert!(!issue_text(&made).contains('{'), "{}", code.as_str());
        }
    }

    #[test]
    fn every_failure_of_the_workers_is_worded() {
        // The codes are numbered without gaps: reading the numbers lists them all.
        let codes = (0..=u8::MAX)
            .map_while(|number| postcard::from_bytes::<protocol::Code>(&[number]).ok());
        let codes: Vec<_> = codes.collect();
        assert!(codes.contains(&protocol::Code::UnknownName));
        for code in codes {
            assert!(
                by_id(failure::ALL, code.as_str()).is_some(),
                "{}",
                code.as_str()
            );
        }
    }

    #[test]
    fn every_table_has_a_name() {
        for def in engine::dataset::TABLES {
            assert!(by_id(table::ALL, def.name).is_some(), "{}", def.name);
        }
    }
}
