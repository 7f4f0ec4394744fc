//! What many simulated days come to, and how sure it is.

use super::SimulatedDay;
use crate::num::{count_f64, sqrt};

/// Sums over simulated days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Days.
    pub days: f64,
    /// Units demanded.
    pub demand: f64,
    /// Units served from stock on the day they were demanded.
    pub filled: f64,
    /// Days with demand that was not met.
    pub stockout_days: f64,
    /// Stock at the end of each day, added up.
    pub on_hand: f64,
    /// Waiting demand at the end of each day, added up.
    pub backorder: f64,
    /// Orders of more than nothing.
    pub orders: f64,
    /// Replenishment cycles ended.
    pub cycles: f64,
    /// Of them those without a shortage.
    pub whole_cycles: f64,
}

impl Tally {
    /// Adds a day.
    pub fn add(&mut self, day: &SimulatedDay) {
        self.days += 1.0;
        self.demand += day.demand;
        self.filled += day.filled;
        self.stockout_days += f64::from(u8::from(day.filled < day.demand));
        self.on_hand += day.on_hand;
        self.backorder += day.backorder;
        self.orders += f64::from(u8::from(day.ordered > 0.0));
        self.cycles += f64::from(day.cycles);
        self.whole_cycles += f64::from(day.cycles - day.short_cycles);
    }
}

/// A simulated figure with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error over the batches.
    pub error: f64,
}

impl Estimate {
    /// Sum over sum of batches, with the error of a ratio of means (linearised).
    ///
    /// Source: Cochran (1977), Sampling Techniques, eq. 6.13; Law (2015), Simulation Modeling and Analysis, 9.5.
    fn ratio(
        batches: &[Tally],
        above: impl Fn(&Tally) -> f64,
        below: impl Fn(&Tally) -> f64,
    ) -> Option<Self> {
        let count = count_f64(batches.len());
        let total: f64 = batches.iter().map(&below).sum();
        if total <= 0.0 || batches.len() < 2 {
            return None;
        }
        let value = batches.iter().map(&above).sum::<f64>() / total;
        let squares: f64 = batches
            .iter()
            .map(|batch| above(batch) - value * below(batch))
            .map(|residual| residual * residual)
            .sum();
        let error = sqrt(squares * count / (count - 1.0)) / total;
        Some(Self { value, error })
    }

    /// Standard errors between the figure and `expected`; 0 where they are equal.
    #[must_use]
    pub fn errors_from(self, expected: f64) -> f64 {
        let difference = (self.value - expected).abs();
        if difference == 0.0 {
            0.0
        } else {
            difference / self.error
        }
    }
}

/// How well a policy served in a simulation; `None` where there was nothing to serve or fewer than two batches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceEstimate {
    /// Share of demand served from stock on its day.
    pub fill_rate: Option<Estimate>,
    /// Share of replenishment cycles without a shortage.
    pub cycle_service: Option<Estimate>,
    /// Share of days on which demand was not met.
    pub stockout_days: Option<Estimate>,
    /// Mean stock at the end of a day, units.
    pub on_hand: Option<Estimate>,
    /// Mean waiting demand at the end of a day, units.
    pub backorder: Option<Estimate>,
    /// Orders a day.
    pub orders: Option<Estimate>,
}

impl ServiceEstimate {
    /// From independent batches, in a fixed order.
    #[must_use]
    pub fn of(batches: &[Tally]) -> Self {
        let a_day = |above: fn(&Tally) -> f64| Estimate::ratio(batches, above, |batch| batch.days);
        Self {
            fill_rate: Estimate::ratio(batches, |batch| batch.filled, |batch| batch.demand),
            cycle_service: Estimate::ratio(
                batches,
                |batch| batch.whole_cycles,
                |batch| batch.cycles,
            ),
            stockout_days: a_day(|batch| batch.stockout_days),
            on_hand: a_day(|batch| batch.on_hand),
            backorder: a_day(|batch| batch.backorder),
            orders: a_day(|batch| batch.orders),
        }
    }
}
