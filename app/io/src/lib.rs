//! Untrusted files in, spreadsheets out: the parts that the browser's throw-away worker and
//! the terminal share. Text files need no more than the engine; workbooks are opened here.

pub mod archive;
pub mod export;
pub mod workbook;
#[cfg(target_arch = "wasm32")]
pub mod worker;
