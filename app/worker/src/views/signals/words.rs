//! Words: heat, court, coverage.

use super::super::{Shown, both};
use super::{count, goods_of};
use engine::ids::RegionId;
use engine::order::sort_by;
use engine::plan::judged_inflows;
use engine::signals::{
    CompanySignals, Comparison, CourtRow, Goods, Hearing, HeatRow, InflowRow, Verdict, coverage,
    heat,
};
use protocol::signals::{CourtLine, CoverageLine, HeatLine, HeatMap};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the heat map.
const HEAT_ROWS: usize = 40;
/// Weeks of heat shown beside a row.
const HEAT_WEEKS: usize = 26;
/// Rulings shown.
const COURT_ROWS: usize = 200;
/// Weeks between the two coverages compared: a quarter.
const QUARTER: usize = 13;

pub(super) fn heat_map(shown: Shown<'_>, company: &CompanySignals) -> HeatMap {
    let catalog = &shown.plan.catalog;
    let rows = heat(&company.panel, &company.map, catalog, shown.plan.as_of);
    let regions: BTreeSet<Option<RegionId>> = rows.iter().map(|row| row.region).collect();
    let mut by_goods: BTreeMap<Goods, Vec<&HeatRow>> = BTreeMap::new();
    for row in &rows {
        by_goods.entry(row.goods).or_default().push(row);
    }
    let line = |(goods, rows): (Goods, Vec<&HeatRow>)| {
        let of = |region: &Option<RegionId>| rows.iter().find(|row| row.region == *region);
        let newest = |row: &&&HeatRow| row.weeks.last().copied().filter(|heat| !heat.is_nan());
        let (code, is_category, names) = goods_of(shown, goods);
        let all = rows.first();
        HeatLine {
            code,
            is_category,
            names,
            keywords: all.map_or(0, |row| count(row.keywords)),
            now: regions
                .iter()
                .map(|region| of(region).as_ref().and_then(newest))
                .collect(),
            weeks: all.map_or_else(Vec::new, |row| {
                let skipped = row.weeks.len().saturating_sub(HEAT_WEEKS);
                row.weeks.iter().skip(skipped).copied().collect()
            }),
        }
    };
    let mut lines: Vec<HeatLine> = by_goods.into_iter().map(line).collect();
    let hottest = |line: &HeatLine| line.now.iter().flatten().copied().fold(0.0, f64::max);
    sort_by(&mut lines, |a, b| hottest(b).total_cmp(&hottest(a)));
    lines.truncate(HEAT_ROWS);
    let name = |region: &Option<RegionId>| {
        let region = region.and_then(|id| catalog.regions.get(id.index()));
        both(region.map(|region| &region.names))
    };
    HeatMap {
        regions: regions.iter().map(name).collect(),
        rows: lines,
    }
}

pub(super) fn court(shown: Shown<'_>, company: &CompanySignals) -> Vec<CourtLine> {
    let mut lines: Vec<CourtLine> = company.rulings.iter().map(|row| line(shown, row)).collect();
    sort_by(&mut lines, |a, b| {
        let accepted = a.reason.is_some().cmp(&b.reason.is_some());
        accepted.then(b.cost.total_cmp(&a.cost))
    });
    lines.truncate(COURT_ROWS);
    let span = (shown.plan.as_of, shown.plan.settings.horizon_weeks);
    let company = (shown.dataset, &shown.plan.catalog);
    let inflows = judged_inflows(company, span, &shown.plan.lifts, Hearing::Whole);
    let rows = inflows.rows.into_iter().map(InflowRow::into_court_row);
    lines.extend(rows.map(|row| line(shown, &row)));
    lines
}

fn line(shown: Shown<'_>, row: &CourtRow) -> CourtLine {
    let ruling = &row.ruling;
    let goods = match row.skus.as_slice() {
        [only] => Goods::Sku(*only),
        _ => Goods::Category(row.category),
    };
    let wapes = |it: &Comparison| it.wape_without().zip(it.wape_with());
    CourtLine {
        source: row.source.clone(),
        keyword: row.keyword.clone(),
        names: goods_of(shown, goods).2,
        reason: match ruling.verdict {
            Verdict::Accepted => None,
            Verdict::Rejected(reason) => Some(reason.as_str().to_owned()),
        },
        periods: count(ruling.comparison.periods),
        lag: count(ruling.lag),
        beta: ruling.beta,
        chance: ruling.chance,
        wape: wapes(&ruling.comparison),
        engine_wape: ruling.engine.as_ref().and_then(wapes),
        cost: ruling.comparison.cost(),
    }
}

pub(super) fn coverage_lines(company: &CompanySignals) -> Vec<CoverageLine> {
    let rows = coverage(&company.panel, &company.map, QUARTER + 1);
    let now = rows
        .iter()
        .filter(|row| row.weeks_ago == 0 && row.region.is_none());
    let line = |row: &engine::signals::CoverageRow| {
        let before = rows.iter().find(|it| {
            it.weeks_ago == QUARTER
                && it.top == row.top
                && it.source == row.source
                && it.region == row.region
        });
        CoverageLine {
            source: row.source.clone(),
            top: row.top,
            covered: (count(row.covered), count(row.tracked)),
            share: row.share(),
            before: before.map(engine::signals::CoverageRow::share),
        }
    };
    now.map(line).collect()
}
