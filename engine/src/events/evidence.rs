//! What was measured: the days of every occurrence of an event against quiet days, and the same
//! measure on windows in which nothing happened.

use std::ops::Range;

use super::panel::{Panel, QuietDays, log_ratio};
use super::shape::Shape;
use super::span::EventSpan;
use crate::day::Day;
use crate::num::{count_f64, exp, floor_count, ln};
use crate::order;
use crate::rng::Stream;

/// Measures of one effect on one row: logarithms of demand over the level of quiet days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Measures taken.
    pub(super) count: f64,
    /// Of a group: its log ratio less that of all groups; of all groups: their log ratio.
    sum: f64,
    squares: f64,
    logs: f64,
    ratios: f64,
    /// Sum of the levels, units.
    pub(super) level: f64,
    /// Largest log ratio; meaningless without a measure.
    pub(super) log_max: f64,
}

impl Tally {
    fn add(&mut self, log: f64, deviation: f64, level: f64) {
        self.log_max = if self.count > 0.0 {
            self.log_max.max(log)
        } else {
            log
        };
        self.count += 1.0;
        self.sum += deviation;
        self.squares += deviation * deviation;
        self.logs += log;
        self.ratios += exp(log);
        self.level += level;
    }

    /// Mean measure; zero without any.
    pub(super) fn mean(&self) -> f64 {
        self.sum / self.count.max(1.0)
    }

    /// Sum of squares about the mean.
    pub(super) fn spread(&self) -> f64 {
        (self.squares - self.sum * self.mean()).max(0.0)
    }

    /// Mean square: the variance of a measure whose expectation is zero.
    pub(super) fn noise(&self) -> f64 {
        self.squares / self.count.max(1.0)
    }

    /// What a mean of logarithms lacks of the logarithm of a mean, at least zero.
    ///
    /// Source: Duan (1983), JASA 78, 605-610, smearing estimate.
    pub(super) fn smear(&self) -> f64 {
        if self.count > 0.0 {
            (ln(self.ratios / self.count) - self.logs / self.count).max(0.0)
        } else {
            0.0
        }
    }
}

/// All that is known of one event. Rows are the categories it concerns, then all of them together.
pub(super) struct Evidence {
    pub(super) kind: u32,
    /// The categories it concerns, in order.
    pub(super) categories: Vec<usize>,
    pub(super) shape: Shape,
    /// The whole event, by row.
    pub(super) body: Vec<Tally>,
    /// Each day, rows of the first position, then of the next.
    pub(super) days: Vec<Tally>,
    /// The whole of a window without an event, by row.
    pub(super) quiet_body: Vec<Tally>,
    /// A day of a window without an event, by row.
    pub(super) quiet_day: Vec<Tally>,
    /// How many windows without an event fit into the history beside each other.
    pub(super) quiet_windows: f64,
}

/// The history of one circle of goods, and which of its days may be touched by an event.
pub(super) struct History {
    panel: Panel,
    /// Categories of the panel's rows, in order.
    categories: Vec<usize>,
    is_taken: Vec<bool>,
    /// Days that are not, in order.
    quiet: Vec<usize>,
}

impl History {
    pub(super) fn new(panel: Panel, categories: Vec<usize>, owners: &[(Day, usize)]) -> Self {
        let mut is_taken = vec![false; panel.days()];
        for (day, _) in owners {
            if let Some(taken) = panel.index(*day).and_then(|day| is_taken.get_mut(day)) {
                *taken = true;
            }
        }
        let quiet = is_taken.iter().enumerate().filter(|(_, taken)| !**taken);
        let quiet = quiet.map(|(day, _)| day).collect();
        Self {
            panel,
            categories,
            is_taken,
            quiet,
        }
    }

    fn quiet_days(&self, day: usize, hole: &Range<usize>) -> Option<QuietDays> {
        QuietDays::around(day, &self.is_taken, hole)
    }

    /// Whether any day from `first` to `last` was observed.
    fn touches(&self, (first, last): (Day, Day)) -> bool {
        let days = 0..=last - first;
        let mut days = days.map(|after| first + after);
        days.any(|day| self.panel.index(day).is_some())
    }
}

/// An occurrence of an event with the days that belong to it in each circle of goods, by day.
pub(super) type OwnDays = (EventSpan, Vec<(Day, usize)>);

/// A circle that an event concerns.
struct Party<'a> {
    circle: usize,
    history: &'a History,
    /// Place of each row of its panel among those of the event.
    rows: Vec<usize>,
}

/// The circles that an event was seen in.
struct Parties<'a>(Vec<Party<'a>>);

impl<'a> Parties<'a> {
    /// Those of some circles, with the rows of an event that concerns `categories`.
    fn new(histories: &'a [History], circles: &[usize], categories: &[usize]) -> Self {
        let party = |circle: &usize| {
            let history = histories.get(*circle)?;
            let own = history.categories.iter();
            let rows = own.filter_map(|category| categories.binary_search(category).ok());
            Some(Party {
                circle: *circle,
                history,
                rows: rows.chain([categories.len()]).collect(),
            })
        };
        Self(circles.iter().filter_map(party).collect())
    }

    fn of(&self, circle: usize) -> Option<&Party<'a>> {
        self.0.iter().find(|party| party.circle == circle)
    }
}

/// What the history says about one event; `None` where it says nothing.
pub(super) fn gather(histories: &[History], occurrences: &[OwnDays]) -> Option<Evidence> {
    let first = histories.first()?;
    let is_seen = |span: &EventSpan| first.touches(span.window());
    let seen = || occurrences.iter().filter(|(span, _)| is_seen(span));
    let shape = Shape::of(seen().map(|(span, _)| span));
    let kind = occurrences.first()?.0.kind;
    let concerned = distinct(occurrences.iter());
    let categories = concerned.iter().filter_map(|circle| histories.get(*circle));
    let mut categories: Vec<usize> = categories
        .flat_map(|history| history.categories.iter().copied())
        .collect();
    order::sort(&mut categories);
    categories.dedup();
    let rows = categories.len() + 1;
    let parties = Parties::new(histories, &distinct(seen()), &categories);
    let (quiet, placebos) = common_quiet(&parties);
    let mut evidence = Evidence {
        kind,
        categories,
        shape,
        body: vec![Tally::default(); rows],
        days: vec![Tally::default(); rows * shape.len()],
        quiet_body: vec![Tally::default(); rows],
        quiet_day: vec![Tally::default(); rows],
        quiet_windows: count_f64(quiet.len()) / count_f64(shape.body().len().max(1)),
    };
    let mut sums = Sums::new(rows);
    for occurrence in seen() {
        evidence.add_occurrence(&parties, occurrence, &mut sums);
    }
    let is_measured = evidence.body.last().is_some_and(|all| all.count > 0.0);
    (is_measured && evidence.add_quiet_windows(&quiet, &placebos, &mut sums)).then_some(evidence)
}

/// The circles in which days belong to an event, in order.
fn distinct<'a>(occurrences: impl Iterator<Item = &'a OwnDays>) -> Vec<usize> {
    let days = occurrences.flat_map(|(_, days)| days);
    let mut circles: Vec<usize> = days.map(|(_, circle)| *circle).collect();
    order::sort(&mut circles);
    circles.dedup();
    circles
}

/// Days that are quiet for all goods that an event was seen in, and those goods. Circles whose
/// other events would take more than half of the days of those that sell most are not asked what
/// happens when nothing does.
fn common_quiet<'a>(parties: &'a Parties<'a>) -> (Vec<usize>, Vec<&'a Party<'a>>) {
    let mut ranked: Vec<&Party<'_>> = parties.0.iter().collect();
    if ranked.len() > 1 {
        let units = |party: &Party<'_>| party.history.panel.units_on(&party.history.quiet);
        order::sort_by(&mut ranked, |a, b| units(b).total_cmp(&units(a)));
    }
    let first = ranked.first().map(|party| party.history.quiet.clone());
    let mut quiet = first.unwrap_or_default();
    let least = quiet.len() / 2;
    let mut kept: Vec<&Party<'_>> = Vec::new();
    for party in ranked {
        if kept.is_empty() {
            kept.push(party);
            continue;
        }
        let is_quiet = |day: &&usize| party.history.quiet.binary_search(day).is_ok();
        let both: Vec<usize> = quiet.iter().filter(is_quiet).copied().collect();
        if both.len() >= least {
            quiet = both;
            kept.push(party);
        }
    }
    (quiet, kept)
}

/// Demand and level of a day and of a whole window, by row.
struct Sums {
    day: Pair,
    window: Pair,
}

struct Pair {
    actual: Vec<f64>,
    level: Vec<f64>,
}

impl Sums {
    fn new(rows: usize) -> Self {
        let pair = || Pair {
            actual: vec![0.0; rows],
            level: vec![0.0; rows],
        };
        Self {
            day: pair(),
            window: pair(),
        }
    }

    fn add_day(&mut self, party: &Party<'_>, day: usize, quiet: &QuietDays) {
        let panel = &party.history.panel;
        panel.add_actual(day, &party.rows, &mut self.day.actual);
        panel.add_level(quiet, &party.rows, &mut self.day.level);
    }

    fn add_day_to_window(&mut self) {
        for (sums, more) in [
            (&mut self.window.actual, &self.day.actual),
            (&mut self.window.level, &self.day.level),
        ] {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }
}

impl Pair {
    fn clear(&mut self) {
        self.actual.fill(0.0);
        self.level.fill(0.0);
    }

    /// Adds one measure to the tally of every row that had a level.
    fn record(&self, tallies: &mut [Tally]) {
        let last = self.actual.len().saturating_sub(1);
        let all = self.actual.last().zip(self.level.last());
        let Some(all) = all.and_then(|(actual, level)| log_ratio(*actual, *level)) else {
            return;
        };
        let rows = tallies.iter_mut().zip(self.actual.iter().zip(&self.level));
        for (row, (tally, (actual, level))) in rows.enumerate() {
            if let Some(log) = log_ratio(*actual, *level) {
                let deviation = if row == last { log } else { log - all };
                tally.add(log, deviation, *level);
            }
        }
    }
}

/// Windows without an event that are measured for each event: more hardly say more, as they
/// overlap in two or three years of history.
const QUIET_WINDOWS: u64 = 48;
/// Fewer places for such a window than this say nothing about the noise.
const QUIET_PLACES_MIN: usize = 8;
/// Seed of their places; any fixed number does.
const QUIET_SEED: u64 = 618;

impl Evidence {
    /// Measures the days that belong to an occurrence, and the whole of it for those circles in
    /// which all of those between its start and its end were observed.
    fn add_occurrence(&mut self, parties: &Parties<'_>, (span, days): &OwnDays, sums: &mut Sums) {
        let rows = self.body.len();
        let body = self.shape.body();
        let mut measured: Vec<(usize, &Party<'_>, QuietDays)> = Vec::with_capacity(days.len());
        let mut broken: Vec<usize> = Vec::new();
        for (day, circle) in days {
            let (Some(position), Some(party)) =
                (self.shape.position(span, *day), parties.of(*circle))
            else {
                continue;
            };
            let index = party.history.panel.index(*day);
            let quiet = index.and_then(|day| Some((day, party.history.quiet_days(day, &(0..0))?)));
            match quiet {
                Some((index, quiet)) => measured.push((index, party, quiet)),
                None if body.contains(&position) => broken.push(*circle),
                None => {}
            }
        }
        sums.window.clear();
        for parts in measured.chunk_by(|a, b| a.0 == b.0) {
            let Some((index, first, _)) = parts.first() else {
                continue;
            };
            let day = first.history.panel.day(*index);
            let Some(position) = self.shape.position(span, day) else {
                continue;
            };
            sums.day.clear();
            for (index, party, quiet) in parts {
                sums.add_day(party, *index, quiet);
            }
            let cells = position * rows..(position + 1) * rows;
            if let Some(tallies) = self.days.get_mut(cells) {
                sums.day.record(tallies);
            }
            if !body.contains(&position) {
                continue;
            }
            if !broken.is_empty() {
                sums.day.clear();
                let whole = parts.iter().filter(|it| !broken.contains(&it.1.circle));
                whole.for_each(|(index, party, quiet)| sums.add_day(party, *index, quiet));
            }
            sums.add_day_to_window();
        }
        sums.window.record(&mut self.body);
    }

    /// Measures windows without an event as if one of this length were there; false if the
    /// history has no room for them.
    fn add_quiet_windows(
        &mut self,
        quiet: &[usize],
        parties: &[&Party<'_>],
        sums: &mut Sums,
    ) -> bool {
        let length = self.shape.body().len();
        let places = quiet_places(quiet, length);
        if places.len() < QUIET_PLACES_MIN {
            return false;
        }
        let stream = Stream::keyed(QUIET_SEED, &[u64::from(self.kind)]);
        for draw in 0..QUIET_WINDOWS {
            let place = floor_count(stream.f64_at(draw) * count_f64(places.len()));
            let start = places.get(place).copied().unwrap_or(0);
            let window = quiet.get(start..start + length).unwrap_or_default();
            self.add_quiet_window(parties, window, sums);
        }
        self.quiet_body.last().is_some_and(|all| all.count > 0.0)
    }

    fn add_quiet_window(&mut self, parties: &[&Party<'_>], window: &[usize], sums: &mut Sums) {
        let (Some(first), Some(last)) = (window.first(), window.last()) else {
            return;
        };
        let [lead, _, tail] = self.shape.segments().map(|days| days.len());
        let hole = first.saturating_sub(lead)..last + 1 + tail;
        sums.window.clear();
        for day in window {
            sums.day.clear();
            for party in parties {
                let Some(quiet) = party.history.quiet_days(*day, &hole) else {
                    return;
                };
                sums.add_day(party, *day, &quiet);
            }
            sums.day.record(&mut self.quiet_day);
            sums.add_day_to_window();
        }
        sums.window.record(&mut self.quiet_body);
    }
}

/// Where among the quiet days a run of `length` may start: runs without a gap, or any if there
/// are too few of those.
fn quiet_places(quiet: &[usize], length: usize) -> Vec<usize> {
    let runs = || quiet.windows(length.max(1)).enumerate();
    let is_unbroken = |run: &[usize]| {
        let ends = run.first().zip(run.last());
        ends.is_some_and(|(first, last)| last - first + 1 == run.len())
    };
    let unbroken = runs().filter(|(_, run)| is_unbroken(run));
    let unbroken: Vec<usize> = unbroken.map(|(place, _)| place).collect();
    if unbroken.len() >= QUIET_PLACES_MIN {
        return unbroken;
    }
    runs().map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_windows_avoid_gaps_where_they_can() {
        let quiet: Vec<usize> = (0..5).chain(10..30).collect();
        let places = quiet_places(&quiet, 4);
        assert_eq!(places.len(), 2 + 17);
        assert!(!places.contains(&3) && places.contains(&21));
        assert_eq!(quiet_places(&quiet, 16).len(), 10);
        assert!(quiet_places(&quiet, 40).is_empty());
    }

    #[test]
    fn smearing_turns_a_mean_of_logs_into_the_log_of_a_mean() {
        let mut tally = Tally::default();
        for ratio in [0.5, 1.5] {
            tally.add(ln(ratio), ln(ratio), 1.0);
        }
        assert!((exp(tally.mean() + tally.smear()) - 1.0).abs() < 1e-12);
    }
}
