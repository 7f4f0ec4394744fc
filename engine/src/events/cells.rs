//! Goods that the same events concern: categories, and parts of them where events are limited.

use serde::{Deserialize, Serialize};

use crate::dataset::{Limit, LimitKey, parse_limits};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::num::index_usize;
use crate::order;

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

/// What an event is limited to: all four must hold; an absent one holds for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Limits {
    /// Categories, with all below them, in order.
    pub categories: Option<Vec<CategoryId>>,
    /// Goods, in order.
    pub skus: Option<Vec<SkuId>>,
    /// Channels, in order.
    pub channels: Option<Vec<ChannelId>>,
    /// Regions, in order.
    pub regions: Option<Vec<RegionId>>,
}

impl Limits {
    /// Reads a cell of the column `scope`.
    ///
    /// # Errors
    /// The code that the catalog does not know; the whole text where it names no limits.
    pub fn parse(text: &str, catalog: &Catalog) -> Result<Self, String> {
        let mut limits = Self::default();
        for limit in parse_limits(text).map_err(|_refused| text.to_owned())? {
            match limit.key {
                LimitKey::Category => {
                    let roots = ids(&limit, |code| catalog.category_id(code))?;
                    limits.categories = Some(with_descendants(catalog, &roots));
                }
                LimitKey::Sku => limits.skus = Some(ids(&limit, |code| catalog.sku_id(code))?),
                LimitKey::Channel => {
                    limits.channels = Some(ids(&limit, |code| catalog.channel_id(code))?);
                }
                LimitKey::Region => {
                    limits.regions = Some(ids(&limit, |code| catalog.region_id(code))?);
                }
            }
        }
        Ok(limits)
    }

    /// Whether goods lie inside.
    #[must_use]
    pub fn hold(&self, goods: &Goods) -> bool {
        self.hold_sku(goods.category, goods.sku)
            && is_inside(self.channels.as_deref(), &goods.channel)
            && is_inside(self.regions.as_deref(), &goods.region)
    }

    /// Whether goods lie inside, wherever they are sold.
    #[must_use]
    pub fn hold_sku(&self, category: CategoryId, sku: Option<SkuId>) -> bool {
        let is_sku = match (&self.skus, sku) {
            (None, _) => true,
            (Some(skus), Some(sku)) => skus.binary_search(&sku).is_ok(),
            (Some(_), None) => false,
        };
        is_sku && is_inside(self.categories.as_deref(), &category)
    }
}

fn is_inside<T: Ord>(ids: Option<&[T]>, id: &T) -> bool {
    ids.is_none_or(|ids| ids.binary_search(id).is_ok())
}

/// The ids of a limit's codes, in order.
fn ids<T: Ord>(limit: &Limit<'_>, find: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let found = limit.codes.iter();
    let found = found.map(|code| find(code).ok_or_else(|| (*code).to_owned()));
    let mut ids: Vec<T> = found.collect::<Result<_, _>>()?;
    order::sort(&mut ids);
    ids.dedup();
    Ok(ids)
}

/// Categories at or below `roots`, in order. A cycle in the parents ends after one round.
fn with_descendants(catalog: &Catalog, roots: &[CategoryId]) -> Vec<CategoryId> {
    let parent = |id: CategoryId| catalog.categories.get(id.index())?.parent;
    let is_inside = |id: &CategoryId| {
        let mut at = Some(*id);
        for _ in 0..=catalog.categories.len() {
            match at {
                Some(id) if roots.binary_search(&id).is_ok() => return true,
                Some(id) => at = parent(id),
                None => return false,
            }
        }
        false
    };
    let all = (0..catalog.categories.len()).map(CategoryId::from_index);
    all.filter(is_inside).collect()
}

/// Cells of goods, each concerned by events as a whole: the categories, as far as no limited event
/// concerns them; then for each set of limits (a circle) the parts of categories that lie inside
/// exactly these. Without limits cells are categories.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    categories: usize,
    /// What events are limited to, each once.
    limits: Vec<Limits>,
    /// Places of limits by circle, in order; the first is that of no limits.
    circles: Vec<Vec<u16>>,
    /// Category and circle of the cells after the categories, in order.
    parts: Vec<(u32, u32)>,
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

    /// The cells that limits cut a catalog into, those without demand included.
    #[must_use]
    pub fn new(catalog: &Catalog, limits: Vec<Limits>) -> Self {
        let mut cells = Self {
            limits,
            ..Self::plain(catalog.categories.len())
        };
        if cells.limits.is_empty() {
            return cells;
        }
        let mut found: Vec<(u32, Vec<u16>)> = Vec::new();
        let kinds = Kinds::new(catalog, &cells);
        kinds.each(catalog, |goods| {
            let inside = cells.inside(&goods);
            if !inside.is_empty() {
                found.push((goods.category.0, inside));
            }
        });
        order::sort(&mut found);
        found.dedup();
        cells
            .circles
            .extend(found.iter().map(|(_, inside)| inside.clone()));
        order::sort(&mut cells.circles);
        cells.circles.dedup();
        let circle = |inside: &Vec<u16>| cells.circles.binary_search(inside).ok();
        let part = |(category, inside): &(u32, Vec<u16>)| {
            Some((*category, u32::try_from(circle(inside)?).ok()?))
        };
        let parts: Vec<(u32, u32)> = found.iter().filter_map(part).collect();
        cells.parts = parts;
        order::sort(&mut cells.parts);
        cells
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
    fn inside(&self, goods: &Goods) -> Vec<u16> {
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

/// Goods that no limit tells apart: the category and the limits of goods by what they are.
pub(super) struct Kinds {
    /// Kind of each SKU.
    of_sku: Vec<usize>,
    /// One of each kind.
    examples: Vec<(CategoryId, Option<SkuId>)>,
}

impl Kinds {
    pub(super) fn new(catalog: &Catalog, cells: &Cells) -> Self {
        let mut known: Vec<(CategoryId, Vec<bool>)> = Vec::new();
        let mut kinds = Self {
            of_sku: Vec::new(),
            examples: Vec::new(),
        };
        let mut kind = |category: CategoryId, sku: Option<SkuId>| {
            let limits = cells.limits.iter();
            let held = limits.map(|limits| limits.hold_sku(category, sku));
            let own = (category, held.collect::<Vec<bool>>());
            let place = known.iter().position(|other| *other == own);
            place.unwrap_or_else(|| {
                known.push(own);
                kinds.examples.push((category, sku));
                known.len() - 1
            })
        };
        // Goods without a code may come in any category.
        for category in (0..catalog.categories.len()).map(CategoryId::from_index) {
            let _own = kind(category, None);
        }
        let skus = catalog.skus.iter().enumerate();
        let of_sku = skus.map(|(id, sku)| kind(sku.category, Some(SkuId::from_index(id))));
        kinds.of_sku = of_sku.collect();
        kinds
    }

    /// Visits one series of each kind, channel and region.
    fn each(&self, catalog: &Catalog, mut visit: impl FnMut(Goods)) {
        for (category, sku) in &self.examples {
            for channel in (0..catalog.channels.len()).map(ChannelId::from_index) {
                for region in (0..catalog.regions.len()).map(RegionId::from_index) {
                    visit(Goods {
                        category: *category,
                        sku: *sku,
                        channel,
                        region,
                    });
                }
            }
        }
    }
}

/// The cell of every series of a catalog, for reading many rows.
pub(super) struct CellMap {
    kinds: Kinds,
    channels: usize,
    regions: usize,
    /// Cells of the first kind by channel and region, then of the next.
    cells: Vec<usize>,
}

impl CellMap {
    pub(super) fn new(catalog: &Catalog, cells: &Cells) -> Self {
        let kinds = Kinds::new(catalog, cells);
        let mut all = Vec::new();
        kinds.each(catalog, |goods| all.push(cells.of(&goods)));
        Self {
            kinds,
            channels: catalog.channels.len(),
            regions: catalog.regions.len(),
            cells: all,
        }
    }

    pub(super) fn cell(&self, sku: SkuId, channel: ChannelId, region: RegionId) -> Option<usize> {
        let kind = self.kinds.of_sku.get(sku.index())?;
        let row = kind * self.channels + channel.index();
        let place = row * self.regions + region.index();
        self.cells.get(place).copied()
    }
}
