//! The keyword map: words that stand for goods, and words that may.

use super::super::window::folded;
use super::super::{Shown, both};
use super::{count, goods_of};
use engine::signals::{CompanySignals, Link, Suggestion, Vocabulary};
use protocol::signals::{KeywordDesk, WordGoods, WordLine};
use std::collections::BTreeSet;

/// Words of either kind that are shown.
const WORDS_MAX: usize = 50;

/// The words that hold a text.
pub(in super::super) fn keywords(shown: Shown<'_>, text: &str) -> KeywordDesk {
    let catalog = &shown.plan.catalog;
    let company = CompanySignals::read(shown.dataset, catalog, shown.plan.as_of);
    let told: BTreeSet<&str> = company.panel.voices().into_iter().map(|it| it.1).collect();
    let wanted = folded(text.trim());
    let is_wanted = |word: &&str| folded(word).contains(&wanted);
    let open = told.iter().copied().filter(is_wanted);
    let open: Vec<&str> = open
        .filter(|word| company.map.links(word).is_empty())
        .collect();
    let mapped = company.map.iter().filter(|(word, _)| is_wanted(word));
    let mapped: Vec<(&str, &[Link])> = mapped.collect();
    let vocabulary = Vocabulary::new(catalog, &company.map);
    let suggested = |word: &&str| WordLine {
        keyword: (*word).to_owned(),
        is_told: true,
        goods: suggestions(shown, vocabulary.suggest(word)),
    };
    let line = |(word, links): &(&str, &[Link])| WordLine {
        keyword: (*word).to_owned(),
        is_told: told.contains(word),
        goods: links.iter().map(|link| linked(shown, link)).collect(),
    };
    let categories = catalog.categories.iter();
    KeywordDesk {
        found: [count(open.len()), count(mapped.len())],
        open: open.iter().take(WORDS_MAX).map(suggested).collect(),
        mapped: mapped.iter().take(WORDS_MAX).map(line).collect(),
        categories: categories
            .map(|it| (it.code.clone(), both(Some(&it.names))))
            .collect(),
    }
}

fn suggestions(shown: Shown<'_>, found: Vec<Suggestion>) -> Vec<WordGoods> {
    let goods = |found: Suggestion| {
        let (code, is_category, names) = goods_of(shown, found.goods);
        WordGoods {
            code,
            is_category,
            names,
            by: found.by.as_str().to_owned(),
            share: found.confidence,
            region: None,
        }
    };
    found.into_iter().map(goods).collect()
}

fn linked(shown: Shown<'_>, link: &Link) -> WordGoods {
    let (code, is_category, names) = goods_of(shown, link.goods);
    let regions = &shown.plan.catalog.regions;
    let region = link.region.and_then(|id| regions.get(id.index()));
    WordGoods {
        code,
        is_category,
        names,
        by: String::new(),
        share: link.weight,
        region: region.map(|region| both(Some(&region.names))),
    }
}
