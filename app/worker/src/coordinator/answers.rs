//! Views that need no plan; those that do are in `crate::views`.

use super::{Answer, Desk};
use crate::views::{Shown, answer};
use crate::workspace::Decided;
use protocol::view::ImportRecord;
use protocol::{AppError, Code, Hash32, Response, View, ViewData};

impl Desk {
    pub(super) fn view(&mut self, view: View) -> Result<Answer, AppError> {
        let persistence = self.persistence;
        let open = self.opened()?;
        let (data, bufs) = match view {
            View::Storage => (ViewData::Storage(open.storage(persistence)), Vec::new()),
            View::ImportHistory => (ViewData::ImportHistory(imports(open)), Vec::new()),
            View::DataSummary => (summary(open), Vec::new()),
            View::Settings => (settings(open), Vec::new()),
            view => planned(open, &view)?,
        };
        Ok(Answer {
            response: Response::View(Box::new(data)),
            bufs,
        })
    }
}

fn planned(open: &super::Open, view: &View) -> Result<(ViewData, Vec<Vec<u8>>), AppError> {
    let (Some(dataset), Some(plan)) = (open.data.as_deref(), open.plan.as_deref()) else {
        return Err(Code::NoPlan.into());
    };
    let decided = |(proposal, decided): (&String, &Decided)| {
        (proposal.clone(), (decided.status, decided.quantity))
    };
    let decisions = open.session.state().decisions.iter().map(decided).collect();
    answer(
        Shown {
            plan,
            dataset,
            decisions: &decisions,
            hand: &open.session.state().hand,
        },
        view,
    )
}

fn imports(open: &super::Open) -> Vec<ImportRecord> {
    let record = |known: &crate::workspace::KnownBatch| ImportRecord {
        batch: known.info.batch(),
        file: known.info.file.clone(),
        tables: known
            .info
            .tables
            .iter()
            .map(|table| (table.name.clone(), table.rows))
            .collect(),
        rows_read: known.info.rows_read,
        rows_refused: known.info.rows_refused,
        seq: known.applied_by.unwrap_or_default(),
    };
    open.session.state().applied().map(record).collect()
}

fn settings(open: &super::Open) -> ViewData {
    let settings = open.session.state().settings.clone();
    ViewData::Settings(settings.into_iter().collect())
}

fn summary(open: &super::Open) -> ViewData {
    let Some(dataset) = &open.data else {
        return ViewData::DataSummary {
            tables: Vec::new(),
            dataset_hash: None,
        };
    };
    let tables = dataset
        .tables()
        .map(|table| (table.id().name().to_owned(), table.len() as u64))
        .collect();
    ViewData::DataSummary {
        tables,
        dataset_hash: Some(Hash32(dataset.hash().0)),
    }
}
