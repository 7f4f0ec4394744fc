//! `ballast consume`: the forecast of a dataset less its open orders.

use super::{Failure, plan::report};
use crate::decisions::decided;
use crate::files;
use crate::folder::read_dataset;
use engine::plan::view::{ORDER_DAYS, OrdersView, Scope, Uncounted, orders_view};
use engine::plan::{Settings, plan_decided};
use engine::signals::pipeline::ConsumptionWindow;
use std::path::PathBuf;

/// Forecast by week, less the open orders that are due.
#[derive(clap::Args)]
pub struct Consume {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// CSV file to write; `-` for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
    /// Days before an order whose forecast it may take.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i32).range(0..=365))]
    early: i32,
    /// Days after an order whose forecast it may take.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i32).range(0..=365))]
    late: i32,
    /// Decisions by hand to plan with, as CSV or JSON (docs/overrides.md).
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
}

impl Consume {
    /// Writes a row for each week: forecast, orders due, and the forecast that no order has taken. Orders that
    /// no forecast stood for, and those that take none with the reason, are told on standard error.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no date, or the file cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let (mut dataset, issues) = read_dataset(&self.data).map_err(Failure::Refused)?;
        report(&issues);
        let decisions = decided(self.decisions.as_ref(), &mut dataset)?;
        let plan = plan_decided(&dataset, &Settings::default(), &decisions)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let window = ConsumptionWindow {
            early_days: self.early,
            late_days: self.late,
        };
        let view = orders_view(&plan, &dataset, Scope::default(), window);
        let table = table(&view)
            .map_err(|error| Failure::Refused(format!("cannot write the table: {error}")))?;
        files::write(&self.out, &table)?;
        eprintln!(
            "{} lines of open orders; units beyond the forecast {}, due later {}, without a forecast {}",
            view.lines, view.unforecast, view.later, view.unknown
        );
        for why in Uncounted::ALL {
            let left_out = view.left_out(why);
            if left_out.lines > 0 {
                eprintln!(
                    "{} lines with {} units not counted: {}",
                    left_out.lines,
                    left_out.units,
                    reason(why)
                );
            }
        }
        Ok(())
    }
}

fn reason(why: Uncounted) -> String {
    match why {
        Uncounted::Undated => "no due_on".to_owned(),
        Uncounted::DueBeforePlaced => "due before they were placed".to_owned(),
        Uncounted::DueSoon => {
            format!("due within {ORDER_DAYS} days of being placed, demand of that day already")
        }
    }
}

fn table(view: &OrdersView) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["week", "forecast", "ordered", "net"])?;
    for week in &view.weeks {
        let figures = [week.forecast, week.ordered, week.net].map(|units| units.to_string());
        writer.write_record([week.start.to_string()].into_iter().chain(figures))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}
