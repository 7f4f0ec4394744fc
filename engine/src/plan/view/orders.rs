//! Forecast consumption: open orders of a slice in the place of what was forecast for them.

use std::collections::BTreeMap;

use super::scope::{Scope, Slice};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::{OpenOrder, SeriesKey, open_orders};
use crate::plan::Plan;
use crate::signals::pipeline::{Bucket, ConsumptionWindow, DueOrder, consume};
use crate::units::Qty;

/// An order due no later than so many days after it was placed is the demand of the day it was
/// placed on: the forecast of the weeks ahead does not hold it.
pub const ORDER_DAYS: i32 = 7;

/// Why an open order takes no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// Nobody says when it is due.
    Undated,
    /// It is due before it was placed.
    DueBeforePlaced,
    /// It is due within [`ORDER_DAYS`] of being placed: demand of that day already.
    DueSoon,
}

impl Uncounted {
    /// Every reason, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Undated, Self::DueBeforePlaced, Self::DueSoon];

    /// Why an order does not count; `None` where it does.
    fn of(order: &OpenOrder<'_>) -> Option<Self> {
        let Some(due) = order.due_on else {
            return Some(Self::Undated);
        };
        match due - order.placed? {
            ..0 => Some(Self::DueBeforePlaced),
            0..=ORDER_DAYS => Some(Self::DueSoon),
            _ => None,
        }
    }
}

/// Some lines of orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderLines {
    /// How many.
    pub lines: usize,
    /// Units on them.
    pub units: Qty,
}

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
    /// Orders that take no forecast, in the order of [`Uncounted::ALL`].
    pub uncounted: [OrderLines; Uncounted::ALL.len()],
}

impl OrdersView {
    /// The orders left out for a reason.
    #[must_use]
    pub fn left_out(&self, why: Uncounted) -> OrderLines {
        let found = self.uncounted.get(why as usize);
        found.copied().unwrap_or_default()
    }

    fn leave_out(&mut self, why: Uncounted, units: Qty) {
        if let Some(found) = self.uncounted.get_mut(why as usize) {
            found.lines += 1;
            found.units += units;
        }
    }
}

/// Consumes the forecast of every series of a slice by its own open orders.
///
/// Only orders due more than [`ORDER_DAYS`] after they were placed count; the others are told by
/// reason. Each takes the forecast of its week, then of earlier ones, then of later ones, as far
/// as the window reaches.
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
        let uncounted = Uncounted::of(&order);
        let due = order.due(plan.as_of);
        let ids = (
            catalog.sku_id(order.sku),
            catalog.channel_id(order.channel),
            catalog.region_id(order.region),
        );
        let (Some(sku), Some(channel), Some(region)) = ids else {
            match uncounted {
                _ if !slice.is_whole() => {}
                Some(why) => view.leave_out(why, order.quantity),
                None => {
                    view.lines += 1;
                    view.unknown += order.quantity;
                }
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
        if let Some(why) = uncounted {
            view.leave_out(why, order.quantity);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{TableId, read_csv};
    use crate::plan::{Settings, plan};

    /// Orders by reason, then those that count.
    fn check(orders: &str, expected: [(usize, &str); 4]) {
        let days = (0..120).map(|day| format!("{},A,t,e,5\n", Day::from_number(20_000 + day)));
        let demand = format!(
            "date,sku,channel,region,quantity\n{}",
            days.collect::<String>()
        );
        let orders = format!("order,at,channel,region,sku,quantity,due_on,status\n{orders}");
        let read = |id, text: &str| read_csv(id, "t.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables([
            read(TableId::Demand, &demand),
            read(TableId::SalesOrders, &orders),
        ]);
        let plan = plan(&dataset, &Settings::default()).unwrap();
        let window = ConsumptionWindow {
            early_days: 30,
            late_days: 30,
        };
        let view = orders_view(&plan, &dataset, Scope::default(), window);
        let ordered = view.weeks.iter().map(|week| week.ordered).sum::<Qty>();
        let left_out = Uncounted::ALL.map(|why| view.left_out(why));
        let told = left_out.map(|it| (it.lines, it.units.to_string()));
        let told = told.into_iter().chain([(view.lines, ordered.to_string())]);
        let told: Vec<_> = told.collect();
        assert_eq!(
            told,
            expected.map(|(lines, units)| (lines, units.to_owned()))
        );
    }

    #[test]
    fn orders_that_take_no_forecast_are_counted_by_reason() {
        // The data end on 2025-02-01.
        check(
            "1,2025-01-20T10:00:00+08:00,t,e,A,3,,open\n\
             2,2025-01-20T10:00:00+08:00,x,e,A,4,,open\n\
             3,2025-01-20T10:00:00+08:00,t,e,A,5,2025-01-10,open\n\
             4,2025-01-30T10:00:00+08:00,t,e,A,6,2025-02-03,open\n\
             5,2025-01-20T10:00:00+08:00,t,e,A,7,2025-02-20,open\n\
             6,2025-01-20T10:00:00+08:00,t,e,A,9,,shipped\n",
            [(2, "7"), (1, "5"), (1, "6"), (1, "7")],
        );
    }
}
