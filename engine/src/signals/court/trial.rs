//! The trial: forecasts with and without a signal, made again at every origin of the past year.
//!
//! The reference forecast is exponential smoothing of each series. With the signal, demand is
//! divided by the signal's factors before it is smoothed and the forecast multiplied by the one
//! expected for its period; lag and coefficient are learnt anew at every origin, from nothing
//! newer. The smoothing that forecasts best *without* the signal is used on both sides.

use super::clean::{deviations, factor};
use super::compare::HeldOut;
use super::innovations::memory;
use super::lag::lag_of;
use super::rules::CourtRules;
use super::strength::{GAINS, strength};
use crate::num::count_f64;

/// What was forecast at the origins of a trial, on both sides, in the same order.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    pub(super) without: Vec<HeldOut>,
    pub(super) with: Vec<HeldOut>,
    /// The factor expected for each period of the trial, by its place.
    pub(super) known: Vec<(usize, f64)>,
}

/// What was known of a signal at one origin.
struct Origin {
    /// Period forecast.
    target: usize,
    /// Last period known.
    known: usize,
    /// Factors on the periods known.
    past: Vec<f64>,
    /// Factor expected for the target.
    expected: f64,
}

/// Tries a signal (logarithms) on histories of demand that end with it and are as long or
/// shorter; `total` are the logarithms of their sum.
pub(super) fn trial(logs: &[f64], total: &[f64], series: &[&[f64]], rules: &CourtRules) -> Trial {
    let length = total.len();
    let first = (rules.training_min + rules.ahead).max(length.saturating_sub(rules.trial_max));
    let known = logs.iter().take_while(|value| value.is_nan()).count();
    let first = first.max(known + rules.training_min + rules.ahead);
    let origins = (first..length).filter_map(|target| origin(logs, total, target, rules));
    let origins: Vec<Origin> = origins.collect();
    let sides = |gain: f64, has_signal: bool| {
        let mut held = Vec::new();
        for values in series {
            let start = length - values.len().min(length);
            held_out(values, start, &origins, (gain, has_signal), &mut held);
        }
        held
    };
    let error = |held: &[HeldOut]| -> f64 {
        let errors = held.iter().map(|it| (it.actual - it.forecast).abs());
        errors.sum()
    };
    let mut best: Option<(f64, f64, Vec<HeldOut>)> = None;
    for gain in GAINS {
        let held = sides(gain, false);
        let sum = error(&held);
        if best.as_ref().is_none_or(|(least, ..)| sum < *least) {
            best = Some((sum, gain, held));
        }
    }
    let Some((_, gain, without)) = best else {
        return Trial::default();
    };
    Trial {
        without,
        with: sides(gain, true),
        known: origins.iter().map(|it| (it.target, it.expected)).collect(),
    }
}

fn origin(logs: &[f64], total: &[f64], target: usize, rules: &CourtRules) -> Option<Origin> {
    let known = target.checked_sub(rules.ahead)?;
    let signal = deviations(logs.get(..=known)?, rules);
    let start = logs.iter().take_while(|value| value.is_nan()).count();
    let (heard, demand) = (signal.get(start..)?, total.get(start..=known)?);
    let lag = lag_of(heard, demand, rules.lag_max).unwrap_or(0);
    let beta = strength(heard, demand, lag).beta;
    let memory = memory(heard);
    let expected = |period: usize| factor(beta, expected(&signal, memory, period, lag));
    Some(Origin {
        target,
        known,
        past: (0..=known).map(expected).collect(),
        expected: expected(target),
    })
}

/// The deviation that acts on a period: the signal's of `lag` periods before, or what is left of
/// its last known one.
pub(super) fn expected(signal: &[f64], memory: f64, period: usize, lag: usize) -> f64 {
    let Some(from) = period.checked_sub(lag) else {
        return 0.0;
    };
    let Some(last) = signal.last() else {
        return 0.0;
    };
    let beyond = (from + 1).saturating_sub(signal.len());
    let beyond = u32::try_from(beyond).unwrap_or(u32::MAX);
    match beyond {
        0 => signal.get(from).copied().unwrap_or(0.0),
        _ => last * crate::num::powi(memory, beyond),
    }
}

/// Forecasts of one series at every origin; `start` is the place of its first value.
fn held_out(
    values: &[f64],
    start: usize,
    origins: &[Origin],
    (gain, has_signal): (f64, bool),
    held: &mut Vec<HeldOut>,
) {
    for origin in origins {
        let Some(actual) = origin
            .target
            .checked_sub(start)
            .and_then(|at| values.get(at))
        else {
            continue;
        };
        let history = values.get(..(origin.known + 1).saturating_sub(start));
        let Some(history) = history.filter(|history| !history.is_empty()) else {
            continue;
        };
        let factors = origin.past.iter().skip(start);
        let level = match has_signal {
            true => level(history.iter().zip(factors).map(|(a, b)| a / b), gain),
            false => level(history.iter().copied(), gain),
        };
        let factor = if has_signal { origin.expected } else { 1.0 };
        if actual.is_nan() {
            continue;
        }
        held.push(HeldOut {
            period: origin.target,
            forecast: level * factor,
            actual: *actual,
        });
    }
}

/// Level of a history by exponential smoothing that starts as a running mean.
pub(in crate::signals) fn level(values: impl Iterator<Item = f64>, gain: f64) -> f64 {
    let mut level = 0.0;
    let mut seen = 0_usize;
    for value in values.filter(|value| !value.is_nan()) {
        seen += 1;
        level += gain.max(1.0 / count_f64(seen)) * (value - level);
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_what_is_known_a_deviation_fades() {
        let signal = [0.0, 0.1, 0.4];
        assert_eq!(expected(&signal, 0.5, 5, 4), 0.1);
        assert_eq!(expected(&signal, 0.5, 4, 2), 0.4);
        assert_eq!(expected(&signal, 0.5, 5, 2), 0.2);
        assert_eq!(expected(&signal, 0.5, 6, 2), 0.1);
        assert_eq!(expected(&signal, 0.5, 1, 2), 0.0);
        assert_eq!(expected(&[], 0.5, 1, 0), 0.0);
    }
}
