//! Replenishment: how much stock to hold and how much to order.
//!
//! Pure formulas on plain figures in units and days; the plan brings them
//! together with the dataset. Uses `num` only.

mod choice;
mod distribution;
mod order_quantity;
mod outlook;
mod proposal;
mod reason;
mod safety_stock;
mod status;

pub use distribution::{Demand, EmpiricalDemand};
pub use order_quantity::{Lot, LotRules, lot_size};
pub use outlook::Outlook;
pub use proposal::{ReasonFigures, Requirement, Situation, requirement, sentences};
pub use reason::Reason;
pub use safety_stock::{
    DemandError, OrderUpTo, PolicyError, Protection, mean_over, order_up_to, smoothing_variance,
};
pub use status::{StockFigures, StockStatus, Verdict, classify};
