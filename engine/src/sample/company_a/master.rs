//! Master data of company A as tables.

use super::assortment::{Rank, SkuProfile, date};
use super::calendar::{AS_OF, EVENTS, HISTORY_FROM};
use super::categories::{CATEGORIES, PARENTS};
use super::network::{CHANNELS, REGIONAL, REGIONS, WAREHOUSES, WECHAT, transfer_days};
use super::picture::POOL;
use super::suppliers::{lead_sd, supplier_code, suppliers};
use crate::dataset::{Table, TableId};
use crate::sample::rows::{Rows, cents, day, integer, number, text, time, units};

/// The country, parent of all regions.
const COUNTRY: &str = "cn";
/// Value-added tax of most goods in China.
const VAT_RATE: f64 = 0.13;
/// Yearly cost of holding stock over its value.
const HOLDING_RATE: f64 = 0.18;

/// Every master table.
pub(super) fn tables(skus: &[SkuProfile]) -> Vec<Table> {
    vec![
        company(),
        categories(),
        sku_rows(skus),
        channels(),
        regions(),
        warehouses(),
        serves(),
        lanes(),
        supplier_rows(),
        sourcing(skus),
        events(),
        promos(),
        policies(skus),
    ]
}

fn company() -> Table {
    let mut rows = Rows::new(TableId::Company);
    for (key, value) in [
        ("name", "母婴 A"),
        ("name_en", "Mother & Baby A"),
        ("base_currency", "CNY"),
        ("week_start", "mon"),
        ("as_of", AS_OF.to_string().as_str()),
        ("fiscal_year_start", "01-01"),
        ("locale", "zh-CN"),
        ("vat_rate", "0.13"),
    ] {
        rows.push(&[("key", text(key)), ("value", text(value))]);
    }
    rows.finish()
}

fn categories() -> Table {
    let mut rows = Rows::new(TableId::Categories);
    for (code, name_en) in PARENTS {
        rows.push(&[
            ("category", text(code)),
            ("name_zh", text(code)),
            ("name_en", text(name_en)),
        ]);
    }
    for rule in &CATEGORIES {
        rows.push(&[
            ("category", text(rule.code)),
            ("parent", text(rule.parent)),
            ("name_zh", text(rule.code)),
            ("name_en", text(rule.name_en)),
            ("target_service", number(rule.target_service)),
            (
                "gate_max_value",
                number((40_000.0 * rule.value_share.max(0.05)).round()),
            ),
            ("gate_max_cover_days", integer_as_number(730)),
            ("gate_max_ratio", number(3.0)),
            ("return_window_days", integer(7)),
            (
                "resell_min_life_days",
                integer(rule.shelf_life_days.map_or(0, |life| life / 3)),
            ),
        ]);
    }
    rows.finish()
}

fn integer_as_number<'a>(value: i32) -> crate::sample::rows::Entry<'a> {
    number(f64::from(value))
}

fn sku_rows(skus: &[SkuProfile]) -> Table {
    let mut rows = Rows::new(TableId::Skus);
    for sku in skus {
        let is_ended = sku.end.is_some_and(|end| date(end) < AS_OF);
        let mut row = vec![
            ("sku", text(&sku.code)),
            ("name_zh", text(&sku.name_zh)),
            ("name_en", text(&sku.name_en)),
            ("category", text(sku.rule().code)),
            ("brand", text(sku.brand)),
            ("uom", text("EA")),
            ("barcode", text(&sku.barcode)),
            ("pack_qty", units(sku.pack)),
            ("moq", units(sku.moq)),
            ("volume", number(sku.volume_m3)),
            ("weight", number(sku.weight_kg)),
            ("unit_cost", cents(sku.cost_cents)),
            ("list_price", cents(sku.list_cents)),
            ("currency", text("CNY")),
            ("costing", text("average")),
            ("vat_rate", number(VAT_RATE)),
            ("launch_date", day(date(sku.launch))),
            ("status", text(if is_ended { "ended" } else { "active" })),
        ];
        if let Some(life) = sku.rule().shelf_life_days {
            row.push(("shelf_life_days", integer(life)));
        }
        if let Some(end) = sku.end {
            row.push(("end_date", day(date(end))));
        }
        if let Some(successor) = &sku.successor {
            row.push(("successor", text(successor)));
        }
        rows.push(&row);
    }
    rows.finish()
}

fn channels() -> Table {
    let mut rows = Rows::new(TableId::Channels);
    for rule in &CHANNELS {
        rows.push(&[
            ("channel", text(rule.code)),
            ("kind", text(rule.kind)),
            ("name_zh", text(rule.name_zh)),
            ("name_en", text(rule.name_en)),
            ("priority", integer(rule.priority)),
            ("fee_rate", number(rule.fee_rate)),
            ("settlement", text(rule.settlement.0)),
            ("settlement_days", integer(rule.settlement.1)),
            ("return_rate", number(rule.return_rate)),
            ("sync_minutes", number(rule.sync_minutes)),
        ]);
    }
    rows.finish()
}

fn regions() -> Table {
    let mut rows = Rows::new(TableId::Regions);
    rows.push(&[
        ("region", text(COUNTRY)),
        ("name_zh", text("全国")),
        ("name_en", text("China")),
        ("country", text("CN")),
    ]);
    for rule in &REGIONS {
        rows.push(&[
            ("region", text(rule.code)),
            ("parent", text(COUNTRY)),
            ("name_zh", text(rule.name_zh)),
            ("name_en", text(rule.name_en)),
            ("country", text("CN")),
        ]);
    }
    rows.finish()
}

fn warehouses() -> Table {
    let mut rows = Rows::new(TableId::Warehouses);
    for rule in &WAREHOUSES {
        let priority = if rule.parent.is_none() { 1 } else { 2 };
        rows.push(&[
            ("warehouse", text(rule.code)),
            ("kind", text(rule.kind)),
            ("region", text(rule.region)),
            ("name_zh", text(rule.name_zh)),
            ("name_en", text(rule.name_en)),
            ("priority", integer(priority)),
            ("capacity_volume", number(rule.capacity_m3)),
            ("holding_rate", number(HOLDING_RATE)),
        ]);
    }
    rows.finish()
}

/// Every region is served by its regional warehouse, by the others at a higher cost, and
/// its mini-program orders by the forward warehouse in it.
fn serves() -> Table {
    let mut rows = Rows::new(TableId::Serves);
    for region in &REGIONS {
        for home in REGIONAL {
            let is_home = home == region.home;
            let days = f64::from(transfer_days(home, region.home));
            rows.push(&[
                ("warehouse", text(code(home))),
                ("region", text(region.code)),
                ("cost_fixed", number(if is_home { 2.2 } else { 3.4 })),
                ("cost_unit", number(if is_home { 0.8 } else { 1.6 })),
                ("days", number(if is_home { 1.5 } else { 1.0 + days })),
                ("sla_days", number(if is_home { 2.0 } else { 2.0 + days })),
            ]);
        }
        if let (Some(forward), Some(channel)) = (region.forward, CHANNELS.get(WECHAT)) {
            rows.push(&[
                ("warehouse", text(code(forward))),
                ("region", text(region.code)),
                ("channel", text(channel.code)),
                ("cost_fixed", number(4.0)),
                ("cost_unit", number(0.5)),
                ("days", number(0.5)),
                ("sla_days", number(1.0)),
            ]);
        }
    }
    rows.finish()
}

fn code(warehouse: usize) -> &'static str {
    WAREHOUSES.get(warehouse).map_or("", |rule| rule.code)
}

fn lanes() -> Table {
    let mut rows = Rows::new(TableId::Lanes);
    for origin in REGIONAL {
        for (destination, rule) in WAREHOUSES.iter().enumerate() {
            let is_fed = rule.parent.is_none() || rule.parent == Some(origin);
            if origin == destination || !is_fed {
                continue;
            }
            let days = f64::from(transfer_days(origin, destination));
            rows.push(&[
                ("origin", text(code(origin))),
                ("destination", text(rule.code)),
                ("mode", text("truck")),
                ("cost_fixed", number(80.0 + 60.0 * days)),
                ("cost_volume", number(30.0 + 35.0 * days)),
                ("lead_days", number(days)),
                ("lead_sd", number(0.3 * days)),
                ("sla_days", number(days + 1.0)),
                (
                    "capacity_volume_day",
                    number(if days < 2.0 { 60.0 } else { 120.0 }),
                ),
                ("min_qty", units(1)),
                ("cutoff", text("16:00")),
            ]);
        }
    }
    rows.finish()
}

fn supplier_rows() -> Table {
    let mut rows = Rows::new(TableId::Suppliers);
    for supplier in suppliers() {
        rows.push(&[
            ("supplier", text(&supplier.code)),
            ("name_zh", text(&supplier.name_zh)),
            ("name_en", text(&supplier.name_en)),
            ("currency", text("CNY")),
            ("terms", text(supplier.terms)),
            ("min_order_value", number(supplier.min_order_value)),
        ]);
    }
    rows.finish()
}

fn sourcing(skus: &[SkuProfile]) -> Table {
    let mut rows = Rows::new(TableId::Sourcing);
    for sku in skus {
        let price = crate::units::Qty::from_units(sku.cost_cents).to_f64() / 100.0;
        let choices = [
            Some((sku.supplier, 1, 1.0)),
            sku.second_supplier.map(|second| (second, 2, 1.04)),
        ];
        for (supplier, priority, factor) in choices.into_iter().flatten() {
            let cut = |share: f64| (price * factor * share * 100.0).round() / 100.0;
            let breaks = format!(
                "{}:{};{}:{}",
                sku.moq * 4,
                cut(0.98),
                sku.moq * 10,
                cut(0.96)
            );
            rows.push(&[
                ("supplier", text(supplier_code(supplier))),
                ("sku", text(&sku.code)),
                ("lead_days", number(f64::from(sku.lead_days))),
                ("lead_sd", number((lead_sd(supplier) * 10.0).round() / 10.0)),
                ("review_days", number(7.0)),
                ("moq", units(sku.moq)),
                ("multiple", units(sku.pack)),
                ("price", number(cut(1.0))),
                ("currency", text("CNY")),
                (
                    "price_breaks",
                    text(if sku.rank == Rank::Top {
                        breaks
                    } else {
                        String::new()
                    }),
                ),
                ("share", number(if priority == 1 { 1.0 } else { 0.0 })),
                ("priority", integer(priority)),
            ]);
        }
    }
    rows.finish()
}

fn events() -> Table {
    let mut rows = Rows::new(TableId::Events);
    for rule in &EVENTS {
        for start in rule.occurrences(HISTORY_FROM, AS_OF + 365) {
            rows.push(&[
                ("event", text(rule.code)),
                ("kind", text(rule.kind)),
                ("name_zh", text(rule.name_zh)),
                ("name_en", text(rule.name_en)),
                ("start", day(start)),
                ("end", day(rule.end_of(start))),
                ("pre_days", integer(rule.pre_days.into())),
                ("post_days", integer(rule.post_days.into())),
                ("recurring", text(rule.recurring())),
            ]);
        }
    }
    rows.finish()
}

/// The phases of the 双11 that lies ahead.
fn promos() -> Table {
    let mut rows = Rows::new(TableId::Promos);
    for (phase, from, to) in [
        ("warm_up", AS_OF - 5, AS_OF),
        ("presale", AS_OF + 1, AS_OF + 5),
        ("burst", AS_OF + 6, AS_OF + 17),
        ("encore", AS_OF + 18, AS_OF + 20),
    ] {
        rows.push(&[
            ("promo", text(POOL)),
            ("event", text("d11")),
            ("phase", text(phase)),
            ("start", time(from, 20 * 3_600)),
            ("end", time(to, 24 * 3_600 - 1)),
        ]);
    }
    rows.finish()
}

/// Targets by category, and a stop for SKUs that have left or are leaving.
fn policies(skus: &[SkuProfile]) -> Table {
    let mut rows = Rows::new(TableId::Policies);
    for rule in &CATEGORIES {
        rows.push(&[
            ("segment", text(format!("category={}", rule.code))),
            ("service_type", text("cycle")),
            ("target", number(rule.target_service)),
            ("review_days", number(7.0)),
        ]);
    }
    for sku in skus.iter().filter(|sku| sku.end.is_some()) {
        rows.push(&[("sku", text(&sku.code)), ("do_not_stock", integer(1))]);
    }
    rows.finish()
}
