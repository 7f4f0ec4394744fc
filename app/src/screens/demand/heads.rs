//! What the tables of the screen begin with, and what stands where they have nothing.

use crate::i18n::messages::demand;
use crate::i18n::{Msg, t};
use crate::ui::{EmptyState, Icon};
use leptos::prelude::*;

/// Column heads: names, and whether figures stand below.
pub(super) fn heads(names: &[(Msg, bool)]) -> AnyView {
    let head = |(name, is_figure): &(Msg, bool)| {
        let class = if *is_figure { "num" } else { "" };
        view! { <th scope="col" class=class>{t(*name)}</th> }
    };
    let heads = names.iter().map(head).collect_view();
    view! {
        <thead>
            <tr>{heads}</tr>
        </thead>
    }
    .into_any()
}

/// Cells of figures.
pub(super) fn figures(texts: &[String]) -> AnyView {
    let cell = |text: &String| view! { <td class="num">{text.clone()}</td> };
    texts.iter().map(cell).collect_view().into_any()
}

/// A slice without series.
pub(super) fn no_series() -> AnyView {
    view! {
        <EmptyState icon=Icon::Chart title=demand::NO_SERIES_TITLE body=demand::NO_SERIES_BODY/>
    }
    .into_any()
}
