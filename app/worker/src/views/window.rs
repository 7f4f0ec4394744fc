//! Filter and sort a table of columns.

use engine::order;
use std::cmp::Ordering;

use protocol::text::lower_case;
use protocol::view::{Filter, Order, RowsQuery};
use protocol::{AppError, Code, Column, ColumnData};

/// The columns that filters and order of a question read.
pub(super) fn read_by(query: &RowsQuery) -> Vec<&str> {
    let filtered = query.filters.iter().flat_map(|filter| match filter {
        Filter::Contains { column, .. } | Filter::OneOf { column, .. } => column.split('|'),
    });
    let sorted = query.sort.iter().map(|(column, _)| column.as_str());
    filtered.chain(sorted).collect()
}

/// The rows that pass the filters, in the asked order; `columns` are at least those [`read_by`] names.
///
/// # Errors
/// `UnknownName` when a filter or the sort names a column the table has not.
pub(super) fn order(
    columns: &[Column],
    rows: usize,
    query: &RowsQuery,
) -> Result<Vec<usize>, AppError> {
    let mut order: Vec<usize> = (0..rows).collect();
    // A table without rows has no columns to name.
    if rows == 0 {
        return Ok(order);
    }
    for filter in &query.filters {
        let keep = keep(columns, filter)?;
        order.retain(|row| keep(*row));
    }
    if let Some((name, direction)) = &query.sort {
        let data = find(columns, name)?;
        order::sort_by(&mut order, |a, b| {
            compare(data, *a, *b, *direction).then(a.cmp(b))
        });
    }
    Ok(order)
}

fn find<'a>(columns: &'a [Column], name: &str) -> Result<&'a ColumnData, AppError> {
    let unknown = || {
        AppError::new(Code::UnknownName)
            .with("attribute", "column")
            .with("code", name)
    };
    columns
        .iter()
        .find(|column| column.name == name)
        .map(|column| &column.data)
        .ok_or_else(unknown)
}

/// A text without its case. Only texts in a script that has cases beyond ASCII ask for the tables
/// of Unicode, and in the browser those are the browser's.
pub(super) fn folded(text: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_ascii() || matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}')
    };
    if text.chars().all(is_plain) {
        text.to_ascii_lowercase()
    } else {
        lower_case(text)
    }
}

type Keep<'a> = Box<dyn Fn(usize) -> bool + 'a>;

fn keep<'a>(columns: &'a [Column], filter: &'a Filter) -> Result<Keep<'a>, AppError> {
    match filter {
        Filter::Contains { column, text } => {
            let wanted = folded(text);
            let names: Vec<&str> = column.split('|').collect();
            let data = names
                .iter()
                .map(|name| find(columns, name))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Box::new(move |row| {
                data.iter()
                    .any(|data| folded(text_of(data, row)).contains(&wanted))
            }))
        }
        Filter::OneOf { column, values } => {
            let data = find(columns, column)?;
            Ok(Box::new(move |row| {
                values.iter().any(|value| text_of(data, row) == value)
            }))
        }
    }
}

fn text_of(data: &ColumnData, row: usize) -> &str {
    match data {
        ColumnData::Text(values) => values.get(row).map_or("", String::as_str),
        ColumnData::F64(_) | ColumnData::I64(_) | ColumnData::Day(_) | ColumnData::U32(_) => "",
    }
}

/// Absent values stay last in both directions.
fn compare(data: &ColumnData, a: usize, b: usize, direction: Order) -> Ordering {
    let directed = |ordering: Ordering| match direction {
        Order::Ascending => ordering,
        Order::Descending => ordering.reverse(),
    };
    match data {
        ColumnData::F64(values) => {
            let value = |row: usize| values.get(row).copied().unwrap_or(f64::NAN);
            let (a, b) = (value(a), value(b));
            a.is_nan()
                .cmp(&b.is_nan())
                .then_with(|| directed(a.total_cmp(&b)))
        }
        ColumnData::Text(values) => directed(values.get(a).cmp(&values.get(b))),
        ColumnData::I64(values) => directed(values.get(a).cmp(&values.get(b))),
        ColumnData::Day(values) => directed(values.get(a).cmp(&values.get(b))),
        ColumnData::U32(values) => directed(values.get(a).cmp(&values.get(b))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::Table;

    const NAMES: [&str; 4] = ["b", "A", "ab", "c"];

    fn columns() -> Vec<Column> {
        let texts = NAMES.map(str::to_owned).to_vec();
        vec![
            Column::new("name", ColumnData::Text(texts)),
            Column::new("money", ColumnData::F64(vec![2.0, f64::NAN, 5.0, 1.0])),
        ]
    }

    fn names(filters: Vec<Filter>, sort: Option<(&str, Order)>) -> Vec<&'static str> {
        let sort = sort.map(|(name, order)| (name.to_owned(), order));
        let query = RowsQuery {
            table: Table::Proposals,
            filters,
            sort,
            from: 0,
            len: 9,
        };
        let order = order(&columns(), 4, &query).unwrap();
        order.into_iter().map(|row| NAMES[row]).collect()
    }

    #[test]
    fn absent_values_are_last_in_both_directions() {
        let up = names(Vec::new(), Some(("money", Order::Ascending)));
        assert_eq!(up, ["c", "b", "ab", "A"]);
        let down = names(Vec::new(), Some(("money", Order::Descending)));
        assert_eq!(down, ["ab", "b", "c", "A"]);
    }

    #[test]
    fn filters_keep_the_order_of_the_table() {
        let filter = Filter::Contains {
            column: "name".into(),
            text: "a".into(),
        };
        assert_eq!(names(vec![filter], None), ["A", "ab"]);
        let filter = Filter::OneOf {
            column: "name".into(),
            values: vec!["c".into(), "b".into()],
        };
        assert_eq!(names(vec![filter], None), ["b", "c"]);
    }

    #[test]
    fn unknown_columns_are_named() {
        let query = RowsQuery {
            table: Table::Proposals,
            filters: Vec::new(),
            sort: Some(("nope".into(), Order::Ascending)),
            from: 0,
            len: 1,
        };
        assert_eq!(read_by(&query), ["nope"]);
        assert!(order(&columns(), 4, &query).is_err());
        assert_eq!(order(&[], 0, &query).unwrap(), Vec::<usize>::new());
    }
}
