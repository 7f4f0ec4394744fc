//! The worker's global scope: posting, listening, clock, and the way a panic is told.

use js_sys::{Array, Date, Function, Promise, Reflect, global};
use protocol::js::{Posted, from_js, to_js};
use protocol::{Envelope, Event};
use std::panic;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

/// The scope of this worker.
#[must_use]
pub fn worker_scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> u64 {
    // Whole milliseconds of this century fit a f64 exactly.
    Date::now() as u64
}

/// Milliseconds since the worker started, finer than the clock.
#[must_use]
pub fn ticks_ms() -> f64 {
    worker_scope()
        .performance()
        .map_or_else(Date::now, |performance| performance.now())
}

/// Posts to the page. A message that cannot be cloned is lost; all of ours are plain buffers.
pub fn post_to_page(envelope: &Envelope) {
    let Posted { message, transfer } = to_js(envelope);
    log_failure(worker_scope().post_message_with_transfer(&message, &transfer));
}

/// Posts to another worker.
pub fn post_to_port(port: &MessagePort, envelope: &Envelope) {
    let Posted { message, transfer } = to_js(envelope);
    log_failure(port.post_message_with_transferable(&message, &transfer));
}

/// Puts an exception nobody can act on where a developer sees it.
pub fn log_failure<T>(result: Result<T, JsValue>) {
    if let Err(exception) = result {
        web_sys::console::warn_1(&exception);
    }
}

/// Calls `handle` with every envelope of a message target, and with the ports that came along.
/// Messages of another form are refused with a warning.
pub fn listen(
    set: impl FnOnce(Option<&Function>),
    mut handle: impl FnMut(Envelope, Vec<MessagePort>) + 'static,
) {
    let closure =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match from_js(&event.data()) {
                Ok(envelope) => {
                    let ports = Array::from(&event.ports())
                        .iter()
                        .map(JsCast::unchecked_into)
                        .collect();
                    handle(envelope, ports);
                }
                Err(error) => web_sys::console::warn_1(&error.to_string().into()),
            }
        });
    set(Some(closure.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    closure.forget();
}

/// Tells the page before the worker dies, so that it can start another.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("panic").to_owned();
        let location = info.location().map(ToString::to_string).unwrap_or_default();
        post_to_page(&Envelope::event(0, &Event::Crash { message, location }));
    }));
}

/// Lets queued messages in: continues in a new task of the event loop.
///
/// By a message channel, because timers are held back to 4 ms and by background tabs.
pub async fn breathe() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let port = channel.port1();
    let turn = Promise::new(&mut |resolve, _reject| port.set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        log_failure(JsFuture::from(turn).await);
    }
    port.close();
}

/// `navigator` of a worker, by name: Web Locks have no stable binding.
#[must_use]
pub fn navigator(name: &str) -> Option<JsValue> {
    let navigator = Reflect::get(&global(), &"navigator".into()).ok()?;
    let value = Reflect::get(&navigator, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
