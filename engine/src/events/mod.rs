//! Events: a calendar of them, and what each does to demand.
//!
//! [`learn`] compares the days around every event with the same weekdays of quiet weeks, for
//! each group of goods (a category), and shrinks what it finds towards the effect on all goods
//! and towards none by the noise of windows in which nothing happened. The [`EventBook`] it
//! gives multiplies a forecast of quiet demand. An event limited to some goods is learnt from them
//! and concerns only them ([`Cells`]). Works on plain figures.

mod book;
mod calendar;
mod cells;
mod company;
mod cut;
mod effects;
mod evidence;
mod lifts;
mod lunar;
mod panel;
mod recurrence;
mod shape;
mod shrink;
mod span;

pub use book::{EventBook, Interval, Learnt, Offset, OffsetFactor, student_quantile};
pub use calendar::{CALENDAR, CalendarEvent, Occurrence};
pub use cells::{Cells, Goods, Limits};
pub use company::{CompanyEvents, Promised, promised, unknown_scopes};
pub use effects::{learn, learn_by_cell};
pub use lifts::{EventLifts, SeriesLifts};
pub use panel::DailyTotals;
pub use span::EventSpan;
