//! The throw-away worker that reads untrusted files and writes spreadsheets.
//!
//! It is started when it is needed and ended when its handle is dropped; that is also how a
//! long import is cancelled.

use super::reply::{Promise, Reply, reply};
use crate::boot::assets;
use js_sys::{Function, Object, Promise as JsPromise, Reflect};
use protocol::envelope::{Envelope, Kind};
use protocol::io::{IoProgress, IoReply, IoRequest, IoResponse};
use protocol::js::{Posted, from_js, to_js};
use protocol::{AppError, Code};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// What the worker answered.
pub struct IoAnswer {
    /// The answer.
    pub response: IoResponse,
    /// Tables, reports and files.
    pub bufs: Vec<Vec<u8>>,
}

type Waiting = Rc<RefCell<Option<(u32, Promise<IoAnswer>)>>>;

/// A running worker; one question at a time.
pub struct IoWorker {
    worker: Worker,
    waiting: Waiting,
    next_id: RefCell<u32>,
    _listeners: [Closure<dyn FnMut(Event)>; 2],
}

impl Drop for IoWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        settle(&self.waiting, None, Err(Code::Cancelled.into()));
    }
}

impl IoWorker {
    /// Starts a worker; `on_progress` hears how far it is.
    ///
    /// # Errors
    /// `WorkerCrashed` when it does not start.
    pub async fn start(on_progress: impl Fn(IoProgress) + 'static) -> Result<Self, AppError> {
        let started = launch().await;
        let worker = started
            .map_err(|cause| AppError::new(Code::WorkerCrashed).with("message", words(&cause)))?;
        let waiting = Waiting::default();
        let told = waiting.clone();
        let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let message = event.unchecked_into::<MessageEvent>().data();
            match from_js(&message) {
                Ok(envelope) => take_in(&told, envelope, &on_progress),
                Err(error) => leptos::logging::warn!("{error}"),
            }
        });
        let told = waiting.clone();
        let died = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The one who asked says it; the console need not repeat it.
            event.prevent_default();
            settle(&told, None, Err(Code::WorkerCrashed.into()));
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            waiting,
            next_id: RefCell::new(0),
            _listeners: [hear, died],
        })
    }

    /// Asks; `file` goes along for `IoRequest::Open`.
    pub fn ask(
        &self,
        request: &IoRequest,
        file: Option<&File>,
        bufs: Vec<Vec<u8>>,
    ) -> Reply<IoAnswer> {
        let id = {
            let mut next = self.next_id.borrow_mut();
            *next += 1;
            *next
        };
        let (promise, reply) = reply(id);
        let before = self.waiting.borrow_mut().replace((id, promise));
        if let Some((_, promise)) = before {
            promise.keep(Err(Code::Cancelled.into()));
        }
        let envelope = Envelope::wrap(id, Kind::Request, request, bufs);
        if let Err(cause) = self.post(&envelope, file) {
            let error = AppError::new(Code::BadMessage).with("detail", words(&cause));
            settle(&self.waiting, Some(id), Err(error));
        }
        reply
    }

    fn post(&self, envelope: &Envelope, file: Option<&File>) -> Result<(), JsValue> {
        let Posted { message, transfer } = to_js(envelope);
        if let Some(file) = file {
            Reflect::set(&message, &"file".into(), file)?;
        }
        self.worker.post_message_with_transfer(&message, &transfer)
    }
}

async fn launch() -> Result<Worker, JsValue> {
    let assets = assets()?;
    let script = Reflect::get(&assets, &"ioJs".into())?
        .as_string()
        .ok_or(JsValue::NULL)?;
    let compile: Function = Reflect::get(&assets, &"ioModule".into())?.dyn_into()?;
    let compiled: JsPromise = compile.call0(&assets)?.dyn_into()?;
    let module = JsFuture::from(compiled).await?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("io");
    let worker = Worker::new_with_options(&script, &options)?;
    let first = Object::new();
    Reflect::set(&first, &"module".into(), &module)?;
    worker.post_message(&first)?;
    Ok(worker)
}

fn take_in(waiting: &Waiting, envelope: Envelope, on_progress: &impl Fn(IoProgress)) {
    if envelope.kind == Kind::Event {
        return match envelope.open::<IoProgress>(Kind::Event) {
            Ok(progress) => on_progress(progress),
            Err(error) => leptos::logging::warn!("{error}"),
        };
    }
    let result = match envelope.open::<IoReply>(Kind::Reply) {
        Ok(reply) => reply.result.map(|response| IoAnswer {
            response,
            bufs: envelope.bufs,
        }),
        Err(error) => Err(AppError::new(Code::BadMessage).with("detail", error)),
    };
    settle(waiting, Some(envelope.id), result);
}

/// Answers the open question; one with another id was given up before.
fn settle(waiting: &Waiting, id: Option<u32>, result: Result<IoAnswer, AppError>) {
    let is_asked = |open: &mut (u32, Promise<IoAnswer>)| id.is_none_or(|id| open.0 == id);
    let open = waiting.borrow_mut().take_if(is_asked);
    if let Some((_, promise)) = open {
        promise.keep(result);
    }
}

fn words(cause: &JsValue) -> String {
    format!("{cause:?}")
}
