//! Codes that name no row of a master table.

use std::collections::{BTreeMap, BTreeSet};

use super::Catalog;
use super::catalog::is_filled_in;
use crate::dataset::{CodeUse, Dataset, Kind, LIST_MARKS, TableId};
use crate::issue::{Code, Issue, Place};
use crate::order::collect_set;

/// Codes with the first line and the number of rows.
type Seen<'a> = BTreeMap<&'a str, (u64, usize)>;

/// The codes of master tables. Where a table is missing, those that stock, orders and demand name.
pub struct KnownCodes<'a> {
    codes: BTreeMap<TableId, BTreeSet<&'a str>>,
}

impl<'a> KnownCodes<'a> {
    /// Collects the codes of a dataset.
    #[must_use]
    pub fn new(dataset: &'a Dataset, catalog: &'a Catalog) -> Self {
        let mut codes = BTreeMap::new();
        for id in TableId::ALL {
            let known: BTreeSet<&str> = match dataset.table(*id) {
                Some(table) => {
                    let key = table.def().key.first().and_then(|key| table.texts(key));
                    collect_set(
                        key.into_iter()
                            .flat_map(|key| &key.words)
                            .map(String::as_str),
                    )
                }
                None => used(catalog, *id),
            };
            codes.insert(*id, known);
        }
        Self { codes }
    }

    /// What is said of the codes of a file that no master table has: once for each column and code.
    /// Of tables that are missing and that nothing else names, nothing is known.
    #[must_use]
    pub fn unknown(&self, (file, table): (&str, TableId), uses: &[CodeUse]) -> Vec<Issue> {
        // Uses of one column stand together.
        let mut unknown: Vec<(&CodeUse, Seen<'_>)> = Vec::new();
        let is_reference = |of: &&CodeUse| {
            let is_key = of.master == table && of.column.name != "parent";
            !is_key && of.rows > 0
        };
        for of in uses.iter().filter(is_reference) {
            if unknown
                .last()
                .is_none_or(|(last, _)| last.column != of.column)
            {
                unknown.push((of, Seen::new()));
            }
            let Some((_, codes)) = unknown.last_mut() else {
                continue;
            };
            for code in codes_of(of).filter(|code| !self.knows(of.master, code)) {
                let (line, rows) = codes.entry(code).or_insert((of.line, 0));
                *line = of.line.min(*line);
                *rows += of.rows;
            }
        }
        let issues = unknown.iter().flat_map(|(of, codes)| {
            let issue = |(code, (line, rows)): (&&str, &(u64, usize))| {
                let place = Place {
                    file: file.to_owned(),
                    line: *line,
                    column: of.column.name.to_owned(),
                };
                Issue::new(Code::UnknownCode, place)
                    .with("column", of.column.name)
                    .with("table", format_args!("{}.csv", of.master.name()))
                    .with("count", rows)
                    .with("value", code)
            };
            codes.iter().map(issue)
        });
        issues.collect()
    }

    /// Whether a master table has a code, or nothing is known of the table.
    fn knows(&self, master: TableId, code: &str) -> bool {
        let known = self.codes.get(&master);
        is_filled_in(code) || known.is_none_or(|known| known.is_empty() || known.contains(code))
    }
}

/// The code of a cell, or those of its list.
fn codes_of(of: &CodeUse) -> impl Iterator<Item = &str> {
    let marks: &[char] = match of.column.kind {
        Kind::Text => &LIST_MARKS,
        _ => &[],
    };
    let words = of.code.split(marks).map(str::trim);
    words.filter(|word| !word.is_empty())
}

fn used(catalog: &Catalog, id: TableId) -> BTreeSet<&str> {
    match id {
        TableId::Skus => collect_set(catalog.skus.iter().map(|it| it.code.as_str())),
        TableId::Categories => collect_set(catalog.categories.iter().map(|it| it.code.as_str())),
        TableId::Channels => collect_set(catalog.channels.iter().map(|it| it.code.as_str())),
        TableId::Regions => collect_set(catalog.regions.iter().map(|it| it.code.as_str())),
        TableId::Warehouses => collect_set(catalog.warehouses.iter().map(|it| it.code.as_str())),
        TableId::Suppliers => collect_set(catalog.suppliers.iter().map(|it| it.code.as_str())),
        _ => BTreeSet::new(),
    }
}
