//! Codes that name rows of master tables, and where they stand.

use super::{ColumnDef, Table, TableId};

impl Table {
    /// Each code of the columns that name a row of a master table, or are its key; without lines,
    /// which a table does not know.
    #[must_use]
    pub fn code_uses(&self) -> Vec<CodeUse> {
        let def = self.def();
        let mut uses = Vec::new();
        for column in def.columns {
            if let (Some(master), Some(texts)) = (def.master_of(column), self.texts(column.name)) {
                let rows = texts.codes.iter().map(|code| (*code, 0));
                uses.extend(code_uses((column, master), &texts.words, rows));
            }
        }
        uses
    }
}

/// A code in a column that names a row of another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeUse {
    /// The column.
    pub column: &'static ColumnDef,
    /// The table.
    pub master: TableId,
    /// The code; the whole list where the column holds lists.
    pub code: String,
    /// The line of the first row with it.
    pub line: u64,
    /// How many rows have it.
    pub rows: usize,
}

pub(super) fn code_uses(
    (column, master): (&'static ColumnDef, TableId),
    words: &[String],
    rows: impl Iterator<Item = (u32, u32)>,
) -> Vec<CodeUse> {
    let unseen = |code: &String| CodeUse {
        column,
        master,
        code: code.clone(),
        line: 0,
        rows: 0,
    };
    let mut uses: Vec<CodeUse> = words.iter().map(unseen).collect();
    for (code, line) in rows {
        if let Some(known) = uses.get_mut(code as usize) {
            if known.rows == 0 {
                known.line = u64::from(line);
            }
            known.rows += 1;
        }
    }
    uses
}
