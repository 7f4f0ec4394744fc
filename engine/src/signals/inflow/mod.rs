//! Demand that campaigns and leads bring, as streams of the forecast of their own.
//!
//! [`Campaigns`] and [`Pipeline`] count what came of posts and leads by goods and week, and say
//! what was to be expected on any date, by nothing newer. [`judge_inflows`] learns what a counted
//! unit is worth in demand, tries each stream on held-out weeks as the court of signals does, and
//! gives the accepted ones to a plan ([`InflowLifts`]): history without what they brought, and
//! units on top of the weeks ahead. Works on tables and demand rows; knows no plan.

mod campaign;
mod cases;
mod judge;
mod lifts;
mod pipeline;
mod spread;
mod trial;
mod worth;

pub use campaign::Campaigns;
pub use judge::{InflowRow, InflowSources, Inflows, Rows, judge_inflows};
pub use lifts::{InflowLifts, SeriesInflow};
pub use pipeline::Pipeline;

use std::collections::BTreeMap;

use crate::ids::{RegionId, SkuId};

/// A stream that adds units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inflow {
    /// Posts and what they bring.
    Campaign,
    /// Leads and what they are won for.
    Pipeline,
}

impl Inflow {
    /// Both, in the order of their bars.
    pub const ALL: [Self; 2] = [Self::Campaign, Self::Pipeline];

    /// The word in files and settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Pipeline => "pipeline",
        }
    }
}

/// Goods and where they go; everywhere if absent.
pub type Place = (SkuId, Option<RegionId>);

/// What one week is expected to bring, counted units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expected {
    /// Mean; below zero where less comes than usual.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
}

/// What weeks brought: counted units by place, the newest week first.
pub type Counted = BTreeMap<Place, Vec<f64>>;
/// What the weeks after a date are expected to bring, the next one first.
pub type Outlook = BTreeMap<Place, Vec<Expected>>;

/// Adds to a week that may not be there yet.
fn add(weeks: &mut Vec<f64>, week: usize, units: f64) {
    if weeks.len() <= week {
        weeks.resize(week + 1, 0.0);
    }
    if let Some(sum) = weeks.get_mut(week) {
        *sum += units;
    }
}
