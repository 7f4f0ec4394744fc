//! Why forecasts missed: each forecast as a product of factors, what the factors turned out to
//! be, and the error shared out among them. Nothing here changes a forecast.
//!
//! Afterwards the level is known to be the mean of the periods around without a change
//! ([`levels`]), the season its shape at the time of the year it came ([`turn`]), and an event the
//! factor that it is learnt to have had. What all of them leave is noise.

use std::ops::Range;

use super::batch::at_least_zero;
use super::bench::Timings;
use super::groups::Groups;
use super::inspect::on_bench;
use super::panel::Member;
use super::pool::Pool;
use super::run::{Config, at_places};
use crate::num::{count_f64, index_usize};

/// Newest periods whose level is looked for; half a year of weeks, twice the quarter whose errors
/// are shared out.
const LEVEL_PERIODS: usize = 26;
/// Fewest periods that make a level. What passes sooner is noise: one period alone would explain
/// itself, and nothing would be left over.
const STRETCH_MIN: usize = 4;
/// How much a change of level must take off the squares, in variances from one period to the next.
/// The largest of twenty-odd places passes ten by chance in about one history of twenty.
const CHANGE_MIN: f64 = 10.0;
/// Share of the squares that a season at another time must take off.
const TURN_MIN: f64 = 0.5;

/// What a forecast is the product of, or what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Factors {
    /// Units without season and lift; trend and the correction by all series together included.
    pub level: f64,
    /// The index that the model gives back; 1 where it gives none.
    pub season: f64,
    /// What events and signals do, a factor.
    pub lift: f64,
}

/// A period with what had been forecast for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Missed {
    /// What came, units.
    pub actual: f64,
    /// The factors of the forecast, whose product it is.
    pub known: Factors,
    /// What they turned out to be.
    pub found: Factors,
}

/// When a season came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Timing {
    /// The index of a period is that of so many periods later in the calendar, in a ring.
    pub(super) turn: usize,
    /// Whether the shape known at the end says more than that at an origin, and does not hold the
    /// periods that are looked at.
    pub(super) is_learnt: bool,
}

/// The factors of forecasts made a lag before, for the newest periods of every series: newest
/// first, nothing where no origin was. The product of the known ones is what
/// [`look_back`](super::look_back) gives.
#[must_use]
pub fn take_apart<'a>(
    series: impl Iterator<Item = Member<'a>>,
    season: usize,
    config: &Config,
    (groups, pool): (&Groups, &Pool),
    periods: usize,
) -> Vec<Vec<Option<Missed>>> {
    let mut seen = Vec::new();
    let mut timings = Timings::new();
    on_bench(
        series,
        season,
        config,
        (groups, pool),
        &mut |at, members| {
            seen.resize_with(members.len(), || vec![None; periods]);
            let (bench, model, places) = at;
            let asked = (model, pool, config.lag);
            let kin: Vec<_> = at_places(members, places)
                .map(|(member, _)| member.kin)
                .collect();
            bench.take_apart(&kin, asked, &mut timings, &mut |lane, age, missed| {
                let place = places.get(lane).map(|place| index_usize(*place));
                let own = place.and_then(|place| seen.get_mut(place));
                if let Some(cell) = own.and_then(|own| own.get_mut(age)) {
                    *cell = Some(missed);
                }
            });
        },
    );
    seen
}

/// What each of `N` parts takes off a whole: `left` says what is left of it with those parts in
/// place whose bits are set.
///
/// A part has the mean of what it takes off over all orders of the parts, so those that do the
/// same get the same, one that does nothing gets nothing, and all sum to `left(0) - left(all)`.
///
/// part i = sum over S without i of |S|! (N - |S| - 1)! / N! (left(S) - left(S and i))
///
/// Source: Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II,
/// 307-317. Units: those of `left`.
///
/// ```
/// // Two parts that take 3 and 5 off alone and 10 together: each half of the 2 on top.
/// let left = |parts: usize| [10.0, 7.0, 5.0, 0.0][parts];
/// assert_eq!(engine::forecast::shapley(left), [4.0, 6.0]);
/// ```
#[must_use]
pub fn shapley<const N: usize>(left: impl Fn(usize) -> f64) -> [f64; N] {
    let factorial = |n: usize| (1..=n).map(count_f64).product::<f64>();
    let left: Vec<f64> = (0..1 << N).map(left).collect();
    let mut shares = [0.0; N];
    for (before, without) in left.iter().enumerate() {
        let count = index_usize(before.count_ones());
        let weight = factorial(count) * factorial(N.saturating_sub(count + 1)) / factorial(N);
        for (part, share) in shares.iter_mut().enumerate() {
            let with = left.get(before | 1 << part).unwrap_or(without);
            *share += weight * (without - with);
        }
    }
    shares
}

/// The level of each of the newest 26 periods as it turned out, newest first: demand over season
/// index of the other periods of its stretch, in which the level did not change. A period's own
/// demand does not count, or noise would pass for level. A stretch has at least four periods and
/// is split where that takes ten variances off the squares.
///
/// Source: Scott & Knott (1974), Biometrics 30, 507-512, binary splitting; the variance is that of
/// steps, von Neumann (1941), Annals of Mathematical Statistics 12, 367-395, which a change
/// of level hardly moves.
pub(super) fn levels(values: &[f64], index: impl Fn(usize) -> f64) -> Vec<f64> {
    let start = values.len().saturating_sub(LEVEL_PERIODS);
    let newest = values.get(start..).unwrap_or_default();
    let indices: Vec<f64> = (start..values.len()).map(index).collect();
    let quiet: Vec<f64> = newest.iter().zip(&indices).map(|(x, i)| x / i).collect();
    let steps = quiet.iter().zip(quiet.iter().skip(1));
    let squares: f64 = steps.map(|(a, b)| (b - a) * (b - a)).sum();
    let variance = squares / (2.0 * count_f64(quiet.len().saturating_sub(1).max(1)));
    let mut levels = vec![0.0; quiet.len()];
    let mut open: Vec<Range<usize>> = std::iter::once(0..quiet.len()).collect();
    while let Some(stretch) = open.pop() {
        let own = quiet.get(stretch.clone()).unwrap_or_default();
        if let Some(first) = change(own, CHANGE_MIN * variance) {
            open.push(stretch.start..stretch.start + first);
            open.push(stretch.start + first..stretch.end);
            continue;
        }
        let part = |of: &[f64]| {
            of.get(stretch.clone())
                .unwrap_or_default()
                .iter()
                .sum::<f64>()
        };
        let (demand, season) = (part(newest), part(&indices));
        let single = stretch.len() == 1;
        let own = levels.iter_mut().zip(newest.iter().zip(&indices));
        for (level, (value, index)) in own.take(stretch.end).skip(stretch.start) {
            *level = match single {
                true => demand / season,
                false => at_least_zero(demand - value) / (season - index),
            };
        }
    }
    levels.reverse();
    levels
}

/// Number of values before the change of mean that takes most off the squares, more than `least`.
fn change(values: &[f64], least: f64) -> Option<usize> {
    let total: f64 = values.iter().sum();
    let count = count_f64(values.len());
    let (mut sum, mut best) = (0.0, (least, None));
    for (before, value) in (1..).zip(values) {
        sum += value;
        let after = values.len() - before;
        if before < STRETCH_MIN || after < STRETCH_MIN {
            continue;
        }
        let (before_f64, after_f64) = (count_f64(before), count_f64(after));
        let gap = sum / before_f64 - (total - sum) / after_f64;
        let gained = before_f64 * after_f64 / count * gap * gap;
        if gained > best.0 {
            best = (gained, Some(before));
        }
    }
    best.1
}

/// How far into the season the newest half of one was, beyond the calendar: the turn, up to an
/// eighth of the season either way, at which the shape fits demand best, if it halves the squares
/// that are left. `ahead` is the season known before those periods, from the first of them on.
/// In a ring: one period early is 1, one late `season` - 1.
pub(super) fn turn(values: &[f64], season: usize, ahead: &[f64]) -> usize {
    let start = values.len().saturating_sub(season / 2);
    let newest = values.get(start..).unwrap_or_default();
    if newest.len() < season / 2 || ahead.len() != season {
        return 0;
    }
    let squares = |turn: usize| {
        let indices = || ahead.iter().cycle().skip(turn).take(newest.len());
        let product: f64 = newest.iter().zip(indices()).map(|(x, i)| x * i).sum();
        let level = product / indices().map(|i| i * i).sum::<f64>();
        let rest = newest.iter().zip(indices()).map(|(x, i)| x - level * i);
        rest.map(|rest| rest * rest).sum::<f64>()
    };
    let mut best = (TURN_MIN * squares(0), 0);
    for moved in 1..=season / 8 {
        for turn in [moved, season - moved] {
            let left = squares(turn);
            if left < best.0 {
                best = (left, turn);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{Frequency, GroupPartial, Kinship, Lift, Panel, look_back, scan};
    use crate::num::{exp, sin};
    use crate::rng::{Stream, mix};
    use proptest::prelude::*;

    const SEASON: usize = 52;
    const WEEKS: usize = 200;
    const NEWEST: usize = 13;

    /// Level, season, lift, and what is left; their sum is the absolute error.
    fn shares(cell: &Missed) -> [f64; 4] {
        let left = |found: usize| {
            let take = |part: usize, known: f64, now: f64| match found & 1 << part {
                0 => known,
                _ => now,
            };
            let (known, now) = (cell.known, cell.found);
            let forecast = take(0, known.level, now.level)
                * take(1, known.season, now.season)
                * take(2, known.lift, now.lift);
            (cell.actual - forecast).abs()
        };
        let [level, season, lift] = shapley(left);
        [level, season, lift, left(7)]
    }

    fn config() -> Config {
        Config {
            horizon: 26,
            lag: 4,
            levels: vec![0.8],
        }
    }

    /// Forty weekly series: `value` says the demand of a series in a week without noise, and what
    /// an event makes of it; noise has a tenth of the level.
    struct Planted {
        panel: Panel,
        lifts: [Vec<f64>; 2],
    }

    impl Planted {
        fn new(noise: f64, value: impl Fn(usize, usize) -> f64) -> Self {
            let stream = Stream::from_seed(11);
            let mut panel = Panel::new(Frequency::Weekly, SEASON);
            for of in 0..40_usize {
                let normal = |week: usize| {
                    let draw = |n: usize| stream.f64_at((12 * (WEEKS * of + week) + n) as u64);
                    (0..12).map(draw).sum::<f64>() - 6.0
                };
                let demand = |week: usize| {
                    let level = 60.0 + 4.0 * count_f64(of);
                    (level * (value(of, week) + noise * normal(week))).max(0.0)
                };
                let kin = Kinship {
                    category: 0,
                    region: 0,
                };
                panel
                    .push_member((0..WEEKS).map(demand), Some(kin))
                    .unwrap();
            }
            let lifts = [vec![1.0; WEEKS], vec![1.0; WEEKS]];
            Self { panel, lifts }
        }

        fn members(&self) -> impl Iterator<Item = Member<'_>> {
            let lift = Lift {
                past: &self.lifts[0],
                known: &self.lifts[1],
                ahead: &[],
                error: &[],
            };
            let with = move |member| Member {
                lift: Some(lift),
                ..member
            };
            self.panel.members().map(with)
        }

        fn cells(&self) -> Vec<Vec<Option<Missed>>> {
            let groups = GroupPartial::of(self.members()).finish();
            let pool = scan(self.members(), SEASON, &config(), &groups).finish(&[0.8]);
            let with = (&groups, &pool);
            let cells = take_apart(self.members(), SEASON, &config(), with, NEWEST);
            let seen = look_back(self.members(), SEASON, &config(), with, NEWEST);
            // They are the errors of the back-test.
            for (cell, seen) in cells.iter().flatten().zip(seen.iter().flatten()) {
                let of = |cell: &Missed| {
                    let known = cell.known;
                    (cell.actual, known.level * known.season * known.lift)
                };
                let seen = seen.map(|seen| (seen.actual, seen.forecast));
                match (cell.as_ref().map(of), seen) {
                    (Some(a), Some(b)) => {
                        assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-9);
                    }
                    (a, b) => assert_eq!(a, b),
                }
            }
            cells
        }

        /// Shares of the error: level, season, lift, noise.
        fn shares(&self) -> [f64; 4] {
            let mut sums = [0.0; 4];
            for cell in self.cells().iter().flatten().flatten() {
                for (sum, share) in sums.iter_mut().zip(shares(cell)) {
                    *sum += share;
                }
            }
            let total: f64 = sums.iter().sum();
            sums.map(|sum| sum / total)
        }
    }

    /// A year with two peaks of some weeks each.
    fn year(week: f64) -> f64 {
        let peak = |at: f64| {
            let away = (week - at + 26.0).rem_euclid(52.0) - 26.0;
            exp(away * away / -8.0)
        };
        0.8 + 1.2 * peak(12.0) + 0.7 * peak(38.0)
    }

    #[test]
    fn a_change_of_level_is_the_levels() {
        let planted = Planted::new(0.05, |of, week| {
            let since = WEEKS - 9 - of % 6;
            if week >= since { 1.8 } else { 1.0 }
        });
        let [level, ..] = planted.shares();
        assert!(level > 0.8, "{level}");
    }

    #[test]
    fn noise_is_noise() {
        for noise in [0.1, 0.3] {
            let [level, season, lift, rest] = Planted::new(noise, |_, _| 1.0).shares();
            assert!(rest > 0.8, "{level} {season} {lift} {rest}");
        }
        let waves = Planted::new(0.15, |_, week| year(count_f64(week)));
        assert!(waves.shares()[3] > 0.8);
        // Nothing in seven weeks of ten, else one to four times as much.
        let seldom = Planted::new(0.0, |of, week| {
            let drawn = mix((WEEKS * of + week) as u64);
            f64::from(u32::from(drawn % 10 > 6)) * (1.0 + (drawn / 16 % 4) as f64)
        });
        assert!(seldom.shares()[3] > 0.8);
    }

    #[test]
    fn a_season_that_comes_early_is_the_seasons() {
        let planted = Planted::new(0.03, |_, week| {
            let early = if week >= WEEKS - 16 { 3.0 } else { 0.0 };
            year(count_f64(week) + early)
        });
        let [_, season, ..] = planted.shares();
        assert!(season > 0.8, "{season}");
    }

    #[test]
    fn an_event_that_was_not_known_is_the_events() {
        let mut planted = Planted::new(0.05, |_, _| 1.0);
        for week in [WEEKS - 3, WEEKS - 8] {
            planted.lifts[0][week] = 2.4;
            // It was expected a week later.
            planted.lifts[1][week + 1] = 2.4;
        }
        let [_, _, lift, _] = planted.shares();
        assert!(lift > 0.8, "{lift}");
    }

    /// Series in another order have the same cells.
    #[test]
    fn the_order_of_series_does_not_matter() {
        let planted = Planted::new(0.2, |of, week| {
            let is_high = week + 6 + of % 5 > WEEKS;
            year(count_f64(week)) * if is_high { 1.5 } else { 1.0 }
        });
        let cells = |places: &mut dyn Iterator<Item = usize>| {
            let members: Vec<_> = planted.members().collect();
            let members: Vec<_> = places.map(|place| members[place]).collect();
            let groups = GroupPartial::of(members.iter().copied()).finish();
            let pool = scan(members.iter().copied(), SEASON, &config(), &groups).finish(&[0.8]);
            let with = (&groups, &pool);
            take_apart(members.into_iter(), SEASON, &config(), with, NEWEST)
        };
        let mut backwards = cells(&mut (0..40).rev());
        backwards.reverse();
        assert_eq!(cells(&mut (0..40)), backwards);
    }

    #[test]
    fn shares_of_three_by_hand() {
        // left of {}, {a}, {b}, {a b}, {c}, {a c}, {b c}, {a b c}
        let left = [12.0, 6.0, 12.0, 4.0, 9.0, 5.0, 9.0, 0.0];
        // a first (orders abc, acb): 6; b before a, c after: 8; c before a, b after: 4;
        // last (bca, cba): 9. (2 * 6 + 8 + 4 + 2 * 9) / 6 = 7.
        // b first: 0; after a: 2; after c: 0; last: 5. (0 + 2 + 0 + 2 * 5) / 6 = 2.
        // c first: 3; after a: 1; after b: 3; last: 4. (2 * 3 + 1 + 3 + 2 * 4) / 6 = 3.
        let [a, b, c] = shapley(|found| left[found]);
        for (share, hand) in [(a, 7.0), (b, 2.0), (c, 3.0)] {
            assert!((share - hand).abs() < 1e-12, "{share} {hand}");
        }
    }

    #[test]
    fn a_cell_by_hand() {
        // 150 came. Level 100 x season 1.0 were forecast, and turned out to be 120 x 1.25 = 150.
        // Level alone: 30 left; season alone: 25 left; both: none.
        // Level takes (20 + 25) / 2 off, season (25 + 30) / 2.
        let factors = |level, season| Factors {
            level,
            season,
            lift: 1.0,
        };
        let cell = Missed {
            actual: 150.0,
            known: factors(100.0, 1.0),
            found: factors(120.0, 1.25),
        };
        let by_hand = [22.5, 27.5, 0.0, 0.0];
        for (share, hand) in shares(&cell).iter().zip(by_hand) {
            assert!((share - hand).abs() < 1e-9, "{share} {hand}");
        }
    }

    #[test]
    fn a_stretch_ends_where_the_level_changes_and_no_single_week_makes_one() {
        let flat = |week: usize| if week < 20 { 10.0 } else { 16.0 };
        let values: Vec<f64> = (0..30)
            .map(|week| flat(week) + f64::from(week as u32 % 2))
            .collect();
        let found = levels(&values, |_| 1.0);
        assert_eq!(found.len(), LEVEL_PERIODS);
        // 16 and 17 take turns over ten weeks, 10 and 11 over the sixteen before: the mean of the
        // others is (165 - 17) / 9 for the newest, (168 - 11) / 15 for the newest before.
        for (age, hand) in [(0, 148.0 / 9.0), (9, 149.0 / 9.0), (10, 157.0 / 15.0)] {
            assert!((found[age] - hand).abs() < 1e-9, "{age}: {found:?}");
        }
        // No change: a peak is 190 spread over the others, and nothing to itself.
        let mut peak = [10.0; 30];
        peak[25] = 200.0;
        let found = levels(&peak, |_| 1.0);
        assert!((found[4] - 10.0).abs() < 1e-9, "{found:?}");
        assert!((found[5] - (10.0 + 190.0 / 25.0)).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_season_is_turned_by_the_weeks_it_came_early_or_late() {
        let shape: Vec<f64> = (0..SEASON).map(|week| year(count_f64(week))).collect();
        for (moved, turned) in [(0, 0), (3, 3), (49, 49)] {
            let values: Vec<f64> = (0..78)
                .map(|week| 40.0 * year(count_f64((week + moved) % SEASON)))
                .collect();
            assert_eq!(turn(&values, SEASON, &shape), turned);
        }
        let wave = |week: usize| 50.0 + 5.0 * sin(count_f64(week * week));
        let values: Vec<f64> = (0..78).map(wave).collect();
        assert_eq!(turn(&values, SEASON, &shape), 0);
    }

    proptest! {
        #[test]
        fn parts_and_noise_sum_to_the_error(
            actual in 0.0_f64..500.0,
            known in prop::array::uniform3(0.05_f64..20.0),
            found in prop::array::uniform3(0.05_f64..20.0),
            same in 0_usize..3,
        ) {
            let factors = |of: [f64; 3]| Factors { level: of[0], season: of[1], lift: of[2] };
            let mut found = found;
            found[same] = known[same];
            let cell = Missed { actual, known: factors(known), found: factors(found) };
            let shares = shares(&cell);
            let error = (actual - known[0] * known[1] * known[2]).abs();
            prop_assert!((shares.iter().sum::<f64>() - error).abs() < 1e-9 * (1.0 + error));
            prop_assert_eq!(shares[same], 0.0);
        }
    }
}
