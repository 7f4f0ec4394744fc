//! One line of the list.

use super::gate_bar::{gate_sentence, gate_word};
use super::model::decision;
use crate::i18n::messages::replenish;
use crate::i18n::{Msg, money_exact, number, tr};
use crate::parts::{CoverBar, Rows, StatusWord, StockStatus, status_label, status_of};
use crate::ui::{Badge, BadgeTone, Cell, CellTone, GridRow};
use leptos::prelude::*;
use protocol::ProposalStatus;

/// Formats a row of the worker. The last cell is beyond the columns: it carries SKU and site.
pub(super) fn proposal_row(rows: &Rows, row: usize) -> GridRow {
    let status = status_of(rows.text("status", row)).unwrap_or(StockStatus::Ok);
    let changed = rows.figure("quantity", row) != rows.figure("proposed", row);
    let quantity = rows
        .figure("quantity", row)
        .map_or_else(absent, |value| number(value, 0));
    let money = |name: &str| {
        rows.figure(name, row)
            .map_or_else(absent, |value| money_exact(value, "", 0))
    };
    let link = format!("{}\t{}", rows.text("sku", row), rows.text("warehouse", row));
    GridRow {
        key: key_of(&link),
        cells: vec![
            Cell::view(tr(status_label(status)), move || {
                view! { <StatusWord status/> }.into_any()
            }),
            item(rows, row),
            cover(rows, row, status),
            Cell::text(quantity).tone(if changed {
                CellTone::Edited
            } else {
                CellTone::Strong
            }),
            Cell::text(money("value")),
            Cell::text(money("loss")),
            decided(decision(rows.text("decision", row)), rows, row),
            Cell::text(link),
        ],
    }
}

/// Name, code and site over the reason.
fn item(rows: &Rows, row: usize) -> Cell {
    let [name, site, reason] =
        ["name", "warehouse", "reason"].map(|column| rows.local(column, row).to_owned());
    let code = rows.text("sku", row).to_owned();
    let text = format!("{name} {code} {site} {reason}");
    Cell::view(text, move || {
        let (name, code, site, reason) = (name.clone(), code.clone(), site.clone(), reason.clone());
        view! {
            <span class="grid-two">
                <span class="cut">{name} " " <span class="grid-code">{code}</span> " " {site}</span>
                <span class="grid-second cut">{reason}</span>
            </span>
        }
        .into_any()
    })
}

fn absent() -> String {
    "\u{2013}".to_owned()
}

fn cover(rows: &Rows, row: usize, status: StockStatus) -> Cell {
    let (Some(before), Some(after)) = (
        rows.figure("cover_before", row),
        rows.figure("cover_after", row),
    ) else {
        return Cell::text(tr(replenish::NO_STOCK_HERE)).tone(CellTone::Faint);
    };
    let policy = rows.figure("safety_cover", row).unwrap_or(0.0);
    let text = format!("{} {}", number(before, 0), number(after, 0));
    Cell::view(text, move || {
        view! { <CoverBar status before after policy/> }.into_any()
    })
}

/// The decision; as long as there is none, what the gate asks for.
fn decided(status: ProposalStatus, rows: &Rows, row: usize) -> Cell {
    let (label, tone) = decision_words(status);
    let gate = rows.text("gate", row);
    let asked = gate_word(gate).filter(|_| status == ProposalStatus::Open);
    let Some(asked) = asked else {
        return Cell::view(tr(label), move || view! { <Badge label tone/> }.into_any());
    };
    let tone = match gate {
        "AUTO" => BadgeTone::Plain,
        "MANUAL" => BadgeTone::Warn,
        _ => BadgeTone::Bad,
    };
    let why = gate_sentence(gate, rows.text("gate_reasons", row).split(';'));
    Cell::view(tr(asked), move || {
        view! { <span title=why.clone()><Badge label=asked tone/></span> }.into_any()
    })
}

/// The word and tone of a decision.
pub(super) fn decision_words(status: ProposalStatus) -> (Msg, BadgeTone) {
    match status {
        ProposalStatus::Open => (replenish::OPEN, BadgeTone::Warn),
        ProposalStatus::Approved => (replenish::APPROVED, BadgeTone::Good),
        ProposalStatus::Rejected => (replenish::REJECTED, BadgeTone::Bad),
        ProposalStatus::Snoozed => (replenish::SNOOZED, BadgeTone::Plain),
    }
}

/// A stable number for SKU and site of a row (FNV-1a), by which the grid knows its rows.
pub(super) fn key_of(link: &str) -> u64 {
    link.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
