//! One SKU's card.

use crate::view::Decision;
use serde::{Deserialize, Serialize};

/// One SKU's card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkuCard {
    /// Code.
    pub sku: String,
    /// Name in both languages.
    pub names: (String, String),
    /// Category: code and name in both languages.
    pub category: (String, (String, String)),
    /// Class by yearly usage: A, B or C.
    pub abc: String,
    /// Net unit cost in the company's currency.
    pub unit_cost: Option<f64>,
    /// Gross price of a unit.
    pub list_price: Option<f64>,
    /// Units in a case, thousandths.
    pub pack: i64,
    /// First day of each projected week (day numbers).
    pub weeks: Vec<i32>,
    /// Its warehouses.
    pub places: Vec<CardPlace>,
    /// Its stock by age, youngest first.
    pub layers: Vec<CardLayer>,
    /// Decisions about its proposals.
    pub decisions: Vec<Decision>,
}

/// One warehouse of a card; quantities in units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardPlace {
    /// Warehouse code.
    pub warehouse: String,
    /// Warehouse name in both languages.
    pub names: (String, String),
    /// Status code.
    pub status: String,
    /// Money of the status.
    pub value: f64,
    /// Bucket ids with thousandths of units, those that hold anything.
    pub buckets: Vec<(String, i64)>,
    /// Available now; `None` without a stock picture.
    pub available: Option<f64>,
    /// Open orders.
    pub arrivals: Vec<CardArrival>,
    /// Id of the proposal.
    pub proposal: String,
    /// What the order quantity is made of; `None` where nothing is stocked by rule.
    pub order: Option<CardOrder>,
    /// Mean demand of the next four weeks, units a day.
    pub rate: f64,
    /// Lead time: mean and standard deviation, days.
    pub lead_days: (f64, f64),
    /// Review period, days.
    pub review_days: f64,
    /// Whether lead time and review are defaults.
    pub is_default_lead: bool,
    /// Cycle service level aimed at.
    pub target: f64,
    /// Supplier: code and name in both languages.
    pub supplier: Option<(String, (String, String))>,
    /// Available at the end of each week if nothing more is ordered.
    pub without_order: Vec<f64>,
    /// The same with the proposed order.
    pub with_order: Vec<f64>,
    /// Receipts of each week from open orders.
    pub receipts: Vec<f64>,
    /// Mean demand of each week.
    pub demand: Vec<f64>,
    /// What the approval gate says of the order, and the codes of its reasons.
    pub gate: Option<(String, Vec<String>)>,
    /// What is missing although everything proposed is ordered.
    pub shortage: Option<CardShortage>,
}

/// When and by how much a place runs out, and the cheapest ways out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardShortage {
    /// First day without stock.
    pub day: i32,
    /// Most units missing at once.
    pub units: f64,
    /// Cheapest first.
    pub remedies: Vec<CardRemedy>,
}

/// One way out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardRemedy {
    /// What has to change.
    pub lever: CardLever,
    /// Units moved, bought or not sold.
    pub units: f64,
    /// In the company's currency; `None` where a price is not known.
    pub cost: Option<f64>,
}

/// What has to change; days are day numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CardLever {
    /// Goods come from another warehouse.
    Transfer {
        /// Its name in both languages.
        from: (String, String),
        /// Last day to send them.
        send_by: i32,
    },
    /// An open order arrives earlier.
    Advance {
        /// Order number.
        order: String,
        /// When it is due.
        from: i32,
        /// When it has to be here.
        to: i32,
    },
    /// The proposed order has a shorter lead time.
    Faster {
        /// Lead time, days.
        from: f64,
        /// Lead time that does it, days.
        to: f64,
    },
    /// More is ordered now.
    More,
    /// Less is sold for a while.
    SellLess {
        /// Share of the demand, a fraction.
        share: f64,
        /// Last day.
        until: i32,
    },
}

/// An open order on a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardArrival {
    /// Order number.
    pub order: String,
    /// Due day number.
    pub due: i32,
    /// Units.
    pub quantity: f64,
    /// From another own warehouse.
    pub is_transfer: bool,
}

/// The requirement of a place and its order; units and days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardOrder {
    /// Protection interval, days.
    pub protection_days: f64,
    /// Mean demand over it.
    pub mean_demand: f64,
    /// Its standard deviation.
    pub sigma: f64,
    /// Safety stock.
    pub safety_stock: f64,
    /// Order-up-to level.
    pub level: f64,
    /// Inventory position.
    pub position: Option<f64>,
    /// Order quantity.
    pub quantity: f64,
    /// Codes of the steps that made it.
    pub steps: Vec<String>,
    /// Margin lost by one more day, company's currency.
    pub loss_per_day: f64,
    /// Money of the order, when the price is known.
    pub cost: Option<f64>,
    /// Forward cover before and after, days.
    pub cover: (Option<f64>, Option<f64>),
    /// Reason in both languages.
    pub reason: (String, String),
}

/// Goods of one receipt date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardLayer {
    /// Warehouse code.
    pub warehouse: String,
    /// Day of the first receipt.
    pub received_on: Option<i32>,
    /// Days since then.
    pub age_days: Option<i32>,
    /// Units.
    pub quantity: f64,
    /// Value at cost.
    pub value: Option<f64>,
}
