//! What is planted in a demo company, to be measured against.

use serde::Serialize;

use super::company_a::Parameters;
use crate::dataset::Dataset;
use crate::kpi;

/// A generated company.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Its tables.
    pub dataset: Dataset,
    /// What was planted in them.
    pub truth: Truth,
}

/// Which measure a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactId {
    /// [`kpi::stockout_rate`].
    StockoutRate,
    /// [`kpi::turnover`].
    Turns,
    /// [`kpi::stale_share`].
    StaleShare,
    /// The gross rate of [`kpi::book_variance`].
    BookVariance,
}

impl FactId {
    /// Every planted measure.
    pub const ALL: [Self; 4] = [
        Self::StockoutRate,
        Self::Turns,
        Self::StaleShare,
        Self::BookVariance,
    ];

    /// The measured value; `None` when the dataset does not allow it.
    pub fn measure(self, dataset: &Dataset) -> Option<f64> {
        match self {
            Self::StockoutRate => kpi::stockout_rate(dataset).value,
            Self::Turns => kpi::turnover(dataset).turns.value,
            Self::StaleShare => kpi::stale_share(dataset).value,
            Self::BookVariance => kpi::book_variance(dataset).gross.value,
        }
    }
}

/// A planted fact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Which measure.
    pub id: FactId,
    /// The planted value: a fraction, or turns a year.
    pub value: f64,
    /// How far our measure may lie from it.
    pub tolerance: f64,
}

impl Fact {
    /// Whether a measured value agrees with the fact.
    pub fn holds(&self, measured: f64) -> bool {
        (measured - self.value).abs() <= self.tolerance
    }
}

/// By how much an event multiplies demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventLift {
    /// Code in `events.csv`.
    pub event: String,
    /// Code in `categories.csv`.
    pub category: String,
    /// Code in `channels.csv`.
    pub channel: String,
    /// Mean multiplier over the days from start to end.
    pub mean: f64,
    /// The strongest day's multiplier.
    pub peak: f64,
}

/// A word of `signals.csv` and what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlantedSignal {
    /// The word.
    pub keyword: String,
    /// Code of the SKU or category that it is mapped to.
    pub goods: String,
    /// Weeks by which it comes before their demand; `None` where it says nothing.
    pub lead_weeks: Option<usize>,
}

/// The truth file of a demo company (`truth.json`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// Id of the company.
    pub company: &'static str,
    /// Seed and calibrated parameters of the generator.
    pub parameters: Parameters,
    /// Date of the stock picture.
    pub as_of: String,
    /// First day of demand history.
    pub history_from: String,
    /// Number of SKUs.
    pub skus: usize,
    /// Number of channels.
    pub channels: usize,
    /// Number of warehouses.
    pub warehouses: usize,
    /// Number of SKU x warehouse pairs that were ever listed.
    pub listings: usize,
    /// Units customers wanted in the history. `demand.csv` holds only what they ordered:
    /// a listing without stock is closed, so demand meets stock-outs censored.
    pub wanted_units: i64,
    /// Units wanted but never ordered because nothing was available.
    pub lost_units: i64,
    /// Those of the days that `stock_daily.csv` tells of.
    pub lost_units_daily: i64,
    /// Planted measures.
    pub facts: Vec<Fact>,
    /// Planted event effects.
    pub event_lifts: Vec<EventLift>,
    /// Planted signals.
    pub signals: Vec<PlantedSignal>,
}
