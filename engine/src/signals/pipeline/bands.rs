//! Demand bands by month and region, less what is ordered already.

use std::collections::{BTreeMap, BTreeSet};

use super::consume::{Bucket, ConsumptionWindow, DueOrder, consume};
use super::conversion::Conversion;
use super::leads::LeadHistory;
use super::outlook::{Month, MonthBand, lead_outlooks, month_band, month_of};
use crate::dataset::{Dataset, TableId};
use crate::day::{Day, days_in_month};
use crate::demand::open_orders;
use crate::master::Catalog;
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

/// Bands of the current month and the six after it: all regions together first, then each that
/// the dataset knows.
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
    // A region that no other table has is no place to sell in: its leads count in all together.
    let catalog = Catalog::new(dataset);
    let is_known = |code: &&str| catalog.regions.is_empty() || catalog.region_id(code).is_some();
    let regions = leads.iter().filter_map(|it| it.region.as_deref());
    let regions: BTreeSet<&str> = regions.filter(is_known).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;
    use crate::signals::pipeline::Leads;

    #[test]
    fn an_unknown_region_has_no_band_of_its_own() {
        let leads = "lead,stage,region,expected_qty,expected_close,stage_on\n\
                     L1,opportunity,east,10,2026-02-10,2026-01-02\n\
                     L2,opportunity,moon,10,2026-02-10,2026-01-02\n";
        let read = |id, text: &str| read_csv(id, "t.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables([
            read(TableId::Regions, "region\neast\n"),
            read(TableId::Leads, leads),
        ]);
        let as_of = Day::from_ymd(2026, 1, 15).unwrap();
        let rows = bands(&dataset, &Leads::new(&dataset, as_of).leads, as_of);
        let regions: BTreeSet<Option<&str>> =
            rows.iter().map(|row| row.region.as_deref()).collect();
        assert_eq!(regions, BTreeSet::from([None, Some("east")]));
    }
}
