//! Entering workspaces: the header shows the work, a notice says what failed, data is planned at
//! once, and the browser remembers the last workspace for the next visit.

use super::{Bridge, browser_storage, new_workspace_id};
use crate::i18n::messages::{kit, shell};
use crate::parts::failure_text;
use crate::state::{Jobs, Notice, Notices, Workspace, recall, remember};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::request::WorkspaceSource;
use protocol::response::OpenedWorkspace;
use protocol::storage::Persistence;
use protocol::{AppError, Request, Severity, ViewKind, WorkspaceId};

/// Key of the last workspace in localStorage; `last` is no workspace id, so it is no witness.
const LAST: &str = "ballast:last";

/// Key that tells whether the browser was asked to keep the data.
const ASKED_TO_KEEP: &str = "ballast:asked-to-keep";

/// The way screens open, make, restore and delete workspaces.
#[derive(Clone, Copy)]
pub struct Visits {
    bridge: Bridge,
    notices: Notices,
    jobs: Jobs,
    frame: Workspace,
    /// Whether a workspace is being opened.
    pub is_entering: RwSignal<bool>,
    /// Hash of the newest plan of this visit.
    pub plan_hash: RwSignal<Option<String>>,
}

impl Visits {
    /// The one instance of the page; call it in a component body, not in an event handler.
    pub fn here() -> Self {
        expect_context()
    }

    /// Puts the visits into the context of the app and opens the last workspace.
    pub(super) fn provide(bridge: Bridge) {
        let visits = Self {
            bridge,
            notices: Notices::here(),
            jobs: Jobs::here(),
            frame: Workspace::here(),
            is_entering: RwSignal::new(false),
            plan_hash: bridge.plan_hash,
        };
        provide_context(visits);
        if let Some(last) = recall(LAST).and_then(|text| text.parse().ok()) {
            visits.open(last);
        }
    }

    /// Makes a workspace with a demo company.
    pub fn open_demo(self, company: &str, name: String) {
        let source = WorkspaceSource::Demo {
            company: company.to_owned(),
            seed: 0,
        };
        self.create(name, source);
    }

    /// Makes an empty workspace.
    pub fn create_empty(self, name: String) {
        self.create(name, WorkspaceSource::Empty);
    }

    fn create(self, name: String, source: WorkspaceSource) {
        let request = Request::CreateWorkspace {
            workspace: new_workspace_id(),
            name,
            source,
        };
        self.enter(request, Vec::new());
    }

    /// Opens a workspace.
    pub fn open(self, workspace: WorkspaceId) {
        self.enter(Request::OpenWorkspace { workspace }, Vec::new());
    }

    /// Makes a workspace from the bytes of a backup file.
    pub fn restore(self, file: Vec<u8>) {
        let request = Request::BackupImport {
            otherwise: new_workspace_id(),
        };
        self.enter(request, vec![file]);
    }

    fn enter(self, request: Request, bufs: Vec<Vec<u8>>) {
        self.is_entering.set(true);
        let job = self.jobs.start(shell::OPENING, None);
        // Buffers go with the request; without any it can be sent again as it is.
        let again = bufs.is_empty().then(|| request.clone());
        spawn_local(async move {
            let result = self.bridge.enter(request, bufs).await;
            self.jobs.finish(job.id);
            self.is_entering.set(false);
            match (result, again) {
                (Ok(opened), _) => self.entered(&opened),
                (Err(error), Some(request)) if error.code.is_retryable() => {
                    let retry = move |()| self.enter(request.clone(), Vec::new());
                    let notice = notice_of(error);
                    let notice = notice.with_action(kit::RETRY, Callback::new(retry));
                    self.notices.show(notice);
                }
                (Err(error), _) => self.failed(error),
            }
        });
    }

    fn entered(self, opened: &OpenedWorkspace) {
        remember(LAST, &opened.workspace.to_string());
        self.plan_hash.set(None);
        self.measure();
    }

    /// Makes sure that a workspace is open, for what needs one.
    ///
    /// # Errors
    /// What the coordinator says.
    pub async fn ensure(self, name: String) -> Result<(), AppError> {
        if self.bridge.workspace.get_untracked().is_some() {
            return Ok(());
        }
        let request = Request::CreateWorkspace {
            workspace: new_workspace_id(),
            name,
            source: WorkspaceSource::Empty,
        };
        let opened = self.bridge.enter(request, Vec::new()).await?;
        self.entered(&opened);
        Ok(())
    }

    /// Plans again; the header shows it and can cancel it.
    pub fn plan(self) {
        self.bridge.reload(ViewKind::Data);
    }

    /// Deletes a workspace with everything stored for it.
    pub async fn delete(self, workspace: WorkspaceId) {
        if let Err(error) = self.bridge.delete(workspace).await {
            self.failed(error);
        }
    }

    /// Tells frame and coordinator what the browser grants and holds.
    pub fn measure(self) {
        spawn_local(async move {
            self.frame.storage.set(browser_storage::estimate().await);
            let persistence = browser_storage::persistence().await;
            self.tell(persistence).await;
        });
    }

    /// After an import: the first one in this browser asks it to keep the data.
    pub fn keep_data(self) {
        if recall(ASKED_TO_KEEP).is_some() {
            return self.measure();
        }
        remember(ASKED_TO_KEEP, "1");
        spawn_local(async move {
            self.frame.storage.set(browser_storage::estimate().await);
            self.persist().await;
        });
    }

    /// Asks the browser never to evict the data.
    pub async fn persist(self) {
        let persistence = browser_storage::persist().await;
        self.tell(persistence).await;
    }

    async fn tell(self, persistence: Persistence) {
        let told = self.bridge.ask(Request::PersistenceKnown { persistence });
        match told.await {
            Ok(_) => self.bridge.touch(&[ViewKind::Storage]),
            Err(error) => leptos::logging::warn!("{error}"),
        }
    }

    /// Says what failed.
    pub fn failed(self, error: AppError) {
        self.notices.show(notice_of(error));
    }
}

fn notice_of(error: AppError) -> Notice {
    let is_note = error.code.severity() == Severity::Note;
    let text = Signal::derive(move || failure_text(&error));
    if is_note {
        Notice::warn(text)
    } else {
        Notice::bad(text)
    }
}
