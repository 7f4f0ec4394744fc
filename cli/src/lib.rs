//! The parts of `ballast`: one module a subcommand, and the golden-case runner
//! that the test suite shares with `ballast golden`.

/// Prints a line as `println!` does, without a panic where nobody reads on.
macro_rules! say {
    ($($part:tt)*) => { $crate::files::print_line(format_args!($($part)*)) };
}

pub mod calendar;
pub mod commands;
mod decisions;
pub mod files;
mod folder;
pub mod golden;
pub mod history;
pub mod launches;
pub mod partitions;
pub mod policy_trials;
pub mod signals;
