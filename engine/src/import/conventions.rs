//! How the numbers and dates of a file are written, as far as its cells prove it.

use super::date::{DateError, DateOrder, parse_date, proven_order};
use super::number::{DecimalMark, Measure, NumberError, parse_number, proven_mark};
use super::rows::CellType;
use super::sample::SampleCell;

/// A convention, and a cell that leaves it open.
pub(super) struct Finding<T> {
    pub(super) convention: T,
    pub(super) example: Option<String>,
}

/// The decimal mark that the cells prove; open when they contradict each other or none
/// proves what another needs.
pub(super) fn decimal_mark<'a>(
    cells: impl Iterator<Item = &'a SampleCell>,
) -> Finding<DecimalMark> {
    let mut proven = Vec::new();
    let mut open = None;
    for cell in cells.filter(|cell| cell.cell_type == CellType::Text) {
        let proof = proven_mark(&cell.text).filter(|mark| !proven.contains(mark));
        proven.extend(proof);
        let read = parse_number(&cell.text, DecimalMark::Undeclared, Measure::Value, 6);
        if read == Err(NumberError::Ambiguous) && open.is_none() {
            open = Some(cell.text.clone());
        }
    }
    match proven.as_slice() {
        [mark] => Finding {
            convention: *mark,
            example: None,
        },
        _ => Finding {
            convention: DecimalMark::Undeclared,
            example: open,
        },
    }
}

/// The order of day and month that the cells prove.
pub(super) fn date_order<'a>(cells: impl Iterator<Item = &'a SampleCell>) -> Finding<DateOrder> {
    let mut proven = Vec::new();
    let mut open = None;
    for cell in cells.filter(|cell| cell.cell_type == CellType::Text) {
        let proof = proven_order(&cell.text).filter(|order| !proven.contains(order));
        proven.extend(proof);
        let read = parse_date(&cell.text, DateOrder::Undeclared);
        if read == Err(DateError::Ambiguous) && open.is_none() {
            open = Some(cell.text.clone());
        }
    }
    match proven.as_slice() {
        [order] => Finding {
            convention: *order,
            example: None,
        },
        _ => Finding {
            convention: DateOrder::Undeclared,
            example: open,
        },
    }
}
