//! What signals do to the weeks of a plan: those the court lets in.

use super::measure::category;
use super::partition::PartitionInput;
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::{Series, SeriesKey};
use crate::events::{EventLifts, Goods, SeriesLifts};
use crate::ids::CategoryId;
use crate::master::Catalog;
use crate::signals::{CompanySignals, Hearing, SignalLifts, together};

/// The factors of the signals that the court lets in; none in a dataset without signals.
pub(super) fn accepted(
    dataset: &Dataset,
    catalog: &Catalog,
    (as_of, horizon_weeks): (Day, u32),
    events: &EventLifts,
) -> SignalLifts {
    let judged = CompanySignals::judge(dataset, catalog, as_of, (events, Hearing::Winners));
    judged.lifts(crate::num::index_usize(horizon_weeks))
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

/// What events, prices and signals do to a series over its history and the horizon; `None` where
/// none of them does anything.
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
    together(known, signals.weeks(goods, past, ahead))
}
