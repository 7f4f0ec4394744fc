//! Decisions by hand on history and forecast: as commands store them, as screens show them.
//!
//! [`Adjustment`], [`Change`] and [`Replacement`] are part of stored commands: append only, and
//! fields never move.

use serde::{Deserialize, Serialize};

/// What is done to the total of each week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Raised by hundredths of a per cent.
    Percent(i64),
    /// Thousandths of units a week added.
    Add(i64),
    /// Thousandths of units a week in place of the forecast.
    Replace(i64),
}

/// A change of the forecast of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Category code, descendants included; absent means all, here and below.
    pub category: Option<String>,
    /// SKU code.
    pub sku: Option<String>,
    /// Channel code.
    pub channel: Option<String>,
    /// Region code.
    pub region: Option<String>,
    /// First day of the first week (day number).
    pub from: i32,
    /// Last day of the last week.
    pub to: i32,
    /// What is done.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Last date of the data for which it counts.
    pub expires: Option<i32>,
    /// Date of the data it was made on; the coordinator fills it in.
    pub made_on: i32,
    /// Totals of each week before and after it when it was made, thousandths; the coordinator
    /// fills them in.
    pub noted: Vec<(i64, i64)>,
}

/// A week of a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HistoryWeek {
    /// SKU code.
    pub sku: String,
    /// Channel code.
    pub channel: String,
    /// Region code.
    pub region: String,
    /// First day (day number).
    pub week: i32,
}

/// What forecasts see in place of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Units of the dataset when it was decided, thousandths.
    pub original: i64,
    /// Units in their place, thousandths.
    pub value: i64,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on; the coordinator fills it in.
    pub made_on: i32,
}

/// Both languages of a name.
pub type BothNames = (String, String);

/// An adjustment in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdjustmentRow {
    /// Its number.
    pub id: u64,
    /// What was decided.
    pub adjustment: Adjustment,
    /// Names of category, SKU, channel and region; absent as the codes are.
    pub names: [Option<BothNames>; 4],
    /// Whether it touches the slice that was asked for.
    pub is_here: bool,
    /// `active`, `expired` or `past`.
    pub standing: String,
    /// Series it spreads over.
    pub series: u32,
    /// Units it adds in the weeks ahead.
    pub units: f64,
    /// The forecast of those weeks before it.
    pub before: f64,
    /// What they are worth at unit cost, company's currency.
    pub money: Option<f64>,
    /// What it was worth in weeks that are history.
    pub score: Option<AdjustmentScore>,
}

/// Errors with and without an adjustment; units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdjustmentScore {
    /// Weeks judged.
    pub weeks: u32,
    /// Demand.
    pub actual: f64,
    /// The forecast before it.
    pub before: f64,
    /// The forecast after it.
    pub after: f64,
    /// Units of error less; negative when it hurt.
    pub helped: f64,
}

/// Weeks of a slice's history that stand out, and those that are replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlierTable {
    /// Largest first by units at cost; at most a hundred.
    pub suggested: Vec<OutlierRow>,
    /// Suggestions there are.
    pub count: u32,
    /// Newest first.
    pub replaced: Vec<OutlierRow>,
}

/// A week that stands out or is replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlierRow {
    /// Which week of which series.
    pub place: HistoryWeek,
    /// Names of SKU, channel and region.
    pub names: [BothNames; 3],
    /// Units ordered, as the dataset has it.
    pub actual: f64,
    /// Units its neighbours suggest; what forecasts see where it is replaced.
    pub typical: f64,
    /// Distance in deviations of the neighbours; none where it is replaced.
    pub deviations: Option<f64>,
    /// The decision, where it is replaced.
    pub replacement: Option<Replacement>,
}

/// Name of the setting that says what sales of weeks with stock-outs are taken for.
pub const STOCKOUT_SETTING: &str = "stockouts";
/// Its value when they are taken for all of demand.
pub const STOCKOUT_AS_SOLD: &str = "as_sold";

/// Weeks of a slice in which goods were not always there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StockoutTable {
    /// Whether forecasts take sales for demand, so that nothing is uncensored.
    pub is_as_sold: bool,
    /// Whether the data tells what was available day by day.
    pub has_stock: bool,
    /// Weeks of series, and series they are of.
    pub weeks: u32,
    /// Series that have such weeks.
    pub series: u32,
    /// Units sold in these weeks.
    pub sold: f64,
    /// Units that were not to be had.
    pub hidden: f64,
    /// Those that hid most, at most a hundred.
    pub rows: Vec<StockoutRow>,
}

/// A week in which goods were not always there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StockoutRow {
    /// Which week of which series.
    pub place: HistoryWeek,
    /// Names of SKU, channel and region.
    pub names: [BothNames; 3],
    /// Share of the week in which goods could be bought.
    pub seen: f32,
    /// Units sold.
    pub sold: f64,
    /// Units that would have been.
    pub demand: f64,
    /// Limits that lies between with 80 %.
    pub limits: (f64, f64),
}

/// Goods that hand over to others, or take over from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessorLink {
    /// Whether the other goods come after these.
    pub is_next: bool,
    /// Code of the other goods.
    pub sku: String,
    /// Their name in both languages.
    pub names: BothNames,
    /// Last day of sale of the goods that end (day number).
    pub end: i32,
}
