//! Code that only some datasets need, handed to a run by whoever has it: a browser fetches it when
//! a dataset asks for it.

use super::adjust::Decisions;
use super::launch::{Launcher, needs_launcher};
use super::signals::accepted;
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::events::{CompanyEvents, EventLifts};
use crate::master::Catalog;
use crate::price::{CompanyPrices, PlannedPrice, PriceSources, are_given};
use crate::signals::{InflowLifts, SignalLifts};

type Judge = fn(&Dataset, &Catalog, (Day, u32), &EventLifts) -> (SignalLifts, InflowLifts);
type Teller = fn(&Dataset, &Catalog, Day, i32) -> (CompanyEvents, EventLifts);
type Pricer = fn(&Dataset, &PriceSources<'_>, &[PlannedPrice]) -> CompanyPrices;

/// Forecasts of new items, the court that signals, campaigns and leads stand before, what events and prices do.
#[derive(Clone, Copy)]
pub struct Extras {
    pub(super) launcher: Launcher,
    judge: Judge,
    pricer: Pricer,
    teller: Teller,
}

impl Extras {
    /// This code.
    #[must_use]
    pub fn here() -> Self {
        Self {
            launcher: Launcher::here(),
            judge: accepted,
            pricer: CompanyPrices::learn,
            teller: CompanyEvents::lifts,
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

    /// What the events of a dataset do; nothing without the code that learns it, and where there are none.
    pub(super) fn told(
        extras: Option<Self>,
        (dataset, catalog): (&Dataset, &Catalog),
        as_of: Day,
        horizon_weeks: i32,
    ) -> (CompanyEvents, EventLifts) {
        extras
            .filter(|_| is_told(dataset, TableId::Events))
            .map_or_else(Default::default, |extras| {
                (extras.teller)(dataset, catalog, as_of, horizon_weeks)
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

    /// Whether a plan of a dataset needs it: something new is sold or will be, there are events, signals,
    /// campaigns, leads or prices.
    #[must_use]
    pub fn are_needed(dataset: &Dataset, decisions: &Decisions, horizon_weeks: u32) -> bool {
        let told = [
            TableId::Events,
            TableId::Signals,
            TableId::CampaignDays,
            TableId::Leads,
        ];
        told.into_iter().any(|id| is_told(dataset, id))
            || are_given(dataset)
            || needs_launcher(dataset, decisions, horizon_weeks)
    }
}

fn is_told(dataset: &Dataset, id: TableId) -> bool {
    dataset.table(id).is_some_and(|table| !table.is_empty())
}
