//! The status the header and the rail show, written by the bridge.

use super::from_context;
use crate::i18n::Msg;
use leptos::prelude::*;

/// How far one step of the plan is behind its inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Freshness {
    /// Nothing computed yet.
    Empty,
    Running,
    Fresh,
    /// Inputs changed since.
    Stale,
}

/// One segment of the freshness bar (import, forecast, supply, gate).
#[derive(Clone, PartialEq, Debug)]
pub struct FreshnessStep {
    pub name: Msg,
    pub state: Freshness,
    /// A short figure beside the name: a time, a count.
    pub note: String,
}

/// Whether the last edit is on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaveState {
    /// No workspace, nothing to save.
    Idle,
    Saving,
    /// The strict transaction of the last edit completed.
    Saved,
    Failed,
    /// The browser gives no storage; edits live until the tab closes.
    MemoryOnly,
    /// Another tab writes.
    ReadOnly,
}

/// The open workspace as the frame shows it.
#[derive(Clone, Copy)]
pub struct Workspace {
    pub name: RwSignal<Option<String>>,
    /// The date of the data, as a day number since 1970-01-01.
    pub as_of: RwSignal<Option<i32>>,
    /// Code of the company's currency; empty when it states none.
    pub currency: RwSignal<String>,
    pub freshness: RwSignal<Vec<FreshnessStep>>,
    pub save: RwSignal<SaveState>,
    /// Whether the app itself is cached and would start without a network.
    pub offline_ready: RwSignal<bool>,
    /// Whether the browser reports a network now.
    pub online: RwSignal<bool>,
    /// Bytes used and granted.
    pub storage: RwSignal<Option<(f64, f64)>>,
    /// Short hash of the data set shown beside the engine version.
    pub snapshot: RwSignal<Option<String>>,
}
from_context!(Workspace);

impl Workspace {
    pub(super) fn new() -> Self {
        let workspace = Self {
            name: RwSignal::new(None),
            as_of: RwSignal::new(None),
            currency: RwSignal::new(String::new()),
            freshness: RwSignal::new(Vec::new()),
            save: RwSignal::new(SaveState::Idle),
            offline_ready: RwSignal::new(false),
            online: RwSignal::new(window().navigator().on_line()),
            storage: RwSignal::new(None),
            snapshot: RwSignal::new(None),
        };
        let up = window_event_listener(leptos::ev::online, move |_| workspace.online.set(true));
        let down = window_event_listener(leptos::ev::offline, move |_| workspace.online.set(false));
        on_cleanup(move || {
            up.remove();
            down.remove();
        });
        workspace
    }
}
