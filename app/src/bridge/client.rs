//! The conversation with the coordinator, across crashes and restarts.

use super::pending::Pending;
use super::reply::{Promise, Reply, reply};
use super::witness;
use super::workers::{Heard, Workers};
use gloo_timers::callback::Timeout;
use protocol::envelope::{Envelope, Kind};
use protocol::js::from_js;
use protocol::{AppError, Code, Event, Request, Response, WorkspaceId};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// A cancelled request answers after this time at the latest, milliseconds.
const CANCEL_MS: u32 = 100;

/// A worker that does not even hear a cancel after this time is ended, milliseconds.
const DEAF_MS: u32 = 2_000;

/// Restarts without any answer in between before the workers are given up.
const RESTARTS_MAX: u32 = 3;

/// An answer of the coordinator.
pub struct Answer {
    /// Revision of the workspace it was made from.
    pub rev: u64,
    /// The answer.
    pub response: Response,
    /// Bulk columns.
    pub bufs: Vec<Vec<u8>>,
}

/// How views are answered while a story looks at the states of a screen.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Views {
    /// By the coordinator.
    #[default]
    True,
    /// Not at all.
    Held,
    /// With an error.
    Failing,
}

/// What the client tells the rest of the page.
pub(super) type Listener = Rc<dyn Fn(u32, Event)>;

#[derive(Default)]
struct State {
    workers: Option<Workers>,
    /// Envelopes that wait for the workers to start.
    unsent: Vec<Envelope>,
    pending: Pending<Promise<Answer>>,
    next_id: u32,
    /// Counts starts: what an ended worker still says is not heard.
    generation: u32,
    restarts: u32,
    is_starting: bool,
    workspace: Option<WorkspaceId>,
    listener: Option<Listener>,
    views: Views,
}

/// Handle of the conversation.
#[derive(Clone, Default)]
pub struct Client {
    state: Rc<RefCell<State>>,
}

impl Client {
    /// Starts the workers as soon as the engine has arrived.
    pub fn new() -> Self {
        let client = Self::default();
        client.start();
        client
    }

    pub(super) fn listen(&self, listener: Listener) {
        self.state.borrow_mut().listener = Some(listener);
    }

    /// The workspace to open again after a restart.
    pub(super) fn remember(&self, workspace: Option<WorkspaceId>) {
        self.state.borrow_mut().workspace = workspace;
    }

    /// Sends a request.
    pub fn send(&self, request: Request, bufs: Vec<Vec<u8>>) -> Reply<Answer> {
        let mut state = self.state.borrow_mut();
        let id = state.next_id();
        let (promise, reply) = reply(id);
        let envelope = Envelope::request(id, &request, bufs);
        let is_view = matches!(request, Request::View { .. } | Request::ListWorkspaces);
        let views = if is_view { state.views } else { Views::True };
        if views == Views::Failing {
            promise.keep(Err(Code::EngineRefused.into()));
            return reply;
        }
        state
            .pending
            .add(id, request, !envelope.bufs.is_empty(), promise);
        if views == Views::True {
            state.post(envelope);
        }
        reply
    }

    /// Answers views in another way from now on.
    pub(super) fn pretend(&self, views: Views) {
        self.state.borrow_mut().views = views;
    }

    /// Stops a request.
    pub fn cancel(&self, request: u32) {
        if !self.state.borrow().pending.contains(request) {
            return;
        }
        let asked = self.send(Request::Cancel { request }, Vec::new());
        let cancel_id = asked.id;
        let (now, later) = (self.clone(), self.clone());
        Timeout::new(CANCEL_MS, move || {
            now.answer(request, Err(Code::Cancelled.into()))
        })
        .forget();
        let deaf = move || {
            if later.state.borrow().pending.contains(cancel_id) {
                later.restart();
            }
        };
        Timeout::new(DEAF_MS, deaf).forget();
    }

    fn answer(&self, id: u32, result: Result<Answer, AppError>) {
        let promise = self.state.borrow_mut().pending.take(id);
        if let Some(promise) = promise {
            promise.keep(result);
        }
    }

    fn tell(&self, id: u32, event: Event) {
        let listener = self.state.borrow().listener.clone();
        if let Some(listener) = listener {
            listener(id, event);
        }
    }

    fn start(&self) {
        let generation = {
            let mut state = self.state.borrow_mut();
            state.is_starting = true;
            state.generation += 1;
            state.generation
        };
        let client = self.clone();
        spawn_local(async move {
            let ears = client.clone();
            let hear = move |heard: Heard| {
                if ears.state.borrow().generation == generation {
                    ears.hear(heard);
                }
            };
            match Workers::start(hear).await {
                Ok(workers) => client.started(workers),
                Err(exception) => client.give_up(&exception),
            }
        });
    }

    fn started(&self, workers: Workers) {
        let mut state = self.state.borrow_mut();
        state.workers = Some(workers);
        state.is_starting = false;
        let waiting = std::mem::take(&mut state.unsent);
        let hello = Request::Hello {
            witnesses: witness::all(),
        };
        state.introduce(&hello);
        if let Some(workspace) = state.workspace {
            state.introduce(&Request::OpenWorkspace { workspace });
        }
        for envelope in waiting {
            state.post(envelope);
        }
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Died => self.restart(),
            Heard::Said(message) => match from_js(&message) {
                Ok(envelope) => self.take_in(envelope),
                Err(error) => leptos::logging::warn!("{error}"),
            },
        }
    }

    fn take_in(&self, envelope: Envelope) {
        let id = envelope.id;
        if envelope.kind == Kind::Event {
            return match envelope.open::<Event>(Kind::Event) {
                Ok(Event::Crash { message, location }) => {
                    self.tell(id, Event::Crash { message, location });
                    self.restart();
                }
                Ok(event) => self.tell(id, event),
                Err(error) => leptos::logging::warn!("{error}"),
            };
        }
        let result = match envelope.open::<protocol::Reply>(Kind::Reply) {
            Ok(reply) => reply.result.map(|response| Answer {
                rev: reply.rev,
                response,
                bufs: envelope.bufs,
            }),
            Err(error) => Err(AppError::new(Code::BadMessage).with("detail", error)),
        };
        self.state.borrow_mut().restarts = 0;
        self.answer(id, result);
    }

    /// Ends the workers and starts new ones, which replay from the store.
    fn restart(&self) {
        let failed = {
            let mut state = self.state.borrow_mut();
            if state.is_starting {
                return;
            }
            state.workers = None;
            state.restarts += 1;
            let (again, failed) = state.pending.restart();
            state.unsent = again
                .iter()
                .map(|(id, request)| Envelope::request(*id, request, Vec::new()))
                .collect();
            failed
        };
        for (promise, error) in failed {
            promise.keep(Err(error));
        }
        if self.state.borrow().restarts > RESTARTS_MAX {
            self.give_up(&"the workers crash at every start".into());
        } else {
            self.start();
        }
    }

    /// Without workers every question is answered with the crash.
    fn give_up(&self, reason: &JsValue) {
        leptos::logging::error!("no engine: {reason:?}");
        let left = {
            let mut state = self.state.borrow_mut();
            state.is_starting = false;
            state.unsent.clear();
            state.pending.drain()
        };
        for promise in left {
            promise.keep(Err(Code::WorkerCrashed.into()));
        }
        self.tell(0, Event::Trouble(Code::WorkerCrashed.into()));
    }
}

impl State {
    fn next_id(&mut self) -> u32 {
        self.next_id = self.next_id.wrapping_add(1).max(1);
        self.next_id
    }

    /// Sends now, or when the workers have started.
    fn post(&mut self, envelope: Envelope) {
        match &self.workers {
            None => self.unsent.push(envelope),
            Some(workers) => {
                if let Err(exception) = workers.post(&envelope) {
                    leptos::logging::warn!("message not sent: {exception:?}");
                }
            }
        }
    }

    /// Requests of the client itself, whose answers nobody waits for.
    fn introduce(&mut self, request: &Request) {
        let envelope = Envelope::request(0, request, Vec::new());
        self.post(envelope);
    }
}
