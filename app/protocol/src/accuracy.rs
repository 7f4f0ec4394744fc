//! Forecast errors as screens show them.

use serde::{Deserialize, Serialize};

/// Errors of a slice by the values of one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccuracyTable {
    /// The largest share of the error first; at most a hundred.
    pub rows: Vec<AccuracyRow>,
    /// Rows there are.
    pub count: u32,
    /// How many of the first rows make four fifths of the error.
    pub most: u32,
    /// The whole slice; its share is 1.
    pub all: AccuracyRow,
}

/// Errors of forecasts four weeks ahead. Fractions, `None` where there was nothing to divide by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccuracyRow {
    /// Code of the value.
    pub code: String,
    /// Name in both languages.
    pub names: (String, String),
    /// Weighted absolute percentage error of its series.
    pub wape: Option<f64>,
    /// Mean absolute percentage error over the weeks with demand.
    pub mape: Option<f64>,
    /// Mean error over the mean step of each history from one season to the next.
    pub mase: Option<f64>,
    /// Forecast less demand as a share of demand.
    pub bias: Option<f64>,
    /// Error of the sum over the last 13 weeks as a share of demand.
    pub sum_wape: Option<f64>,
    /// Sum of the last 13 weeks' errors over their mean size.
    pub tracking_signal: Option<f64>,
    /// Share of the slice's absolute error.
    pub share: f64,
}
