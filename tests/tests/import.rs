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

/// Rows of the signals of a file: `date source keyword region metric value`.
fn signals(staged: &Staged) -> Vec<String> {
    let table = &staged.tables[0];
    assert_eq!(table.id(), TableId::Signals);
    let cells = |row| {
        let text = |column| table.text(column, row).unwrap_or("-");
        let day = table.day("date", row).expect("a date");
        let value = table.number("value", row).expect("a value") / 1_000_000;
        let words = ["source", "keyword", "region", "metric"]
            .map(text)
            .join(" ");
        format!("{day} {words} {value}")
    };
    (0..table.len()).map(cells).collect()
}

#[test]
fn a_search_console_export_becomes_signals_by_metric() {
    let bytes = fixture("search_console/input.csv");
    let (_, staged) = import("search_console.csv", &bytes);
    let want = [
        "2026-05-04 search baby formula deu clicks 17",
        "2026-05-04 search baby formula deu impressions 460",
        "2026-05-04 search baby formula fra clicks 3",
        "2026-05-04 search baby formula fra impressions 80",
        "2026-05-05 search baby formula deu clicks 9",
        "2026-05-05 search baby formula deu impressions 310",
        "2026-05-05 search wooden train deu impressions 55",
    ];
    assert_eq!(signals(&staged), want);
    let totals = &staged.totals;
    assert!(totals.is_balanced(), "{totals:?}");
    let rows = (totals.file.rows, totals.loaded.rows, totals.refused.rows);
    assert_eq!(rows, (7, 5, 2));
    let mut report = Vec::new();
    write_report(staged.refusals.issues(), &mut report).unwrap();
    let report = String::from_utf8(report).unwrap();
    assert!(
        report.contains("search_console.csv,7,clicks,two,E_BAD_NUMBER"),
        "{report}"
    );
    assert!(
        report.contains("search_console.csv,8,query,,E_MISSING_VALUE"),
        "{report}"
    );
}

#[test]
fn a_search_console_sheet_of_queries_keeps_positions() {
    let text = "Date,Top queries,Clicks,Impressions,CTR,Position\n\
        2026-05-04,baby formula,12,340,3.5%,4\n2026-05-05,baby formula,9,300,3%,5\n";
    let (_, staged) = import("Queries.csv", text.as_bytes());
    assert_eq!(signals(&staged).len(), 6);
    assert_eq!(
        signals(&staged)[2],
        "2026-05-04 search baby formula - position 4"
    );
}

#[test]
fn an_index_by_word_and_place_becomes_signals() {
    let bytes = fixture("baidu_index/input.csv");
    let (encoding, staged) = import("百度指数.csv", &bytes);
    assert_eq!(encoding, Encoding::Gb18030);
    let want = [
        "2026-05-04 search a2奶粉 全国 index 1520",
        "2026-05-04 search a2奶粉 广东 index 310",
        "2026-05-05 search a2奶粉 全国 index 1498",
        "2026-05-05 search 飞鹤奶粉 全国 index 905",
    ];
    assert_eq!(signals(&staged), want);
    let text = "日期,热词,综合指数\n2026-05-04,学饮杯,120\n2026-05-05,学饮杯,140\n";
    let (_, staged) = import("巨量算数.csv", text.as_bytes());
    assert_eq!(signals(&staged)[1], "2026-05-05 search 学饮杯 - index 140");
    let text = "date,keyword,value\n2026-05-04,cup,7\n";
    let (_, staged) = import("keywords trend.csv", text.as_bytes());
    assert_eq!(signals(&staged), ["2026-05-04 search cup - index 7"]);
}
