//! The pipeline of leads: where they go, when they order, and what of it is ordered already.

mod backtest;
mod bands;
mod consume;
mod conversion;
mod leads;
mod outlook;

pub use backtest::{BacktestMonth, backtest_pipeline};
pub use bands::{MonthNet, bands};
pub use consume::{Bucket, Consumption, ConsumptionWindow, DueOrder, consume};
pub use conversion::{Conversion, Leaving};
pub use leads::{LeadHistory, Leads, Stage, Stated};
pub use outlook::{LeadOutlook, Month, MonthBand, lead_outlooks, month_band, month_of};

pub(super) use bands::wholesale;
pub(super) use outlook::LeadWeeks;
