//! Workbooks in and out: typed cells, hostile archives, round trips.
#![cfg(not(target_arch = "wasm32"))]

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use ballast_io::export::{Sheet, write_csv, write_xlsx};
use ballast_io::workbook::{Workbook, WorkbookError};
use engine::dataset::TableId;
use engine::import::{CellType, Encoding, LeftOver, Mapping, Staged, inspect_text, stage_csv};
use engine::issue::Code;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use proptest::prelude::*;
use protocol::{Column, ColumnData};

fn open(bytes: &[u8]) -> Result<Workbook<Cursor<&[u8]>>, WorkbookError> {
    Workbook::open(Cursor::new(bytes))
}

fn import(bytes: &[u8]) -> (Mapping, Staged) {
    let mut workbook = open(bytes).expect("a workbook");
    let (_, proposal) = workbook
        .inspect("stock.xlsx", "", None, &[])
        .expect("a sheet");
    let staged = workbook.stage("stock.xlsx", &proposal.mapping, |_, _| {
        ControlFlow::Continue(())
    });
    (proposal.mapping, staged.expect("a usable sheet"))
}

fn texts(name: &str, values: &[&str]) -> Column {
    Column::new(
        name,
        ColumnData::Text(values.iter().map(|value| (*value).to_owned()).collect()),
    )
}

fn stock_columns() -> Vec<Column> {
    let day = engine::day::Day::parse_iso("2026-11-22")
        .expect("a day")
        .number();
    vec![
        texts("商品编码", &["A-1", "=1+1", "-3", "@x", "00123"]),
        texts("仓库", &["W1"; 5]),
        texts("库存状态", &["良品"; 5]),
        Column::new(
            "数量",
            ColumnData::I64(vec![1_234_500, 2_000, 3_000, 4_000, 5_000]),
        ),
        Column::new("入库日期", ColumnData::Day(vec![day; 5])),
        Column::new(
            "成本价",
            ColumnData::F64(vec![0.1 + 0.2, 19.9, 1_234.567_89, f64::NAN, 5.0]),
        ),
    ]
}

#[test]
fn what_is_exported_reads_back_equal_from_a_workbook_and_from_csv() {
    let columns = stock_columns();
    let workbook = write_xlsx(&[Sheet {
        name: "库存",
        columns: &columns,
    }])
    .expect("a workbook");
    let (mapping, staged) = import(&workbook);
    assert_eq!((mapping.table, staged.refusals.len()), (TableId::Stock, 0));
    let stock = &staged.tables[0];
    let skus: Vec<_> = (0..5).map(|row| stock.text("sku", row)).collect();
    assert_eq!(
        skus,
        [
            Some("-3"),
            Some("00123"),
            Some("=1+1"),
            Some("@x"),
            Some("A-1")
        ]
    );
    assert_eq!(stock.number("quantity", 4), Some(1_234_500));
    assert_eq!(
        stock.number("unit_cost", 4),
        Some(300_000),
        "15 digits, as shown"
    );
    assert_eq!(
        stock
            .day("received_on", 0)
            .map(|day| day.to_string())
            .as_deref(),
        Some("2026-11-22")
    );

    let mut bytes = Vec::new();
    write_csv(&columns, &mut bytes).expect("memory");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(text.starts_with("\u{feff}商品编码,"), "{text}");
    assert!(
        text.contains("\r\n'=1+1,W1,良品,2,2026-11-22,19.9\r\n"),
        "{text}"
    );
    assert!(
        text.contains("\r\n'-3,") && !text.contains("'0.3"),
        "{text}"
    );
}

#[test]
fn a_negative_number_is_never_touched_by_the_formula_guard() {
    let columns = [
        texts("sku", &["+A"]),
        Column::new("available", ColumnData::I64(vec![-5_000])),
    ];
    let mut bytes = Vec::new();
    write_csv(&columns, &mut bytes).expect("memory");
    assert_eq!(bytes, "\u{feff}sku,available\r\n'+A,-5\r\n".as_bytes());
    let text = String::from_utf8(bytes)
        .expect("UTF-8")
        .replace("available", "available,date,warehouse")
        .replace("-5", "-5,2026-01-01,W");
    let inspected = inspect_text(
        "stock_daily.csv",
        text.as_bytes(),
        true,
        Encoding::Utf8,
        &[],
    )
    .expect("text");
    let mapping = inspected.proposal.mapping;
    let staged = stage_csv("f", text.as_bytes(), &mapping, |_, _| {
        ControlFlow::Continue(())
    })
    .expect("usable");
    assert_eq!(staged.tables[0].text("sku", 0), Some("+A"));
    assert_eq!(staged.tables[0].number("available", 0), Some(-5_000));
}

#[test]
fn long_numbers_are_flagged_and_dates_of_both_systems_read() {
    let columns = [
        Column::new(
            "商品编码",
            ColumnData::F64(vec![6_901_234_567_890_123.0, 690_123.0]),
        ),
        texts("仓库", &["W"; 2]),
        Column::new("数量", ColumnData::F64(vec![1.0, 2.0])),
    ];
    let (_, staged) = import(
        &write_xlsx(&[Sheet {
            name: "s",
            columns: &columns,
        }])
        .expect("a workbook"),
    );
    let refused: Vec<_> = staged
        .refusals
        .issues()
        .map(|issue| (issue.place.line, issue.code))
        .collect();
    assert_eq!(refused, [(2, Code::LostDigits)]);
    assert_eq!(staged.tables[0].text("sku", 0), Some("690123"));
}

#[test]
fn a_sheet_is_found_again_as_it_was_imported_before() {
    let columns = |sku: &str| {
        [
            texts("货号", &[sku]),
            texts("仓库", &["W"]),
            texts("数量", &["1"]),
        ]
    };
    let (first, second) = (columns("A"), columns("B"));
    let sheets =
        [("总览", &first), ("明细", &second)].map(|(name, columns)| Sheet { name, columns });
    let bytes = write_xlsx(&sheets).expect("a workbook");
    let inspect = |sheet: &str, line, remembered: &[Mapping]| {
        let found = open(&bytes)
            .expect("opens")
            .inspect("s.xlsx", sheet, line, remembered);
        found.expect("a sheet").1.mapping
    };
    assert_eq!(inspect("", None, &[]).format.sheet, "总览");
    let chosen = inspect("明细", None, &[]);
    assert_eq!(inspect("", None, std::slice::from_ref(&chosen)), chosen);
    let moved = inspect("明细", Some(2), &[]);
    assert_eq!(
        (moved.format.header_line, moved.columns[0].header.as_str()),
        (2, "B")
    );
}

#[test]
fn refused_rows_of_a_sheet_come_out_as_text() {
    let columns = [
        texts("货号", &["A", "B"]),
        texts("仓库", &["W", "W"]),
        texts("数量", &["1", "x"]),
    ];
    let bytes = write_xlsx(&[Sheet {
        name: "s",
        columns: &columns,
    }])
    .expect("a workbook");
    let (mapping, staged) = import(&bytes);
    let mut text = Vec::new();
    let word = |issue: &engine::issue::Issue| issue.code.as_str().to_owned();
    let mut left = LeftOver::new(&mapping, &staged.refusals, word, &mut text).expect("memory");
    open(&bytes)
        .expect("opens")
        .left_over(&mapping, &mut left)
        .expect("readable");
    left.finish().expect("memory");
    let expected = "\u{feff}ballast_line,ballast_reason,货号,仓库,数量\r\n3,E_BAD_NUMBER,B,W,x\r\n";
    assert_eq!(String::from_utf8(text).expect("UTF-8"), expected);
}

#[test]
fn a_sheet_that_claims_everything_costs_what_it_holds() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "sku").expect("a cell");
    sheet.write_number(1_048_575, 16_383, 1).expect("a cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let (_, sample) = open(&bytes).expect("opens").sample("").expect("a sample");
    assert_eq!((sample.rows.len(), sample.rows[0].len()), (1, 16_384));
    assert_eq!(sample.rows[0][16_383].cell_type, CellType::Number);
}

/// A zip of one deflated entry whose headers say what the caller likes.
fn zip(name: &str, content: &[u8], declared: usize, count: u16) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory");
    let packed = encoder.finish().expect("memory");
    let word = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    let half = |value: usize| u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes();
    let sizes = [word(0), word(packed.len()), word(declared)].concat();
    let common = [
        &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0][..],
        &sizes,
        &half(name.len()),
    ]
    .concat();
    let local = [
        b"PK\x03\x04",
        &common[..],
        &[0, 0],
        name.as_bytes(),
        &packed,
    ]
    .concat();
    let entry = [
        b"PK\x01\x02\x14\x00",
        &common[..],
        &[0; 16],
        name.as_bytes(),
    ]
    .concat();
    let entries = entry.repeat(usize::from(count));
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &count.to_le_bytes(),
        &count.to_le_bytes(),
        &word(entries.len()),
        &word(local.len()),
        &[0, 0],
    ];
    [local, entries, end.concat()].concat()
}

#[test]
fn hostile_archives_are_refused_before_anything_is_inflated_into_memory() {
    let zeros = vec![0; 8 << 20];
    let small = b"<a/>";
    let refusal = |bytes: &[u8]| match open(bytes) {
        Err(error) => {
            let issue = error.issue("x.xlsx");
            (issue.code, issue.message())
        }
        Ok(_) => panic!("opened"),
    };
    let limit = |text: &str| {
        (
            Code::FileLimit,
            format!("the file is past the limit of {text}"),
        )
    };
    assert_eq!(
        refusal(&zip("xl/sharedStrings.xml", &zeros, zeros.len(), 1)),
        limit("200 times the packed size")
    );
    assert_eq!(
        refusal(&zip("xl/sharedStrings.xml", &zeros, 1_000, 1)),
        limit("the size an entry declares")
    );
    assert_eq!(
        refusal(&zip("xl/sharedStrings.xml", small, 65 << 20, 1)),
        limit("64 MiB for one part")
    );
    assert_eq!(
        refusal(&zip("xl/worksheets/s.xml", small, 301 << 20, 1)),
        limit("300 MiB")
    );
    assert_eq!(
        refusal(&zip("a", small, small.len(), 2_001)),
        limit("2,000 entries")
    );
    for bytes in [
        &b"PK\x03\x04"[..],
        b"",
        b"\xd0\xcf\x11\xe0 an old workbook",
        &zip("a", small, small.len(), 1),
    ] {
        assert_eq!(refusal(bytes).0, Code::BadWorkbook);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_workbooks_never_panic(at in 0_usize..6_000, flip in 1_u8..=255, cut in 0_usize..6_000) {
        let mut bytes = write_xlsx(&[Sheet { name: "s", columns: &stock_columns() }]).expect("a workbook");
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= flip;
        }
        if cut % 3 == 0 {
            bytes.truncate(cut);
        }
        if let Ok(mut workbook) = open(&bytes) {
            let _sample = workbook.sample("");
        }
    }
}
