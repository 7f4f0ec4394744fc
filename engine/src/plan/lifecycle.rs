//! Goods that end: their demand ahead goes to the successor, whose short history theirs extends.
//!
//! Links are master data (`end_date`, `successor` of `skus.csv`), not decisions. Demand moves
//! when the last day of sale lies ahead, or when the successor has not been sold yet; of goods
//! that ended before, the successor's own history already holds it. A successor that is sold
//! learns from the predecessor's weeks before its own first one, series by series.

use std::collections::BTreeMap;

use super::Broadcast;
use super::measure::Measured;
use crate::day::Day;
use crate::demand::DemandRow;
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::master::Catalog;

/// Successors of successors that are followed.
const HOPS: usize = 8;

/// Which goods take over from which.
#[derive(Default)]
pub(super) struct Links {
    /// By predecessor: the successor and the last day of sale.
    next: BTreeMap<SkuId, (SkuId, Day)>,
    /// First day with demand of successors, by channel and region.
    sold: BTreeMap<(SkuId, ChannelId, RegionId), Day>,
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
        let mut is_next = vec![false; catalog.skus.len()];
        for (index, sku) in catalog.skus.iter().enumerate() {
            let id = SkuId::from_index(index);
            if let (Some(next), Some(end)) = (sku.successor.filter(|next| *next != id), sku.end) {
                links.next.insert(id, (next, end));
                if let Some(flag) = is_next.get_mut(next.index()) {
                    *flag = true;
                }
            }
        }
        if links.next.is_empty() {
            return links;
        }
        for row in rows {
            let is_next = is_next.get(row.sku.index()) == Some(&true);
            if is_next && row.day <= as_of && !row.quantity.is_zero() {
                let key = (row.sku, row.channel, row.region);
                let first = links.sold.entry(key).or_insert(row.day);
                *first = (*first).min(row.day);
            }
        }
        links
    }

    /// First day with demand of a successor.
    fn first_sale(&self, sku: SkuId) -> Option<Day> {
        let from = (sku, ChannelId(0), RegionId(0));
        let own = self.sold.range(from..).take_while(|(key, _)| key.0 == sku);
        own.map(|(_, first)| *first).min()
    }

    /// Whether goods leave demand ahead to their successor.
    fn moves(&self, sku: SkuId) -> bool {
        let Some((next, end)) = self.next.get(&sku) else {
            return false;
        };
        *end < self.last && (*end >= self.as_of || self.first_sale(*next).is_none())
    }

    /// The goods that leave demand ahead to others, with their first successor.
    pub(super) fn moving(&self) -> impl Iterator<Item = (SkuId, SkuId)> + '_ {
        let moving = self.next.iter().filter(|(sku, _)| self.moves(**sku));
        moving.map(|(sku, (next, _))| (*sku, *next))
    }

    /// Who has the demand that goods leave in a week: the first successor that is still sold on
    /// its first day.
    pub(super) fn heir(&self, sku: SkuId, start: Day) -> SkuId {
        let mut heir = sku;
        for hop in 0..HOPS {
            match self.next.get(&heir) {
                Some((next, end)) if hop == 0 || *end < start => heir = *next,
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
        let mut first_sales = BTreeMap::new();
        for (sku, (next, _)) in &self.next {
            if let Some(first) = self.first_sale(*next) {
                first_sales.insert(*sku, (*next, first));
            }
        }
        for row in rows {
            let Some((next, first)) = first_sales.get(&row.sku) else {
                continue;
            };
            if row.day < *first && self.sold.contains_key(&(*next, row.channel, row.region)) {
                borrowed.push(DemandRow { sku: *next, ..row });
            }
        }
        borrowed
    }
}

/// Shares of the weeks ahead in which goods are still sold; `None` where all are.
pub(super) fn kept(measured: &Measured, broadcast: &Broadcast, sku: SkuId) -> Option<Vec<f64>> {
    let input = &measured.input;
    let (sku, horizon) = (input.sku(sku)?, input.settings.horizon_weeks);
    let left = usize::try_from((sku.end? - input.as_of).max(0)).unwrap_or(0);
    let horizon = usize::try_from(horizon).unwrap_or(0);
    if left >= 7 * horizon {
        return None;
    }
    let quiet = broadcast.profile.week_from(sku.category, input.as_of + 1);
    let share = |week: usize| {
        let days = left.saturating_sub(7 * week);
        if days >= 7 {
            return 1.0;
        }
        let shares = measured.lifts.shares(sku.category.index(), week, &quiet);
        shares.iter().take(days).sum()
    };
    Some((0..horizon).map(share).collect())
}
