//! Replenishment: how much stock to hold and how much to order.
//!
//! Pure formulas on plain figures in units and days; the plan brings them
//! together with the dataset. Uses `num` only.

mod distribution;
mod order_quantity;
mod reason;
mod safety_stock;

pub use distribution::{Demand, EmpiricalDemand};
pub use order_quantity::{Lot, LotRules, lot_size};
pub use reason::Reason;
pub use safety_stock::{
    DemandError, OrderUpTo, PolicyError, Protection, mean_over, order_up_to, smoothing_variance,
};
