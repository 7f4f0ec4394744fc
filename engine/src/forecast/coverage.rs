//! How many outcomes came to lie inside the bands.

use serde::{Deserialize, Serialize};

use super::groups::GroupPartial;
use super::panel::{Lift, Member, is_seen};
use super::run::{Config, finish, scan};

/// An outcome on the edge of a band is inside.
const EDGE: f64 = 1e-9;

/// Outcomes of rolling ends of a history, and how many each band held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Outcomes.
    pub points: u32,
    /// Those inside each band, in the order of the levels.
    pub inside: Vec<u32>,
}

impl Coverage {
    /// Adds the outcomes of other series, forecast with the same levels.
    pub fn merge(&mut self, other: &Self) {
        self.points += other.points;
        self.inside
            .resize(self.inside.len().max(other.inside.len()), 0);
        for (sum, more) in self.inside.iter_mut().zip(&other.inside) {
            *sum += more;
        }
    }

    /// Share of the outcomes inside a band; `None` without any.
    #[must_use]
    pub fn share(&self, level: usize) -> Option<f64> {
        let inside = self.inside.get(level)?;
        (self.points > 0).then(|| f64::from(*inside) / f64::from(self.points))
    }
}

/// Repeats the whole forecast from the `ends` newest ends of the histories that leave a horizon
/// of outcomes, one period apart, and counts what came inside the bands: models, weights and
/// bands are chosen anew each time on what was known then. Missing outcomes do not count. One row a
/// member.
#[must_use]
pub fn coverage(
    members: &[Member<'_>],
    season: usize,
    config: &Config,
    ends: usize,
) -> Vec<Coverage> {
    let horizon = config.horizon.max(1);
    let none = Coverage {
        points: 0,
        inside: vec![0; config.levels.len()],
    };
    let mut rows = vec![none; members.len()];
    for back in 0..ends {
        let cut = horizon + back;
        let known: Vec<Member<'_>> = members
            .iter()
            .map(|member| without_last(member, cut))
            .collect();
        let all = || known.iter().copied();
        let groups = GroupPartial::of(all()).finish();
        let pool = scan(all(), season, config, &groups).finish(&config.levels);
        let forecasts = finish(all(), season, config, &groups, &pool);
        for (place, (row, (member, known))) in
            rows.iter_mut().zip(members.iter().zip(&known)).enumerate()
        {
            if known.values.is_empty() {
                continue;
            }
            let first = known.values.len();
            let outcomes: Vec<f64> = (first..first + horizon)
                .map(|period| outcome(member, period))
                .collect();
            let seen = outcomes.iter().filter(|outcome| !outcome.is_nan()).count();
            row.points += u32::try_from(seen).unwrap_or(u32::MAX);
            for (inside, band) in row.inside.iter_mut().zip(&forecasts.bands) {
                let limits = band.low.iter().zip(&band.high).skip(place * horizon);
                for (outcome, (low, high)) in outcomes.iter().zip(limits) {
                    if *outcome >= low - EDGE && *outcome <= high + EDGE {
                        *inside += 1;
                    }
                }
            }
        }
    }
    rows
}

/// A member as it was `count` periods before its end; what events would do then was known as far
/// as it is now told to have been.
fn without_last<'a>(member: &Member<'a>, count: usize) -> Member<'a> {
    let length = member.values.len().saturating_sub(count);
    let lift = member.lift.map(|lift| Lift {
        past: lift.past.get(..length).unwrap_or(lift.past),
        known: lift.known.get(..length).unwrap_or(lift.known),
        ahead: lift.known.get(length..).unwrap_or_default(),
        error: lift.error,
    });
    Member {
        values: member.values.get(..length).unwrap_or_default(),
        kin: member.kin,
        lift,
        seen: member.seen.get(..length).unwrap_or_default(),
    }
}

/// Demand of a period: the value with what events did to it; NaN where it was not seen.
fn outcome(member: &Member<'_>, period: usize) -> f64 {
    if !is_seen(member.seen, period) {
        return f64::NAN;
    }
    let value = member.values.get(period).copied().unwrap_or(f64::NAN);
    let lift = member.lift.and_then(|lift| lift.past.get(period).copied());
    value * lift.unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    fn config() -> Config {
        Config {
            horizon: 4,
            lag: 4,
            levels: vec![0.8, 0.95],
        }
    }

    #[test]
    fn outcomes_of_steady_noise_lie_inside_about_as_often_as_stated() {
        let mut draws = Stream::from_seed(7).draws();
        let mut normal = || (0..12).map(|_| draws.next_f64()).sum::<f64>() - 6.0;
        let histories: Vec<Vec<f64>> = (0..150)
            .map(|_| (0..80).map(|_| 100.0 + 10.0 * normal()).collect())
            .collect();
        let members: Vec<Member<'_>> = histories.iter().map(|values| plain(values)).collect();
        let mut all = Coverage::default();
        for row in coverage(&members, 52, &config(), 8) {
            assert_eq!(row.points, 32);
            all.merge(&row);
        }
        let [inside80, inside95] = [0, 1].map(|level| all.share(level).unwrap());
        assert!((0.75..0.9).contains(&inside80), "{inside80}");
        assert!((0.92..0.99).contains(&inside95), "{inside95}");
    }

    #[test]
    fn an_event_that_was_known_is_no_surprise_and_a_short_history_has_no_outcomes() {
        // Demand is 10, and 30 in the last period, which the lift explains.
        let values = [10.0; 40];
        let mut factors = [1.0; 40];
        factors[39] = 3.0;
        let lift = Lift {
            past: &factors,
            known: &factors,
            ahead: &[],
            error: &[],
        };
        let member = Member {
            values: &values,
            kin: None,
            lift: Some(lift),
            seen: &[],
        };
        let rows = coverage(&[member, plain(&[5.0; 4])], 52, &config(), 3);
        assert_eq!(rows[0].inside, [12, 12]);
        assert_eq!((rows[1].points, rows[1].share(0)), (0, None));
    }

    fn plain(values: &[f64]) -> Member<'_> {
        Member {
            values,
            kin: None,
            lift: None,
            seen: &[],
        }
    }
}
