//! Two charts that need no canvas: a list of bars, and one bar of shares.

use super::Ink;
use leptos::prelude::*;

/// One row of a bar list.
#[derive(Clone)]
pub struct BarRow {
    pub name: String,
    /// Where the bar starts and ends, in the unit of the list; equal ends draw a tick.
    pub from: f64,
    pub to: f64,
    pub text: String,
    pub ink: Ink,
    pub strong: bool,
}

/// Names, bars on one scale from zero, figures: decompositions and rankings.
#[component]
pub fn BarList(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] rows: Signal<Vec<BarRow>>,
) -> impl IntoView {
    let items = move || {
        let rows = rows.get();
        let low = rows
            .iter()
            .flat_map(|row| [row.from, row.to])
            .fold(0.0, f64::min);
        let high = rows
            .iter()
            .flat_map(|row| [row.from, row.to])
            .fold(0.0, f64::max);
        let share = move |value: f64| {
            if high > low {
                (value - low) / (high - low) * 100.0
            } else {
                0.0
            }
        };
        rows.into_iter()
            .map(|row| {
                let (left, right) = (share(row.from.min(row.to)), share(row.from.max(row.to)));
                view! {
                    <li class="bar-row" class:strong=row.strong>
                        <span class="cut">{row.name}</span>
                        <span class="bar-track">
                            <span
                                class="bar"
                                style:left=format!("{left:.2}%")
                                style:width=format!("{:.2}%", right - left)
                                style:background=format!("var({})", row.ink.0)
                            ></span>
                        </span>
                        <span class="num">{row.text}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="bar-list" aria-label=label>{items}</ul> }
}

/// One part of a share bar.
#[derive(Clone)]
pub struct SharePart {
    pub name: String,
    pub value: f64,
    pub text: String,
    pub ink: Ink,
}

/// One bar cut into parts, their names and figures under it: ageing, stock by status.
#[component]
pub fn ShareBar(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] parts: Signal<Vec<SharePart>>,
    /// Only the bar; the figures stand elsewhere.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let bar = move || {
        parts
            .get()
            .into_iter()
            .filter(|part| part.value > 0.0)
            .map(|part| {
                view! {
                    <span
                        style:flex-grow=format!("{:.6}", part.value)
                        style:background=format!("var({})", part.ink.0)
                        title=format!("{} {}", part.name, part.text)
                    ></span>
                }
            })
            .collect_view()
    };
    let names = move || {
        parts
            .get()
            .into_iter()
            .map(|part| {
                view! {
                    <li>
                        <span class="share-mark" style:background=format!("var({})", part.ink.0)></span>
                        <span class="dim">{part.name}</span>
                        <strong>{part.text}</strong>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="share">
            <div class="share-bar" aria-hidden="true">{bar}</div>
            <ul class="share-names" class:only-heard=bare aria-label=label>{names}</ul>
        </div>
    }
}
