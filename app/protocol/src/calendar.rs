//! Events as screens show them: when they are, and what they do to demand.
//!
//! [`EventDates`] is part of stored commands: append only, and fields never move.

use serde::{Deserialize, Serialize};

/// An occurrence of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesEvent {
    /// Name in both languages.
    pub names: (String, String),
    /// Whether it is a promotion rather than a holiday or the weather.
    pub is_promotion: bool,
    /// First and last day (day numbers).
    pub days: (i32, i32),
    /// Whom it concerns, in both languages; empty for all goods.
    pub concerns: (String, String),
}

/// The days on which an occurrence of an event is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDates {
    /// First day (day number).
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on; the coordinator fills it in.
    pub made_on: i32,
}

/// What an event does to demand: from its start to its end over its level without it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventFactor {
    /// Code.
    pub event: String,
    /// Name in both languages.
    pub names: (String, String),
    /// Occurrences it was learnt from.
    pub occurrences: u32,
    /// Demand over its level without the event.
    pub factor: f64,
    /// Ends of the 80 % interval of the factor.
    pub interval80: (f64, f64),
    /// First and last day of the next occurrence (day numbers).
    pub next: Option<(i32, i32)>,
    /// Factors of single days before, in and after it, in order.
    pub days: Vec<f64>,
    /// Whom it concerns, in both languages; empty for all goods.
    pub concerns: (String, String),
    /// A code that its limits name and nothing has: such an event does nothing.
    pub unknown: Option<String>,
    /// First day of the next occurrence by the data, and what was decided in its place.
    pub moved: Option<(i32, EventDates)>,
}
