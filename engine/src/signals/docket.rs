//! Signals before the court: by group of goods, each with the goods it is said to lead.

use super::court::{Case, CourtRules, Hearing, Reason, Ruling, Verdict, hear};
use super::witness::witness;
use crate::order;

/// Most signals let in for one group of goods: more share what they say.
const ACCEPTED_MAX: usize = 3;

/// A signal and the places of the series it is said to lead.
#[derive(Clone, Debug)]
pub struct Petition {
    /// Heat by period, ending with the series; NaN where it is not known.
    pub signal: Vec<f64>,
    /// Places among the series.
    pub scope: Vec<usize>,
}

/// Hears the petitions of one group of goods and rules on each.
///
/// The one that gains most is let in first; the others are then heard again on demand without
/// what it explains, so that two words for one thing count once. Each that is let in must also
/// make the planning forecast better on its held-out periods.
#[must_use]
pub fn rule_on(
    petitions: &[Petition],
    series: &[Vec<f64>],
    rules: &CourtRules,
    hearing: Hearing,
) -> Vec<Ruling> {
    let mut quiet = series.to_vec();
    let mut rulings = heard(petitions, &quiet, rules, hearing);
    let mut open: Vec<usize> = (0..rulings.len()).collect();
    let mut accepted = 0;
    loop {
        open.retain(|place| rulings.get(*place).is_some_and(Ruling::is_accepted));
        let gain = |place: &usize| rulings.get(*place).map_or(0.0, |it| -it.comparison.cost());
        order::sort_by(&mut open, |a, b| gain(b).total_cmp(&gain(a)).then(a.cmp(b)));
        let Some(best) = open.first().copied() else {
            return rulings;
        };
        open.remove(0);
        let found = petitions.get(best).zip(rulings.get_mut(best));
        let Some((petition, ruling)) = found else {
            return rulings;
        };
        if accepted == ACCEPTED_MAX {
            ruling.verdict = Verdict::Rejected(Reason::Redundant);
            continue;
        }
        let own: Vec<&[f64]> = of_scope(&quiet, petition);
        ruling.confirm(witness(&own, &ruling.factors, rules));
        if !ruling.is_accepted() {
            continue;
        }
        accepted += 1;
        for place in &petition.scope {
            if let Some(values) = quiet.get_mut(*place) {
                divide(values, &ruling.factors.past);
            }
        }
        let rest: Vec<Petition> = open
            .iter()
            .filter_map(|it| petitions.get(*it))
            .cloned()
            .collect();
        let again = heard(&rest, &quiet, rules, hearing);
        for (place, mut found) in open.iter().zip(again) {
            if let Some(ruling) = rulings.get_mut(*place) {
                if !found.is_accepted() {
                    found.verdict = Verdict::Rejected(Reason::Redundant);
                }
                *ruling = found;
            }
        }
    }
}

fn heard(
    petitions: &[Petition],
    series: &[Vec<f64>],
    rules: &CourtRules,
    hearing: Hearing,
) -> Vec<Ruling> {
    let cases = petitions.iter().map(|petition| Case {
        signal: &petition.signal,
        series: of_scope(series, petition),
    });
    let cases: Vec<Case<'_>> = cases.collect();
    hear(&cases, rules, hearing)
}

fn of_scope<'a>(series: &'a [Vec<f64>], petition: &Petition) -> Vec<&'a [f64]> {
    let scope = petition.scope.iter();
    scope
        .filter_map(|place| series.get(*place).map(Vec::as_slice))
        .collect()
}

/// Divides a history by the factors of its last periods.
pub(super) fn divide(values: &mut [f64], factors: &[f64]) {
    for (value, factor) in values.iter_mut().rev().zip(factors.iter().rev()) {
        *value /= factor;
    }
}
