//! Prices and demand of goods by channel and day.

use crate::dataset::{Table, Texts};
use crate::day::Day;
use crate::demand::{EmptyRun, WEEKS_MAX};
use crate::events::{self, EventBook, EventLifts};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId, WarehouseId};
use crate::master::{Catalog, Network};
use crate::order;
use crate::units::{Amount, Qty};

/// Absent numbers of a table's column.
const ABSENT: i64 = i64::MIN;
/// Units that stand for the rhythm of all goods beside a category's own.
const RHYTHM_PRIOR: f64 = 200.0;
/// Share of the goods' sales that a warehouse without them may have on a day that counts as open.
const CLOSED_MAX: f64 = 0.1;

/// What was sold on a day, and at which price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sale {
    /// Days after the first of the history.
    pub(super) day: usize,
    pub(super) units: f64,
    /// Price of a unit; `None` where it is not given.
    pub(super) price: Option<f64>,
}

/// Demand of one channel of some goods, by day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outlet {
    pub(super) channel: ChannelId,
    pub(super) sales: Vec<Sale>,
}

/// Goods with a price.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goods {
    pub(super) sku: SkuId,
    /// Place of the category.
    pub(super) group: usize,
    /// Which days of events are theirs: a place in [`Days::events`].
    pub(super) calendar: usize,
    pub(super) outlets: Vec<Outlet>,
    /// Stretches of days on which they were sold out, first and number of days.
    pub(super) closed: Vec<(usize, usize)>,
    /// First and last day of changes that were planned, and of which channel; all of them if none is said.
    pub(super) planned: Vec<(Option<ChannelId>, usize, usize)>,
}

/// The days of a company's history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Days {
    pub(super) first: Day,
    pub(super) count: usize,
    /// Whether a learnt event touches each day: by category, then of goods whose events are others.
    pub(super) events: Vec<Vec<bool>>,
    /// By category, what a weekday sells of a mean day, Monday first.
    pub(super) rhythm: Vec<[f64; 7]>,
}

impl Days {
    pub(super) fn is_event(&self, calendar: usize, day: usize) -> bool {
        let days = self.events.get(calendar);
        days.and_then(|days| days.get(day)) == Some(&true)
    }

    /// What a day sells of a mean one.
    pub(super) fn exposure(&self, group: usize, day: usize) -> f64 {
        let weekday = self.day(day).weekday().index();
        let rhythm = self.rhythm.get(group);
        let share = rhythm.and_then(|rhythm| rhythm.get(weekday));
        share.copied().unwrap_or(1.0)
    }

    pub(super) fn day(&self, day: usize) -> Day {
        self.first + i32::try_from(day).unwrap_or(i32::MAX / 2)
    }
}

/// Reads the goods of `demand.csv` that have prices up to `as_of`, in order.
pub(super) fn read(
    table: &Table,
    (catalog, network, as_of): (&Catalog, &Network, Day),
    ((book, lifts), empty): ((&EventBook, &EventLifts), &[EmptyRun]),
) -> (Days, Vec<Goods>) {
    let days = table.days("date");
    let oldest = as_of + -(7 * WEEKS_MAX - 1);
    let first = days.iter().min().copied().map_or(as_of, Day::from_number);
    let first = first.max(oldest);
    let count = usize::try_from(as_of - first + 1).unwrap_or(0);
    let rows = Rows::new(table, catalog);
    let mut goods = rows.goods((catalog, network), (first, count), empty);
    let calendars = calendars((catalog, lifts), &mut goods);
    let is_event = |cells: Vec<usize>| {
        let day = |day| first + i32::try_from(day).unwrap_or(i32::MAX / 2);
        let is_lifted = |at| {
            cells
                .iter()
                .any(|cell| book.day_factor(*cell, day(at)) != 1.0)
        };
        (0..count).map(is_lifted).collect()
    };
    let mut days = Days {
        first,
        count,
        events: calendars.into_iter().map(is_event).collect(),
        rhythm: Vec::new(),
    };
    days.rhythm = rhythms(&days, &goods, catalog.categories.len());
    (days, goods)
}

/// The groups of events whose days each calendar holds: those of the categories, then those of
/// goods that events concern in part, which are told theirs.
fn calendars((catalog, lifts): (&Catalog, &EventLifts), goods: &mut [Goods]) -> Vec<Vec<usize>> {
    let categories = 0..catalog.categories.len();
    let mut calendars: Vec<Vec<usize>> = categories.map(|category| vec![category]).collect();
    if lifts.are_by_category() {
        return calendars;
    }
    for own in goods {
        let channels = own.outlets.iter().map(|outlet| outlet.channel);
        let groups = channels
            .flat_map(|channel| event_groups((catalog, lifts), (own.group, own.sku), channel));
        let mut groups: Vec<usize> = groups.collect();
        order::sort(&mut groups);
        groups.dedup();
        if groups.is_empty() {
            continue;
        }
        let known = calendars.iter().position(|calendar| *calendar == groups);
        own.calendar = known.unwrap_or_else(|| {
            calendars.push(groups);
            calendars.len() - 1
        });
    }
    calendars
}

/// The groups of events that goods belong to in a channel, by region, each once.
pub(super) fn event_groups(
    (catalog, lifts): (&Catalog, &EventLifts),
    (category, sku): (usize, SkuId),
    channel: ChannelId,
) -> Vec<usize> {
    if lifts.are_by_category() {
        return vec![category];
    }
    let group = |region| {
        lifts.group(&events::Goods {
            category: CategoryId::from_index(category),
            sku: Some(sku),
            channel,
            region,
        })
    };
    let regions = (0..catalog.regions.len()).map(RegionId::from_index);
    let mut groups: Vec<usize> = regions.map(group).collect();
    order::sort(&mut groups);
    groups.dedup();
    groups
}

/// The rows of `demand.csv`, columns beside each other.
struct Rows<'a> {
    skus: (Vec<Option<SkuId>>, &'a [u32]),
    channels: (Vec<Option<ChannelId>>, &'a [u32]),
    regions: &'a Texts,
    days: &'a [i32],
    units: &'a [i64],
    prices: &'a [i64],
    revenue: &'a [i64],
}

/// One of them.
#[derive(Clone, Copy)]
struct Row {
    sku: SkuId,
    channel: ChannelId,
    region: u32,
    sale: Sale,
}

static NO_TEXTS: Texts = Texts {
    words: Vec::new(),
    codes: Vec::new(),
};

impl<'a> Rows<'a> {
    fn new(table: &'a Table, catalog: &Catalog) -> Self {
        let texts = |column| table.texts(column).unwrap_or(&NO_TEXTS);
        let (skus, channels) = (texts("sku"), texts("channel"));
        Self {
            skus: (
                Catalog::translate(&skus.words, |code| catalog.sku_id(code)),
                &skus.codes,
            ),
            channels: (
                Catalog::translate(&channels.words, |code| catalog.channel_id(code)),
                &channels.codes,
            ),
            regions: texts("region"),
            days: table.days("date"),
            units: table.numbers("quantity"),
            prices: table.numbers("price"),
            revenue: table.numbers("revenue"),
        }
    }

    fn get(&self, row: usize, first: Day) -> Option<Row> {
        let id = |(ids, codes): &(Vec<Option<_>>, &[u32])| {
            let code = *codes.get(row)?;
            *ids.get(crate::num::index_usize(code))?
        };
        let channel = *self.channels.1.get(row)?;
        let channel = (*self.channels.0.get(crate::num::index_usize(channel))?)?;
        let units = Qty::from_thousandths(*self.units.get(row)?).to_f64();
        let money = |values: &[i64]| {
            let value = values.get(row).copied().filter(|value| *value != ABSENT)?;
            Some(Amount::from_millionths(value).to_f64()).filter(|value| *value > 0.0)
        };
        let of_revenue = || {
            money(self.revenue)
                .filter(|_| units > 0.0)
                .map(|it| it / units)
        };
        Some(Row {
            sku: id(&self.skus)?,
            channel,
            region: *self.regions.codes.get(row)?,
            sale: Sale {
                day: usize::try_from(Day::from_number(*self.days.get(row)?) - first).ok()?,
                units,
                price: money(self.prices).or_else(of_revenue),
            },
        })
    }

    /// Goods in order, and their sales by channel and day. The rows of a table are in order of
    /// days, and stay so.
    fn goods(
        &self,
        (catalog, network): (&Catalog, &Network),
        (first, count): (Day, usize),
        empty: &[EmptyRun],
    ) -> Vec<Goods> {
        let regions = Catalog::translate(&self.regions.words, |code| catalog.region_id(code));
        let mut goods: Vec<Goods> = catalog.skus.iter().enumerate().map(blank).collect();
        let mut shelves: Vec<Vec<(WarehouseId, f64)>> = vec![Vec::new(); goods.len()];
        let rows = (0..self.days.len()).filter_map(|row| self.get(row, first));
        for row in rows.filter(|row| row.sale.day < count) {
            if let Some(own) = goods.get_mut(row.sku.index()) {
                own.add(row.channel, row.sale);
            }
            let region = regions.get(crate::num::index_usize(row.region)).copied();
            let Some(region) = region.flatten().filter(|_| !empty.is_empty()) else {
                continue;
            };
            let warehouse = network.warehouse(region, row.channel);
            if let Some(own) = shelves.get_mut(row.sku.index()) {
                match own.iter_mut().find(|(known, _)| *known == warehouse) {
                    Some((_, units)) => *units += row.sale.units,
                    None => own.push((warehouse, row.sale.units)),
                }
            }
        }
        for run in empty {
            let all = shelves.get(run.sku.index());
            let all = all.map_or(&[][..], Vec::as_slice);
            let total: f64 = all.iter().map(|(_, units)| units).sum();
            let own = all.iter().find(|(known, _)| *known == run.warehouse);
            let is_felt = own.is_some_and(|(_, units)| *units > CLOSED_MAX * total);
            let from = usize::try_from(run.from - first).ok();
            if let (true, Some(from), Some(goods)) = (is_felt, from, goods.get_mut(run.sku.index()))
            {
                goods.closed.push((from, crate::num::index_usize(run.days)));
            }
        }
        goods
    }
}

fn blank((index, sku): (usize, &crate::master::Sku)) -> Goods {
    Goods {
        sku: SkuId::from_index(index),
        group: sku.category.index(),
        calendar: sku.category.index(),
        outlets: Vec::new(),
        closed: Vec::new(),
        planned: Vec::new(),
    }
}

impl Goods {
    /// Whether a change was planned for a day.
    pub(super) fn is_planned(&self, channel: ChannelId, day: usize) -> bool {
        self.planned.iter().any(|(only, first, last)| {
            only.is_none_or(|only| only == channel) && (*first..=*last).contains(&day)
        })
    }

    /// Adds a sale; those of a channel on one day are taken together.
    pub(super) fn add(&mut self, channel: ChannelId, sale: Sale) {
        let place = self.outlets.iter().position(|it| it.channel == channel);
        let place = place.unwrap_or_else(|| {
            self.outlets.push(Outlet {
                channel,
                sales: Vec::new(),
            });
            self.outlets.len() - 1
        });
        let Some(outlet) = self.outlets.get_mut(place) else {
            return;
        };
        match outlet.sales.last_mut().filter(|last| last.day == sale.day) {
            Some(last) => {
                last.price = match (last.price, sale.price) {
                    (Some(a), Some(b)) if last.units + sale.units > 0.0 && a != b => {
                        Some((a * last.units + b * sale.units) / (last.units + sale.units))
                    }
                    (a, b) => a.or(b),
                };
                last.units += sale.units;
            }
            None => outlet.sales.push(sale),
        }
    }
}

/// What weekdays sell of a mean day on days without events, by category; drawn towards all goods.
fn rhythms(days: &Days, goods: &[Goods], groups: usize) -> Vec<[f64; 7]> {
    // By calendar.
    let mut sums = vec![[0.0; 7]; days.events.len()];
    let mut group_of: Vec<usize> = (0..days.events.len()).collect();
    for own in goods {
        let (Some(sums), Some(group)) =
            (sums.get_mut(own.calendar), group_of.get_mut(own.calendar))
        else {
            continue;
        };
        *group = own.group;
        for sale in own.outlets.iter().flat_map(|outlet| &outlet.sales) {
            if days.is_event(own.calendar, sale.day) {
                continue;
            }
            let weekday = days.day(sale.day).weekday().index();
            if let Some(sum) = sums.get_mut(weekday) {
                *sum += sale.units;
            }
        }
    }
    // Days without an event are not the same of each weekday.
    let mut rates: Vec<([f64; 7], f64)> = vec![([0.0; 7], 0.0); groups];
    for (calendar, (sums, group)) in sums.iter().zip(group_of).enumerate() {
        let Some((rate, units)) = rates.get_mut(group) else {
            continue;
        };
        let counts = quiet_days(days, calendar);
        for ((rate, sum), count) in rate.iter_mut().zip(sums).zip(counts) {
            *rate += sum / f64::max(count, 1.0);
        }
        *units += sums.iter().sum::<f64>();
    }
    let mut whole = [0.0; 7];
    for (rate, _) in &rates {
        for (whole, rate) in whole.iter_mut().zip(rate) {
            *whole += rate;
        }
    }
    let whole = of_mean(&whole);
    let drawn = |(rate, units): &([f64; 7], f64)| {
        let own = of_mean(rate);
        let kept = units / (units + RHYTHM_PRIOR);
        let mut drawn = whole;
        for (drawn, own) in drawn.iter_mut().zip(own) {
            *drawn += kept * (own - *drawn);
        }
        drawn
    };
    rates.iter().map(drawn).collect()
}

fn quiet_days(days: &Days, calendar: usize) -> [f64; 7] {
    let mut counts = [0.0; 7];
    for day in (0..days.count).filter(|day| !days.is_event(calendar, *day)) {
        if let Some(count) = counts.get_mut(days.day(day).weekday().index()) {
            *count += 1.0;
        }
    }
    counts
}

/// Figures over their mean; ones where all are zero.
fn of_mean(rates: &[f64; 7]) -> [f64; 7] {
    let mean = rates.iter().sum::<f64>() / 7.0;
    if mean > 0.0 {
        rates.map(|rate| rate / mean)
    } else {
        [1.0; 7]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Dataset, TableId, read_csv};
    use crate::events::CompanyEvents;

    /// A brand day of one channel is a day of events to the goods that channel sells, and evidence
    /// of what prices do to all others of their category.
    #[test]
    fn days_of_an_event_are_those_of_the_goods_it_concerns() {
        let day = |day: i32| Day::from_number(20_000 + day);
        let mut demand = "date,sku,channel,region,quantity,price\n".to_owned();
        for on in 0..300 {
            for (sku, channel) in [("A", "t"), ("B", "w")] {
                let lift = if sku == "A" && on == 200 { 5 } else { 1 };
                demand += &format!("{},{sku},{channel},e,{},9\n", day(on), 20 * lift);
            }
        }
        let on = day(200);
        let events =
            format!("event,start,end,pre_days,post_days,scope\nb,{on},{on},0,0,channel=t\n");
        let skus = "sku,category\nA,c\nB,c\n".to_owned();
        let tables = [
            (TableId::Demand, demand),
            (TableId::Events, events),
            (TableId::Skus, skus),
        ];
        let table = |(id, text): (TableId, String)| read_csv(id, "t.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables(tables.map(table));
        let (catalog, as_of) = (Catalog::new(&dataset), day(299));
        let (events, lifts) = CompanyEvents::lifts(&dataset, &catalog, as_of, 4);
        let (network, _) = Network::new(&dataset, &catalog, as_of);
        let from = (&catalog, &network, as_of);
        let table = dataset.table(TableId::Demand).unwrap();
        let (days, goods) = read(table, from, ((&events.book, &lifts), &[]));
        let touched = |own: &Goods| -> Vec<usize> {
            let is_event = |day: &usize| days.is_event(own.calendar, *day);
            (0..days.count).filter(is_event).collect()
        };
        assert_eq!(
            goods.iter().map(touched).collect::<Vec<_>>(),
            [vec![200], vec![]]
        );
        assert_eq!(days.rhythm.len(), 1);
    }
}
