//! The groups of an item: parent category, category, third by price.

use crate::ids::{CategoryId, SkuId};
use crate::master::Catalog;
use crate::order;
use crate::units::Amount;

/// Price bands of a category: thirds by list price, and one for goods without a price.
const BANDS: usize = 3;
/// Parent of the category, category, price band in it.
pub(super) fn path(catalog: &Catalog, category: CategoryId, band: u32) -> [u32; 3] {
    let known = catalog.categories.get(category.index());
    let parent = known
        .and_then(|category| category.parent)
        .unwrap_or(category);
    let bands = u32::try_from(BANDS + 1).unwrap_or(1);
    [parent.0, category.0, category.0 * bands + band]
}

pub(super) fn groups(catalog: &Catalog, bands: &[u32], sku: SkuId) -> [u32; 3] {
    let category = catalog.sku(sku).map_or(CategoryId(0), |sku| sku.category);
    let band = bands.get(sku.index()).copied().unwrap_or(0);
    path(catalog, category, band)
}

/// Price bands of all goods.
pub(super) fn bands(catalog: &Catalog) -> Vec<u32> {
    let mut prices: Vec<Vec<Amount>> = vec![Vec::new(); catalog.categories.len()];
    for sku in &catalog.skus {
        if let (Some(price), Some(list)) = (sku.list_price, prices.get_mut(sku.category.index())) {
            list.push(price);
        }
    }
    prices.iter_mut().for_each(|list| order::sort(list));
    let band = |sku: &crate::master::Sku| {
        let list = prices.get(sku.category.index());
        band_among(list.map_or(&[], Vec::as_slice), sku.list_price)
    };
    catalog.skus.iter().map(band).collect()
}

pub(super) fn band(catalog: &Catalog, category: CategoryId, price: Option<Amount>) -> u32 {
    let here = catalog.skus.iter().filter(|sku| sku.category == category);
    let mut prices: Vec<Amount> = here.filter_map(|sku| sku.list_price).collect();
    order::sort(&mut prices);
    band_among(&prices, price)
}

fn band_among(prices: &[Amount], price: Option<Amount>) -> u32 {
    let Some(price) = price else {
        return u32::try_from(BANDS).unwrap_or(0);
    };
    let below = prices.partition_point(|known| *known < price);
    let band = below * BANDS / prices.len().max(1);
    u32::try_from(band.min(BANDS - 1)).unwrap_or(0)
}
