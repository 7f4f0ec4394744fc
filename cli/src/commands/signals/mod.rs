//! `ballast signals`: what searches, posts and leads say of demand, and which of it is believed.

mod court;
mod hits;
mod keywords;
mod leads;

use super::{Failure, plan::report};
use crate::folder::{read_dataset, write_file};
use engine::dataset::{Dataset, TableId};
use engine::day::Day;
use engine::events::CompanyEvents;
use engine::master::Catalog;
use engine::plan::{Settings, judged_inflows};
use engine::signals::{CompanySignals, Hearing, InflowRow};
use std::path::PathBuf;

/// Judge the signals of a dataset folder: keywords, campaigns and leads.
#[derive(clap::Args)]
pub struct Signals {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// Folder the tables are written to; made if it is not there.
    #[arg(long)]
    out: PathBuf,
    /// Orders for which the inverse funnel states exposure and budget.
    #[arg(long, default_value_t = 1_000.0, value_parser = parse_orders)]
    orders: f64,
    /// Share of its cost that a unit left over after a campaign loses.
    #[arg(long, default_value_t = 0.3, value_parser = parse_share)]
    leftover: f64,
}

/// Tables without any of which there is nothing to judge.
const NEEDED: [TableId; 3] = [TableId::Signals, TableId::CampaignDays, TableId::Leads];

/// What every table is made from.
pub(super) struct Source<'a> {
    dataset: &'a Dataset,
    catalog: &'a Catalog,
    as_of: Day,
    company: CompanySignals,
}

impl Signals {
    /// Writes `heat.csv`, `coverage.csv`, `court.csv`, `keyword_suggestions.csv`, `funnel.csv`,
    /// `hits.csv`, `regret.csv`, `pipeline.csv` and `conversion.csv`; a table of which the folder
    /// says nothing holds its header only.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no date, no signal, no campaign day and no lead, or
    /// a table cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let (dataset, issues) = read_dataset(&self.data).map_err(Failure::Refused)?;
        report(&issues);
        let no_date = || Failure::Refused("the dataset has no date".to_owned());
        let as_of = dataset.as_of().ok_or_else(no_date)?;
        if NEEDED.iter().all(|id| dataset.table(*id).is_none()) {
            let reason = "the folder has none of signals.csv, campaign_days.csv and leads.csv";
            return Err(Failure::Refused(reason.to_owned()));
        }
        let catalog = Catalog::new(&dataset);
        let (_events, lifts) = CompanyEvents::lifts(&dataset, &catalog, as_of, 0);
        let judged = (&lifts, Hearing::Whole);
        let mut company = CompanySignals::judge(&dataset, &catalog, as_of, judged);
        let weeks = Settings::default().horizon_weeks;
        let inflows = judged_inflows((&dataset, &catalog), (as_of, weeks), &lifts, Hearing::Whole);
        let rows = inflows.rows.into_iter().map(InflowRow::into_court_row);
        company.rulings.extend(rows);
        let source = Source {
            company,
            dataset: &dataset,
            catalog: &catalog,
            as_of,
        };
        source.note();
        let tables = [
            ("heat.csv", keywords::heat_table(&source)),
            ("coverage.csv", keywords::coverage_table(&source)),
            (
                "keyword_suggestions.csv",
                keywords::suggestion_table(&source),
            ),
            ("court.csv", court::court_table(&source)),
            ("funnel.csv", hits::funnel_table(&source, self.orders)),
            ("hits.csv", hits::hit_table(&source, self.leftover)),
            ("regret.csv", hits::regret_table(&source, self.leftover)),
            ("pipeline.csv", leads::pipeline_table(&source)),
            ("conversion.csv", leads::conversion_table(&source)),
        ];
        for (name, table) in tables {
            let table =
                table.map_err(|error| Failure::Refused(format!("cannot write {name}: {error}")))?;
            write_file(&self.out, name, |target| target.write_all(&table))
                .map_err(Failure::Refused)?;
        }
        source.summary();
        Ok(())
    }
}

impl Source<'_> {
    /// Says what could not be used.
    fn note(&self) {
        let unknown = self.company.map.unknown;
        if unknown > 0 {
            eprintln!(
                "keywords.csv: {unknown} rows name a SKU, category or region that no other table has"
            );
        }
        let words = self.company.panel.voices();
        let words = words.iter().map(|(_, word)| *word);
        let words: std::collections::BTreeSet<&str> = words.collect();
        let unmapped = words
            .iter()
            .filter(|word| self.company.map.links(word).is_empty());
        let unmapped = unmapped.count();
        if unmapped > 0 {
            eprintln!(
                "signals.csv: {unmapped} of {} words are not in keywords.csv and are not judged; \
                 see keyword_suggestions.csv",
                words.len()
            );
        }
    }

    fn summary(&self) {
        let rulings = &self.company.rulings;
        let accepted = rulings
            .iter()
            .filter(|row| row.ruling.is_accepted())
            .count();
        say!("{} signals judged, {accepted} accepted", rulings.len());
    }

    /// Code of a region; empty for everywhere.
    fn region(&self, region: Option<engine::ids::RegionId>) -> &str {
        let region = region.and_then(|id| self.catalog.regions.get(id.index()));
        region.map_or("", |region| region.code.as_str())
    }

    /// Code of a category.
    fn category(&self, category: engine::ids::CategoryId) -> &str {
        let category = self.catalog.categories.get(category.index());
        category.map_or("", |category| category.code.as_str())
    }

    /// Code of a SKU.
    fn sku(&self, sku: engine::ids::SkuId) -> &str {
        self.catalog.sku(sku).map_or("", |sku| sku.code.as_str())
    }
}

/// A table in memory.
pub(super) struct TableWriter(csv::Writer<Vec<u8>>);

impl TableWriter {
    fn new(header: &[&str]) -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    fn row<T: AsRef<[u8]>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
    ) -> Result<(), csv::Error> {
        self.0.write_record(cells)
    }

    fn finish(self) -> Result<Vec<u8>, csv::Error> {
        self.0
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// A figure with four decimals at most; empty where it is not known.
pub(super) fn figure(value: Option<f64>) -> String {
    let known = value.filter(|value| value.is_finite());
    known.map_or_else(String::new, |value| {
        let rounded = (value * 1e4).round() / 1e4;
        // No minus sign before zero.
        (rounded + 0.0).to_string()
    })
}

fn parse_orders(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(orders) if orders > 0.0 && orders.is_finite() => Ok(orders),
        _ => Err("use a number of orders above 0".to_owned()),
    }
}

fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("use a share from 0 to 1".to_owned()),
    }
}
