//! Who writes, when several tabs show one workspace.

use super::lock::{Asking, Lock};
use super::{Answer, Desk, Item, TabSays};
use gloo_timers::future::TimeoutFuture;
use protocol::event::ViewKind;
use protocol::{AppError, Event, Health, WorkspaceId};
use wasm_bindgen_futures::spawn_local;

/// How long opening waits for the lock, milliseconds.
const LOCK_MS: u32 = 250;

/// How long a writer may take to yield before its lock is stolen, milliseconds.
const YIELD_MS: u32 = 1_000;

impl Desk {
    /// Right after opening: the first answer about the lock decides the mode the page is told. A
    /// tab that reloads, or a worker that replaces a crashed one, gets the lock back a moment later.
    pub(super) async fn await_lock(&mut self) {
        let Some(open) = self.open.as_ref().filter(|open| open.lock.is_some()) else {
            return;
        };
        let workspace = open.session.id();
        let inbox = self.inbox.clone();
        spawn_local(async move {
            TimeoutFuture::new(LOCK_MS).await;
            inbox.push(Item::LockOverdue { workspace });
        });
        let mut others = Vec::new();
        loop {
            match self.inbox.next().await {
                Item::Lock {
                    workspace: about,
                    has_lock,
                } if about == workspace => {
                    self.lock_changed(workspace, has_lock).await;
                    break;
                }
                Item::LockOverdue { workspace: about } if about == workspace => break,
                item => others.push(item),
            }
        }
        for item in others {
            self.inbox.push(item);
        }
    }

    pub(super) async fn lock_changed(&mut self, workspace: WorkspaceId, has_lock: bool) {
        let inbox = self.inbox.clone();
        let Some(open) = self
            .open
            .as_mut()
            .filter(|open| open.session.id() == workspace)
        else {
            return;
        };
        open.is_taking_over = false;
        let before = open.mode();
        if !has_lock {
            open.session.yield_to_other();
            open.lock = Lock::ask(workspace, Asking::Waiting, &inbox);
        } else if *open.session.health() == Health::Good {
            let known = open.session.saved_seq();
            if let Err(error) = open.session.claim().await {
                self.tell(&Event::Trouble(error));
                return;
            }
            let has_grown = open.session.saved_seq() > known;
            let saved = open.saved_event();
            if let Some(event) = saved {
                self.tell(&event);
            }
            if has_grown {
                self.caught_up().await;
            }
        }
        if let Some(mode) = self
            .open
            .as_ref()
            .map(super::Open::mode)
            .filter(|mode| *mode != before)
        {
            self.tell(&Event::ModeChanged { mode });
        }
    }

    pub(super) async fn tab_said(&mut self, workspace: WorkspaceId, said: TabSays) {
        let inbox = self.inbox.clone();
        let Some(open) = self
            .open
            .as_mut()
            .filter(|open| open.session.id() == workspace)
        else {
            return;
        };
        let is_writer = open.session.access() == crate::session::Access::Writer;
        match said {
            TabSays::Saved if !is_writer => match open.session.catch_up().await {
                Ok(true) => self.caught_up().await,
                Ok(false) => {}
                Err(error) => self.tell(&Event::Trouble(error)),
            },
            TabSays::WantsToWrite if is_writer => {
                open.session.yield_to_other();
                if let Some(tabs) = &open.tabs {
                    tabs.say(TabSays::Yielded);
                }
                // Back into the queue: who wants to write may be gone before it has the lock.
                open.lock = Lock::ask(workspace, Asking::Waiting, &inbox);
                let mode = open.mode();
                self.tell(&Event::ModeChanged { mode });
            }
            TabSays::Yielded if open.is_taking_over => self.steal_lock(workspace),
            TabSays::Saved | TabSays::WantsToWrite | TabSays::Yielded => {}
        }
    }

    /// After reading what another tab wrote.
    async fn caught_up(&mut self) {
        let Some(open) = self.open.as_mut() else {
            return;
        };
        match open.load_data().await {
            Ok(damage) => damage
                .into_iter()
                .for_each(|error| self.tell(&Event::Trouble(error))),
            Err(error) => self.tell(&Event::Trouble(error)),
        }
        let rev = self.open.as_ref().map_or(0, super::Open::rev);
        let views = vec![
            ViewKind::Data,
            ViewKind::Plan,
            ViewKind::Proposals,
            ViewKind::Settings,
            ViewKind::Storage,
            ViewKind::Adjustments,
        ];
        self.tell(&Event::Dirty { rev, views });
    }

    pub(super) fn take_over(&mut self) -> Result<Answer, AppError> {
        let inbox = self.inbox.clone();
        let open = self.opened()?;
        let workspace = open.session.id();
        if open.session.access() == crate::session::Access::Reader {
            open.is_taking_over = true;
            if let Some(tabs) = &open.tabs {
                tabs.say(TabSays::WantsToWrite);
            }
            spawn_local(async move {
                TimeoutFuture::new(YIELD_MS).await;
                inbox.push(Item::YieldOverdue { workspace });
            });
        }
        self.tell_opened()
    }

    /// The writer yielded, or hangs: its lock is ours, and its epoch ends with our claim.
    pub(super) fn steal_lock(&mut self, workspace: WorkspaceId) {
        let inbox = self.inbox.clone();
        let wanting = self
            .open
            .as_mut()
            .filter(|open| open.session.id() == workspace && open.is_taking_over);
        if let Some(open) = wanting {
            open.is_taking_over = false;
            open.lock = Lock::ask(workspace, Asking::Stealing, &inbox);
        }
    }

    pub(super) async fn accept_loss(&mut self) -> Result<Answer, AppError> {
        let open = self.opened()?;
        open.session.accept_loss();
        if open.lock.is_some() || open.memory.is_some() {
            open.session.claim().await?;
        }
        self.tell_opened()
    }
}
