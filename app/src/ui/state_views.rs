//! The four states of an asynchronous view: loading, empty, failed, done.

use super::{Button, Icon, IconView, Progress};
use crate::i18n::messages::kit;
use crate::i18n::{fill, number, t};
use leptos::prelude::*;

/// Where an asynchronous view stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ViewState {
    Loading,
    Empty,
    /// What happened, in words of the user's language.
    Failed(String),
    Done,
}

/// Shows the view of the state. `empty` teaches what fills the view; children are the done view and stay
/// mounted only while it is done.
#[component]
pub fn FourStates(
    #[prop(into)] state: Signal<ViewState>,
    #[prop(into)] empty: ViewFn,
    #[prop(into)] on_retry: Callback<()>,
    /// What is not touched by a failure.
    #[prop(into)]
    unaffected: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let state = Memo::new(move |_| state.get());
    move || match state.get() {
        ViewState::Loading => view! { <LoadingSkeleton rows=6/> }.into_any(),
        ViewState::Empty => empty.run(),
        ViewState::Failed(title) => {
            view! { <ErrorState title body=unaffected on_retry/> }.into_any()
        }
        ViewState::Done => children().into_any(),
    }
}

/// What fills this view, and the way to fill it; buttons come as children.
#[component]
pub fn EmptyState(
    #[prop(optional)] icon: Option<Icon>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="state" data-state="empty">
            <h2 class="state-title">
                <IconView icon=icon.unwrap_or(Icon::Database)/>
                <span>{title}</span>
            </h2>
            <p>{body}</p>
            {children.map(|children| view! { <div class="state-actions">{children()}</div> })}
        </section>
    }
}

/// What happened, what is unaffected, one button.
#[component]
pub fn ErrorState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] body: Signal<String>,
    #[prop(into)] on_retry: Callback<()>,
    /// The word on the button; "Retry" if empty.
    #[prop(default = kit::RETRY.into(), into)]
    action: Signal<String>,
) -> impl IntoView {
    view! {
        <section class="state" data-state="error" role="alert">
            <h2 class="state-title">
                <IconView icon=Icon::Warning/>
                <span>{title}</span>
            </h2>
            <p>{body}</p>
            <div class="state-actions">
                <Button label=action on_press=on_retry/>
            </div>
        </section>
    }
}

/// Grey lines where the rows will be.
#[component]
pub fn LoadingSkeleton(#[prop(default = 4)] rows: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="only-heard">{t(kit::LOADING)}</span>
            {(0..rows).map(|_| view! { <span class="skeleton-row"></span> }).collect_view()}
        </div>
    }
}

/// What is being worked on, how much is done, and the way to stop it.
#[component]
pub fn WorkingState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] done: Signal<f64>,
    #[prop(into)] total: Signal<Option<f64>>,
    #[prop(optional, into)] on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let count = move || match total.get() {
        Some(total) => fill(
            kit::DONE_OF,
            &[
                ("done", &number(done.get(), 0)),
                ("total", &number(total, 0)),
            ],
        ),
        None => number(done.get(), 0),
    };
    view! {
        <section class="state" data-state="working">
            <h2 class="state-title">{title}</h2>
            <Progress label=title done total/>
            <p class="dense">{count}</p>
            {on_cancel
                .map(|cancel| {
                    view! {
                        <div class="state-actions">
                            <Button label=kit::CANCEL on_press=cancel/>
                        </div>
                    }
                })}
        </section>
    }
}
