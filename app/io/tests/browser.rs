//! The worker's own code in a browser worker: a large file within its memory.
#![cfg(target_arch = "wasm32")]

use ballast_io::worker::{Look, OpenFile, memory_bytes, open, stage};
use engine::import::Locale;
use js_sys::{Array, Uint8Array};
use protocol::io::IoResponse;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const HEADER: &str = "日期,货号,渠道,区域,数量,单价\n";

/// A file of `blocks` times 1,000 rows that the browser holds, not this module.
fn file(blocks: usize) -> Blob {
    let parts = Array::of1(&HEADER.into());
    for block in 0..blocks {
        let day = engine::day::Day::from_number(20_000 + i32::try_from(block % 730).unwrap_or(0));
        let channel = ["tmall", "jd", "douyin"][block % 3];
        let row = |sku: usize| {
            format!(
                "{day},SKU{:05},{channel},华东,{},{}.50\n",
                (sku * 7 + block * 13) % 6_000,
                sku % 9 + 1,
                sku % 90 + 10
            )
        };
        let text: String = (0..1_000).map(row).collect();
        parts.push(&Uint8Array::from(text.as_bytes()));
    }
    Blob::new_with_u8_array_sequence(&parts).expect("a blob")
}

fn import(blob: Blob) -> protocol::io::StagedFile {
    let file = OpenFile::new("销售.csv".to_owned(), blob);
    let look = Look {
        locale: Locale::Zh,
        encoding: None,
        sheet: "",
        separator: None,
        header_line: None,
        remembered: &[],
    };
    let Ok(IoResponse::Opened(opened)) = open(&file, &look) else {
        panic!("not opened")
    };
    assert!(
        opened.proposal.questions.is_empty(),
        "{:?}",
        opened.proposal.questions
    );
    let (answer, _refusals) = stage(&file, &opened.proposal.mapping, 1).expect("readable");
    assert!(answer.bufs.len() > 1);
    match answer.response {
        IoResponse::Staged(staged) => *staged,
        other => panic!("{other:?}"),
    }
}

/// Thousands of rows: a tenth where the code is not optimised.
const BLOCKS: usize = if cfg!(debug_assertions) { 100 } else { 1_000 };
/// What a million rows may take at most, in proportion.
const MEMORY_LIMIT: u64 = if cfg!(debug_assertions) {
    60 << 20
} else {
    300 << 20
};

/// IN-06 and issue 2: a million rows in the browser, the import worker within 300 MB.
#[wasm_bindgen_test]
fn in06_a_million_rows_stay_within_300_mb() {
    let staged = import(file(BLOCKS));
    console_log!(
        "{} rows in {} ms, peak memory {} MB",
        staged.rows_read,
        staged.took_ms,
        staged.peak_bytes >> 20
    );
    assert_eq!(
        (staged.rows_read, staged.rows_refused),
        (BLOCKS as u64 * 1_000, 0)
    );
    assert!(staged.totals.is_balanced(), "{:?}", staged.totals);
    assert!(memory_bytes() <= MEMORY_LIMIT, "{} bytes", memory_bytes());
}
