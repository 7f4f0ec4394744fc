//! Classes of demand, and open orders against the forecast, as screens show them.

use serde::{Deserialize, Serialize};

/// The classes of a slice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassTable {
    /// Smooth, erratic, intermittent, lumpy.
    pub rows: Vec<ClassLine>,
    /// All of them together.
    pub all: ClassLine,
    /// Series on the map: all, or every so many-th of very many.
    pub points: Vec<ClassPoint>,
    /// Limits of the classes: interval in weeks, squared coefficient of variation.
    pub limits: (f64, f64),
    /// Series that bands were tried on.
    pub tried: u32,
}

/// One class; shares are fractions, `None` where there was nothing to divide by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassLine {
    /// Name of the class; empty for all.
    pub class: String,
    /// Series.
    pub series: u32,
    /// Forecast of the next four weeks, units a week.
    pub rate: f64,
    /// Weighted absolute percentage error four weeks ahead.
    pub wape: Option<f64>,
    /// Forecast less demand as a share of demand.
    pub bias: Option<f64>,
    /// Outcomes of earlier forecasts.
    pub outcomes: u32,
    /// Share of them inside the bands of 80 and 95 %.
    pub inside: [Option<f64>; 2],
}

/// One series on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassPoint {
    /// Codes of SKU, channel and region.
    pub series: [String; 3],
    /// Mean interval between weeks with demand, weeks.
    pub interval: f64,
    /// Squared coefficient of variation of the sizes.
    pub variation: f64,
    /// Place of its class among the rows.
    pub class: u8,
}

/// Forecast and open orders of a slice; units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderTable {
    /// The weeks of the forecast.
    pub weeks: Vec<OrderWeek>,
    /// Lines of open orders that count.
    pub lines: u32,
    /// Ordered, but no forecast stood for it.
    pub unforecast: f64,
    /// Due after the last week.
    pub later: f64,
    /// Of goods without a forecast.
    pub unknown: f64,
    /// Orders that take no forecast: those without a due date, those due before they were placed,
    /// those due soon after.
    pub uncounted: [OrderLines; 3],
}

/// Lines of orders and the units on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderLines {
    /// How many lines.
    pub lines: u32,
    /// Units.
    pub units: f64,
}

/// One week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderWeek {
    /// First day.
    pub day: i32,
    /// Forecast before any order.
    pub forecast: f64,
    /// Open orders due.
    pub ordered: f64,
    /// Forecast that no order has taken.
    pub net: f64,
}
