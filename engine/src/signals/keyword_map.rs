//! Which words stand for which goods: `keywords.csv`.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::ids::{CategoryId, RegionId, SkuId};
use crate::master::Catalog;
use crate::units::Amount;

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goods {
    /// All goods of a category.
    Category(CategoryId),
    /// One SKU.
    Sku(SkuId),
}

/// One row of the keyword map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// What the word stands for.
    pub goods: Goods,
    /// Where; everywhere if absent.
    pub region: Option<RegionId>,
    /// Weight times confidence.
    pub weight: f64,
    /// First day it holds.
    pub from: Option<Day>,
    /// Last day it holds.
    pub to: Option<Day>,
}

impl Link {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The keyword map of a company.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeywordMap {
    links: BTreeMap<String, Vec<Link>>,
    /// Rows whose SKU, category or region no other table names.
    pub unknown: usize,
}

impl KeywordMap {
    /// Reads the map. A weight or confidence that is not given is 1.
    #[must_use]
    pub fn new(dataset: &Dataset, catalog: &Catalog) -> Self {
        let mut map = Self::default();
        let Some(table) = dataset.table(TableId::Keywords) else {
            return map;
        };
        for row in 0..table.len() {
            let text = |column| table.text(column, row);
            let share = |column| {
                let number = table.number(column, row).map(Amount::from_millionths);
                number.map_or(1.0, Amount::to_f64).max(0.0)
            };
            let goods = match (text("sku"), text("category")) {
                (Some(sku), _) => catalog.sku_id(sku).map(Goods::Sku),
                (None, Some(category)) => catalog.category_id(category).map(Goods::Category),
                (None, None) => None,
            };
            let region = text("region").map(|region| catalog.region_id(region));
            let known = text("keyword").zip(goods).filter(|_| region != Some(None));
            let Some((keyword, goods)) = known else {
                map.unknown += 1;
                continue;
            };
            map.links.entry(keyword.to_owned()).or_default().push(Link {
                goods,
                region: region.flatten(),
                weight: share("weight") * share("confidence"),
                from: table.day("from", row),
                to: table.day("to", row),
            });
        }
        map
    }

    /// The links of a word; none if it is not mapped.
    #[must_use]
    pub fn links(&self, keyword: &str) -> &[Link] {
        self.links.get(keyword).map_or(&[], Vec::as_slice)
    }

    /// Every mapped word with its links, in the order of words.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Link])> {
        let links = self.links.iter();
        links.map(|(word, links)| (word.as_str(), links.as_slice()))
    }

    /// Number of mapped words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether no word is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }
}
