//! The planning forecast as a witness: its held-out errors without and with a signal.

use super::court::{Comparison, CourtRules, Factors, HeldOut};
use crate::forecast::{
    Config, Forecasts, GroupPartial, Holdout, Kinship, Lift, Member, finish, scan,
};

/// Forecasts the series twice, as the plan would, and compares the errors at the court's lag.
///
/// The newest periods are compared one by one; older origins only add to the sums.
#[must_use]
pub fn witness(series: &[&[f64]], factors: &Factors, rules: &CourtRules) -> Comparison {
    let told = series.iter().map(|values| Testimony {
        values,
        past: newest(&factors.past, values.len()),
        known: newest(&factors.known, values.len()),
    });
    testify(&told.collect::<Vec<_>>(), rules)
}

/// One series with factors of its own, as long as it is.
pub(super) struct Testimony<'a> {
    pub(super) values: &'a [f64],
    pub(super) past: Vec<f64>,
    pub(super) known: Vec<f64>,
}

/// The same where every series has factors of its own.
pub(super) fn testify(told: &[Testimony<'_>], rules: &CourtRules) -> Comparison {
    let plain = forecast(told.iter().map(|one| (one.values, None)), rules);
    let quiet = told.iter().map(|one| {
        let mut quiet = one.values.to_vec();
        super::docket::divide(&mut quiet, &one.past);
        quiet
    });
    let quiet: Vec<Vec<f64>> = quiet.collect();
    let lifted = quiet.iter().zip(told).map(|(quiet, one)| {
        let lift = Lift {
            past: &one.past,
            known: &one.known,
            ahead: &[],
            error: &[],
        };
        (quiet.as_slice(), Some(lift))
    });
    let with = forecast(lifted, rules);
    compare(&plain, &with, rules)
}

/// The factors of the last periods; 1 on those before the first.
pub(super) fn newest(factors: &[f64], length: usize) -> Vec<f64> {
    let missing = length.saturating_sub(factors.len());
    let ones = std::iter::repeat_n(1.0, missing);
    let known = factors.iter().skip(factors.len().saturating_sub(length));
    ones.chain(known.copied()).collect()
}

fn forecast<'a>(
    series: impl Iterator<Item = (&'a [f64], Option<Lift<'a>>)>,
    rules: &CourtRules,
) -> Forecasts {
    let member = |(values, lift)| Member {
        values,
        kin: Some(Kinship {
            category: 0,
            region: 0,
        }),
        lift,
        seen: &[],
    };
    let members: Vec<Member<'a>> = series.map(member).collect();
    let config = Config {
        horizon: rules.ahead,
        lag: rules.ahead,
        levels: Vec::new(),
    };
    let members = || members.iter().copied();
    let season = rules.season.max(1);
    let groups = GroupPartial::of(members()).finish();
    let partial = scan(members(), season, &config, &groups);
    let pool = partial.finish(&config.levels);
    finish(members(), season, &config, &groups, &pool)
}

fn compare(plain: &Forecasts, with: &Forecasts, rules: &CourtRules) -> Comparison {
    let held = |forecasts: &Forecasts| {
        let of_series = forecasts.recent.iter().flat_map(|recent| {
            // Later periods have larger numbers.
            let periods = recent.periods().zip(0_usize..);
            periods.map(|((actual, error), ago)| HeldOut {
                period: usize::MAX - ago,
                forecast: actual - error,
                actual,
            })
        });
        of_series.collect::<Vec<HeldOut>>()
    };
    let mut comparison = Comparison::of(&held(plain), &held(with), rules.ahead);
    let sum = |forecasts: &Forecasts| {
        let mut sum = Holdout::default();
        for holdout in &forecasts.holdout {
            sum.merge(holdout);
        }
        sum
    };
    let (plain, with) = (sum(plain), sum(with));
    comparison.actual = plain.actual;
    comparison.without = plain.absolute_error;
    comparison.with = with.absolute_error;
    comparison
}
