//! What is known before new items are forecast.

use crate::day::Day;
use crate::events::EventLifts;
use crate::master::Catalog;
use crate::plan::Settings;
use crate::price::PriceLifts;

/// What new items are forecast from.
#[derive(Clone, Copy)]
pub struct LaunchSources<'a> {
    /// Codes of the data.
    pub catalog: &'a Catalog,
    /// Its date.
    pub as_of: Day,
    /// Weeks to forecast.
    pub horizon_weeks: u32,
    /// What events do.
    pub lifts: &'a EventLifts,
    /// What planned changes of price do.
    pub prices: &'a PriceLifts,
}

impl<'a> LaunchSources<'a> {
    /// Those of a plan.
    #[must_use]
    pub fn new(
        catalog: &'a Catalog,
        as_of: Day,
        settings: &Settings,
        (lifts, prices): (&'a EventLifts, &'a PriceLifts),
    ) -> Self {
        Self {
            catalog,
            as_of,
            horizon_weeks: settings.horizon_weeks,
            lifts,
            prices,
        }
    }
}
