//! The demand panel: SKU x channel x region by week.
//!
//! Weeks are runs of seven days that end at `as_of`, so no week is partial and the first
//! forecast week starts the day after `as_of`. Where `as_of` is the last day of the
//! company's week, these are its calendar weeks.

use crate::order;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::units::Qty;

/// Most weeks of history a series keeps: six years (older weeks mislead more than they help;
/// forecast design notes, M4 weekly).
pub const WEEKS_MAX: i32 = 312;

/// One row of `demand.csv` with dense ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandRow {
    /// Day of the orders.
    pub day: Day,
    /// Which goods.
    pub sku: SkuId,
    /// Sold where.
    pub channel: ChannelId,
    /// Shipped where.
    pub region: RegionId,
    /// Units ordered.
    pub quantity: Qty,
}

/// What a series is of; series are ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeriesKey {
    /// Which goods.
    pub sku: SkuId,
    /// Sold where.
    pub channel: ChannelId,
    /// Shipped where.
    pub region: RegionId,
}

/// Weekly demand of one SKU in one channel and region, from its first week with demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is of.
    pub key: SeriesKey,
    /// Units a week; the last value is the week that ends at `as_of`.
    pub weeks: Vec<f64>,
    /// Units by day for the last eight weeks, oldest first.
    pub days: [f64; RECENT_DAYS],
}

/// Days of daily history that travel with a series (for charts by day).
pub const RECENT_DAYS: usize = 56;

/// Builds the series of the given rows up to `as_of`; later rows do not count.
pub fn build_series(rows: &[DemandRow], as_of: Day) -> Vec<Series> {
    let mut rows: Vec<(SeriesKey, i32, Qty)> = rows
        .iter()
        .filter(|row| row.day <= as_of && as_of - row.day < WEEKS_MAX * 7)
        .map(|row| {
            let key = SeriesKey {
                sku: row.sku,
                channel: row.channel,
                region: row.region,
            };
            (key, as_of - row.day, row.quantity)
        })
        .collect();
    // Oldest first inside a key.
    order::sort_by(&mut rows, |a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    rows.chunk_by(|a, b| a.0 == b.0)
        .filter_map(series)
        .collect()
}

/// One series of rows that share a key; `None` when there is no demand at all.
fn series(rows: &[(SeriesKey, i32, Qty)]) -> Option<Series> {
    let (key, age, _) = rows.iter().find(|(_, _, quantity)| !quantity.is_zero())?;
    let count = usize::try_from(age / 7 + 1).ok()?;
    let mut weeks = vec![Qty::ZERO; count];
    let mut days = [0.0; RECENT_DAYS];
    for (_, age, quantity) in rows {
        let age = usize::try_from(*age).ok()?;
        if let Some(week) = count
            .checked_sub(1 + age / 7)
            .and_then(|index| weeks.get_mut(index))
        {
            *week += *quantity;
        }
        if let Some(day) = RECENT_DAYS
            .checked_sub(1 + age)
            .and_then(|index| days.get_mut(index))
        {
            *day += quantity.to_f64();
        }
    }
    let weeks = weeks.into_iter().map(Qty::to_f64).collect();
    Some(Series {
        key: *key,
        weeks,
        days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: i32, sku: u32, units: i64) -> DemandRow {
        DemandRow {
            day: Day::from_number(day),
            sku: SkuId(sku),
            channel: ChannelId(0),
            region: RegionId(0),
            quantity: Qty::from_units(units),
        }
    }

    #[test]
    fn weeks_end_at_as_of_and_start_with_the_first_demand() {
        let rows = [
            row(100, 1, 5),
            row(94, 1, 2),
            row(93, 1, 1),
            row(80, 1, 0),
            row(79, 1, 4),
            row(101, 1, 9),
        ];
        let series = build_series(&rows, Day::from_number(100));
        assert_eq!(series.len(), 1);
        assert_eq!(series[0].weeks, [4.0, 0.0, 1.0, 7.0]);
        assert_eq!(series[0].days[RECENT_DAYS - 1], 5.0);
    }

    #[test]
    fn series_come_in_key_order_and_empty_ones_not_at_all() {
        let rows = [row(100, 2, 5), row(100, 1, 1), row(99, 3, 0)];
        let keys: Vec<_> = build_series(&rows, Day::from_number(100))
            .iter()
            .map(|s| s.key.sku.0)
            .collect();
        assert_eq!(keys, [1, 2]);
    }
}
