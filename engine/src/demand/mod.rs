//! Demand history: panels by week and day, and the rhythm of the week.

mod orders;
mod panel;
mod weekday;

pub use orders::{OpenOrder, open_orders};
pub use panel::{DemandRow, RECENT_DAYS, Series, SeriesKey, WEEKS_MAX, build_series};
pub use weekday::{WeekdayProfile, WeekdaySums};
