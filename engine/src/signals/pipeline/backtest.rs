//! What the pipeline would have said of the last months, and what came.

use super::conversion::Conversion;
use super::leads::{LeadHistory, Stage};
use super::outlook::{Month, lead_outlooks, month_band, month_of};
use crate::day::Day;

/// One month, as it was expected at the end of the month before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacktestMonth {
    /// Which month.
    pub month: Month,
    /// Units that nine months in ten reach.
    pub low: f64,
    /// Units expected from the leads of that time.
    pub likely: f64,
    /// Units that one month in ten passes.
    pub stretch: f64,
    /// Units these leads brought.
    pub came: f64,
    /// Units won in the month by all leads, with those that came later.
    pub came_of_all: f64,
}

/// The last `months` whole months before `as_of`, oldest first: learnt and told from nothing
/// newer than the day before each.
#[must_use]
pub fn backtest_pipeline(leads: &[LeadHistory], months: i32, as_of: Day) -> Vec<BacktestMonth> {
    let (year, month, _) = (as_of + 1).ymd();
    let Some(this_month) = Day::from_ymd(year, month, 1) else {
        return Vec::new();
    };
    let of_month = |back: i32| {
        let start = this_month.plus_months(-back);
        let origin = start - 1;
        let known = leads.iter().filter_map(|lead| lead.as_known_on(origin));
        let known: Vec<LeadHistory> = known.collect();
        if known.is_empty() {
            return None;
        }
        let conversion = Conversion::learn(&known, origin);
        let outlooks = lead_outlooks(&known, &conversion, origin);
        let month = month_of(start);
        let is_open = |lead: &LeadHistory| lead.current().is_some_and(|(it, _)| !it.is_end());
        let band = month_band(&known, &outlooks, month, (origin, &is_open));
        let open = known.iter().filter(|lead| is_open(lead));
        let open: Vec<&str> = open.map(|lead| lead.code.as_str()).collect();
        let won = leads.iter().filter(|lead| {
            let end = lead.steps.iter().find(|(stage, _)| *stage == Stage::Won);
            end.is_some_and(|(_, day)| month_of(*day) == month)
        });
        let (mut came, mut came_of_all) = (0.0, 0.0);
        for lead in won {
            came_of_all += lead.quantity;
            if open.binary_search(&lead.code.as_str()).is_ok() {
                came += lead.quantity;
            }
        }
        Some(BacktestMonth {
            month,
            low: band.low,
            likely: band.likely,
            stretch: band.stretch,
            came,
            came_of_all,
        })
    };
    (1..=months).rev().filter_map(of_month).collect()
}
