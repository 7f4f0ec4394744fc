//! Weeks that stand out: accepted, they are replaced for forecasts; the history keeps its figures.

use super::desk::{AUTHOR, Desk};
use super::hand::{Keeper, made_by};
use super::heads::heads;
use crate::i18n::messages::{demand, hand};
use crate::i18n::{Msg, day_iso, fill, number, parse_number, t, week};
use crate::parts::name_of;
use crate::state::recall;
use crate::ui::{Button, EmptyState, FourStates, Icon, TextField};
use leptos::prelude::*;
use protocol::Command;
use protocol::adjustment::{BothNames, HistoryWeek, OutlierRow, OutlierTable, Replacement};

#[component]
pub(super) fn Outliers(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    view! {
        <FourStates
            state=desk.outliers_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Check
                        title=hand::NO_OUTLIERS_TITLE
                        body=hand::NO_OUTLIERS_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            {move || desk.outliers.get().map(|table| tables(keeper, &table))}
        </FourStates>
    }
}

fn tables(keeper: Keeper, table: &OutlierTable) -> impl IntoView + use<> {
    let replaced = (!table.replaced.is_empty()).then(|| {
        let rows = table.replaced.iter().map(|row| replaced(keeper, row));
        view! {
            <p class="demand-note">
                <strong>{t(hand::REPLACED)}</strong>
                " "
                <span class="dim">{t(hand::REPLACED_NOTE)}</span>
            </p>
            {list(hand::REPLACED, heads_of(hand::SEEN), rows.collect_view())}
        }
    });
    let suggested = (!table.suggested.is_empty()).then(|| {
        let rows = table.suggested.iter().map(|row| suggestion(keeper, row));
        let count = number(f64::from(table.count), 0);
        let shown = table.suggested.len();
        let is_part = shown < table.count as usize;
        let part = is_part.then(|| fill(hand::SHOWN_FIRST, &[("n", &number(shown as f64, 0))]));
        view! {
            <p class="demand-note">
                <strong>{t(hand::SUGGESTED)}</strong>
                " "
                <span class="dim">{fill(hand::SUGGESTED_NOTE, &[("n", &count)])} " " {part}</span>
            </p>
            {list(hand::SUGGESTED, heads_of(hand::REPLACE_BY), rows.collect_view())}
        }
    });
    view! {
        {replaced}
        {suggested}
    }
}

/// Weeks of series below each other.
pub(super) fn list(label: Msg, heads: AnyView, rows: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="demand-plan demand-pareto" tabindex="0" role="region" aria-label=t(label)>
            <table class="demand-factors demand-outliers">
                {heads}
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn heads_of(value: Msg) -> AnyView {
    heads(&[
        (hand::SERIES, false),
        (hand::WEEK, false),
        (hand::DEMAND, true),
        (value, true),
        (hand::DECISION, true),
    ])
}

/// A suggestion with the value that would stand in its place.
fn suggestion(keeper: Keeper, row: &OutlierRow) -> impl IntoView + use<> {
    let typed = RwSignal::new(number(row.typical, 0));
    let label = fill(
        hand::REPLACE_OF,
        &[
            ("series", &series_of(&row.place, &row.names)),
            ("week", &week(row.place.week)),
        ],
    );
    let (place, actual) = (row.place.clone(), row.actual);
    let typed_number = move || typed.with(|text| parse_number(text));
    let value = move || typed_number().filter(|value| *value >= 0.0);
    let error = Signal::derive(move || {
        let fault = match typed_number() {
            None => hand::NO_VALUE,
            Some(value) if value < 0.0 => hand::NOT_NEGATIVE,
            Some(_) => return None,
        };
        Some(crate::i18n::tr(fault).to_owned())
    });
    let accept = move |()| {
        let Some(value) = untrack(value) else { return };
        let replacement = Replacement {
            original: thousandths(actual),
            value: thousandths(value),
            reason: String::new(),
            author: recall(AUTHOR).unwrap_or_default(),
            made_on: 0,
        };
        let command = Command::HistorySet {
            place: place.clone(),
            replacement: Some(replacement),
        };
        keeper.keep("OUTLIER_ACCEPTED", command, hand::ACCEPTED, |_| {});
    };
    view! {
        <tr>
            {head(&row.place, &row.names)}
            <td class="num strong">{number(row.actual, 0)}</td>
            <td class="num">
                <TextField
                    label=Signal::stored(label)
                    hide_label=true
                    numeric=true
                    value=typed
                    error
                    on_input=move |text| typed.set(text)
                />
            </td>
            <td class="demand-tools">
                <Button icon=Icon::Check small=true label=hand::ACCEPT on_press=accept/>
            </td>
        </tr>
    }
}

/// A week that is replaced, with its original.
fn replaced(keeper: Keeper, row: &OutlierRow) -> impl IntoView + use<> {
    let place = row.place.clone();
    let restore = move |()| {
        let command = Command::HistorySet {
            place: place.clone(),
            replacement: None,
        };
        keeper.keep("OUTLIER_RESTORED", command, hand::RESTORED, |_| {});
    };
    let made = row.replacement.as_ref().map(|made| {
        let text = made_by(&made.author, made.made_on);
        view! { <span class="demand-below micro faint">{text}</span> }
    });
    view! {
        <tr>
            {head(&row.place, &row.names)}
            <td class="num">{number(row.actual, 0)}</td>
            <td class="num strong">{number(row.typical, 0)} {made}</td>
            <td class="demand-tools">
                <Button icon=Icon::Undo small=true label=hand::RESTORE on_press=restore/>
            </td>
        </tr>
    }
}

/// The first two cells of a row: the series, and the week.
pub(super) fn head(place: &HistoryWeek, names: &[BothNames; 3]) -> AnyView {
    let [_, channel, region] = names;
    let name = series_of(place, names);
    let cut = format!("{} · {}", name_of(channel), name_of(region));
    view! {
        <th scope="row">
            <span class="cut" title=name.clone()>{name.clone()}</span>
            <span class="demand-below micro faint">{place.sku.clone()} " · " {cut}</span>
        </th>
        <td class="nowrap">
            {week(place.week)}
            <span class="demand-below micro faint">{day_iso(place.week)}</span>
        </td>
    }
    .into_any()
}

fn series_of(place: &HistoryWeek, names: &[BothNames; 3]) -> String {
    let [sku, ..] = names;
    match name_of(sku) {
        name if name.is_empty() => place.sku.clone(),
        name => name,
    }
}

fn thousandths(units: f64) -> i64 {
    (units * 1_000.0).round() as i64
}
