//! The worker's global scope: posting, listening, clock, memory.

use std::panic;

use js_sys::{ArrayBuffer, Date, Reflect, WebAssembly, global};
use protocol::js::{Posted, from_js, to_js};
use protocol::{Envelope, Event};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

fn worker_scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

/// Milliseconds of the clock, for pauses between reports.
pub(super) fn now_ms() -> f64 {
    Date::now()
}

/// Bytes of the module's memory: it never shrinks, so this is the peak.
pub fn memory_bytes() -> u64 {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    u64::from(buffer.byte_length())
}

/// Posts to the page. A message that cannot be cloned is lost; all of ours are plain buffers.
pub(super) fn post(envelope: &Envelope) {
    let Posted { message, transfer } = to_js(envelope);
    if let Err(exception) = worker_scope().post_message_with_transfer(&message, &transfer) {
        warn(&exception);
    }
}

/// Calls `handle` with every envelope and the file that came with it.
pub(super) fn listen(mut handle: impl FnMut(Envelope, Option<Blob>) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        match from_js(&data) {
            Ok(envelope) => {
                let file = Reflect::get(&data, &"file".into()).ok();
                handle(envelope, file.and_then(|file| file.dyn_into().ok()));
            }
            Err(error) => warn(&error.to_string().into()),
        }
    });
    worker_scope().set_onmessage(Some(closure.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    closure.forget();
}

fn warn(reason: &JsValue) {
    web_sys::console::warn_1(reason);
}

/// Tells the page before the worker dies.
pub(super) fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("panic").to_owned();
        let location = info.location().map(ToString::to_string).unwrap_or_default();
        post(&Envelope::event(0, &Event::Crash { message, location }));
    }));
}
