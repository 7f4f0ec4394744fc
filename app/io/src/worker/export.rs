//! Files out: sheets of columns as a workbook or a CSV file for people.

use protocol::columns::{Column, ColumnHead, ColumnKind, unpack};
use protocol::io::{ExportFormat, IoResponse, SheetHead};
use protocol::{AppError, Code};

use super::Answer;
use super::open::unreadable;
use crate::export::{Sheet, write_csv, write_xlsx};

pub(super) fn export(
    format: ExportFormat,
    heads: &[SheetHead],
    bufs: &[Vec<u8>],
) -> Result<Answer, AppError> {
    let sheets = unpack_sheets(heads, bufs)?;
    let file = match format {
        ExportFormat::Xlsx => {
            let named = heads.iter().zip(&sheets);
            let sheets: Vec<_> = named
                .map(|(head, columns)| Sheet {
                    name: &head.name,
                    columns,
                })
                .collect();
            write_xlsx(&sheets)
                .map_err(|error| AppError::new(Code::ExportFailed).with("detail", error))?
        }
        ExportFormat::Csv => {
            let mut bytes = Vec::new();
            write_csv(sheets.first().map_or(&[], Vec::as_slice), &mut bytes).map_err(unreadable)?;
            bytes
        }
    };
    Ok(Answer {
        response: IoResponse::Exported,
        bufs: vec![file],
    })
}

fn unpack_sheets(heads: &[SheetHead], bufs: &[Vec<u8>]) -> Result<Vec<Vec<Column>>, AppError> {
    let broken = |detail| AppError::new(Code::BadMessage).with("detail", detail);
    let mut rest = bufs;
    let mut sheets = Vec::with_capacity(heads.len());
    for head in heads {
        let count = head.columns.iter().map(buffers_of).sum();
        let (own, after) = rest
            .split_at_checked(count)
            .ok_or_else(|| broken("buffers are missing".to_owned()))?;
        sheets.push(unpack(&head.columns, own).map_err(|error| broken(error.to_string()))?);
        rest = after;
    }
    Ok(sheets)
}

/// Texts take two buffers, everything else one.
fn buffers_of(column: &ColumnHead) -> usize {
    if column.kind == ColumnKind::Text {
        2
    } else {
        1
    }
}
