//! An expectation before any sale, and what an item's own weeks make of it.

use super::book::LaunchBook;
use crate::num::{NegativeBinomial, Poisson, larger, sqrt};

/// What an item is expected to sell before its own sales are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// Units a week over the first weeks, by outlet.
    pub levels: Vec<f64>,
    /// Variance of the item's level around that, relative to its square.
    pub variance: f64,
}

/// What an item sold in an outlet so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OwnSales {
    /// Units without events.
    pub units: f64,
    /// Weeks of level in which they were sold ([`Curve::over_days`](super::Curve::over_days)).
    pub weeks: f64,
}

/// The level of an item in an outlet: gamma distributed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaunchLevel {
    /// Mean, units a week.
    pub mean: f64,
    /// Variance over the square of the mean.
    pub variance: f64,
    /// Variance of a week's demand over its mean, given the level.
    pub noise: f64,
}

/// A gamma distribution with the mean one that `units` were seen under, where `expected` had
/// been: mean and relative variance afterwards.
///
/// Shape `1 / v + y / f`, rate `1 / v + e / f`: the conjugate update of a gamma prior of mean 1
/// and variance v by a Poisson count y of mean e, counted in packs of f where counts scatter f
/// times as far (quasi-Poisson: Wedderburn 1974, Biometrika 61, 439-447). Source: Gelman et al.
/// (2013), Bayesian Data Analysis, 3rd ed., sec. 2.6.
fn seen(variance: f64, (units, expected): (f64, f64), noise: f64) -> (f64, f64) {
    let shape = 1.0 / variance + units / noise;
    let rate = 1.0 / variance + expected / noise;
    (shape / rate, 1.0 / shape)
}

impl LaunchBook {
    /// The expectation of an item by its groups, in outlets.
    #[must_use]
    pub fn expect(&self, groups: [u32; 3], outlets: &[u32]) -> Expectation {
        let level = self.group_level(groups);
        let outlets = outlets
            .iter()
            .map(|outlet| level * self.outlet_share(*outlet));
        Expectation {
            levels: outlets.collect(),
            variance: self.items_variance,
        }
    }

    /// The levels of an item by outlet, after its own sales (as many as levels are expected).
    ///
    /// The level of an outlet is expectation x item x outlet. The item's factor is learnt from
    /// the *other* outlets, which count the less the more of their difference is their own; then
    /// the outlet's own sales are seen.
    #[must_use]
    pub fn forecast(&self, expected: &Expectation, own: &[OwnSales]) -> Vec<LaunchLevel> {
        let seen_there = |(level, own): (&f64, &OwnSales)| {
            let units = level * own.weeks;
            let weight = 1.0 / (1.0 + self.outlets_variance * units / self.noise);
            (weight * own.units, weight * units)
        };
        let pairs = || expected.levels.iter().zip(own);
        let add = |(a, b): (f64, f64), (c, d): (f64, f64)| (a + c, b + d);
        let all = pairs().map(seen_there).fold((0.0, 0.0), add);
        let level = |(level, own): (&f64, &OwnSales)| {
            let here = seen_there((level, own));
            let others = (larger(all.0 - here.0, 0.0), larger(all.1 - here.1, 0.0));
            let (item, left) = seen(expected.variance, others, self.noise);
            let mean = level * item;
            let before = left + self.outlets_variance;
            let (outlet, variance) = seen(before, (own.units, mean * own.weeks), self.noise);
            LaunchLevel {
                mean: mean * outlet,
                variance,
                noise: self.noise,
            }
        };
        pairs().map(level).collect()
    }

    /// The level of an item over all its outlets, whose levels were updated, and the part
    /// of its relative variance that all of them have in common.
    #[must_use]
    pub fn total(
        &self,
        expected: &Expectation,
        own: &[OwnSales],
        updated: &[LaunchLevel],
    ) -> (LaunchLevel, f64) {
        let (mut units, mut weeks) = (0.0, 0.0);
        for (level, own) in expected.levels.iter().zip(own) {
            units += own.units;
            weeks += level * own.weeks;
        }
        let (_, item) = seen(expected.variance, (units, weeks), self.noise);
        let (mut mean, mut squares) = (0.0, 0.0);
        for level in updated {
            mean += level.mean;
            // What outlets differ by, each on its own.
            let own = larger(level.variance - item, 0.0);
            squares += own * level.mean * level.mean;
        }
        let total = LaunchLevel {
            mean,
            variance: item + squares / larger(mean * mean, 1e-9),
            noise: self.noise,
        };
        (total, item)
    }
}

impl LaunchLevel {
    /// Variance of demand with the mean `demand`: scatter of counts and doubt about the level.
    #[must_use]
    pub fn variance_of(&self, demand: f64) -> f64 {
        self.noise * demand + self.variance * demand * demand
    }

    /// Limits of the interval that holds a share `coverage` of what demand with this mean can
    /// be, in whole units: of a negative binomial with that variance, the predictive
    /// distribution of a gamma-Poisson (Greenwood and Yule 1920, JRSS 83, 255-279). They hold the
    /// mean, which demand that is mostly 0 has above its quantiles.
    #[must_use]
    pub fn limits(&self, demand: f64, coverage: f64) -> (f64, f64) {
        if demand <= 0.0 {
            return (0.0, 0.0);
        }
        let variance = self.variance_of(demand);
        let tail = (1.0 - coverage) / 2.0;
        let quantile = |p: f64| match variance > demand * 1.000_001 {
            true => NegativeBinomial {
                mean: demand,
                variance,
            }
            .quantile(p),
            false => Poisson { mean: demand }.quantile(p),
        };
        (
            f64::min(quantile(tail), demand),
            f64::max(quantile(1.0 - tail), demand),
        )
    }

    /// Standard deviation of the error of totals over 1, 2, .. weeks of these means.
    #[must_use]
    pub fn total_sigma(&self, means: &[f64]) -> Vec<f64> {
        let mut total = 0.0;
        let sigma = |mean: &f64| {
            total += mean;
            sqrt(self.variance_of(total))
        };
        means.iter().map(sigma).collect()
    }
}
