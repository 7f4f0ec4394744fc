//! The parts of `ballast`: one module a subcommand, and the golden-case runner
//! that the test suite shares with `ballast golden`.

pub mod commands;
pub mod golden;
