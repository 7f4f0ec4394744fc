//! The worker of the browser: one file at a time, thrown away by the page.
//!
//! Everything here runs in one task, so a message waits until the one before is answered;
//! to cancel, the page ends the worker.

mod blob;
mod export;
mod left_over;
mod open;
mod scope;
mod stage;

use engine::import::{Mapping, Refusals};
use protocol::envelope::{Envelope, Kind};
use protocol::io::{IoReply, IoRequest, IoResponse};
use protocol::{AppError, Code};
use web_sys::Blob;

pub use self::open::{Look, OpenFile, open};
pub use self::scope::memory_bytes;
pub use self::stage::stage;

/// Starts listening; called once, from `main`.
pub fn start() {
    scope::report_panics();
    let mut worker = Worker::default();
    scope::listen(move |envelope, file| worker.take(&envelope, file));
}

/// What the worker remembers between messages.
#[derive(Default)]
struct Worker {
    file: Option<OpenFile>,
    /// What the opened file was staged by, and what did not enter.
    staged: Option<(Mapping, Refusals)>,
}

/// An answer and the buffers that go with it.
pub struct Answer {
    /// The answer.
    pub response: IoResponse,
    /// Buffers to transfer.
    pub bufs: Vec<Vec<u8>>,
}

impl From<IoResponse> for Answer {
    fn from(response: IoResponse) -> Self {
        Self {
            response,
            bufs: Vec::new(),
        }
    }
}

impl Worker {
    fn take(&mut self, envelope: &Envelope, file: Option<Blob>) {
        let answer = match envelope.open::<IoRequest>(Kind::Request) {
            Ok(request) => self.answer(envelope, request, file),
            Err(error) => Err(AppError::new(Code::BadMessage).with("detail", error)),
        };
        let (result, bufs) = match answer {
            Ok(answer) => (Ok(answer.response), answer.bufs),
            Err(error) => (Err(error), Vec::new()),
        };
        scope::post(&Envelope::wrap(
            envelope.id,
            Kind::Reply,
            &IoReply { result },
            bufs,
        ));
    }

    fn answer(
        &mut self,
        envelope: &Envelope,
        request: IoRequest,
        file: Option<Blob>,
    ) -> Result<Answer, AppError> {
        let missing = || AppError::new(Code::BadMessage).with("detail", "no file");
        match request {
            IoRequest::Open {
                name,
                locale,
                encoding,
                sheet,
                remembered,
                separator,
                header_line,
            } => {
                let file = match (file, self.file.take()) {
                    (Some(blob), _) => OpenFile::new(name, blob),
                    // The same file again, read otherwise.
                    (None, Some(open)) => open,
                    (None, None) => return Err(missing()),
                };
                let look = Look {
                    locale,
                    encoding,
                    sheet: &sheet,
                    separator,
                    header_line,
                    remembered: &remembered,
                };
                let response = open(&file, &look)?;
                self.file = Some(file);
                self.staged = None;
                Ok(response.into())
            }
            IoRequest::Stage { mapping } => {
                let file = self.file.as_ref().ok_or_else(missing)?;
                let (answer, refusals) = stage(file, &mapping, envelope.id)?;
                self.staged = refusals.map(|refusals| (*mapping, refusals));
                Ok(answer)
            }
            IoRequest::LeftOver { wording } => {
                let file = self.file.as_ref().ok_or_else(missing)?;
                let (mapping, refusals) = self.staged.as_ref().ok_or_else(missing)?;
                left_over::left_over(file, mapping, refusals, &wording)
            }
            IoRequest::Export { format, sheets } => export::export(format, &sheets, &envelope.bufs),
        }
    }
}
