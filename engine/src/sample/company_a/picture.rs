//! The picture at `as_of` and the small histories: stock, open orders, returns, counts.

use std::collections::BTreeMap;

use super::assortment::SkuProfile;
use super::calendar::{AS_OF, DAYS, day_at};
use super::network::{CHANNELS, REGIONS, WAREHOUSES};
use super::shelf::{Inbound, Shelf};
use super::simulate::{FROZEN_DAYS_AGO, OpenSale, Return, SkuHistory};
use super::suppliers::supplier_code;
use crate::dataset::{Table, TableId};
use crate::day::Day;
use crate::sample::rows::{Rows, cents, day, number, text, time, units};
use crate::units::Qty;

/// The promotion that goods are frozen for.
pub(super) const POOL: &str = "d11-2026";
/// Days of returns that are listed.
const RETURN_DAYS: i32 = 180;

/// Collects the rows of every SKU.
pub(super) struct Picture {
    stock: Rows,
    open_orders: Rows,
    sales_orders: Rows,
    returns: Rows,
    counts: Rows,
    pools: Rows,
}

impl Picture {
    pub(super) fn new() -> Self {
        Self {
            stock: Rows::new(TableId::Stock),
            open_orders: Rows::new(TableId::OpenOrders),
            sales_orders: Rows::new(TableId::SalesOrders),
            returns: Rows::new(TableId::Returns),
            counts: Rows::new(TableId::Counts),
            pools: Rows::new(TableId::Pools),
        }
    }

    pub(super) fn tables(self) -> [Table; 6] {
        [
            self.stock,
            self.open_orders,
            self.sales_orders,
            self.returns,
            self.counts,
            self.pools,
        ]
        .map(Rows::finish)
    }

    pub(super) fn add(&mut self, sku: &SkuProfile, history: &SkuHistory) {
        for shelf in &history.shelves {
            self.lots(sku, shelf);
            self.claims(sku, shelf);
            for inbound in &shelf.inbound {
                self.open_order(sku, shelf, inbound, &history.shelves);
            }
            self.count_lines(sku, shelf);
        }
        for (index, sale) in history.open_sales.iter().enumerate() {
            self.open_sale(sku, index, sale);
        }
        let listed = |back: &&Return| (DAYS - RETURN_DAYS..DAYS).contains(&back.requested);
        for (index, back) in history.returns.iter().filter(listed).enumerate() {
            self.returned(sku, index, back, history);
        }
    }

    fn lots(&mut self, sku: &SkuProfile, shelf: &Shelf) {
        let good = shelf.good.iter().map(|layer| ("unrestricted", *layer));
        let mut lots: BTreeMap<(&str, i32, i32), (i64, i64)> = BTreeMap::new();
        for (bucket, layer) in good
            .chain(shelf.held.iter().copied())
            .filter(|(_, layer)| layer.units > 0)
        {
            let lot = lots
                .entry((bucket, layer.origin, layer.received))
                .or_default();
            *lot = (lot.0 + layer.units, lot.1 + layer.units * layer.cost_cents);
        }
        for ((bucket, origin, received), (quantity, value)) in lots {
            let (origin, received) = (day_at(origin), day_at(received));
            let lot = format!("L{}-{}", short(origin), short(received));
            let cost = Qty::from_units(value).to_f64() / Qty::from_units(quantity).to_f64() / 100.0;
            let mut row = vec![
                ("sku", text(&sku.code)),
                ("warehouse", text(code(shelf.warehouse))),
                ("bucket", text(bucket)),
                ("quantity", units(quantity)),
                ("lot", text(lot)),
                ("received_on", day(received)),
                ("origin_received_on", day(origin)),
                ("unit_cost", number(cost)),
            ];
            if let Some(life) = sku.rule().shelf_life_days {
                // Goods reach us about two months after production.
                row.push((
                    "expiry",
                    day(origin + i32::try_from(life - 60).unwrap_or(0)),
                ));
            }
            self.stock.push(&row);
        }
    }

    fn claims(&mut self, sku: &SkuProfile, shelf: &Shelf) {
        let claims = [
            ("frozen", shelf.frozen, POOL, time(AS_OF + 18, 0)),
            ("allocated", shelf.allocated, "", text("")),
            ("reserved", shelf.reserved, "", time(AS_OF + 1, 1_800)),
        ];
        for (bucket, quantity, owner, expires) in claims.into_iter().filter(|claim| claim.1 > 0) {
            self.stock.push(&[
                ("sku", text(&sku.code)),
                ("warehouse", text(code(shelf.warehouse))),
                ("bucket", text(bucket)),
                ("quantity", units(quantity)),
                ("owner", text(owner)),
                ("expires_at", expires),
            ]);
        }
        if shelf.frozen > 0 {
            self.pools.push(&[
                ("promo", text(POOL)),
                ("sku", text(&sku.code)),
                ("warehouse", text(code(shelf.warehouse))),
                ("channel", text("tmall")),
                ("quantity", units(shelf.frozen)),
                ("freeze_from", time(AS_OF - FROZEN_DAYS_AGO, 0)),
                ("release_at", time(AS_OF + 18, 0)),
                ("keep_min", units(shelf.frozen / 5)),
            ]);
        }
    }

    fn open_order(
        &mut self,
        sku: &SkuProfile,
        shelf: &Shelf,
        inbound: &Inbound,
        shelves: &[Shelf],
    ) {
        let ordered = day_at(inbound.ordered);
        let place = code(shelf.warehouse);
        let mut row = vec![
            ("sku", text(&sku.code)),
            ("warehouse", text(place)),
            ("quantity", units(inbound.units())),
            ("ordered_on", day(ordered)),
            ("due_on", day(day_at(inbound.due))),
        ];
        let origin = shelf
            .parent
            .and_then(|parent| shelves.get(parent))
            .map(|parent| code(parent.warehouse));
        if let Some(origin) = origin {
            row.push((
                "order",
                text(format!("TO{}-{origin}-{place}", short(ordered))),
            ));
            row.push(("kind", text("transfer")));
            row.push(("origin", text(origin)));
            row.push(("status", text("in_transit")));
        } else {
            let supplier = supplier_code(sku.supplier);
            let extra = if inbound.is_extra { "E" } else { "" };
            let order = format!("PO{}-{supplier}-{place}{extra}", short(ordered));
            row.push(("order", text(order)));
            row.push(("kind", text("purchase")));
            row.push(("supplier", text(supplier)));
            row.push(("unit_cost", cents(sku.cost_cents)));
            row.push(("currency", text("CNY")));
            row.push(("status", text("confirmed")));
        }
        self.open_orders.push(&row);
    }

    fn count_lines(&mut self, sku: &SkuProfile, shelf: &Shelf) {
        for line in &shelf.counts {
            let (on, place) = (day_at(line.day), code(shelf.warehouse));
            self.counts.push(&[
                ("count", text(format!("C{}-{place}", short(on)))),
                ("at", time(on, 7 * 3_600)),
                ("warehouse", text(place)),
                ("sku", text(&sku.code)),
                ("book", units(line.book)),
                ("counted", units(line.counted)),
            ]);
        }
    }

    fn open_sale(&mut self, sku: &SkuProfile, index: usize, sale: &OpenSale) {
        let channel = CHANNELS
            .get(sale.channel)
            .map_or("", |channel| channel.code);
        let region = REGIONS.get(sale.region).map_or("", |region| region.code);
        let status = if sale.is_paid { "paid" } else { "open" };
        self.sales_orders.push(&[
            (
                "order",
                text(format!("SO{}-{}-{index:02}", short(AS_OF), sku.code)),
            ),
            (
                "at",
                time(
                    AS_OF,
                    second(index + usize::try_from(sku.list_cents).unwrap_or(0)),
                ),
            ),
            ("channel", text(channel)),
            ("region", text(region)),
            ("sku", text(&sku.code)),
            ("quantity", units(sale.units)),
            ("price", cents(sale.price_cents)),
            ("status", text(status)),
            ("due_on", day(AS_OF + 2)),
        ]);
    }

    fn returned(&mut self, sku: &SkuProfile, index: usize, back: &Return, history: &SkuHistory) {
        let channel = CHANNELS
            .get(back.channel)
            .map_or("", |channel| channel.code);
        let place = history
            .shelves
            .get(back.shelf)
            .map_or("", |shelf| code(shelf.warehouse));
        let is_past = |day: i32| day < DAYS;
        let state = match () {
            () if is_past(back.relisted) => "closed",
            () if is_past(back.graded) => "graded",
            () if is_past(back.received) => "received",
            () => "in_transit",
        };
        let mut row = vec![
            (
                "rma",
                text(format!(
                    "R{}-{}-{index:03}",
                    short(day_at(back.requested)),
                    sku.code
                )),
            ),
            (
                "order",
                text(format!("SO{}-{}", short(day_at(back.sold)), sku.code)),
            ),
            ("sku", text(&sku.code)),
            ("channel", text(channel)),
            ("warehouse", text(place)),
            ("quantity", units(back.units)),
            ("state", text(state)),
            ("requested_at", time(day_at(back.requested), second(index))),
            ("unit_cost", cents(sku.cost_cents)),
        ];
        if is_past(back.received) {
            row.push((
                "received_at",
                time(day_at(back.received), second(index + 1)),
            ));
        }
        if is_past(back.graded) {
            row.push(("graded_at", time(day_at(back.graded), second(index + 2))));
            row.push(("grade", text(back.grade)));
            row.push(("disposition", text(disposition(back.grade))));
        }
        if is_past(back.relisted) {
            if back.grade == "a" {
                row.push((
                    "relisted_at",
                    time(day_at(back.relisted), second(index + 3)),
                ));
            }
            row.push(("closed_at", time(day_at(back.relisted), second(index + 3))));
        }
        self.returns.push(&row);
    }
}

fn disposition(grade: &str) -> &'static str {
    match grade {
        "a" => "restock",
        "b" => "restock_b",
        "c" => "liquidate",
        _ => "scrap",
    }
}

fn code(warehouse: usize) -> &'static str {
    WAREHOUSES.get(warehouse).map_or("", |rule| rule.code)
}

/// `yymmdd`.
fn short(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{:02}{month:02}{day:02}", year % 100)
}

/// A second of the working day that differs from line to line.
fn second(index: usize) -> u32 {
    9 * 3_600 + u32::try_from(index * 997 % 43_000).unwrap_or(0)
}
