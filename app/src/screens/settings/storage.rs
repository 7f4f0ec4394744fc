//! How safe the open workspace is.

use super::model::{backup_text, eviction_word, health_text, mode_word, risk_text, saved_text};
use crate::bridge::{Bridge, Shown, Visits, query};
use crate::i18n::messages::settings;
use crate::i18n::{bytes, fill, local_time, t};
use crate::parts::failure_text;
use crate::state::{Tone, Workspace};
use crate::ui::{Banner, Button, FourStates, Panel, ViewState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::storage::{Health, Persistence, StorageStatus};
use protocol::{Request, View, ViewData, ViewKind};

#[component]
pub(super) fn StoragePanel() -> impl IntoView {
    let bridge = Bridge::here();
    let status = query(&[ViewKind::Storage, ViewKind::Settings], || {
        Some(View::Storage)
    });
    let state = move || match (
        bridge.workspace.get(),
        status.error.get(),
        status.data.get(),
    ) {
        (None, ..) => ViewState::Empty,
        (_, Some(error), _) => ViewState::Failed(failure_text(&error)),
        (_, None, None) => ViewState::Loading,
        (_, None, Some(_)) => ViewState::Done,
    };
    let known = Signal::derive(move || status.data.get().and_then(|shown| status_of(&shown)));
    view! {
        <Panel title=settings::STORAGE>
            <FourStates
                state=Signal::derive(state)
                empty=|| view! { <p class="faint">{t(settings::STORAGE_NONE)}</p> }
                on_retry=move |()| bridge.reload(ViewKind::Storage)
                unaffected=settings::RETRY_UNAFFECTED
            >
                {move || known.get().map(|status| view! { <StorageRows status/> })}
            </FourStates>
        </Panel>
    }
}

fn status_of(shown: &Shown) -> Option<StorageStatus> {
    match &shown.data {
        ViewData::Storage(status) => Some(status.clone()),
        _ => None,
    }
}

#[component]
fn StorageRows(status: StorageStatus) -> impl IntoView {
    let visits = Visits::here();
    let frame = Workspace::here();
    let status = StoredValue::new(status);
    let (mode, persistence) = status.with_value(|status| (status.mode, status.persistence));
    let space = move || {
        frame.storage.get().map(|(used, quota)| {
            fill(
                settings::BYTES_OF,
                &[("used", &bytes(used)), ("quota", &bytes(quota))],
            )
        })
    };
    let backup = move || {
        status.with_value(|status| backup_text(status, status.backup_ms.map(local_time).as_deref()))
    };
    let keep = move |()| spawn_local(visits.persist());
    let risk = status.with_value(StorageStatus::risk);
    view! {
        {risk.map(|risk| view! { <Banner tone=Tone::Warn text=risk_text(risk)/> })}
        <dl class="facts">
            <dt>{t(settings::MODE)}</dt>
            <dd>{t(mode_word(mode))}</dd>
            <dt>{t(settings::SAVED_SEQ)}</dt>
            <dd>{move || status.with_value(saved_text)}</dd>
            <dt>{t(settings::LAST_BACKUP)}</dt>
            <dd>{backup}</dd>
            <dt>{t(settings::BYTES)}</dt>
            <dd>{space}</dd>
            <dt>{t(settings::EVICTION)}</dt>
            <dd class="row wrap">
                {t(eviction_word(persistence))}
                {(persistence != Persistence::Granted)
                    .then(|| view! { <Button small=true label=settings::KEEP on_press=keep/> })}
            </dd>
            <dt>{t(settings::INTEGRITY)}</dt>
            <dd class="row wrap">
                <HealthWords health=status.with_value(|status| status.health.clone())/>
            </dd>
        </dl>
    }
}

/// What opening found, and the way to go on after a loss.
#[component]
fn HealthWords(health: Health) -> impl IntoView {
    let (bridge, visits) = (Bridge::here(), Visits::here());
    let is_bad = health != Health::Good;
    let is_suspect = matches!(health, Health::Suspect(_));
    let accept = move |()| {
        spawn_local(async move {
            if let Err(error) = bridge.enter(Request::AcceptLoss, Vec::new()).await {
                visits.failed(error);
            }
        });
    };
    view! {
        <span class:bad=is_bad>{move || health_text(&health)}</span>
        {is_suspect
            .then(|| {
                view! { <Button small=true label=settings::ACCEPT_LOSS on_press=accept/> }
            })}
    }
}
