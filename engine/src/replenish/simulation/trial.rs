//! Monte Carlo: many replications of a policy on drawn demand and lead times.

use super::{DemandSampler, ItemRun, Operation, ServiceEstimate, Tally};
use crate::num::{WHOLE_LIMIT, floor_count};
use crate::replenish::mixture::check_lead_times;
use crate::replenish::{LeadTime, PolicyError};
use crate::rng::Stream;

/// Protection intervals that pass before days count.
const WARM_UP_INTERVALS: usize = 10;

/// How much is simulated, and with which random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Seed of the random numbers.
    pub seed: u64,
    /// SKU index: with location and replication it names the stream.
    pub sku: u64,
    /// Location index.
    pub location: u64,
    /// Independent replications; each is one batch of the standard errors.
    pub replications: u64,
    /// Days that count in each replication.
    pub days: usize,
}

impl Trial {
    /// 200 years of days: for one item that is looked at.
    #[must_use]
    pub fn of_item(seed: u64, sku: u64, location: u64) -> Self {
        Self {
            seed,
            sku,
            location,
            replications: 200,
            days: 365,
        }
    }

    /// 20 years of days: for one of many items.
    #[must_use]
    pub fn of_portfolio(seed: u64, sku: u64, location: u64) -> Self {
        Self {
            replications: 20,
            ..Self::of_item(seed, sku, location)
        }
    }
}

/// A policy with the demand and lead times it meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulator {
    operation: Operation,
    demand: DemandSampler,
    /// Chance of this lead time or one before it, and its days.
    lead_times: Vec<(f64, usize)>,
    warm_up_days: usize,
}

impl Simulator {
    /// Checks a policy, one day's demand and whole days of lead time.
    ///
    /// # Errors
    /// As [`ItemRun::try_new`]; [`PolicyError::LeadTime`] if there is no lead time, one is negative, not whole, or
    /// their chances do not add up to 1.
    pub fn try_new(
        operation: Operation,
        demand: DemandSampler,
        lead_times: &[LeadTime],
    ) -> Result<Self, PolicyError> {
        ItemRun::try_new(operation, 0.0)?;
        let total = check_lead_times(lead_times)?;
        let is_whole = |time: &LeadTime| time.days.fract() == 0.0 && time.days < WHOLE_LIMIT;
        if !lead_times.iter().all(is_whole) {
            return Err(PolicyError::LeadTime);
        }
        let mut chance = 0.0;
        let lead_times: Vec<(f64, usize)> = lead_times
            .iter()
            .map(|time| {
                chance += time.chance / total;
                (chance, floor_count(time.days))
            })
            .collect();
        let longest = lead_times.iter().map(|(_, days)| *days).max().unwrap_or(0);
        let intervals = WARM_UP_INTERVALS * (operation.review_days + longest);
        Ok(Self {
            operation,
            demand,
            lead_times,
            // A whole number of reviews, so that every replication starts on a review day.
            warm_up_days: intervals.next_multiple_of(operation.review_days),
        })
    }

    /// One replication of a trial.
    ///
    /// Draw 0 sets where between trigger and top the position starts, draws 2d + 1 and 2d + 2 are demand and lead
    /// time of day d, so that two policies under one seed meet the same days (common random numbers).
    ///
    /// # Errors
    /// As [`ItemRun::try_new`].
    pub fn replicate(&self, trial: &Trial, replication: u64) -> Result<Tally, PolicyError> {
        let stream = Stream::keyed(trial.seed, &[trial.sku, trial.location, replication]);
        let policy = self.operation.policy;
        let below = policy.range() * stream.f64_at(0);
        let below = if self.demand.is_counted() {
            below.floor()
        } else {
            below
        };
        let start = policy.top() - below;
        let mut run = ItemRun::try_new(self.operation, start)?;
        let mut tally = Tally::default();
        for day in 0..self.warm_up_days + trial.days {
            let draw = 2 * day as u64 + 1;
            let demand = self.demand.draw(stream.f64_at(draw));
            let figures = run.day(demand, || self.lead_time(stream.f64_at(draw + 1)));
            if day >= self.warm_up_days {
                tally.add(&figures);
            }
        }
        Ok(tally)
    }

    /// All replications of a trial. They may as well be run apart, on any number of workers, and handed to
    /// [`ServiceEstimate::of`] in their order: the bytes are the same.
    ///
    /// # Errors
    /// As [`ItemRun::try_new`].
    pub fn run(&self, trial: &Trial) -> Result<ServiceEstimate, PolicyError> {
        let batches: Vec<Tally> = (0..trial.replications)
            .map(|replication| self.replicate(trial, replication))
            .collect::<Result<_, _>>()?;
        Ok(ServiceEstimate::of(&batches))
    }

    fn lead_time(&self, uniform: f64) -> usize {
        let drawn = self.lead_times.iter().find(|(chance, _)| uniform < *chance);
        let last = self.lead_times.last();
        drawn.or(last).map_or(0, |(_, days)| *days)
    }
}
