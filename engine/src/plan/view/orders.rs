//! Forecast consumption: open orders of a slice in the place of what was forecast for them.

use std::collections::BTreeMap;

use super::scope::{Scope, Slice};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::{SeriesKey, open_orders};
use crate::plan::Plan;
use crate::signals::pipeline::{Bucket, ConsumptionWindow, DueOrder, consume};
use crate::units::Qty;

/// An order due no later than so many days after it was placed is the demand of the day it was
/// placed on: the forecast of the weeks ahead does not hold it.
pub const ORDER_DAYS: i32 = 7;

/// One week of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrdersWeek {
    /// First day.
    pub start: Day,
    /// What is planned with before any order.
    pub forecast: Qty,
    /// Open orders due in the week.
    pub ordered: Qty,
    /// Forecast that no order has taken.
    pub net: Qty,
}

/// Forecast and orders of a slice by week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrdersView {
    /// Weeks of the forecast.
    pub weeks: Vec<OrdersWeek>,
    /// Orders that count: lines.
    pub lines: usize,
    /// Units ordered that no forecast stood for.
    pub unforecast: Qty,
    /// Units due after the last week; they consume nothing yet.
    pub later: Qty,
    /// Units of goods, channels or regions without a forecast.
    pub unknown: Qty,
}

/// Consumes the forecast of every series of a slice by its own open orders.
///
/// Only orders due more than [`ORDER_DAYS`] after they were placed count. Each takes the forecast
/// of its week, then of earlier ones, then of later ones, as far as the window reaches.
pub fn orders_view(
    plan: &Plan,
    dataset: &Dataset,
    scope: Scope,
    window: ConsumptionWindow,
) -> OrdersView {
    let slice = Slice::new(&plan.catalog, scope);
    let horizon = plan.settings.horizon_weeks as usize;
    let start = |week: usize| plan.as_of + 1 + 7 * i32::try_from(week).unwrap_or(0);
    let week = |week| OrdersWeek {
        start: start(week),
        forecast: Qty::ZERO,
        ordered: Qty::ZERO,
        net: Qty::ZERO,
    };
    let mut view = OrdersView {
        weeks: (0..horizon).map(week).collect(),
        ..OrdersView::default()
    };
    let mut due = due_orders(plan, dataset, &slice, start(horizon), &mut view);
    for series in &plan.series {
        if !slice.has(series.key, series.warehouse) {
            continue;
        }
        let orders = due.remove(&series.key).unwrap_or_default();
        let bucket = |(week, gross): (usize, &Qty)| Bucket {
            first: start(week),
            last: start(week) + 6,
            gross: *gross,
        };
        let buckets: Vec<Bucket> = series.planned().iter().enumerate().map(bucket).collect();
        let left = consume(&buckets, &orders, window);
        view.unforecast += left.unforecast;
        for ((sum, bucket), net) in view.weeks.iter_mut().zip(&buckets).zip(left.net) {
            sum.forecast += bucket.gross;
            sum.net += net;
        }
    }
    for order in due.into_values().flatten() {
        view.unknown += order.quantity;
    }
    view
}

/// Orders by series that are due before `end`; those that count are added to the weeks.
fn due_orders(
    plan: &Plan,
    dataset: &Dataset,
    slice: &Slice,
    end: Day,
    view: &mut OrdersView,
) -> BTreeMap<SeriesKey, Vec<DueOrder>> {
    let catalog = &plan.catalog;
    let mut orders: BTreeMap<SeriesKey, Vec<DueOrder>> = BTreeMap::new();
    for order in open_orders(dataset, plan.as_of) {
        // What should have been shipped by now is demand of the day it was placed on.
        let is_ahead = match (order.placed, order.due_on) {
            (Some(placed), Some(due)) => due - placed > ORDER_DAYS,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if !is_ahead {
            continue;
        }
        let due = order.due(plan.as_of);
        let ids = (
            catalog.sku_id(order.sku),
            catalog.channel_id(order.channel),
            catalog.region_id(order.region),
        );
        let (Some(sku), Some(channel), Some(region)) = ids else {
            if slice.is_whole() {
                view.lines += 1;
                view.unknown += order.quantity;
            }
            continue;
        };
        let key = SeriesKey {
            sku,
            channel,
            region,
        };
        let warehouse = plan.network.warehouse(region, channel);
        if !slice.has(key, warehouse) {
            continue;
        }
        view.lines += 1;
        if due >= end {
            view.later += order.quantity;
            continue;
        }
        let week = usize::try_from((due - plan.as_of - 1) / 7).unwrap_or(0);
        if let Some(week) = view.weeks.get_mut(week) {
            week.ordered += order.quantity;
        }
        orders.entry(key).or_default().push(DueOrder {
            day: due,
            quantity: order.quantity,
        });
    }
    orders
}
