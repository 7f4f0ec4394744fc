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

/// What follows signals, without its type: the code that follows them is made once for all.
pub(super) fn live(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// A cell with a text.
pub(super) fn cell(class: &'static str, text: String) -> AnyView {
    view! { <td class=class>{text}</td> }.into_any()
}

/// A cell with more than a text.
pub(super) fn cell_of(class: &'static str, content: AnyView) -> AnyView {
    view! { <td class=class>{content}</td> }.into_any()
}

/// A row: what it is about, more of that for whoever points at it, and its cells.
pub(super) fn line(name: String, more: Option<String>, cells: Vec<AnyView>) -> AnyView {
    view! {
        <tr>
            <th scope="row" title=more>{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}

/// A table in a frame that scrolls; what it is called is heard.
pub(super) fn table(
    name: Msg,
    class: &'static str,
    columns: &[(Msg, bool)],
    rows: Vec<AnyView>,
) -> AnyView {
    view! {
        <div class="demand-plan" tabindex="0" role="region" aria-label=t(name)>
            <table class=class>
                {heads(columns)}
                <tbody>{rows}</tbody>
            </table>
        </div>
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
