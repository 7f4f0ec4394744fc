//! Key figures measured from the tables of a dataset.
//!
//! Each measure says what it divided by what and what was missing; a file that is not
//! there gives no value, never a zero. Windows are whole days that end at `as_of`.

mod ageing;
mod book_variance;
mod cost;
#[cfg(test)]
mod fixture;
mod measure;
mod plan_figures;
mod registry;
mod stockout;
mod trend;
mod turnover;

pub use ageing::{Ageing, Band, Bands, ageing, stale_share};
pub use book_variance::{BookVariance, book_variance, book_variances};
pub use cost::UnitCosts;
pub use measure::{Measure, Missing, Value, Window};
pub use plan_figures::PlanFigures;
pub use registry::{
    Better, KPIS, KpiDef, KpiInputs, KpiUnit, KpiValue, Past, measure_all, plan_ratio,
};
pub use stockout::{StockoutDays, stockout_days, stockout_rate, stockout_rates};
pub use trend::trend_days;
pub use turnover::{Turnover, annual_turns, turnover, turns_at};
