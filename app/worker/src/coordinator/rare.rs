//! Requests that start-up, Home, planning and edits do without.
//!
//! Their code is a part of the engine module of its own, which arrives with the first of them (`super::lazy`). What
//! the main part can reach by another way stays in it, so nothing there may name what is called here.

use super::{Answer, Desk};
use engine::plan::Extras;
use protocol::{AppError, Code, Request, View};
use std::pin::Pin;

/// An answer under way.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, AppError>> + 'a>>;

/// The code of rare requests, once it is here.
#[derive(Clone, Copy)]
pub struct Rare {
    answer: for<'a> fn(&'a mut Desk, Request, Vec<Vec<u8>>) -> Answering<'a>,
    extras: Extras,
}

impl Rare {
    /// This code. For the split function of `main` alone: whoever calls it has everything behind it.
    // Inlined into the binary, this would bring a copy of every asynchronous function behind it into that package.
    #[inline(never)]
    #[must_use]
    pub fn here() -> Self {
        Self {
            answer: |desk, request, bufs| Box::pin(answer(desk, request, bufs)),
            extras: Extras::here(),
        }
    }

    /// The code that only some plans need.
    pub(super) fn extras(self) -> Extras {
        self.extras
    }

    pub(super) async fn answer(
        self,
        desk: &mut Desk,
        request: Request,
        bufs: Vec<Vec<u8>>,
    ) -> Result<Answer, AppError> {
        (self.answer)(desk, request, bufs).await
    }
}

async fn answer(desk: &mut Desk, request: Request, bufs: Vec<Vec<u8>>) -> Result<Answer, AppError> {
    match request {
        Request::CreateWorkspace {
            workspace,
            name,
            source,
        } => desk.create_workspace(workspace, name, source).await,
        Request::DeleteWorkspace { workspace } => desk.delete_workspace(workspace).await,
        Request::ImportStage { source, tables } => desk.stage(&source, tables, bufs).await,
        Request::View {
            view: View::Ladder { scope, by },
        } => desk.ladder_view(&scope, &by),
        Request::View {
            view: View::Versions { scope, week, lag },
        } => desk.versions_view(&scope, (week, lag)),
        Request::View {
            view: View::Attribution { scope, by },
        } => desk.attribution_view(&scope, &by),
        Request::View { view } => desk.plan_view(&view),
        Request::BackupExport => desk.backup_export().await,
        Request::BackupImport { otherwise } => desk.backup_import(otherwise, &bufs).await,
        Request::Ping
        | Request::Hello { .. }
        | Request::ListWorkspaces
        | Request::OpenWorkspace { .. }
        | Request::AcceptLoss
        | Request::TakeOver
        | Request::Apply { .. }
        | Request::Undo { .. }
        | Request::Redo { .. }
        | Request::History { .. }
        | Request::RunPlan
        | Request::Cancel { .. }
        | Request::Panic
        | Request::PersistenceKnown { .. } => Err(Code::BadMessage.into()),
    }
}
