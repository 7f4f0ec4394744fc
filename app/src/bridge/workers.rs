//! Starting and ending the coordinator and its shards, as docs/app-boot.md describes.

use crate::boot::assets;
use js_sys::{Array, Object, Promise, Reflect};
use protocol::envelope::Envelope;
use protocol::js::{Posted, to_js};
use protocol::{Kind, Role};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType,
};

/// Workers that compute, the coordinator included.
const WORKERS_MAX: f64 = 4.0;

/// What workers send to the page.
pub(super) enum Heard {
    /// A message.
    Said(JsValue),
    /// The worker is unusable.
    Died,
}

/// The running workers. Dropping ends them.
pub(super) struct Workers {
    coordinator: Worker,
    all: Vec<Worker>,
    _listeners: Vec<Closure<dyn FnMut(Event)>>,
}

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &self.all {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

impl Workers {
    /// Starts all workers; what they send goes to `hear`.
    pub(super) async fn start(hear: impl Fn(Heard) + Clone + 'static) -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let assets = assets()?;
        let script = Reflect::get(&assets, &"engineJs".into())?
            .as_string()
            .ok_or(JsValue::NULL)?;
        let module: Promise = Reflect::get(&assets, &"engineModule".into())?.dyn_into()?;
        let module = JsFuture::from(module).await?;
        let cores = window.navigator().hardware_concurrency();
        let shards = cores.clamp(1.0, WORKERS_MAX) as u32 - 1;
        let mut started = Start {
            script,
            module,
            hear,
            all: Vec::new(),
            listeners: Vec::new(),
        };
        let coordinator = started.worker("coordinator")?;
        let mut ports = Vec::new();
        for index in 0..shards {
            let shard = started.worker(&format!("shard {index}"))?;
            let channel = MessageChannel::new()?;
            assign(&shard, &Role::Shard { index }, &[channel.port1()])?;
            ports.push(channel.port2());
        }
        assign(&coordinator, &Role::Coordinator { shards }, &ports)?;
        Ok(Self {
            coordinator,
            all: started.all,
            _listeners: started.listeners,
        })
    }

    /// Posts to the coordinator.
    pub(super) fn post(&self, envelope: &Envelope) -> Result<(), JsValue> {
        let Posted { message, transfer } = to_js(envelope);
        self.coordinator
            .post_message_with_transfer(&message, &transfer)
    }
}

struct Start<F> {
    script: String,
    module: JsValue,
    hear: F,
    all: Vec<Worker>,
    listeners: Vec<Closure<dyn FnMut(Event)>>,
}

impl<F: Fn(Heard) + Clone + 'static> Start<F> {
    fn worker(&mut self, name: &str) -> Result<Worker, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = Worker::new_with_options(&self.script, &options)?;
        let hear = self.hear.clone();
        self.listen(&worker, Worker::set_onmessage, move |event| {
            hear(Heard::Said(event.unchecked_into::<MessageEvent>().data()));
        });
        let hear = self.hear.clone();
        self.listen(&worker, Worker::set_onerror, move |event| {
            // Told to the user by the bridge; the console need not repeat it.
            event.prevent_default();
            hear(Heard::Died);
        });
        let first = Object::new();
        Reflect::set(&first, &"module".into(), &self.module)?;
        worker.post_message(&first)?;
        self.all.push(worker.clone());
        Ok(worker)
    }

    fn listen(
        &mut self,
        worker: &Worker,
        set: fn(&Worker, Option<&js_sys::Function>),
        handle: impl FnMut(Event) + 'static,
    ) {
        let listener = Closure::new(handle);
        set(worker, Some(listener.as_ref().unchecked_ref()));
        self.listeners.push(listener);
    }
}

/// Tells a worker what it is; its ports go along.
fn assign(worker: &Worker, role: &Role, ports: &[MessagePort]) -> Result<(), JsValue> {
    let Posted { message, transfer } = to_js(&Envelope::wrap(0, Kind::Role, role, Vec::new()));
    let transfer: Array = transfer.concat(&ports.iter().collect::<Array>());
    worker.post_message_with_transfer(&message, &transfer)
}
