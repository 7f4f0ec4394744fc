//! SKUs and open orders by code or name.

use super::window::folded;
use super::{Shown, both};
use engine::dataset::TableId;
use engine::order;
use protocol::view::FoundItem;

/// Most things of a kind that are found.
const FOUND_MAX: usize = 8;

/// SKUs, then open orders, whose code or name holds the text; codes that start with it come first.
pub(super) fn found(shown: Shown<'_>, text: &str) -> Vec<FoundItem> {
    let wanted = folded(text.trim());
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = skus(shown, &wanted);
    found.extend(orders(shown, &wanted));
    found
}

fn skus(shown: Shown<'_>, wanted: &str) -> Vec<FoundItem> {
    let mut ranked: Vec<(usize, FoundItem)> = Vec::new();
    for sku in &shown.plan.catalog.skus {
        let names = both(Some(&sku.names));
        let texts = [&sku.code, &names.0, &names.1];
        let mut places = texts.iter().filter_map(|text| folded(text).find(wanted));
        if let Some(first) = places.next() {
            let at = places.fold(first, usize::min);
            let item = FoundItem {
                sku: sku.code.clone(),
                names,
                order: None,
            };
            ranked.push((at, item));
        }
    }
    // Stable: equal matches stay in the order of their codes.
    order::sort_by_key(&mut ranked, |(at, _)| *at);
    let items = ranked.into_iter().map(|(_, item)| item);
    items.take(FOUND_MAX).collect()
}

fn orders(shown: Shown<'_>, wanted: &str) -> Vec<FoundItem> {
    let Some(table) = shown.dataset.table(TableId::OpenOrders) else {
        return Vec::new();
    };
    let item = |row: usize| {
        let order = table.text("order", row)?;
        if !folded(order).contains(wanted) {
            return None;
        }
        let code = table.text("sku", row)?;
        let catalog = &shown.plan.catalog;
        let sku = catalog.sku_id(code).and_then(|id| catalog.sku(id));
        Some(FoundItem {
            sku: code.to_owned(),
            names: both(sku.map(|sku| &sku.names)),
            order: Some((order.to_owned(), table.text("warehouse", row)?.to_owned())),
        })
    };
    (0..table.len()).filter_map(item).take(FOUND_MAX).collect()
}
