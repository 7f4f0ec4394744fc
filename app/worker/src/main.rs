//! Entry point of the engine worker, and where its module is cut in two.

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use worker::coordinator::{Arriving, Rare};

fn main() {
    worker::role::start(fetch_rare);
}

fn fetch_rare() -> Arriving {
    Box::pin(async { rare().await.ok() })
}

/// What stands behind this stands in the lazy part of the module, unless the main part reaches it, too.
#[wasm_split(engine, fallible)]
fn rare() -> Result<Rare, SplitLoaderError> {
    Ok(Rare::here())
}
