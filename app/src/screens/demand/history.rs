//! Everything that was changed by hand: what, why, by whom, until when, and what it was worth.

use super::desk::Desk;
use super::draft::Draft;
use super::hand::{Keeper, change_of, made_by, score_basis, score_text, slice_of, weeks_of};
use super::selection::{Selection, Tab};
use crate::i18n::messages::{demand, hand};
use crate::i18n::{ABSENT, Msg, change, day_iso, fill, money_exact, number, t};
use crate::state::Workspace;
use crate::ui::{Badge, BadgeTone, EmptyState, FourStates, Icon, IconButton};
use leptos::prelude::*;
use protocol::adjustment::AdjustmentRow;

#[component]
pub(super) fn History(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    let currency = Workspace::here().currency;
    let summary = move || desk.adjustments.get().and_then(|rows| summary(&rows));
    view! {
        <FourStates
            state=desk.adjustments_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Edit
                        title=hand::NO_HISTORY_TITLE
                        body=hand::NO_HISTORY_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            {move || summary().map(|text| view! { <p class="demand-note strong">{text}</p> })}
            <div class="demand-plan demand-edits" tabindex="0" role="region" aria-label=t(hand::HISTORY)>
                {move || {
                    let rows = desk.adjustments.get().unwrap_or_default();
                    let currency = currency.get();
                    table(desk, keeper, &rows, &currency)
                }}
            </div>
            <p class="micro faint demand-note">{t(hand::SCORE_NOTE)}</p>
        </FourStates>
    }
}

/// What all that is scored was worth together.
fn summary(rows: &[AdjustmentRow]) -> Option<String> {
    let scores: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.score.map(|score| score.helped))
        .collect();
    let count = number(scores.len() as f64, 0);
    let together = score_text(scores.iter().sum());
    (!scores.is_empty()).then(|| fill(hand::SCORE_ALL, &[("n", &count), ("score", &together)]))
}

fn table(
    desk: Desk,
    keeper: Keeper,
    rows: &[AdjustmentRow],
    currency: &str,
) -> impl IntoView + use<> {
    let rows = rows
        .iter()
        .map(|row| line(desk, keeper, row, currency))
        .collect_view();
    view! {
        <table class="demand-factors">
            <thead>
                <tr>
                    <th scope="col">{t(hand::WEEKS)}</th>
                    <th scope="col">{t(hand::SLICE)}</th>
                    <th scope="col" class="num">{t(hand::CHANGE)}</th>
                    <th scope="col" class="num">{t(hand::EFFECT)}</th>
                    <th scope="col">{t(hand::WHY)}</th>
                    <th scope="col">{t(hand::STATE)}</th>
                    <th scope="col" aria-hidden="true"></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn line(desk: Desk, keeper: Keeper, row: &AdjustmentRow, currency: &str) -> impl IntoView + use<> {
    let known = &row.adjustment;
    let place = Selection {
        category: known.category.clone(),
        sku: known.sku.clone(),
        channel: known.channel.clone(),
        region: known.region.clone(),
        tab: Tab::Forecast,
        ..Selection::default()
    };
    let (draft, id) = (Draft::of(row), row.id);
    let go = move |_| desk.select(&place);
    let edit = move |()| desk.edit(draft.clone());
    view! {
        <tr data-here=row.is_here.then_some("")>
            <th scope="row">
                {weeks_of(known)}
                {known.expires.map(|day| below(fill(hand::UNTIL, &[("day", &day_iso(day))])))}
            </th>
            <td>
                <button type="button" class="cut" title=slice_of(row) on:click=go>
                    {slice_of(row)}
                </button>
            </td>
            <td class="num strong">{change_of(known)}</td>
            {effect(row, currency)}
            <td class="demand-why">
                <span class="cut" title=known.reason.clone()>{known.reason.clone()}</span>
                {below(made_by(&known.author, known.made_on))}
            </td>
            <td>{state(row)}</td>
            <td class="demand-tools">
                <IconButton icon=Icon::Edit small=true label=hand::EDIT on_press=edit/>
                <IconButton
                    icon=Icon::Trash
                    small=true
                    label=hand::REMOVE
                    on_press=move |()| keeper.remove(id)
                />
            </td>
        </tr>
    }
}

fn below(text: String) -> impl IntoView {
    view! { <span class="demand-below micro faint">{text}</span> }
}

/// Units and money of the weeks ahead.
fn effect(row: &AdjustmentRow, currency: &str) -> impl IntoView + use<> {
    let is_ahead = row.standing == "active";
    let units = match is_ahead {
        true => change(row.units, 0),
        false => ABSENT.to_owned(),
    };
    let money = row.money.filter(|_| is_ahead).map(|money| {
        let money = money_exact(money, currency, 0);
        below(fill(hand::AT_COST, &[("money", &money)]))
    });
    view! { <td class="num">{units} {money}</td> }
}

/// Where it stands, and its score.
fn state(row: &AdjustmentRow) -> impl IntoView + use<> {
    let (word, tone): (Msg, _) = match row.standing.as_str() {
        "active" => (hand::ACTIVE, BadgeTone::Accent),
        "expired" => (hand::EXPIRED, BadgeTone::None),
        _ if row.score.is_some() => (hand::SCORED, BadgeTone::Plain),
        _ => (hand::PAST, BadgeTone::None),
    };
    let score = row.score.map(|score| {
        let (tone, icon) = match score.helped {
            helped if helped >= 0.5 => (BadgeTone::Good, Icon::Check),
            helped if helped <= -0.5 => (BadgeTone::Bad, Icon::Warning),
            _ => (BadgeTone::Plain, Icon::Minus),
        };
        view! {
            <span class="demand-score" title=score_basis(&score)>
                <Badge label=Signal::stored(score_text(score.helped)) tone icon/>
                {below(score_basis(&score))}
            </span>
        }
    });
    view! {
        <Badge label=word tone/>
        {score}
    }
}
