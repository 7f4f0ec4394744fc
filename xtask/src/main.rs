//! `cargo xtask`: the workspace's own commands.

mod setup;
mod shell;
mod toolchain;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask setup";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("setup") => setup::setup().map(|toolchain| println!("toolchain: {toolchain:?}")),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
