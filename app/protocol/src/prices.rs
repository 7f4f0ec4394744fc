//! Prices: what was learnt of them, and changes that are planned.
//!
//! [`PriceChange`] is part of stored commands: append only, and fields never move.

use crate::Packed;
use crate::adjustment::BothNames;
use serde::{Deserialize, Serialize};

/// A price that is to be another one for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// Category code, descendants included; absent means all, here and below.
    pub category: Option<String>,
    /// SKU code.
    pub sku: Option<String>,
    /// Channel code.
    pub channel: Option<String>,
    /// First day (day number).
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Hundredths of a per cent of the usual price; negative cuts.
    pub percent: i64,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on; the coordinator fills it in.
    pub made_on: i32,
}

/// What was learnt of the prices of a slice, and what is planned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PriceTable {
    /// Whether the data gives any price.
    pub are_given: bool,
    /// All goods, then categories, then SKUs with stretches of their own; nothing where no price
    /// ever changed.
    pub rows: Vec<PriceLine>,
    /// SKUs there are; the rows hold a hundred at most, those that a cut adds most to.
    pub skus: u32,
    /// Changes that are planned, newest first.
    pub planned: Vec<PlannedLine>,
}

/// What was learnt for some goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PriceLine {
    /// `all`, `category`, `sku`.
    pub scope: String,
    /// Code; empty of all goods.
    pub code: String,
    /// Names.
    pub names: BothNames,
    /// Logarithm of demand by logarithm of price.
    pub elasticity: f64,
    /// Holds it with 80 %.
    pub interval80: (f64, f64),
    /// Distinct stretches off the usual price behind it.
    pub episodes: u32,
    /// The level they are of: `sku`, `category`, `all`.
    pub evidence: String,
    /// Largest change seen, as a share.
    pub change_max: f64,
    /// Demand at a price cut by a tenth over demand at the usual one.
    pub factor: f64,
    /// Forecast of the next four weeks without planned changes of price.
    pub units: f64,
    /// Units that a cut by a tenth would add to them.
    pub gained: f64,
}

/// A change that is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedLine {
    /// Its number.
    pub id: u64,
    /// What was decided.
    pub change: PriceChange,
    /// Names of category, SKU and channel; absent as the codes are.
    pub names: [Option<BothNames>; 3],
    /// Whether all its days are history.
    pub is_past: bool,
    /// Units that changes of price add to the forecast of its goods in the weeks of its days.
    pub units: f64,
}

impl Packed for PriceTable {}
