//! Replenishment: how much stock to hold and how much to order.
//!
//! Pure formulas on plain figures in units and days; the plan brings them
//! together with the dataset. Only the gate reads a table: what categories state.

mod budget;
mod choice;
mod distribution;
mod economic;
mod fill_rate;
mod gate;
mod guaranteed;
mod intermittent;
mod min_max;
mod mixture;
mod netting;
mod newsvendor;
mod order_quantity;
mod outlook;
mod proposal;
mod reason;
mod renewal;
mod safety_stock;
mod service;
mod simulation;
mod status;

pub use budget::{BudgetError, BudgetItem, BudgetPlan, Exact, Purchase, spend_budget};
pub use distribution::{Demand, Distribution, EmpiricalDemand};
pub use economic::{
    Discount, EconomicOrder, OrderCosts, PriceBreak, economic_order, economic_order_quantity,
};
pub use fill_rate::{Exposure, reorder_point_for_fill, short_per_cycle};
pub use gate::{
    GateDecision, GateLine, GateLoad, GateReason, GateRule, GateRules, GateShare, GateVerdict,
    gate_load,
};
pub use guaranteed::{NetworkError, ServicePlan, Stage, StagePlan, guaranteed_service};
pub use intermittent::SeldomDemand;
pub use min_max::{MinMaxCost, MinMaxModel, StockCosts};
pub use mixture::{LeadTime, Mixture, lead_time_moments};
pub use netting::{
    NettedBucket, NettingMessage, NettingRecord, NettingRules, OpenCause, OpenRequirement,
    OrderRule, TimeBucket, Unmet, gross_requirement, run_out,
};
pub use newsvendor::{SeasonBuy, SeasonOutcome, UnitEconomics};
pub use order_quantity::{Lot, LotRules, lot_size};
pub use outlook::Outlook;
pub use proposal::{ReasonFigures, Requirement, Situation, requirement, sentences};
pub use reason::Reason;
pub use safety_stock::{
    DemandError, OrderUpTo, PolicyError, Protection, mean_over, order_up_to, smoothing_variance,
};
pub use service::{PolicyService, policy_service};
pub use simulation::{
    DemandSampler, Estimate, ItemRun, Operation, Policy, ServiceEstimate, SimulatedDay, Simulator,
    Tally, Trial,
};
pub use status::{StockFigures, StockStatus, Verdict, classify};
