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

/// The codes that are known; `None` where there are codes and none is: none would mean all of them.
fn known_of<T>(codes: &[String], id: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let known: Vec<T> = codes.iter().filter_map(|code| id(code)).collect();
    (codes.is_empty() || !known.is_empty()).then_some(known)
}

impl Draft {
    /// By a decision; `None` where none of the analogues or channels it names is known.
    pub(super) fn decided(launch: &Launch, sku: SkuId, catalog: &Catalog) -> Option<Self> {
        let known = catalog.sku(sku)?;
        let analogues = known_of(&launch.analogues, |code| catalog.sku_id(code))?;
        let channels = known_of(&launch.channels, |code| catalog.channel_id(code))?;
        Some(Self {
            sku: Some(sku),
            category: Some(known.category),
            price: known.list_price,
            from: launch.from,
            analogues,
            channels,
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
