//! The parts of `ballast`: one module a subcommand, and the golden-case runner
//! that the test suite shares with `ballast golden`.

pub mod calendar;
pub mod commands;
mod decisions;
pub mod files;
mod folder;
pub mod golden;
pub mod history;
pub mod launches;
pub mod partitions;
pub mod signals;
