//! What is wanted: demand, orders, events, promotions, signals, leads.

use super::super::schema::{Kind, TableDef, TableId, opt, req};
use Kind::{Choice, Code, Date, Integer, Limits, Number, Quantity, Text, Time};

pub(super) const DEMAND: TableDef = TableDef {
    id: TableId::Demand,
    name: "demand",
    key: &["date", "sku", "channel", "region"],
    columns: &[
        req("date", Date, ""),
        req("sku", Code, ""),
        req("channel", Code, ""),
        req("region", Code, ""),
        req("quantity", Quantity, "units ordered"),
        opt("revenue", Number, "base currency, gross"),
        opt("price", Number, "base currency a unit, gross"),
        opt("orders", Integer, "orders"),
        opt("promo", Code, ""),
    ],
};

pub(super) const SALES_ORDERS: TableDef = TableDef {
    id: TableId::SalesOrders,
    name: "sales_orders",
    key: &["order", "sku"],
    columns: &[
        req("order", Code, ""),
        req("at", Time, ""),
        req("channel", Code, ""),
        req("region", Code, ""),
        req("sku", Code, ""),
        req("quantity", Quantity, "units"),
        opt("price", Number, "base currency a unit, gross"),
        opt(
            "status",
            Choice(&["open", "paid", "shipped", "cancelled"]),
            "",
        ),
        opt("due_on", Date, ""),
        opt("buyer", Code, ""),
    ],
};

pub(super) const EVENTS: TableDef = TableDef {
    id: TableId::Events,
    name: "events",
    key: &["event", "start", "scope"],
    columns: &[
        req("event", Code, ""),
        opt(
            "kind",
            Choice(&[
                "promo",
                "holiday",
                "launch",
                "livestream",
                "weather",
                "price",
            ]),
            "",
        ),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        req("start", Date, ""),
        req("end", Date, ""),
        opt("pre_days", Integer, "days"),
        opt("post_days", Integer, "days"),
        opt("recurring", Choice(&["fixed", "lunar", "none"]), ""),
        opt("scope", Limits, "`category=..;channel in (..,..)`"),
    ],
};

pub(super) const PROMOS: TableDef = TableDef {
    id: TableId::Promos,
    name: "promos",
    key: &["promo", "phase"],
    columns: &[
        req("promo", Code, ""),
        opt("event", Code, ""),
        opt("phase", Code, ""),
        opt("start", Time, ""),
        opt("end", Time, ""),
    ],
};

pub(super) const POOLS: TableDef = TableDef {
    id: TableId::Pools,
    name: "pools",
    key: &["promo", "sku", "warehouse", "channel"],
    columns: &[
        req("promo", Code, ""),
        req("sku", Code, ""),
        opt("warehouse", Code, ""),
        req("channel", Code, ""),
        opt("quantity", Quantity, "units"),
        opt("percent", Number, "fraction"),
        opt("freeze_from", Time, ""),
        opt("release_at", Time, ""),
        opt("keep_min", Quantity, "units"),
        opt("overflow", Code, ""),
        opt("staged", Text, ""),
    ],
};

pub(super) const LIMITS: TableDef = TableDef {
    id: TableId::Limits,
    name: "limits",
    key: &["sku", "channel"],
    columns: &[
        req("sku", Code, ""),
        req("channel", Code, ""),
        opt("per_order", Quantity, "units"),
        opt("per_buyer", Quantity, "units"),
        opt("per_hour", Quantity, "units"),
        opt("stop_at", Quantity, "units"),
    ],
};

pub(super) const SIGNALS: TableDef = TableDef {
    id: TableId::Signals,
    name: "signals",
    key: &["date", "source", "keyword", "region", "metric"],
    columns: &[
        req("date", Date, ""),
        req("source", Code, ""),
        req("keyword", Code, ""),
        opt("region", Code, ""),
        req(
            "metric",
            Choice(&[
                "impressions",
                "clicks",
                "position",
                "index",
                "mentions",
                "reads",
            ]),
            "",
        ),
        req("value", Number, ""),
    ],
};

pub(super) const KEYWORDS: TableDef = TableDef {
    id: TableId::Keywords,
    name: "keywords",
    key: &["keyword", "sku", "category"],
    columns: &[
        req("keyword", Code, ""),
        opt("sku", Code, ""),
        opt("category", Code, ""),
        opt("region", Code, ""),
        opt("weight", Number, ""),
        opt("confidence", Number, "fraction"),
        opt("from", Date, ""),
        opt("to", Date, ""),
    ],
};

pub(super) const CAMPAIGNS: TableDef = TableDef {
    id: TableId::Campaigns,
    name: "campaigns",
    key: &["post"],
    columns: &[
        req("post", Code, ""),
        opt("platform", Code, ""),
        opt("creator", Text, ""),
        opt("published_on", Date, ""),
        opt("cost", Number, "base currency"),
        opt("skus", Text, ""),
        opt("keywords", Text, ""),
    ],
};

pub(super) const CAMPAIGN_DAYS: TableDef = TableDef {
    id: TableId::CampaignDays,
    name: "campaign_days",
    key: &["post", "date"],
    columns: &[
        req("post", Code, ""),
        req("date", Date, ""),
        opt("impressions", Integer, ""),
        opt("reads", Integer, ""),
        opt("likes", Integer, ""),
        opt("saves", Integer, ""),
        opt("comments", Integer, ""),
        opt("shares", Integer, ""),
        opt("follows", Integer, ""),
        opt("search_back", Integer, ""),
        opt("clicks", Integer, ""),
        opt("carts", Integer, ""),
        opt("orders", Integer, ""),
    ],
};

pub(super) const LEADS: TableDef = TableDef {
    id: TableId::Leads,
    name: "leads",
    key: &["lead", "stage"],
    columns: &[
        req("lead", Code, ""),
        opt("account", Text, ""),
        opt("region", Code, ""),
        req("stage", Code, ""),
        opt("score", Number, ""),
        opt("sku", Code, ""),
        opt("category", Code, ""),
        opt("expected_qty", Quantity, "units"),
        opt("expected_value", Number, "base currency"),
        opt("expected_close", Date, ""),
        opt("created_on", Date, ""),
        opt("stage_on", Date, ""),
    ],
};
