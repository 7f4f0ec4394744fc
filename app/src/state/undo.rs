//! What undo and redo would do. The commands live in the worker; this holds their labels.

use super::from_context;
use leptos::prelude::*;

/// The gesture at one end of the stack.
#[derive(Clone, Copy)]
pub struct UndoStep {
    pub label: Signal<String>,
}

/// The two ends of the undo stack, written by the bridge.
#[derive(Clone, Copy)]
pub struct UndoState {
    pub undo: RwSignal<Option<UndoStep>>,
    pub redo: RwSignal<Option<UndoStep>>,
    /// What runs on undo and redo; set once by the bridge.
    pub run_undo: RwSignal<Option<Callback<()>>>,
    pub run_redo: RwSignal<Option<Callback<()>>>,
}
from_context!(UndoState);

impl UndoState {
    pub(super) fn new() -> Self {
        Self {
            undo: RwSignal::new(None),
            redo: RwSignal::new(None),
            run_undo: RwSignal::new(None),
            run_redo: RwSignal::new(None),
        }
    }

    /// Undoes the last gesture if there is one.
    pub fn undo(self) {
        run(self.undo, self.run_undo);
    }

    /// Redoes the last undone gesture if there is one.
    pub fn redo(self) {
        run(self.redo, self.run_redo);
    }
}

fn run(step: RwSignal<Option<UndoStep>>, callback: RwSignal<Option<Callback<()>>>) {
    if let (Some(_), Some(callback)) = (step.get_untracked(), callback.get_untracked()) {
        callback.run(());
    }
}
