//! Subcommands of `ballast`: one file each, one row in [`Command`].

mod backtest;
mod bench;
mod classes;
mod consume;
mod demo;
mod events;
mod explain;
mod forecast;
mod golden;
mod import;
mod panel_options;
mod plan;
mod signals;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Inventory planning on files.
#[derive(Parser)]
#[command(name = "ballast", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Backtest(backtest::Backtest),
    #[command(subcommand)]
    Bench(bench::Bench),
    Classes(classes::Classes),
    Consume(consume::Consume),
    Demo(demo::Demo),
    Events(events::Events),
    #[command(subcommand)]
    Explain(explain::Explain),
    Forecast(forecast::Forecast),
    Golden(golden::Golden),
    Import(import::Import),
    Plan(plan::PlanCommand),
    Signals(signals::Signals),
}

/// How a command ended, other than well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The data was refused or a check failed; the message says which.
    #[error("{0}")]
    Refused(String),
    /// The command was called wrongly.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// Exit code: 1 for refused data, 2 for wrong usage.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
        }
    }
}

/// Runs the command named by the process arguments.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Backtest(backtest) => backtest.run(),
        Command::Bench(bench) => bench.run(),
        Command::Classes(classes) => classes.run(),
        Command::Consume(consume) => consume.run(),
        Command::Demo(demo) => demo.run(),
        Command::Events(events) => events.run(),
        Command::Explain(explain) => explain.run(),
        Command::Forecast(forecast) => forecast.run(),
        Command::Golden(golden) => golden.run(),
        Command::Import(import) => import.run(),
        Command::Plan(plan) => plan.run(),
        Command::Signals(signals) => signals.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.to_string();
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
