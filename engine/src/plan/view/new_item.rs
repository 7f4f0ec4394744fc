//! What a new item may follow, and what comes of it.

use crate::dataset::Dataset;
use crate::day::Day;
use crate::ids::SkuId;
use crate::master::Sku;
use crate::num;
use crate::order;
use crate::plan::Plan;
use crate::plan::launch::{Draft, ItemForecast, LaunchDesk, LaunchSources};
use crate::units::Amount;

/// Goods that are suggested.
const SUGGESTIONS: usize = 8;
/// How much more another category weighs than a price twice as high.
const OTHER_CATEGORY: f64 = 4.0;

/// Goods that a new item may follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Analogue {
    /// Which goods.
    pub sku: SkuId,
    /// Whether they are of the category of the new item.
    pub is_same_category: bool,
    /// Their price over that of the new item.
    pub price_ratio: Option<f64>,
    /// Launch; `None` where the history begins later.
    pub launch: Option<Day>,
    /// Units a week over the first weeks.
    pub level: f64,
    /// Units by week from the launch on.
    pub ramp: Vec<f64>,
}

/// A draft with what it may follow and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct NewItem {
    /// Goods chosen, then the most alike whose launch is known.
    pub analogues: Vec<Analogue>,
    /// Items learnt from.
    pub learnt: usize,
    /// `None` where nothing can be expected.
    pub forecast: Option<ItemForecast>,
}

/// What a draft may follow and comes to.
#[must_use]
pub fn new_item(plan: &Plan, dataset: &Dataset, draft: &Draft) -> NewItem {
    let lifts = (&plan.lifts, &plan.prices.lifts);
    let sources = LaunchSources::new(&plan.catalog, plan.as_of, &plan.settings, lifts);
    let desk = LaunchDesk::of(dataset, &sources, draft);
    NewItem {
        analogues: analogues(plan, &desk, draft),
        learnt: desk.book().map_or(0, |book| book.items),
        forecast: desk.forecast(draft, &plan.groups, &sources),
    }
}

fn analogues(plan: &Plan, desk: &LaunchDesk, draft: &Draft) -> Vec<Analogue> {
    let mut found = Vec::new();
    for (id, sku) in plan.catalog.skus.iter().enumerate() {
        let id = SkuId::from_index(id);
        let is_chosen = draft.analogues.contains(&id);
        let may_follow = is_chosen || desk.has_launch(id);
        if Some(id) == draft.sku || !may_follow {
            continue;
        }
        found.push((distance(draft, sku, is_chosen), id));
    }
    order::sort_by(&mut found, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.truncate(SUGGESTIONS.max(draft.analogues.len()));
    found
        .into_iter()
        .filter_map(|(_, id)| analogue(plan, desk, draft, id))
        .collect()
}

/// Zero for goods that are chosen; else by category and price.
fn distance(draft: &Draft, sku: &Sku, is_chosen: bool) -> f64 {
    if is_chosen {
        return -1.0;
    }
    let category = if draft.category == Some(sku.category) {
        0.0
    } else {
        OTHER_CATEGORY
    };
    let price = ratio(draft, sku).map_or(1.0, |ratio| num::ln(num::larger(ratio, 1e-6)).abs());
    category + price
}

fn ratio(draft: &Draft, sku: &Sku) -> Option<f64> {
    let own = draft
        .price
        .map(Amount::to_f64)
        .filter(|price| *price > 0.0)?;
    Some(sku.list_price?.to_f64() / own)
}

fn analogue(plan: &Plan, desk: &LaunchDesk, draft: &Draft, id: SkuId) -> Option<Analogue> {
    let sku = plan.catalog.sku(id)?;
    let levels = desk.levels_of(id);
    Some(Analogue {
        sku: id,
        is_same_category: draft.category == Some(sku.category),
        price_ratio: ratio(draft, sku),
        launch: desk.launch_of(id),
        level: levels.iter().map(|(_, units)| units).sum(),
        ramp: desk.ramp_of(id),
    })
}
