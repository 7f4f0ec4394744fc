//! The browser stories of `e2e/`, run against the built app and its real headers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::bundle::{Effort, dist_dir};
use crate::serve;
use crate::setup;
use crate::shell::{Outcome, root, run};

/// Serves `dist/` on a free port and runs the stories whose name contains one of the filters.
///
/// # Errors
/// When a story fails.
pub fn run_stories(filters: &[&str]) -> Outcome {
    let terminal = build_terminal(Effort::Dev)?;
    serve_to(script("e2e/run.mjs", filters).env(TERMINAL, terminal))
}

/// Takes a real sales file through the page and through the terminal and compares the two.
///
/// # Errors
/// When the file cannot be read or the two differ.
pub fn run_trial(file: &str) -> Outcome {
    // The script runs in the root of the workspace.
    let file = Path::new(file).canonicalize();
    let file = file.map_err(|error| format!("cannot read the file: {error}"))?;
    let terminal = build_terminal(Effort::Release)?;
    let file = file.to_string_lossy();
    serve_to(script("e2e/trial_retail.mjs", &[&file]).env(TERMINAL, terminal))
}

/// Serves `dist/` and runs a Node script that finds the address in `BALLAST_URL`.
///
/// # Errors
/// When the script fails.
pub fn run_script(path: &str, args: &[&str]) -> Outcome {
    serve_to(&mut script(path, args))
}

/// Tells scripts where `ballast` is, whose results must be those of the page.
const TERMINAL: &str = "BALLAST_TERMINAL";

/// Builds `ballast` and returns where it is.
fn build_terminal(effort: Effort) -> Result<PathBuf, String> {
    let mut build = setup::setup()?.cargo();
    build.args(["build", "-q", "-p", "ballast"]);
    let folder = match effort {
        Effort::Release => {
            build.arg("--release");
            "release"
        }
        Effort::Dev => "debug",
    };
    run(&mut build)?;
    Ok(root().join("target").join(folder).join("ballast"))
}

fn script(path: &str, args: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root()).arg(path).args(args);
    command
}

fn serve_to(command: &mut Command) -> Outcome {
    if !dist_dir().join("index.html").exists() {
        return Err("there is no dist/index.html: run `cargo xtask build` first".to_owned());
    }
    let listener = serve::listen(0)?;
    let address = serve::address(&listener)?;
    thread::spawn(move || serve::serve(&listener, dist_dir()));
    run(command.env("BALLAST_URL", address))
}
