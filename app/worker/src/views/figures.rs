//! Key figures, statuses and the demand tree.

use super::{Shown, both};
use engine::day::Day;
use engine::kpi::{Better, KPIS, KpiUnit, Missing, trend_days};
use engine::master::Names;
use engine::plan::Plan;
use engine::plan::view::{self, Scope, StatusSummary, demand_tree, stock_status};
use protocol::calendar::EventDates;
use protocol::view::{
    EventFactor, KpiTile, KpiUnit as TileUnit, StatusLine, StatusPanel, TreeNode,
};

pub(super) fn tiles(shown: Shown<'_>) -> Vec<KpiTile> {
    let tile = |(def, value): (&engine::kpi::KpiDef, &engine::kpi::KpiValue)| KpiTile {
        kpi: def.id.to_owned(),
        value: value.measure.value,
        missing: value
            .measure
            .missing
            .first()
            .filter(|_| value.measure.value.is_none())
            .map(missing),
        unit: match def.unit {
            KpiUnit::Ratio => TileUnit::Ratio,
            KpiUnit::Days => TileUnit::Days,
            KpiUnit::Turns => TileUnit::Turns,
        },
        target: def.target,
        window: value
            .window
            .map(|window| (window.from.number(), window.to.number())),
        trend: value
            .trend
            .iter()
            .map(|value| value.unwrap_or(f64::NAN))
            .collect(),
        base: base(shown.plan, value),
        formula: (def.formula_zh.to_owned(), def.formula.to_owned()),
        better: match def.better {
            Better::Lower => -1,
            Better::Higher => 1,
            Better::Zero | Better::Neutral => 0,
        },
    };
    KPIS.iter().zip(&shown.plan.kpis).map(tile).collect()
}

/// What events do to a slice.
pub(super) fn event_factors(shown: Shown<'_>, scope: Scope) -> Vec<EventFactor> {
    let plan = shown.plan;
    let moved = |code: &str, next: Option<(Day, Day)>| {
        let (from, to) = next.map(|(from, to)| (from.number(), to.number()))?;
        let is_it = |known: &&((String, i32), EventDates)| {
            known.0.0 == code && (known.1.from, known.1.to) == (from, to)
        };
        let ((_, start), dates) = shown.hand.events.iter().find(is_it)?;
        Some((*start, dates.clone()))
    };
    let unknown = |(kind, code): &(u32, String)| {
        let (event, names) = plan.events.events.get(*kind as usize)?;
        Some(EventFactor {
            event: event.clone(),
            names: both(Some(names)),
            occurrences: 0,
            factor: 1.0,
            interval80: (1.0, 1.0),
            next: None,
            days: Vec::new(),
            concerns: Default::default(),
            unknown: Some(code.clone()),
            moved: None,
        })
    };
    let factor = |it: view::EventFactor| EventFactor {
        moved: moved(&it.code, it.next),
        event: it.code,
        names: both(Some(&it.names)),
        occurrences: it.learnt.occurrences,
        factor: it.learnt.factor,
        interval80: (it.learnt.interval80.low, it.learnt.interval80.high),
        next: it.next.map(|(from, to)| (from.number(), to.number())),
        days: it.learnt.offsets.iter().map(|day| day.factor).collect(),
        concerns: joined(&it.concerns),
        unknown: None,
    };
    view::event_factors(plan, scope)
        .into_iter()
        .map(factor)
        .chain(plan.events.refused.iter().filter_map(unknown))
        .collect()
}

/// Names beside each other, in both languages.
pub(super) fn joined(names: &[Names]) -> (String, String) {
    let join = |of: fn(&Names) -> &str, between| {
        let names: Vec<&str> = names.iter().map(of).collect();
        names.join(between)
    };
    (join(|it| &it.zh, "；"), join(|it| &it.en, "; "))
}

/// How large the company is.
pub(super) fn size(plan: &Plan) -> [u32; 4] {
    let catalog = &plan.catalog;
    let counts = [
        catalog.skus.len(),
        catalog.warehouses.len(),
        plan.places.len(),
        catalog.channels.len(),
    ];
    counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// Where the figure stood on the first day of its trend.
fn base(plan: &Plan, value: &engine::kpi::KpiValue) -> Option<(i32, f64)> {
    let day = *trend_days(plan.as_of).first()?;
    let before = value.trend.first().copied().flatten()?;
    Some((day.number(), before))
}

/// File (and column) that would make a figure computable.
fn missing(missing: &Missing) -> String {
    match missing {
        Missing::AsOf => "company.csv".to_owned(),
        Missing::Table(id) | Missing::Window(id) => format!("{}.csv", id.name()),
        Missing::Column(id, column) | Missing::Rows(id, column, _) => {
            format!("{}.csv {column}", id.name())
        }
    }
}

pub(super) fn panels(plan: &Plan) -> Vec<StatusPanel> {
    let panel = |summary: StatusSummary| StatusPanel {
        status: summary.status.as_str().to_owned(),
        count: u32::try_from(summary.count).unwrap_or(u32::MAX),
        value: summary.value,
        stock_value: summary.stock_value,
        top: summary
            .top
            .iter()
            .filter_map(|index| line(plan, *index))
            .collect(),
    };
    stock_status(plan).into_iter().map(panel).collect()
}

fn line(plan: &Plan, index: usize) -> Option<StatusLine> {
    let place = plan.places.get(index)?;
    let sku = plan.catalog.sku(place.sku)?;
    let warehouse = plan.catalog.warehouses.get(place.warehouse.index())?;
    Some(StatusLine {
        sku: sku.code.clone(),
        sku_names: both(Some(&sku.names)),
        warehouse: warehouse.code.clone(),
        warehouse_names: both(Some(&warehouse.names)),
        value: place.verdict.value,
    })
}

pub(super) fn nodes(plan: &Plan, scope: Scope) -> Vec<TreeNode> {
    let node = |node: view::DemandNode| TreeNode {
        attribute: node.attribute.as_str().to_owned(),
        code: node.code,
        names: both(Some(&node.names)),
        parent: node.parent.and_then(|parent| u32::try_from(parent).ok()),
        rate: node.rate,
        wape: (node.holdout.actual > 0.0)
            .then(|| node.holdout.absolute_error / node.holdout.actual),
    };
    demand_tree(plan, scope).into_iter().map(node).collect()
}
