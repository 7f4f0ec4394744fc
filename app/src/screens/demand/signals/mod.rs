//! Signals: what is searched, posted and negotiated before it is bought, and what of it is believed.

mod campaigns;
mod court;
mod coverage;
mod heat;
mod keywords;
mod leads;

use super::desk::Desk;
use super::heads::live;
use crate::i18n::messages::{demand, signals};
use crate::i18n::{Msg, t};
use crate::parts::name_of;
use crate::ui::{EmptyState, FourStates, Icon};
use leptos::prelude::*;
use protocol::signals::SignalDesk;

#[component]
pub(super) fn Signals(desk: Desk) -> impl IntoView {
    view! {
        <FourStates
            state=desk.signals_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Chart
                        title=signals::NONE_TITLE
                        body=signals::NONE_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="signals">
                {told(desk, judged)}
                {stays(desk, |shown| shown.has_words, keywords::section)}
                {told(desk, read)}
                {stays(desk, |shown| !shown.posts.is_empty(), campaigns::funnels)}
                {told(desk, campaigns::hits)}
                {stays(desk, campaigns::has_choices, campaigns::regret)}
                {told(desk, leads)}
            </div>
        </FourStates>
    }
}

/// A part that is built anew with every answer.
fn told(desk: Desk, part: fn(&SignalDesk) -> AnyView) -> AnyView {
    live(move || match desk.signals.get() {
        Some(shown) => part(&shown),
        None => nothing(),
    })
}

/// A part that stays while the data speaks of it: it keeps what is typed and chosen.
fn stays(desk: Desk, is_told: fn(&SignalDesk) -> bool, part: fn(Desk) -> AnyView) -> AnyView {
    let signals = desk.signals;
    let is_told = Memo::new(move |_| signals.with(|shown| shown.as_deref().is_some_and(is_told)));
    live(move || match is_told.get() {
        true => part(desk),
        false => nothing(),
    })
}

fn nothing() -> AnyView {
    ().into_any()
}

/// What was judged first: the parts stand in the order of trust.
fn judged(shown: &SignalDesk) -> AnyView {
    match shown.court.is_empty() {
        true => nothing(),
        false => court::section(shown),
    }
}

/// What is read and searched.
fn read(shown: &SignalDesk) -> AnyView {
    let heat = (!shown.heat.rows.is_empty()).then(|| heat::section(shown));
    let coverage = (!shown.coverage.is_empty()).then(|| coverage::section(shown).into_any());
    let parts: Vec<AnyView> = heat.into_iter().chain(coverage).collect();
    parts.into_any()
}

fn leads(shown: &SignalDesk) -> AnyView {
    match shown.pipeline.is_empty() {
        true => nothing(),
        false => leads::section(shown),
    }
}

/// A part with its name, its table and what the table rests on.
fn part(title: Msg, note: String, table: AnyView) -> AnyView {
    view! {
        <section class="signals-part">
            <h3 class="object">{t(title)}</h3>
            {table}
            <p class="micro faint demand-note">{note}</p>
        </section>
    }
    .into_any()
}

/// The name of goods, or their code.
fn goods_name(names: &(String, String), code: &str) -> String {
    match name_of(names) {
        name if name.is_empty() => code.to_owned(),
        name => name,
    }
}
