//! What a place is expected to get, spread over the series that sell there.

use super::cases::Docket;
use super::lifts::SeriesInflow;
use super::{Expected, Inflow, Place};
use crate::demand::{Series, SeriesKey};
use crate::num::{count_f64, sqrt};
use crate::units::Qty;

/// Newest weeks whose demand says which series gets how much.
const SHARE_WEEKS: usize = 26;

/// Adds to the series of a place, each by its share of the newest demand; where nothing was sold
/// in the region, to those of all regions, where nothing lately, to all alike. Goods that were
/// never sold get nothing: new items have forecasts of their own.
pub(super) fn spread(
    docket: &Docket,
    (place, worth): (Place, f64),
    expected: &[Expected],
    ahead: &mut Vec<SeriesInflow>,
) {
    let (sku, region) = place;
    let of_sku = docket.series.iter().filter(|one| one.key.sku == sku);
    let of_sku: Vec<&Series> = of_sku.collect();
    let here = of_sku.iter().copied();
    let here = here.filter(|one| region.is_none_or(|own| own == one.key.region));
    let here: Vec<&Series> = here.collect();
    let series = if here.is_empty() { of_sku } else { here };
    let newest = |one: &Series| -> f64 { one.weeks.iter().rev().take(SHARE_WEEKS).sum() };
    let total: f64 = series.iter().map(|one| newest(one)).sum();
    for one in &series {
        let share = match total > 0.0 {
            true => newest(one) / total,
            false => 1.0 / count_f64(series.len()),
        };
        if share > 0.0
            && let Some(own) = own(ahead, one.key)
        {
            own.add(docket.stream, worth * share, expected);
        }
    }
}

fn own(ahead: &mut Vec<SeriesInflow>, key: SeriesKey) -> Option<&mut SeriesInflow> {
    let place = ahead.binary_search_by_key(&key, |one| one.key);
    let place = place.unwrap_or_else(|place| {
        let none = SeriesInflow {
            key,
            units: Default::default(),
            deviation: Vec::new(),
        };
        ahead.insert(place, none);
        place
    });
    ahead.get_mut(place)
}

impl SeriesInflow {
    fn add(&mut self, stream: Inflow, worth: f64, expected: &[Expected]) {
        let weeks = expected.len().max(self.deviation.len());
        self.deviation.resize(weeks, 0.0);
        let [campaign, pipeline] = &mut self.units;
        let units = match stream {
            Inflow::Campaign => campaign,
            Inflow::Pipeline => pipeline,
        };
        units.resize(weeks, Qty::ZERO);
        let weeks = units.iter_mut().zip(&mut self.deviation);
        for ((units, deviation), more) in weeks.zip(expected) {
            *units += Qty::round_from_f64(worth * more.mean);
            *deviation = sqrt(*deviation * *deviation + worth * worth * more.variance);
        }
    }
}
