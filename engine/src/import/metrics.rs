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
        for (column, word) in &self.metrics {
            let (text, cell_type) = (row.get(*column), row.cell_type(*column));
            match read_cell(Kind::Number, text, cell_type, self.conventions) {
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
        let places = METRIC_COLUMNS.map(|name| self.def.column_index(name));
        self.push_attributes(row, &mut cells);
        for (word, value) in told {
            let parts = [Cell::Text(word.into()), value];
            for (place, part) in places.iter().zip(parts) {
                if let Some(slot) = place.and_then(|place| cells.get_mut(place)) {
                    *slot = Some(part);
                }
            }
            let line = u32::try_from(row.line).unwrap_or(u32::MAX);
            self.builder.push(line, &cells);
        }
    }
}
