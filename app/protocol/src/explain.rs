//! How forecasts come about, as screens show it.

use serde::{Deserialize, Serialize};

/// Settings that leave a stream of demand out of the weeks ahead begin with this; then its name:
/// `events`, `price`, `signals`.
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
    /// level, trend, season, lifecycle, events, price, signals, adjustment.
    pub part: String,
    /// By week, thousandths of units.
    pub units: Vec<i64>,
}

/// Which models forecast a slice, and how every one does on a single series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelTable {
    /// Series of the slice.
    pub series: u32,
    /// Every model of the registry, in its order.
    pub rows: Vec<ModelRow>,
    /// Set for a single series with a history.
    pub card: Option<DemandCard>,
}

/// One model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelRow {
    /// Id in the registry.
    pub model: String,
    /// Publication it follows.
    pub source: String,
    /// Whether it is only a yardstick of the others.
    pub is_benchmark: bool,
    /// Series of the slice that it forecasts.
    pub series: u32,
    /// Weight in the forecast of a single series; the share of series of a slice.
    pub weight: f64,
    /// Error over demand, four weeks ahead: on a single series over its rolling origins, in a slice
    /// of the series it forecasts. Fractions.
    pub wape: Option<f64>,
    /// Mean absolute error over the mean step of the history; only of a single series.
    pub mase: Option<f64>,
    /// Rolling origins it was scored from, of a single series; 0 where it does not suit.
    pub origins: u32,
}

/// What kind of demand a series is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DemandCard {
    /// smooth, erratic, intermittent, lumpy.
    pub class: String,
    /// Weeks over those with demand (ADI); absent without demand.
    pub interval: Option<f64>,
    /// Squared coefficient of variation of the sizes (CV2).
    pub variation: f64,
    /// From these on demand is intermittent, and erratic.
    pub limits: (f64, f64),
}

/// How much each step of a forecast adds to its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LadderTable {
    /// Steps of work done, and those there are; the rest is empty until they are equal. Asking again
    /// goes on.
    pub progress: (u32, u32),
    /// Series, and weeks of series, that were looked at.
    pub counts: (u32, u32),
    /// Weeks back, and weeks ahead that forecasts were made.
    pub weeks: (u32, u32),
    /// Demand, units.
    pub actual: f64,
    /// naive, statistical, events, signals, override.
    pub rungs: Vec<LadderRung>,
}

/// A forecast with one thing more than the one before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LadderRung {
    /// Its name.
    pub rung: String,
    /// Sum of absolute errors, units.
    pub error: f64,
}

/// Errors in steps: of the forecast from naive to planned, or shared out among their causes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StepsTable {
    /// The whole slice. Causes stand as a ladder: noise, then what it is together with level, season, events, price
    /// and signals, so that the last one is the whole error.
    pub slice: LadderTable,
    /// By the values of an attribute, the largest error first; at most a hundred.
    pub rows: Vec<StepsRow>,
}

/// The error of a part of the slice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StepsRow {
    /// Code of the value.
    pub code: String,
    /// Name in both languages.
    pub names: (String, String),
    /// Demand, units.
    pub actual: f64,
    /// Sum of absolute errors, units.
    pub error: f64,
    /// In the order of the slice's rungs, units: what each cause has of it, or the error at each rung.
    pub steps: Vec<f64>,
}

/// Forecasts of one week by the time they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionTable {
    /// Steps of work done, and those there are; the rest is empty until they are equal. Asking again
    /// goes on.
    pub progress: (u32, u32),
    /// First days of the weeks that can be asked for, newest first.
    pub weeks: Vec<i32>,
    /// The longest lag first: date of the data it was made on, weeks ahead, thousandths of units.
    pub versions: Vec<(i32, u32, i64)>,
    /// Demand of the week, thousandths of units.
    pub actual: i64,
}
