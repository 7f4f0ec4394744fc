//! Ballast on the terminal.

use std::process::ExitCode;

fn main() -> ExitCode {
    ballast_cli::commands::main()
}
