//! New items: how one is to be forecast, as commands store it and as the screen shows it.
//!
//! [`Launch`] and [`PlannedGoods`] are part of stored commands: fields never move.

use crate::Packed;
use crate::adjustment::BothNames;
use serde::{Deserialize, Serialize};

/// How a new item is to be forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// SKU codes whose launches it is expected to follow; none: those of its group.
    pub analogues: Vec<String>,
    /// First day of sale (day number).
    pub from: i32,
    /// Channel codes; none: those of the analogues.
    pub channels: Vec<String>,
    /// Its level in hundredths of a per cent of theirs.
    pub level: i64,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on; the coordinator fills it in.
    pub made_on: i32,
    /// What is to be known of goods that the data does not have.
    pub goods: Option<PlannedGoods>,
}

/// Goods that are only planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedGoods {
    /// Name.
    pub name: String,
    /// Category code.
    pub category: String,
    /// Gross price of a unit, millionths.
    pub list_price: Option<i64>,
    /// Net cost of a unit, millionths.
    pub unit_cost: Option<i64>,
}

/// What the form of a new item says so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewItemDraft {
    /// SKU code; absent or unknown: goods that the data does not have.
    pub sku: Option<String>,
    /// Category code of such goods.
    pub category: Option<String>,
    /// Their gross price, millionths.
    pub price: Option<i64>,
    /// First day of sale; absent: the day after the data.
    pub from: Option<i32>,
    /// As in [`Launch`].
    pub channels: Vec<String>,
    /// As in [`Launch`].
    pub analogues: Vec<String>,
    /// As in [`Launch`].
    pub level: i64,
}

/// Everything about new items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NewItemDesk {
    /// Goods without sales, or with less than eight weeks of them.
    pub candidates: Vec<NewItemGoods>,
    /// Code and names of categories.
    pub categories: Vec<(String, BothNames)>,
    /// Code and names of channels.
    pub channels: Vec<(String, BothNames)>,
    /// Goods whose launch the history shows, those chosen first, then the most alike.
    pub suggestions: Vec<AnalogueRow>,
    /// Items whose launches were learnt from; zero where too few are known.
    pub learnt: u32,
    /// What the draft comes to.
    pub preview: Option<NewItemPreview>,
    /// New items of the plan.
    pub planned: Vec<LaunchRow>,
    /// Codes among the analogues of the draft that the data does not have.
    pub unknown: Vec<String>,
}

impl Packed for NewItemDesk {}

/// Goods that may be launched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewItemGoods {
    /// SKU code.
    pub sku: String,
    /// Names.
    pub names: BothNames,
}

/// Goods that a new item may follow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalogueRow {
    /// SKU code.
    pub sku: String,
    /// Names.
    pub names: BothNames,
    /// Whether it is of the same category.
    pub is_same_category: bool,
    /// Its price over that of the new item, where both are known.
    pub price_ratio: Option<f64>,
    /// First day of its launch; absent where the history begins later.
    pub launch: Option<i32>,
    /// Units a week over its first eight weeks.
    pub level: f64,
    /// Units by week from its launch on.
    pub ramp: Vec<f64>,
}

/// What a draft comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewItemPreview {
    /// By week after the launch: share of the level, and between which eight of ten items lay.
    pub curve: Vec<(f64, f64, f64)>,
    /// First days of the weeks ahead.
    pub days: Vec<i32>,
    /// Units by week.
    pub mean: Vec<f64>,
    /// Lower limit of the 80 % interval.
    pub low: Vec<f64>,
    /// Upper limit.
    pub high: Vec<f64>,
    /// Units a week expected before any sale.
    pub expected: f64,
    /// The same after its own sales.
    pub level: f64,
    /// Units sold so far.
    pub sold: f64,
    /// Series it is forecast for.
    pub series: u32,
}

/// A new item of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaunchRow {
    /// SKU code.
    pub sku: String,
    /// Names.
    pub names: BothNames,
    /// First day of sale.
    pub from: i32,
    /// Names of its analogues.
    pub analogues: Vec<BothNames>,
    /// Units a week expected before any sale; none where it is not in the plan.
    pub expected: Option<f64>,
    /// The same after its own sales.
    pub level: Option<f64>,
    /// Units sold so far.
    pub sold: f64,
    /// The decision; none where the item is forecast by its group.
    pub launch: Option<Launch>,
}
