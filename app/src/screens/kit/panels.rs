//! States, notices, dialogs, drawers, steps, files.

use crate::i18n::messages::{kit, shell, story};
use crate::i18n::{day_of, t, tr};
use crate::parts::{StatusWord, StockStatus};
use crate::state::{Freshness, FreshnessStep, Jobs, Notice, Notices, SaveState, Tone, Workspace};
use crate::ui::{
    Banner, Button, ButtonKind, Dialog, Drawer, EmptyState, ErrorState, FileDrop, Icon,
    LoadingSkeleton, Panel, Popover, Stepper, Tooltip, WorkingState,
};
use leptos::prelude::*;

#[component]
pub(super) fn States() -> impl IntoView {
    view! {
        <section class="story-wide story-states" aria-label=t(story::STATES)>
            <EmptyState title=story::EMPTY_TITLE body=story::EMPTY_BODY>
                <Button label=kit::CHOOSE on_press=|()| {}/>
                <Button kind=ButtonKind::Quiet label=story::SAMPLE on_press=|()| {}/>
            </EmptyState>
            <WorkingState
                title=story::WORKING_TITLE
                done=Signal::from(746.0)
                total=Signal::derive(|| Some(1_204.0))
                on_cancel=Callback::new(|()| {})
            />
            <ErrorState
                title=story::FAILED_TITLE
                body=story::FAILED_BODY
                action=story::FIX
                on_retry=|()| {}
            />
            <LoadingSkeleton rows=5/>
        </section>
    }
}

#[component]
pub(super) fn Panels() -> impl IntoView {
    let notices = Notices::here();
    let (asking, drawn) = (RwSignal::new(false), RwSignal::new(false));
    let toast = move |()| {
        notices.show(Notice::done(story::TOAST).with_action(kit::UNDO, Callback::new(|()| {})));
    };
    view! {
        <Panel title=story::PANELS>
            <div class="row wrap">
                <Button label=story::SHOW_TOAST on_press=toast/>
                <Button label=story::REVERSE kind=ButtonKind::Danger on_press=move |()| asking.set(true)/>
                <Button label=story::OPEN_DRAWER on_press=move |()| drawn.set(true)/>
                <Popover label=story::FILTER icon=Icon::Filter>
                    <p>{t(story::FAILED_BODY)}</p>
                </Popover>
                <Tooltip text=story::EMPTY_BODY>
                    <Button label=story::ACCURACY on_press=|()| {}/>
                </Tooltip>
            </div>
            <Banner tone=Tone::Warn text=story::IN_MEMORY>
                <Button small=true label=story::EXPORT on_press=|()| {}/>
            </Banner>
            <Dialog open=asking on_close=move |()| asking.set(false) title=story::DIALOG_TITLE>
                <p class="dim">{t(story::DIALOG_BODY)}</p>
                <div class="dialog-actions">
                    <Button label=story::BACK on_press=move |()| asking.set(false)/>
                    <Button
                        kind=ButtonKind::Danger
                        label=story::REVERSE
                        on_press=move |()| asking.set(false)
                    />
                </div>
            </Dialog>
            <Drawer
                open=drawn
                on_close=move |()| drawn.set(false)
                title=story::WIPES
                beside=|| view! { <StatusWord status=StockStatus::PotentialStockOut/> }
                actions=ViewFn::from(|| {
                    view! { <Button kind=ButtonKind::Primary label=story::APPROVE keys="A" on_press=|()| {}/> }
                })
            >
                <p>{t(story::FAILED_BODY)}</p>
            </Drawer>
        </Panel>
    }
}

#[component]
pub(super) fn Steps() -> impl IntoView {
    view! {
        <Panel title=story::STEPS>
            <Stepper
                steps=vec![
                    story::STEP_FILES.into(),
                    story::STEP_COLUMNS.into(),
                    story::STEP_CHECK.into(),
                ]
                current=Signal::from(1)
            />
            <FileDrop hint=story::FILE_HINT accept=".csv,.xlsx" on_files=|_| {}/>
        </Panel>
    }
}

/// The header of the page with every segment filled.
#[component]
pub(super) fn Frame() -> impl IntoView {
    let (workspace, jobs) = (Workspace::here(), Jobs::here());
    let filled = RwSignal::new(false);
    let fill_header = move |()| {
        let step = |name, state, note: &str| FreshnessStep {
            name,
            state,
            note: note.to_owned(),
        };
        workspace.name.set(Some(tr(story::BRAND).to_owned()));
        workspace.as_of.set(Some(day_of(2026, 5, 11)));
        workspace.freshness.set(vec![
            step(shell::DATA, Freshness::Fresh, "06:40"),
            step(story::FORECAST, Freshness::Fresh, ""),
            step(shell::REPLENISH, Freshness::Running, ""),
            step(story::GATE, Freshness::Stale, "37"),
        ]);
        workspace.save.set(SaveState::Saved);
        workspace.offline_ready.set(true);
        if !filled.get_untracked() {
            let job = jobs.start(story::WORKING_TITLE, Some(Callback::new(|()| {})));
            job.progress.set((746, Some(1_204)));
        }
        filled.set(true);
    };
    view! {
        <Panel title=story::FRAME>
            <div class="row">
                <Button label=story::FILL_HEADER on_press=fill_header/>
            </div>
        </Panel>
    }
}
