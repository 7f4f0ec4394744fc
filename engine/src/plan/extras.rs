//! Code that only some datasets need, handed to a run by whoever has it: a browser fetches it when
//! a dataset asks for it.

use super::adjust::Decisions;
use super::launch::{Launcher, needs_launcher};
use super::signals::accepted;
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::events::EventLifts;
use crate::master::Catalog;
use crate::signals::SignalLifts;

type Judge = fn(&Dataset, &Catalog, (Day, u32), &EventLifts) -> SignalLifts;

/// Forecasts of new items, and the court that signals stand before.
#[derive(Clone, Copy)]
pub struct Extras {
    pub(super) launcher: Launcher,
    judge: Judge,
}

impl Extras {
    /// This code.
    #[must_use]
    pub fn here() -> Self {
        Self {
            launcher: Launcher::here(),
            judge: accepted,
        }
    }

    /// What the accepted signals of a dataset do; nothing without the code that judges them.
    pub(super) fn judged(
        extras: Option<Self>,
        (dataset, catalog): (&Dataset, &Catalog),
        span: (Day, u32),
        events: &EventLifts,
    ) -> SignalLifts {
        extras.map_or_else(SignalLifts::default, |extras| {
            (extras.judge)(dataset, catalog, span, events)
        })
    }

    /// Whether a plan of a dataset needs it: something new is sold or will be, or there are signals.
    #[must_use]
    pub fn are_needed(dataset: &Dataset, decisions: &Decisions, horizon_weeks: u32) -> bool {
        let signals = dataset.table(TableId::Signals);
        signals.is_some_and(|table| !table.is_empty())
            || needs_launcher(dataset, decisions, horizon_weeks)
    }
}
