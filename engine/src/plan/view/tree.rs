//! The navigators of demand: categories with their SKUs, channels, regions.

use crate::order;
use std::collections::BTreeMap;

use super::scope::{Scope, Slice};
use crate::forecast::Holdout;
use crate::ids::CategoryId;
use crate::master::{Catalog, Names};
use crate::plan::{Plan, SeriesForecast};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// A category.
    Category,
    /// A SKU inside its category.
    Sku,
    /// A channel.
    Channel,
    /// A region.
    Region,
    /// Everything in the scope.
    All,
}

impl Attribute {
    /// The name in scopes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Sku => "sku",
            Self::Channel => "channel",
            Self::Region => "region",
            Self::All => "all",
        }
    }
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandNode {
    /// What it is.
    pub attribute: Attribute,
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// Position of the node above in the list.
    pub parent: Option<usize>,
    /// Forecast of the next four weeks, units a week.
    pub rate: f64,
    /// Errors of forecasts at the lag of the plan.
    pub holdout: Holdout,
}

/// Nodes with demand inside a scope; parents stand before their children, siblings by falling demand.
/// The last node is the sum of the scope.
pub fn demand_tree(plan: &Plan, scope: Scope) -> Vec<DemandNode> {
    let catalog = &plan.catalog;
    let slice = Slice::new(catalog, scope);
    let mut sums = Sums::default();
    for series in &plan.series {
        if slice.has(series.key, series.warehouse) {
            sums.add(catalog, series);
        }
    }
    let mut nodes = Vec::new();
    let roots = (0..catalog.categories.len()).map(CategoryId::from_index);
    let roots: Vec<_> = roots
        .filter(|id| category_parent(catalog, *id).is_none())
        .collect();
    push_categories(&mut nodes, catalog, &sums, &roots, None);
    let channels = catalog.channels.iter().enumerate();
    let channels =
        channels.map(|(index, channel)| (Attribute::Channel, index, &channel.code, &channel.names));
    push_flat(&mut nodes, &sums, channels.collect(), None);
    let regions = catalog.regions.iter().enumerate();
    let regions =
        regions.map(|(index, region)| (Attribute::Region, index, &region.code, &region.names));
    push_flat(&mut nodes, &sums, regions.collect(), None);
    let (code, names) = (String::new(), Names::default());
    push_flat(
        &mut nodes,
        &sums,
        vec![(Attribute::All, 0, &code, &names)],
        None,
    );
    nodes
}

#[derive(Default)]
struct Sums {
    by_node: BTreeMap<(Attribute, usize), (f64, Holdout)>,
}

impl Sums {
    fn add(&mut self, catalog: &Catalog, series: &SeriesForecast) {
        let own_rate = series.rate();
        let key = series.key;
        let mut nodes = vec![
            (Attribute::Sku, key.sku.index()),
            (Attribute::Channel, key.channel.index()),
            (Attribute::Region, key.region.index()),
            (Attribute::All, 0),
        ];
        let mut category = catalog.sku(key.sku).map(|sku| sku.category);
        while let Some(id) =
            category.filter(|id| !nodes.contains(&(Attribute::Category, id.index())))
        {
            nodes.push((Attribute::Category, id.index()));
            category = category_parent(catalog, id);
        }
        for node in nodes {
            let (rate, holdout) = self.by_node.entry(node).or_default();
            *rate += own_rate;
            holdout.merge(&series.holdout);
        }
    }

    fn get(&self, attribute: Attribute, index: usize) -> Option<(f64, Holdout)> {
        self.by_node.get(&(attribute, index)).copied()
    }
}

fn category_parent(catalog: &Catalog, id: CategoryId) -> Option<CategoryId> {
    catalog
        .categories
        .get(id.index())
        .and_then(|category| category.parent)
}

fn push_categories(
    nodes: &mut Vec<DemandNode>,
    catalog: &Catalog,
    sums: &Sums,
    ids: &[CategoryId],
    parent: Option<usize>,
) {
    let mut ids: Vec<(CategoryId, f64)> = ids
        .iter()
        .filter_map(|id| Some((*id, sums.get(Attribute::Category, id.index())?.0)))
        .collect();
    order::sort_by(&mut ids, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (id, _) in ids {
        let Some(category) = catalog.categories.get(id.index()) else {
            continue;
        };
        let entry = (
            Attribute::Category,
            id.index(),
            &category.code,
            &category.names,
        );
        push_flat(nodes, sums, vec![entry], parent);
        let here = Some(nodes.len() - 1);
        let children = (0..catalog.categories.len()).map(CategoryId::from_index);
        let children: Vec<_> = children
            .filter(|child| category_parent(catalog, *child) == Some(id))
            .collect();
        push_categories(nodes, catalog, sums, &children, here);
        let skus = catalog
            .skus
            .iter()
            .enumerate()
            .filter(|(_, sku)| sku.category == id);
        let skus = skus.map(|(index, sku)| (Attribute::Sku, index, &sku.code, &sku.names));
        push_flat(nodes, sums, skus.collect(), here);
    }
}

type Entry<'a> = (Attribute, usize, &'a String, &'a Names);

fn push_flat(
    nodes: &mut Vec<DemandNode>,
    sums: &Sums,
    entries: Vec<Entry<'_>>,
    parent: Option<usize>,
) {
    let with_sums = |entry: Entry<'_>| {
        sums.get(entry.0, entry.1)
            .map(|sums| (sums, entry.2.clone(), entry.3.clone(), entry.0))
    };
    let mut found: Vec<_> = entries.into_iter().filter_map(with_sums).collect();
    order::sort_by(&mut found, |a, b| {
        b.0.0.total_cmp(&a.0.0).then(a.1.cmp(&b.1))
    });
    nodes.extend(
        found
            .into_iter()
            .map(|((rate, holdout), code, names, attribute)| DemandNode {
                attribute,
                code,
                names,
                parent,
                rate,
                holdout,
            }),
    );
}
