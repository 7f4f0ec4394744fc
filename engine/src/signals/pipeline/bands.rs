//! Demand bands by month and region, less what is ordered already.

use std::collections::{BTreeMap, BTreeSet};

use super::consume::{Bucket, ConsumptionWindow, DueOrder, consume};
use super::conversion::Conversion;
use super::leads::LeadHistory;
use super::outlook::{Month, MonthBand, lead_outlooks, month_band, month_of};
use crate::dataset::{Dataset, TableId};
use crate::day::{Day, days_in_month};
use crate::demand::open_orders;
use crate::units::Qty;

/// Months told, the current one included.
const MONTHS: Month = 7;
/// How far from its month an order finds the lead that it was.
const WINDOW: ConsumptionWindow = ConsumptionWindow {
    early_days: 30,
    late_days: 30,
};

/// The band of a region's month, and what of it no order has taken.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthNet {
    /// Which month.
    pub month: Month,
    /// Code of the region; all together if absent.
    pub region: Option<String>,
    /// Demand of leads.
    pub band: MonthBand,
    /// Open orders that are due in the month.
    pub ordered: Qty,
    /// Likely demand that no open order stands for: what may be added to them.
    pub net: Qty,
}

/// Bands of the current month and the six after it: all regions together first, then each.
///
/// Open sales orders consume what was likely, thirty days either way, so that a lead that became
/// an order counts once.
#[must_use]
pub fn bands(dataset: &Dataset, leads: &[LeadHistory], as_of: Day) -> Vec<MonthNet> {
    if leads.is_empty() {
        return Vec::new();
    }
    let conversion = Conversion::learn(leads, as_of);
    let outlooks = lead_outlooks(leads, &conversion, as_of);
    let orders = wholesale_orders(dataset, as_of);
    let regions: BTreeSet<&str> = leads.iter().filter_map(|it| it.region.as_deref()).collect();
    let first = month_of(as_of + 1);
    let mut rows = Vec::new();
    for region in [None].into_iter().chain(regions.into_iter().map(Some)) {
        let is_wanted =
            |lead: &LeadHistory| region.is_none_or(|code| lead.region.as_deref() == Some(code));
        let months: Vec<(Month, MonthBand)> = (first..first + MONTHS)
            .map(|month| {
                let of = (as_of, &is_wanted as &dyn Fn(&LeadHistory) -> bool);
                (month, month_band(leads, &outlooks, month, of))
            })
            .collect();
        let own = orders
            .iter()
            .filter(|(code, _)| region.is_none_or(|it| it == **code));
        let due: Vec<DueOrder> = own.flat_map(|(_, due)| due).copied().collect();
        let buckets = months
            .iter()
            .filter_map(|(month, band)| bucket(*month, band, as_of));
        let left = consume(&buckets.collect::<Vec<_>>(), &due, WINDOW);
        for ((month, band), net) in months.into_iter().zip(left.net) {
            let of_month = due.iter().filter(|order| month_of(order.day) == month);
            rows.push(MonthNet {
                month,
                region: region.map(str::to_owned),
                band,
                ordered: of_month.fold(Qty::ZERO, |sum, order| sum + order.quantity),
                net,
            });
        }
    }
    rows
}

fn bucket(month: Month, band: &MonthBand, as_of: Day) -> Option<Bucket> {
    let number = u32::try_from(month.rem_euclid(12) + 1).ok()?;
    let year = month.div_euclid(12);
    Some(Bucket {
        first: Day::from_ymd(year, number, 1)?.max(as_of + 1),
        last: Day::from_ymd(year, number, days_in_month(year, number))?,
        gross: Qty::round_from_f64(band.likely),
    })
}

/// Open orders of channels that leads are for, by region.
fn wholesale_orders(dataset: &Dataset, as_of: Day) -> BTreeMap<&str, Vec<DueOrder>> {
    let wholesale = wholesale(dataset);
    let mut orders: BTreeMap<&str, Vec<DueOrder>> = BTreeMap::new();
    for order in open_orders(dataset, as_of) {
        if wholesale.is_empty() || wholesale.contains(order.channel) {
            orders.entry(order.region).or_default().push(DueOrder {
                day: order.due(as_of),
                quantity: order.quantity,
            });
        }
    }
    orders
}

/// Channels that sell to companies: where the file of channels names some, only their orders come
/// from leads.
pub(in crate::signals) fn wholesale(dataset: &Dataset) -> BTreeSet<&str> {
    let table = dataset.table(TableId::Channels);
    let rows = table.into_iter().flat_map(|table| {
        let is_wholesale = move |row: &usize| table.text("kind", *row) == Some("wholesale");
        let rows = (0..table.len()).filter(is_wholesale);
        rows.filter_map(move |row| table.text("channel", row))
    });
    rows.collect()
}
