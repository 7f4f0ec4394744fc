//! Listing, making, opening and deleting workspaces.

use super::lock::{Asking, Lock, Tabs};
use super::open::Open;
use super::{Answer, Desk};
use crate::scope::now_ms;
use crate::session::Session;
use crate::store::any::AnyStore;
use crate::store::backup::Backup;
use crate::store::failure::Failure;
use crate::store::idb::{Catalog, CatalogRow, IdbStore};
use crate::store::memory::MemoryStore;
use crate::store::{Store, StoreError, witness};
use engine::order::collect_map;
use engine::plan::Cache;
use protocol::request::{Gesture, WorkspaceSource};
use protocol::response::WorkspaceSummary;
use protocol::storage::{MemoryReason, Witness};
use protocol::{
    AppError, Code, Command, Event, Health, OpId, Response, WitnessVerdict, WorkspaceId,
};

impl Desk {
    pub(super) async fn open_catalog(&mut self) {
        self.catalog = match Catalog::open().await {
            Ok(catalog) => Ok(catalog),
            Err(StoreError::Failed { failure, .. }) => {
                Err(failure.memory_reason().unwrap_or(MemoryReason::Broken))
            }
            Err(_) => Err(MemoryReason::Broken),
        };
    }

    pub(super) fn hello(&mut self, witnesses: Vec<(WorkspaceId, String)>) -> Answer {
        self.witnesses.replace(collect_map(witnesses));
        let workers = u32::try_from(self.pool.workers()).unwrap_or(u32::MAX);
        Response::Ready {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            workers,
        }
        .into()
    }

    fn witness(&self, workspace: WorkspaceId) -> Option<Witness> {
        let witnesses = self.witnesses.borrow();
        Witness::parse(witnesses.get(&workspace)?)
    }

    async fn catalog_rows(&self) -> Vec<CatalogRow> {
        match &self.catalog {
            Ok(catalog) => catalog.rows().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }

    pub(super) async fn list_workspaces(&mut self) -> Result<Answer, AppError> {
        let rows = self.catalog_rows().await;
        let known: Vec<WorkspaceId> = rows.iter().map(|row| row.workspace).collect();
        let witnessed: Vec<WorkspaceId> = self.witnesses.borrow().keys().copied().collect();
        let only_witnessed = witnessed
            .into_iter()
            .filter(|workspace| !known.contains(workspace));
        let unnamed = only_witnessed.map(|workspace| (workspace, String::new()));
        let named = rows.into_iter().map(|row| (row.workspace, row.name));
        let mut summaries = Vec::new();
        for (workspace, name) in named.chain(unnamed).collect::<Vec<_>>() {
            let remembered = self.witness(workspace);
            let verdict = self.verdict(workspace, remembered.as_ref()).await;
            if verdict != WitnessVerdict::Fresh {
                let saved_ms = remembered.map(|witness| witness.saved_ms);
                summaries.push(WorkspaceSummary {
                    workspace,
                    name,
                    verdict,
                    saved_ms,
                });
            }
        }
        for workspace in self.in_memory.keys() {
            let verdict = WitnessVerdict::Agrees;
            summaries.push(WorkspaceSummary {
                workspace: *workspace,
                name: String::new(),
                verdict,
                saved_ms: None,
            });
        }
        Ok(Response::Workspaces(summaries).into())
    }

    async fn verdict(
        &self,
        workspace: WorkspaceId,
        remembered: Option<&Witness>,
    ) -> WitnessVerdict {
        if self.catalog.is_err() {
            // Nothing can be said about a storage that does not open.
            return WitnessVerdict::Agrees;
        }
        let head = match IdbStore::open(workspace).await {
            Ok(store) => {
                let head = store.head().await;
                store.close();
                head
            }
            Err(error) => Err(error),
        };
        head.map_or(WitnessVerdict::Agrees, |head| {
            witness::judge(head.as_ref(), remembered)
        })
    }

    /// The medium of a workspace: the browser's if it gives any, memory otherwise.
    async fn medium(
        &mut self,
        workspace: WorkspaceId,
    ) -> Result<(AnyStore, Option<MemoryReason>), AppError> {
        if let Some(store) = self.in_memory.get(&workspace) {
            let reason = self
                .catalog
                .as_ref()
                .err()
                .copied()
                .unwrap_or(MemoryReason::Broken);
            return Ok((AnyStore::Memory(store.clone()), Some(reason)));
        }
        let reason = match &self.catalog {
            Err(reason) => *reason,
            Ok(_) => match IdbStore::open(workspace).await {
                Ok(store) => return Ok((AnyStore::Idb(store), None)),
                Err(StoreError::Failed {
                    failure: Failure::Newer,
                    ..
                }) => return Err(Code::StorageNewer.into()),
                Err(StoreError::Failed { failure, .. }) => {
                    failure.memory_reason().unwrap_or(MemoryReason::Broken)
                }
                Err(error) => return Err(error.into()),
            },
        };
        let store = MemoryStore::new();
        self.in_memory.insert(workspace, store.clone());
        Ok((AnyStore::Memory(store), Some(reason)))
    }

    pub(super) async fn create_workspace(
        &mut self,
        workspace: WorkspaceId,
        name: String,
        source: WorkspaceSource,
    ) -> Result<Answer, AppError> {
        self.leave();
        let (store, memory) = self.medium(workspace).await?;
        if store.head().await?.is_some() {
            self.enter(store, workspace, memory).await?;
            return self.tell_opened();
        }
        let mut session = Session::create(store, workspace).await?;
        let mut commands = vec![Command::WorkspaceRename { name }];
        if let WorkspaceSource::Demo { company, .. } = &source {
            let batch = self.stage_demo(&mut session, company).await?;
            commands.push(Command::ImportApply { batch });
        }
        // The workspace's own id as operation id: making it twice is making it once.
        session
            .apply(
                OpId(workspace.0),
                Gesture {
                    label: "workspace_created".to_owned(),
                    commands,
                },
            )
            .await?;
        session.checkpoint(now_ms()).await?;
        self.adopt(session, memory).await?;
        self.tell_opened()
    }

    pub(super) async fn open_workspace(
        &mut self,
        workspace: WorkspaceId,
    ) -> Result<Answer, AppError> {
        if let Some(open) = self.opened_as(workspace)
            && open.session.catch_up().await.is_ok()
        {
            return self.tell_opened();
        }
        self.leave();
        if self.catalog.is_err() && !self.in_memory.contains_key(&workspace) {
            return Err(Code::StorageUnavailable.into());
        }
        let (store, memory) = self.medium(workspace).await?;
        self.enter(store, workspace, memory).await?;
        self.tell_opened()
    }

    fn opened_as(&mut self, workspace: WorkspaceId) -> Option<&mut Open> {
        self.open
            .as_mut()
            .filter(|open| open.session.id() == workspace)
    }

    /// Opens what a medium holds, without writing to it yet.
    async fn enter(
        &mut self,
        store: AnyStore,
        workspace: WorkspaceId,
        memory: Option<MemoryReason>,
    ) -> Result<(), AppError> {
        let remembered = if memory.is_some() {
            None
        } else {
            self.witness(workspace)
        };
        let session = Session::open(store, workspace, remembered).await?;
        self.adopt(session, memory).await
    }

    /// Makes a session the open workspace: lock, channel, data.
    async fn adopt(
        &mut self,
        mut session: Session<AnyStore>,
        memory: Option<MemoryReason>,
    ) -> Result<(), AppError> {
        let workspace = session.id();
        let stored = self
            .catalog_rows()
            .await
            .into_iter()
            .find(|row| row.workspace == workspace);
        let row = stored.unwrap_or_else(|| CatalogRow {
            workspace,
            name: session.state().name.clone(),
            created_ms: now_ms(),
            backup_ms: None,
            backup_seq: None,
        });
        let mut lock = None;
        let mut tabs = None;
        if memory.is_some() {
            session.claim().await?;
        } else {
            tabs = Tabs::join(workspace, &self.inbox);
            lock = Lock::ask(workspace, Asking::Waiting, &self.inbox);
            if lock.is_none() && *session.health() == Health::Good {
                // Without locks the last tab to open writes; the epoch keeps the others out.
                session.claim().await?;
            } else {
                session.yield_to_other();
            }
        }
        let open = Open {
            session,
            row,
            memory,
            lock,
            is_taking_over: false,
            tabs,
            data: None,
            plan: None,
            cache: Cache::default(),
            replays: None,
            attribution: None,
            versions: None,
        };
        self.open = Some(open);
        self.await_lock().await;
        self.remember_row().await?;
        let damage = self.opened()?.load_data().await?;
        for error in damage {
            self.tell(&Event::Trouble(error));
        }
        Ok(())
    }

    /// Writes what the list shows of the open workspace.
    pub(super) async fn remember_row(&mut self) -> Result<(), AppError> {
        let Ok(catalog) = &self.catalog else {
            return Ok(());
        };
        let Some(open) = self.open.as_mut().filter(|open| open.memory.is_none()) else {
            return Ok(());
        };
        open.row.name.clone_from(&open.session.state().name);
        Ok(catalog.put(&open.row).await?)
    }

    pub(super) fn tell_opened(&mut self) -> Result<Answer, AppError> {
        let persistence = self.persistence;
        let open = self.opened()?;
        let summary = open.summary(persistence);
        let saved = open.saved_event();
        if let Some(event) = saved {
            self.tell(&event);
        }
        Ok(Response::Opened(summary).into())
    }

    /// Closes the open workspace.
    pub(super) fn leave(&mut self) {
        // What was asked in this workspace must not be done in the next one.
        for request in self.lazy.forget_all() {
            self.reply(request, Err(Code::Cancelled.into()));
        }
        if let Some(running) = self.running.take() {
            running.is_cancelled.set(true);
            self.pool.poke();
            self.reply(running.request, Err(Code::Cancelled.into()));
        }
        if let Some(open) = self.open.take() {
            open.session.store().close();
        }
    }

    pub(super) async fn delete_workspace(
        &mut self,
        workspace: WorkspaceId,
    ) -> Result<Answer, AppError> {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.session.id() == workspace)
        {
            self.leave();
        }
        self.in_memory.remove(&workspace);
        self.witnesses.borrow_mut().remove(&workspace);
        if let Ok(catalog) = &self.catalog {
            IdbStore::delete(workspace).await?;
            catalog.remove(workspace).await?;
        }
        Ok(Response::Done.into())
    }

    pub(super) async fn backup_export(&mut self) -> Result<Answer, AppError> {
        let now = now_ms();
        let open = self.opened()?;
        let backup = open.session.export(now).await?;
        let (seq, state_hash) = (backup.manifest.seq, backup.manifest.state_hash);
        let file = backup.to_bytes()?;
        // Read back before anyone relies on it.
        Backup::from_bytes(&file)?;
        open.row.backup_ms = Some(now);
        open.row.backup_seq = Some(seq);
        let name = open.session.state().name.clone();
        self.remember_row().await?;
        let response = Response::Backup {
            file: format!("{name}.ballast"),
            seq,
            state_hash,
        };
        Ok(Answer {
            response,
            bufs: vec![file],
        })
    }

    pub(super) async fn backup_import(
        &mut self,
        otherwise: WorkspaceId,
        bufs: &[Vec<u8>],
    ) -> Result<Answer, AppError> {
        let file = bufs.first().map(Vec::as_slice).unwrap_or_default();
        let backup = Backup::from_bytes(file)?;
        self.leave();
        let own = backup.manifest.workspace;
        let (mut store, mut memory) = self.medium(own).await?;
        let mut workspace = own;
        if store.head().await?.is_some() {
            store.close();
            workspace = otherwise;
            (store, memory) = self.medium(workspace).await?;
        }
        let session = Session::restore(store, workspace, &backup).await?;
        self.witnesses.borrow_mut().remove(&workspace);
        self.adopt(session, memory).await?;
        self.tell_opened()
    }
}
