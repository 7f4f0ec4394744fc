//! New items: which goods, which analogues, what comes of it, and those that are in the plan.

mod analogues;
mod draft;
mod form;
mod list;
mod outcome;

use super::desk::{AUTHOR, Desk};
use crate::bridge::{Shown, query};
use crate::i18n::messages::{demand, launch};
use crate::i18n::t;
use crate::parts::{picked, view_state};
use crate::state::recall;
use crate::ui::{EmptyState, FourStates, Icon};
use draft::Form;
use leptos::prelude::*;
use protocol::Packed;
use protocol::new_items::NewItemDesk;
use protocol::{View, ViewData, ViewKind};
use std::sync::Arc;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Wizard {
    desk: Desk,
    form: RwSignal<Form>,
    shown: Signal<Option<Arc<NewItemDesk>>>,
}

impl Wizard {
    /// A fact of the form; tracked.
    fn read<T>(self, pick: impl Fn(&Form) -> T) -> T {
        self.form.with(pick)
    }

    fn change(self, how: impl FnOnce(&mut Form)) {
        self.form.update(how);
    }

    /// First days of the weeks ahead; tracked.
    fn weeks(self) -> Vec<i32> {
        let weeks = self.desk.weeks.get();
        let weeks = weeks.map_or_else(Vec::new, |weeks| weeks.weeks_ahead());
        weeks.into_iter().map(|(day, _)| day).collect()
    }

    /// Codes among the analogues that the data does not have; tracked.
    fn unknown(self) -> Vec<String> {
        let desk = self.shown.get();
        desk.map_or_else(Vec::new, |desk| desk.unknown.clone())
    }

    fn clear(self) {
        self.form.set(Form::new(recall(AUTHOR).unwrap_or_default()));
    }
}

const KINDS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Data, ViewKind::Adjustments];

#[component]
pub(super) fn NewItems(desk: Desk) -> impl IntoView {
    let form = RwSignal::new(Form::new(recall(AUTHOR).unwrap_or_default()));
    let asked = Memo::new(move |_| form.with(Form::asked));
    let answers = query(KINDS, move || Some(View::NewItems { draft: asked.get() }));
    let pick = |shown: &Shown| match &shown.data {
        ViewData::NewItems(bytes) => NewItemDesk::unpack(bytes).map(Arc::new),
        _ => None,
    };
    let wizard = Wizard {
        desk,
        form,
        shown: picked(answers, pick),
    };
    view! {
        <FourStates
            state=view_state(answers, |data| !matches!(data, ViewData::NewItems(_)))
            empty=|| {
                view! {
                    <EmptyState icon=Icon::Box title=demand::EMPTY_TITLE body=demand::EMPTY_BODY/>
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="launch">
                <list::Planned wizard/>
                <form class="launch-form" aria-label=t(launch::TITLE) on:submit=|event| event.prevent_default()>
                    <h3 class="object">{t(launch::TITLE)}</h3>
                    <p class="dim">{t(launch::INTRO)}</p>
                    <form::Goods wizard/>
                    <analogues::Analogues wizard/>
                    <outcome::Outcome wizard/>
                    <form::Save wizard/>
                </form>
                <p class="micro faint demand-note">{t(launch::GOAL)}</p>
            </div>
        </FourStates>
    }
}
