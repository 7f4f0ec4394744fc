//! What would have to change so that a place does not run out: the cheapest ways, each tried on its projection.

use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::ids::WarehouseId;
use crate::num::floor_count;
use crate::order;
use crate::plan::{PlacePlan, Plan};
use crate::units::Amount;

/// Remedies that are told.
const TOLD_MAX: usize = 3;
/// Stock that is nothing.
const NOTHING: f64 = 1e-6;
/// Days of a year.
const YEAR: f64 = 365.0;

/// When and by how much a place runs out although everything proposed is ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortage {
    /// First day on which expected demand finds no stock.
    pub day: Day,
    /// Most units missing at once before what is ordered next could arrive.
    pub units: f64,
    /// Ways to have them, cheapest first; those whose cost is not known come last.
    pub remedies: Vec<Remedy>,
}

/// One way.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What has to change.
    pub lever: Lever,
    /// Units moved, bought or not sold.
    pub units: f64,
    /// What it costs in base currency; `None` where a price is not known.
    pub cost: Option<f64>,
}

/// What has to change.
#[derive(Clone, Debug, PartialEq)]
pub enum Lever {
    /// Goods come from another warehouse that does not need them. Cost: the lane.
    Transfer {
        /// Where they are.
        from: WarehouseId,
        /// Last day to send them.
        send_by: Day,
    },
    /// An open order arrives earlier. Cost: holding it for longer.
    Advance {
        /// Which order.
        order: String,
        /// When it is due.
        from: Day,
        /// When it has to be here.
        to: Day,
    },
    /// The proposed order arrives earlier than its lead time. Cost: holding it for longer.
    Faster {
        /// Lead time, days.
        from: f64,
        /// Lead time that does it, whole days.
        to: f64,
    },
    /// More is ordered now. Cost: holding the surplus until the next review.
    More,
    /// Less is sold until supply is here. Cost: the margin.
    SellLess {
        /// Share of the demand until then that is not sold, a fraction.
        share: f64,
        /// Last day of it.
        until: Day,
    },
}

/// The shortage that a place has before goods ordered at the next review can arrive; `None` without
/// a stock picture or a shortage. Demand is that expected, spread evenly over the days of a week.
pub fn shortage(plan: &Plan, dataset: &Dataset, place: &PlacePlan) -> Option<Shortage> {
    let path = Path::of(plan, place)?;
    let stock = path.stock();
    let first = stock.iter().position(|units| *units < -NOTHING)?;
    let lowest = stock.iter().copied().fold(0.0, f64::min);
    let last = stock.iter().rposition(|units| *units < -NOTHING)?;
    let case = Case {
        plan,
        dataset,
        place,
        path: &path,
        first,
        last,
        units: -lowest,
    };
    let mut remedies = case.transfers();
    remedies.extend(case.advances());
    remedies.extend(case.faster());
    remedies.extend(case.more());
    remedies.extend(case.sell_less());
    order::sort_by(&mut remedies, |a, b| cost_of(a).total_cmp(&cost_of(b)));
    remedies.truncate(TOLD_MAX);
    Some(Shortage {
        day: plan.as_of + 1 + days_i32(first),
        units: -lowest,
        remedies,
    })
}

fn days_i32(days: usize) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// Stock of a place day by day, the first day being the one after the plan's.
#[derive(Clone, Debug)]
struct Path {
    start: f64,
    demand: Vec<f64>,
    receipts: Vec<f64>,
}

impl Path {
    /// Until goods ordered at the next review can arrive, with the proposed order.
    fn of(plan: &Plan, place: &PlacePlan) -> Option<Self> {
        let position = place.position.as_ref()?;
        let days = floor_count((place.lead_days + place.review_days).ceil());
        let daily = place.weekly_demand.iter().flat_map(|week| [week / 7.0; 7]);
        // On the last of these days goods of the next review are here.
        let demand: Vec<f64> = daily.take(days.saturating_sub(1)).collect();
        let mut path = Self {
            start: position.available().to_f64(),
            receipts: vec![0.0; demand.len()],
            demand,
        };
        for arrival in &position.arrivals {
            path.receive(arrival.due - plan.as_of - 1, arrival.quantity.to_f64());
        }
        let order = place.requirement.as_ref().map_or(0.0, |it| it.quantity);
        path.receive(order_day(place), order);
        Some(path)
    }

    /// Adds goods that arrive on a day, from 0; too late ones count for nothing.
    fn receive(&mut self, day: i32, units: f64) {
        let place = usize::try_from(day.max(0)).unwrap_or(usize::MAX);
        if let Some(sum) = self.receipts.get_mut(place) {
            *sum += units;
        }
    }

    /// Stock at the end of each day; below zero what is missing.
    fn stock(&self) -> Vec<f64> {
        let days = self.receipts.iter().zip(&self.demand);
        days.scan(self.start, |stock, (receipt, demand)| {
            *stock += receipt - demand;
            Some(*stock)
        })
        .collect()
    }

    fn runs_out(&self) -> bool {
        self.stock().iter().any(|units| *units < -NOTHING)
    }

    /// Units that it never needs.
    fn spare(&self) -> f64 {
        let stock = self.stock();
        let lowest = stock.iter().copied().fold(self.start, f64::min);
        lowest.max(0.0)
    }
}

/// The day, from 0, on which the proposed order arrives.
pub(super) fn order_day(place: &PlacePlan) -> i32 {
    days_i32(floor_count(place.lead_days.ceil())) - 1
}

/// A shortage with what its remedies are made from.
struct Case<'a> {
    plan: &'a Plan,
    dataset: &'a Dataset,
    place: &'a PlacePlan,
    path: &'a Path,
    /// First and last day with something missing, from 0.
    first: usize,
    last: usize,
    units: f64,
}

impl Case<'_> {
    /// Whether the place holds out when the path is changed so.
    fn holds(&self, change: impl FnOnce(&mut Path)) -> bool {
        let mut path = self.path.clone();
        change(&mut path);
        !path.runs_out()
    }

    /// Whole units that are missing.
    fn whole(&self) -> f64 {
        (self.units - NOTHING).ceil().max(1.0)
    }

    fn transfers(&self) -> Vec<Remedy> {
        let Some(lanes) = self.dataset.table(TableId::Lanes) else {
            return Vec::new();
        };
        let warehouses = &self.plan.catalog.warehouses;
        let here = warehouses
            .get(self.place.warehouse.index())
            .map(|it| it.code.as_str());
        let others = self.plan.places_of(self.place.sku).iter();
        let remedy = |other: &PlacePlan| {
            let code = warehouses.get(other.warehouse.index())?.code.as_str();
            let spare = Path::of(self.plan, other).map_or(0.0, |path| path.spare());
            let cheapest = (0..lanes.len())
                .filter(|row| lanes.text("origin", *row) == Some(code))
                .filter(|row| lanes.text("destination", *row) == here)
                .filter_map(|row| self.by_lane(lanes, row, other, spare));
            cheapest.min_by(|a, b| cost_of(a).total_cmp(&cost_of(b)))
        };
        let is_other = |other: &&PlacePlan| other.warehouse != self.place.warehouse;
        others.filter(is_other).filter_map(remedy).collect()
    }

    fn by_lane(&self, lanes: &Table, row: usize, from: &PlacePlan, spare: f64) -> Option<Remedy> {
        let number = |column: &str| {
            lanes
                .number(column, row)
                .map(|it| Amount::from_millionths(it).to_f64())
        };
        let days = floor_count(number("lead_days")?.ceil());
        let units = self.whole();
        if days > self.first || units > spare.floor() {
            return None;
        }
        let arrives = days_i32(self.first);
        let is_enough = self.holds(|path| path.receive(arrives, units));
        let volume = self.volume();
        let by_volume = match (number("cost_volume"), volume) {
            (Some(price), Some(volume)) => Some(price * volume * units),
            (Some(_), None) => None,
            (None, _) => Some(0.0),
        };
        let fixed =
            number("cost_fixed").unwrap_or(0.0) + number("cost_unit").unwrap_or(0.0) * units;
        is_enough.then(|| Remedy {
            lever: Lever::Transfer {
                from: from.warehouse,
                send_by: self.plan.as_of + 1 + days_i32(self.first - days),
            },
            units,
            cost: by_volume.map(|by_volume| fixed + by_volume),
        })
    }

    /// Cubic metres of a unit.
    fn volume(&self) -> Option<f64> {
        let (table, sku) = (
            self.dataset.table(TableId::Skus)?,
            self.plan.catalog.sku(self.place.sku)?,
        );
        let row =
            (0..table.len()).find(|row| table.text("sku", *row) == Some(sku.code.as_str()))?;
        table
            .number("volume", row)
            .map(|it| Amount::from_millionths(it).to_f64())
    }

    fn advances(&self) -> Vec<Remedy> {
        let arrivals = self.place.position.iter().flat_map(|it| &it.arrivals);
        let remedy = |arrival: &crate::stock::Arrival| {
            let (due, units) = (arrival.due - self.plan.as_of - 1, arrival.quantity.to_f64());
            let to = days_i32(self.first);
            let is_enough = due > to
                && self.holds(|path| {
                    path.receive(due, -units);
                    path.receive(to, units);
                });
            is_enough.then(|| Remedy {
                lever: Lever::Advance {
                    order: arrival.order.clone(),
                    from: arrival.due,
                    to: self.plan.as_of + 1 + to,
                },
                units,
                cost: self.holding(units, f64::from(due - to)),
            })
        };
        arrivals.filter_map(remedy).collect()
    }

    fn faster(&self) -> Option<Remedy> {
        let (from, to) = (order_day(self.place), days_i32(self.first));
        let ordered = self.place.requirement.as_ref()?.quantity;
        if to >= from {
            return None;
        }
        let units = ordered.max(self.whole());
        let is_enough = self.holds(|path| {
            path.receive(from, -ordered);
            path.receive(to, units);
        });
        is_enough.then(|| Remedy {
            lever: Lever::Faster {
                from: self.place.lead_days,
                to: f64::from(to + 1),
            },
            units,
            cost: self.holding(units, f64::from(from - to)),
        })
    }

    fn more(&self) -> Option<Remedy> {
        let (day, units) = (order_day(self.place), self.whole());
        let is_enough = day <= days_i32(self.first) && self.holds(|path| path.receive(day, units));
        (is_enough && self.place.requirement.is_some()).then(|| Remedy {
            lever: Lever::More,
            units,
            cost: self.holding(units, self.place.review_days),
        })
    }

    fn sell_less(&self) -> Option<Remedy> {
        let until = self.last;
        let stock = self.path.stock();
        let (mut demand, mut share) = (0.0, 0.0);
        for (units, stock) in self.path.demand.iter().zip(&stock).take(until + 1) {
            demand += units;
            if *stock < 0.0 && demand > 0.0 {
                share = f64::max(share, -stock / demand);
            }
        }
        let share = f64::min(share, 1.0);
        let is_enough = self.holds(|path| {
            for day in path.demand.iter_mut().take(until + 1) {
                *day *= 1.0 - share;
            }
        });
        let sku = self.plan.catalog.sku(self.place.sku)?;
        let margin = sku.list_price.zip(sku.unit_cost).map(|(price, cost)| {
            (price.to_f64() / (1.0 + sku.vat_rate.to_f64()) - cost.to_f64()).max(0.0)
        });
        is_enough.then(|| Remedy {
            lever: Lever::SellLess {
                share,
                until: self.plan.as_of + 1 + days_i32(until),
            },
            units: share * demand,
            cost: margin.map(|margin| margin * share * demand),
        })
    }

    /// Cost of holding units for some days at the warehouse's yearly rate of value.
    fn holding(&self, units: f64, days: f64) -> Option<f64> {
        let warehouse = self
            .plan
            .catalog
            .warehouses
            .get(self.place.warehouse.index())?;
        let table = self.dataset.table(TableId::Warehouses)?;
        let row = (0..table.len())
            .find(|row| table.text("warehouse", *row) == Some(warehouse.code.as_str()))?;
        let rate = Amount::from_millionths(table.number("holding_rate", row)?).to_f64();
        let cost = self.plan.catalog.sku(self.place.sku)?.unit_cost?.to_f64();
        Some(units * cost * rate * days / YEAR)
    }
}

fn cost_of(remedy: &Remedy) -> f64 {
    remedy.cost.unwrap_or(f64::INFINITY)
}
