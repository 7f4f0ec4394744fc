//! Signals by period: what was searched, read and clicked, word by word.
//!
//! Figures of different words, sources or metrics are never added: an index is relative to its
//! own word and source. Counts of one word in several regions add up, levels do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Table, Texts};
use crate::day::Day;
use crate::num::count_f64;
use crate::units::Amount;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Clicks on a result.
    Clicks,
    /// Texts read.
    Reads,
    /// Texts that name it.
    Mentions,
    /// A source's own index of interest.
    Index,
    /// Times a result was shown.
    Impressions,
    /// Mean place among results, from 1.
    Position,
}

impl Metric {
    /// Every metric, the surest sign of interest first.
    pub const ALL: [Self; 6] = [
        Self::Clicks,
        Self::Reads,
        Self::Mentions,
        Self::Index,
        Self::Impressions,
        Self::Position,
    ];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clicks => "clicks",
            Self::Reads => "reads",
            Self::Mentions => "mentions",
            Self::Index => "index",
            Self::Impressions => "impressions",
            Self::Position => "position",
        }
    }

    /// Reads a word of a file.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == word)
    }

    /// Weight in the heat index. Impressions are logged with errors that clicks do not have.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::Clicks | Self::Index => 1.0,
            Self::Reads | Self::Mentions => 0.5,
            Self::Impressions => 0.25,
            Self::Position => 0.0,
        }
    }

    /// Whether it is a count, which adds up over days and regions; else a level.
    const fn is_count(self) -> bool {
        match self {
            Self::Clicks | Self::Reads | Self::Mentions | Self::Impressions => true,
            Self::Index | Self::Position => false,
        }
    }
}

/// Which signal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignalKey {
    /// Where it was read.
    pub source: String,
    /// The word.
    pub keyword: String,
    /// What is counted.
    pub metric: Metric,
    /// Code of the region; everywhere if absent.
    pub region: Option<String>,
}

/// Values by period, oldest first, the last period last; NaN where nothing is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignalPanel {
    /// In the order of their keys.
    pub signals: BTreeMap<SignalKey, Vec<f64>>,
}

/// The grid signals are put on.
pub struct Grid<'a> {
    /// Periods from a day's to the last one, 0 for the last; `None` after it.
    pub ago: &'a dyn Fn(Day) -> Option<usize>,
    /// Days in a period.
    pub days: i32,
    /// Most periods kept.
    pub periods_max: usize,
}

/// Share of a period's days that must be covered for a count to be scaled to the whole.
const COVERED_MIN: f64 = 0.4;

impl SignalPanel {
    /// Reads `signals.csv`.
    ///
    /// A source that counts days reports some days late: a count of a period that it covers in part
    /// is scaled to the whole, and one covered by less than two fifths is not known. Inside its
    /// days, a day without a row counts nothing. A source that reports once in several periods is
    /// carried on until its next report.
    #[must_use]
    pub fn new(table: &Table, grid: &Grid<'_>) -> Self {
        let rows = rows(table);
        let mut sources: BTreeMap<&str, BTreeSet<Day>> = BTreeMap::new();
        for (key, days) in &rows {
            let known = sources.entry(key.source.as_str()).or_default();
            known.extend(days.keys());
        }
        let signals = rows.iter().filter_map(|(key, values)| {
            let days = sources.get(key.source.as_str())?;
            Some((key.clone(), series(key.metric, values, days, grid)))
        });
        Self {
            signals: signals.collect(),
        }
    }

    /// Sources and words, in order.
    #[must_use]
    pub fn voices(&self) -> BTreeSet<(&str, &str)> {
        let keys = self.signals.keys();
        keys.map(|key| (key.source.as_str(), key.keyword.as_str()))
            .collect()
    }

    /// A word's surest metric at a source, in a region or everywhere: counts of all regions
    /// added, levels averaged, unless the source reports the whole itself.
    #[must_use]
    pub fn voice(&self, source: &str, keyword: &str, region: Option<&str>) -> Option<Vec<f64>> {
        let metrics = Metric::ALL
            .into_iter()
            .filter(|metric| metric.weight() > 0.0);
        let mut of_metric =
            metrics.filter_map(|metric| self.values(source, keyword, metric, region));
        of_metric.next()
    }

    /// The values of one metric, in a region or everywhere.
    #[must_use]
    pub fn values(
        &self,
        source: &str,
        keyword: &str,
        metric: Metric,
        region: Option<&str>,
    ) -> Option<Vec<f64>> {
        let key = |region: Option<&str>| SignalKey {
            source: source.to_owned(),
            keyword: keyword.to_owned(),
            metric,
            region: region.map(str::to_owned),
        };
        let own = self.signals.get(&key(region));
        if let Some(values) = own.or_else(|| self.signals.get(&key(None))) {
            return Some(values.clone());
        }
        if region.is_some() {
            return None;
        }
        let of_word =
            |it: &&SignalKey| it.source == source && it.keyword == keyword && it.metric == metric;
        let regions = self.signals.range(key(None)..).map(|(key, _)| key);
        let regions: Vec<&SignalKey> = regions.take_while(of_word).collect();
        let parts = regions.iter().filter_map(|key| self.signals.get(*key));
        merged(metric, &parts.map(Vec::as_slice).collect::<Vec<_>>())
    }
}

/// Regions of one word together.
fn merged(metric: Metric, parts: &[&[f64]]) -> Option<Vec<f64>> {
    let length = parts.iter().map(|part| part.len()).max()?;
    let mut sums = vec![(0.0, 0_usize); length];
    for part in parts {
        for ((sum, count), value) in sums.iter_mut().rev().zip(part.iter().rev()) {
            if !value.is_nan() {
                *sum += value;
                *count += 1;
            }
        }
    }
    let whole = |(sum, count): (f64, usize)| match (count, metric.is_count()) {
        (0, _) => f64::NAN,
        (_, true) => sum,
        (_, false) => sum / count_f64(count),
    };
    Some(sums.into_iter().map(whole).collect())
}

fn rows(table: &Table) -> BTreeMap<SignalKey, BTreeMap<Day, f64>> {
    let mut rows: BTreeMap<SignalKey, BTreeMap<Day, f64>> = BTreeMap::new();
    let texts = |column: &str| table.texts(column);
    let word =
        |texts: Option<&Texts>, row: usize| texts.and_then(|it| it.get(row)).map(str::to_owned);
    let columns = ["source", "keyword", "metric", "region"].map(texts);
    let [source, keyword, metric, region] = columns;
    for row in 0..table.len() {
        let key = || {
            Some(SignalKey {
                source: word(source, row)?,
                keyword: word(keyword, row)?,
                metric: Metric::parse(metric?.get(row)?)?,
                region: word(region, row),
            })
        };
        let value = table.number("value", row).map(Amount::from_millionths);
        if let Some(((key, day), value)) = key().zip(table.day("date", row)).zip(value) {
            rows.entry(key).or_default().insert(day, value.to_f64());
        }
    }
    rows
}

/// Days between two reports: the smallest step between days that stand in order.
fn spacing(days: impl Iterator<Item = Day> + Clone) -> i32 {
    let steps = days.clone().zip(days.skip(1)).map(|(a, b)| b - a);
    steps.filter(|step| *step > 0).min().unwrap_or(1)
}

fn series(
    metric: Metric,
    values: &BTreeMap<Day, f64>,
    source_days: &BTreeSet<Day>,
    grid: &Grid<'_>,
) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (day, value) in values {
        let ago = (grid.ago)(*day).filter(|ago| *ago < grid.periods_max);
        if let Some(ago) = ago {
            let (sum, count) = sums.entry(ago).or_insert((0.0, 0));
            *sum += value;
            *count += 1;
        }
    }
    let Some(oldest) = sums.keys().next_back().copied() else {
        return Vec::new();
    };
    let step = spacing(source_days.iter().copied());
    let is_daily_count = metric.is_count() && step < grid.days;
    let mut series = vec![f64::NAN; oldest + 1];
    if is_daily_count {
        for (ago, covered) in covered(source_days, grid, step) {
            let share = f64::from(covered) / f64::from(grid.days);
            let slot = oldest.checked_sub(ago).and_then(|at| series.get_mut(at));
            if let Some(slot) = slot.filter(|_| share >= COVERED_MIN) {
                *slot = sums.get(&ago).map_or(0.0, |(sum, _)| *sum) / share.min(1.0);
            }
        }
    } else {
        for (ago, (sum, count)) in &sums {
            let value = if metric.is_count() {
                *sum
            } else {
                sum / count_f64(*count)
            };
            if let Some(slot) = oldest.checked_sub(*ago).and_then(|at| series.get_mut(at)) {
                *slot = value;
            }
        }
        carry_on(&mut series, step / grid.days.max(1));
    }
    series
}

/// Days of each period that lie between the first and the last report of a source.
fn covered(days: &BTreeSet<Day>, grid: &Grid<'_>, step: i32) -> BTreeMap<usize, i32> {
    let mut covered = BTreeMap::new();
    let ends = days.iter().next().zip(days.iter().next_back());
    let Some((first, last)) = ends else {
        return covered;
    };
    let mut day = *first;
    while day <= *last {
        if let Some(ago) = (grid.ago)(day) {
            *covered.entry(ago).or_insert(0) += step;
        }
        day = day + step;
    }
    covered
}

/// Repeats each report for the periods until the next one is due.
fn carry_on(series: &mut [f64], periods: i32) {
    let mut last = (f64::NAN, 0);
    for value in series {
        if value.is_nan() && last.1 < periods {
            *value = last.0;
            last.1 += 1;
        } else {
            last = (*value, 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{TableId, read_csv};

    fn panel(text: &str) -> SignalPanel {
        let table = read_csv(TableId::Signals, "signals.csv", text.as_bytes()).table;
        let last = Day::parse_iso("2026-03-29").unwrap();
        let ago = |day: Day| usize::try_from((last - day).div_euclid(7)).ok();
        let grid = Grid {
            ago: &ago,
            days: 7,
            periods_max: 312,
        };
        SignalPanel::new(&table, &grid)
    }

    #[test]
    fn a_week_reported_in_part_is_scaled_and_regions_add_up() {
        let mut text = "date,source,keyword,region,metric,value\n".to_owned();
        for day in 1..=26 {
            text += &format!("2026-03-{day:02},gsc,奶粉,east,clicks,2\n");
            if day % 2 == 0 {
                text += &format!("2026-03-{day:02},gsc,奶粉,west,clicks,1\n");
            }
        }
        let panel = panel(&text);
        // Weeks end on Sundays: 1 March is one, alone in its week; 26 March is a Thursday.
        let east = panel.voice("gsc", "奶粉", Some("east")).unwrap();
        assert!(east[0].is_nan());
        assert_eq!(east[1..4], [14.0, 14.0, 14.0]);
        assert!((east[4] - 14.0).abs() < 1e-9);
        let all = panel.voice("gsc", "奶粉", None).unwrap();
        assert_eq!(all[1..4], [18.0, 17.0, 18.0]);
    }

    #[test]
    fn an_index_is_a_level_and_goes_on_until_its_next_report() {
        let panel = panel(
            "date,source,keyword,region,metric,value\n\
             2026-02-05,baidu,a,,index,100\n2026-03-05,baidu,a,,index,300\n\
             2026-03-27,trend,b,,position,4\n2026-03-28,trend,b,,position,8\n",
        );
        let index = panel.voice("baidu", "a", None).unwrap();
        assert_eq!(
            index,
            [100.0, 100.0, 100.0, 100.0, 300.0, 300.0, 300.0, 300.0][..index.len()]
        );
        assert_eq!(panel.voice("trend", "b", None), None);
        let place = panel.values("trend", "b", Metric::Position, None).unwrap();
        assert_eq!(place, [6.0]);
    }
}
