//! The figures of a plan that key figures are made of.

use super::measure::Measure;
use crate::forecast::Holdout;

/// Measured by the plan while it combines its partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanFigures {
    /// Value above order-up-to level and one lot, over value of stock, base currency.
    pub overstock: Measure,
    /// Value of available stock over forecast cost of sales a day, days.
    pub cover: Measure,
    /// Mean absolute percentage error over weeks with demand.
    pub mape: Measure,
    /// Sum of absolute errors over sum of demand.
    pub wape: Measure,
    /// Sum of forecast less actual over sum of demand.
    pub bias: Measure,
    /// Sums of forecast errors up to each day of a trend.
    pub past_errors: Vec<Holdout>,
}
