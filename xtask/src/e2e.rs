//! The browser stories of `e2e/`, run against the built app and its real headers.

use std::process::Command;
use std::thread;

use crate::bundle::dist_dir;
use crate::serve;
use crate::shell::{Outcome, root, run};

/// Serves `dist/` on a free port and runs the stories whose name contains one of the filters.
///
/// # Errors
/// When a story fails.
pub fn run_stories(filters: &[&str]) -> Outcome {
    run_script("e2e/run.mjs", filters)
}

/// Serves `dist/` and runs a Node script that finds the address in `BALLAST_URL`.
///
/// # Errors
/// When the script fails.
pub fn run_script(script: &str, args: &[&str]) -> Outcome {
    if !dist_dir().join("index.html").exists() {
        return Err("there is no dist/index.html: run `cargo xtask build` first".to_owned());
    }
    let listener = serve::listen(0)?;
    let address = serve::address(&listener)?;
    thread::spawn(move || serve::serve(&listener, dist_dir()));
    run(Command::new("node")
        .current_dir(root())
        .arg(script)
        .args(args)
        .env("BALLAST_URL", address))
}
