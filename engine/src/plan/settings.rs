//! What a plan depends on besides its dataset.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// Settings of a plan; the defaults are the product's conventions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Weeks to forecast.
    pub horizon_weeks: u32,
    /// Cycle service level by ABC class, as fractions.
    pub service: [f64; 3],
    /// Seed of everything random.
    pub seed: u64,
    /// Date to plan from in the place of the dataset's: what came after it is not looked at. For
    /// forecasts as they were; the stock picture stays that of the dataset.
    pub as_of: Option<Day>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            horizon_weeks: 26,
            service: [0.98, 0.95, 0.90],
            seed: 1,
            as_of: None,
        }
    }
}
