//! Classes of demand, and open orders against the forecast.

use super::Shown;
use engine::forecast::DemandClass;
use engine::plan::view::{self, Scope, orders_view};
use engine::plan::{self, ClassRow};
use engine::signals::pipeline::ConsumptionWindow;
use protocol::view::{ClassLine, ClassPoint, ClassTable, OrderLines, OrderTable, OrderWeek};

/// Points a map shows; of more series, every so many-th.
const POINTS_MAX: usize = 1_500;

pub(super) fn classes(shown: Shown<'_>, scope: Scope) -> ClassTable {
    let decisions = shown.hand.decisions();
    let view = shown.plan.classes(shown.dataset, &decisions, scope);
    let step = view.points.len().div_ceil(POINTS_MAX).max(1);
    let rows = DemandClass::ALL.iter().zip(&view.rows);
    ClassTable {
        rows: rows.map(|(class, row)| line(class.as_str(), row)).collect(),
        all: line("", &view.all()),
        points: view
            .points
            .iter()
            .step_by(step)
            .map(|it| point(shown, it))
            .collect(),
        limits: (DemandClass::INTERVAL_LIMIT, DemandClass::VARIATION_LIMIT),
        tried: count(view.tried),
    }
}

fn line(class: &str, row: &ClassRow) -> ClassLine {
    let holdout = &row.holdout;
    let of_demand = |part: f64| (holdout.actual > 0.0).then(|| part / holdout.actual);
    ClassLine {
        class: class.to_owned(),
        series: row.series,
        rate: row.rate,
        wape: of_demand(holdout.absolute_error),
        bias: of_demand(-holdout.error),
        outcomes: row.coverage.points,
        inside: [0, 1].map(|level| row.coverage.share(level)),
    }
}

fn point(shown: Shown<'_>, point: &plan::ClassPoint) -> ClassPoint {
    let (catalog, key) = (&shown.plan.catalog, point.key);
    let sku = catalog.sku(key.sku).map(|sku| &sku.code);
    let channel = catalog.channels.get(key.channel.index()).map(|it| &it.code);
    let region = catalog.regions.get(key.region.index()).map(|it| &it.code);
    ClassPoint {
        series: [sku, channel, region].map(|code| code.cloned().unwrap_or_default()),
        interval: point.shape.interval,
        variation: point.shape.variation,
        class: u8::try_from(point.class.index()).unwrap_or(0),
    }
}

pub(super) fn orders(shown: Shown<'_>, scope: Scope, (early, late): (u16, u16)) -> OrderTable {
    let window = ConsumptionWindow {
        early_days: early.into(),
        late_days: late.into(),
    };
    let view = orders_view(shown.plan, shown.dataset, scope, window);
    let week = |week: &view::OrdersWeek| OrderWeek {
        day: week.start.number(),
        forecast: week.forecast.to_f64(),
        ordered: week.ordered.to_f64(),
        net: week.net.to_f64(),
    };
    OrderTable {
        weeks: view.weeks.iter().map(week).collect(),
        lines: count(view.lines),
        unforecast: view.unforecast.to_f64(),
        later: view.later.to_f64(),
        unknown: view.unknown.to_f64(),
        uncounted: view.uncounted.map(|left_out| OrderLines {
            lines: count(left_out.lines),
            units: left_out.units.to_f64(),
        }),
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
