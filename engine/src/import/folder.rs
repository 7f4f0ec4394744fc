//! Canonical files together: a folder of tables as one dataset.

use std::io::Read;

use super::cross_check::{FileNames, cross_check};
use super::mapping::table_of;
use crate::dataset::{Cell, Dataset, DuplicateRule, Table, TableBuilder, TableId, read_csv};
use crate::day::{Day, Moment};
use crate::issue::{Code, Issue, Place};

/// A dataset read from canonical files.
#[derive(Clone, Debug)]
pub struct FolderRead {
    /// What was accepted.
    pub dataset: Dataset,
    /// What was refused or should be known.
    pub issues: Vec<Issue>,
    /// Data rows in the files.
    pub rows_read: usize,
}

/// Reads canonical files by their names (`stock.csv`, or `stock-2.csv` for a second part);
/// rows of two files for one table are put together by key.
pub fn read_tables<R: Read>(files: impl IntoIterator<Item = (String, R)>) -> FolderRead {
    let mut read = FolderRead {
        dataset: Dataset::default(),
        issues: Vec::new(),
        rows_read: 0,
    };
    let mut names = Vec::new();
    for (file, source) in files {
        let Some(id) = table_of_file(&file) else {
            let place = Place {
                file: file.clone(),
                ..Place::default()
            };
            read.issues
                .push(Issue::new(Code::UnknownTable, place).with("value", &file));
            continue;
        };
        let mut csv = read_csv(id, &file, source);
        names.push(FileNames::take(&file, &mut csv));
        read.issues.extend(csv.issues);
        read.rows_read += csv.rows_read;
        let table = match read.dataset.remove(id) {
            None => csv.table,
            Some(first) => {
                let (table, repeated) = append_tables(&first, &csv.table);
                let place = |_key: &String| Place {
                    file: file.clone(),
                    ..Place::default()
                };
                let issue =
                    |key: &String| Issue::new(Code::RepeatedKey, place(key)).with("value", key);
                read.issues.extend(repeated.iter().map(issue));
                table
            }
        };
        read.dataset.insert(table);
    }
    // Files without goods and what they sold may name what the workspace knows.
    let knows = |id| read.dataset.table(id).is_some();
    if [TableId::Demand, TableId::Skus].into_iter().all(knows) {
        let found = cross_check(&read.dataset, &names);
        read.issues.extend(found);
    }
    read
}

/// `demand-2026.csv` is a part of `demand.csv`.
fn table_of_file(file: &str) -> Option<TableId> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.strip_suffix(".csv")?;
    table_of(stem).or_else(|| table_of(stem.split_once('-')?.0))
}

/// The rows of both tables; a row of the second whose key the first has is left out and its
/// key returned.
pub fn append_tables(first: &Table, second: &Table) -> (Table, Vec<String>) {
    let mut attributes: Vec<String> = first
        .attributes()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let new = second.attributes().iter().map(|(name, _)| name.clone());
    attributes
        .extend(new.filter(|name| !first.attributes().iter().any(|(known, _)| known == name)));
    let mut builder = TableBuilder::new(first.id(), &attributes);
    push_rows(&mut builder, first, &attributes);
    let offset = builder.len();
    push_rows(&mut builder, second, &attributes);
    let (table, duplicates) = builder.finish(DuplicateRule::KeepFirst);
    let repeated = duplicates.iter().map(|duplicate| {
        // Lines are positions here: those of the second table come after those of the first.
        key_text(second, (duplicate.line as usize).saturating_sub(offset))
    });
    (table, repeated.collect())
}

/// Adds the tables of an import to a dataset: the first is what the file holds, the others
/// were routed or derived from it. By key, a new row takes the place of an old one, but
/// derived masters never do: they know less. Returns the keys that were replaced.
pub fn add_import(dataset: &mut Dataset, tables: Vec<Table>) -> Vec<(TableId, String)> {
    let mut replaced = Vec::new();
    for (index, table) in tables.into_iter().enumerate() {
        let id = table.id();
        let is_master = matches!(id, TableId::Skus | TableId::Channels | TableId::Regions);
        let table = match dataset.remove(id) {
            None => table,
            Some(old) if index > 0 && is_master => append_tables(&old, &table).0,
            Some(old) => {
                let (table, keys) = append_tables(&table, &old);
                replaced.extend(keys.into_iter().map(|key| (id, key)));
                table
            }
        };
        dataset.insert(table);
    }
    replaced
}

fn push_rows(builder: &mut TableBuilder, table: &Table, attributes: &[String]) {
    for row in 0..table.len() {
        let defined = table
            .def()
            .columns
            .iter()
            .map(|column| table.column(column.name));
        let extra = attributes.iter().map(|name| {
            table
                .attributes()
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, column)| column)
        });
        let cells: Vec<Option<Cell<'_>>> = defined
            .chain(extra)
            .map(|column| column.and_then(|column| column.cell(row)))
            .collect();
        builder.push(u32::try_from(builder.len()).unwrap_or(u32::MAX), &cells);
    }
}

fn key_text(table: &Table, row: usize) -> String {
    let def = table.def();
    let cell = |index: usize| {
        let column = def.columns.get(index)?;
        let cell = table.column(column.name)?.cell(row)?;
        Some(crate::dataset::format_cell(column.kind, &cell))
    };
    let parts: Vec<_> = def
        .key_indexes()
        .into_iter()
        .map(|index| cell(index).unwrap_or_default())
        .collect();
    parts.join(" / ")
}

/// Gives a dataset without one its date: `as_of`, or the last date in its files.
pub fn complete_company(dataset: &mut Dataset, as_of: Option<Day>) {
    let is_stated = dataset.company("as_of").is_some();
    let day = match (as_of, is_stated) {
        (None, true) => return,
        (None, false) => last_day(dataset),
        (Some(day), _) => Some(day),
    };
    let Some(day) = day else { return };
    let mut builder = TableBuilder::new(TableId::Company, &[]);
    let day = day.to_string();
    let text = |text: &str| Some(Cell::Text(text.to_owned().into()));
    builder.push(0, &[text("as_of"), text(&day)]);
    let stated = builder.finish(DuplicateRule::KeepFirst).0;
    let company = match dataset.remove(TableId::Company) {
        Some(known) => append_tables(&stated, &known).0,
        None => stated,
    };
    dataset.insert(company);
}

/// The last day on which anything in the files had happened.
fn last_day(dataset: &Dataset) -> Option<Day> {
    let dates = [
        (TableId::Demand, "date"),
        (TableId::StockDaily, "date"),
        (TableId::Stock, "received_on"),
        (TableId::OpenOrders, "ordered_on"),
    ];
    let times = [
        (TableId::SalesOrders, "at"),
        (TableId::Movements, "at"),
        (TableId::Counts, "at"),
        (TableId::Returns, "requested_at"),
    ];
    let days = dates
        .iter()
        .filter_map(|(id, column)| dataset.table(*id)?.last_day(column));
    let moments = times.iter().filter_map(|(id, column)| {
        let last = dataset
            .table(*id)?
            .numbers(column)
            .iter()
            .filter(|n| **n != i64::MIN)
            .max()?;
        Some(Moment::from_packed(*last).day())
    });
    days.chain(moments).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "date,sku,channel,region,quantity\n";

    #[test]
    fn files_of_one_table_are_put_together_and_repeated_keys_named() {
        let parts = [
            (
                "demand.csv".to_owned(),
                format!("{HEADER}2026-01-01,A,t,e,1\n2026-01-02,A,t,e,2\n"),
            ),
            (
                "demand-2.csv".to_owned(),
                format!("{HEADER}2026-01-03,A,t,e,3\n2026-01-02,A,t,e,9\n"),
            ),
            ("notes.csv".to_owned(), "a\n".to_owned()),
        ];
        let files = parts
            .iter()
            .map(|(name, text)| (name.clone(), text.as_bytes()));
        let read = read_tables(files);
        let demand = read.dataset.table(TableId::Demand).unwrap();
        assert_eq!(demand.numbers("quantity"), [1_000, 2_000, 3_000]);
        let issues: Vec<_> = read
            .issues
            .iter()
            .map(|issue| (issue.code, issue.param("value")))
            .collect();
        let repeated = (Code::RepeatedKey, "2026-01-02 / A / t / e");
        assert_eq!(issues, [repeated, (Code::UnknownTable, "notes.csv")]);
    }

    #[test]
    fn a_later_import_replaces_by_key_but_derived_masters_do_not() {
        let read = |id, text: &str| read_csv(id, "f", text.as_bytes()).table;
        let demand = |rows: &str| read(TableId::Demand, &format!("{HEADER}{rows}"));
        let skus = |rows: &str| read(TableId::Skus, &format!("sku,category\n{rows}"));
        let mut dataset = Dataset::from_tables([skus("A,milk\n")]);
        add_import(
            &mut dataset,
            vec![demand("2026-01-01,A,t,e,1\n2026-01-02,A,t,e,2\n")],
        );
        let batch = vec![demand("2026-01-02,A,t,e,5\n"), skus("A,none\nB,none\n")];
        let replaced = add_import(&mut dataset, batch);
        assert_eq!(
            replaced,
            [(TableId::Demand, "2026-01-02 / A / t / e".to_owned())]
        );
        let quantities = dataset
            .table(TableId::Demand)
            .map(|table| table.numbers("quantity").to_vec());
        assert_eq!(quantities, Some(vec![1_000, 5_000]));
        let categories: Vec<_> = (0..2)
            .map(|row| dataset.table(TableId::Skus)?.text("category", row))
            .collect();
        assert_eq!(categories, [Some("milk"), Some("none")]);
    }

    #[test]
    fn a_missing_date_is_the_last_one_in_the_files() {
        let text = format!("{HEADER}2026-01-03,A,t,e,3\n2026-01-02,A,t,e,9\n");
        let mut dataset = read_tables([("demand.csv".to_owned(), text.as_bytes())]).dataset;
        complete_company(&mut dataset, None);
        assert_eq!(dataset.company("as_of"), Some("2026-01-03"));
        complete_company(&mut dataset, Day::parse_iso("2026-02-01"));
        assert_eq!(dataset.company("as_of"), Some("2026-02-01"));
    }
}
