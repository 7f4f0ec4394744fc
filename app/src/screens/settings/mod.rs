//! The Settings screen: look of this browser, storage, backup, workspaces.

mod backup;
mod look;
mod model;
mod storage;
mod workspace_row;
mod workspaces;

use crate::i18n::messages::shell;
use crate::i18n::t;
use backup::BackupPanel;
use leptos::prelude::*;
use look::LookPanel;
use storage::StoragePanel;
use workspaces::WorkspacesPanel;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Settings/> }.into_any()
}

#[component]
fn Settings() -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(shell::SETTINGS)}</h1>
        </header>
        <div class="settings-columns">
            <div class="stack">
                <LookPanel/>
                <StoragePanel/>
            </div>
            <div class="stack">
                <WorkspacesPanel/>
                <BackupPanel/>
            </div>
        </div>
    }
}
