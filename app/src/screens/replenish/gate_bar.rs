//! What the approval gate leaves to people, as a sentence, a filter and one gesture for the rest.

use super::list::KINDS;
use crate::bridge::{Bridge, query};
use crate::i18n::messages::gate;
use crate::i18n::{Msg, by_id, fill, number, percent, t, tr};
use crate::parts::{failure_text, picked};
use crate::routes::{Route, Screen};
use crate::state::{Notice, Notices, Router};
use crate::ui::{Button, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::gate::GateLoad;
use protocol::{Command, ProposalStatus, View, ViewData};

/// The decisions of the gate, the one that needs most first.
const DECISIONS: [&str; 3] = ["BLOCK", "MANUAL", "AUTO"];

/// The word for a decision of the gate.
pub(super) fn gate_word(decision: &str) -> Option<Msg> {
    by_id(gate::ALL, decision)
}

/// The decision with its reasons.
pub(super) fn gate_sentence<'a>(decision: &str, reasons: impl Iterator<Item = &'a str>) -> String {
    let word = gate_word(decision).map_or("", tr);
    let reasons = reasons.filter_map(|code| by_id(gate::ALL, code).map(tr));
    let reasons: Vec<&str> = reasons.collect();
    match reasons.is_empty() {
        true => word.to_owned(),
        false => {
            let reasons = reasons.join(tr(gate::AND));
            fill(gate::BECAUSE, &[("decision", word), ("reasons", &reasons)])
        }
    }
}

#[component]
pub(super) fn GateBar(wanted: Memo<Option<String>>) -> impl IntoView {
    let asked = query(KINDS, || Some(View::Gate));
    let load = picked(asked, |shown| match &shown.data {
        ViewData::Gate(load) => Some(load.clone()),
        _ => None,
    });
    let sentence = move || {
        let load = load.get().unwrap_or_default();
        let (people, all) = (load.for_people(), load.all());
        let share = match all.value > 0.0 {
            true => percent(people.value / all.value * 100.0, 0),
            false => percent(0.0, 0),
        };
        let [people, lines] = [people.lines, all.lines].map(|count| number(f64::from(count), 0));
        fill(
            gate::LOAD,
            &[("people", &people), ("lines", &lines), ("share", &share)],
        )
    };
    let has_lines = Memo::new(move |_| load.get().is_some_and(|load| load.all().lines > 0));
    let bar = move || {
        view! {
            <div class="list-bar" role="group" aria-label=t(gate::GATE)>
                <GateChips load wanted/>
                <span class="caption">{sentence}</span>
                <span class="grow"></span>
                <ApprovePassing load/>
            </div>
        }
    };
    view! { {move || has_lines.get().then(bar)} }
}

#[component]
fn GateChips(load: Signal<Option<GateLoad>>, wanted: Memo<Option<String>>) -> impl IntoView {
    let router = Router::here();
    let count = move |decision: &str| {
        let load = load.get().unwrap_or_default();
        match decision {
            "AUTO" => load.passing.lines,
            "MANUAL" => load.person.lines,
            _ => load.two.lines,
        }
    };
    let chips = move || {
        let status = router.route().get("status").map(str::to_owned);
        let chip = |decision: &'static str| {
            let is_on = wanted.with(|wanted| wanted.as_deref() == Some(decision));
            // Pressed again, the filter goes.
            let next = (!is_on).then_some(decision);
            let route = Route::to(Screen::Replenish).with("status", status.as_deref());
            let href = route.with("gate", next).href();
            view! {
                <a class="chip" href=href aria-current=is_on.then_some("true") data-gate=decision>
                    {gate_word(decision).map(tr)}
                    <span class="num">{number(f64::from(count(decision)), 0)}</span>
                </a>
            }
        };
        let filled = DECISIONS.into_iter().filter(|decision| count(decision) > 0);
        filled.map(chip).collect_view()
    };
    view! { <nav class="chips" aria-label=t(gate::FILTER)>{chips}</nav> }
}

/// Approves what the gate lets through, as one gesture that can be taken back.
#[component]
fn ApprovePassing(load: Signal<Option<GateLoad>>) -> impl IntoView {
    let (bridge, notices) = (Bridge::here(), Notices::here());
    let open = move || load.with(|load| load.as_ref().map_or(0, |load| load.open.len()));
    let counted = move |msg: Msg, count: usize| fill(msg, &[("n", &number(count as f64, 0))]);
    let label = Signal::derive(move || counted(gate::APPROVE_PASSING, open()));
    let approve = move |()| {
        let open = load.with_untracked(|load| load.clone().unwrap_or_default().open);
        let count = open.len();
        let approved = |proposal| Command::ProposalStatus {
            proposal,
            status: ProposalStatus::Approved,
            quantity: None,
        };
        let reply = bridge.apply("APPROVE", open.into_iter().map(approved).collect());
        spawn_local(async move {
            let notice = match reply.await {
                Ok(_) => Notice::done(Signal::derive(move || {
                    counted(gate::APPROVED_PASSING, count)
                })),
                Err(error) => Notice::bad(untrack(|| failure_text(&error))),
            };
            notices.show(notice);
        });
    };
    view! {
        <Button
            label
            icon=Icon::Check
            disabled=Signal::derive(move || open() == 0)
            on_press=approve
        />
    }
}
