//! Which goods a word probably stands for, to be confirmed by a person.

use std::collections::BTreeMap;

use super::keyword_map::{Goods, KeywordMap};
use super::words::{edit_distance, holds, normal_form, pairs};
use crate::ids::CategoryId;
use crate::master::Catalog;
use crate::num::count_f64;
use crate::order;

/// How a word and a name agree, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The same word.
    Exact,
    /// The same word as one that is mapped already, but for spelling.
    Alias,
    /// One holds the other.
    Contains,
    /// Few letters apart.
    Similar,
}

impl Match {
    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Contains => "contains",
            Self::Similar => "edit_distance",
        }
    }
}

/// Goods that a word probably stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The word.
    pub keyword: String,
    /// The goods.
    pub goods: Goods,
    /// How word and name agree.
    pub by: Match,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Most goods suggested for a word.
const SUGGESTIONS_MAX: usize = 3;
/// Names looked at for each word: those that share the most pairs of letters.
const NAMES_MAX: usize = 300;
/// Least likeness of two words that are not the same.
const LIKENESS_MIN: f64 = 0.6;
/// SKUs of one category that hold a word before the word stands for the category.
const CATEGORY_SKUS: usize = 4;

/// Names of goods, found by the pairs of letters in them.
pub struct Vocabulary {
    names: Vec<Name>,
    by_pair: BTreeMap<(char, char), Vec<u32>>,
    /// Category of each SKU.
    categories: Vec<CategoryId>,
}

struct Name {
    word: Vec<char>,
    goods: Goods,
    is_alias: bool,
}

impl Vocabulary {
    /// Codes and names of goods and categories, and the words that are mapped already.
    #[must_use]
    pub fn new(catalog: &Catalog, map: &KeywordMap) -> Self {
        let mut vocabulary = Self {
            names: Vec::new(),
            by_pair: BTreeMap::new(),
            categories: catalog.skus.iter().map(|sku| sku.category).collect(),
        };
        for (place, category) in catalog.categories.iter().enumerate() {
            let goods = Goods::Category(CategoryId::from_index(place));
            for text in [&category.code, &category.names.zh, &category.names.en] {
                vocabulary.add(text, goods, false);
            }
        }
        for (place, sku) in catalog.skus.iter().enumerate() {
            let goods = Goods::Sku(crate::ids::SkuId::from_index(place));
            for text in [&sku.code, &sku.names.zh, &sku.names.en] {
                vocabulary.add(text, goods, false);
            }
        }
        for (word, links) in map.iter() {
            for link in links {
                vocabulary.add(word, link.goods, true);
            }
        }
        vocabulary
    }

    fn add(&mut self, text: &str, goods: Goods, is_alias: bool) {
        let word = normal_form(text);
        let Some(id) = crate::num::index_u32(self.names.len()).filter(|_| word.len() > 1) else {
            return;
        };
        for pair in pairs(&word) {
            let names = self.by_pair.entry(pair).or_default();
            if names.last() != Some(&id) {
                names.push(id);
            }
        }
        self.names.push(Name {
            word,
            goods,
            is_alias,
        });
    }

    /// The goods a word probably stands for, the likeliest first.
    #[must_use]
    pub fn suggest(&self, keyword: &str) -> Vec<Suggestion> {
        let word = normal_form(keyword);
        let mut best: BTreeMap<Goods, (f64, Match)> = BTreeMap::new();
        for name in self.candidates(&word) {
            let Some((by, confidence)) = likeness(&word, name) else {
                continue;
            };
            let known = best.entry(name.goods).or_insert((0.0, by));
            if confidence > known.0 {
                *known = (confidence, by);
            }
        }
        self.widen(&mut best);
        let suggestion = |(goods, (confidence, by))| Suggestion {
            keyword: keyword.to_owned(),
            goods,
            by,
            confidence,
        };
        let mut found: Vec<Suggestion> = best.into_iter().map(suggestion).collect();
        order::sort_by(&mut found, |a, b| {
            let surer = b.confidence.total_cmp(&a.confidence);
            surer.then(a.by.cmp(&b.by)).then(a.goods.cmp(&b.goods))
        });
        found.truncate(SUGGESTIONS_MAX);
        found
    }

    /// Names that share pairs of letters with a word, those that share most first.
    fn candidates(&self, word: &[char]) -> impl Iterator<Item = &Name> {
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for pair in pairs(word) {
            for name in self.by_pair.get(&pair).into_iter().flatten() {
                *shared.entry(*name).or_insert(0) += 1;
            }
        }
        let mut names: Vec<(u32, usize)> = shared.into_iter().collect();
        order::sort_by(&mut names, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        names.truncate(NAMES_MAX);
        let names = names.into_iter();
        names.filter_map(|(id, _)| self.names.get(crate::num::index_usize(id)))
    }

    /// A word that many goods of one category hold stands for the category.
    fn widen(&self, best: &mut BTreeMap<Goods, (f64, Match)>) {
        let mut holders: BTreeMap<CategoryId, (usize, f64)> = BTreeMap::new();
        for (goods, (confidence, by)) in &*best {
            if let (Goods::Sku(sku), Match::Contains) = (goods, by)
                && let Some(category) = self.categories.get(sku.index())
            {
                let (count, surest) = holders.entry(*category).or_insert((0, 0.0));
                *count += 1;
                *surest = f64::max(*surest, *confidence);
            }
        }
        let all: usize = holders.values().map(|(count, _)| count).sum();
        for (category, (count, surest)) in holders {
            if count < CATEGORY_SKUS {
                continue;
            }
            let share = count_f64(count) / count_f64(all);
            let wide = best
                .entry(Goods::Category(category))
                .or_insert((0.0, Match::Contains));
            wide.0 = wide.0.max((surest + 0.1).min(0.9) * share);
        }
    }
}

/// How a word agrees with a name, and how surely they mean the same.
fn likeness(word: &[char], name: &Name) -> Option<(Match, f64)> {
    let (shorter, longer) = match word.len() <= name.word.len() {
        true => (word, name.word.as_slice()),
        false => (name.word.as_slice(), word),
    };
    let coverage = count_f64(shorter.len()) / count_f64(longer.len().max(1));
    if word == name.word {
        return Some(match name.is_alias {
            true => (Match::Alias, 0.95),
            false => (Match::Exact, 1.0),
        });
    }
    if holds(longer, shorter) {
        return Some((Match::Contains, 0.4 + 0.5 * coverage));
    }
    // The distance is at least what the lengths differ by.
    let like = |distance: usize| 1.0 - count_f64(distance) / count_f64(longer.len().max(1));
    if like(longer.len() - shorter.len()) < LIKENESS_MIN {
        return None;
    }
    let like = like(edit_distance(word, &name.word));
    let by = if name.is_alias {
        Match::Alias
    } else {
        Match::Similar
    };
    (like >= LIKENESS_MIN).then_some((by, 0.85 * like))
}
