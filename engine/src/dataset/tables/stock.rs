//! What lies where: stock, its history, movements, orders, returns, counts, policies.

use super::super::schema::{Kind, Rule, TableDef, TableId, opt, req};
use Kind::{Choice, Code, Date, Flag, Number, Quantity, SignedQuantity, Text, Time};
use Rule::{Fraction, NotNegative, Positive};

/// Buckets of the stock picture; expected goods belong to `open_orders.csv`.
const BUCKETS: &[&str] = &[
    "unrestricted",
    "qc_inbound",
    "qc_return",
    "blocked",
    "grade_b",
    "grade_c",
    "scrap",
    "consign_in",
    "frozen",
    "locked",
    "reserved",
    "allocated",
    "consign_out",
    "virtual",
];

pub(super) const STOCK: TableDef = TableDef {
    id: TableId::Stock,
    name: "stock",
    key: &["sku", "warehouse", "bucket", "lot", "owner"],
    columns: &[
        req("sku", Code, ""),
        req("warehouse", Code, ""),
        req("bucket", Choice(BUCKETS), ""),
        req("quantity", Quantity, "units"),
        opt("lot", Code, ""),
        opt("received_on", Date, ""),
        opt("origin_received_on", Date, ""),
        opt("expiry", Date, ""),
        opt("unit_cost", Number, "base currency a unit, net").must(NotNegative),
        opt("owner", Code, ""),
        opt("expires_at", Time, ""),
    ],
};

pub(super) const STOCK_DAILY: TableDef = TableDef {
    id: TableId::StockDaily,
    name: "stock_daily",
    key: &["date", "sku", "warehouse"],
    columns: &[
        req("date", Date, ""),
        req("sku", Code, ""),
        req("warehouse", Code, ""),
        req("available", SignedQuantity, "units at the end of the day"),
    ],
};

pub(super) const MOVEMENTS: TableDef = TableDef {
    id: TableId::Movements,
    name: "movements",
    key: &["id"],
    columns: &[
        req("id", Code, ""),
        req("at", Time, ""),
        req("code", Code, "movement code"),
        req("sku", Code, ""),
        req("warehouse", Code, ""),
        req(
            "quantity",
            SignedQuantity,
            "units; only counts may be negative",
        ),
        opt("to_warehouse", Code, ""),
        opt("lot", Code, ""),
        opt("expiry", Date, ""),
        opt("unit_cost", Number, "currency a unit, net").must(NotNegative),
        opt("unit_price", Number, "currency a unit, gross").must(NotNegative),
        opt("vat_rate", Number, "fraction"),
        opt("currency", Code, "ISO 4217"),
        opt("fx_rate", Number, "base a unit of currency").must(Positive),
        opt("order", Code, ""),
        opt("party", Code, ""),
        opt("channel", Code, ""),
        opt("grade", Code, ""),
        opt("expected_return_rate", Number, "fraction").must(Fraction),
        opt("nrv", Number, "currency a unit"),
        opt("reason", Text, ""),
        opt("known_at", Time, ""),
    ],
};

pub(super) const OPEN_ORDERS: TableDef = TableDef {
    id: TableId::OpenOrders,
    name: "open_orders",
    key: &["order", "sku"],
    columns: &[
        req("order", Code, ""),
        req("kind", Choice(&["purchase", "transfer"]), ""),
        opt("supplier", Code, ""),
        opt("origin", Code, ""),
        req("sku", Code, ""),
        req("warehouse", Code, ""),
        req("quantity", Quantity, "units still to come"),
        opt("ordered_on", Date, ""),
        req("due_on", Date, ""),
        opt("unit_cost", Number, "currency a unit, net").must(NotNegative),
        opt("currency", Code, "ISO 4217"),
        opt("status", Code, ""),
    ],
};

pub(super) const RETURNS: TableDef = TableDef {
    id: TableId::Returns,
    name: "returns",
    key: &["rma", "sku"],
    columns: &[
        req("rma", Code, ""),
        opt("order", Code, ""),
        req("sku", Code, ""),
        opt("channel", Code, ""),
        opt("warehouse", Code, ""),
        req("quantity", Quantity, "units"),
        opt("reason", Text, ""),
        opt("state", Code, ""),
        opt("requested_at", Time, ""),
        opt("received_at", Time, ""),
        opt("graded_at", Time, ""),
        opt("grade", Choice(&["a", "b", "c", "s"]), ""),
        opt("disposition", Code, ""),
        opt("relisted_at", Time, ""),
        opt("closed_at", Time, ""),
        opt("unit_cost", Number, "base currency a unit, net").must(NotNegative),
    ],
};

pub(super) const COUNTS: TableDef = TableDef {
    id: TableId::Counts,
    name: "counts",
    key: &["count", "warehouse", "sku"],
    columns: &[
        req("count", Code, ""),
        req("at", Time, ""),
        req("warehouse", Code, ""),
        req("sku", Code, ""),
        req("book", SignedQuantity, "units"),
        req("counted", Quantity, "units"),
        opt("reason", Text, ""),
    ],
};

pub(super) const POLICIES: TableDef = TableDef {
    id: TableId::Policies,
    name: "policies",
    key: &["sku", "warehouse", "segment"],
    columns: &[
        opt("sku", Code, ""),
        opt("warehouse", Code, ""),
        opt("segment", Code, ""),
        opt("method", Code, ""),
        opt("service_type", Choice(&["cycle", "fill"]), ""),
        opt("target", Number, "fraction").must(Fraction),
        opt("review_days", Number, "days").must(NotNegative),
        opt("min_stock", Quantity, "units"),
        opt("max_stock", Quantity, "units"),
        opt("order_qty", Quantity, "units"),
        opt("do_not_stock", Flag, ""),
        opt("gate", Code, ""),
    ],
};
