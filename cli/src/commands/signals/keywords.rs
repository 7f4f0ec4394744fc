//! Tables of words: heat, coverage, suggestions.

use super::{Source, TableWriter, figure};
use engine::signals::{Goods, Vocabulary, coverage, heat};
use std::collections::BTreeSet;

/// Weeks of coverage that are written.
const COVERAGE_WEEKS: usize = 26;

/// Heat by goods, region and week: SKU or category, never both.
pub(super) fn heat_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let mut table = TableWriter::new(&["sku", "category", "region", "week", "heat", "keywords"])?;
    let company = &source.company;
    for row in heat(&company.panel, &company.map, source.catalog, source.as_of) {
        let (sku, category) = codes(source, row.goods);
        for (ago, heat) in row.weeks.iter().rev().enumerate().rev() {
            if !heat.is_nan() {
                table.row([
                    sku,
                    category,
                    source.region(row.region),
                    &week(source, ago),
                    &figure(Some(*heat)),
                    &row.keywords.to_string(),
                ])?;
            }
        }
    }
    table.finish()
}

/// Share of tracked words that stand high, by source, region, week and place.
pub(super) fn coverage_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "source", "region", "week", "top", "covered", "tracked", "coverage",
    ];
    let mut table = TableWriter::new(&header)?;
    for row in coverage(&source.company.panel, &source.company.map, COVERAGE_WEEKS) {
        table.row([
            row.source.as_str(),
            row.region.as_deref().unwrap_or(""),
            &week(source, row.weeks_ago),
            &row.top.to_string(),
            &row.covered.to_string(),
            &row.tracked.to_string(),
            &figure(Some(row.share())),
        ])?;
    }
    table.finish()
}

/// What words that are not mapped probably stand for.
pub(super) fn suggestion_table(source: &Source<'_>) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "keyword",
        "sku",
        "category",
        "match",
        "confidence",
        "name_zh",
        "name_en",
    ];
    let mut table = TableWriter::new(&header)?;
    let company = &source.company;
    let words = company.panel.signals.keys().map(|key| key.keyword.as_str());
    let words: BTreeSet<&str> = words.collect();
    let vocabulary = Vocabulary::new(source.catalog, &company.map);
    for word in words {
        if !company.map.links(word).is_empty() {
            continue;
        }
        for suggestion in vocabulary.suggest(word) {
            let (sku, category) = codes(source, suggestion.goods);
            let names = match suggestion.goods {
                Goods::Sku(id) => source.catalog.sku(id).map(|sku| &sku.names),
                Goods::Category(id) => {
                    let category = source.catalog.categories.get(id.index());
                    category.map(|category| &category.names)
                }
            };
            let (zh, en) = names.map_or(("", ""), |names| (&names.zh, &names.en));
            table.row([
                word,
                sku,
                category,
                suggestion.by.as_str(),
                &figure(Some(suggestion.confidence)),
                zh,
                en,
            ])?;
        }
    }
    table.finish()
}

fn codes<'a>(source: &'a Source<'_>, goods: Goods) -> (&'a str, &'a str) {
    match goods {
        Goods::Sku(sku) => (source.sku(sku), ""),
        Goods::Category(category) => ("", source.category(category)),
    }
}

/// The last day of a week, by weeks before the plan's date.
fn week(source: &Source<'_>, ago: usize) -> String {
    let days = i32::try_from(7 * ago).unwrap_or(i32::MAX);
    (source.as_of - days).to_string()
}
