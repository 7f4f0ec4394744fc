//! Where the rows come from: windows on demand, so that they may live in a worker.

use super::GridRow;
use leptos::prelude::*;
use std::sync::Arc;

/// Takes the rows of a window.
pub type GridReply = Arc<dyn Fn(Vec<GridRow>) + Send + Sync>;

/// A wish for the rows `from .. from + len`; answered by `reply`, at once or later.
#[derive(Clone)]
pub struct GridRequest {
    pub from: usize,
    pub len: usize,
    pub reply: GridReply,
}

/// The rows of a grid.
#[derive(Clone, Copy)]
pub struct GridSource {
    /// How many rows there are.
    pub total: Signal<usize>,
    /// Changes whenever rows, order or filter change; shown rows stay until the new ones are there.
    pub revision: Signal<u64>,
    pub fetch: Callback<GridRequest>,
}

impl GridSource {
    /// Rows held by the page, formatted window by window.
    pub fn from_rows<T: Send + Sync + 'static>(
        rows: Signal<Arc<Vec<T>>>,
        format: impl Fn(&T) -> GridRow + Send + Sync + 'static,
    ) -> Self {
        let revision = Memo::new(move |before: Option<&u64>| {
            rows.track();
            before.copied().unwrap_or(0).wrapping_add(1)
        });
        let fetch = Callback::new(move |GridRequest { from, len, reply }| {
            let window = rows.with_untracked(|rows| {
                rows.iter()
                    .skip(from)
                    .take(len)
                    .map(&format)
                    .collect::<Vec<_>>()
            });
            reply(window);
        });
        Self {
            total: Signal::derive(move || rows.with(|rows| rows.len())),
            revision: revision.into(),
            fetch,
        }
    }
}
