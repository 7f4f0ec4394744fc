//! What the workers say unasked, put into the state that the frame shows.

use super::{Bridge, KINDS, witness};
use crate::state::{SaveState, UndoState, Workspace};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::storage::Mode;
use protocol::{Code, Event, Request, Response, ViewKind};
use std::rc::Rc;

/// Connects the bridge with the state of the page.
pub(super) fn connect(bridge: Bridge) {
    let workspace = bridge.frame;
    let undo = UndoState::here();
    undo.run_undo.set(Some(Callback::new(move |()| {
        forward(workspace, bridge.undo())
    })));
    undo.run_redo.set(Some(Callback::new(move |()| {
        forward(workspace, bridge.redo())
    })));
    let listener = move |request: u32, event: Event| hear(bridge, workspace, request, event);
    bridge
        .client
        .with_value(|client| client.listen(Rc::new(listener)));
    // After a restart the coordinator opens the workspace again by itself.
    Effect::new(move |_| {
        let open = bridge.workspace.get();
        bridge.client.with_value(|client| client.remember(open));
    });
}

fn forward(workspace: Workspace, reply: super::Reply<super::Answer>) {
    workspace.save.set(SaveState::Saving);
    spawn_local(async move {
        let is_saved = matches!(
            reply.await.map(|answer| answer.response),
            Ok(Response::Saved { .. })
        );
        if !is_saved {
            workspace.save.set(SaveState::Failed);
        }
    });
}

fn hear(bridge: Bridge, workspace: Workspace, request: u32, event: Event) {
    match event {
        Event::Saved {
            workspace: id,
            witness,
        } => {
            witness::keep(id, &witness);
            if workspace.save.get_untracked() != SaveState::MemoryOnly {
                workspace.save.set(SaveState::Saved);
            }
            bridge.touch(&[ViewKind::Storage]);
        }
        Event::Dirty { views, .. } => bridge.touch(&views),
        Event::ModeChanged { mode } => {
            workspace.save.set(save_state(mode));
            bridge.touch(&KINDS);
        }
        Event::Trouble(error) => {
            leptos::logging::warn!("{error}");
            if error.code == Code::StaleLeader {
                workspace.save.set(SaveState::ReadOnly);
            }
        }
        Event::Crash { message, location } => {
            leptos::logging::warn!("the engine crashed: {message} at {location}")
        }
        Event::Progress { done, total, .. } => bridge.progress.set((request, done, total)),
    }
}

/// What the badge says in a mode.
pub(super) fn save_state(mode: Mode) -> SaveState {
    match mode {
        Mode::Writer => SaveState::Saved,
        Mode::Follower | Mode::Newer => SaveState::ReadOnly,
        Mode::Memory(_) => SaveState::MemoryOnly,
    }
}

impl Bridge {
    /// Opens, makes or restores a workspace and tells the page about it.
    ///
    /// # Errors
    /// What the coordinator says.
    pub async fn enter(
        self,
        request: Request,
        bufs: Vec<Vec<u8>>,
    ) -> Result<protocol::response::OpenedWorkspace, protocol::AppError> {
        let answer = self.ask_with(request, bufs).await;
        let opened = super::expect(answer, super::Answer::opened)?;
        self.workspace.set(Some(opened.workspace));
        self.frame.name.set(Some(opened.name.clone()));
        self.frame.save.set(save_state(opened.storage.mode));
        self.touch(&KINDS);
        Ok(opened)
    }

    /// Deletes a workspace with its witness.
    ///
    /// # Errors
    /// What the coordinator says.
    pub async fn delete(self, workspace: protocol::WorkspaceId) -> Result<(), protocol::AppError> {
        self.ask(Request::DeleteWorkspace { workspace }).await?;
        witness::forget(workspace);
        if self.workspace.get_untracked() == Some(workspace) {
            self.workspace.set(None);
        }
        Ok(())
    }
}
