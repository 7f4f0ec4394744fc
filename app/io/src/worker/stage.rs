//! Staging: tables, report and totals of the opened file.

use std::io::{self, Read};
use std::ops::ControlFlow;

use engine::dataset::pack_table;
use engine::import::{Mapping, Refusals, StageError, Staged, stage_csv, write_report};
use protocol::envelope::{Envelope, Kind};
use protocol::io::{ISSUES_SHOWN, IoProgress, IoResponse, StagedFile};
use protocol::request::StagedTable;
use protocol::{AppError, Code, Hash32};

use super::Answer;
use super::blob::length_of;
use super::open::{OpenFile, unreadable};
use super::scope::{memory_bytes, now_ms, post};
use crate::workbook::Workbook;

/// Milliseconds between two reports of progress.
const REPORT_MS: f64 = 100.0;

/// Stages the file and answers with its tables in packed form, then the report. What did not
/// enter comes beside the answer; nothing does when the file as a whole cannot be used.
///
/// # Errors
/// When the browser does not hand out the file's bytes.
pub fn stage(
    file: &OpenFile,
    mapping: &Mapping,
    request: u32,
) -> Result<(Answer, Option<Refusals>), AppError> {
    let start = now_ms();
    let mut hasher = blake3::Hasher::new();
    let mut reports = Reports {
        request,
        total: length_of(&file.blob),
        last: start,
    };
    let staged = if file.is_workbook()? {
        let source = file.reader()?;
        let mut hashing = Hashing {
            source,
            hasher: &mut hasher,
        };
        io::copy(&mut hashing, &mut io::sink()).map_err(unreadable)?;
        let mut workbook = match Workbook::open(file.reader()?) {
            Ok(workbook) => workbook,
            Err(error) => return Ok((IoResponse::Unusable(error.issue(&file.name)).into(), None)),
        };
        // How much of a workbook has been read is only known in rows.
        workbook.stage(&file.name, mapping, |rows, _same| reports.tell(rows, 0))
    } else {
        let source = Hashing {
            source: file.reader()?,
            hasher: &mut hasher,
        };
        stage_csv(&file.name, source, mapping, |rows, bytes| {
            reports.tell(rows, bytes)
        })
    };
    let staged = match staged {
        Ok(staged) => staged,
        Err(StageError::Unusable(issue)) => return Ok((IoResponse::Unusable(issue).into(), None)),
        Err(StageError::Cancelled) => return Err(Code::Cancelled.into()),
    };
    let mapping = postcard::to_stdvec(mapping)
        .map_err(|error| AppError::new(Code::BadMessage).with("detail", error))?;
    hasher.update(&mapping);
    let (answer, refusals) = answer(staged, Hash32(*hasher.finalize().as_bytes()), start)?;
    Ok((answer, Some(refusals)))
}

fn answer(staged: Staged, source: Hash32, start: f64) -> Result<(Answer, Refusals), AppError> {
    let mut report = Vec::new();
    write_report(staged.issues(), &mut report).map_err(unreadable)?;
    let mut tables = Vec::with_capacity(staged.tables.len());
    let mut bufs = Vec::with_capacity(staged.tables.len() + 1);
    for table in staged.tables {
        tables.push(StagedTable {
            table: table.def().name.to_owned(),
            rows: table.len() as u64,
        });
        bufs.push(pack_table(&table));
    }
    bufs.push(report);
    let counts = staged.refusals.counts().into_iter();
    let file = StagedFile {
        source,
        rows_read: staged.rows_read,
        rows_refused: staged.refusals.len() as u64,
        tables,
        totals: staged.totals,
        notes: staged.notes,
        counts: counts.map(|(code, count)| (code, count as u64)).collect(),
        issues: staged.refusals.issues().take(ISSUES_SHOWN).collect(),
        took_ms: (now_ms() - start) as u32,
        peak_bytes: memory_bytes(),
    };
    let answer = Answer {
        response: IoResponse::Staged(Box::new(file)),
        bufs,
    };
    Ok((answer, staged.refusals))
}

/// Hashes what is read.
struct Hashing<'a, R> {
    source: R,
    hasher: &'a mut blake3::Hasher,
}

impl<R: Read> Read for Hashing<'_, R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(target)?;
        self.hasher.update(target.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Tells the page how far it is, ten times a second.
struct Reports {
    request: u32,
    total: u64,
    last: f64,
}

impl Reports {
    fn tell(&mut self, rows: u64, bytes: u64) -> ControlFlow<()> {
        let now = now_ms();
        if now - self.last >= REPORT_MS {
            self.last = now;
            let progress = IoProgress {
                rows,
                bytes,
                total: self.total,
            };
            post(&Envelope::wrap(
                self.request,
                Kind::Event,
                &progress,
                Vec::new(),
            ));
        }
        // Cancelling is ending the worker.
        ControlFlow::Continue(())
    }
}
