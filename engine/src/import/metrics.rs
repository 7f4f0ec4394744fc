//! Files with a column for each metric: one row of the file is several of `signals.csv`.

use super::cells::read_cell;
use super::mapping::METRIC_COLUMNS;
use super::rows::Row;
use super::stage_row::{Refusal, RowStager};
use crate::dataset::{Cell, Kind};
use crate::issue::Code;

impl RowStager<'_> {
    /// Makes a row of the table for each metric that a row of the file tells.
    pub(super) fn take_metrics<'a>(&mut self, row: Row<'a>, mut cells: Vec<Option<Cell<'a>>>) {
        let mut told = Vec::new();
        let places = METRIC_COLUMNS.map(|name| self.def.column_index(name));
        for (column, word) in &self.metrics {
            let (text, cell_type) = (row.get(*column), row.cell_type(*column));
            let read = read_cell(Kind::Number, text, cell_type, self.conventions);
            let judged = read.and_then(|value| {
                let Some(value) = value else { return Ok(None) };
                put(
                    &mut cells,
                    places,
                    [Cell::Text((*word).into()), value.clone()],
                );
                let broken = self.def.broken_rule(&cells);
                broken.map_or(Ok(Some(value)), |(_, error)| Err(error.code()))
            });
            match judged {
                Ok(None) => {}
                Ok(Some(value)) => told.push((*word, value)),
                Err(code) => {
                    let column = Some(*column);
                    let value = text;
                    return self.refuse(
                        row,
                        row.line,
                        &Refusal {
                            code,
                            column,
                            value,
                        },
                    );
                }
            }
        }
        if told.is_empty() {
            let refusal = Refusal {
                code: Code::MissingValue,
                column: self.metrics.first().map(|(column, _)| *column),
                value: "",
            };
            return self.refuse(row, row.line, &refusal);
        }
        self.totals.file.add(None, None);
        self.totals.loaded.add(None, None);
        self.push_attributes(row, &mut cells);
        for (word, value) in told {
            put(&mut cells, places, [Cell::Text(word.into()), value]);
            let line = u32::try_from(row.line).unwrap_or(u32::MAX);
            self.builder.push(line, &cells);
        }
    }
}

/// Puts the word and the value of a metric into a row.
fn put<'a, const N: usize>(
    cells: &mut [Option<Cell<'a>>],
    places: [Option<usize>; N],
    parts: [Cell<'a>; N],
) {
    for (place, part) in places.into_iter().zip(parts) {
        if let Some(slot) = place.and_then(|place| cells.get_mut(place)) {
            *slot = Some(part);
        }
    }
}
