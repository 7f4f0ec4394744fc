//! Code that only some datasets need, handed to a run by whoever has it: a browser fetches it when
//! a dataset asks for it.

use super::adjust::Decisions;
use super::launch::{Launcher, needs_launcher};
use super::signals::accepted;
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::events::{Cutter, EventLifts, are_limited, cut};
use crate::master::Catalog;
use crate::price::{CompanyPrices, PlannedPrice, PriceSources, are_given};
use crate::signals::{InflowLifts, SignalLifts};

type Judge = fn(&Dataset, &Catalog, (Day, u32), &EventLifts) -> (SignalLifts, InflowLifts);
type Pricer = fn(&Dataset, &PriceSources<'_>, &[PlannedPrice]) -> CompanyPrices;

/// Forecasts of new items, the court that signals, campaigns and leads stand before, what prices do, and what
/// events are limited to.
#[derive(Clone, Copy)]
pub struct Extras {
    pub(super) launcher: Launcher,
    judge: Judge,
    pricer: Pricer,
    pub(super) cutter: Cutter,
}

impl Extras {
    /// This code.
    #[must_use]
    pub fn here() -> Self {
        Self {
            launcher: Launcher::here(),
            judge: accepted,
            pricer: CompanyPrices::learn,
            cutter: cut,
        }
    }

    /// What the accepted signals of a dataset do, and its campaigns and leads; nothing without the code
    /// that judges them.
    pub(super) fn judged(
        extras: Option<Self>,
        (dataset, catalog): (&Dataset, &Catalog),
        span: (Day, u32),
        events: &EventLifts,
    ) -> (SignalLifts, InflowLifts) {
        extras.map_or_else(Default::default, |extras| {
            (extras.judge)(dataset, catalog, span, events)
        })
    }

    /// What the prices of a dataset do, and those that are planned; nothing without the code that
    /// learns it.
    pub(super) fn priced(
        extras: Option<Self>,
        dataset: &Dataset,
        sources: &PriceSources<'_>,
        planned: &[PlannedPrice],
    ) -> CompanyPrices {
        extras.map_or_else(CompanyPrices::default, |extras| {
            (extras.pricer)(dataset, sources, planned)
        })
    }

    /// Whether a plan of a dataset needs it: something new is sold or will be, there are signals,
    /// campaigns, leads or prices, or an event is limited to some goods.
    #[must_use]
    pub fn are_needed(dataset: &Dataset, decisions: &Decisions, horizon_weeks: u32) -> bool {
        let is_told = |id| dataset.table(id).is_some_and(|table| !table.is_empty());
        [TableId::Signals, TableId::CampaignDays, TableId::Leads]
            .into_iter()
            .any(is_told)
            || are_given(dataset)
            || dataset.table(TableId::Events).is_some_and(are_limited)
            || needs_launcher(dataset, decisions, horizon_weeks)
    }
}
