//! Running other programs: every step is announced, timed and checked.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a step of a command ends with: nothing, or one line that says what failed.
pub type Outcome = Result<(), String>;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Starts a step: prints its name at once, its time when it is done.
pub fn step(name: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    println!("==> {name}");
    let started = Instant::now();
    let outcome = work();
    let seconds = started.elapsed().as_secs_f64();
    match &outcome {
        Ok(()) => println!("<== {name}: done in {seconds:.1} s"),
        Err(reason) => println!("<== {name}: FAILED after {seconds:.1} s: {reason}"),
    }
    outcome
}

/// Runs a program to its end, showing what it prints.
pub fn run(command: &mut Command) -> Outcome {
    let line = describe(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(error) => Err(format!("`{line}` could not start: {error}")),
    }
}

/// Runs a program silently; its output is shown only when it fails.
pub fn run_quiet(command: &mut Command) -> Outcome {
    let line = describe(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{line}` could not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    println!("{}", String::from_utf8_lossy(&output.stdout));
    println!("{}", String::from_utf8_lossy(&output.stderr));
    Err(format!("`{line}` ended with {}", output.status))
}

/// What a program prints; its errors are shown, and it must succeed.
pub fn read_from(command: &mut Command) -> Result<String, String> {
    let line = describe(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`{line}` could not start: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!("`{line}` ended with {}", output.status)),
    }
}

/// What a program prints, trimmed; `None` when it is missing or fails.
pub fn read(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn describe(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        line.push(' ');
        line.push_str(&arg.to_string_lossy());
    }
    line
}
