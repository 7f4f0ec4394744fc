//! The steps of one import.

use super::importing::{Importing, Step, Trouble};
use super::mapping_step::MappingStep;
use super::outcome::Outcome;
use crate::i18n::messages::data;
use crate::i18n::{bytes, fill, number, t};
use crate::ui::{Button, ButtonKind, ErrorState, LoadingSkeleton, Panel, Progress, Stepper};
use leptos::prelude::*;

#[component]
pub(super) fn Wizard(importing: Importing) -> impl IntoView {
    let position = move || match importing.step.get() {
        Step::Idle | Step::Opening => 0,
        Step::Mapping | Step::Staging => 1,
        Step::Checking | Step::Applying => 2,
    };
    let steps = [data::STEP_FILE, data::STEP_MAPPING, data::STEP_CHECK];
    let left = move || match importing.left.get() {
        0 => String::new(),
        left => fill(data::FILES_LEFT, &[("n", &number(left as f64, 0))]),
    };
    let step = Memo::new(move |_| importing.step.get());
    view! {
        <section class="stack wizard" aria-label=importing.name>
            <header class="row wrap">
                <Stepper
                    steps=steps.map(Signal::from).to_vec()
                    current=Signal::derive(position)
                />
                <span class="grow"></span>
                <span class="micro faint">{left}</span>
                <Button
                    small=true
                    kind=ButtonKind::Quiet
                    label=data::LEAVE
                    on_press=move |()| importing.next()
                />
            </header>
            {move || importing.trouble.get().map(|trouble| view! { <Stopped importing trouble/> })}
            {move || match step.get() {
                Step::Idle => ().into_any(),
                Step::Opening => view! { <Opening importing/> }.into_any(),
                Step::Mapping => view! { <MappingStep importing/> }.into_any(),
                Step::Staging => view! { <Staging importing/> }.into_any(),
                Step::Checking | Step::Applying => view! { <Outcome importing/> }.into_any(),
            }}
        </section>
    }
}

/// Why a step did not happen, and the step again.
#[component]
fn Stopped(importing: Importing, trouble: Trouble) -> impl IntoView {
    let again = move |()| match importing.step.get_untracked() {
        Step::Idle | Step::Opening => importing.open(),
        Step::Mapping | Step::Staging => importing.stage(),
        Step::Checking | Step::Applying => importing.apply(),
    };
    view! {
        <ErrorState
            title=Signal::derive(move || trouble.text())
            body=data::UNAFFECTED
            action=data::TRY_AGAIN
            on_retry=again
        />
    }
}

#[component]
fn Opening(importing: Importing) -> impl IntoView {
    let title = Signal::derive(move || fill(data::READING, &[("file", &importing.name.get())]));
    let is_reading = Memo::new(move |_| importing.trouble.with(Option::is_none));
    view! {
        <Show when=move || is_reading.get()>
            <Panel title>
                <LoadingSkeleton rows=6/>
            </Panel>
        </Show>
    }
}

#[component]
fn Staging(importing: Importing) -> impl IntoView {
    let title = Signal::derive(move || fill(data::STAGING, &[("file", &importing.name.get())]));
    let now = importing.progress;
    let count = move || {
        let now = now.get();
        let values = [
            ("rows", &*number(now.rows as f64, 0)),
            ("bytes", &*bytes(now.bytes as f64)),
            ("total", &*bytes(now.total as f64)),
        ];
        fill(data::STAGED_ROWS, &values)
    };
    let total = move || Some(now.get().total as f64).filter(|total| *total > 0.0);
    view! {
        <section class="state" data-state="working">
            <h2 class="state-title">{title}</h2>
            <Progress
                label=title
                done=Signal::derive(move || now.get().bytes as f64)
                total=Signal::derive(total)
            />
            <p class="dense">{count}</p>
            <div class="state-actions">
                <Button label=data::STOP on_press=move |()| importing.stop()/>
            </div>
        </section>
        <p class="only-heard" role="status">{t(data::UNAFFECTED)}</p>
    }
}
