//! Why forecasts missed: the absolute errors of the newest quarter, [`LAG_WEEKS`](super::LAG_WEEKS)
//! weeks ahead, shared out among what the forecasts were made of.
//!
//! Computed beside the plan, a partition at a time, from what its partitions were told; no plan
//! reads it.

use super::adjust::Decisions;
use super::again::{LADDER_WEEKS, Learnt, Replays};
use super::measure::{SEASON_WEEKS, category, config, series_of};
use super::outcome::Plan;
use super::partition::{PARTITIONS, PartitionInput};
use super::quiet::{members, quiet};
use super::view::{Scope, Slice};
use crate::dataset::{Dataset, Hash};
use crate::demand::{Series, SeriesKey};
use crate::events::SeriesLifts;
use crate::forecast::{Missed, shapley, take_apart};
use crate::order;
use crate::signals::together;

/// What makes an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The level was another one: it had moved, or was not known well.
    Level,
    /// The season came earlier or later, or is known better now.
    Season,
    /// An event did something else than was expected.
    Events,
    /// A price was changed that was not planned, or did something else than was expected.
    Price,
    /// What followed a signal was something else.
    Signals,
    /// What no better knowledge of the others takes away.
    Noise,
}

impl Cause {
    /// Every cause; noise is last.
    pub const ALL: [Self; 6] = [
        Self::Level,
        Self::Season,
        Self::Events,
        Self::Price,
        Self::Signals,
        Self::Noise,
    ];

    /// The name in views and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Season => "season",
            Self::Events => "events",
            Self::Price => "price",
            Self::Signals => "signals",
            Self::Noise => "noise",
        }
    }
}

/// Causes that are a factor of the forecast: all but noise.
const FACTORS: usize = Cause::ALL.len() - 1;

/// The error of some series, shared out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ErrorShares {
    /// Series with a forecast in these weeks.
    pub series: usize,
    /// Weeks of series that were looked at.
    pub cells: usize,
    /// Demand, units.
    pub actual: f64,
    /// Sum of absolute errors, units.
    pub error: f64,
    /// What each cause has of it, units; they sum to it. Below zero where knowing better
    /// would have made it larger.
    pub shares: [f64; Cause::ALL.len()],
}

impl ErrorShares {
    /// What a cause has of the error, units.
    #[must_use]
    pub fn of(&self, cause: Cause) -> f64 {
        self.shares.get(cause as usize).copied().unwrap_or(0.0)
    }

    /// The cause that has most of it; `None` without an error.
    #[must_use]
    pub fn largest(&self) -> Option<Cause> {
        let most = |best: Cause, cause: Cause| match self.of(cause) > self.of(best) {
            true => cause,
            false => best,
        };
        let largest = Cause::ALL.into_iter().reduce(most)?;
        (self.error > 0.0).then_some(largest)
    }

    /// Adds the error of other series.
    pub fn merge(&mut self, other: &Self) {
        self.series += other.series;
        self.cells += other.cells;
        self.actual += other.actual;
        self.error += other.error;
        for (sum, share) in self.shares.iter_mut().zip(other.shares) {
            *sum += share;
        }
    }

    /// Adds a week: the absolute error with each set of factors as they turned out, shared out by
    /// [`shapley`].
    fn add(&mut self, actual: f64, known: [f64; FACTORS], found: [f64; FACTORS]) {
        let left = |set: usize| {
            let factors = known.iter().zip(&found).enumerate();
            let forecast: f64 = factors
                .map(|(part, (known, found))| if set & 1 << part == 0 { known } else { found })
                .product();
            (actual - forecast).abs()
        };
        let shares: [f64; FACTORS] = shapley(left);
        let noise = left((1 << FACTORS) - 1);
        self.cells += 1;
        self.actual += actual;
        self.error += left(0);
        for (sum, share) in self
            .shares
            .iter_mut()
            .zip(shares.into_iter().chain([noise]))
        {
            *sum += share;
        }
    }
}

/// The errors of a plan shared out, series by series, made bit by bit.
pub struct Attribution {
    key: Hash,
    inputs: Vec<PartitionInput>,
    learnt: Learnt,
    done: usize,
    /// In order once all is done.
    series: Vec<(SeriesKey, ErrorShares)>,
}

impl Attribution {
    /// Prepares; `None` when the plan was not made by a run.
    pub fn new(plan: &Plan, dataset: &Dataset, decisions: &Decisions) -> Option<Self> {
        Some(Self {
            key: Replays::key(plan, decisions),
            learnt: plan.learnt()?,
            inputs: plan.inputs(dataset, decisions, &|_| true),
            done: 0,
            series: Vec::new(),
        })
    }

    /// Whether it is of this plan.
    pub fn is_of(&self, plan: &Plan, decisions: &Decisions) -> bool {
        self.key == Replays::key(plan, decisions)
    }

    /// Steps done and steps there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, PARTITIONS)
    }

    /// Whether every error is shared out.
    pub fn is_done(&self) -> bool {
        self.done == PARTITIONS
    }

    /// Does one partition.
    pub fn step(&mut self) {
        if let Some(input) = self.inputs.pop() {
            self.take_apart(&input);
        }
        self.done = PARTITIONS - self.inputs.len();
        if self.is_done() {
            order::sort_by_key(&mut self.series, |(key, _)| *key);
        }
    }

    fn take_apart(&mut self, input: &PartitionInput) {
        let (events, signals) = &self.learnt.lifts;
        let series = series_of(input);
        let quiet = quiet(input, (events, signals), &series);
        let apart = take_apart(
            members(input, &series, &quiet),
            SEASON_WEEKS,
            &config(input),
            (&self.learnt.groups, &self.learnt.broadcast.pool),
            LADDER_WEEKS,
        );
        for (series, missed) in series.iter().zip(apart) {
            let shares = self.share_out(input, series, &missed);
            if shares.cells > 0 {
                self.series.push((series.key, shares));
            }
        }
    }

    fn share_out(
        &self,
        input: &PartitionInput,
        series: &Series,
        missed: &[Option<Missed>],
    ) -> ErrorShares {
        let weeks = series.weeks.len();
        let goods = (
            category(input, series.key.sku),
            series.key.sku,
            series.key.region,
        );
        let signals = self.learnt.lifts.1.weeks(goods, weeks, 0);
        let outlet = (series.key.sku, series.key.channel);
        let prices = input.prices.weeks(outlet, weeks, 0);
        // What was said of campaigns and leads counts with signals.
        let signals = together(signals, input.inflows.weeks(outlet, weeks, 0));
        let mut shares = ErrorShares::default();
        for (age, missed) in missed.iter().enumerate() {
            let Some(missed) = missed else { continue };
            let factor = |factors: &[f64]| {
                let place = weeks.checked_sub(age + 1);
                place.and_then(|place| factors.get(place).copied())
            };
            let of = |lifts: &Option<SeriesLifts>| {
                let lifts = lifts.as_ref();
                let both = lifts.and_then(|it| Some((factor(&it.known)?, factor(&it.past)?)));
                both.unwrap_or((1.0, 1.0))
            };
            let (signals, prices) = (of(&signals), of(&prices));
            shares.add(
                missed.actual,
                [
                    missed.known.level,
                    missed.known.season,
                    missed.known.lift / signals.0 / prices.0,
                    prices.0,
                    signals.0,
                ],
                [
                    missed.found.level,
                    missed.found.season,
                    missed.found.lift / signals.1 / prices.1,
                    prices.1,
                    signals.1,
                ],
            );
        }
        shares.series = usize::from(shares.cells > 0);
        shares
    }

    /// The series of a slice with what their errors are made of, in order.
    pub fn inside(
        &self,
        plan: &Plan,
        scope: Scope,
    ) -> impl Iterator<Item = (SeriesKey, &ErrorShares)> {
        let slice = Slice::new(&plan.catalog, scope);
        let is_inside =
            move |key: SeriesKey| slice.has(key, plan.network.warehouse(key.region, key.channel));
        let series = self.series.iter();
        let inside = series.filter(move |(key, _)| is_inside(*key));
        inside.map(|(key, shares)| (*key, shares))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 130 came. Level 80 x event 2 x signal 0.5 = 80 were forecast, 50 too few. The
    /// event was known right; level turned out 100 and the signal 0.6, season stays 1.
    /// Left: none 50; level 30; signal 34; both 10, which is noise. Level takes (20 + 24) / 2,
    /// the signal (16 + 20) / 2.
    #[test]
    fn a_week_by_hand() {
        let mut shares = ErrorShares::default();
        shares.add(
            130.0,
            [80.0, 1.0, 2.0, 1.0, 0.5],
            [100.0, 1.0, 2.0, 1.0, 0.6],
        );
        let by_hand = [22.0, 0.0, 0.0, 0.0, 18.0, 10.0];
        for (share, hand) in shares.shares.iter().zip(by_hand) {
            assert!((share - hand).abs() < 1e-9, "{shares:?}");
        }
        assert_eq!(shares.of(Cause::Season), 0.0);
        assert_eq!((shares.error, shares.cells), (50.0, 1));
        assert_eq!(shares.largest(), Some(Cause::Level));
    }

    /// The level turned out right only together with the event: alone it makes things worse.
    #[test]
    fn a_share_can_be_below_zero() {
        let mut shares = ErrorShares::default();
        // 100 came and 100 x 1 was forecast: no error. In truth 50 x 1.6 = 80.
        shares.add(
            100.0,
            [100.0, 1.0, 1.0, 1.0, 1.0],
            [50.0, 1.0, 1.6, 1.0, 1.0],
        );
        assert!(shares.of(Cause::Level) < 0.0, "{shares:?}");
        assert!(shares.shares.iter().sum::<f64>().abs() < 1e-9);
        assert_eq!(shares.largest(), None);
    }
}
