//! Prices on the tab of factors: how demand follows them, which changes are planned, and a form
//! for another one.

mod draft;
mod form;

use super::desk::{DECISIONS, Desk};
use super::hand::{Keeper, made_by};
use super::heads::{figures, heads};
use super::outliers::list;
use super::selection::Selection;
use crate::bridge::{Shown, query};
use crate::i18n::messages::{demand, hand, price};
use crate::i18n::{
    Msg, by_id, change, day_short, fill, filled, number, percent_sign, range, t, tr,
};
use crate::parts::{name_of, picked, view_state};
use crate::ui::{EmptyState, FourStates, Icon, IconButton};
use leptos::prelude::*;
use protocol::Packed;
use protocol::prices::{PlannedLine, PriceLine, PriceTable};
use protocol::{Command, View, ViewData};
use std::sync::Arc;

const LEVELS: &[(&str, Msg)] = &[("all", price::OF_ALL), ("category", price::OF_CATEGORY)];

#[component]
pub(super) fn Prices(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    let query = query(DECISIONS, move || {
        let scope = desk.selection.with(Selection::scope);
        Some(View::Prices { scope })
    });
    let shown = picked(query, |shown: &Shown| match &shown.data {
        ViewData::Prices(bytes) => PriceTable::unpack(bytes).map(Arc::new),
        _ => None,
    });
    let state = view_state(query, |data| !matches!(data, ViewData::Prices(_)));
    let has_rows = Memo::new(move |_| shown.with(|it| it.as_ref().map(|it| !it.rows.is_empty())));
    view! {
        <section class="demand-prices" aria-label=t(price::PRICES)>
            <h3 class="object demand-note">{t(price::PRICES)}</h3>
            <FourStates
                state
                empty=|| ().into_any()
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                {move || shown.get().map(|table| learnt(&table))}
                {move || shown.get().and_then(|table| planned(keeper, &table.planned))}
            </FourStates>
            // Apart from the table, which is built anew with every plan.
            {move || {
                (has_rows.get() == Some(true)).then(|| view! { <form::PlanPrice desk/> })
            }}
        </section>
    }
}

/// The elasticities, or why there are none.
fn learnt(table: &PriceTable) -> AnyView {
    if table.rows.is_empty() {
        let body = match table.are_given {
            true => price::NEVER_CHANGED,
            false => price::NOT_GIVEN,
        };
        return view! { <EmptyState icon=Icon::Chart title=price::NOTHING_TITLE body/> }.into_any();
    }
    let skus = table.rows.iter().filter(|row| row.scope == "sku").count();
    let is_part = skus < table.skus as usize;
    let part = is_part.then(|| fill(price::SHOWN_MOST, &[("n", &number(skus as f64, 0))]));
    let rows = table.rows.iter().map(line).collect_view();
    let heads = heads(&[
        (price::GOODS, false),
        (price::ELASTICITY, true),
        (demand::INTERVAL80, true),
        (price::EPISODES, true),
        (price::EVIDENCE, false),
        (price::CUT_SELLS, true),
        (price::CUT_ADDS, true),
    ]);
    let most = table.rows.first().map_or(0.0, |row| row.change_max);
    let most = [("change", number(100.0 * most, 0))];
    view! {
        {list(price::PRICES, heads, rows)}
        <p class="micro faint demand-note">
            {t(price::BASIS)} " " {filled(price::REACH, &most)} " " {part}
        </p>
    }
    .into_any()
}

fn line(row: &PriceLine) -> impl IntoView + use<> {
    let name = match row.scope.as_str() {
        "all" => tr(price::ALL_GOODS).to_owned(),
        _ => name_of(&row.names),
    };
    let (low, high) = row.interval80;
    let is_own = row.evidence == row.scope;
    let above = by_id(LEVELS, &row.evidence).filter(|_| !is_own);
    let evidence = tr(above.unwrap_or(price::ITSELF));
    let title = [&name, " ", &row.code].concat();
    let class = if row.scope == "sku" { "" } else { "strong" };
    let units = [format!("×{}", number(row.factor, 2)), change(row.gained, 0)];
    view! {
        <tr class=class data-price=row.code.clone()>
            <th scope="row" title=title>
                <span class="cut">{name}</span>
            </th>
            <td class="num">{number(row.elasticity, 2)}</td>
            <td class="num dim">{range(low, high, 2)}</td>
            <td class="num">{number(f64::from(row.episodes), 0)}</td>
            <td class="dim">{evidence}</td>
            {figures(&units)}
        </tr>
    }
}

/// The changes that are planned, with what they do; nothing where there are none.
fn planned(keeper: Keeper, rows: &[PlannedLine]) -> Option<AnyView> {
    let lines = rows.iter().map(|row| plan_line(keeper, row));
    let lines = lines.collect_view();
    let heads = heads(&[
        (price::DAYS, false),
        (hand::SLICE, false),
        (price::BY_PERCENT, true),
        (price::ADDS, true),
        (hand::WHY, false),
        (hand::DECISION, true),
    ]);
    (!rows.is_empty()).then(|| list(price::PLANNED, heads, lines))
}

fn plan_line(keeper: Keeper, row: &PlannedLine) -> impl IntoView + use<> {
    let (known, id) = (&row.change, row.id);
    let codes = [&known.category, &known.sku, &known.channel];
    let mut names = Vec::new();
    for (code, both) in codes.into_iter().zip(&row.names) {
        let Some(code) = code else { continue };
        let name = both.as_ref().map(name_of).filter(|name| !name.is_empty());
        names.push(name.unwrap_or_else(|| code.clone()));
    }
    let slice = match names.is_empty() {
        true => tr(hand::EVERYTHING).to_owned(),
        false => names.join(" · "),
    };
    let hundredths = known.percent as f64 / 100.0;
    let decimals = if known.percent % 100 == 0 { 0 } else { 2 };
    let percent = format!("{}{}", change(hundredths, decimals), percent_sign());
    let units = match row.is_past {
        true => tr(price::IS_PAST).to_owned(),
        false => change(row.units, 0),
    };
    let remove = move |()| {
        let command = Command::PriceSet { id, change: None };
        keeper.keep("PRICE_REMOVED", command, price::REMOVED, |_| {});
    };
    view! {
        <tr data-planned=id.to_string()>
            <th scope="row">{day_short(known.from)} " – " {day_short(known.to)}</th>
            <td>{slice}</td>
            {figures(&[percent, units])}
            <td class="demand-why">
                <span class="cut" title=known.reason.clone()>{known.reason.clone()}</span>
                " "
                <span class="micro faint">{made_by(&known.author, known.made_on)}</span>
            </td>
            <td class="demand-tools">
                <IconButton icon=Icon::Trash small=true label=price::REMOVE on_press=remove/>
            </td>
        </tr>
    }
}
