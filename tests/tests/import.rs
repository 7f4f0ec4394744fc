//! Imports of whole files: fixtures in, rows, refusals and totals out.

use engine::dataset::{Dataset, Table, TableId};
use engine::import::{
    Encoding, Locale, Measure, Question, Staged, detect_encoding, inspect_text, stage_csv,
    write_report,
};
use std::ops::ControlFlow;
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/import")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Detects, proposes and stages as the worker and the terminal do.
fn import(file: &str, bytes: &[u8]) -> (Encoding, Staged) {
    let detected = detect_encoding(bytes, Locale::Zh, u64::MAX).expect("memory reads");
    let detected = detected.expect("an encoding");
    let inspected = inspect_text(file, bytes, true, detected.encoding, &[]);
    let inspected = inspected.expect("text of that encoding");
    let questions = &inspected.proposal.questions;
    assert!(
        !questions.iter().any(Question::is_blocking),
        "{questions:?}"
    );
    let mapping = inspected.proposal.mapping;
    let staged = stage_csv(file, bytes, &mapping, |_, _| ControlFlow::Continue(()));
    (detected.encoding, staged.expect("a usable file"))
}

#[test]
fn a_gb18030_stock_export_loads_and_lists_its_seven_bad_rows() {
    let bytes = fixture("stock_gb18030/input.csv");
    let (encoding, staged) = import("库存导出.csv", &bytes);
    assert_eq!(encoding, Encoding::Gb18030);
    let mut report = Vec::new();
    write_report(staged.refusals.issues(), &mut report).unwrap();
    let expected = "file,line,column,value,code,message\n\
        库存导出.csv,6,数量(件),十二,E_BAD_NUMBER,not a number: 十二\n\
        库存导出.csv,10,入库日期,2026/13/1,E_BAD_DATE,not a date: 2026/13/1\n\
        库存导出.csv,14,库存状态,外借,E_UNKNOWN_CHOICE,unknown 库存状态: 外借\n\
        库存导出.csv,18,数量(件),-3,E_NEGATIVE,negative value: -3\n\
        库存导出.csv,22,商品编码,,E_MISSING_VALUE,商品编码 is missing\n\
        库存导出.csv,30,,,E_TOO_MANY_COLUMNS,9 cells where the header has 8\n\
        库存导出.csv,26,,\"sku, warehouse, bucket, lot, owner\",E_DUPLICATE_KEY,\"same key as line 2: sku, warehouse, bucket, lot, owner\"\n";
    assert_eq!(String::from_utf8(report).unwrap(), expected);
    let totals = &staged.totals;
    assert!(totals.is_balanced(), "{totals:?}");
    assert_eq!(
        (totals.file.rows, totals.loaded.rows, totals.refused.rows),
        (37, 30, 7)
    );
    let stock = &staged.tables[0];
    assert_eq!((stock.id(), stock.len()), (TableId::Stock, 30));
    let names = &staged.tables[1];
    assert_eq!((names.id(), names.len()), (TableId::Skus, 10));
    assert_eq!(names.text("name_zh", 0), Some("婴儿奶粉一段"));
}

#[test]
fn invoice_lines_are_summed_routed_and_set_aside_to_the_last_piece() {
    let bytes = fixture("online_retail/input.csv");
    let (encoding, staged) = import("online_retail.csv", &bytes);
    assert_eq!(encoding, Encoding::Utf8);
    let totals = &staged.totals;
    assert!(totals.is_balanced(), "{totals:?}");
    // Figures counted from the file by a script outside this project.
    let figures = |group: &Measure| (group.rows, group.quantity_text(), group.value_text());
    let group = |rows, quantity: &str, value: &str| (rows, quantity.to_owned(), value.to_owned());
    assert_eq!(figures(&totals.file), group(203, "1753", "-7091.94"));
    assert_eq!(figures(&totals.loaded), group(160, "1883", "4354.1"));
    let rows = (
        totals.returns.rows,
        totals.set_aside.rows,
        totals.refused.rows,
    );
    assert_eq!(rows, (30, 13, 0));
    let dataset = Dataset::from_tables(staged.tables);
    assert_eq!(dataset.table(TableId::Demand).map(Table::len), Some(97));
    let names = dataset
        .table(TableId::Skus)
        .and_then(|skus| skus.texts("name_en"));
    let has_pound = names.is_some_and(|names| names.words.iter().any(|name| name.contains('£')));
    assert!(
        has_pound,
        "the one western sign of the file is read as such"
    );
}
