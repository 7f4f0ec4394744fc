//! The heat index: how much is searched and read about goods, 100 being usual.
//!
//! H(sku, region, week) = 100 x sum of w x / m over sum of w, clipped to [0, 400]: x the value of
//! a word, source and metric, m the median of its own last 52 weeks, w the weight of the link
//! times that of the metric. Every word and source is measured against itself, never against
//! another, because indices are relative.

use std::collections::{BTreeMap, BTreeSet};

use super::keyword_map::{Goods, KeywordMap, Link};
use super::panel::{Metric, SignalKey, SignalPanel};
use crate::day::Day;
use crate::ids::{RegionId, SkuId};
use crate::master::Catalog;
use crate::num::count_f64;
use crate::order;

/// Largest heat.
pub const HEAT_MAX: f64 = 400.0;
/// Weeks a value is measured against.
const MEDIAN_WEEKS: usize = 52;
/// Fewest known weeks that make a median.
const MEDIAN_MIN: usize = 8;

/// Heat of goods in a region by week, oldest first, ending with the panel; NaN where no word of
/// theirs is known.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// Which goods.
    pub goods: Goods,
    /// Where; everywhere if absent.
    pub region: Option<RegionId>,
    /// Heat by week.
    pub weeks: Vec<f64>,
    /// Words behind it.
    pub keywords: usize,
}

/// The heat of every SKU that is mapped itself and of every category that is, everywhere and in
/// each region that a signal of theirs names. The words of a category count for its mapped SKUs.
#[must_use]
pub fn heat(panel: &SignalPanel, map: &KeywordMap, catalog: &Catalog, as_of: Day) -> Vec<HeatRow> {
    let mut goods: BTreeSet<Goods> = BTreeSet::new();
    for (_, links) in map.iter() {
        goods.extend(links.iter().map(|link| link.goods));
    }
    let mut rows = Vec::new();
    let mut ratios = Ratios::new(panel);
    for goods in goods {
        let words = words(goods, map, catalog);
        for region in regions(panel, &words, catalog) {
            let weeks = weeks(&mut ratios, &words, (region, catalog), as_of);
            if weeks.iter().any(|value| !value.is_nan()) {
                rows.push(HeatRow {
                    goods,
                    region,
                    weeks,
                    keywords: words.len(),
                });
            }
        }
    }
    rows
}

/// The words of some goods with their links.
fn words<'a>(goods: Goods, map: &'a KeywordMap, catalog: &Catalog) -> Vec<(&'a str, Link)> {
    let category = |sku: SkuId| catalog.sku(sku).map(|sku| Goods::Category(sku.category));
    let wider = match goods {
        Goods::Sku(sku) => category(sku),
        Goods::Category(_) => None,
    };
    let mut words = Vec::new();
    for (word, links) in map.iter() {
        let own = |link: &&Link| link.goods == goods || Some(link.goods) == wider;
        words.extend(links.iter().filter(own).map(|link| (word, *link)));
    }
    words
}

fn regions(
    panel: &SignalPanel,
    words: &[(&str, Link)],
    catalog: &Catalog,
) -> BTreeSet<Option<RegionId>> {
    let mut regions = BTreeSet::from([None]);
    for key in panel.signals.keys() {
        if words.iter().any(|(word, _)| *word == key.keyword) {
            let region = key
                .region
                .as_deref()
                .and_then(|code| catalog.region_id(code));
            regions.extend(region.map(Some));
        }
    }
    regions
}

/// Ratios by word, source, metric and region, each worked out once.
struct Ratios<'a> {
    panel: &'a SignalPanel,
    sources: BTreeSet<&'a str>,
    known: BTreeMap<SignalKey, Vec<f64>>,
}

impl<'a> Ratios<'a> {
    fn new(panel: &'a SignalPanel) -> Self {
        let sources = panel.signals.keys().map(|key| key.source.as_str());
        Self {
            panel,
            sources: sources.collect(),
            known: BTreeMap::new(),
        }
    }

    fn of(&mut self, key: SignalKey) -> &[f64] {
        let panel = self.panel;
        let find = |key: &SignalKey| {
            let region = key.region.as_deref();
            let values = panel.values(&key.source, &key.keyword, key.metric, region);
            values.map_or_else(Vec::new, |values| ratios(&values))
        };
        self.known.entry(key).or_insert_with_key(find)
    }
}

fn weeks(
    ratios: &mut Ratios<'_>,
    words: &[(&str, Link)],
    (region, catalog): (Option<RegionId>, &Catalog),
    as_of: Day,
) -> Vec<f64> {
    let code = region.and_then(|id| catalog.regions.get(id.index()));
    let code = code.map(|region| region.code.clone());
    // By weeks before the last: sum of weighted ratios and of weights.
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (word, link) in words {
        if link.region.is_some() && link.region != region {
            continue;
        }
        for source in ratios.sources.clone() {
            for metric in Metric::ALL {
                let weight = link.weight * metric.weight();
                if weight <= 0.0 {
                    continue;
                }
                let of_metric = ratios.of(SignalKey {
                    source: source.to_owned(),
                    keyword: (*word).to_owned(),
                    metric,
                    region: code.clone(),
                });
                for (ago, ratio) in of_metric.iter().rev().enumerate() {
                    let day = as_of - 7 * i32::try_from(ago).unwrap_or(i32::MAX / 7);
                    if !ratio.is_nan() && link.holds_on(day) {
                        let (sum, total) = sums.entry(ago).or_insert((0.0, 0.0));
                        *sum += weight * ratio;
                        *total += weight;
                    }
                }
            }
        }
    }
    let Some(oldest) = sums.keys().next_back().copied() else {
        return Vec::new();
    };
    let heat = |ago: usize| {
        let found = sums.get(&ago);
        found.map_or(f64::NAN, |(sum, total)| {
            (100.0 * sum / total).clamp(0.0, HEAT_MAX)
        })
    };
    (0..=oldest).rev().map(heat).collect()
}

/// Each value over the median of the weeks before it; NaN where too few are known or the usual
/// value is none.
#[must_use]
pub(super) fn ratios(values: &[f64]) -> Vec<f64> {
    let ratio = |(at, value): (usize, &f64)| {
        let start = at.saturating_sub(MEDIAN_WEEKS);
        let before = values.get(start..at).unwrap_or_default();
        let known = before.iter().copied().filter(|value| !value.is_nan());
        match median(known.collect()) {
            Some(median) if median > 0.0 => value / median,
            _ => f64::NAN,
        }
    };
    values.iter().enumerate().map(ratio).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    if values.len() < MEDIAN_MIN {
        return None;
    }
    order::sort_by(&mut values, f64::total_cmp);
    let middle = values.get((values.len() - 1) / 2..=values.len() / 2)?;
    Some(middle.iter().sum::<f64>() / count_f64(middle.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_measured_against_its_own_past_year() {
        let mut values = vec![10.0; 60];
        values.extend([30.0, f64::NAN]);
        let ratios = ratios(&values);
        assert!(ratios[7].is_nan() && ratios[8] == 1.0);
        assert_eq!(ratios[60], 3.0);
        assert!(ratios[61].is_nan());
        assert_eq!(
            median(vec![1.0, 4.0, 2.0, 3.0, 9.0, 9.0, 0.0, 0.0]),
            Some(2.5)
        );
    }
}
