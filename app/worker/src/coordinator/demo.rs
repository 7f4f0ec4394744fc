//! Demo companies: generated here, then stored like any import.

use super::Desk;
use crate::scope::ticks_ms;
use crate::session::Session;
use crate::store::any::AnyStore;
use crate::store::chunks;
use crate::workspace::BatchInfo;
use engine::dataset::pack_table;
use engine::sample::{Company, demo};
use protocol::event::Phase;
use protocol::request::BatchSource;
use protocol::{AppError, Code, Event, Hash32};
use std::ops::ControlFlow;

/// Shortest time between two progress reports, milliseconds.
const REPORT_MS: f64 = 100.0;

/// Whether a batch is a demo company, which its seed makes again.
pub(super) fn is_demo(info: &BatchInfo) -> bool {
    info.source == source_of(&info.file)
}

/// A demo has no file: its name stands for the bytes. Files of users are hashed by theirs.
fn source_of(file: &str) -> Hash32 {
    chunks::hash(file.as_bytes())
}

impl Desk {
    /// Generates a demo company and stages its tables as one batch.
    pub(super) async fn stage_demo(
        &self,
        session: &mut Session<AnyStore>,
        company: &str,
    ) -> Result<Hash32, AppError> {
        let unknown = || AppError::new(Code::UnknownName).with("name", company);
        let company = Company::parse(company).ok_or_else(unknown)?;
        let mut reported = f64::NEG_INFINITY;
        let progress = |done: usize, total: usize| {
            if ticks_ms() - reported >= REPORT_MS {
                reported = ticks_ms();
                self.phase(Phase::Generate, done, total);
            }
            ControlFlow::Continue(())
        };
        let demo = demo(company, progress).ok_or(Code::Cancelled)?;
        self.phase(Phase::Store, 0, 1);
        let mut tables = Vec::new();
        let mut rows_read = 0;
        for table in demo.dataset.tables() {
            let rows = table.len() as u64;
            rows_read += rows;
            tables.push((table.id().name().to_owned(), rows, pack_table(table)));
        }
        let file = format!("demo {}", company.as_str());
        let source = BatchSource {
            source: source_of(&file),
            file,
            rows_read,
            rows_refused: 0,
        };
        let batch = session.stage(&source, &tables).await?.batch();
        self.phase(Phase::Store, 1, 1);
        Ok(batch)
    }

    fn phase(&self, phase: Phase, done: usize, total: usize) {
        let (stage, done, total) = (String::new(), done as u64, total as u64);
        self.tell(&Event::Progress {
            phase,
            stage,
            done,
            total,
        });
    }
}
