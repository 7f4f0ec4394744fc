//! The Web Lock that says which tab writes to a workspace, and the channel its tabs talk over.
//!
//! The lock only avoids conflicts: what prevents them is the epoch in the journal's head.

use super::{Item, TabSays};
use crate::inbox::Inbox;
use crate::scope::{log_failure, navigator};
use js_sys::{Function, Object, Promise, Reflect};
use protocol::WorkspaceId;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

/// How to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// In turn.
    Waiting,
    /// From whoever has it.
    Stealing,
}

/// A lock held or waited for; dropping it gives it back.
pub(super) struct Lock {
    release: Function,
    is_given_up: Rc<Cell<bool>>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.is_given_up.set(true);
        log_failure(self.release.call0(&JsValue::NULL));
    }
}

impl Lock {
    /// Asks for a workspace's lock. The answer arrives as [`Item::Lock`], as does its loss.
    /// `None` when this browser has no locks.
    pub(super) fn ask(workspace: WorkspaceId, asking: Asking, inbox: &Inbox<Item>) -> Option<Self> {
        let locks = navigator("locks")?;
        let request: Function = Reflect::get(&locks, &"request".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let options = Object::new();
        match asking {
            Asking::Stealing => {
                log_failure(Reflect::set(&options, &"steal".into(), &JsValue::TRUE))
            }
            Asking::Waiting => {}
        }
        let mut release = None;
        let held = Promise::new(&mut |resolve, _reject| release = Some(resolve));
        let is_given_up = Rc::new(Cell::new(false));
        let (granted, given_up) = (inbox.clone(), is_given_up.clone());
        let on_answer = move |lock: JsValue| -> JsValue {
            let has_lock = !lock.is_null();
            if !given_up.get() {
                granted.push(Item::Lock {
                    workspace,
                    has_lock,
                });
            }
            // The lock is held until this promise resolves.
            if has_lock {
                held.into()
            } else {
                JsValue::UNDEFINED
            }
        };
        let on_answer = Closure::once_into_js(on_answer);
        let name = format!("ballast:{workspace}");
        let ended: Promise = request
            .call3(&locks, &name.into(), &options, &on_answer)
            .ok()?
            .dyn_into()
            .ok()?;
        let (lost, given_up) = (inbox.clone(), is_given_up.clone());
        spawn_local(async move {
            let was_stolen = JsFuture::from(ended).await.is_err();
            if was_stolen && !given_up.get() {
                lost.push(Item::Lock {
                    workspace,
                    has_lock: false,
                });
            }
        });
        Some(Self {
            release: release?,
            is_given_up,
        })
    }
}

/// The tabs of one workspace.
pub(super) struct Tabs {
    channel: BroadcastChannel,
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

impl Tabs {
    /// Joins; what others say arrives as [`Item::Tab`]. `None` when the browser refuses.
    pub(super) fn join(workspace: WorkspaceId, inbox: &Inbox<Item>) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("ballast:{workspace}")).ok()?;
        let inbox = inbox.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let said = event
                .data()
                .as_string()
                .and_then(|text| TabSays::parse(&text));
            if let Some(said) = said {
                inbox.push(Item::Tab { workspace, said });
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Workspaces are opened a few times in a worker's life.
        on_message.forget();
        Some(Self { channel })
    }

    /// Tells the other tabs.
    pub(super) fn say(&self, what: TabSays) {
        log_failure(self.channel.post_message(&what.as_str().into()));
    }
}
