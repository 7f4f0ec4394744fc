//! What events and prices do: learnt before any partition is cut.

use super::adjust::{Decisions, PriceChange, Stockouts};
use super::extras::Extras;
use super::partition::empty_runs;
use super::view::Slice;
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::EmptyRun;
use crate::events::{CompanyEvents, EventLifts};
use crate::ids::SkuId;
use crate::master::{Catalog, Network};
use crate::num::whole_f64;
use crate::price::{CompanyPrices, PlannedPrice, PriceSources, are_given};

/// Hundredths of a per cent in one.
const PER_ONE: f64 = 10_000.0;

/// What events and prices did and are expected to do, as far as a run has the code that learns it.
pub(super) fn learn(
    extras: Option<Extras>,
    (dataset, catalog, network): (&Dataset, &Catalog, &Network),
    (as_of, horizon_weeks): (Day, u32),
    decisions: &Decisions,
) -> (CompanyEvents, EventLifts, CompanyPrices) {
    let horizon = i32::try_from(horizon_weeks).unwrap_or(i32::MAX / 7);
    let (events, lifts) = Extras::told(extras, (dataset, catalog), as_of, horizon);
    if extras.is_none() || !are_given(dataset) {
        return (events, lifts, CompanyPrices::default());
    }
    let sources = PriceSources {
        catalog,
        network,
        as_of,
        horizon_weeks,
        events: (&events.book, &lifts),
        empty: &decisions.empty_runs(dataset, catalog, as_of),
    };
    let planned = planned_prices(&decisions.prices, catalog);
    let prices = Extras::priced(extras, dataset, &sources, &planned);
    (events, lifts, prices)
}

/// The decisions whose codes are known.
fn planned_prices(decided: &[PriceChange], catalog: &Catalog) -> Vec<PlannedPrice> {
    let planned = |one: &PriceChange| {
        let scope = one.reach.scope(catalog)?;
        let slice = Slice::new(catalog, scope);
        let skus = (0..catalog.skus.len()).map(SkuId::from_index);
        Some(PlannedPrice {
            skus: skus.filter(|sku| slice.has_sku(*sku)).collect(),
            channel: scope.channel,
            from: one.from,
            to: one.to,
            change: whole_f64(one.percent) / PER_ONE,
            made_on: one.made_on,
        })
    };
    decided.iter().filter_map(planned).collect()
}

impl Decisions {
    /// When shelves were empty, as far as that counts.
    pub(super) fn empty_runs(
        &self,
        dataset: &Dataset,
        catalog: &Catalog,
        as_of: Day,
    ) -> Vec<EmptyRun> {
        match self.stockouts {
            Stockouts::Uncensored => empty_runs(dataset, catalog, as_of),
            Stockouts::AsSold => Vec::new(),
        }
    }
}
