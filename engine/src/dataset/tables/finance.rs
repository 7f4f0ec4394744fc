//! Money: cash plans, exchange rates, the chart of accounts.

use super::super::schema::{Kind, Rule, TableDef, TableId, opt, req};
use Kind::{Choice, Code, Date, Number, Text};
use Rule::{Fraction, Positive};

pub(super) const CASH: TableDef = TableDef {
    id: TableId::Cash,
    name: "cash",
    key: &["date", "kind", "note"],
    columns: &[
        req("date", Date, ""),
        req(
            "kind",
            Choice(&["opening", "opex", "payroll", "tax", "capex", "other"]),
            "",
        ),
        req("amount", Number, "currency"),
        opt("currency", Code, "ISO 4217"),
        opt("note", Text, ""),
        opt("certainty", Number, "fraction").must(Fraction),
    ],
};

pub(super) const FX: TableDef = TableDef {
    id: TableId::Fx,
    name: "fx",
    key: &["date", "currency"],
    columns: &[
        req("date", Date, ""),
        req("currency", Code, "ISO 4217"),
        req("rate", Number, "base a unit").must(Positive),
    ],
};

pub(super) const ACCOUNTS: TableDef = TableDef {
    id: TableId::Accounts,
    name: "accounts",
    key: &["semantic"],
    columns: &[
        req("semantic", Code, ""),
        req("code", Code, ""),
        opt("name_zh", Text, ""),
        opt("name_en", Text, ""),
        opt("type", Code, ""),
    ],
};
