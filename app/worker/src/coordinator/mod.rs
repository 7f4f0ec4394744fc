//! The coordinator: answers the page, owns journal, data and plan.
//!
//! One task takes items from one inbox in order, so no request ever sees a half-done one. Only
//! plan runs go on beside it; they own their copy of the inputs and report back as an item.

mod answers;
mod demo;
mod edits;
mod hand;
mod ladder;
mod lazy;
mod lock;
mod open;
mod planning;
mod rare;
mod tabs;
mod workspaces;

use crate::inbox::Inbox;
use crate::pool::Pool;
use crate::scope::{post_to_page, worker_scope};
use crate::store::idb::Catalog;
use crate::store::memory::MemoryStore;
use lazy::Lazy;
use open::Open;
use planning::{PlanEnd, Running};
use protocol::storage::{MemoryReason, Persistence};
use protocol::{AppError, Code, Envelope, Event, Kind, Reply, Request, Response, WorkspaceId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use lazy::{Arriving, Fetch};
pub use rare::Rare;

/// What the coordinator reacts to.
enum Item {
    /// A message of the page.
    Message(Envelope),
    /// The lock of a workspace was granted, refused or taken away.
    Lock {
        workspace: WorkspaceId,
        has_lock: bool,
    },
    /// The lock of a workspace is not free: some other tab writes.
    LockOverdue { workspace: WorkspaceId },
    /// Another tab of the same workspace.
    Tab {
        workspace: WorkspaceId,
        said: TabSays,
    },
    /// The writer had its time to yield.
    YieldOverdue { workspace: WorkspaceId },
    /// A plan run ended.
    Planned(Box<PlanEnd>),
    /// The code of rare requests was fetched, or could not be.
    Fetched(Option<Rare>),
    /// A request has waited for that code as long as anyone should.
    FetchOverdue { request: u32 },
}

/// What tabs tell each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TabSays {
    /// The journal grew.
    Saved,
    /// I want to write.
    WantsToWrite,
    /// I stopped writing.
    Yielded,
}

impl TabSays {
    const ALL: [Self; 3] = [Self::Saved, Self::WantsToWrite, Self::Yielded];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::WantsToWrite => "wants-to-write",
            Self::Yielded => "yielded",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.as_str() == text)
    }
}

/// An answer with its buffers.
struct Answer {
    response: Response,
    bufs: Vec<Vec<u8>>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            response,
            bufs: Vec::new(),
        }
    }
}

/// Everything the coordinator knows.
struct Desk {
    inbox: Inbox<Item>,
    pool: Rc<Pool>,
    witnesses: RefCell<BTreeMap<WorkspaceId, String>>,
    catalog: Result<Catalog, MemoryReason>,
    /// Workspaces of this visit that no storage takes.
    in_memory: BTreeMap<WorkspaceId, MemoryStore>,
    persistence: Persistence,
    open: Option<Open>,
    running: Option<Running>,
    lazy: Lazy,
}

/// Answers the page for the rest of the worker's life.
pub async fn serve(pool: Pool, fetch: Fetch) {
    let inbox = Inbox::default();
    let messages = inbox.clone();
    let handle = move |envelope: Envelope, _ports: Vec<web_sys::MessagePort>| {
        messages.push(Item::Message(envelope))
    };
    crate::scope::listen(|function| worker_scope().set_onmessage(function), handle);
    let mut desk = Desk {
        inbox: inbox.clone(),
        pool: Rc::new(pool),
        witnesses: RefCell::default(),
        catalog: Err(MemoryReason::Missing),
        in_memory: BTreeMap::new(),
        persistence: Persistence::Unknown,
        open: None,
        running: None,
        lazy: Lazy::new(fetch),
    };
    desk.open_catalog().await;
    loop {
        let item = inbox.next().await;
        desk.react(item).await;
    }
}

impl Desk {
    async fn react(&mut self, item: Item) {
        match item {
            Item::Message(envelope) => self.message(envelope).await,
            Item::Lock {
                workspace,
                has_lock,
            } => self.lock_changed(workspace, has_lock).await,
            Item::LockOverdue { .. } => {}
            Item::Tab { workspace, said } => self.tab_said(workspace, said).await,
            Item::YieldOverdue { workspace } => self.steal_lock(workspace),
            Item::Planned(end) => self.planned(*end),
            Item::Fetched(rare) => self.fetched(rare).await,
            Item::FetchOverdue { request } => self.fetch_overdue(request),
        }
    }

    async fn message(&mut self, envelope: Envelope) {
        let id = envelope.id;
        let result = match envelope.open::<Request>(Kind::Request) {
            Ok(Request::RunPlan) if self.plan_waits() => {
                return self.ask_rare(id, Request::RunPlan, Vec::new()).await;
            }
            Ok(Request::RunPlan) => match self.start_plan(id) {
                // Answered when the run ends.
                Ok(()) => return,
                Err(error) => Err(error),
            },
            Ok(request) if lazy::is_rare(&request) => {
                return self.ask_rare(id, request, envelope.bufs).await;
            }
            Ok(request) => self.answer(request).await,
            Err(error) => Err(AppError::new(Code::BadMessage).with("detail", error)),
        };
        self.reply(id, result);
    }

    fn reply(&self, id: u32, result: Result<Answer, AppError>) {
        let rev = self.open.as_ref().map_or(0, Open::rev);
        let (result, bufs) = match result {
            Ok(answer) => (Ok(answer.response), answer.bufs),
            Err(error) => (Err(error), Vec::new()),
        };
        post_to_page(&Envelope::reply(id, &Reply { rev, result }, bufs));
    }

    /// Answers what is not rare.
    async fn answer(&mut self, request: Request) -> Result<Answer, AppError> {
        match request {
            Request::Ping => Ok(Response::Pong.into()),
            Request::Hello { witnesses } => Ok(self.hello(witnesses)),
            Request::ListWorkspaces => self.list_workspaces().await,
            Request::OpenWorkspace { workspace } => self.open_workspace(workspace).await,
            Request::AcceptLoss => self.accept_loss().await,
            Request::TakeOver => self.take_over(),
            Request::Apply { op, gesture } => self.apply(op, gesture).await,
            Request::Undo { op } => self.undo(op).await,
            Request::Redo { op } => self.redo(op).await,
            Request::History { len } => self.history(len),
            Request::Cancel { request } => Ok(self.cancel(request)),
            Request::View { view } => self.view(&view),
            Request::Panic => panic!("asked for by the page"),
            Request::PersistenceKnown { persistence } => {
                self.persistence = persistence;
                Ok(Response::Done.into())
            }
            Request::RunPlan
            | Request::CreateWorkspace { .. }
            | Request::DeleteWorkspace { .. }
            | Request::ImportStage { .. }
            | Request::BackupExport
            | Request::BackupImport { .. } => Err(Code::BadMessage.into()),
        }
    }

    fn cancel(&mut self, request: u32) -> Answer {
        let is_wanted =
            |item: &Item| matches!(item, Item::Message(envelope) if envelope.id == request);
        if let Some(Item::Message(envelope)) = self.inbox.take_first(is_wanted) {
            self.reply(envelope.id, Err(Code::Cancelled.into()));
        } else if self.lazy.forget(request) {
            self.reply(request, Err(Code::Cancelled.into()));
        } else if let Some(running) = self
            .running
            .as_ref()
            .filter(|running| running.request == request)
        {
            running.is_cancelled.set(true);
            self.pool.poke();
        }
        Response::Done.into()
    }

    fn tell(&self, event: &Event) {
        if let Event::Saved { workspace, witness } = event {
            self.witnesses
                .borrow_mut()
                .insert(*workspace, witness.clone());
        }
        post_to_page(&Envelope::event(0, event));
    }

    fn opened(&mut self) -> Result<&mut Open, AppError> {
        self.open.as_mut().ok_or_else(|| Code::NoWorkspace.into())
    }
}
