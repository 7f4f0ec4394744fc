//! Tables out for people: workbooks with typed cells, CSV files that spreadsheets open right.

use std::io::{self, Write};

use engine::day::Day;
use engine::import::guard_formula;
use protocol::{Column, ColumnData};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Days from the workbook's day zero to 1970-01-01.
const EPOCH: i32 = 25_569;
/// Digits that a workbook's numbers hold exactly.
const EXACT: i64 = 999_999_999_999_999;

/// One sheet: a name and its columns.
pub struct Sheet<'a> {
    /// Name on the tab, at most 31 characters.
    pub name: &'a str,
    /// Columns with their headers as shown.
    pub columns: &'a [Column],
}

/// A workbook of these sheets. Texts are text cells, whatever they start with; numbers and
/// dates are numbers and dates.
///
/// # Errors
/// When a sheet's name or size is not that of a workbook.
pub fn write_xlsx(sheets: &[Sheet<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let bold = Format::new().set_bold();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet.name)?;
        worksheet.set_freeze_panes(1, 0)?;
        for (index, column) in (0_u16..).zip(sheet.columns) {
            worksheet.write_string_with_format(0, index, &column.name, &bold)?;
            worksheet.set_column_width(index, width(column))?;
            write_column(worksheet, index, &column.data, &date)?;
        }
    }
    workbook.save_to_buffer()
}

/// Characters that show most of a column, a Chinese one counted twice.
fn width(column: &Column) -> f64 {
    const LIMITS: (usize, usize) = (8, 60);
    let width = |text: &str| text.chars().map(|it| 1 + usize::from(!it.is_ascii())).sum();
    let head: usize = width(&column.name);
    let cells = match &column.data {
        ColumnData::Text(values) => values.iter().map(|value| width(value)).max(),
        ColumnData::F64(_) | ColumnData::I64(_) | ColumnData::U32(_) | ColumnData::Day(_) => {
            Some(10)
        }
    };
    let widest = head.max(cells.unwrap_or(0)) + 2;
    widest.clamp(LIMITS.0, LIMITS.1) as f64
}

fn write_column(
    worksheet: &mut Worksheet,
    column: u16,
    data: &ColumnData,
    date: &Format,
) -> Result<(), XlsxError> {
    let rows = 1_u32..;
    match data {
        ColumnData::Text(values) => {
            for (row, value) in rows.zip(values).filter(|(_, value)| !value.is_empty()) {
                worksheet.write_string(row, column, value)?;
            }
        }
        ColumnData::F64(values) => {
            for (row, value) in rows.zip(values).filter(|(_, value)| value.is_finite()) {
                worksheet.write_number(row, column, *value)?;
            }
        }
        ColumnData::I64(values) => {
            for (row, value) in rows.zip(values).filter(|(_, value)| **value != i64::MIN) {
                write_thousandths(worksheet, row, column, *value)?;
            }
        }
        ColumnData::Day(values) => {
            for (row, value) in rows.zip(values).filter(|(_, value)| **value != i32::MIN) {
                let moment =
                    ExcelDateTime::from_serial_datetime(f64::from(value.saturating_add(EPOCH)))?;
                worksheet.write_datetime_with_format(row, column, &moment, date)?;
            }
        }
        ColumnData::U32(values) => {
            for (row, value) in rows.zip(values).filter(|(_, value)| **value != u32::MAX) {
                worksheet.write_number(row, column, *value)?;
            }
        }
    }
    Ok(())
}

/// Numbers that a workbook cannot hold exactly are written as text.
fn write_thousandths(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: i64,
) -> Result<(), XlsxError> {
    if value.abs() > EXACT {
        worksheet.write_string(
            row,
            column,
            engine::units::Qty::from_thousandths(value).to_string(),
        )?;
    } else {
        worksheet.write_number(
            row,
            column,
            engine::units::Qty::from_thousandths(value).to_f64(),
        )?;
    }
    Ok(())
}

/// A CSV file for people: UTF-8 with byte order mark, CRLF, formulas in texts disarmed.
///
/// # Errors
/// When the target cannot be written.
pub fn write_csv(columns: &[Column], mut target: impl Write) -> io::Result<()> {
    target.write_all(b"\xef\xbb\xbf")?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(target);
    writer.write_record(
        columns
            .iter()
            .map(|column| guard_formula(&column.name).into_owned()),
    )?;
    let rows = columns.iter().map(Column::len).max().unwrap_or(0);
    for row in 0..rows {
        writer.write_record(columns.iter().map(|column| cell_text(&column.data, row)))?;
    }
    writer.flush()
}

fn cell_text(data: &ColumnData, row: usize) -> String {
    let text = match data {
        ColumnData::Text(values) => values
            .get(row)
            .map(|value| guard_formula(value).into_owned()),
        ColumnData::F64(values) => values
            .get(row)
            .filter(|value| value.is_finite())
            .map(f64::to_string),
        ColumnData::I64(values) => {
            let value = values.get(row).filter(|value| **value != i64::MIN);
            value.map(|value| engine::units::Qty::from_thousandths(*value).to_string())
        }
        ColumnData::Day(values) => values
            .get(row)
            .filter(|value| **value != i32::MIN)
            .map(|day| Day::from_number(*day).to_string()),
        ColumnData::U32(values) => values
            .get(row)
            .filter(|value| **value != u32::MAX)
            .map(u32::to_string),
    };
    text.unwrap_or_default()
}
