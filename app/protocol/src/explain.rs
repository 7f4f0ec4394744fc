//! How forecasts come about, as screens show it.

use serde::{Deserialize, Serialize};

/// Settings that leave a stream of demand out of the weeks ahead begin with this; then its name:
/// `events`, `signals`.
pub const STREAM_SETTING: &str = "stream.";
/// The value of such a setting.
pub const STREAM_OFF: &str = "off";

/// What the forecast of a slice is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsTable {
    /// First day of each week.
    pub weeks: Vec<i32>,
    /// Parts in the order in which they build on each other; each week they sum to its forecast.
    pub parts: Vec<ForecastPart>,
    /// Series summed up.
    pub series: u32,
    /// Streams that the plan leaves out.
    pub left_out: Vec<String>,
}

/// One bar of the waterfall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastPart {
    /// level, trend, season, events, signals, lifecycle, adjustment.
    pub part: String,
    /// By week, thousandths of units.
    pub units: Vec<i64>,
}
