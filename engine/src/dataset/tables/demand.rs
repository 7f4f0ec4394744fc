//! What is wanted: demand, orders, events, promotions, signals, leads.

use super::super::schema::{Kind, Rule, TableDef, TableId, opt, req};
use Kind::{Choice, Code, Date, Integer, Limits, Number, Quantity, Text, Time};
use Rule::{AtLeastOne, ByWord, Days, Fraction, NotBefore, NotNegative, Positive, Words};

/// Metrics whose values are no counts: a place on a page starts at one, and an index of anything,
/// such as temperature, may be below zero.
const RANGES: &[(&str, Rule)] = &[("position", AtLeastOne), ("index", Rule::Any)];

/// Words for the stages of a lead, in lower case.
const STAGES: &[&str] = &[
    "lead",
    "new",
    "线索",
    "新线索",
    "mql",
    "市场认可线索",
    "sal",
    "销售接受线索",
    "sql",
    "qualified",
    "销售认可线索",
    "opportunity",
    "opp",
    "quote",
    "proposal",
    "商机",
    "报价",
    "won",
    "closed won",
    "win",
    "赢单",
    "成交",
    "lost",
    "closed lost",
    "lose",
    "输单",
    "丢单",
];

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
        opt("price", Number, "base currency a unit, gross").must(NotNegative),
        opt("orders", Integer, "orders").must(NotNegative),
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
        opt("price", Number, "base currency a unit, gross").must(NotNegative),
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
        req("end", Date, "").must(NotBefore("start")),
        opt("pre_days", Integer, "days").must(Days),
        opt("post_days", Integer, "days").must(Days),
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
        opt("end", Time, "").must(NotBefore("start")),
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
        opt("percent", Number, "fraction").must(Fraction),
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
        req("value", Number, "").must(ByWord("metric", RANGES)),
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
        opt("weight", Number, "").must(Positive),
        opt("confidence", Number, "fraction").must(Fraction),
        opt("from", Date, ""),
        opt("to", Date, "").must(NotBefore("from")),
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
        opt("cost", Number, "base currency").must(NotNegative),
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
        opt("impressions", Integer, "").must(NotNegative),
        opt("reads", Integer, "").must(NotNegative),
        opt("likes", Integer, "").must(NotNegative),
        opt("saves", Integer, "").must(NotNegative),
        opt("comments", Integer, "").must(NotNegative),
        opt("shares", Integer, "").must(NotNegative),
        opt("follows", Integer, "").must(NotNegative),
        opt("search_back", Integer, "").must(NotNegative),
        opt("clicks", Integer, "").must(NotNegative),
        opt("carts", Integer, "").must(NotNegative),
        opt("orders", Integer, "").must(NotNegative),
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
        req("stage", Code, "").must(Words(STAGES)),
        opt("score", Number, ""),
        opt("sku", Code, ""),
        opt("category", Code, ""),
        opt("expected_qty", Quantity, "units"),
        opt("expected_value", Number, "base currency").must(NotNegative),
        opt("expected_close", Date, ""),
        opt("created_on", Date, ""),
        opt("stage_on", Date, ""),
    ],
};
