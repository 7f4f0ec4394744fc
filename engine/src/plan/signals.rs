//! What signals do to the weeks of a plan: those the court lets in.

use super::measure::category;
use super::partition::{PartitionInput, demand_rows};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::{Series, SeriesKey};
use crate::events::{EventLifts, Goods, SeriesLifts};
use crate::ids::{CategoryId, SkuId};
use crate::master::Catalog;
use crate::signals::{
    CompanySignals, Hearing, InflowLifts, InflowSources, Inflows, SignalLifts, judge_inflows,
    together,
};

/// The factors of the signals that the court lets in, and what campaigns and leads do that it lets in;
/// none in a dataset without.
pub(super) fn accepted(
    dataset: &Dataset,
    catalog: &Catalog,
    (as_of, horizon_weeks): (Day, u32),
    events: &EventLifts,
) -> (SignalLifts, InflowLifts) {
    let judged = CompanySignals::judge(dataset, catalog, as_of, (events, Hearing::Winners));
    let span = (as_of, horizon_weeks);
    let inflows = judged_inflows((dataset, catalog), span, events, Hearing::Winners);
    let signals = judged.lifts(crate::num::index_usize(horizon_weeks));
    (signals, inflows.lifts)
}

/// Rulings on campaigns and leads of a dataset, as thorough as the hearing.
pub fn judged_inflows(
    (dataset, catalog): (&Dataset, &Catalog),
    (as_of, horizon_weeks): (Day, u32),
    events: &EventLifts,
    hearing: Hearing,
) -> Inflows {
    let rows = |is_wanted: &dyn Fn(SkuId) -> bool| {
        let rows = demand_rows(dataset, catalog);
        rows.filter(|row| is_wanted(row.sku)).collect()
    };
    let sources = InflowSources {
        dataset,
        catalog,
        as_of,
        weeks: crate::num::index_usize(horizon_weeks),
        events,
        rows: &rows,
    };
    judge_inflows(&sources, hearing)
}

/// The group of a series among those that events concern alike.
pub(super) fn group(events: &EventLifts, category: CategoryId, key: SeriesKey) -> usize {
    events.group(&Goods {
        category,
        sku: Some(key.sku),
        channel: key.channel,
        region: key.region,
    })
}

/// What events, prices and signals do to a series over its history and the horizon, and campaigns and
/// leads to its history; `None` where none of them does anything.
pub(super) fn of_series(
    input: &PartitionInput,
    (events, signals): (&EventLifts, &SignalLifts),
    series: &Series,
) -> Option<SeriesLifts> {
    let (past, ahead) = (series.weeks.len(), input.settings.horizon_weeks as usize);
    let category = category(input, series.key.sku);
    let goods = (category, series.key.sku, series.key.region);
    let outlet = (series.key.sku, series.key.channel);
    let known = together(
        events.weeks(group(events, category, series.key), past, ahead),
        input.prices.weeks(outlet, past, ahead),
    );
    let known = together(known, input.inflows.weeks(outlet, past, ahead));
    together(known, signals.weeks(goods, past, ahead))
}
