//! Weeks in which goods were not always there: what was sold, and what demand is taken to have been.

use super::desk::{DECISIONS, Desk};
use super::hand::{Setting, SettingBox};
use super::heads::heads;
use super::outliers::{head, list};
use super::selection::Selection;
use crate::bridge::{Shown, query};
use crate::i18n::messages::{demand, gesture, hand};
use crate::i18n::{fill, filled, number, percent, t, tr};
use crate::parts::{picked, view_state};
use crate::ui::{EmptyState, FourStates, Icon};
use leptos::prelude::*;
use protocol::adjustment::{STOCKOUT_AS_SOLD, STOCKOUT_SETTING, StockoutRow, StockoutTable};
use protocol::{View, ViewData};

#[component]
pub(super) fn Stockouts(desk: Desk) -> impl IntoView {
    let query = query(DECISIONS, move || {
        let scope = desk.selection.with(Selection::scope);
        Some(View::Stockouts { scope })
    });
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::Stockouts(table) if table.weeks > 0),
    );
    let shown = picked(query, |shown: &Shown| match &shown.data {
        ViewData::Stockouts(table) => Some(table.clone()),
        _ => None,
    });
    let is = move |what: fn(&StockoutTable) -> bool| shown.with(|it| it.as_ref().is_some_and(what));
    let planned = Signal::derive(move || !is(|it| it.is_as_sold));
    let setting = Setting {
        key: STOCKOUT_SETTING.to_owned(),
        off: STOCKOUT_AS_SOLD,
        gestures: [
            ("STOCKOUTS_UNCENSORED", gesture::STOCKOUTS_UNCENSORED),
            ("STOCKOUTS_AS_SOLD", gesture::STOCKOUTS_AS_SOLD),
        ],
    };
    let nothing = move || match () {
        () if is(|it| it.is_as_sold) => hand::AS_SOLD_BODY,
        () if is(|it| it.has_stock) => hand::NO_STOCKOUTS_BODY,
        () => hand::NO_STOCK_BODY,
    };
    view! {
        <div class="demand-cut">
            <SettingBox label=hand::UNCENSOR planned setting/>
        </div>
        <FourStates
            state
            empty=move || {
                view! {
                    <EmptyState
                        icon=Icon::Check
                        title=hand::NO_STOCKOUTS_TITLE
                        body=Signal::derive(move || tr(nothing()).to_owned())
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <p class="demand-note">{move || shown.get().as_ref().map(summary)}</p>
            {move || shown.get().as_ref().map(table)}
            <p class="micro faint demand-note">{t(hand::STOCKOUTS_BASIS)}</p>
        </FourStates>
    }
}

fn summary(table: &StockoutTable) -> String {
    let whole = |count: u32| number(f64::from(count), 0);
    let share = 100.0 * table.hidden / (table.sold + table.hidden).max(f64::MIN_POSITIVE);
    let values = [
        ("weeks", whole(table.weeks)),
        ("series", whole(table.series)),
        ("sold", number(table.sold, 0)),
        ("hidden", number(table.hidden, 0)),
        ("share", percent(share, 0)),
    ];
    let first = fill(
        hand::SHOWN_MOST,
        &[("n", &number(table.rows.len() as f64, 0))],
    );
    let is_part = table.rows.len() < table.weeks as usize;
    let first = if is_part { first } else { String::new() };
    format!("{} {first}", filled(hand::STOCKOUT_SUM, &values))
}

fn table(table: &StockoutTable) -> impl IntoView + use<> {
    let rows = table.rows.iter().map(line).collect_view();
    let heads = heads(&[
        (hand::SERIES, false),
        (hand::WEEK, false),
        (hand::DAYS_THERE, true),
        (hand::SOLD, true),
        (hand::DEMAND, true),
        (demand::INTERVAL80, true),
    ]);
    list(hand::STOCKOUTS, heads, rows)
}

fn line(row: &StockoutRow) -> impl IntoView + use<> {
    let (low, high) = row.limits;
    let days = f64::from(row.seen) * 7.0;
    view! {
        <tr>
            {head(&row.place, &row.names)}
            <td class="num dim">{number(days, 1)}</td>
            <td class="num">{number(row.sold, 0)}</td>
            <td class="num strong">{number(row.demand, 1)}</td>
            <td class="num dim">{number(low, 0)} " – " {number(high, 0)}</td>
        </tr>
    }
}
