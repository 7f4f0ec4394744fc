//! A signal as the court hears it: its logarithm about its own level, without season.

use std::f64::consts::PI;

use super::super::regression::least_squares;
use super::innovations::memory;
use super::rules::CourtRules;
use crate::num::{cos, count_f64, exp, ln, sin};

/// Added to every value, as a share of the mean: what an index of nearly zero may weigh.
const OFFSET: f64 = 0.05;
/// Periods from which the first level is taken.
const FIRST_LEVEL: usize = 26;
/// Waves a year by which a season is described.
const WAVES: u32 = 2;

/// Logarithms of a signal over its mean; NaN where it is missing. `None` where nothing varies.
pub(super) fn logarithms(signal: &[f64]) -> Option<Vec<f64>> {
    let known = || signal.iter().copied().filter(|value| value.is_finite());
    let count = known().count();
    let mean = known().map(|value| value.max(0.0)).sum::<f64>() / count_f64(count.max(1));
    if mean <= 0.0 {
        return None;
    }
    let log = |value: &f64| match value.is_finite() {
        true => ln(value.max(0.0) / mean + OFFSET),
        false => f64::NAN,
    };
    let logs: Vec<f64> = signal.iter().map(log).collect();
    let first = logs.iter().copied().find(|value| !value.is_nan())?;
    let varies = logs.iter().any(|value| (value - first).abs() > 1e-9);
    varies.then_some(logs)
}

/// Deviations from the level of the trailing year, then from the yearly waves where one and a
/// half years show them. What is missing deviates by nothing.
pub(super) fn deviations(logs: &[f64], rules: &CourtRules) -> Vec<f64> {
    let mut deviations = about_level(logs, rules.season.max(FIRST_LEVEL));
    if rules.season > 4 && 2 * known(logs) >= 3 * rules.season {
        take_waves(&mut deviations, logs, rules.season);
    }
    for value in &mut deviations {
        if value.is_nan() {
            *value = 0.0;
        }
    }
    deviations
}

fn known(logs: &[f64]) -> usize {
    logs.iter().filter(|value| !value.is_nan()).count()
}

/// Each value less the mean of the known ones among the last `window`; the first ones less the
/// mean of the first half year.
fn about_level(logs: &[f64], window: usize) -> Vec<f64> {
    let first = logs.iter().filter(|value| !value.is_nan());
    let first: Vec<f64> = first.take(FIRST_LEVEL).copied().collect();
    let start = first.iter().sum::<f64>() / count_f64(first.len().max(1));
    let (mut sum, mut count) = (0.0, 0_usize);
    let mut deviations = Vec::with_capacity(logs.len());
    for (place, value) in logs.iter().enumerate() {
        if !value.is_nan() {
            sum += value;
            count += 1;
        }
        let leaving = place.checked_sub(window).and_then(|old| logs.get(old));
        if let Some(old) = leaving.filter(|old| !old.is_nan()) {
            sum -= old;
            count -= 1;
        }
        let level = match count {
            0..FIRST_LEVEL => start,
            _ => sum / count_f64(count),
        };
        deviations.push(value - level);
    }
    deviations
}

/// Takes out two waves a year, as far as they stand out of chance.
///
/// They are fitted to differences from what memory leaves of the value before, because a signal
/// that forgets slowly looks like a wave; of them, the share 1 - 2 / F is taken out, F the
/// variance they explain over the variance left, for each of their figures.
/// Source: Cochrane & Orcutt (1949), JASA 44, 32-61, for the differences.
pub(super) fn take_waves(values: &mut [f64], known: &[f64], season: usize) {
    let memory = memory(&about_mean(values, known));
    let both = |at: usize| {
        let is_known = |at: usize| known.get(at).is_some_and(|it| !it.is_nan());
        let pair = (values.get(at.checked_sub(1)?)?, values.get(at)?);
        (is_known(at) && is_known(at - 1)).then_some(pair)
    };
    let rows = || {
        let row = |at: usize| {
            let (before, value) = both(at)?;
            let (old, new) = (waves(at - 1, season), waves(at, season));
            let row = new.iter().zip(old).map(|(a, b)| a - memory * b).collect();
            Some((row, value - memory * before, 1.0))
        };
        (1..values.len()).filter_map(row)
    };
    let columns = waves(0, season).len();
    let level = |(row, value, weight): (Vec<f64>, f64, f64)| {
        (row.into_iter().take(1).collect(), value, weight)
    };
    let fits = least_squares(columns, rows(), &[]).zip(least_squares(1, rows().map(level), &[]));
    let Some((fit, flat)) = fits else { return };
    let left = |fit: &[f64]| -> f64 {
        let missed = rows().map(|(row, value, _)| value - dot(&row, fit));
        missed.map(|it| it * it).sum()
    };
    let (squares, flat) = (left(&fit), left(&flat));
    let freedom = count_f64(rows().count()) - count_f64(columns);
    let explained = (flat - squares).max(0.0) / count_f64(columns - 1);
    if explained <= 0.0 || freedom <= 0.0 {
        return;
    }
    let kept = (1.0 - 2.0 * squares / freedom / explained).max(0.0);
    for (at, value) in values.iter_mut().enumerate() {
        let wave = waves(at, season);
        let of_waves = wave.iter().zip(&fit).skip(1).map(|(a, b)| a * b);
        *value -= kept * of_waves.sum::<f64>();
    }
}

fn dot(row: &[f64], fit: &[f64]) -> f64 {
    row.iter().zip(fit).map(|(a, b)| a * b).sum()
}

fn about_mean(values: &[f64], known: &[f64]) -> Vec<f64> {
    let seen = values
        .iter()
        .zip(known)
        .filter(|(_, known)| !known.is_nan());
    let seen: Vec<f64> = seen.map(|(value, _)| *value).collect();
    let mean = seen.iter().sum::<f64>() / count_f64(seen.len().max(1));
    seen.iter().map(|value| value - mean).collect()
}

fn waves(place: usize, season: usize) -> Vec<f64> {
    let turn = 2.0 * PI * count_f64(place % season) / count_f64(season);
    let mut row = vec![1.0];
    for wave in 1..=WAVES {
        row.push(cos(f64::from(wave) * turn));
        row.push(sin(f64::from(wave) * turn));
    }
    row
}

/// Factor of a deviation: no signal more than quadruples or quarters a forecast.
pub(super) fn factor(beta: f64, deviation: f64) -> f64 {
    const LOG_MAX: f64 = 1.386_294_361_119_890_6;
    exp((beta * deviation).clamp(-LOG_MAX, LOG_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_leaves_no_trace_and_gaps_deviate_by_nothing() {
        let signal: Vec<f64> = (0..60).map(|it| 10.0 + f64::from(it % 7)).collect();
        let scaled: Vec<f64> = signal.iter().map(|it| it * 1024.0).collect();
        let heard = |signal: &[f64]| deviations(&logarithms(signal).unwrap(), &CourtRules::WEEKLY);
        assert_eq!(heard(&signal), heard(&scaled));
        let mut gap = signal.clone();
        gap[59] = f64::NAN;
        assert_eq!(heard(&gap)[59], 0.0);
        assert_eq!(logarithms(&[5.0; 9]), None);
        assert_eq!(logarithms(&[0.0; 9]), None);
    }

    #[test]
    fn a_pure_season_says_nothing() {
        let turn = |week: i32| 2.0 * PI * f64::from(week % 52) / 52.0;
        let signal: Vec<f64> = (0..104).map(|week| 0.4 * cos(turn(week))).collect();
        let left = deviations(&signal, &CourtRules::WEEKLY);
        // The level of the first year is not that of a whole one.
        let later = left.iter().skip(52).fold(0.0_f64, |a, b| a.max(b.abs()));
        assert!(later < 0.1, "{left:?}");
    }
}
