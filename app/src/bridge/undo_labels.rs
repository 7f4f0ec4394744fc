//! Keeps the labels of undo and redo in step with the journal.

use super::Bridge;
use crate::i18n::messages::gesture;
use crate::i18n::{Msg, by_id};
use crate::state::{UndoState, UndoStep};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Request, Response, ViewKind};

/// Asks for the labels whenever something was saved or another workspace was opened.
pub(super) fn follow(bridge: Bridge) {
    let undo = UndoState::here();
    let saves = bridge.version(ViewKind::Storage);
    Effect::new(move |_| {
        saves.track();
        let is_open = bridge.workspace.get().is_some();
        spawn_local(async move {
            let labels = if is_open { ask(bridge).await } else { None };
            let (undone, redone) = labels.unwrap_or_default();
            undo.undo.set(undone.as_deref().map(step));
            undo.redo.set(redone.as_deref().map(step));
        });
    });
}

type Labels = (Option<String>, Option<String>);

async fn ask(bridge: Bridge) -> Option<Labels> {
    match bridge.ask(Request::History { len: 0 }).await {
        Ok(answer) => match answer.response {
            Response::History { undo, .. } => Some((undo.undo, undo.redo)),
            _ => None,
        },
        Err(error) => {
            leptos::logging::warn!("{error}");
            None
        }
    }
}

/// A stored label in words; one that this version does not know is just a change.
fn step(label: &str) -> UndoStep {
    let message: Msg = by_id(gesture::ALL, label).unwrap_or(gesture::CHANGE);
    UndoStep {
        label: message.into(),
    }
}
