//! Signals of a history: read from a file, judged, turned into factors on its periods.

use crate::commands::Failure;
use crate::files;
use crate::history::History;
use engine::dataset::{TableId, read_csv};
use engine::day::Day;
use engine::events::SeriesLifts;
use engine::forecast::{Frequency, Kinship};
use engine::signals::{
    CourtRules, Factors, Grid, Hearing, Petition, Ruling, SignalPanel, Verdict, rule_on, together,
};
use std::collections::BTreeMap;
use std::path::Path;

/// Most periods of a signal that are read: six years of days.
const PERIODS_MAX: usize = 2_200;
/// Refused rows that are printed one by one.
const MESSAGES_MAX: usize = 100;

/// The factors of accepted signals on each series of a history. What became of every signal is
/// printed.
///
/// # Errors
/// If the file cannot be read, a row is refused or no signal is told.
pub fn lifts(
    history: &History,
    path: &Path,
    horizon: usize,
) -> Result<Vec<Option<SeriesLifts>>, Failure> {
    let panel = read(history, path)?;
    let rules = CourtRules::of(history.calendar.frequency(), horizon);
    let series: Vec<Vec<f64>> = history.panel.series().map(<[f64]>::to_vec).collect();
    let mut lifts: Vec<Option<SeriesLifts>> = vec![None; series.len()];
    let (mut judged, mut accepted) = (0, 0);
    for (group, places) in groups(history) {
        let own: Vec<Vec<f64>> = places
            .iter()
            .filter_map(|at| series.get(*at))
            .cloned()
            .collect();
        let mut words = Vec::new();
        let mut petitions = Vec::new();
        for (source, keyword) in panel.voices() {
            let scope = scope(history, keyword, (group, &places));
            let signal = panel.voice(source, keyword, None);
            if let Some(signal) = signal.filter(|_| !scope.is_empty()) {
                words.push((source, keyword));
                petitions.push(Petition { signal, scope });
            }
        }
        let rulings = rule_on(&petitions, &own, &rules, Hearing::Whole);
        judged += rulings.len();
        let heard = words.iter().zip(&petitions).zip(&rulings);
        for (((source, keyword), petition), ruling) in heard {
            let category = group.and_then(|at| history.categories.get(at as usize));
            eprintln!("{}", sentence(source, keyword, category, ruling));
            if !ruling.is_accepted() {
                continue;
            }
            accepted += 1;
            for at in petition.scope.iter().filter_map(|at| places.get(*at)) {
                if let (Some(slot), Some(values)) = (lifts.get_mut(*at), series.get(*at)) {
                    let own = of_series(&ruling.factors, values.len(), horizon);
                    *slot = together(slot.take(), Some(own));
                }
            }
        }
    }
    eprintln!("{judged} signals judged, {accepted} accepted");
    Ok(lifts)
}

fn read(history: &History, path: &Path) -> Result<SignalPanel, Failure> {
    let name = path.display().to_string();
    let read = read_csv(TableId::Signals, &name, files::open(path)?);
    for issue in read.issues.iter().take(MESSAGES_MAX) {
        eprintln!("{issue}");
    }
    if !read.issues.is_empty() {
        let reason = format!("{}: {} rows or columns refused", name, read.issues.len());
        return Err(Failure::Refused(reason));
    }
    let calendar = history.calendar;
    let ago = |day: Day| calendar.periods_ago(day);
    let days = match calendar.frequency() {
        Frequency::Daily => 1,
        Frequency::Weekly => 7,
        Frequency::Monthly => 30,
        Frequency::Quarterly => 91,
    };
    let grid = Grid {
        ago: &ago,
        days,
        periods_max: PERIODS_MAX,
    };
    let panel = SignalPanel::new(&read.table, &grid);
    if panel.signals.is_empty() {
        return Err(Failure::Refused(format!("{name}: no signal")));
    }
    Ok(panel)
}

/// Places of series by category; all together where there are no categories.
fn groups(history: &History) -> BTreeMap<Option<u32>, Vec<usize>> {
    let mut groups: BTreeMap<Option<u32>, Vec<usize>> = BTreeMap::new();
    for (place, member) in history.panel.members().enumerate() {
        let category = member.kin.map(|Kinship { category, .. }| category);
        groups.entry(category).or_default().push(place);
    }
    groups
}

/// Places within a group of the series a word is judged for.
fn scope(history: &History, word: &str, (group, places): (Option<u32>, &[usize])) -> Vec<usize> {
    let all = || (0..places.len()).collect();
    if history.categories.iter().any(|name| name == word) {
        let own = group.and_then(|at| history.categories.get(at as usize));
        return if own.is_some_and(|name| name == word) {
            all()
        } else {
            Vec::new()
        };
    }
    let is_named = |key: &Vec<String>| key.first().is_some_and(|name| name == word);
    if history.keys.iter().any(is_named) {
        let named = places.iter().enumerate();
        let named = named.filter(|(_, at)| history.keys.get(**at).is_some_and(is_named));
        return named.map(|(place, _)| place).collect();
    }
    all()
}

fn of_series(factors: &Factors, past: usize, ahead: usize) -> SeriesLifts {
    let newest = |factors: &[f64]| {
        let missing = std::iter::repeat_n(1.0, past.saturating_sub(factors.len()));
        let known = factors.iter().skip(factors.len().saturating_sub(past));
        missing.chain(known.copied()).collect()
    };
    SeriesLifts {
        past: newest(&factors.past),
        known: newest(&factors.known),
        ahead: factors.ahead().take(ahead).collect(),
        error: Vec::new(),
    }
}

fn sentence(source: &str, keyword: &str, category: Option<&String>, ruling: &Ruling) -> String {
    let place = category.map_or_else(String::new, |name| format!(" for {name}"));
    let comparison = &ruling.comparison;
    let wapes = comparison.wape_without().zip(comparison.wape_with());
    let errors = wapes.map_or_else(String::new, |(without, with)| {
        format!(
            ", lag {}, beta {:.3}, WAPE {without:.4} without and {with:.4} with it over {} periods",
            ruling.lag, ruling.beta, comparison.periods
        )
    });
    let verdict = match ruling.verdict {
        Verdict::Accepted => "accepted".to_owned(),
        Verdict::Rejected(reason) => format!("rejected ({})", reason.as_str()),
    };
    format!("signal {keyword} of {source}{place}: {verdict}{errors}")
}
