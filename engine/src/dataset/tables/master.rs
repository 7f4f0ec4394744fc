//! Who and where: company, goods, channels, regions, warehouses, suppliers.

use super::super::schema::{Kind, Rule, TableDef, TableId, opt, req};
use Kind::{Choice, Code, Date, Integer, Number, Quantity, Text};
use Rule::{Fraction, NotBefore, NotNegative};

pub(super) const COMPANY: TableDef = TableDef {
    id: TableId::Company,
    name: "company",
    key: &["key"],
    columns: &[req("key", Code, ""), req("value", Text, "")],
};

pub(super) const CATEGORIES: TableDef = TableDef {
    id: TableId::Categories,
    name: "categories",
    key: &["category"],
    columns: &[
        req("category", Code, ""),
        opt("parent", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("target_service", Number, "fraction").must(Fraction),
        opt("gate_max_value", Number, "base currency").must(NotNegative),
        opt("gate_max_cover_days", Number, "days").must(NotNegative),
        opt("gate_max_ratio", Number, "times the average order").must(NotNegative),
        opt("return_window_days", Integer, "days").must(NotNegative),
        opt("resell_min_life_days", Integer, "days").must(NotNegative),
    ],
};

pub(super) const SKUS: TableDef = TableDef {
    id: TableId::Skus,
    name: "skus",
    key: &["sku"],
    columns: &[
        req("sku", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        req("category", Code, ""),
        opt("brand", Text, ""),
        opt("uom", Code, ""),
        opt("barcode", Code, ""),
        opt("pack_qty", Quantity, "units a case"),
        opt("moq", Quantity, "units"),
        opt("volume", Number, "m3 a unit").must(NotNegative),
        opt("weight", Number, "kg a unit").must(NotNegative),
        opt("shelf_life_days", Integer, "days").must(NotNegative),
        opt("unit_cost", Number, "currency a unit, net").must(NotNegative),
        opt("list_price", Number, "currency a unit, gross").must(NotNegative),
        opt("currency", Code, "ISO 4217"),
        opt("costing", Choice(&["average", "fifo", "standard"]), ""),
        opt("standard_cost", Number, "currency a unit, net").must(NotNegative),
        opt("vat_rate", Number, "fraction").must(NotNegative),
        opt("launch_date", Date, ""),
        opt("end_date", Date, ""),
        opt("successor", Code, ""),
        opt("status", Code, ""),
    ],
};

pub(super) const CHANNELS: TableDef = TableDef {
    id: TableId::Channels,
    name: "channels",
    key: &["channel"],
    columns: &[
        req("channel", Code, ""),
        opt(
            "kind",
            Choice(&[
                "marketplace",
                "live",
                "mini_program",
                "own_site",
                "store",
                "wholesale",
            ]),
            "",
        ),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("priority", Integer, "1 is served first"),
        opt("fee_rate", Number, "fraction of gross"),
        opt(
            "settlement",
            Choice(&["delivery_plus", "cycle", "confirm_plus", "month_end_plus"]),
            "",
        ),
        opt("settlement_days", Integer, "days").must(NotNegative),
        opt("return_rate", Number, "fraction").must(Fraction),
        opt("sync_minutes", Number, "minutes").must(NotNegative),
    ],
};

pub(super) const REGIONS: TableDef = TableDef {
    id: TableId::Regions,
    name: "regions",
    key: &["region"],
    columns: &[
        req("region", Code, ""),
        opt("parent", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("country", Code, ""),
    ],
};

const WAREHOUSE_KINDS: &[&str] = &[
    "central",
    "regional",
    "forward",
    "store",
    "overseas",
    "bonded",
    "third_party",
    "return",
    "platform",
];

pub(super) const WAREHOUSES: TableDef = TableDef {
    id: TableId::Warehouses,
    name: "warehouses",
    key: &["warehouse"],
    columns: &[
        req("warehouse", Code, ""),
        opt("kind", Choice(WAREHOUSE_KINDS), ""),
        req("region", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("priority", Integer, "1 is used first"),
        opt("capacity_volume", Number, "m3").must(NotNegative),
        opt("holding_rate", Number, "fraction of value a year").must(NotNegative),
        opt("open_from", Date, ""),
        opt("open_to", Date, "").must(NotBefore("open_from")),
    ],
};

pub(super) const SERVES: TableDef = TableDef {
    id: TableId::Serves,
    name: "serves",
    key: &["warehouse", "region", "channel"],
    columns: &[
        req("warehouse", Code, ""),
        req("region", Code, ""),
        opt("channel", Code, ""),
        opt("cost_fixed", Number, "base currency a shipment").must(NotNegative),
        opt("cost_unit", Number, "base currency a unit").must(NotNegative),
        req("days", Number, "days").must(NotNegative),
        opt("sla_days", Number, "days").must(NotNegative),
    ],
};

pub(super) const LANES: TableDef = TableDef {
    id: TableId::Lanes,
    name: "lanes",
    key: &["origin", "destination", "mode"],
    columns: &[
        req("origin", Code, ""),
        req("destination", Code, ""),
        opt("mode", Code, ""),
        opt("cost_fixed", Number, "base currency a transfer").must(NotNegative),
        opt("cost_unit", Number, "base currency a unit").must(NotNegative),
        opt("cost_volume", Number, "base currency a m3").must(NotNegative),
        req("lead_days", Number, "days").must(NotNegative),
        opt("lead_sd", Number, "days").must(NotNegative),
        opt("sla_days", Number, "days").must(NotNegative),
        opt("capacity_volume_day", Number, "m3 a day").must(NotNegative),
        opt("min_qty", Quantity, "units"),
        opt("multiple", Quantity, "units"),
        opt("cutoff", Code, "hh:mm"),
    ],
};

pub(super) const SUPPLIERS: TableDef = TableDef {
    id: TableId::Suppliers,
    name: "suppliers",
    key: &["supplier"],
    columns: &[
        req("supplier", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("currency", Code, "ISO 4217"),
        opt("terms", Text, "`net 30`, `eom 45`, `deposit 30 / net 60`"),
        opt("min_order_value", Number, "supplier's currency").must(NotNegative),
    ],
};

pub(super) const SOURCING: TableDef = TableDef {
    id: TableId::Sourcing,
    name: "sourcing",
    key: &["supplier", "sku", "warehouse", "from"],
    columns: &[
        req("supplier", Code, ""),
        req("sku", Code, ""),
        opt("warehouse", Code, "empty = all"),
        req("lead_days", Number, "days").must(NotNegative),
        opt("lead_sd", Number, "days").must(NotNegative),
        opt("review_days", Number, "days").must(NotNegative),
        opt("moq", Quantity, "units"),
        opt("multiple", Quantity, "units"),
        opt("max_order", Quantity, "units"),
        req("price", Number, "currency a unit, net").must(NotNegative),
        opt("currency", Code, "ISO 4217"),
        opt("price_breaks", Text, "`100:9.5;500:9.0`"),
        opt("share", Number, "fraction").must(Fraction),
        opt("priority", Integer, "1 is used first"),
        opt("from", Date, ""),
        opt("to", Date, "").must(NotBefore("from")),
    ],
};
