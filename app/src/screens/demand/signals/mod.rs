//! Signals: what is searched, posted and negotiated before it is bought, and what of it is believed.

mod campaigns;
mod court;
mod heat;
mod leads;
mod words;

use super::desk::Desk;
use crate::i18n::messages::{demand, signals};
use crate::i18n::{Msg, t};
use crate::parts::name_of;
use crate::ui::{EmptyState, FourStates, Icon};
use leptos::prelude::*;
use protocol::signals::SignalDesk;
use std::sync::Arc;

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
            <div class="signals">{move || desk.signals.get().map(|shown| sections(&shown))}</div>
        </FourStates>
    }
}

/// The parts the data speaks of, in the order of trust: what was judged first.
fn sections(shown: &Arc<SignalDesk>) -> impl IntoView + use<> {
    let has = |is_told: bool| is_told.then(|| shown.clone());
    view! {
        {has(!shown.court.is_empty()).map(|shown| court::section(&shown))}
        {has(!shown.words.is_empty()).map(|shown| words::words(&shown))}
        {has(!shown.heat.rows.is_empty()).map(|shown| heat::section(&shown))}
        {has(!shown.coverage.is_empty()).map(|shown| words::coverage(&shown))}
        {has(!shown.funnel.is_empty()).map(|shown| campaigns::funnel(&shown))}
        {has(!shown.hits.is_empty() || shown.score.is_some()).map(|shown| campaigns::hits(&shown))}
        {has(!shown.pipeline.is_empty()).map(|shown| leads::section(&shown))}
    }
}

/// A part with its name, its table and what the table rests on.
fn part<V: IntoView + 'static>(title: Msg, note: String, table: V) -> impl IntoView + use<V> {
    view! {
        <section class="signals-part">
            <h3 class="object">{t(title)}</h3>
            <div class="demand-plan" tabindex="0" role="region" aria-label=t(title)>
                {table}
            </div>
            <p class="micro faint demand-note">{note}</p>
        </section>
    }
}

/// The name of goods, or their code.
fn goods_name(names: &(String, String), code: &str) -> String {
    match name_of(names) {
        name if name.is_empty() => code.to_owned(),
        name => name,
    }
}
