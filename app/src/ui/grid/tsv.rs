//! A range of cells as tab-separated text, the form spreadsheets paste. Pure.

use super::GridRow;
use std::ops::RangeInclusive;

/// The cells of the columns, a line a row; tabs and line ends inside a cell become spaces. A minus sign
/// is written as a hyphen, so that spreadsheets read a number.
pub(super) fn tsv(rows: &[GridRow], columns: &RangeInclusive<usize>) -> String {
    let mut text = String::new();
    for row in rows {
        for column in columns.clone() {
            if column != *columns.start() {
                text.push('\t');
            }
            let cell = row.cells.get(column).map_or("", |cell| cell.text.as_str());
            text.extend(cell.chars().map(|letter| match letter {
                '\t' | '\n' | '\r' => ' ',
                '\u{2212}' => '-',
                other => other,
            }));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    #[test]
    fn a_range_becomes_lines_and_tabs() {
        let row = |cells: &[&str]| GridRow {
            key: 0,
            cells: cells.iter().map(|text| Cell::text(*text)).collect(),
        };
        let rows = [row(&["a", "−1,200", "x\ty"]), row(&["b", "3"])];
        assert_eq!(tsv(&rows, &(1..=2)), "-1,200\tx y\n3\t\n");
    }
}
