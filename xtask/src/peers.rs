//! Ballast beside other forecasting libraries, on the same panels in one run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, read_from, root, run, run_quiet, step};
use crate::toolchain::tools_dir;

/// Python packages of the peers, as they were compared.
const PACKAGES: [&str; 3] = ["statsforecast==2.1.1", "augurs==0.8.0", "pandas==2.3.3"];
/// Where docs/benchmarks.md holds the table.
const START: &str = "<!-- peers: written by `cargo xtask bench peers` -->";
const END: &str = "<!-- peers end -->";

/// Runs the peers on every panel of a folder and writes the table into docs/benchmarks.md.
///
/// # Errors
/// What could not be installed, built or run; anofox-forecast may fail to build, it is left out then.
pub fn bench(panels: &str) -> Outcome {
    let python = python()?;
    let anofox = anofox();
    if let Err(reason) = &anofox {
        println!("    anofox-forecast is left out: {reason}");
    }
    run(Command::new("cargo")
        .current_dir(root())
        .args(["build", "--release", "-p", "ballast"]))?;
    let mut command = Command::new(python);
    command.arg(root().join("xtask/peers/peers.py"));
    command.args(["--panels", panels, "--ballast"]);
    command.arg(root().join("target/release/ballast"));
    if let Ok(binary) = &anofox {
        command.arg("--anofox").arg(binary);
    }
    let table = read_from(&mut command)?;
    println!("{table}");
    write_table(&table)
}

/// A Python of its own with the peers in it; installs what is missing.
fn python() -> Result<PathBuf, String> {
    let place = tools_dir().join("peers");
    let python = place.join("bin/python");
    let stamp = place.join("installed");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    step("Python: statsforecast, augurs", || {
        run_quiet(Command::new("python3").arg("-m").arg("venv").arg(&place))?;
        let mut install = Command::new(&python);
        run_quiet(install.args(["-m", "pip", "install", "-q"]).args(PACKAGES))?;
        fs::write(&stamp, &wanted).map_err(|error| error.to_string())
    })?;
    Ok(python)
}

/// Builds the program around anofox-forecast in a package of its own.
fn anofox() -> Result<PathBuf, String> {
    let place = tools_dir().join("anofox");
    let copy = |from: &str, to: &Path| {
        let from = root().join("xtask/peers").join(from);
        fs::copy(&from, to).map_err(|error| format!("{}: {error}", from.display()))
    };
    fs::create_dir_all(place.join("src")).map_err(|error| error.to_string())?;
    copy("anofox.toml", &place.join("Cargo.toml"))?;
    copy("anofox.rs", &place.join("src/main.rs"))?;
    step("Rust: anofox-forecast", || {
        let mut build = Command::new("cargo");
        run_quiet(build.args(["build", "--release"]).current_dir(&place))
    })?;
    Ok(place.join("target/release/anofox-peer"))
}

fn write_table(table: &str) -> Outcome {
    let path = root().join("docs/benchmarks.md");
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let text = with_table(&text, table).ok_or("docs/benchmarks.md has no place for the peers")?;
    fs::write(&path, text).map_err(|error| error.to_string())
}

/// The text with another table between the marks.
fn with_table(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!(
        "{before}{START}\n\n{}\n\n{END}{after}",
        table.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_replaced_between_its_marks() {
        let text = format!("a\n{START}\n\nold\n\n{END}\nb\n");
        let new = format!("a\n{START}\n\n| new |\n\n{END}\nb\n");
        assert_eq!(with_table(&text, "| new |\n"), Some(new));
        assert_eq!(with_table("no marks", "| new |"), None);
    }
}
