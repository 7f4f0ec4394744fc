//! Signals of demand: what is searched, posted and negotiated before it is bought.
//!
//! Searches and readings of words ([`SignalPanel`]) are mapped to goods ([`KeywordMap`]), shown as
//! heat ([`heat`]) and judged ([`hear`]): a signal enters the forecast only where it beats the
//! forecast without it on held-out periods. Accepted ones multiply demand ([`SignalLifts`]) as
//! events do. [`campaigns`] follows posts from exposure to order, [`pipeline`] follows leads from
//! first contact to won; what both bring enters a plan as streams of their own
//! ([`InflowLifts`]), if it passes the same court. Works on tables and plain figures.

pub mod campaigns;
mod company;
mod court;
mod coverage;
mod docket;
mod heat;
mod inflow;
mod keyword_map;
mod lifts;
mod panel;
pub mod pipeline;
mod regression;
mod suggest;
mod witness;
mod words;

pub use company::{CompanySignals, CourtRow};
pub use court::{
    Case, Comparison, CourtRules, Factors, Hearing, HeldOut, Reason, Ruling, Verdict, hear,
};
pub use coverage::{CoverageRow, TOP_PLACES, coverage};
pub use docket::{Petition, rule_on};
pub use heat::{HEAT_MAX, HeatRow, heat};
pub use inflow::{
    Campaigns, Counted, Expected, Inflow, InflowLifts, InflowRow, InflowSources, Inflows, Outlook,
    Pipeline, Place, Rows, SeriesInflow, judge_inflows,
};
pub use keyword_map::{Goods, KeywordMap, Link};
pub use lifts::{SignalLifts, together};
pub use panel::{Grid, Metric, SignalKey, SignalPanel};
pub use suggest::{Match, Suggestion, Vocabulary};
pub use witness::witness;
pub use words::edit_distance;
