//! Prices: what was learnt of them, and what is planned.

use super::{Shown, both};
use engine::plan::adjust::PriceChange;
use engine::plan::view::{PriceRow, PricedGoods, SHOWN_CUT, Scope, Slice, price_rows};
use engine::plan::{Part, Plan};
use engine::units::Qty;
use protocol::prices::{PlannedLine, PriceLine, PriceTable};

/// SKUs a table shows.
const ROWS_MAX: usize = 100;

/// What was learnt of a slice, and every change that is planned.
pub(super) fn table(shown: Shown<'_>, scope: Scope) -> PriceTable {
    let plan = shown.plan;
    let mut table = PriceTable {
        are_given: plan.prices.are_given,
        ..PriceTable::default()
    };
    if !plan.prices.book.is_empty() {
        let mut rows = price_rows(plan, scope);
        let is_sku = |row: &PriceRow| matches!(row.goods, PricedGoods::Sku(_));
        let first = rows.iter().position(is_sku).unwrap_or(rows.len());
        let mut skus = rows.split_off(first);
        table.skus = u32::try_from(skus.len()).unwrap_or(u32::MAX);
        engine::order::sort_by(&mut skus, |a, b| b.gained.total_cmp(&a.gained));
        skus.truncate(ROWS_MAX);
        table.rows = rows.iter().chain(&skus).map(line).collect();
    }
    let decided = shown.hand.decisions();
    let stored = shown.hand.prices.iter().rev();
    for ((id, change), one) in stored.zip(decided.prices.iter().rev()) {
        let reach = one.reach.scope(&plan.catalog);
        table.planned.push(PlannedLine {
            id: *id,
            change: change.clone(),
            names: reach.map_or_else(Default::default, |reach| {
                let [category, sku, channel, _] = super::hand::names(plan, reach);
                [category, sku, channel]
            }),
            is_past: one.to <= plan.as_of,
            units: reach.map_or(0.0, |reach| added(plan, one, reach)),
        });
    }
    table
}

fn line(row: &PriceRow) -> PriceLine {
    let learnt = &row.learnt;
    let scope = match row.goods {
        PricedGoods::All => "all",
        PricedGoods::Category(_) => "category",
        PricedGoods::Sku(_) => "sku",
    };
    PriceLine {
        scope: scope.to_owned(),
        code: row.code.clone(),
        names: both(Some(&row.names)),
        elasticity: learnt.elasticity,
        interval80: (learnt.interval80.low, learnt.interval80.high),
        episodes: u32::try_from(learnt.episodes).unwrap_or(u32::MAX),
        evidence: learnt.level.as_str().to_owned(),
        change_max: learnt.change_max,
        factor: learnt.factor(SHOWN_CUT),
        units: row.units.to_f64(),
        gained: row.gained,
    }
}

/// What prices add to the goods of a change in the weeks of its days.
fn added(plan: &Plan, change: &PriceChange, reach: Scope) -> f64 {
    let slice = Slice::new(&plan.catalog, reach);
    let mut sum = Qty::ZERO;
    for series in &plan.series {
        if !slice.has(series.key, series.warehouse) {
            continue;
        }
        for (week, parts) in plan.parts(series).iter().enumerate() {
            let start = plan.week_start(week);
            if start <= change.to && start + 6 >= change.from {
                sum += parts
                    .get(Part::Price as usize)
                    .copied()
                    .unwrap_or(Qty::ZERO);
            }
        }
    }
    sum.to_f64()
}
