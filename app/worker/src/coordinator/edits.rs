//! Changing the workspace. An answer means stored.

use super::{Answer, Desk, TabSays};
use crate::scope::now_ms;
use crate::session::Saved;
use protocol::request::{BatchSource, Gesture, StagedTable};
use protocol::{AppError, Code, Event, OpId, Response, ViewKind};

impl Desk {
    pub(super) async fn apply(
        &mut self,
        op: OpId,
        mut gesture: Gesture,
    ) -> Result<Answer, AppError> {
        for command in &mut gesture.commands {
            self.opened()?.complete(command)?;
        }
        let saved = self.opened()?.session.apply(op, gesture).await;
        self.settle(saved).await
    }

    pub(super) async fn undo(&mut self, op: OpId) -> Result<Answer, AppError> {
        let saved = self.opened()?.session.undo(op).await;
        self.settle(saved).await
    }

    pub(super) async fn redo(&mut self, op: OpId) -> Result<Answer, AppError> {
        let saved = self.opened()?.session.redo(op).await;
        self.settle(saved).await
    }

    /// After the strict transaction completed, or failed.
    async fn settle(&mut self, saved: Result<Saved, AppError>) -> Result<Answer, AppError> {
        let open = self.opened()?;
        let saved = match saved {
            Ok(saved) => saved,
            Err(error) => {
                if matches!(error.code, Code::StaleLeader | Code::StorageFailed) {
                    let mode = open.mode();
                    self.tell(&Event::ModeChanged { mode });
                }
                return Err(error);
            }
        };
        let witness = open.saved_event();
        if let Some(tabs) = &open.tabs {
            tabs.say(TabSays::Saved);
        }
        let undo = open.session.state().past.offers();
        let rev = open.rev();
        let mut damage = Vec::new();
        if saved.dirty.contains(&ViewKind::Data) {
            damage = open.load_data().await?;
        } else if saved.dirty.contains(&ViewKind::Adjustments) {
            open.adjust();
        }
        let is_due = open.session.is_checkpoint_due();
        if let Some(event) = witness {
            self.tell(&event);
        }
        damage
            .into_iter()
            .for_each(|error| self.tell(&Event::Trouble(error)));
        let is_renamed = saved.dirty.contains(&ViewKind::Settings);
        if !saved.dirty.is_empty() {
            self.tell(&Event::Dirty {
                rev,
                views: saved.dirty,
            });
        }
        if is_renamed {
            self.remember_row().await?;
        }
        if is_due {
            // The journal alone is enough; a failed checkpoint is tried again after the next edit.
            let made = self.opened()?.session.checkpoint(now_ms()).await;
            made.err()
                .into_iter()
                .for_each(|error| self.tell(&Event::Trouble(error)));
        }
        Ok(Response::Saved {
            seq: saved.seq,
            undo,
        }
        .into())
    }

    pub(super) async fn stage(
        &mut self,
        source: &BatchSource,
        heads: Vec<StagedTable>,
        bufs: Vec<Vec<u8>>,
    ) -> Result<Answer, AppError> {
        if heads.len() != bufs.len() {
            return Err(AppError::new(Code::BadMessage).with("detail", "one buffer per table"));
        }
        let tables: Vec<(String, u64, Vec<u8>)> = heads
            .iter()
            .zip(bufs)
            .map(|(head, bytes)| (head.table.clone(), head.rows, bytes))
            .collect();
        let open = self.opened()?;
        let info = open.session.stage(source, &tables).await?;
        let is_applied = open
            .session
            .state()
            .applied()
            .any(|known| known.info.source == info.source);
        Ok(Response::Staged {
            batch: info.batch(),
            tables: heads,
            is_applied,
        }
        .into())
    }

    pub(super) fn history(&mut self, len: u32) -> Result<Answer, AppError> {
        let past = &self.opened()?.session.state().past;
        Ok(Response::History {
            entries: past.newest(len as usize),
            undo: past.offers(),
        }
        .into())
    }
}
