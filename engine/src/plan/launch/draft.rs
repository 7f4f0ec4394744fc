//! A new item as it is to be forecast: decided, or by what the data says.

use crate::day::Day;
use crate::ids::{CategoryId, ChannelId, SkuId};
use crate::master::Catalog;
use crate::plan::adjust::Launch;
use crate::units::Amount;

/// A new item as it is to be forecast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Its SKU, when the catalog has it.
    pub sku: Option<SkuId>,
    /// Its category.
    pub category: Option<CategoryId>,
    /// Its list price.
    pub price: Option<Amount>,
    /// Launch.
    pub from: Day,
    /// Goods whose launches it is expected to follow; none: those of its group.
    pub analogues: Vec<SkuId>,
    /// Channels it is sold in; none: those of the analogues.
    pub channels: Vec<ChannelId>,
    /// Hundredths of a per cent of their level.
    pub level: i64,
    /// Whether a planner decided it.
    pub is_decided: bool,
}

impl Draft {
    pub(super) fn decided(launch: &Launch, sku: SkuId, catalog: &Catalog) -> Option<Self> {
        let known = catalog.sku(sku)?;
        let analogues = launch
            .analogues
            .iter()
            .filter_map(|code| catalog.sku_id(code));
        let channels = launch
            .channels
            .iter()
            .filter_map(|code| catalog.channel_id(code));
        Some(Self {
            sku: Some(sku),
            category: Some(known.category),
            price: known.list_price,
            from: launch.from,
            analogues: analogues.collect(),
            channels: channels.collect(),
            level: launch.level,
            is_decided: true,
        })
    }

    pub(super) fn own(sku: SkuId, from: Day, catalog: &Catalog) -> Self {
        let known = catalog.sku(sku);
        Self {
            sku: Some(sku),
            category: known.map(|sku| sku.category),
            price: known.and_then(|sku| sku.list_price),
            from,
            level: 10_000,
            ..Self::default()
        }
    }
}
