//! The planner's own hand: decisions kept beside the dataset.
//!
//! An [`Adjustment`] changes the forecast of a slice: per cent or units follow the statistical
//! forecast when it changes, a replacement stands instead of it. It spreads over the series of
//! the slice in proportion to their forecasts, so that they sum exactly to the changed total. A
//! [`Replacement`] changes one week of the history a forecast learns from; the dataset keeps
//! the original. Decisions count in the order of their ids, each on the figures of the ones
//! before: what the planner saw. Not here: what demand of ending goods does, see `lifecycle`.

mod apply;
mod check;
mod dates;
mod decision;
mod outlier;
mod score;
mod spread;

pub use apply::Effect;
pub(super) use apply::{Expected, InForce, apply};
pub use check::{DecisionKind, Fault, UnknownCode};
pub use dates::EventDates;
pub(crate) use dates::moved_events;
pub use decision::{
    Adjustment, Change, Decisions, Launch, Noted, PlannedGoods, PriceChange, Reach, Replacement,
    Standing, Stockouts,
};
pub use outlier::Outlier;
pub(super) use outlier::{outliers, replace};
pub use score::Score;
pub(super) use score::scores;
