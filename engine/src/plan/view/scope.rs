//! A slice of demand.

use crate::dataset::LimitKey;
use crate::demand::SeriesKey;
use crate::events::Limits;
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId, WarehouseId};
use crate::master::Catalog;

/// A slice of demand; an absent attribute means all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// A category with its descendants.
    pub category: Option<CategoryId>,
    /// One SKU.
    pub sku: Option<SkuId>,
    /// One channel.
    pub channel: Option<ChannelId>,
    /// One region.
    pub region: Option<RegionId>,
    /// What one warehouse serves.
    pub warehouse: Option<WarehouseId>,
}

/// A scope with its SKUs worked out.
#[derive(Clone, Debug)]
pub struct Slice {
    scope: Scope,
    has_sku: Vec<bool>,
}

impl Slice {
    /// The slice of a scope.
    pub fn new(catalog: &Catalog, scope: Scope) -> Self {
        let inside = scope.category.map(|root| descendants(catalog, root));
        let has_sku = catalog.skus.iter().enumerate().map(|(index, sku)| {
            let is_category = inside
                .as_ref()
                .is_none_or(|inside| inside.get(sku.category.index()) == Some(&true));
            is_category && scope.sku.is_none_or(|wanted| wanted.index() == index)
        });
        Self {
            scope,
            has_sku: has_sku.collect(),
        }
    }

    /// Whether it is all there is.
    pub(super) fn is_whole(&self) -> bool {
        self.scope == Scope::default()
    }

    /// Whether goods belong to it.
    pub fn has_sku(&self, sku: SkuId) -> bool {
        self.has_sku.get(sku.index()) == Some(&true)
    }

    /// Whether there can be series that belong to this slice and to another one.
    pub fn meets(&self, other: &Self) -> bool {
        fn is_met<T: Copy + PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        let skus = self.has_sku.iter().zip(&other.has_sku);
        is_met(self.scope.channel, other.scope.channel)
            && is_met(self.scope.region, other.scope.region)
            && skus.into_iter().any(|(a, b)| *a && *b)
    }

    /// Whether something limited to `limits` concerns goods of the slice.
    pub(super) fn touches(&self, catalog: &Catalog, limits: &Limits) -> bool {
        let is_met = |key, id: Option<u32>| {
            let ids = limits.ids(key).zip(id);
            ids.is_none_or(|(ids, id)| ids.contains(&id))
        };
        let mut skus = catalog.skus.iter().zip(&self.has_sku).enumerate();
        is_met(LimitKey::Channel, self.scope.channel.map(|id| id.0))
            && is_met(LimitKey::Region, self.scope.region.map(|id| id.0))
            && skus.any(|(id, (sku, has))| {
                *has && limits.hold_sku(sku.category, Some(SkuId::from_index(id)))
            })
    }

    /// Whether a series served by `warehouse` belongs to the slice.
    pub fn has(&self, key: SeriesKey, warehouse: WarehouseId) -> bool {
        self.has_sku(key.sku)
            && self
                .scope
                .channel
                .is_none_or(|channel| channel == key.channel)
            && self.scope.region.is_none_or(|region| region == key.region)
            && self
                .scope
                .warehouse
                .is_none_or(|wanted| wanted == warehouse)
    }
}

/// Which categories lie at or below `root`. A cycle in the parents ends after one round.
fn descendants(catalog: &Catalog, root: CategoryId) -> Vec<bool> {
    let is_below = |index: usize| {
        let mut at = Some(CategoryId::from_index(index));
        for _ in 0..=catalog.categories.len() {
            match at {
                Some(id) if id == root => return true,
                Some(id) => {
                    at = catalog
                        .categories
                        .get(id.index())
                        .and_then(|category| category.parent)
                }
                None => return false,
            }
        }
        false
    };
    (0..catalog.categories.len()).map(is_below).collect()
}
