//! The forecast of a new item, whole and by outlet.

use super::draft::Draft;
use super::panel::Sold;
use super::{LAUNCH, Launched, NEW_DAYS};
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::forecast::{Curve, LaunchLevel, OwnSales};
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::num;
use crate::plan::expect::Inherited;
use crate::plan::measure::LEVELS;
use crate::units::Qty;

/// A new item of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct LaunchedItem {
    /// Which goods.
    pub sku: SkuId,
    /// What was asked.
    pub draft: Draft,
    /// Units a week over the first weeks, expected before any sale.
    pub expected: f64,
    /// The same after its own sales.
    pub level: f64,
    /// Units sold so far.
    pub sold: f64,
    /// Relative variance of its level that all outlets have in common.
    pub doubt: f64,
}

/// The level of a new item in one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesLevel {
    /// Sold where.
    pub channel: ChannelId,
    /// Shipped where.
    pub region: RegionId,
    /// Units a week expected before any sale.
    pub expected: f64,
    /// The level after its own sales.
    pub level: LaunchLevel,
    /// Mean by week ahead, units.
    pub mean: Vec<f64>,
    /// Units sold so far.
    pub sold: f64,
}

/// Everything about one item's forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemForecast {
    /// The ramp.
    pub curve: Curve,
    /// By outlet.
    pub series: Vec<SeriesLevel>,
    /// The level over all outlets.
    pub total: LaunchLevel,
    /// Relative variance that all outlets have in common.
    pub doubt: f64,
}

impl SeriesLevel {
    /// Limits of each week: lower and upper of each of the plan's intervals.
    #[must_use]
    pub fn limits(&self, coverage: f64) -> Vec<(f64, f64)> {
        let limits = |mean: &f64| self.level.limits(*mean, coverage);
        self.mean.iter().map(limits).collect()
    }

    pub(super) fn launched(&self, sku: SkuId, shared: f64) -> Launched {
        let mut limits = Vec::new();
        for coverage in LEVELS {
            let both = self.limits(coverage);
            limits.push(
                both.iter()
                    .map(|(low, _)| Qty::round_from_f64(*low))
                    .collect(),
            );
            limits.push(
                both.iter()
                    .map(|(_, high)| Qty::round_from_f64(*high))
                    .collect(),
            );
        }
        let key = SeriesKey {
            sku,
            channel: self.channel,
            region: self.region,
        };
        Launched {
            key,
            mean: self
                .mean
                .iter()
                .map(|mean| Qty::round_from_f64(*mean))
                .collect(),
            inherited: Inherited {
                model: LAUNCH.to_owned(),
                limits,
                total_sigma: self.level.total_sigma(&self.mean),
                shared,
            },
        }
    }
}

/// What was sold in an outlet, without the season it was sold in.
pub(super) fn own_sales(
    sold: Option<&Sold>,
    draft: &Draft,
    curve: &Curve,
    as_of: Day,
    season: &[f64],
) -> OwnSales {
    let start = sold.map_or(draft.from, |sold| sold.start);
    let days = (as_of - start + 1).clamp(0, NEW_DAYS);
    let weeks = usize::try_from((days + 6) / 7).unwrap_or(0);
    let ago = season.iter().rev().take(weeks);
    let index = match weeks > 0 && !season.is_empty() {
        true => ago.sum::<f64>() / num::count_f64(weeks),
        false => 1.0,
    };
    OwnSales {
        units: sold.map_or(0.0, Sold::quiet_units) / num::larger(index, 0.1),
        weeks: curve.over_days(0, days),
    }
}
