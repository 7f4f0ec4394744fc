//! Returns: their states, how long they take, what they are worth and how many will come.
//!
//! Between `demand` and `events`: uses tables, master data and stock movements, and knows nothing
//! of forecasts. Posting their value is not done here.

mod expected;
mod grading;
mod lags;
mod rma;
mod rows;
mod rules;
mod turnaround;

pub use expected::{ReturnRates, ReturnRatesError, SalesByPeriod};
pub use grading::{
    Condition, Disposition, Grade, GradingPolicy, Outcome, ReturnedItem, grade, is_restockable,
};
pub use lags::{Cohort, CohortSpan, LagEstimate, LagsError, cohorts, estimate_lags};
pub use rma::{Finding, RefundPolicy, RefundState, Rma, RmaError, RmaState, Step};
pub use rows::{ReturnRow, read_returns};
pub use rules::{CategoryRules, ReturnRules};
pub use turnaround::{ReturnCase, Turnaround, turnaround};
