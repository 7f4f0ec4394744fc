//! The day-by-day life of one SKU: receipts, counts, orders, sales, returns.
//!
//! Order of a day (engine specification 1.1): receipts and relisted returns arrive,
//! counts are taken, orders are placed, customers come.

use super::Parameters;
use super::assortment::{Rank, SkuProfile};
use super::calendar::{DAYS, HISTORY_FROM, index_of};
use super::network::{CHANNELS, POOLED, REGIONS, WAREHOUSES, WECHAT};
use super::planner::{Planner, buys, transfer};
use super::shelf::{CountLine, Layer, Shelf};
use super::wish::{Rhythms, Wish, Wishes};
use crate::sample::dice::Dice;

const RETURN_STREAM: u64 = 5;
const COUNT_STREAM: u64 = 6;
const HOLD_STREAM: u64 = 7;
/// Days of daily stock in the dataset: the trailing year, that of a quarter ago, and the day before.
pub(super) const DAILY_DAYS: i32 = 366 + 91;
/// Days between the last count and the one before.
const COUNT_EVERY: i32 = 182;
/// Planner's memory of sales, days.
const MEMORY_DAYS: f64 = 80.0;
/// Days before `as_of` on which goods are frozen for 双11.
pub(super) const FROZEN_DAYS_AGO: i32 = 4;
const LAST: i32 = DAYS - 1;

/// Sales of one day in one channel and region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sale {
    pub(super) day: i32,
    pub(super) channel: usize,
    pub(super) region: usize,
    pub(super) units: i64,
    pub(super) orders: i64,
    pub(super) price_cents: i64,
    pub(super) is_campaign: bool,
}

/// An order of the last day that has not left the warehouse.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenSale {
    pub(super) channel: usize,
    pub(super) region: usize,
    pub(super) units: i64,
    pub(super) price_cents: i64,
    /// Paid goods are allocated, unpaid ones reserved.
    pub(super) is_paid: bool,
}

/// Goods sent back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Return {
    pub(super) sold: i32,
    pub(super) requested: i32,
    pub(super) received: i32,
    pub(super) graded: i32,
    pub(super) relisted: i32,
    pub(super) channel: usize,
    pub(super) shelf: usize,
    pub(super) origin: i32,
    pub(super) units: i64,
    pub(super) grade: &'static str,
}

/// What happened to one SKU.
pub(super) struct SkuHistory {
    pub(super) sales: Vec<Sale>,
    pub(super) open_sales: Vec<OpenSale>,
    pub(super) returns: Vec<Return>,
    pub(super) shelves: Vec<Shelf>,
    /// Units wanted in the history, and how many of them found nothing.
    pub(super) wanted: i64,
    pub(super) lost: i64,
    /// Units that found nothing on days whose stock is told.
    pub(super) lost_daily: i64,
}

/// Simulates one SKU.
pub(super) fn simulate(
    parameters: &Parameters,
    id: u64,
    sku: &SkuProfile,
    rhythms: &Rhythms,
) -> SkuHistory {
    let mut life = Life::new(parameters, id, sku);
    let mut wishes = Wishes::new(parameters.seed, id, sku, rhythms);
    let mut today = Vec::new();
    for day in 0..DAYS {
        wishes.draw(day, &mut today);
        if day < sku.launch {
            continue;
        }
        life.morning(day);
        life.order(day);
        life.serve(day, &today, &wishes);
        life.evening(day);
    }
    life.finish()
}

struct Life<'a> {
    sku: &'a SkuProfile,
    planners: Vec<Planner>,
    counters: Vec<Dice>,
    count_error: f64,
    returner: Dice,
    holder: Dice,
    /// The shelf that serves each (channel, region).
    serving: [[Option<usize>; 7]; 3],
    history: SkuHistory,
}

impl<'a> Life<'a> {
    fn new(parameters: &Parameters, id: u64, sku: &'a SkuProfile) -> Self {
        let (mut shelves, serving) = shelves(sku);
        let planner = |shelf: &Shelf| Planner::new(parameters, id, sku, shelf.warehouse);
        let mut planners: Vec<_> = shelves.iter().map(planner).collect();
        for (shelf, planner) in shelves.iter_mut().zip(&mut planners) {
            if shelf.parent.is_none() {
                planner.stock_up(sku, shelf);
            }
        }
        let counter = |shelf: &Shelf| {
            let place = u64::try_from(shelf.warehouse).unwrap_or(0);
            Dice::new(parameters.seed, &[COUNT_STREAM, id, place])
        };
        Self {
            sku,
            counters: shelves.iter().map(counter).collect(),
            planners,
            count_error: parameters.count_error,
            returner: Dice::new(parameters.seed, &[RETURN_STREAM, id]),
            holder: Dice::new(parameters.seed, &[HOLD_STREAM, id]),
            serving,
            history: SkuHistory {
                sales: Vec::new(),
                open_sales: Vec::new(),
                returns: Vec::new(),
                shelves,
                wanted: 0,
                lost: 0,
                lost_daily: 0,
            },
        }
    }

    /// Receipts, returns that can be sold again, counts and holds.
    fn morning(&mut self, day: i32) {
        let holder = &mut self.holder;
        for shelf in &mut self.history.shelves {
            shelf.receive(day, |shelf, part| {
                // Goods of the last two days may still be under inspection.
                if day >= LAST - 1 && shelf.parent.is_none() && holder.chance(0.4) {
                    shelf.held.push(("qc_inbound", part));
                } else {
                    shelf.good.add(part);
                }
            });
        }
        for back in self
            .history
            .returns
            .iter()
            .filter(|back| back.relisted == day)
        {
            if let Some(shelf) = self
                .history
                .shelves
                .get_mut(back.shelf)
                .filter(|_| back.grade == "a")
            {
                shelf.good.add(returned_layer(self.sku, back));
            }
        }
        for (shelf, dice) in self.history.shelves.iter_mut().zip(&mut self.counters) {
            count(day, shelf, dice, self.count_error);
            hold(day, self.sku, shelf, &mut self.holder);
        }
    }

    fn order(&mut self, day: i32) {
        let (sku, shelves) = (self.sku, &mut self.history.shelves);
        for (shelf, planner) in shelves.iter_mut().zip(&mut self.planners) {
            if buys(shelf.warehouse) {
                planner.buy(day, sku, shelf);
            }
        }
        if (LAST - day) % 2 != 0 || sku.end.is_some_and(|end| day > end) {
            return;
        }
        for place in 0..shelves.len() {
            let parent = shelves.get(place).and_then(|shelf| shelf.parent);
            // Parents stand before their children, so the slice can be parted between them.
            if let Some((parents, children)) = shelves.split_at_mut_checked(place) {
                let parent = parent.and_then(|parent| parents.get_mut(parent));
                if let (Some(parent), Some(child)) = (parent, children.first_mut()) {
                    transfer(day, parent, child);
                }
            }
        }
    }

    /// Sells to the customers of a day, first come, first served.
    fn serve(&mut self, day: i32, wishes: &[Wish], prices: &Wishes<'_>) {
        let mut cells = [[(0_i64, 0_i64); 7]; 3];
        let is_history = day >= index_of(HISTORY_FROM);
        for wish in wishes {
            let serving = self
                .serving
                .get(wish.channel)
                .and_then(|row| row.get(wish.region));
            let Some(place) = serving.copied().flatten() else {
                continue;
            };
            let Some(shelf) = self.history.shelves.get_mut(place) else {
                continue;
            };
            let origin = shelf.good.oldest().unwrap_or(day);
            let price = prices.price_cents(wish.channel, day);
            let sold = if day == LAST {
                sell_today(
                    shelf,
                    wish,
                    price,
                    &mut self.holder,
                    &mut self.history.open_sales,
                )
            } else {
                shelf.sell(wish.units)
            };
            if is_history {
                self.history.wanted += wish.units;
                self.history.lost += wish.units - sold;
            }
            if day > LAST - DAILY_DAYS {
                self.history.lost_daily += wish.units - sold;
            }
            if sold == 0 {
                continue;
            }
            if let Some(cell) = cells
                .get_mut(wish.channel)
                .and_then(|row| row.get_mut(wish.region))
            {
                *cell = (cell.0 + sold, cell.1 + 1);
            }
            self.send_back(day, wish.channel, place, (origin, sold));
        }
        if is_history {
            self.record(day, &cells, prices);
        }
    }

    fn record(&mut self, day: i32, cells: &[[(i64, i64); 7]; 3], prices: &Wishes<'_>) {
        for (channel, row) in cells.iter().enumerate() {
            for (region, (units, orders)) in row.iter().copied().enumerate() {
                if units > 0 {
                    self.history.sales.push(Sale {
                        day,
                        channel,
                        region,
                        units,
                        orders,
                        price_cents: prices.price_cents(channel, day),
                        is_campaign: prices.is_campaign(day),
                    });
                }
            }
        }
    }

    /// Decides whether and when an order comes back, and in which grade.
    fn send_back(&mut self, sold: i32, channel: usize, shelf: usize, (origin, units): (i32, i64)) {
        let dice = &mut self.returner;
        let rate =
            CHANNELS.get(channel).map_or(0.0, |rule| rule.return_rate) * self.sku.rule().returns;
        if !dice.chance(rate) {
            return;
        }
        let mut after = |from: i32, low: f64, high: f64| {
            from + i32::try_from(crate::sample::dice::whole(dice.between(low, high))).unwrap_or(0)
        };
        let requested = after(sold, 2.0, 9.0);
        let received = after(requested, 2.0, 6.0);
        let graded = after(received, 1.0, 8.0);
        let relisted = after(graded, 1.0, 5.0);
        let grade = ["a", "b", "c", "s"]
            .into_iter()
            .nth(dice.weighted(&[0.72, 0.14, 0.09, 0.05]));
        self.history.returns.push(Return {
            sold,
            requested,
            received,
            graded,
            relisted,
            channel,
            shelf,
            origin,
            units: units.min(1 + i64::from(dice.chance(0.2))),
            grade: grade.unwrap_or("a"),
        });
    }

    fn evening(&mut self, day: i32) {
        for shelf in &mut self.history.shelves {
            shelf.close_day(MEMORY_DAYS);
            let is_listed = self.sku.end.is_none_or(|end| day <= end) || shelf.available() > 0;
            if day > LAST - DAILY_DAYS && is_listed {
                if shelf.daily.is_empty() {
                    shelf.daily_from = day;
                }
                shelf.daily.push(shelf.available());
            }
        }
    }

    /// Puts returns that are not on sale again into their buckets.
    fn finish(mut self) -> SkuHistory {
        for back in &self.history.returns {
            let bucket = match back.grade {
                _ if back.received > LAST => continue,
                _ if back.graded > LAST => "qc_return",
                "a" if back.relisted > LAST => "qc_return",
                // Defective goods are cleared within six weeks.
                "b" if back.graded > LAST - 42 => "grade_b",
                "c" if back.graded > LAST - 42 => "grade_c",
                "s" if back.graded > LAST - 42 => "scrap",
                _ => continue,
            };
            if let Some(shelf) = self.history.shelves.get_mut(back.shelf) {
                shelf.held.push((bucket, returned_layer(self.sku, back)));
            }
        }
        self.history
    }
}

type Serving = [[Option<usize>; 7]; 3];

/// The shelves of a SKU, parents before the forward warehouses they feed, and which
/// of them serves whom.
fn shelves(sku: &SkuProfile) -> (Vec<Shelf>, Serving) {
    let mut order: Vec<usize> = (0..WAREHOUSES.len()).filter(|place| buys(*place)).collect();
    order.extend((0..WAREHOUSES.len()).filter(|place| !buys(*place)));
    let mut shelves: Vec<Shelf> = Vec::new();
    let mut serving = Serving::default();
    for warehouse in order {
        let mut expected = 0.0;
        for (channel, (row, channel_share)) in serving.iter_mut().zip(sku.channels).enumerate() {
            for ((cell, region), share) in row.iter_mut().zip(&REGIONS).zip(sku.regions) {
                let home = region
                    .forward
                    .filter(|_| channel == WECHAT)
                    .unwrap_or(region.home);
                if home == warehouse && share * channel_share > 0.0 {
                    expected += sku.rate * share * channel_share;
                    *cell = Some(shelves.len());
                }
            }
        }
        let parent = WAREHOUSES.get(warehouse).and_then(|rule| rule.parent);
        if expected > 0.0 || (parent.is_none() && sku.is_listed_at(warehouse)) {
            let parent = parent
                .and_then(|parent| shelves.iter().position(|shelf| shelf.warehouse == parent));
            shelves.push(Shelf::new(warehouse, parent, expected));
        }
    }
    // A regional warehouse also buys what its forward warehouses will ask for.
    let asked: Vec<_> = shelves
        .iter()
        .filter_map(|shelf| Some((shelf.parent?, shelf.expected)))
        .collect();
    for (parent, expected) in asked {
        if let Some(parent) = shelves.get_mut(parent) {
            parent.expected += expected;
            parent.average += expected;
        }
    }
    (shelves, serving)
}

fn returned_layer(sku: &SkuProfile, back: &Return) -> Layer {
    Layer {
        origin: back.origin,
        received: back.received,
        cost_cents: sku.cost_cents,
        units: back.units,
    }
}

/// Sells on the last day: some orders are still in the warehouse when the picture is taken.
fn sell_today(
    shelf: &mut Shelf,
    wish: &Wish,
    price_cents: i64,
    dice: &mut Dice,
    open: &mut Vec<OpenSale>,
) -> i64 {
    let fate = dice.uniform();
    if fate > 0.42 {
        return shelf.sell(wish.units);
    }
    let units = wish.units.min(shelf.available()).max(0);
    let is_paid = fate < 0.34;
    if is_paid {
        shelf.allocated += units;
    } else {
        shelf.reserved += units;
    }
    if units > 0 {
        open.push(OpenSale {
            channel: wish.channel,
            region: wish.region,
            units,
            price_cents,
            is_paid,
        });
    }
    units
}

/// Counts a shelf on the days of its warehouse and books the difference.
fn count(day: i32, shelf: &mut Shelf, dice: &mut Dice, error: f64) {
    let ago = WAREHOUSES
        .get(shelf.warehouse)
        .map_or(0, |rule| rule.counted_days_ago);
    let scale = match LAST - day - ago {
        0 => error,
        COUNT_EVERY => error * 1.5,
        _ => return,
    };
    let book = shelf.good.units();
    let is_wrong = dice.chance(0.34);
    let share = scale * (dice.normal() - 0.2);
    let units = crate::units::Qty::from_units(book).to_f64();
    let difference = dice.rounded(if is_wrong { units * share } else { 0.0 });
    let counted = (book + difference).max(0);
    shelf.counts.push(CountLine { day, book, counted });
    if counted < book {
        shelf.good.take(book - counted, |_lost| ());
        return;
    }
    let oldest = shelf.good.iter().next().copied();
    if let Some(oldest) = oldest {
        shelf.good.add(Layer {
            units: counted - book,
            ..oldest
        });
    }
}

/// Freezes goods for 双11 and blocks a few for quality.
fn hold(day: i32, sku: &SkuProfile, shelf: &mut Shelf, dice: &mut Dice) {
    let is_pooled = sku.rank == Rank::Top && POOLED.contains(&shelf.warehouse);
    if day == LAST - FROZEN_DAYS_AGO && is_pooled && dice.chance(0.25) {
        shelf.frozen = shelf.good.units() / 4;
    }
    if day == LAST - 12 && dice.chance(0.008) {
        let units = shelf.good.units() / 6;
        let held = &mut shelf.held;
        shelf.good.take(units, |part| held.push(("blocked", part)));
    }
}
