//! Forecasts of goods that have just begun to be sold, or will be: by the launches of others.
//!
//! A launch is what one item sold in one outlet (channel and region), week by week from its first
//! day, without what events did. Past ones give a [`LaunchBook`]: the ramp of the first half
//! year, how much of a level an outlet has, what items of a group sell, and how far items differ
//! from that. An item is forecast by its expectation from the book, or from chosen analogues,
//! and by its own weeks as they come ([`LaunchBook::forecast`]). Works on plain figures.

mod book;
mod credibility;
mod curve;
mod update;

pub use book::{LaunchBook, PastLaunch};
pub use curve::{Curve, CurveWeek};
pub use update::{Expectation, LaunchLevel, OwnSales};

/// Weeks whose mean is the level of a launch.
pub const LEVEL_WEEKS: usize = 8;
/// Weeks of a ramp; later ones are taken as its last four.
pub const CURVE_WEEKS: usize = 26;
/// Fewest items whose launches say something of another.
pub const ITEMS_MIN: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{Poisson, gamma_quantile};
    use crate::rng::Stream;
    use proptest::prelude::*;

    const OUTLETS: [f64; 4] = [0.4, 0.8, 1.2, 1.6];

    /// Items whose levels are gamma distributed around 40 with the variance 0.5, in four outlets,
    /// with a ramp from 0.5 to 1.2 over the first eight weeks that stays there.
    fn launches(items: u32, seed: u64) -> Vec<PastLaunch> {
        let mut launches = Vec::new();
        for item in 0..items {
            let stream = Stream::keyed(seed, &[u64::from(item)]);
            let level = 40.0 * 0.5 * gamma_quantile(2.0, stream.f64_at(0));
            for (outlet, share) in (0..).zip(OUTLETS) {
                let week = |week: usize| {
                    let mean = level * share * ramp(week);
                    let lot = 1 + u64::from(outlet) * 100 + week as u64;
                    Poisson { mean }.quantile(stream.f64_at(lot))
                };
                launches.push(PastLaunch {
                    item,
                    groups: [0, item % 2, item % 2],
                    outlet,
                    weeks: (0..CURVE_WEEKS).map(week).collect(),
                });
            }
        }
        launches
    }

    /// One on average over the level weeks: 0.65 to 1.35, then 1.35.
    fn ramp(week: usize) -> f64 {
        0.65 + 0.1 * week.min(7) as f64
    }

    #[test]
    fn a_planted_ramp_and_shares_are_found() {
        let book = LaunchBook::learn(&launches(200, 7)).unwrap();
        for week in 0..CURVE_WEEKS {
            let found = book.curve.at(week);
            assert!((found - ramp(week)).abs() < 0.03, "week {week}: {found}");
        }
        assert!((book.curve.at(60) - 1.35).abs() < 0.03);
        for (outlet, share) in (0..).zip(OUTLETS) {
            let found = book.outlet_share(outlet);
            assert!((found - share).abs() < 0.05, "outlet {outlet}: {found}");
        }
        let level = book.group_level([0, 0, 0]);
        assert!((level - 40.0).abs() < 6.0, "{level}");
        assert!(
            (book.items_variance - 0.5).abs() < 0.2,
            "{}",
            book.items_variance
        );
        assert!((book.noise - 1.0).abs() < 0.1, "{}", book.noise);
    }

    #[test]
    fn too_few_items_say_nothing() {
        assert_eq!(LaunchBook::learn(&launches(4, 7)), None);
    }

    /// With one outlet, no difference between outlets and counts as they are, the level is the
    /// conjugate posterior: (1 / v + y) / (1 / (v m) + e).
    #[test]
    fn the_update_is_the_closed_form() {
        let mut book = LaunchBook::learn(&launches(40, 3)).unwrap();
        (book.noise, book.outlets_variance) = (1.0, 1e-12);
        let expected = Expectation {
            levels: vec![20.0],
            variance: 0.5,
        };
        let own = [OwnSales {
            units: 90.0,
            weeks: 3.0,
        }];
        let level = book.forecast(&expected, &own)[0];
        assert!(
            (level.mean - 92.0 / (0.1 + 3.0)).abs() < 1e-6,
            "{}",
            level.mean
        );
        assert!((level.variance - 1.0 / 92.0).abs() < 1e-9);
        let before = book.forecast(&expected, &[OwnSales::default()])[0];
        assert!((before.mean - 20.0).abs() < 1e-9);
        assert!((before.variance - 0.5).abs() < 1e-9);
    }

    #[test]
    fn intervals_hold_their_share_of_new_launches() {
        let book = LaunchBook::learn(&launches(150, 11)).unwrap();
        for age in [0, 2, 4] {
            let (mut inside, mut weeks) = ([0.0; 2], 0.0);
            for item in launches(250, 12).chunks(OUTLETS.len()) {
                let outlets: Vec<u32> = item.iter().map(|one| one.outlet).collect();
                let own = |one: &PastLaunch| OwnSales {
                    units: one.weeks.iter().take(age).sum(),
                    weeks: book.curve.over_days(0, 7 * age as i32),
                };
                let own: Vec<OwnSales> = item.iter().map(own).collect();
                let expected = book.expect([0, 0, 0], &outlets);
                for (one, level) in item.iter().zip(book.forecast(&expected, &own)) {
                    for week in age..age + 4 {
                        let mean = level.mean * book.curve.at(week);
                        weeks += 1.0;
                        for (inside, coverage) in inside.iter_mut().zip([0.80, 0.95]) {
                            let (low, high) = level.limits(mean, coverage);
                            let is_inside = low <= one.weeks[week] && one.weeks[week] <= high;
                            *inside += f64::from(u8::from(is_inside));
                        }
                    }
                }
            }
            let [inner, outer] = inside.map(|inside| inside / weeks);
            // Weeks and outlets of an item share its level: 250 items are some 250 draws.
            assert!((0.74..0.90).contains(&inner), "age {age}: {inner}");
            assert!((0.92..0.99).contains(&outer), "age {age}: {outer}");
        }
    }

    proptest! {
        #[test]
        fn limits_are_nested_and_not_below_zero(
            mean in 0.01_f64..5_000.0, variance in 0.001_f64..3.0, noise in 1.0_f64..6.0,
        ) {
            let level = LaunchLevel { mean, variance, noise };
            let (inner, outer) = (level.limits(mean, 0.80), level.limits(mean, 0.95));
            prop_assert!(0.0 <= outer.0 && outer.0 <= inner.0);
            prop_assert!(inner.1 <= outer.1);
        }

        #[test]
        fn more_sales_mean_a_higher_level_with_less_doubt(
            units in 0.0_f64..500.0, more in 1.0_f64..200.0, weeks in 0.1_f64..8.0,
        ) {
            let book = LaunchBook::learn(&launches(20, 3)).unwrap();
            let expected = Expectation { levels: vec![20.0, 30.0], variance: 0.5 };
            let level = |units| {
                let own = OwnSales { units, weeks };
                book.forecast(&expected, &[own, OwnSales::default()])
            };
            let (few, many) = (level(units), level(units + more));
            for (few, many) in few.iter().zip(&many) {
                prop_assert!(few.mean < many.mean);
                prop_assert!(many.variance <= few.variance);
            }
        }
    }
}
