//! Demand that comes seldom: its mean and variance over an uncertain time.

use crate::num::sqrt;

/// Demand of a day that comes with some chance and then in some size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeldomDemand {
    /// Chance of demand on a day, 0 to 1.
    pub chance: f64,
    /// Mean size of a demand, units.
    pub size_mean: f64,
    /// Standard deviation of the size, units.
    pub size_sd: f64,
}

impl SeldomDemand {
    /// Mean of a day, units: p m.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.chance * self.size_mean
    }

    /// Variance of a day, units squared: p s^2 + p (1 - p) m^2.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let between = self.chance * (1.0 - self.chance) * self.size_mean * self.size_mean;
        self.chance * self.size_sd * self.size_sd + between
    }

    /// Mean and standard deviation of demand over `days` of which `lead_time_sd` is uncertain, units.
    ///
    /// Source: law of total variance; Syntetos, Boylan & Croston (2005) for the classes.
    ///
    /// ```
    /// use engine::replenish::SeldomDemand;
    /// let demand = SeldomDemand { chance: 0.18, size_mean: 3.2, size_sd: 2.1 };
    /// let (mean, sigma) = demand.over(28.0, 3.0);
    /// assert!((mean - 16.128).abs() < 1e-12 && (sigma * sigma - 67.532_256).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn over(&self, days: f64, lead_time_sd: f64) -> (f64, f64) {
        let lead_part = self.mean() * lead_time_sd;
        let variance = days * self.variance() + lead_part * lead_part;
        (days * self.mean(), sqrt(variance))
    }
}
