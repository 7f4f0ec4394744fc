//! `ballast events`: what the events of a dataset did to demand, by category.

use super::{Failure, plan::report};
use crate::files;
use crate::folder::read_dataset;
use engine::events::{CompanyEvents, Learnt};
use engine::master::Catalog;
use engine::plan::view::names_of;
use std::path::PathBuf;

/// Learn the effects of events from a dataset folder.
#[derive(clap::Args)]
pub struct Events {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// CSV file to write; `-` for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

const HEADER: [&str; 11] = [
    "event",
    "name_zh",
    "name_en",
    "category",
    "occurrences",
    "factor",
    "lo80",
    "hi80",
    "lo95",
    "hi95",
    "scope",
];

impl Events {
    /// Writes a row for each event and category, and one for all goods (category `*`): demand from
    /// the event's start to its end over its level without it, with intervals of the factor, and
    /// the names of what the event is limited to.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no date, or the file cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let (dataset, issues) = read_dataset(&self.data).map_err(Failure::Refused)?;
        report(&issues);
        let no_date = || Failure::Refused("the dataset has no date".to_owned());
        let as_of = dataset.as_of().ok_or_else(no_date)?;
        let catalog = Catalog::new(&dataset);
        let company = CompanyEvents::learn(&dataset, &catalog, as_of);
        let table = table(&company, &catalog)
            .map_err(|error| Failure::Refused(format!("cannot write the table: {error}")))?;
        files::write(&self.out, &table)
    }
}

fn table(company: &CompanyEvents, catalog: &Catalog) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for learnt in company.book.learnt() {
        writer.write_record(record(company, catalog, &learnt))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn record(company: &CompanyEvents, catalog: &Catalog, learnt: &Learnt) -> [String; 11] {
    let event = company.events.get(learnt.kind as usize);
    let (code, zh, en) = event.map_or(("", "", ""), |(code, names)| {
        (code.as_str(), names.zh.as_str(), names.en.as_str())
    });
    let category = learnt.group.map_or("*", |group| {
        let category = catalog.categories.get(group);
        category.map_or("", |category| category.code.as_str())
    });
    let figure = |factor: f64| format!("{factor:.4}");
    [
        code.to_owned(),
        zh.to_owned(),
        en.to_owned(),
        category.to_owned(),
        learnt.occurrences.to_string(),
        figure(learnt.factor),
        figure(learnt.interval80.low),
        figure(learnt.interval80.high),
        figure(learnt.interval95.low),
        figure(learnt.interval95.high),
        scope(company, catalog, learnt.kind),
    ]
}

/// Whom an event concerns, by name; empty for all goods.
fn scope(company: &CompanyEvents, catalog: &Catalog, kind: u32) -> String {
    let limits = company.book.limits(kind).into_iter();
    let names: Vec<String> = limits.map(|it| names_of(catalog, it).en).collect();
    names.join("; ")
}
