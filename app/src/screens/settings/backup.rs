//! The workspace as one file, out and in.

use crate::bridge::{Bridge, Visits, expect};
use crate::i18n::fill;
use crate::i18n::messages::settings;
use crate::state::{Notice, Notices};
use crate::ui::{Button, FileDrop, Icon, Panel, save_file};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Code, Request, Response, ViewKind};

#[component]
pub(super) fn BackupPanel() -> impl IntoView {
    let (bridge, visits, notices) = (Bridge::here(), Visits::here(), Notices::here());
    let is_saving = RwSignal::new(false);
    let save = move |()| {
        is_saving.set(true);
        spawn_local(async move {
            export(bridge, visits, notices).await;
            is_saving.set(false);
        });
    };
    let blocked = move || is_saving.get() || bridge.workspace.get().is_none();
    view! {
        <Panel title=settings::BACKUP caption=settings::BACKUP_NOTE>
            <div class="stack">
                <div class="row">
                    <Button
                        icon=Icon::Download
                        label=settings::BACKUP_OUT
                        on_press=save
                        disabled=Signal::derive(blocked)
                    />
                </div>
                <FileDrop
                    hint=settings::BACKUP_IN
                    accept=".ballast"
                    on_files=move |files| restore(visits, files)
                />
            </div>
        </Panel>
    }
}

async fn export(bridge: Bridge, visits: Visits, notices: Notices) {
    let answer = bridge.ask(Request::BackupExport).await;
    let file = expect(answer, |answer| match answer.response {
        Response::Backup { file, .. } => answer.bufs.into_iter().next().map(|bytes| (file, bytes)),
        _ => None,
    });
    let (name, bytes) = match file {
        Ok(file) => file,
        Err(error) => return visits.failed(error),
    };
    bridge.reload(ViewKind::Storage);
    let notice = match save_file(&name, "application/octet-stream", &bytes) {
        Ok(()) => Notice::done(Signal::derive(move || {
            fill(settings::BACKUP_SAVED, &[("file", &name)])
        })),
        Err(_) => Notice::bad(settings::BACKUP_REFUSED),
    };
    notices.show(notice);
}

fn restore(visits: Visits, files: Vec<web_sys::File>) {
    let Some(file) = files.into_iter().next() else {
        return;
    };
    spawn_local(async move {
        match gloo_file::futures::read_as_bytes(&gloo_file::Blob::from(file)).await {
            Ok(bytes) => visits.restore(bytes),
            Err(_) => visits.failed(Code::BadBackup.into()),
        }
    });
}
