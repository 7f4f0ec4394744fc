//! Views; how those that need a plan are made of it is in `crate::views`.

use super::open::Open;
use super::{Answer, Desk};
use crate::views::{self, Decisions, Shown};
use protocol::view::ImportRecord;
use protocol::{AppError, Code, Hash32, Response, View, ViewData};

impl Desk {
    /// Answers what start-up and Home ask for; other views come to [`Desk::plan_view`].
    pub(super) fn view(&mut self, view: &View) -> Result<Answer, AppError> {
        let persistence = self.persistence;
        let open = self.opened()?;
        let data = match view {
            View::Storage => ViewData::Storage(open.storage(persistence)),
            View::ImportHistory => ViewData::ImportHistory(imports(open)),
            View::DataSummary => summary(open),
            View::Settings => settings(open),
            View::Kpis => open.shown(|shown| Ok(views::kpis(shown)))?,
            View::StockStatus => open.shown(|shown| Ok(views::stock_status(shown)))?,
            View::DemandTree { .. }
            | View::Series { .. }
            | View::Rows(_)
            | View::SkuCard { .. }
            | View::Search { .. }
            | View::EventFactors { .. }
            | View::Accuracy { .. }
            | View::Adjustments { .. }
            | View::Outliers { .. }
            | View::Signals
            | View::NewItems { .. } => return Err(Code::BadMessage.into()),
        };
        Ok(answer(data, Vec::new()))
    }

    /// Answers any view that needs a plan.
    pub(super) fn plan_view(&mut self, view: &View) -> Result<Answer, AppError> {
        let shown = |shown: Shown<'_>| views::answer(shown, view);
        let (data, bufs) = self.opened()?.shown(shown)?;
        Ok(answer(data, bufs))
    }
}

fn answer(data: ViewData, bufs: Vec<Vec<u8>>) -> Answer {
    Answer {
        response: Response::View(Box::new(data)),
        bufs,
    }
}

impl Open {
    /// What is made of the plan.
    fn shown<T>(&self, make: impl FnOnce(Shown<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        let (Some(dataset), Some(plan)) = (self.data.as_deref(), self.plan.as_deref()) else {
            return Err(Code::NoPlan.into());
        };
        let mut decisions = Decisions::new();
        for (proposal, decided) in &self.session.state().decisions {
            decisions.insert(proposal.clone(), (decided.status, decided.quantity));
        }
        make(Shown {
            plan,
            dataset,
            decisions: &decisions,
            hand: &self.session.state().hand,
        })
    }
}

fn imports(open: &Open) -> Vec<ImportRecord> {
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

fn settings(open: &Open) -> ViewData {
    let settings = open.session.state().settings.clone();
    ViewData::Settings(settings.into_iter().collect())
}

fn summary(open: &Open) -> ViewData {
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
