//! The Data screen: where the data comes from, what there is, what was imported.

mod checks;
mod conventions;
mod draft;
mod first_run;
mod history;
mod importing;
mod mapping_step;
mod mapping_table;
mod outcome;
mod preview;
mod questions;
mod refused;
mod remembered;
mod reused;
mod tables;
mod totals;
mod wizard;

use crate::bridge::{Bridge, Visits};
use crate::i18n::messages::{data, shell};
use crate::i18n::t;
use crate::ui::{Badge, BadgeTone, FileDrop, Icon, Panel};
use checks::ChecksPanel;
use first_run::FirstRun;
use history::HistoryPanel;
use importing::{Importing, Step};
use leptos::prelude::*;
use tables::TablesPanel;
use wizard::Wizard;

/// What the file dialog offers.
const ACCEPT: &str = ".csv,.tsv,.txt,.xlsx";

/// Puts the import into the context of the app.
pub fn provide() {
    provide_context(Importing::new());
}

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Data/> }.into_any()
}

#[component]
fn Data() -> impl IntoView {
    let (bridge, visits) = (Bridge::here(), Visits::here());
    let importing = Importing::here();
    let is_first =
        Memo::new(move |_| bridge.workspace.get().is_none() && !visits.is_entering.get());
    let is_idle = Memo::new(move |_| importing.step.get() == Step::Idle);
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::DATA)}</h1>
            <Badge tone=BadgeTone::Good icon=Icon::Lock label=shell::DATA_STAYS/>
            <span class="micro faint">{t(data::STAYS)}</span>
        </header>
        <div class="stack">
            {move || match (is_idle.get(), is_first.get()) {
                (false, _) => view! { <Wizard importing/> }.into_any(),
                (true, true) => view! { <FirstRun importing/> }.into_any(),
                (true, false) => view! { <DropPanel importing/> }.into_any(),
            }}
            {move || {
                (!is_first.get())
                    .then(|| {
                        view! {
                            <div class="data-columns">
                                <TablesPanel/>
                                <HistoryPanel importing/>
                            </div>
                            <ChecksPanel/>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn DropPanel(importing: Importing) -> impl IntoView {
    view! {
        <Panel title=data::DROP_TITLE>
            <FileDrop
                hint=data::DROP_HINT
                accept=ACCEPT
                on_files=move |files| importing.take(files)
            />
        </Panel>
    }
}
