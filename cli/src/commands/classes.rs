//! `ballast classes`: what kinds of demand a dataset holds, and how often it came inside the bands.

use super::{Failure, plan::report};
use crate::files;
use crate::folder::read_dataset;
use engine::forecast::{Coverage, DemandClass};
use engine::plan::adjust::Decisions;
use engine::plan::view::Scope;
use engine::plan::{ClassRow, ClassView, Settings, plan};
use std::path::PathBuf;

/// Classes of demand with their errors and the coverage of their bands.
#[derive(clap::Args)]
pub struct Classes {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// CSV file to write; `-` for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

const HEADER: [&str; 8] = [
    "class", "series", "rate", "wape", "bias", "outcomes", "inside80", "inside95",
];

impl Classes {
    /// Plans the dataset and writes a row for each class, and one for all of it (class `*`): series, units a
    /// week, WAPE and bias of forecasts four weeks ahead, and the outcomes of the next four weeks, from thirteen
    /// earlier ends of a sample of the series, with the shares inside the bands. Shares are fractions.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no date, or the file cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let (dataset, issues) = read_dataset(&self.data).map_err(Failure::Refused)?;
        report(&issues);
        let plan = plan(&dataset, &Settings::default())
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let view = plan.classes(&dataset, &Decisions::default(), Scope::default());
        let table = table(&view)
            .map_err(|error| Failure::Refused(format!("cannot write the table: {error}")))?;
        files::write(&self.out, &table)
    }
}

fn table(view: &ClassView) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for (class, row) in DemandClass::ALL.iter().zip(&view.rows) {
        writer.write_record(record(class.as_str(), row))?;
    }
    writer.write_record(record("*", &view.all()))?;
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn record(class: &str, row: &ClassRow) -> [String; 8] {
    let holdout = &row.holdout;
    let of_demand = |part: f64| match holdout.actual > 0.0 {
        true => format!("{:.4}", part / holdout.actual),
        false => String::new(),
    };
    let Coverage { points, .. } = &row.coverage;
    let inside = |level| {
        let share = row.coverage.share(level);
        share.map_or_else(String::new, |share| format!("{share:.4}"))
    };
    [
        class.to_owned(),
        row.series.to_string(),
        format!("{:.3}", row.rate),
        of_demand(holdout.absolute_error),
        of_demand(-holdout.error),
        points.to_string(),
        inside(0),
        inside(1),
    ]
}
