//! Views of the plan on screen: their state, their rows, their names.

use super::failure_text;
use crate::bridge::{Bridge, Query, Shown, query};
use crate::i18n::{Language, language};
use crate::state::{Freshness, Workspace};
use crate::ui::{GridReply, GridRequest, GridRow, GridSource, ViewState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::columns::unpack;
use protocol::view::RowsQuery;
use protocol::{Code, Column, ColumnData, Response, View, ViewData, ViewKind};
use std::sync::Arc;

/// Where a view stands: empty without a workspace or a plan, and where `is_empty` says so.
pub fn view_state(query: Query, is_empty: fn(&ViewData) -> bool) -> Signal<ViewState> {
    let bridge = Bridge::here();
    let frame = Workspace::here();
    let is_planning = move || {
        frame
            .freshness
            .with(|steps| steps.iter().any(|step| step.state == Freshness::Running))
    };
    Signal::derive(move || {
        let error = query.error.get();
        let has_no_plan = error
            .as_ref()
            .is_some_and(|error| error.code == Code::NoPlan);
        match query.data.get() {
            _ if bridge.workspace.get().is_none() => ViewState::Empty,
            _ if has_no_plan && !is_planning() => ViewState::Empty,
            Some(shown) if is_empty(&shown.data) => ViewState::Empty,
            Some(_) => ViewState::Done,
            None => match error {
                Some(error) if !has_no_plan => ViewState::Failed(failure_text(&error)),
                _ => ViewState::Loading,
            },
        }
    })
}

/// Picks the name of the page's language.
pub fn name_of(names: &(String, String)) -> String {
    match language() {
        Language::Zh => names.0.clone(),
        Language::En => names.1.clone(),
    }
}

/// A window of a table, put together.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    columns: Vec<Column>,
}

impl Rows {
    /// The rows an answer carries; none when it is of another kind.
    pub fn of(data: &ViewData, bufs: &[Vec<u8>]) -> Self {
        let ViewData::Rows(head) = data else {
            return Self::default();
        };
        Self {
            columns: unpack(&head.columns, bufs).unwrap_or_default(),
        }
    }

    pub fn count(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    pub fn text(&self, name: &str, row: usize) -> &str {
        match self.data(name) {
            Some(ColumnData::Text(values)) => values.get(row).map_or("", String::as_str),
            _ => "",
        }
    }

    /// The text of the page's language: `name_zh` or `name_en`.
    pub fn local(&self, name: &str, row: usize) -> &str {
        match language() {
            Language::Zh => self.text(&format!("{name}_zh"), row),
            Language::En => self.text(&format!("{name}_en"), row),
        }
    }

    /// A figure; `None` where it is absent.
    pub fn figure(&self, name: &str, row: usize) -> Option<f64> {
        match self.data(name) {
            Some(ColumnData::F64(values)) => {
                values.get(row).copied().filter(|value| !value.is_nan())
            }
            _ => None,
        }
    }

    fn data(&self, name: &str) -> Option<&ColumnData> {
        self.columns
            .iter()
            .find(|column| column.name == name)
            .map(|column| &column.data)
    }
}

/// A grid over a table of the worker, and the query that counts its rows.
pub fn rows_source(
    kinds: &'static [ViewKind],
    rows: impl Fn() -> RowsQuery + Copy + Send + Sync + 'static,
    format: impl Fn(&Rows, usize) -> GridRow + Copy + Send + Sync + 'static,
) -> (GridSource, Query) {
    let bridge = Bridge::here();
    let count = query(kinds, move || {
        Some(View::Rows(RowsQuery {
            from: 0,
            len: 0,
            ..rows()
        }))
    });
    let total = move || {
        count
            .data
            .with(|shown| shown.as_deref().map_or(0, |shown| total_of(&shown.data)))
    };
    let revision = Memo::new(move |before: Option<&u64>| {
        count.data.track();
        language();
        before.copied().unwrap_or(0).wrapping_add(1)
    });
    let fetch = Callback::new(move |GridRequest { from, len, reply }: GridRequest| {
        let window = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let asked = RowsQuery {
            from: window(from),
            len: window(len),
            ..untrack(rows)
        };
        answer(bridge, asked, format, reply);
    });
    (
        GridSource {
            total: Signal::derive(total),
            revision: revision.into(),
            fetch,
        },
        count,
    )
}

fn answer(
    bridge: Bridge,
    asked: RowsQuery,
    format: impl Fn(&Rows, usize) -> GridRow + 'static,
    reply: GridReply,
) {
    spawn_local(async move {
        let Ok(answer) = bridge.view(View::Rows(asked)).await else {
            return;
        };
        if let Response::View(data) = answer.response {
            let rows = Rows::of(&data, &answer.bufs);
            reply(untrack(|| {
                (0..rows.count()).map(|row| format(&rows, row)).collect()
            }));
        }
    });
}

fn total_of(data: &ViewData) -> usize {
    match data {
        ViewData::Rows(head) => head.total as usize,
        _ => 0,
    }
}

/// The data of a query, if it is there and of the kind `pick` takes.
pub fn picked<T: Clone + Send + Sync + 'static>(
    query: Query,
    pick: impl Fn(&Shown) -> Option<T> + Send + Sync + 'static,
) -> Signal<Option<T>> {
    Signal::derive(move || {
        query
            .data
            .with(|shown: &Option<Arc<Shown>>| shown.as_deref().and_then(&pick))
    })
}
