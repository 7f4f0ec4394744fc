//! How long returns take: turnaround, time to relisting, what can be sold again, the backlog.

use std::collections::BTreeMap;

use super::Grade;
use crate::day::Day;
use crate::num::count_f64;
use crate::order;
use crate::units::Qty;

/// A return as far as turnaround is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnCase {
    /// How many, units.
    pub quantity: Qty,
    /// The day it came in.
    pub received: Day,
    /// The day its grade was known.
    pub graded: Option<Day>,
    /// The day it was disposed of.
    pub disposed: Option<Day>,
    /// The day it was offered again.
    pub relisted: Option<Day>,
    /// Its grade.
    pub grade: Option<Grade>,
}

/// How long returns took, as of a day. Days are calendar days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turnaround {
    /// Returns that were disposed of.
    pub closed: usize,
    /// Mean days from receipt to disposal; `None` without closed returns.
    pub mean_days: Option<f64>,
    /// Lower median of the same.
    pub p50_days: Option<i32>,
    /// Nine of ten took no longer (type-1 quantile).
    pub p90_days: Option<i32>,
    /// Share of closed returns disposed of within the target.
    pub within_target_closed: Option<f64>,
    /// The same where open returns older than the target count as late and younger ones not at all.
    pub within_target: Option<f64>,
    /// Returns not disposed of.
    pub open: usize,
    /// Those older than the target.
    pub open_over_target: usize,
    /// Mean age of open returns, days.
    pub open_age_mean_days: Option<f64>,
    /// Age of the oldest open return, days.
    pub open_age_max_days: Option<i32>,
    /// Mean days from receipt to relisting, over returns that were relisted.
    pub relist_mean_days: Option<f64>,
    /// Units relisted.
    pub relist_units: Qty,
    /// Units of grade A over graded units.
    pub resellable: Option<f64>,
    /// Graded units by grade.
    pub grade_mix: BTreeMap<Grade, Qty>,
}

/// Measures returns received up to `as_of`, with what was known then; `target_days` is how long one
/// may take (7 as a rule).
///
/// Source: engine specification 4.4.
///
/// ```
/// use engine::day::Day;
/// use engine::returns::{ReturnCase, turnaround};
/// use engine::units::Qty;
/// let day = Day::from_number;
/// let case = |received, disposed| ReturnCase {
///     quantity: Qty::from_units(1), received: day(received), graded: None,
///     disposed: Some(day(disposed)), relisted: None, grade: None,
/// };
/// let got = turnaround(&[case(0, 2), case(0, 9), case(1, 8), case(2, 15)], day(20), 7);
/// assert_eq!((got.p50_days, got.p90_days, got.mean_days), (Some(7), Some(13), Some(7.75)));
/// ```
#[must_use]
pub fn turnaround(cases: &[ReturnCase], as_of: Day, target_days: i32) -> Turnaround {
    let known: Vec<ReturnCase> = cases
        .iter()
        .filter(|case| case.received <= as_of)
        .map(|case| as_known(case, as_of))
        .collect();
    let (mut days, mut ages, mut relist_days) = (Vec::new(), Vec::new(), Vec::new());
    let mut result = Turnaround::default();
    for case in &known {
        match case.disposed {
            Some(disposed) => days.push(disposed - case.received),
            None => ages.push(as_of - case.received),
        }
        if let Some(relisted) = case.relisted {
            relist_days.push(relisted - case.received);
            result.relist_units += case.quantity;
        }
        if let Some(grade) = case.grade {
            *result.grade_mix.entry(grade).or_default() += case.quantity;
        }
    }
    order::sort(&mut days);
    let in_time = days.iter().filter(|days| **days <= target_days).count();
    let late = ages.iter().filter(|age| **age > target_days).count();
    let sellable = result.grade_mix.get(&Grade::A).copied();
    let graded: Qty = result.grade_mix.values().copied().sum();
    Turnaround {
        closed: days.len(),
        mean_days: mean(&days),
        p50_days: quantile(&days, 5),
        p90_days: quantile(&days, 9),
        within_target_closed: share(in_time, days.len()),
        within_target: share(in_time, days.len() + late),
        open: ages.len(),
        open_over_target: late,
        open_age_mean_days: mean(&ages),
        open_age_max_days: ages.iter().copied().max(),
        relist_mean_days: mean(&relist_days),
        resellable: (graded > Qty::ZERO)
            .then(|| sellable.unwrap_or(Qty::ZERO).to_f64() / graded.to_f64()),
        ..result
    }
}

/// The case without what happened after a day.
fn as_known(case: &ReturnCase, as_of: Day) -> ReturnCase {
    let seen = |day: Option<Day>| day.filter(|day| *day <= as_of);
    let is_graded = case.graded.is_none_or(|day| day <= as_of);
    ReturnCase {
        graded: seen(case.graded),
        disposed: seen(case.disposed),
        relisted: seen(case.relisted),
        grade: case.grade.filter(|_| is_graded),
        ..*case
    }
}

fn mean(days: &[i32]) -> Option<f64> {
    let sum: f64 = days.iter().map(|days| f64::from(*days)).sum();
    (!days.is_empty()).then(|| sum / count_f64(days.len()))
}

fn share(part: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| count_f64(part) / count_f64(all))
}

/// The smallest value that `tenths` tenths of the sorted values do not exceed.
fn quantile(sorted: &[i32], tenths: usize) -> Option<i32> {
    let rank = (sorted.len() * tenths).div_ceil(10);
    sorted.get(rank.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_a_share_of_nothing() {
        let got = turnaround(&[], Day::from_number(0), 7);
        assert_eq!(got, Turnaround::default());
    }

    prop_compose! {
        fn case()(received in 0_i32..20, grading in 0_i32..9, disposal in prop::option::of(0_i32..15),
            is_relisted in any::<bool>(), grade in prop::sample::select(&Grade::ALL[..]),
        ) -> ReturnCase {
            let day = |after: i32| Day::from_number(received + after);
            ReturnCase {
                quantity: Qty::from_units(1),
                received: Day::from_number(received),
                graded: Some(day(grading)),
                disposed: disposal.map(|days| day(grading + days)),
                relisted: disposal.filter(|_| is_relisted).map(|days| day(grading + days + 1)),
                grade: Some(grade),
            }
        }
    }

    proptest! {
        #[test]
        fn open_returns_only_lower_the_share(cases in prop::collection::vec(case(), 0..30), as_of in 0_i32..40) {
            let as_of = Day::from_number(as_of);
            let got = turnaround(&cases, as_of, 7);
            prop_assert!(got.within_target <= got.within_target_closed || got.closed == 0);
            prop_assert!(got.p50_days <= got.p90_days);
            let received = cases.iter().filter(|case| case.received <= as_of).count();
            prop_assert_eq!(got.open + got.closed, received);
        }

        #[test]
        fn the_future_is_not_seen(cases in prop::collection::vec(case(), 0..30), as_of in 0_i32..40) {
            let as_of = Day::from_number(as_of);
            let known: Vec<_> = cases.iter().filter(|case| case.received <= as_of)
                .map(|case| as_known(case, as_of)).collect();
            prop_assert_eq!(turnaround(&cases, as_of, 7), turnaround(&known, as_of, 7));
        }
    }
}
