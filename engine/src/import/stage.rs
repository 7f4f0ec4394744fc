//! A file through a mapping: rows in, tables, refusals and totals out.
//!
//! [`stage_csv`] streams a text file; a workbook reader pushes its rows into a [`Stager`].
//! Memory grows with what is kept (columns of numbers and codes), not with the file.

use std::io::Read;
use std::ops::ControlFlow;

use super::decode::{DecodeError, Decoding};
use super::mapping::Mapping;
use super::masters::{self, Masters};
use super::refusals::Refusals;
use super::returned::Returned;
use super::rows::{Row, RowCutter, RowError};
use super::stage_row::RowStager;
use super::totals::{self, Totals};
use crate::dataset::{DuplicateRule, Table, TableId};
use crate::issue::{Code, Issue, Place};

/// What an import brings: nothing of it is part of a dataset yet.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The table of the mapping, then those routed or derived from it.
    pub tables: Vec<Table>,
    /// Every row that did not enter.
    pub refusals: Refusals,
    /// What should be known about the import as a whole.
    pub notes: Vec<Issue>,
    /// The totals check.
    pub totals: Totals,
    /// Data rows in the file.
    pub rows_read: u64,
}

impl Staged {
    /// Notes, then every refused row.
    pub fn issues(&self) -> impl Iterator<Item = Issue> {
        self.notes.iter().cloned().chain(self.refusals.issues())
    }
}

/// Why nothing was staged.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The caller stopped it.
    #[error("import was cancelled")]
    Cancelled,
    /// The file as a whole cannot be used.
    #[error("{0}")]
    Unusable(Issue),
}

/// Stages a text file. `progress` is told rows and bytes read after each block.
///
/// # Errors
/// When `progress` breaks, or the file as a whole cannot be used: its bytes are not in the
/// mapping's encoding, a quote never closes, a mapped column is missing.
pub fn stage_csv(
    file: &str,
    source: impl Read,
    mapping: &Mapping,
    mut progress: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Staged, StageError> {
    let mut stager = Stager::new(file, mapping);
    let mut decoding = Decoding::new(source, mapping.format.encoding);
    let separator = u8::try_from(mapping.format.separator).unwrap_or(b',');
    let mut cutter = RowCutter::new(separator);
    let cut = |error: RowError| stager_error(file, error);
    loop {
        let block = decoding.next_block();
        match block.map_err(|error| decode_error(file, mapping, &error, stager.rows_read()))? {
            None => break,
            Some(block) => cutter.push(block, |row| stager.row(row)).map_err(cut)?,
        }
        stager.check_header()?;
        if progress(stager.rows_read(), decoding.bytes_read()).is_break() {
            return Err(StageError::Cancelled);
        }
    }
    cutter.finish(|row| stager.row(row)).map_err(cut)?;
    stager.finish()
}

fn stager_error(file: &str, error: RowError) -> StageError {
    let place = Place {
        file: file.to_owned(),
        line: error.line,
        column: String::new(),
    };
    let issue = Issue::new(error.code, place);
    let limit = issue
        .with("limit", super::rows::ROW_LIMIT)
        .with("expected", super::rows::COLUMN_LIMIT);
    StageError::Unusable(limit.with("found", super::rows::COLUMN_LIMIT + 1))
}

fn decode_error(file: &str, mapping: &Mapping, error: &DecodeError, rows: u64) -> StageError {
    // The bad bytes lie in the block after the last row that was cut.
    let place = Place {
        file: file.to_owned(),
        line: rows + mapping.format.header_line + 1,
        column: String::new(),
    };
    let issue =
        Issue::new(Code::BadEncoding, place).with("encoding", mapping.format.encoding.as_str());
    StageError::Unusable(issue.with("value", error))
}

/// Takes the rows of a file one by one.
#[derive(Debug)]
pub struct Stager<'m> {
    file: String,
    mapping: &'m Mapping,
    state: State<'m>,
}

#[derive(Debug)]
enum State<'m> {
    /// The header has not come yet.
    Above,
    /// Rows come in.
    Rows(Box<RowStager<'m>>),
    /// The header cannot be used.
    Unusable(Issue),
}

impl<'m> Stager<'m> {
    /// Stages rows of `file` by a mapping.
    pub fn new(file: &str, mapping: &'m Mapping) -> Self {
        Self {
            file: file.to_owned(),
            mapping,
            state: State::Above,
        }
    }

    /// Data rows so far.
    pub fn rows_read(&self) -> u64 {
        match &self.state {
            State::Rows(rows) => rows.totals.file.rows,
            State::Above | State::Unusable(_) => 0,
        }
    }

    /// Takes the next row: titles, the header, then data.
    pub fn row(&mut self, row: Row<'_>) {
        match &mut self.state {
            State::Rows(rows) => rows.row(row),
            State::Unusable(_) => {}
            State::Above if row.line < self.mapping.format.header_line => {}
            State::Above => {
                self.state = match RowStager::new(&self.file, self.mapping, row) {
                    Ok(rows) => State::Rows(Box::new(rows)),
                    Err(issue) => State::Unusable(issue),
                };
            }
        }
    }

    /// Whether rows can be staged at all; to be asked once the header has come.
    ///
    /// # Errors
    /// When a mapped column is missing or stands twice.
    pub fn check_header(&self) -> Result<(), StageError> {
        match &self.state {
            State::Unusable(issue) => Err(StageError::Unusable(issue.clone())),
            State::Above | State::Rows(_) => Ok(()),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the header never came or cannot be used.
    pub fn finish(self) -> Result<Staged, StageError> {
        match self.state {
            State::Rows(rows) => Ok(finish(*rows)),
            State::Unusable(issue) => Err(StageError::Unusable(issue)),
            State::Above => {
                let place = Place {
                    file: self.file,
                    line: 0,
                    column: String::new(),
                };
                Err(StageError::Unusable(Issue::new(Code::EmptyFile, place)))
            }
        }
    }
}

fn finish(rows: RowStager<'_>) -> Staged {
    let RowStager {
        file,
        mapping,
        builder,
        returned,
        masters,
        mut refusals,
        mut totals,
        mut notes,
        ..
    } = rows;
    let (table, duplicates) = builder.finish(mapping.duplicates);
    let mut loaded = totals::of_table(&table);
    // Rows of the file: one of them may be several of the table.
    loaded.rows = totals.loaded.rows;
    if mapping.duplicates == DuplicateRule::KeepFirst {
        // What the sum over the kept rows lacks is what the left-out duplicates held.
        totals.refused.rows += duplicates.len() as u64;
        totals.refused.quantity += totals.loaded.quantity - loaded.quantity;
        totals.refused.value += totals.loaded.value - loaded.value;
        loaded.rows = loaded.rows.saturating_sub(duplicates.len() as u64);
        let key_lines: Vec<_> = duplicates
            .iter()
            .map(|duplicate| (duplicate.line, duplicate.first_line))
            .collect();
        refusals.push_duplicates(&key_lines, &table.def().key.join(", "));
    } else if !duplicates.is_empty() {
        notes.push(note(&file, Code::Aggregated).with("count", duplicates.len()));
    }
    totals.loaded = loaded;
    if totals.returns.rows > 0 {
        let count = note(&file, Code::Routed).with("count", totals.returns.rows);
        notes.push(count.with("table", "returns.csv"));
    }
    if totals.set_aside.rows > 0 {
        let count = note(&file, Code::SetAside).with("count", totals.set_aside.rows);
        notes.push(count.with("reason", "price is not above zero"));
    }
    let rows_read = totals.file.rows;
    let tables = tables_of(mapping, table, returned, masters);
    Staged {
        tables,
        refusals,
        notes,
        totals,
        rows_read,
    }
}

fn note(file: &str, code: Code) -> Issue {
    Issue::new(
        code,
        Place {
            file: file.to_owned(),
            ..Place::default()
        },
    )
}

/// The main table first, then returns, then masters when they are wanted.
fn tables_of(mapping: &Mapping, table: Table, returned: Returned, masters: Masters) -> Vec<Table> {
    let mut derived = Vec::new();
    if !mapping.derived_category.is_empty() {
        derived.extend(masters.finish(&mapping.derived_category));
        if table.id() == TableId::Demand {
            derived.extend(masters::codes_of(&table, "channel", TableId::Channels));
            derived.extend(masters::codes_of(&table, "region", TableId::Regions));
        }
    }
    let mut tables = vec![table];
    tables.extend(returned.finish());
    tables.extend(derived);
    tables
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::mapping::{Constant, FileFormat, SourceColumn, Target};
    use super::super::{Encoding, inspect_text};
    use super::*;
    use crate::dataset::Dataset;

    fn proposed(file: &str, text: &str) -> Mapping {
        let inspected = inspect_text(file, text.as_bytes(), true, Encoding::Utf8, &[]);
        inspected.unwrap().proposal.mapping
    }

    fn stage(text: &str, mapping: &Mapping) -> Result<Staged, StageError> {
        stage_csv("f.csv", text.as_bytes(), mapping, |_, _| {
            ControlFlow::Continue(())
        })
    }

    fn hash(staged: Staged) -> String {
        Dataset::from_tables(staged.tables).hash().to_string()
    }

    const LINES: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,Country\n\
        1,A,tin,6,2010-12-01 08:26:00,2.55,UK\n\
        1,A,tin,2,2010-12-01 08:26:00,2.05,UK\n\
        C2,A,tin,-1,2010-12-02 09:41:00,2.55,UK\n\
        3,B,,5,2010-12-02 09:41:00,0.0,UK\n\
        4,B,box,x,2010-12-02 09:41:00,1.00,UK\n\
        5,,box,3,2010-12-02 09:41:00,1.00,UK\n\
        6,B,box,3,2010-12-03 09:41:00,1.00,FR\n";

    #[test]
    fn lines_are_summed_routed_set_aside_or_refused_and_the_totals_say_so() {
        let staged = stage(LINES, &proposed("retail.csv", LINES)).unwrap();
        let rows =
            |group: &totals::Measure| (group.rows, group.quantity_text(), group.value_text());
        let group =
            |rows, quantity: &str, value: &str| (rows, quantity.to_owned(), value.to_owned());
        let totals = &staged.totals;
        assert_eq!(rows(&totals.file), group(7, "18", "22.85"));
        assert_eq!(rows(&totals.loaded), group(3, "11", "22.4"));
        assert_eq!(rows(&totals.returns), group(1, "-1", "-2.55"));
        assert_eq!(rows(&totals.set_aside), group(1, "5", "0"));
        assert_eq!(rows(&totals.refused), group(2, "3", "3"));
        assert_eq!((totals.unreadable, totals.is_balanced()), (1, true));
        let listed: Vec<_> = staged
            .refusals
            .issues()
            .map(|issue| (issue.place.line, issue.code, issue.place.column))
            .collect();
        let row = |line, code, column: &str| (line, code, column.to_owned());
        let expected = [
            row(5, Code::NotDemand, "UnitPrice"),
            row(6, Code::BadNumber, "Quantity"),
            row(7, Code::MissingValue, "StockCode"),
        ];
        assert_eq!(listed, expected);
        let names: Vec<_> = staged.tables.iter().map(|table| table.def().name).collect();
        assert_eq!(names, ["demand", "returns", "skus", "channels", "regions"]);
        assert_eq!(staged.tables[0].numbers("revenue"), [19_400_000, 3_000_000]);
    }

    #[test]
    fn a_file_imported_twice_or_shuffled_gives_the_same_hash() {
        let mapping = proposed("retail.csv", LINES);
        let once = hash(stage(LINES, &mapping).unwrap());
        assert_eq!(once, hash(stage(LINES, &mapping).unwrap()));
        let (header, rows) = LINES.split_once('\n').unwrap();
        let mut rows: Vec<_> = rows.lines().collect();
        rows.reverse();
        let shuffled = format!("{header}\n{}\n", rows.join("\n"));
        assert_eq!(once, hash(stage(&shuffled, &mapping).unwrap()));
    }

    #[test]
    fn files_as_a_whole_are_refused_with_their_line() {
        let mapping = proposed("retail.csv", LINES);
        let refused = |text: &str| match stage(text, &mapping) {
            Err(StageError::Unusable(issue)) => (issue.place.line, issue.code),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(""), (0, Code::EmptyFile));
        assert_eq!(refused("a,b\n1,2\n"), (1, Code::MissingColumn));
        let open_quote = format!("{LINES}7,\"B,box,3,2010-12-03,1.00,FR\n");
        assert_eq!(refused(&open_quote), (9, Code::BadQuoting));
        let bytes = [LINES.as_bytes(), b"7,\xff"].concat();
        let result = stage_csv("f", bytes.as_slice(), &mapping, |_, _| {
            ControlFlow::Continue(())
        });
        assert!(
            matches!(result, Err(StageError::Unusable(issue)) if issue.code == Code::BadEncoding)
        );
    }

    #[test]
    fn the_caller_can_stop_it() {
        let mapping = proposed("retail.csv", LINES);
        let result = stage_csv("f", LINES.as_bytes(), &mapping, |_, _| {
            ControlFlow::Break(())
        });
        assert!(matches!(result, Err(StageError::Cancelled)));
    }

    fn target() -> impl Strategy<Value = Target> {
        prop_oneof![
            prop::sample::select(vec![
                "sku", "date", "quantity", "price", "channel", "nonsense"
            ])
            .prop_map(|name| Target::Column(name.to_owned())),
            Just(Target::Document),
            Just(Target::SkuName),
            Just(Target::Attribute),
            Just(Target::Ignore),
        ]
    }

    proptest! {
        /// Whatever the mapping and the text: no panic, and the rows add up.
        #[test]
        fn any_mapping_of_any_text_accounts_for_every_row(
            targets in prop::collection::vec(target(), 0..8),
            table in prop::sample::select(TableId::ALL),
            value in "[a-z0-9-]{0,3}",
            text in "(([-a-z0-9.,\"(%月/ ]|货){0,30}\n){0,8}",
        ) {
            let header: Vec<_> = (0..targets.len()).map(|index| format!("c{index}")).collect();
            let mut mapping = Mapping::new(table, FileFormat::default());
            mapping.columns = header.iter().zip(targets)
                .map(|(header, target)| SourceColumn { header: header.clone(), target }).collect();
            for column in mapping.missing() {
                mapping.constants.push(Constant { column: column.to_owned(), value: value.clone() });
            }
            mapping.routing.returns_negative = true;
            mapping.derived_category = "c".to_owned();
            let text = format!("{}\n{text}", header.join(","));
            if let Ok(staged) = stage(&text, &mapping) {
                prop_assert!(staged.totals.is_balanced(), "{:?}", staged.totals);
            }
        }
    }
}
