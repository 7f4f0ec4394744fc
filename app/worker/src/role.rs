//! What this worker is, told by its first message.

use crate::coordinator::Fetch;
use crate::pool::Pool;
use crate::scope::{listen, report_panics, worker_scope};
use crate::{coordinator, shard};
use protocol::{Envelope, Kind, Role};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessagePort;

/// Waits for the first message and becomes what it says. Must return before the browser delivers
/// messages, so that none is lost. `fetch` brings the lazy part of the module.
pub fn start(fetch: Fetch) {
    report_panics();
    let handle = move |envelope: Envelope, ports: Vec<MessagePort>| match envelope
        .open::<Role>(Kind::Role)
    {
        Ok(Role::Coordinator { .. }) => {
            spawn_local(coordinator::serve(Pool::new(ports), fetch));
        }
        Ok(Role::Shard { .. }) => ports.iter().for_each(shard::serve),
        Err(error) => web_sys::console::error_1(&error.to_string().into()),
    };
    listen(|function| worker_scope().set_onmessage(function), handle);
}
