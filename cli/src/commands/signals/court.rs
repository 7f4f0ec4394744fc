//! The table of rulings: who entered, who did not, and what losers would have cost.

use super::{Source, TableWriter, figure};
use engine::signals::{Comparison, CourtRow, Verdict};

const HEADER: [&str; 20] = [
    "source",
    "keyword",
    "category",
    "skus",
    "region",
    "verdict",
    "reason",
    "n",
    "lag",
    "beta",
    "beta_error",
    "correlation",
    "chance",
    "wape_without",
    "wape_with",
    "gain_ratio",
    "cost_units",
    "engine_wape_without",
    "engine_wape_with",
    "engine_cost_units",
];

/// One row for each signal and category it is mapped to, then one for campaigns and for leads by category:
/// their source is `campaign` or `pipeline`, and beta what an order, or a unit won, is worth in demand.
pub(super) fn court_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let mut table = TableWriter::new(&HEADER)?;
    for row in &source.company.rulings {
        table.row(record(source, row))?;
    }
    table.finish()
}

fn record(source: &Source<'_>, row: &CourtRow) -> [String; 20] {
    let ruling = &row.ruling;
    let (verdict, reason) = match ruling.verdict {
        Verdict::Accepted => ("accepted", ""),
        Verdict::Rejected(reason) => ("rejected", reason.as_str()),
    };
    let skus: Vec<&str> = row.skus.iter().map(|sku| source.sku(*sku)).collect();
    let was_tried = ruling.comparison.periods > 0;
    let tried = |value: f64| figure(was_tried.then_some(value));
    let engine =
        |value: fn(&Comparison) -> Option<f64>| figure(ruling.engine.as_ref().and_then(value));
    [
        row.source.clone(),
        row.keyword.clone(),
        source.category(row.category).to_owned(),
        skus.join(";"),
        source.region(row.region).to_owned(),
        verdict.to_owned(),
        reason.to_owned(),
        ruling.comparison.periods.to_string(),
        if was_tried {
            ruling.lag.to_string()
        } else {
            String::new()
        },
        tried(ruling.beta),
        tried(ruling.beta_error),
        tried(ruling.correlation),
        tried(ruling.chance),
        figure(ruling.comparison.wape_without()),
        figure(ruling.comparison.wape_with()),
        tried(ruling.comparison.gain_ratio),
        tried(ruling.comparison.cost()),
        engine(Comparison::wape_without),
        engine(Comparison::wape_with),
        engine(|it| Some(it.cost())),
    ]
}
