//! Reads what the events of a company are limited to, and cuts its goods into cells by it.

use super::cells::{CellMap, Cells, Goods, Limits};
use crate::dataset::{Limit, LimitKey, Table, parse_limits};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::order;

/// A catalog cut into cells.
pub(super) struct Cut {
    pub(super) cells: Cells,
    pub(super) map: CellMap,
    /// By row of the table: the place of its limits, nothing where it concerns all goods, or the
    /// code that nothing has.
    pub(super) rows: Vec<Result<Option<u16>, String>>,
}

/// Whether any event of a table is limited.
#[must_use]
pub(super) fn are_limited(table: &Table) -> bool {
    (0..table.len()).any(|row| table.text("scope", row).is_some())
}

/// Cuts a catalog by the scopes of `events.csv`.
#[must_use]
pub(super) fn cut(table: &Table, catalog: &Catalog) -> Cut {
    let row = |row| match table.text("scope", row) {
        Some(scope) => Limits::parse(scope, catalog).map(Some),
        None => Ok(None),
    };
    let rows: Vec<Result<Option<Limits>, String>> = (0..table.len()).map(row).collect();
    let mut limits: Vec<Limits> = rows.iter().flatten().flatten().cloned().collect();
    order::sort(&mut limits);
    limits.dedup();
    let place = |row: Result<Option<Limits>, String>| match row {
        Ok(Some(own)) => {
            let place = limits.binary_search(&own).ok();
            let place = place.and_then(|place| u16::try_from(place).ok());
            // More limits than can be counted.
            place.map(Some).ok_or_else(String::new)
        }
        Ok(None) => Ok(None),
        Err(code) => Err(code),
    };
    let rows = rows.into_iter().map(place).collect();
    let cells = Cells::new(catalog, limits);
    Cut {
        map: CellMap::new(catalog, &cells),
        cells,
        rows,
    }
}

impl Limits {
    /// Reads a cell of the column `scope`.
    ///
    /// # Errors
    /// The code that the catalog does not know; the whole text where it names no limits.
    pub fn parse(text: &str, catalog: &Catalog) -> Result<Self, String> {
        let mut limits = Self::default();
        for Limit { key, codes } in parse_limits(text).map_err(|_refused| text.to_owned())? {
            let find = |code: &str| match key {
                LimitKey::Category => catalog.category_id(code).map(|id| id.0),
                LimitKey::Sku => catalog.sku_id(code).map(|id| id.0),
                LimitKey::Channel => catalog.channel_id(code).map(|id| id.0),
                LimitKey::Region => catalog.region_id(code).map(|id| id.0),
            };
            let mut ids = Vec::with_capacity(codes.len());
            for code in codes {
                ids.push(find(code).ok_or_else(|| code.to_owned())?);
            }
            order::sort(&mut ids);
            ids.dedup();
            if key == LimitKey::Category {
                ids = with_descendants(catalog, &ids);
            }
            if let Some(inside) = limits.inside.get_mut(key as usize) {
                *inside = Some(ids);
            }
        }
        Ok(limits)
    }
}

/// Categories at or below `roots`, in order. A cycle in the parents ends after one round.
fn with_descendants(catalog: &Catalog, roots: &[u32]) -> Vec<u32> {
    let parent = |id: CategoryId| catalog.categories.get(id.index())?.parent;
    let is_inside = |id: &CategoryId| {
        let mut at = Some(*id);
        for _ in 0..=catalog.categories.len() {
            match at {
                Some(id) if roots.binary_search(&id.0).is_ok() => return true,
                Some(id) => at = parent(id),
                None => return false,
            }
        }
        false
    };
    let all = (0..catalog.categories.len()).map(CategoryId::from_index);
    all.filter(is_inside).map(|id| id.0).collect()
}

impl Cells {
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
}

/// Goods that no limit tells apart: the category and the limits of goods by what they are.
struct Kinds {
    /// Kind of each SKU.
    of_sku: Vec<usize>,
    /// One of each kind.
    examples: Vec<(CategoryId, Option<SkuId>)>,
}

impl Kinds {
    fn new(catalog: &Catalog, cells: &Cells) -> Self {
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

impl CellMap {
    fn new(catalog: &Catalog, cells: &Cells) -> Self {
        let kinds = Kinds::new(catalog, cells);
        let mut all = Vec::new();
        kinds.each(catalog, |goods| all.push(cells.of(&goods)));
        Self {
            of_sku: kinds.of_sku,
            channels: catalog.channels.len(),
            regions: catalog.regions.len(),
            cells: all,
        }
    }
}
