//! Filter, sort and cut a table of columns.

use std::cmp::Ordering;

use protocol::columns::pack;
use protocol::view::{Filter, Order, RowsHead, RowsQuery};
use protocol::{AppError, Code, Column, ColumnData};

/// The asked window of a table and its buffers.
///
/// # Errors
/// `UnknownName` when a filter or the sort names a column the table has not.
pub(super) fn window(
    columns: &[Column],
    query: &RowsQuery,
) -> Result<(RowsHead, Vec<Vec<u8>>), AppError> {
    let rows = columns.first().map_or(0, Column::len);
    let mut order: Vec<usize> = (0..rows).collect();
    for filter in &query.filters {
        let keep = keep(columns, filter)?;
        order.retain(|row| keep(*row));
    }
    if let Some((name, direction)) = &query.sort {
        let data = find(columns, name)?;
        order.sort_by(|a, b| compare(data, *a, *b, *direction).then(a.cmp(b)));
    }
    let total = order.len();
    let shown: Vec<usize> = order
        .into_iter()
        .skip(query.from as usize)
        .take(query.len as usize)
        .collect();
    let cut: Vec<Column> = columns
        .iter()
        .map(|column| Column::new(&column.name, pick(&column.data, &shown)))
        .collect();
    let (columns, bufs) = pack(&cut);
    let head = RowsHead {
        total: u32::try_from(total).unwrap_or(u32::MAX),
        from: query.from,
        columns,
    };
    Ok((head, bufs))
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
fn folded(text: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_ascii() || matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}')
    };
    if text.chars().all(is_plain) {
        text.to_ascii_lowercase()
    } else {
        lower_case(text)
    }
}

#[cfg(target_arch = "wasm32")]
fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn lower_case(text: &str) -> String {
    text.to_lowercase()
}

type Keep<'a> = Box<dyn Fn(usize) -> bool + 'a>;

fn keep<'a>(columns: &'a [Column], filter: &'a Filter) -> Result<Keep<'a>, AppError> {
    // A table without rows has no columns to name.
    if columns.is_empty() {
        return Ok(Box::new(|_| false));
    }
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

fn pick(data: &ColumnData, rows: &[usize]) -> ColumnData {
    fn take<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
        rows.iter()
            .filter_map(|row| values.get(*row).cloned())
            .collect()
    }
    match data {
        ColumnData::F64(values) => ColumnData::F64(take(values, rows)),
        ColumnData::I64(values) => ColumnData::I64(take(values, rows)),
        ColumnData::Day(values) => ColumnData::Day(take(values, rows)),
        ColumnData::U32(values) => ColumnData::U32(take(values, rows)),
        ColumnData::Text(values) => ColumnData::Text(take(values, rows)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::Table;

    fn columns() -> Vec<Column> {
        let texts = ["b", "A", "ab", "c"].map(str::to_owned).to_vec();
        vec![
            Column::new("name", ColumnData::Text(texts)),
            Column::new("money", ColumnData::F64(vec![2.0, f64::NAN, 5.0, 1.0])),
        ]
    }

    fn names(
        filters: Vec<Filter>,
        sort: Option<(&str, Order)>,
        from: u32,
        len: u32,
    ) -> (u32, Vec<String>) {
        let sort = sort.map(|(name, order)| (name.to_owned(), order));
        let query = RowsQuery {
            table: Table::Proposals,
            filters,
            sort,
            from,
            len,
        };
        let (head, bufs) = window(&columns(), &query).unwrap();
        let columns = protocol::columns::unpack(&head.columns, &bufs).unwrap();
        let ColumnData::Text(names) = &columns[0].data else {
            panic!("text")
        };
        (head.total, names.clone())
    }

    #[test]
    fn absent_values_are_last_in_both_directions() {
        let (_, up) = names(Vec::new(), Some(("money", Order::Ascending)), 0, 9);
        assert_eq!(up, ["c", "b", "ab", "A"]);
        let (_, down) = names(Vec::new(), Some(("money", Order::Descending)), 0, 9);
        assert_eq!(down, ["ab", "b", "c", "A"]);
    }

    #[test]
    fn filters_come_before_the_window() {
        let filter = Filter::Contains {
            column: "name".into(),
            text: "a".into(),
        };
        assert_eq!(names(vec![filter], None, 1, 5), (2, vec!["ab".to_owned()]));
        let filter = Filter::OneOf {
            column: "name".into(),
            values: vec!["c".into(), "b".into()],
        };
        assert_eq!(names(vec![filter], None, 0, 1), (2, vec!["b".to_owned()]));
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
        assert!(window(&columns(), &query).is_err());
    }
}
