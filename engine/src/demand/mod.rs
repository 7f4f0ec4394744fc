//! Demand history: panels by week and day, what stock-outs hid, and the rhythm of the week.

mod orders;
mod panel;
mod stockouts;
mod weekday;

pub use orders::{OpenOrder, open_orders};
pub use panel::{DemandRow, RECENT_DAYS, Series, SeriesKey, WEEKS_MAX, build_series};
pub use stockouts::{EMPTY_DAYS_MAX, EmptyRun, EmptyShelves, Hidden, hidden};
pub use weekday::{WeekdayProfile, WeekdaySums};
