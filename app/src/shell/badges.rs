//! The states the header shows: freshness, saving, network, running tasks.

use crate::bridge::query;
use crate::i18n::messages::{kit, shell};
use crate::i18n::{Msg, fill, number, t, tr};
use crate::routes::{Route, Screen};
use crate::state::{Freshness, FreshnessStep, Job, Jobs, SaveState, Workspace};
use crate::ui::{Icon, IconButton, IconView};
use leptos::prelude::*;
use protocol::storage::Risk;
use protocol::{View, ViewData, ViewKind};

/// import, forecast, supply, gate: each with a shape and a word, the stale one amber.
#[component]
pub(super) fn FreshnessBar() -> impl IntoView {
    let workspace = Workspace::here();
    let steps = move || {
        let steps = workspace.freshness.get();
        (!steps.is_empty()).then(|| {
            view! {
                <ul class="fresh" aria-label=t(shell::FRESHNESS)>
                    {steps.into_iter().map(|step| view! { <FreshnessItem step/> }).collect_view()}
                </ul>
            }
        })
    };
    view! { {steps} }
}

#[component]
fn FreshnessItem(step: FreshnessStep) -> impl IntoView {
    let (state, heard) = match step.state {
        Freshness::Empty => ("empty", shell::NOT_YET),
        Freshness::Running => ("running", shell::RUNNING),
        Freshness::Fresh => ("fresh", shell::FRESH),
        Freshness::Stale => ("stale", shell::STALE),
    };
    view! {
        <li data-state=state title=t(heard)>
            <span class="dot" data-shape=state></span>
            <span class="fresh-word">{t(step.name)}</span>
            <span>{step.note}</span>
            <span class="only-heard">{t(heard)}</span>
        </li>
    }
}

/// "Saved" only after the strict transaction of the last edit.
#[component]
pub(super) fn SaveBadge() -> impl IntoView {
    let workspace = Workspace::here();
    let shown = move || {
        let (tone, word) = match workspace.save.get() {
            SaveState::Idle => return None,
            SaveState::Saving => ("plain", shell::SAVING),
            SaveState::Saved => ("good", shell::SAVED),
            SaveState::Failed => ("bad", shell::NOT_SAVED),
            SaveState::MemoryOnly => ("warn", shell::MEMORY_ONLY),
            SaveState::ReadOnly => ("plain", shell::READ_ONLY),
        };
        Some(head_badge(tone, Icon::Saved, word))
    };
    view! { <span class="head-badge" role="status">{shown}</span> }
}

/// Warns until a copy of the user's own data exists outside this browser; leads to the backup.
#[component]
pub(super) fn RiskBadge() -> impl IntoView {
    let status = query(&[ViewKind::Storage, ViewKind::Data], || Some(View::Storage));
    let risk = Memo::new(move |_| {
        status.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::Storage(status) => status.risk(),
            _ => None,
        })
    });
    let shown = move || {
        let (word, hint) = match risk.get()? {
            Risk::OnlyCopy => (shell::RISK_NO_BACKUP, shell::RISK_ONLY_COPY),
            Risk::Evictable => (shell::RISK_MAY_GO, shell::RISK_EVICTABLE),
        };
        let href = Route::to(Screen::Settings).href();
        Some(view! {
            <a class="badge badge-tall head-risk" data-tone="warn" href=href title=t(hint)>
                <IconView icon=Icon::Warning/>
                <span class="head-word">{t(word)}</span>
            </a>
        })
    };
    view! { {shown} }
}

#[component]
pub(super) fn OfflineBadge() -> impl IntoView {
    let workspace = Workspace::here();
    let shown = move || match (workspace.online.get(), workspace.offline_ready.get()) {
        (false, _) => Some(head_badge("warn", Icon::Offline, shell::OFFLINE)),
        (true, true) => Some(head_badge("good", Icon::Offline, shell::OFFLINE_READY)),
        (true, false) => None,
    };
    view! { <span class="head-badge head-offline">{shown}</span> }
}

fn head_badge(tone: &'static str, icon: Icon, word: Msg) -> impl IntoView {
    view! {
        <span class="badge badge-tall" data-tone=tone title=t(word)>
            <IconView icon/>
            <span class="head-word">{t(word)}</span>
        </span>
    }
}

/// The running tasks; each can be cancelled.
#[component]
pub(super) fn Tasks() -> impl IntoView {
    let jobs = Jobs::here();
    let label = move || {
        let count = jobs.list().len();
        fill(shell::TASKS, &[("n", &number(count as f64, 0))])
    };
    let shown = move || {
        let list = jobs.list();
        (!list.is_empty()).then(|| {
            view! {
                <details class="tasks">
                    <summary class="head-box">
                        <span class="spinner" aria-hidden="true"></span>
                        {label}
                    </summary>
                    <ul class="tasks-list" aria-label=t(shell::TASKS_RUNNING)>
                        {list.into_iter().map(|job| view! { <TaskItem job/> }).collect_view()}
                    </ul>
                </details>
            }
        })
    };
    view! { {shown} }
}

#[component]
fn TaskItem(job: Job) -> impl IntoView {
    let done = move || match job.progress.get() {
        (done, Some(total)) => fill(
            kit::DONE_OF,
            &[
                ("done", &number(done as f64, 0)),
                ("total", &number(total as f64, 0)),
            ],
        ),
        (done, None) => number(done as f64, 0),
    };
    let cancel_label =
        Signal::derive(move || fill(shell::CANCEL_TASK, &[("what", &job.label.get())]));
    let heard = move || format!("{} {}", tr(kit::WORKING), job.label.get());
    view! {
        <li>
            <span class="grow" title=heard>{job.label}</span>
            <span class="micro faint">{done}</span>
            {job
                .cancel
                .map(|cancel| {
                    view! {
                        <IconButton
                            icon=Icon::Stop
                            label=cancel_label
                            small=true
                            on_press=move |()| cancel.run(())
                        />
                    }
                })}
        </li>
    }
}
