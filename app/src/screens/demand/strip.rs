//! The adjustments that count for the slice, a band each, under the plan.

use super::desk::Desk;
use super::draft::Draft;
use super::hand::{Keeper, change_of, here, made_by, slice_of, weeks_of};
use super::selection::{Selection, Tab};
use crate::i18n::messages::hand;
use crate::i18n::{change, fill, percent_sign, t, week};
use crate::state::{Freshness, FreshnessStep, Workspace};
use crate::ui::{Badge, BadgeTone, Icon, IconButton};
use leptos::prelude::*;
use protocol::adjustment::AdjustmentRow;

/// Bands that the strip shows; the rest stands in the history.
const BANDS: usize = 3;

/// The adjustments that count for the slice, each in a band.
#[component]
pub(super) fn Strip(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    let freshness = Workspace::here().freshness;
    let is_behind = move || {
        let is_running = |step: &FreshnessStep| step.state == Freshness::Running;
        freshness.with(|steps| steps.iter().any(is_running))
    };
    move || {
        let mut rows = here(desk);
        rows.retain(|row| row.standing == "active");
        let more = rows.len().saturating_sub(BANDS);
        let bands = rows.iter().take(BANDS).map(|row| band(desk, keeper, row));
        let bands = bands.collect_view();
        let history = move |_| {
            let now = desk.selection.get_untracked();
            desk.select(&Selection {
                tab: Tab::History,
                ..now
            });
        };
        let is_any = !rows.is_empty();
        view! {
            {bands}
            {move || (is_any && is_behind()).then(|| view! {
                <p class="demand-more micro faint" role="status">{t(hand::UPDATING)}</p>
            })}
            {(more > 0).then(|| view! {
                <button type="button" class="demand-more" on:click=history>
                    {fill(hand::MORE_HERE, &[("n", &more.to_string())])}
                </button>
            })}
        }
    }
}

fn band(desk: Desk, keeper: Keeper, row: &AdjustmentRow) -> impl IntoView + use<> {
    let known = &row.adjustment;
    let share = (row.before > 0.0).then(|| {
        let share = change(row.units / row.before * 100.0, 1);
        format!("{share}{}", percent_sign())
    });
    let here = desk.selection.with(Selection::scope);
    let (draft, id) = (Draft::of(row), row.id);
    let elsewhere = (draft.scope != here).then(|| slice_of(row));
    let until = known
        .expires
        .map(|day| fill(hand::UNTIL, &[("day", &week(day))]));
    view! {
        <div class="demand-band">
            <strong class="nowrap">{weeks_of(known)} " " {change_of(known)}</strong>
            {elsewhere.map(|slice| view! { <span class="cut">{slice}</span> })}
            <span class="cut grow dim" title=known.reason.clone()>{known.reason.clone()}</span>
            <span class="dim nowrap">{made_by(&known.author, known.made_on)}</span>
            {until.map(|until| view! { <span class="dim nowrap">{until}</span> })}
            {share.map(|label| view! { <Badge label=Signal::stored(label) tone=BadgeTone::Warn/> })}
            <IconButton
                icon=Icon::Edit
                small=true
                label=hand::EDIT
                on_press=move |()| desk.edit(draft.clone())
            />
            <IconButton
                icon=Icon::Trash
                small=true
                label=hand::REMOVE
                on_press=move |()| keeper.remove(id)
            />
        </div>
    }
}
