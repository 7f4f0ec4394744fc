//! What accepted streams do to the weeks of a plan, small enough to travel to its partitions.

use serde::{Deserialize, Serialize};

use super::super::lifts::multiply;
use super::super::witness::newest;
use crate::demand::SeriesKey;
use crate::events::SeriesLifts;
use crate::ids::{ChannelId, SkuId};
use crate::units::Qty;

/// History factors by goods and units ahead by series. Empty where no stream was accepted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InflowLifts {
    pub(super) goods: Vec<GoodsInflow>,
    /// In order of their keys.
    pub(super) ahead: Vec<SeriesInflow>,
}

/// What one stream did to the history of goods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct GoodsInflow {
    pub(super) sku: SkuId,
    /// Where; everywhere if empty.
    pub(super) channels: Vec<ChannelId>,
    /// Demand over demand without the stream, by week, oldest first.
    pub(super) past: Vec<f64>,
    /// The same as it was expected four weeks before.
    pub(super) known: Vec<f64>,
}

/// What the streams add to the weeks ahead of one series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesInflow {
    /// Which series.
    pub key: SeriesKey,
    /// Units by stream, in the order of [`super::Inflow::ALL`], and week; empty where one adds
    /// nothing.
    pub units: [Vec<Qty>; 2],
    /// Standard deviation of both together by week, units.
    pub deviation: Vec<f64>,
}

impl InflowLifts {
    /// Whether no stream was accepted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.goods.is_empty() && self.ahead.is_empty()
    }

    /// Factors on the last `past` weeks of a series, 1 on the next `ahead`; `None` where no stream
    /// touches its history.
    #[must_use]
    pub fn weeks(
        &self,
        (sku, channel): (SkuId, ChannelId),
        past: usize,
        ahead: usize,
    ) -> Option<SeriesLifts> {
        let from = self.goods.partition_point(|one| one.sku < sku);
        let own = self.goods.iter().skip(from);
        let own = own.take_while(|one| one.sku == sku);
        let is_there =
            |one: &&GoodsInflow| one.channels.is_empty() || one.channels.contains(&channel);
        let mut own = own.filter(is_there).peekable();
        own.peek()?;
        let mut lifts = SeriesLifts::none(past, ahead);
        for one in own {
            multiply(&mut lifts.past, &newest(&one.past, past));
            multiply(&mut lifts.known, &newest(&one.known, past));
        }
        Some(lifts)
    }

    /// What is added to the weeks ahead of a series.
    #[must_use]
    pub fn ahead(&self, key: SeriesKey) -> Option<&SeriesInflow> {
        let place = self.ahead.binary_search_by_key(&key, |one| one.key);
        self.ahead.get(place.ok()?)
    }

    /// Those of some goods.
    #[must_use]
    pub fn of_skus(&self, is_wanted: impl Fn(SkuId) -> bool) -> Self {
        let goods = self.goods.iter().filter(|one| is_wanted(one.sku));
        let ahead = self.ahead.iter().filter(|one| is_wanted(one.key.sku));
        Self {
            goods: goods.cloned().collect(),
            ahead: ahead.cloned().collect(),
        }
    }
}

impl SeriesInflow {
    /// Units of each stream in a week.
    #[must_use]
    pub fn week(&self, week: usize) -> [Qty; 2] {
        let [campaign, pipeline] = &self.units;
        [campaign, pipeline].map(|units| units.get(week).copied().unwrap_or(Qty::ZERO))
    }
}
