//! Gestures that can be taken back or done again.

use protocol::response::{HistoryEntry, UndoState};
use protocol::{Command, ViewKind};
use serde::{Deserialize, Serialize};

/// Gestures kept for undo; older ones stay in the journal but cannot be taken back.
const UNDO_MAX: usize = 200;

/// One gesture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastGesture {
    /// Operation that did it first.
    pub seq: u64,
    /// Locale key.
    pub label: String,
    /// What does it.
    pub commands: Vec<Command>,
    /// What takes it back.
    pub inverse: Vec<Command>,
}

impl PastGesture {
    /// Views that doing or taking it back makes stale.
    #[must_use]
    pub fn dirty(&self) -> Vec<ViewKind> {
        let mut kinds: Vec<ViewKind> = Vec::new();
        for kind in self.commands.iter().flat_map(super::dirty) {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        kinds
    }
}

/// The two stacks; the end of each is what its button offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    undo: Vec<PastGesture>,
    redo: Vec<PastGesture>,
}

impl Past {
    /// A new gesture forgets those taken back before.
    pub fn push(&mut self, gesture: PastGesture) {
        self.redo.clear();
        self.put_undo(gesture);
    }

    pub(super) fn put_undo(&mut self, gesture: PastGesture) {
        self.undo.push(gesture);
        if self.undo.len() > UNDO_MAX {
            self.undo.remove(0);
        }
    }

    pub(super) fn put_redo(&mut self, gesture: PastGesture) {
        self.redo.push(gesture);
    }

    pub(super) fn take_undo(&mut self, target: u64) -> Option<PastGesture> {
        self.undo.pop_if(|gesture| gesture.seq == target)
    }

    pub(super) fn take_redo(&mut self, target: u64) -> Option<PastGesture> {
        self.redo.pop_if(|gesture| gesture.seq == target)
    }

    /// Number of the gesture undo takes back.
    #[must_use]
    pub fn undo_target(&self) -> Option<u64> {
        self.undo.last().map(|gesture| gesture.seq)
    }

    /// Number of the gesture redo does again.
    #[must_use]
    pub fn redo_target(&self) -> Option<u64> {
        self.redo.last().map(|gesture| gesture.seq)
    }

    /// What the buttons offer.
    #[must_use]
    pub fn offers(&self) -> UndoState {
        let label = |stack: &[PastGesture]| stack.last().map(|gesture| gesture.label.clone());
        UndoState {
            undo: label(&self.undo),
            redo: label(&self.redo),
        }
    }

    /// The newest gestures, newest first.
    #[must_use]
    pub fn newest(&self, len: usize) -> Vec<HistoryEntry> {
        let entry = |gesture: &PastGesture, is_undone| HistoryEntry {
            seq: gesture.seq,
            label: gesture.label.clone(),
            is_undone,
        };
        let undone = self.redo.iter().map(|gesture| entry(gesture, true));
        let done = self.undo.iter().rev().map(|gesture| entry(gesture, false));
        undone.chain(done).take(len).collect()
    }
}
