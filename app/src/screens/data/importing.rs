//! One import after the other: files that wait, the one at work, the worker that reads it.

use super::draft::Draft;
use super::remembered::{Remembered, among};
use crate::bridge::{Bridge, IoAnswer, IoWorker, Visits};
use crate::i18n::messages::{data, kit};
use crate::i18n::{Language, fill, language, number, tr};
use crate::parts::{failure_text, issue_text};
use crate::state::{Notice, Notices};
use engine::import::{Confidence, Encoding, Locale};
use engine::issue::Issue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::io::{IoProgress, IoRequest, IoResponse, OpenedFile, StagedFile};
use protocol::request::BatchSource;
use protocol::{AppError, Code, Command, Hash32, Request, Response, View, ViewData};
use std::collections::VecDeque;
use std::sync::Arc;
use web_sys::File;

/// Where the file at work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// No file at work.
    Idle,
    Opening,
    Mapping,
    Staging,
    Checking,
    Applying,
}

/// Why a step did not happen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// The file as a whole cannot be used.
    File(Issue),
    /// The machinery failed.
    Work(AppError),
}

impl Trouble {
    /// What happened, in the language of the page.
    pub fn text(&self) -> String {
        match self {
            Self::File(issue) => issue_text(issue),
            Self::Work(error) => failure_text(error),
        }
    }
}

/// How the user wants the file to be read; what is not given is found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wish {
    pub encoding: Option<Encoding>,
    pub separator: Option<char>,
    pub header_line: Option<u64>,
    /// Sheet of a workbook; empty for the first with a header.
    pub sheet: String,
    /// Not as a file of this shape was read before.
    pub is_anew: bool,
}

/// The import that is going on.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    bridge: Bridge,
    visits: Visits,
    notices: Notices,
    queue: StoredValue<VecDeque<File>, LocalStorage>,
    file: StoredValue<Option<File>, LocalStorage>,
    worker: StoredValue<Option<IoWorker>, LocalStorage>,
    bufs: StoredValue<Vec<Vec<u8>>>,
    /// Counts steps begun; what an abandoned one still answers is dropped.
    turn: StoredValue<u32>,
    wish: StoredValue<Wish>,
    pub name: RwSignal<String>,
    pub left: RwSignal<usize>,
    pub step: RwSignal<Step>,
    pub opened: RwSignal<Option<Arc<OpenedFile>>>,
    pub draft: RwSignal<Option<Draft>>,
    /// The mapping of an earlier import that the draft started from.
    pub reused: RwSignal<Option<Remembered>>,
    pub progress: RwSignal<IoProgress>,
    pub staged: RwSignal<Option<Arc<StagedFile>>>,
    pub trouble: RwSignal<Option<Trouble>>,
}

const NO_PROGRESS: IoProgress = IoProgress {
    rows: 0,
    bytes: 0,
    total: 0,
};

impl Importing {
    /// The one instance of the page: an import goes on while another screen is shown.
    pub fn here() -> Self {
        expect_context()
    }

    pub fn new() -> Self {
        Self {
            bridge: Bridge::here(),
            visits: Visits::here(),
            notices: Notices::here(),
            queue: StoredValue::new_local(VecDeque::new()),
            file: StoredValue::new_local(None),
            worker: StoredValue::new_local(None),
            bufs: StoredValue::new(Vec::new()),
            turn: StoredValue::new(0),
            wish: StoredValue::new(Wish::default()),
            name: RwSignal::new(String::new()),
            left: RwSignal::new(0),
            step: RwSignal::new(Step::Idle),
            opened: RwSignal::new(None),
            draft: RwSignal::new(None),
            reused: RwSignal::new(None),
            progress: RwSignal::new(NO_PROGRESS),
            staged: RwSignal::new(None),
            trouble: RwSignal::new(None),
        }
    }

    /// Takes files; the first is looked at as soon as nothing else is at work.
    pub fn take(self, files: Vec<File>) {
        self.queue.update_value(|queue| queue.extend(files));
        if self.step.get_untracked() == Step::Idle {
            self.next();
        } else {
            self.left.set(self.queue.with_value(VecDeque::len));
        }
    }

    /// Leaves the file at work and goes on with the next.
    pub fn next(self) {
        self.begin(Step::Idle);
        self.worker.set_value(None);
        self.opened.set(None);
        self.draft.set(None);
        self.reused.set(None);
        self.staged.set(None);
        self.bufs.set_value(Vec::new());
        let next = self.queue.try_update_value(VecDeque::pop_front).flatten();
        self.left.set(self.queue.with_value(VecDeque::len));
        self.name
            .set(next.as_ref().map(File::name).unwrap_or_default());
        self.file.set_value(next);
        self.wish.set_value(Wish::default());
        if self.file.with_value(Option::is_some) {
            self.open();
        }
    }

    /// Looks at the file. One of a shape imported before, with nothing left to ask, is read at once.
    pub fn open(self) {
        self.look_then(self.begin(Step::Opening), |opened| {
            let is_clear = opened
                .encoding
                .is_none_or(|found| found.confidence >= Confidence::Likely);
            is_clear && opened.proposal.questions.is_empty()
        });
    }

    /// Looks at the file again as the user wants it to be read; the screen stays until then.
    pub fn look_again(self, change: impl FnOnce(&mut Wish)) {
        self.wish.update_value(change);
        self.look_then(self.begin(Step::Mapping), |_| false);
    }

    /// Forgets how a file of this shape was imported and starts from a proposal.
    pub fn map_anew(self) {
        if let Some(known) = self.reused.get_untracked() {
            spawn_local(async move {
                let forgotten = self.bridge.apply("mapping_forgotten", vec![known.forget()]);
                if let Err(error) = forgotten.await {
                    self.visits.failed(error);
                }
            });
        }
        self.staged.set(None);
        self.bufs.set_value(Vec::new());
        self.look_again(|wish| wish.is_anew = true);
    }

    fn look_then(self, turn: u32, goes_on: fn(&OpenedFile) -> bool) {
        spawn_local(async move {
            let looked = self.look().await;
            if !self.is_current(turn) {
                return;
            }
            match looked {
                Ok((opened, reused)) => {
                    let is_read = reused.is_some() && goes_on(&opened);
                    self.draft.set(Some(Draft::new(&opened.proposal)));
                    self.reused.set(reused);
                    self.opened.set(Some(opened));
                    self.step.set(Step::Mapping);
                    if is_read {
                        self.stage();
                    }
                }
                Err(trouble) => {
                    // Trying again starts from what the file itself suggests.
                    self.wish.set_value(Wish::default());
                    self.step.set(Step::Opening);
                    self.trouble.set(Some(trouble));
                }
            }
        });
    }

    async fn look(self) -> Result<(Arc<OpenedFile>, Option<Remembered>), Trouble> {
        let wish = self.wish.get_value();
        let known = if wish.is_anew {
            Vec::new()
        } else {
            self.remembered().await
        };
        let request = IoRequest::Open {
            name: self.name.get_untracked(),
            locale: match language() {
                Language::Zh => Locale::Zh,
                Language::En => Locale::En,
            },
            encoding: wish.encoding,
            sheet: wish.sheet,
            remembered: known.iter().map(|known| known.mapping.clone()).collect(),
            separator: wish.separator,
            header_line: wish.header_line,
        };
        match self.ask(request).await?.response {
            IoResponse::Opened(opened) => {
                let mut newest_first = known.into_iter().rev();
                let reused = newest_first.find(|known| known.shape == opened.shape);
                Ok((Arc::from(opened), reused))
            }
            IoResponse::Unusable(issue) => Err(Trouble::File(issue)),
            IoResponse::Staged(_) | IoResponse::Exported | IoResponse::LeftOver => {
                Err(unexpected())
            }
        }
    }

    /// Mappings of earlier imports into this workspace; without them the user is only asked more.
    async fn remembered(self) -> Vec<Remembered> {
        if self.bridge.workspace.get_untracked().is_none() {
            return Vec::new();
        }
        let answer = self.bridge.view(View::Settings).await;
        match answer.map(|answer| answer.response) {
            Ok(Response::View(data)) => match *data {
                ViewData::Settings(settings) => among(&settings),
                _ => Vec::new(),
            },
            Ok(_) => Vec::new(),
            Err(error) => {
                leptos::logging::warn!("{error}");
                Vec::new()
            }
        }
    }

    async fn ask(self, request: IoRequest) -> Result<IoAnswer, Trouble> {
        if self.worker.with_value(Option::is_none) {
            let progress = self.progress;
            let started = IoWorker::start(move |now| progress.set(now)).await;
            self.worker.set_value(Some(started.map_err(Trouble::Work)?));
        }
        let file = self.file.get_value();
        let opens = matches!(request, IoRequest::Open { .. });
        let reply = self.worker.with_value(|worker| {
            let worker = worker.as_ref()?;
            Some(worker.ask(&request, file.as_ref().filter(|_| opens), Vec::new()))
        });
        let cancelled = || Trouble::Work(Code::Cancelled.into());
        reply.ok_or_else(cancelled)?.await.map_err(Trouble::Work)
    }

    /// Reads every row by the mapping as it stands.
    pub fn stage(self) {
        let Some(draft) = self.draft.get_untracked().filter(Draft::is_ready) else {
            return;
        };
        self.progress.set(NO_PROGRESS);
        let turn = self.begin(Step::Staging);
        spawn_local(async move {
            let read = self.read(draft).await;
            if !self.is_current(turn) {
                return;
            }
            match read {
                Ok((staged, bufs)) => {
                    self.bufs.set_value(bufs);
                    self.staged.set(Some(staged));
                    self.step.set(Step::Checking);
                }
                Err(trouble) => {
                    self.trouble.set(Some(trouble));
                    self.step.set(Step::Mapping);
                }
            }
        });
    }

    async fn read(self, draft: Draft) -> Result<(Arc<StagedFile>, Vec<Vec<u8>>), Trouble> {
        if self.worker.with_value(Option::is_none) {
            // It was ended to stop an import; a new one has to see the file first.
            self.look().await?;
        }
        let mapping = Box::new(draft.mapping);
        let answer = self.ask(IoRequest::Stage { mapping }).await?;
        match answer.response {
            IoResponse::Staged(staged) => Ok((Arc::from(staged), answer.bufs)),
            IoResponse::Unusable(issue) => Err(Trouble::File(issue)),
            IoResponse::Opened(_) | IoResponse::Exported | IoResponse::LeftOver => {
                Err(unexpected())
            }
        }
    }

    /// Ends the worker and with it the import; the mapping stays.
    pub fn stop(self) {
        self.begin(Step::Mapping);
        self.worker.set_value(None);
    }

    /// From the check back to the mapping.
    pub fn back(self) {
        self.begin(Step::Mapping);
        self.staged.set(None);
        self.bufs.set_value(Vec::new());
    }

    /// Makes what was read part of the data: one gesture, which undo takes back.
    pub fn apply(self) {
        let Some(staged) = self.staged.get_untracked() else {
            return;
        };
        let turn = self.begin(Step::Applying);
        spawn_local(async move {
            let stored = self.store(&staged).await;
            if !self.is_current(turn) {
                return;
            }
            match stored {
                Ok(batch) => {
                    self.visits.keep_data();
                    self.visits.plan();
                    self.tell_applied(batch, &staged);
                    self.next();
                }
                Err(error) => {
                    self.trouble.set(Some(Trouble::Work(error)));
                    self.step.set(Step::Checking);
                }
            }
        });
    }

    async fn store(self, staged: &StagedFile) -> Result<Hash32, AppError> {
        self.visits.ensure(tr(data::MY_COMPANY).to_owned()).await?;
        let source = BatchSource {
            file: self.name.get_untracked(),
            source: staged.source,
            rows_read: staged.rows_read,
            rows_refused: staged.rows_refused,
        };
        let tables = staged.tables.clone();
        let bufs = self
            .bufs
            .with_value(|bufs| bufs.iter().take(tables.len()).cloned().collect());
        let request = Request::ImportStage { source, tables };
        match self.bridge.ask_with(request, bufs).await?.response {
            Response::Staged {
                is_applied: true, ..
            } => Err(Code::AlreadyImported.into()),
            Response::Staged { batch, .. } => {
                let mut commands = vec![Command::ImportApply { batch }];
                commands.extend(self.to_remember().and_then(|mapping| mapping.keep()));
                self.bridge.apply("import_applied", commands).await?;
                Ok(batch)
            }
            _ => Err(Code::BadMessage.into()),
        }
    }

    fn to_remember(self) -> Option<Remembered> {
        Some(Remembered {
            saved_ms: js_sys::Date::now() as u64,
            file: self.name.get_untracked(),
            shape: self.opened.get_untracked()?.shape.clone(),
            mapping: self.draft.get_untracked()?.mapping,
        })
    }

    fn tell_applied(self, batch: Hash32, staged: &StagedFile) {
        let name = self.name.get_untracked();
        let rows = loaded_rows(staged);
        let text = Signal::derive(move || {
            fill(
                data::APPLIED,
                &[("file", &name), ("rows", &number(rows as f64, 0))],
            )
        });
        let file = self.name.get_untracked();
        let undo = Callback::new(move |()| self.undo(batch, file.clone()));
        self.notices
            .show(Notice::done(text).with_action(kit::UNDO, undo));
    }

    /// Takes an applied import out of the data again.
    pub fn undo(self, batch: Hash32, file: String) {
        spawn_local(async move {
            let commands = vec![Command::ImportUndo { batch }];
            match self.bridge.apply("import_undone", commands).await {
                Ok(_) => {
                    let text = Signal::derive(move || fill(data::UNDONE, &[("file", &file)]));
                    self.notices.show(Notice::done(text));
                    self.visits.plan();
                }
                Err(error) => self.visits.failed(error),
            }
        });
    }

    /// The rows of the file at work that did not enter, as a file to be corrected.
    ///
    /// # Errors
    /// What the worker says; another file may be at work by then.
    pub async fn left_over(
        self,
        wording: Vec<(engine::issue::Code, String)>,
    ) -> Result<Vec<u8>, Trouble> {
        let answer = self.ask(IoRequest::LeftOver { wording }).await?;
        match answer.response {
            IoResponse::LeftOver => answer.bufs.into_iter().next().ok_or_else(unexpected),
            _ => Err(unexpected()),
        }
    }

    /// The report of the file at work: every row that did not enter, as CSV.
    pub fn report(self) -> Option<Vec<u8>> {
        self.bufs.with_value(|bufs| bufs.last().cloned())
    }

    fn begin(self, step: Step) -> u32 {
        self.trouble.set(None);
        self.step.set(step);
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    fn is_current(self, turn: u32) -> bool {
        self.turn.get_value() == turn
    }
}

/// Rows of the file that the import brings.
pub(super) fn loaded_rows(staged: &StagedFile) -> u64 {
    staged.totals.loaded.rows + staged.totals.returns.rows
}

fn unexpected() -> Trouble {
    Trouble::Work(Code::BadMessage.into())
}
