//! Hearing cases, and what is ruled.

use serde::{Deserialize, Serialize};

use super::clean::{deviations, factor, logarithms, take_waves};
use super::compare::Comparison;
use super::innovations::memory;
use super::lag::{Lead, lead};
use super::rules::CourtRules;
use super::strength::{Strength, strength};
use super::trial::{expected, trial};
use crate::num::{count_f64, ln};
use crate::order;

/// A signal and the goods whose demand it is said to lead.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Heat by period, oldest first; NaN where it is not known. Its last period is the last of
    /// the histories.
    pub signal: &'a [f64],
    /// Demand of each series without what events did, oldest first, all ending in that period.
    pub series: Vec<&'a [f64]>,
}

/// Why a signal stays outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Demand and signal share too few periods.
    TooShort,
    /// The signal never changes, or demand does not.
    Constant,
    /// Chance alone shows as strong a lead.
    Chance,
    /// Forecasts of held-out periods are not better with it.
    NoGain,
    /// They were once, but not in the newer half of the periods.
    Faded,
    /// Another signal of the same goods already says it.
    Redundant,
    /// The planning forecast, which knows seasons, is not better with it.
    Engine,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::TooShort,
        Self::Constant,
        Self::Chance,
        Self::NoGain,
        Self::Faded,
        Self::Redundant,
        Self::Engine,
    ];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::Constant => "constant",
            Self::Chance => "chance",
            Self::NoGain => "no_gain",
            Self::Faded => "faded",
            Self::Redundant => "redundant",
            Self::Engine => "engine",
        }
    }
}

/// What is ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It enters the forecast.
    Accepted,
    /// It does not.
    Rejected(Reason),
}

/// Factors of a signal on periods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Factors {
    /// On the last periods of the histories, oldest first: 1 is the signal's own level.
    pub past: Vec<f64>,
    /// The same, as it was expected when each period was forecast.
    pub known: Vec<f64>,
    /// Deviation of the signal that acts on each period ahead, while it is known.
    pub deviations: Vec<f64>,
    /// Last known deviation.
    pub last: f64,
    /// How much of a deviation is left a period later.
    pub memory: f64,
    /// Periods ahead that the signal already tells.
    pub lag: usize,
    /// Coefficient.
    pub beta: f64,
}

impl Factors {
    /// Factors on the next periods: from the signal while it is known, then drawn to 1.
    pub fn ahead(&self) -> impl Iterator<Item = f64> {
        let known = self.deviations.iter().copied();
        let fading =
            std::iter::successors(Some(self.last * self.memory), |it| Some(it * self.memory));
        known
            .chain(fading)
            .map(|deviation| factor(self.beta, deviation))
    }
}

/// What the court found.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// What is ruled.
    pub verdict: Verdict,
    /// Periods by which the signal comes first.
    pub lag: usize,
    /// Correlation of the innovations at that lag.
    pub correlation: f64,
    /// Chance that a signal without meaning shows as much, over all lags and all cases heard
    /// together.
    pub chance: f64,
    /// Elasticity of demand on the signal, drawn to zero by its noise.
    pub beta: f64,
    /// Standard error of the elasticity.
    pub beta_error: f64,
    /// Reference forecasts without and with it on the held-out periods.
    pub comparison: Comparison,
    /// The planning forecast without and with it, where it was asked.
    pub engine: Option<Comparison>,
    /// What it does to demand, were it let in.
    pub factors: Factors,
}

impl Ruling {
    /// One that was not tried.
    pub(in crate::signals) const fn refused(reason: Reason) -> Self {
        Self {
            verdict: Verdict::Rejected(reason),
            lag: 0,
            correlation: 0.0,
            chance: 1.0,
            beta: 0.0,
            beta_error: 0.0,
            comparison: Comparison {
                periods: 0,
                actual: 0.0,
                without: 0.0,
                with: 0.0,
                gain_ratio: 0.0,
                gain_newest: 0.0,
            },
            engine: None,
            factors: Factors {
                past: Vec::new(),
                known: Vec::new(),
                deviations: Vec::new(),
                last: 0.0,
                memory: 0.0,
                lag: 0,
                beta: 0.0,
            },
        }
    }

    /// Whether it enters the forecast.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.verdict == Verdict::Accepted
    }

    /// Lets another forecast have the last word, such as the planning engine's own: its held-out
    /// errors without and with the signal.
    pub fn confirm(&mut self, comparison: Comparison) {
        if self.is_accepted() && comparison.cost() >= 0.0 {
            self.verdict = Verdict::Rejected(Reason::Engine);
        }
        self.engine = Some(comparison);
    }
}

/// How thoroughly cases are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// Every case to its end, so that losers are listed with what they would have cost.
    Whole,
    /// Only as far as is needed to know which enter.
    Winners,
}

/// What is found of a signal before forecasts are compared.
struct Heard {
    logs: Vec<f64>,
    total: Vec<f64>,
    lead: Lead,
    strength: Strength,
    factors: Factors,
}

/// Hears signals of the same goods together.
///
/// Chances are raised for their number (Holm 1979, Scandinavian Journal of Statistics 6, 65-70),
/// so that of a hundred signals without meaning none is expected to pass.
#[must_use]
pub fn hear(cases: &[Case<'_>], rules: &CourtRules, hearing: Hearing) -> Vec<Ruling> {
    let heard: Vec<Result<Heard, Reason>> = cases.iter().map(|case| one(case, rules)).collect();
    let chances = heard
        .iter()
        .map(|it| it.as_ref().map_or(1.0, |heard| heard.lead.chance));
    let chances = raised(&chances.collect::<Vec<f64>>());
    let rulings = cases.iter().zip(heard).zip(chances);
    let rule = |((case, heard), chance): ((&Case<'_>, Result<Heard, Reason>), f64)| match heard {
        Ok(_) if hearing == Hearing::Winners && chance > rules.chance_max => {
            Ruling::refused(Reason::Chance)
        }
        Ok(heard) => rule(case, heard, chance, rules),
        Err(reason) => Ruling::refused(reason),
    };
    rulings.map(rule).collect()
}

fn one(case: &Case<'_>, rules: &CourtRules) -> Result<Heard, Reason> {
    let total = total(&case.series);
    let length = total.len();
    let signal = case.signal.iter().rev().take(length);
    let mut signal: Vec<f64> = signal.copied().collect();
    signal.resize(length, f64::NAN);
    signal.reverse();
    let start = signal.iter().take_while(|value| !value.is_finite()).count();
    if length - start < rules.periods_min() {
        return Err(Reason::TooShort);
    }
    let logs = logarithms(&signal).ok_or(Reason::Constant)?;
    let mut quiet = total.clone();
    if rules.season > 4 && 2 * length >= 3 * rules.season {
        take_waves(&mut quiet, &total, rules.season);
    }
    let deviations = deviations(&logs, rules);
    let own = deviations.get(start..).unwrap_or_default();
    let demand = quiet.get(start..).unwrap_or_default();
    let lead = lead(own, demand, rules.lag_max).ok_or(Reason::Constant)?;
    let strength = strength(own, demand, lead.lag);
    let memory = memory(own);
    let expected = |period| expected(&deviations, memory, period, lead.lag);
    let past = |period| factor(strength.beta, expected(period));
    Ok(Heard {
        factors: Factors {
            past: (0..length).map(past).collect(),
            known: (0..length).map(past).collect(),
            deviations: (length..length + lead.lag).map(expected).collect(),
            last: deviations.last().copied().unwrap_or(0.0),
            memory,
            lag: lead.lag,
            beta: strength.beta,
        },
        logs,
        total,
        lead,
        strength,
    })
}

/// Half a unit keeps a period without demand finite.
const HALF_UNIT: f64 = 0.5;

/// Logarithms of the demand of all series together.
fn total(series: &[&[f64]]) -> Vec<f64> {
    let length = series.iter().map(|values| values.len()).max().unwrap_or(0);
    let mut sums = vec![0.0; length];
    for values in series {
        for (sum, value) in sums.iter_mut().rev().zip(values.iter().rev()) {
            *sum += if value.is_nan() { 0.0 } else { value.max(0.0) };
        }
    }
    sums.iter().map(|sum| ln(sum + HALF_UNIT)).collect()
}

/// Chances raised for the number of signals, the least likely first.
fn raised(chances: &[f64]) -> Vec<f64> {
    let mut places: Vec<(usize, f64)> = chances.iter().copied().enumerate().collect();
    order::sort_by(&mut places, |a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut raised = vec![1.0; chances.len()];
    let mut least = 0.0_f64;
    for (rank, (place, chance)) in places.into_iter().enumerate() {
        least = least.max((chance * count_f64(chances.len() - rank)).min(1.0));
        if let Some(slot) = raised.get_mut(place) {
            *slot = least;
        }
    }
    raised
}

fn rule(case: &Case<'_>, mut heard: Heard, chance: f64, rules: &CourtRules) -> Ruling {
    let trial = trial(&heard.logs, &heard.total, &case.series, rules);
    let comparison = Comparison::of(&trial.without, &trial.with, rules.ahead);
    for (place, factor) in trial.known {
        if let Some(slot) = heard.factors.known.get_mut(place) {
            *slot = factor;
        }
    }
    let verdict = match () {
        () if comparison.periods < rules.trial_min => Verdict::Rejected(Reason::TooShort),
        () if chance > rules.chance_max => Verdict::Rejected(Reason::Chance),
        () if comparison.gain_ratio < rules.gain_min => Verdict::Rejected(Reason::NoGain),
        () if comparison.gain_newest <= 0.0 => Verdict::Rejected(Reason::Faded),
        () => Verdict::Accepted,
    };
    Ruling {
        verdict,
        lag: heard.lead.lag,
        correlation: heard.lead.correlation,
        chance,
        beta: heard.strength.beta,
        beta_error: heard.strength.error,
        comparison,
        engine: None,
        factors: heard.factors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_raised_for_their_number() {
        assert_eq!(raised(&[0.01, 0.5, 0.03]), [0.03, 0.5, 0.06]);
        assert_eq!(raised(&[0.4, 0.4]), [0.8, 0.8]);
        assert!(raised(&[]).is_empty());
    }

    #[test]
    fn what_cannot_be_heard_is_said() {
        let weeks = vec![5.0; 80];
        let case = |signal| Case {
            signal,
            series: vec![&weeks],
        };
        let cases = [case(&weeks[..30]), case(&weeks)];
        let reasons = hear(&cases, &CourtRules::WEEKLY, Hearing::Whole);
        let verdicts = reasons.iter().map(|ruling| ruling.verdict);
        let want = [Reason::TooShort, Reason::Constant].map(Verdict::Rejected);
        assert_eq!(verdicts.collect::<Vec<_>>(), want);
    }
}
