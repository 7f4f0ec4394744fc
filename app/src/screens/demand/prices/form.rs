//! The form that plans a change of price for the goods shown.

use super::super::days::{FirstAndLast, day_choice};
use super::super::desk::{AUTHOR, Desk};
use super::super::editor::is_in_field;
use super::super::hand::{Keeper, Why};
use super::super::selection::Selection;
use super::draft::{Draft, Fault};
use crate::i18n::messages::{hand, price};
use crate::i18n::{Msg, fill, percent_sign, t, tr};
use crate::parts::name_of;
use crate::state::{recall, remember};
use crate::ui::{Button, ButtonKind, TextField};
use leptos::prelude::*;
use protocol::view::Scope;

/// Days of a week.
const WEEK: i32 = 7;

#[component]
pub(super) fn PlanPrice(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    let draft = RwSignal::new(Draft::new(recall(AUTHOR).unwrap_or_default()));
    let save = move || save(desk, draft, keeper);
    view! {
        <form
            class="demand-editor"
            aria-label=t(price::PLAN)
            on:submit=|event| event.prevent_default()
            on:keydown=move |event| {
                if event.key() == "Enter" && is_in_field(&event) {
                    event.prevent_default();
                    save();
                }
            }
        >
            <h3 class="object">{t(price::PLAN)}</h3>
            <p class="dim">{move || desk.title()} " · " {t(price::PLAN_NOTE)}</p>
            <div class="demand-fields">
                <TextField
                    label=price::BY_PERCENT
                    numeric=true
                    unit=Signal::derive(|| percent_sign().trim().to_owned())
                    value=Signal::derive(move || draft.with(|it| it.percent.clone()))
                    error=fault(draft, Fault::NoPercent)
                    on_input=move |text| draft.update(|it| it.percent = text)
                />
                <Days desk draft/>
            </div>
            <div class="demand-fields">
                <Why
                    placeholder=price::REASON_HINT
                    reason=Signal::derive(move || draft.with(|it| it.reason.clone()))
                    author=Signal::derive(move || draft.with(|it| it.author.clone()))
                    faults=[Fault::NoReason, Fault::NoAuthor].map(|of| fault(draft, of))
                    on_reason=move |text| draft.update(|it| it.reason = text)
                    on_author=move |text| draft.update(|it| it.author = text)
                />
            </div>
            <footer class="demand-actions">
                <span class="grow"></span>
                <Button
                    kind=ButtonKind::Primary
                    label=price::SAVE
                    small=true
                    on_press=move |()| save()
                />
            </footer>
        </form>
    }
}

/// First and last day.
#[component]
fn Days(desk: Desk, draft: RwSignal<Draft>) -> impl IntoView {
    let choices = Signal::derive(move || {
        let first = desk.first_day();
        let weeks = weeks(desk);
        let days = first..first + WEEK * weeks;
        days.map(day_choice).collect::<Vec<_>>()
    });
    let days = Signal::derive(move || {
        let first = desk.first_day();
        let chosen = draft.with(|it| it.days);
        let first = usual_day(desk).unwrap_or(first);
        chosen.unwrap_or((first, first + WEEK - 1))
    });
    // A change on days of an event does nothing, and nothing else would say so.
    let idle = move || {
        let mut names = Vec::new();
        desk.weeks.with(|weeks| {
            let events = weeks.iter().flat_map(|weeks| weeks.events_in(days.get()));
            names.extend(events.map(|event| name_of(&event.names)));
        });
        names.dedup();
        let names = names.join(tr(price::AND));
        (!names.is_empty()).then(|| {
            let text = fill(price::IDLE, &[("events", &names)]);
            view! { <p class="micro demand-idle" role="status">{text}</p> }
        })
    };
    view! {
        <FirstAndLast
            firsts=choices
            lasts=choices
            days
            error=fault(draft, Fault::Reversed)
            on_first=move |day: i32| {
                let (_, last) = days.get_untracked();
                draft.update(|it| it.days = Some((day, last.max(day))));
            }
            on_last=move |day| {
                let (first, _) = days.get_untracked();
                draft.update(|it| it.days = Some((first, day)));
            }
        />
        {idle}
    }
}

/// The first day of the first week ahead without an event; tracked.
fn usual_day(desk: Desk) -> Option<i32> {
    let weeks = desk.weeks.get()?;
    let mut ahead = weeks.weeks_ahead().into_iter().map(|(day, _)| day);
    ahead.find(|day| weeks.events_in((*day, day + WEEK - 1)).next().is_none())
}

/// Weeks that can be chosen from; tracked.
fn weeks(desk: Desk) -> i32 {
    let weeks = desk.weeks.get();
    let ahead = weeks.map_or(0, |weeks| weeks.weeks_ahead().len());
    i32::try_from(ahead).unwrap_or(0)
}

fn save(desk: Desk, draft: RwSignal<Draft>, keeper: Keeper) {
    draft.update(|it| it.is_tried = true);
    let typed = draft.get_untracked();
    let (scope, first) = untrack(|| {
        let first = usual_day(desk).unwrap_or_else(|| desk.first_day());
        (desk.selection.with(Selection::scope), first)
    });
    // Prices do not differ by region, and no warehouse has one of its own.
    let goods = Scope {
        region: None,
        warehouse: None,
        ..scope
    };
    let Some(command) = typed.command(goods, first) else {
        return;
    };
    remember(AUTHOR, typed.author.trim());
    keeper.keep("PRICE_PLANNED", command, price::SAVED, move |is_kept| {
        if is_kept {
            draft.set(Draft::new(typed.author.clone()));
        }
    });
}

fn fault(draft: RwSignal<Draft>, of: Fault) -> Signal<Option<String>> {
    Signal::derive(move || {
        let is_shown = draft.with(|it| it.is_tried && it.faults().contains(&of));
        is_shown.then(|| tr(fault_text(of)).to_owned())
    })
}

fn fault_text(fault: Fault) -> Msg {
    match fault {
        Fault::NoPercent => price::NO_PERCENT,
        Fault::Reversed => price::REVERSED,
        Fault::NoReason => hand::NO_REASON,
        Fault::NoAuthor => hand::NO_AUTHOR,
    }
}
