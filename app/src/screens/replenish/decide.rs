//! Deciding about a proposal: one stored, undoable gesture.

use super::row::decision_words;
use crate::bridge::Bridge;
use crate::i18n::messages::replenish;
use crate::i18n::{Msg, fill};
use crate::parts::failure_text;
use crate::state::{Notice, Notices};
use crate::ui::{Badge, Button, ButtonKind, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Command, ProposalStatus};

/// The buttons at the foot of a card.
#[component]
pub(super) fn Decide(
    #[prop(into)] proposal: Signal<Option<String>>,
    #[prop(into)] sku: Signal<Option<String>>,
    #[prop(into)] status: Signal<ProposalStatus>,
) -> impl IntoView {
    let bridge = Bridge::here();
    let notices = Notices::here();
    let decide = move |next: ProposalStatus| {
        let Some(proposal) = proposal.get_untracked() else {
            return;
        };
        let sku = sku.get_untracked().unwrap_or_default();
        let (label, toast) = words(next);
        let command = Command::ProposalStatus {
            proposal,
            status: next,
            quantity: None,
        };
        let reply = bridge.apply(label, vec![command]);
        spawn_local(async move {
            match reply.await {
                Ok(_) => notices.show(Notice::done(untrack(|| fill(toast, &[("sku", &sku)])))),
                Err(error) => notices.show(Notice::bad(untrack(|| failure_text(&error)))),
            }
        });
    };
    let badge = move || {
        let (label, tone) = decision_words(status.get());
        view! { <Badge label tone/> }
    };
    let is_open = move || status.get() == ProposalStatus::Open;
    let press = move |next| move |()| decide(next);
    view! {
        {badge}
        <span class="grow"></span>
        <Show
            when=is_open
            fallback=move || {
                view! { <Button icon=Icon::Undo label=replenish::REOPEN on_press=press(ProposalStatus::Open)/> }
            }
        >
            <Button label=replenish::SNOOZE icon=Icon::Clock on_press=press(ProposalStatus::Snoozed)/>
            <Button label=replenish::REJECT icon=Icon::Close on_press=press(ProposalStatus::Rejected)/>
            <Button
                kind=ButtonKind::Primary
                label=replenish::APPROVE
                icon=Icon::Check
                on_press=press(ProposalStatus::Approved)
            />
        </Show>
    }
}

/// The locale key that names the gesture in the undo menu, and what the toast says.
fn words(status: ProposalStatus) -> (&'static str, Msg) {
    match status {
        ProposalStatus::Open => ("REOPEN", replenish::REOPENED_TOAST),
        ProposalStatus::Approved => ("APPROVE", replenish::APPROVED_TOAST),
        ProposalStatus::Rejected => ("REJECT", replenish::REJECTED_TOAST),
        ProposalStatus::Snoozed => ("SNOOZE", replenish::SNOOZED_TOAST),
    }
}
