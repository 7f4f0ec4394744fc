//! The two large tables, demand and daily stock, as whole columns.

use super::assortment::SkuProfile;
use super::calendar::{AS_OF, DAYS, EVENTS, HISTORY_FROM, day_at, index_of};
use super::network::{CHANNELS, REGIONS, WAREHOUSES};
use super::simulate::{DAILY_DAYS, Sale, SkuHistory};
use crate::dataset::{Column, Table, TableId, Texts};
use crate::order;
use crate::units::{Amount, Qty};

/// The `promo` code of a price cut of one SKU.
const CAMPAIGN: &str = "sku-sale";

/// One row of demand, small enough for a million of them.
struct DemandRow {
    sku: u32,
    day: i32,
    units: i32,
    orders: i32,
    price_cents: i32,
    channel: u8,
    region: u8,
    is_campaign: bool,
}

/// Daily stock of one SKU in one warehouse.
struct DailyRow {
    sku: u32,
    warehouse: u32,
    from: i32,
    available: Vec<i32>,
}

/// Collects demand and daily stock, SKU by SKU in the order of their codes.
#[derive(Default)]
pub(super) struct Flows {
    demand: Vec<DemandRow>,
    daily: Vec<DailyRow>,
}

impl Flows {
    pub(super) fn add(&mut self, sku: u32, history: SkuHistory) {
        self.demand
            .extend(history.sales.iter().map(|sale| demand_row(sku, sale)));
        let mut shelves = history.shelves;
        order::sort_by_key(&mut shelves, |shelf| shelf.warehouse);
        self.daily.extend(shelves.into_iter().map(|shelf| DailyRow {
            sku,
            warehouse: small(i64::try_from(shelf.warehouse).unwrap_or(0)).unsigned_abs(),
            from: shelf.daily_from,
            available: shelf.daily.into_iter().map(small).collect(),
        }));
    }

    /// SKU x warehouse pairs.
    pub(super) fn listings(&self) -> usize {
        self.daily.len()
    }

    /// `demand` and `stock_daily`.
    pub(super) fn tables(self, skus: &[SkuProfile]) -> [Table; 2] {
        let codes: Vec<String> = skus.iter().map(|sku| sku.code.clone()).collect();
        let daily = stock_daily(&self.daily, codes.clone());
        drop(self.daily);
        [demand(&by_day(self.demand), codes), daily]
    }
}

fn demand_row(sku: u32, sale: &Sale) -> DemandRow {
    let place = |index: usize| u8::try_from(index).unwrap_or(u8::MAX);
    DemandRow {
        sku,
        day: sale.day,
        units: small(sale.units),
        orders: small(sale.orders),
        price_cents: small(sale.price_cents),
        channel: place(sale.channel),
        region: place(sale.region),
        is_campaign: sale.is_campaign,
    }
}

fn small(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// Sorts by day and keeps the order inside a day, which is that of the key.
fn by_day(mut rows: Vec<DemandRow>) -> Vec<DemandRow> {
    order::sort_by_key(&mut rows, |row| row.day);
    rows
}

fn demand(rows: &[DemandRow], codes: Vec<String>) -> Table {
    let channels = CHANNELS
        .iter()
        .map(|channel| channel.code.to_owned())
        .collect();
    let regions = REGIONS
        .iter()
        .map(|region| region.code.to_owned())
        .collect();
    let promos = Promos::new();
    let units = |units: i32| Qty::from_units(i64::from(units)).thousandths();
    let revenue =
        |row: &DemandRow| i64::from(row.units) * i64::from(row.price_cents) * (Amount::SCALE / 100);
    let columns = vec![
        ("date", days(rows.iter().map(|row| row.day))),
        ("sku", texts(codes, rows.iter().map(|row| row.sku))),
        (
            "channel",
            texts(channels, rows.iter().map(|row| row.channel.into())),
        ),
        (
            "region",
            texts(regions, rows.iter().map(|row| row.region.into())),
        ),
        (
            "quantity",
            Column::Numbers(rows.iter().map(|row| units(row.units)).collect()),
        ),
        (
            "revenue",
            Column::Numbers(rows.iter().map(revenue).collect()),
        ),
        (
            "orders",
            Column::Numbers(rows.iter().map(|row| row.orders.into()).collect()),
        ),
        ("promo", promos.column(rows)),
    ];
    sorted(TableId::Demand, columns)
}

fn stock_daily(shelves: &[DailyRow], codes: Vec<String>) -> Table {
    let (mut dates, mut skus, mut places, mut available) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for day in DAYS - DAILY_DAYS..DAYS {
        for shelf in shelves {
            let index = usize::try_from(day - shelf.from);
            let units = index.ok().and_then(|index| shelf.available.get(index));
            if let Some(units) = units {
                dates.push(day_at(day).number());
                skus.push(shelf.sku);
                places.push(shelf.warehouse);
                available.push(Qty::from_units(i64::from(*units)).thousandths());
            }
        }
    }
    let warehouses = WAREHOUSES
        .iter()
        .map(|warehouse| warehouse.code.to_owned())
        .collect();
    let columns = vec![
        ("date", Column::Days(dates)),
        (
            "sku",
            Column::Texts(Texts {
                words: codes,
                codes: skus,
            }),
        ),
        (
            "warehouse",
            Column::Texts(Texts {
                words: warehouses,
                codes: places,
            }),
        ),
        ("available", Column::Numbers(available)),
    ];
    sorted(TableId::StockDaily, columns)
}

fn sorted(id: TableId, columns: Vec<(&str, Column)>) -> Table {
    let table = Table::from_sorted_columns(id, columns);
    assert!(table.is_some(), "rows of {id:?} are out of order");
    table.unwrap_or_else(|| crate::sample::rows::Rows::new(id).finish())
}

fn days(indexes: impl Iterator<Item = i32>) -> Column {
    Column::Days(indexes.map(|index| day_at(index).number()).collect())
}

fn texts(words: Vec<String>, codes: impl Iterator<Item = u32>) -> Column {
    Column::Texts(Texts {
        words,
        codes: codes.collect(),
    })
}

/// The promotion that runs on each day of the history.
struct Promos {
    words: Vec<String>,
    /// Position in `words` by day of the history; the last word is [`CAMPAIGN`].
    on: Vec<Option<u32>>,
}

impl Promos {
    fn new() -> Self {
        let mut words = Vec::new();
        let mut on = vec![None; usize::try_from(DAYS).unwrap_or(0)];
        for event in EVENTS.iter().filter(|event| event.is_promotion) {
            for start in event.occurrences(HISTORY_FROM, AS_OF) {
                let code = u32::try_from(words.len()).ok();
                words.push(format!("{}-{}", event.code, start.ymd().0));
                for day in index_of(start)..=index_of(event.end_of(start)) {
                    let slot = usize::try_from(day).ok().and_then(|day| on.get_mut(day));
                    if let Some(slot) = slot {
                        *slot = code;
                    }
                }
            }
        }
        words.push(CAMPAIGN.to_owned());
        Self { words, on }
    }

    fn column(self, rows: &[DemandRow]) -> Column {
        let campaign = u32::try_from(self.words.len() - 1).unwrap_or(Texts::ABSENT);
        let code = |row: &DemandRow| {
            let event = usize::try_from(row.day)
                .ok()
                .and_then(|day| self.on.get(day).copied());
            let own = row.is_campaign.then_some(campaign);
            event.flatten().or(own).unwrap_or(Texts::ABSENT)
        };
        let codes = rows.iter().map(code).collect();
        Column::Texts(Texts {
            words: self.words,
            codes,
        })
    }
}
