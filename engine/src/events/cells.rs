//! Goods that the same events concern: categories, and parts of them where events are limited.

use serde::{Deserialize, Serialize};

use crate::dataset::LimitKey;
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::num::index_usize;

/// Goods as events see them: those of one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goods {
    /// Their category.
    pub category: CategoryId,
    /// Which; `None` for goods that have no code yet.
    pub sku: Option<SkuId>,
    /// Sold where.
    pub channel: ChannelId,
    /// Shipped where.
    pub region: RegionId,
}

/// What an event is limited to: by [`LimitKey`] the ids inside, in order; all must hold, and an
/// absent one holds for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Limits {
    pub(super) inside: [Option<Vec<u32>>; LimitKey::ALL.len()],
}

impl Limits {
    /// The ids of a kind that lie inside, in order; `None` where all do.
    #[must_use]
    pub fn ids(&self, key: LimitKey) -> Option<&[u32]> {
        self.inside.get(key as usize)?.as_deref()
    }

    /// Whether goods lie inside.
    #[must_use]
    pub fn hold(&self, goods: &Goods) -> bool {
        self.hold_sku(goods.category, goods.sku)
            && self.hold_id(LimitKey::Channel, Some(goods.channel.0))
            && self.hold_id(LimitKey::Region, Some(goods.region.0))
    }

    /// Whether goods lie inside, wherever they are sold.
    #[must_use]
    pub fn hold_sku(&self, category: CategoryId, sku: Option<SkuId>) -> bool {
        self.hold_id(LimitKey::Sku, sku.map(|sku| sku.0))
            && self.hold_id(LimitKey::Category, Some(category.0))
    }

    fn hold_id(&self, key: LimitKey, id: Option<u32>) -> bool {
        self.ids(key)
            .is_none_or(|ids| id.is_some_and(|id| ids.binary_search(&id).is_ok()))
    }
}

/// Cells of goods, each concerned by events as a whole: the categories, as far as no limited event
/// concerns them; then for each set of limits (a circle) the parts of categories that lie inside
/// exactly these. Without limits cells are categories.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    pub(super) categories: usize,
    /// What events are limited to, each once.
    pub(super) limits: Vec<Limits>,
    /// Places of limits by circle, in order; the first is that of no limits.
    pub(super) circles: Vec<Vec<u16>>,
    /// Category and circle of the cells after the categories, in order.
    pub(super) parts: Vec<(u32, u32)>,
}

impl Cells {
    /// So many categories, and no limits.
    #[must_use]
    pub fn plain(categories: usize) -> Self {
        Self {
            categories,
            limits: Vec::new(),
            circles: vec![Vec::new()],
            parts: Vec::new(),
        }
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.categories + self.parts.len()
    }

    /// Whether no event is limited.
    #[must_use]
    pub fn are_plain(&self) -> bool {
        self.limits.is_empty()
    }

    /// What events are limited to.
    #[must_use]
    pub fn limits(&self) -> &[Limits] {
        &self.limits
    }

    /// The cell of goods.
    #[must_use]
    pub fn of(&self, goods: &Goods) -> usize {
        let category = goods.category.index();
        if self.limits.is_empty() {
            return category;
        }
        let inside = self.inside(goods);
        let circle = self.circles.binary_search(&inside).unwrap_or(0);
        let circle = u32::try_from(circle).unwrap_or(0);
        let part = self.parts.binary_search(&(goods.category.0, circle));
        part.map_or(category, |part| self.categories + part)
    }

    /// The limits that goods lie inside.
    pub(super) fn inside(&self, goods: &Goods) -> Vec<u16> {
        let limits = (0_u16..).zip(&self.limits);
        let inside = limits.filter(|(_, limits)| limits.hold(goods));
        inside.map(|(place, _)| place).collect()
    }

    /// The category of a cell, and its circle; `None` for a cell there is not.
    pub(super) fn place(&self, cell: usize) -> Option<(usize, usize)> {
        if cell < self.categories {
            return Some((cell, 0));
        }
        let part = self.parts.get(cell - self.categories);
        part.map(|(category, circle)| (index_usize(*category), index_usize(*circle)))
    }

    pub(super) fn circles(&self) -> usize {
        self.circles.len()
    }

    /// Whether an event with these limits concerns a circle.
    pub(super) fn concerns(&self, circle: usize, limits: Option<u16>) -> bool {
        limits.is_none_or(|place| {
            let circle = self.circles.get(circle);
            circle.is_some_and(|inside| inside.binary_search(&place).is_ok())
        })
    }

    /// Cells and categories of a circle, in order.
    pub(super) fn of_circle(&self, circle: usize) -> (Vec<usize>, Vec<usize>) {
        let all = (0..self.count()).filter_map(|cell| Some((cell, self.place(cell)?)));
        let own = all.filter(|(_, (_, own))| *own == circle);
        own.map(|(cell, (category, _))| (cell, category)).unzip()
    }
}

/// The cell of every series of a catalog, for reading many rows.
pub(super) struct CellMap {
    /// Kind of each SKU: goods that no limit tells apart.
    pub(super) of_sku: Vec<usize>,
    pub(super) channels: usize,
    pub(super) regions: usize,
    /// Cells of the first kind by channel and region, then of the next.
    pub(super) cells: Vec<usize>,
}

impl CellMap {
    pub(super) fn cell(&self, sku: SkuId, channel: ChannelId, region: RegionId) -> Option<usize> {
        let kind = self.of_sku.get(sku.index())?;
        let row = kind * self.channels + channel.index();
        let place = row * self.regions + region.index();
        self.cells.get(place).copied()
    }
}
