//! How the code of rare requests arrives: once, when the first of them is asked.
//!
//! It is fetched beside the inbox. Meanwhile these requests wait and everything else is answered, a cancel above all.

use super::{Desk, Item, Rare};
use gloo_timers::future::TimeoutFuture;
use protocol::{AppError, Code, Request, View};
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// The code of rare requests on its way; `None` when it cannot be fetched.
pub type Arriving = Pin<Box<dyn Future<Output = Option<Rare>>>>;

/// Fetches the code of rare requests. After a failure it may be called again.
pub type Fetch = fn() -> Arriving;

/// Longest wait for the code, milliseconds: a slow line has brought it by then, a dead one is told.
const WAIT_MS: u32 = 30_000;

/// Whether the code of a request arrives on first use.
pub(super) const fn is_rare(request: &Request) -> bool {
    match request {
        Request::View { view } => is_rare_view(view),
        Request::CreateWorkspace { .. }
        | Request::DeleteWorkspace { .. }
        | Request::ImportStage { .. }
        | Request::BackupExport
        | Request::BackupImport { .. } => true,
        Request::Ping
        | Request::Hello { .. }
        | Request::ListWorkspaces
        | Request::OpenWorkspace { .. }
        | Request::AcceptLoss
        | Request::TakeOver
        | Request::Apply { .. }
        | Request::Undo { .. }
        | Request::Redo { .. }
        | Request::History { .. }
        | Request::RunPlan
        | Request::Cancel { .. }
        | Request::Panic
        | Request::PersistenceKnown { .. } => false,
    }
}

/// Whether only screens that themselves arrive on first use ask for a view.
const fn is_rare_view(view: &View) -> bool {
    match view {
        View::Kpis
        | View::StockStatus
        | View::ImportHistory
        | View::Storage
        | View::DataSummary
        | View::Settings => false,
        View::DemandTree { .. }
        | View::Series { .. }
        | View::Rows(_)
        | View::SkuCard { .. }
        | View::Search { .. }
        | View::EventFactors { .. }
        | View::Accuracy { .. }
        | View::Adjustments { .. }
        | View::Outliers { .. }
        | View::Signals
        | View::Keywords { .. }
        | View::Campaign { .. }
        | View::Classes { .. }
        | View::Orders { .. }
        | View::Parts { .. }
        | View::Models { .. }
        | View::Ladder { .. }
        | View::Versions { .. }
        | View::NewItems { .. }
        | View::Stockouts { .. }
        | View::Attribution { .. }
        | View::Prices { .. }
        | View::Checks
        | View::Gate => true,
    }
}

/// A request that waits for its code.
struct Waiting {
    id: u32,
    request: Request,
    bufs: Vec<Vec<u8>>,
}

/// The code of rare requests, or who waits for it.
pub(super) struct Lazy {
    fetch: Fetch,
    rare: Option<Rare>,
    is_coming: bool,
    waiting: Vec<Waiting>,
}

impl Lazy {
    pub(super) const fn new(fetch: Fetch) -> Self {
        Self {
            fetch,
            rare: None,
            is_coming: false,
            waiting: Vec::new(),
        }
    }

    /// The code of rare requests, when it is here.
    pub(super) const fn rare(&self) -> Option<Rare> {
        self.rare
    }

    /// Takes a request out of those that wait; whether it was among them.
    pub(super) fn forget(&mut self, request: u32) -> bool {
        let count = self.waiting.len();
        self.waiting.retain(|waiting| waiting.id != request);
        self.waiting.len() < count
    }

    /// Takes out all that wait.
    pub(super) fn forget_all(&mut self) -> Vec<u32> {
        let waiting = self.waiting.drain(..);
        waiting.map(|waiting| waiting.id).collect()
    }
}

impl Desk {
    /// Answers a rare request, now or when its code is here.
    pub(super) async fn ask_rare(&mut self, id: u32, request: Request, bufs: Vec<Vec<u8>>) {
        if let Some(rare) = self.lazy.rare {
            let result = rare.answer(self, request, bufs).await;
            return self.reply(id, result);
        }
        self.lazy.waiting.push(Waiting { id, request, bufs });
        let inbox = self.inbox.clone();
        spawn_local(async move {
            TimeoutFuture::new(WAIT_MS).await;
            inbox.push(Item::FetchOverdue { request: id });
        });
        if !self.lazy.is_coming {
            self.lazy.is_coming = true;
            let (inbox, arriving) = (self.inbox.clone(), (self.lazy.fetch)());
            spawn_local(async move { inbox.push(Item::Fetched(arriving.await)) });
        }
    }

    /// Answers those who waited.
    pub(super) async fn fetched(&mut self, rare: Option<Rare>) {
        self.lazy.is_coming = false;
        self.lazy.rare = rare;
        let Some(rare) = rare else {
            for request in self.lazy.forget_all() {
                self.reply(request, Err(away()));
            }
            return;
        };
        // One by one: the answer to one may end the wait of the others.
        while !self.lazy.waiting.is_empty() {
            let Waiting { id, request, bufs } = self.lazy.waiting.remove(0);
            if matches!(request, Request::RunPlan) {
                // Answered when the run ends.
                if let Err(error) = self.start_plan(id) {
                    self.reply(id, Err(error));
                }
                continue;
            }
            let result = rare.answer(self, request, bufs).await;
            self.reply(id, result);
        }
    }

    /// Tells who still waits that it takes too long. The code may come yet, for the next time it is asked.
    pub(super) fn fetch_overdue(&mut self, request: u32) {
        if self.lazy.forget(request) {
            self.reply(request, Err(away()));
        }
    }
}

fn away() -> AppError {
    Code::EngineAway.into()
}
