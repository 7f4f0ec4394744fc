//! What Home shows: key figures, and stock by status.

use serde::{Deserialize, Serialize};

/// Unit of a KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KpiUnit {
    /// A fraction, shown as per cent.
    Ratio,
    /// Days.
    Days,
    /// Money in the company's currency.
    Money,
    /// Turns a year.
    Turns,
    /// A plain number.
    Count,
}

/// One KPI tile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KpiTile {
    /// Id in the KPI registry.
    pub kpi: String,
    /// Value now; `None` = cannot be computed.
    pub value: Option<f64>,
    /// Which file or column is missing, if it cannot be computed.
    pub missing: Option<String>,
    /// Unit.
    pub unit: KpiUnit,
    /// Target, if one is set.
    pub target: Option<f64>,
    /// First and last day measured (day numbers).
    pub window: Option<(i32, i32)>,
    /// The value at earlier days, oldest first, the last one now; NaN where it is not known, empty
    /// for a figure without a past.
    pub trend: Vec<f64>,
    /// First day of the trend and the value then, if it is known.
    pub base: Option<(i32, f64)>,
    /// Definition in both languages.
    pub formula: (String, String),
    /// Which way is better: -1 lower, 1 higher, 0 neither.
    pub better: i8,
}

/// Stock of one status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusPanel {
    /// Status code (stocked_out, potential_stock_out, surplus_orders, excess, new, ok).
    pub status: String,
    /// SKU x warehouse pairs.
    pub count: u32,
    /// Money of the status in the company's currency: margin lost a week, margin at risk,
    /// surplus, excess, or stock.
    pub value: f64,
    /// Value of stock on hand.
    pub stock_value: f64,
    /// The largest, by money.
    pub top: Vec<StatusLine>,
}

/// One place of a status panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusLine {
    /// SKU code.
    pub sku: String,
    /// SKU name in both languages.
    pub sku_names: (String, String),
    /// Warehouse code.
    pub warehouse: String,
    /// Warehouse name in both languages.
    pub warehouse_names: (String, String),
    /// Money in the company's currency.
    pub value: f64,
}
