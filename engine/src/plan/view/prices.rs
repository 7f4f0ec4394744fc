//! What was learnt of prices in a slice, and what a cut would do there.

use super::scope::{Scope, Slice};
use crate::ids::{CategoryId, SkuId};
use crate::master::Names;
use crate::order;
use crate::plan::{Part, Plan};
use crate::price::LearntPrice;
use crate::units::Qty;

/// The cut whose effect is shown, as a share of the usual price.
pub const SHOWN_CUT: f64 = -0.1;
/// Weeks ahead that are shown with it.
const SHOWN_WEEKS: usize = 4;

/// Whom a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PricedGoods {
    /// All goods.
    All,
    /// Those of a category itself, without its descendants.
    Category(CategoryId),
    /// One SKU.
    Sku(SkuId),
}

/// What was learnt for some goods.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceRow {
    /// Whom it is about.
    pub goods: PricedGoods,
    /// Code; empty of all goods.
    pub code: String,
    /// Names.
    pub names: Names,
    /// What was learnt.
    pub learnt: LearntPrice,
    /// Forecast of the next four weeks inside the slice, without planned changes of price.
    pub units: Qty,
    /// Units that [`SHOWN_CUT`] over those weeks would add.
    pub gained: f64,
}

/// All goods, then the categories and SKUs of a slice; of the SKUs those with changes of their
/// own. Categories and SKUs in the order of their codes.
#[must_use]
pub fn price_rows(plan: &Plan, scope: Scope) -> Vec<PriceRow> {
    let (catalog, book) = (&plan.catalog, &plan.prices.book);
    let slice = Slice::new(catalog, scope);
    let by_sku = usual_units(plan, &slice);
    let mut all = row(PricedGoods::All, ("", &Names::default()), book.of_all());
    let mut categories: Vec<PriceRow> = Vec::new();
    for (index, category) in catalog.categories.iter().enumerate() {
        let id = CategoryId::from_index(index);
        let named = (category.code.as_str(), &category.names);
        categories.push(row(PricedGoods::Category(id), named, book.of_category(id)));
    }
    let mut is_here = vec![false; categories.len()];
    let mut skus: Vec<PriceRow> = Vec::new();
    let mut own = book.skus().peekable();
    for (index, sku) in catalog.skus.iter().enumerate() {
        let id = SkuId::from_index(index);
        let has_own = own.next_if_eq(&id).is_some();
        if !slice.has_sku(id) {
            continue;
        }
        let named = (sku.code.as_str(), &sku.names);
        let mut one = row(PricedGoods::Sku(id), named, book.of_sku(id, sku.category));
        one.units = by_sku.get(index).copied().unwrap_or(Qty::ZERO);
        one.gained = one.units.to_f64() * (one.learnt.factor(SHOWN_CUT) - 1.0);
        let group = sku.category.index();
        is_here.get_mut(group).into_iter().for_each(|is| *is = true);
        let sums = [Some(&mut all), categories.get_mut(group)];
        for sum in sums.into_iter().flatten() {
            sum.units += one.units;
            sum.gained += one.gained;
        }
        skus.extend(Some(one).filter(|_| has_own));
    }
    let mut here = is_here.into_iter();
    categories.retain(|_| here.next() == Some(true));
    order::sort_by(&mut categories, |a, b| a.code.cmp(&b.code));
    order::sort_by(&mut skus, |a, b| a.code.cmp(&b.code));
    let mut rows = vec![all];
    rows.extend(categories);
    rows.extend(skus);
    rows
}

fn row(goods: PricedGoods, (code, names): (&str, &Names), learnt: LearntPrice) -> PriceRow {
    PriceRow {
        goods,
        code: code.to_owned(),
        names: names.clone(),
        learnt,
        units: Qty::ZERO,
        gained: 0.0,
    }
}

/// Forecasts of the weeks shown by SKU, without planned changes of price.
fn usual_units(plan: &Plan, slice: &Slice) -> Vec<Qty> {
    let mut by_sku = vec![Qty::ZERO; plan.catalog.skus.len()];
    let inside = plan.series.iter();
    for series in inside.filter(|one| slice.has(one.key, one.warehouse)) {
        let Some(sum) = by_sku.get_mut(series.key.sku.index()) else {
            continue;
        };
        let parts = plan.parts(series).into_iter().zip(&series.mean);
        for (parts, mean) in parts.take(SHOWN_WEEKS) {
            let price = parts.get(Part::Price as usize).copied();
            *sum += *mean - price.unwrap_or(Qty::ZERO);
        }
    }
    by_sku
}
