//! How many tracked words stand high among the results.

use std::collections::{BTreeMap, BTreeSet};

use super::keyword_map::KeywordMap;
use super::panel::{Metric, SignalPanel};

/// Places counted as high.
pub const TOP_PLACES: [u32; 3] = [3, 10, 20];

/// Coverage of one source in one region and week.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// Where positions were read.
    pub source: String,
    /// Code of the region; everywhere if absent.
    pub region: Option<String>,
    /// Weeks before the last one of the panel.
    pub weeks_ago: usize,
    /// Place up to which a word counts.
    pub top: u32,
    /// Words with a mean position up to that place.
    pub covered: usize,
    /// Words tracked: those with a position in any week of this source and region, and all mapped
    /// ones.
    pub tracked: usize,
}

impl CoverageRow {
    /// Share of covered words.
    #[must_use]
    pub fn share(&self) -> f64 {
        crate::num::count_f64(self.covered) / crate::num::count_f64(self.tracked.max(1))
    }
}

/// A word and its positions by week.
type Word<'a> = (&'a str, &'a [f64]);

/// Coverage by source, region and place over the last `weeks` weeks, newest first. A word
/// without a position in a week is not covered in it.
#[must_use]
pub fn coverage(panel: &SignalPanel, map: &KeywordMap, weeks: usize) -> Vec<CoverageRow> {
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<Word<'_>>> = BTreeMap::new();
    for (key, values) in &panel.signals {
        if key.metric == Metric::Position {
            let group = (key.source.as_str(), key.region.as_deref());
            let words = groups.entry(group).or_default();
            words.push((key.keyword.as_str(), values));
        }
    }
    let mut rows = Vec::new();
    for ((source, region), words) in groups {
        let mut tracked: BTreeSet<&str> = words.iter().map(|(word, _)| *word).collect();
        tracked.extend(map.iter().map(|(word, _)| word));
        for weeks_ago in 0..weeks {
            for top in TOP_PLACES {
                let is_high = |values: &[f64]| {
                    let place = values.len().checked_sub(1 + weeks_ago);
                    let place = place.and_then(|at| values.get(at));
                    place.is_some_and(|place| *place <= f64::from(top))
                };
                rows.push(CoverageRow {
                    source: source.to_owned(),
                    region: region.map(str::to_owned),
                    weeks_ago,
                    top,
                    covered: words.iter().filter(|(_, values)| is_high(values)).count(),
                    tracked: tracked.len(),
                });
            }
        }
    }
    rows
}
