//! How forecasts come about.

use engine::plan::view::{Scope, Slice, parts_view};
use engine::plan::{Part, Plan};
use protocol::view::{ForecastPart, PartsTable};

/// What the forecast of a slice is made of.
pub(super) fn parts(plan: &Plan, scope: Scope) -> PartsTable {
    let sums = parts_view(plan, scope);
    let part = |part: &Part| ForecastPart {
        part: part.as_str().to_owned(),
        units: sums
            .iter()
            .filter_map(|parts| parts.get(*part as usize))
            .map(|units| units.thousandths())
            .collect(),
    };
    let slice = Slice::new(&plan.catalog, scope);
    let inside = plan.series.iter();
    let series = inside.filter(|one| slice.has(one.key, one.warehouse));
    let streams = [
        ("events", plan.streams.has_events),
        ("signals", plan.streams.has_signals),
    ];
    let left_out = streams.into_iter().filter(|(_, counts)| !counts);
    PartsTable {
        weeks: (0..sums.len())
            .map(|week| plan.week_start(week).number())
            .collect(),
        parts: Part::ALL.iter().map(part).collect(),
        series: u32::try_from(series.count()).unwrap_or(u32::MAX),
        left_out: left_out.map(|(name, _)| name.to_owned()).collect(),
    }
}
