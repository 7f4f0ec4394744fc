//! Tables as files for people: a workbook or a CSV file, in the language of the page.

use crate::bridge::{IoWorker, Visits};
use crate::i18n::messages::{export, settings};
use crate::i18n::{day_iso, fill, number};
use crate::state::{Notice, Notices, Workspace};
use crate::ui::save_file;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::columns::pack;
use protocol::io::{ExportFormat, IoRequest, SheetHead};
use protocol::{AppError, Code, Column};

/// A table to be written: a name and its columns.
pub struct Sheet {
    /// Name of the tab.
    pub name: String,
    /// Columns, headed as shown.
    pub columns: Vec<Column>,
}

/// Writes tables and hands them to the browser as a download.
#[derive(Clone, Copy)]
pub struct Exporter {
    visits: Visits,
    notices: Notices,
    frame: Workspace,
    is_running: RwSignal<bool>,
}

impl Exporter {
    /// Whether a file is being written.
    #[must_use]
    pub fn is_running(self) -> bool {
        self.is_running.get()
    }

    /// For the screen that is shown.
    #[must_use]
    pub fn here() -> Self {
        Self {
            visits: Visits::here(),
            notices: Notices::here(),
            frame: Workspace::here(),
            is_running: RwSignal::new(false),
        }
    }

    /// Writes the sheets into one file named `stem` and the date of the plan; a failure is told.
    pub fn start(
        self,
        stem: String,
        format: ExportFormat,
        sheets: impl Future<Output = Result<Vec<Sheet>, AppError>> + 'static,
    ) {
        self.is_running.set(true);
        spawn_local(async move {
            let written = match sheets.await {
                Ok(sheets) => write(sheets, format).await,
                Err(error) => Err(error),
            };
            match written {
                Ok((bytes, rows)) => self.save(&stem, &bytes, rows, format),
                Err(error) => self.visits.failed(error),
            }
            self.is_running.set(false);
        });
    }

    fn save(self, stem: &str, bytes: &[u8], rows: usize, format: ExportFormat) {
        let (ending, mime) = match format {
            ExportFormat::Xlsx => (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ExportFormat::Csv => ("csv", "text/csv;charset=utf-8"),
        };
        let day = self.frame.as_of.get_untracked().map(day_iso);
        let stem = stem.replace(' ', "_");
        let name = format!("{stem}_{}.{ending}", day.unwrap_or_default());
        self.notices.show(match save_file(&name, mime, bytes) {
            Ok(()) => Notice::done(Signal::derive(move || {
                let rows = number(rows as f64, 0);
                fill(export::EXPORTED, &[("file", &name), ("rows", &rows)])
            })),
            Err(_) => Notice::bad(settings::BACKUP_REFUSED),
        });
    }
}

/// The file and how many rows it has.
async fn write(sheets: Vec<Sheet>, format: ExportFormat) -> Result<(Vec<u8>, usize), AppError> {
    let (mut heads, mut bufs, mut rows) = (Vec::new(), Vec::new(), 0);
    for sheet in sheets {
        rows += sheet.columns.first().map_or(0, |column| column.len());
        let (columns, more) = pack(&sheet.columns);
        let name = sheet.name;
        heads.push(SheetHead { name, columns });
        bufs.extend(more);
    }
    let worker = IoWorker::start(|_progress| {}).await?;
    let request = IoRequest::Export {
        format,
        sheets: heads,
    };
    let written = worker.ask(&request, None, bufs).await?;
    let file = written.bufs.into_iter().next();
    file.map(|file| (file, rows))
        .ok_or_else(|| Code::BadMessage.into())
}
