//! How the forecast of the slice comes about: its parts, and the models behind it.

use super::desk::{DECISIONS, KINDS, Listed};
use super::selection::{Selection, Tab};
use crate::bridge::{Shown, query};
use crate::parts::{picked, view_state};
use crate::routes::Screen;
use leptos::prelude::*;
use protocol::view::{ModelTable, PartsTable};
use protocol::{View, ViewData};

/// Asked for while the tab of the forecast is open.
#[derive(Clone, Copy)]
pub(super) struct Explained {
    /// What the forecast is made of.
    pub parts: Listed<PartsTable>,
    /// The week it is shown for; all weeks of the plan without one.
    pub week: RwSignal<Option<i32>>,
    /// Which models forecast the slice.
    pub models: Listed<ModelTable>,
}

impl Explained {
    pub fn open(selection: Memo<Selection>, screen: Memo<Screen>) -> Self {
        let scope = Memo::new(move |_| {
            let (scope, tab) = selection.with(|now| (now.scope(), now.tab));
            (tab == Tab::Forecast && screen.get() == Screen::Demand).then_some(scope)
        });
        let parts = query(DECISIONS, move || {
            scope.get().map(|scope| View::Parts { scope })
        });
        let models = query(KINDS, move || {
            scope.get().map(|scope| View::Models { scope })
        });
        let has_no_parts =
            |data: &ViewData| !matches!(data, ViewData::Parts(table) if table.series > 0);
        let has_no_models =
            |data: &ViewData| !matches!(data, ViewData::Models(table) if table.series > 0);
        Self {
            parts: (picked(parts, parts_of), view_state(parts, has_no_parts)),
            week: RwSignal::new(None),
            models: (picked(models, models_of), view_state(models, has_no_models)),
        }
    }

    /// Shows what one week is made of, or all of them again.
    pub fn show(self, week: i32) {
        self.week.update(|shown| {
            *shown = if *shown == Some(week) {
                None
            } else {
                Some(week)
            };
        });
    }
}

fn parts_of(shown: &Shown) -> Option<PartsTable> {
    match &shown.data {
        ViewData::Parts(table) => Some(table.clone()),
        _ => None,
    }
}

fn models_of(shown: &Shown) -> Option<ModelTable> {
    match &shown.data {
        ViewData::Models(table) => Some(table.clone()),
        _ => None,
    }
}
