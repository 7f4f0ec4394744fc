//! Goods that end: their demand ahead goes to the successor, whose short history theirs extends.
//!
//! Links are master data (`end_date`, `successor` of `skus.csv`), not decisions. Demand moves
//! when the last day of sale lies ahead, or when the successor has not been sold yet; of goods
//! that ended before, the successor's own history already holds it. A successor that is sold
//! learns from the predecessor's weeks before its own first one, series by series.

use super::Broadcast;
use super::measure::Measured;
use super::signals::group;
use crate::day::Day;
use crate::demand::{DemandRow, SeriesKey};
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::master::{Catalog, Sku};

/// Successors of successors that are followed.
const HOPS: usize = 8;

/// Which goods take over from which. Lists by id rather than maps: they are small to compile.
#[derive(Default)]
pub(super) struct Links {
    /// By predecessor: the successor and the last day of sale; empty where nothing is linked.
    next: Vec<Option<(SkuId, Day)>>,
    /// Channels and regions in which successors are sold, in order.
    sold: Vec<(SkuId, ChannelId, RegionId)>,
    /// First day with demand by successor.
    first_sale: Vec<Option<Day>>,
    as_of: Day,
    /// Last day of the horizon.
    last: Day,
}

impl Links {
    pub(super) fn new(
        catalog: &Catalog,
        rows: impl Iterator<Item = DemandRow>,
        as_of: Day,
        horizon: u32,
    ) -> Self {
        let mut links = Self {
            as_of,
            last: as_of + 7 * i32::try_from(horizon).unwrap_or(i32::MAX / 7),
            ..Self::default()
        };
        let next = |(index, sku): (usize, &Sku)| {
            let next = sku.successor.filter(|next| next.index() != index);
            next.zip(sku.end)
        };
        let all: Vec<_> = catalog.skus.iter().enumerate().map(next).collect();
        if all.iter().all(Option::is_none) {
            return links;
        }
        let mut is_next = vec![false; all.len()];
        for (next, _) in all.iter().flatten() {
            if let Some(flag) = is_next.get_mut(next.index()) {
                *flag = true;
            }
        }
        links.next = all;
        links.first_sale = vec![None; is_next.len()];
        for row in rows {
            let is_next = is_next.get(row.sku.index()) == Some(&true);
            if !is_next || row.day > as_of || row.quantity.is_zero() {
                continue;
            }
            if let Some(first) = links.first_sale.get_mut(row.sku.index()) {
                *first = Some(first.map_or(row.day, |first| first.min(row.day)));
            }
            let key = (row.sku, row.channel, row.region);
            if let Err(place) = links.sold.binary_search(&key) {
                links.sold.insert(place, key);
            }
        }
        links
    }

    fn next(&self, sku: SkuId) -> Option<(SkuId, Day)> {
        self.next.get(sku.index()).copied().flatten()
    }

    fn first_sale(&self, sku: SkuId) -> Option<Day> {
        self.first_sale.get(sku.index()).copied().flatten()
    }

    /// The goods that leave demand ahead to others, with their first successor.
    pub(super) fn moving(&self) -> impl Iterator<Item = (SkuId, SkuId)> + '_ {
        let moves = |(index, link): (usize, &Option<(SkuId, Day)>)| {
            let (next, end) = (*link)?;
            let is_due = end >= self.as_of || self.first_sale(next).is_none();
            (end < self.last && is_due).then_some((SkuId::from_index(index), next))
        };
        self.next.iter().enumerate().filter_map(moves)
    }

    /// Who has the demand that goods leave in a week: the first successor that is still sold on
    /// its first day.
    pub(super) fn heir(&self, sku: SkuId, start: Day) -> SkuId {
        let mut heir = sku;
        for hop in 0..HOPS {
            match self.next(heir) {
                Some((next, end)) if hop == 0 || end < start => heir = next,
                _ => break,
            }
        }
        heir
    }

    /// The rows that extend the history of successors: those of the predecessor from before the
    /// successor's first sale, in channels and regions where the successor is sold too.
    pub(super) fn borrowed(&self, rows: impl Iterator<Item = DemandRow>) -> Vec<DemandRow> {
        let mut borrowed = Vec::new();
        if self.sold.is_empty() {
            return borrowed;
        }
        for row in rows {
            let Some((next, _)) = self.next(row.sku) else {
                continue;
            };
            let is_before = self.first_sale(next).is_some_and(|first| row.day < first);
            let key = (next, row.channel, row.region);
            if is_before && self.sold.binary_search(&key).is_ok() {
                borrowed.push(DemandRow { sku: next, ..row });
            }
        }
        borrowed
    }
}

/// Shares of the weeks ahead in which goods are still sold; `None` where all are.
pub(super) fn kept(measured: &Measured, broadcast: &Broadcast, key: SeriesKey) -> Option<Vec<f64>> {
    let input = &measured.input;
    let (sku, horizon) = (input.sku(key.sku)?, input.settings.horizon_weeks);
    let left = usize::try_from((sku.end? - input.as_of).max(0)).unwrap_or(0);
    let horizon = usize::try_from(horizon).unwrap_or(0);
    if left >= 7 * horizon {
        return None;
    }
    let quiet = broadcast.profile.week_from(sku.category, input.as_of + 1);
    let group = group(&measured.lifts, sku.category, key);
    let share = |week: usize| {
        let days = left.saturating_sub(7 * week);
        if days >= 7 {
            return 1.0;
        }
        let shares = measured.lifts.shares(group, week, &quiet);
        shares.iter().take(days).sum()
    };
    Some((0..horizon).map(share).collect())
}
