//! The open workspace: session, lock, data, last plan.

use super::demo::is_demo;
use super::lock::{Lock, Tabs};
use crate::scope::now_ms;
use crate::session::{Access, Session};
use crate::store::any::AnyStore;
use crate::store::idb::CatalogRow;
use crate::workspace::keywords;
use engine::dataset::{Dataset, unpack_table};
use engine::import::{add_import, complete_company, put_decisions};
use engine::plan::{Attribution, Cache, Plan, Replays, Versions};
use protocol::response::OpenedWorkspace;
use protocol::storage::{MemoryReason, Mode, Persistence, StorageStatus};
use protocol::{AppError, Event};
use std::rc::Rc;

/// An open workspace.
pub(super) struct Open {
    pub session: Session<AnyStore>,
    pub row: CatalogRow,
    pub memory: Option<MemoryReason>,
    pub lock: Option<Lock>,
    /// Kept while another tab is being asked to yield.
    pub is_taking_over: bool,
    pub tabs: Option<Tabs>,
    pub data: Option<Rc<Dataset>>,
    pub plan: Option<Rc<Plan>>,
    pub cache: Cache,
    /// Forecasts made again for the ladder.
    pub replays: Option<Box<Replays>>,
    /// Why forecasts missed.
    pub attribution: Option<Box<Attribution>>,
    /// Earlier versions of the plan.
    pub versions: Option<Box<Versions>>,
}

impl Open {
    /// Revision the views answer with.
    pub(super) fn rev(&self) -> u64 {
        self.session.saved_seq()
    }

    pub(super) fn mode(&self) -> Mode {
        match (self.memory, self.session.access()) {
            (Some(reason), _) => Mode::Memory(reason),
            (None, Access::Writer) => Mode::Writer,
            (None, Access::Reader) => Mode::Follower,
        }
    }

    pub(super) fn storage(&self, persistence: Persistence) -> StorageStatus {
        StorageStatus {
            mode: self.mode(),
            saved_seq: self.session.saved_seq(),
            applied_seq: self.session.saved_seq(),
            health: self.session.health().clone(),
            persistence,
            backup_ms: self.row.backup_ms,
            backup_seq: self.row.backup_seq,
            has_own_data: self
                .session
                .state()
                .applied()
                .any(|known| !is_demo(&known.info)),
        }
    }

    pub(super) fn summary(&self, persistence: Persistence) -> OpenedWorkspace {
        let state = self.session.state();
        OpenedWorkspace {
            workspace: self.session.id(),
            name: state.name.clone(),
            storage: self.storage(persistence),
            state_hash: state.hash(),
            settings: state.settings.clone().into_iter().collect(),
            has_data: state.applied().next().is_some(),
        }
    }

    /// The event for the page to write the witness; nothing to witness in memory.
    pub(super) fn saved_event(&self) -> Option<Event> {
        let is_stored = self.memory.is_none() && self.session.access() == Access::Writer;
        is_stored.then(|| Event::saved(self.session.id(), &self.session.witness(now_ms())))
    }

    /// Reads the imported tables; damaged ones are left out and returned.
    pub(super) async fn load_data(&mut self) -> Result<Vec<AppError>, AppError> {
        let (tables, mut damage) = self.session.load_tables().await?;
        self.plan = None;
        self.data = None;
        if tables.is_empty() {
            return Ok(damage);
        }
        // The same way as `ballast import`, so that equal files give equal hashes.
        let mut dataset = Dataset::default();
        for batch in tables.chunk_by(|a, b| a.batch == b.batch) {
            let mut unpacked = Vec::with_capacity(batch.len());
            for loaded in batch {
                match unpack_table(&loaded.bytes) {
                    Ok(table) => unpacked.push(table),
                    Err(error) => {
                        let refused = AppError::new(protocol::Code::EngineRefused);
                        damage.push(refused.with("dataset", &loaded.table).with("detail", error));
                    }
                }
            }
            add_import(&mut dataset, unpacked);
        }
        keywords::put(&mut dataset, &self.session.state().settings);
        complete_company(&mut dataset, None);
        put_decisions(&mut dataset, &self.session.state().hand.decisions());
        self.data = Some(Rc::new(dataset));
        Ok(damage)
    }
}
