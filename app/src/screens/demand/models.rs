//! The model card: every model on a single series with its error and its weight, or which models
//! forecast the series of a slice.

use super::desk::Desk;
use super::heads::no_series;
use crate::i18n::messages::{classes, demand, explain};
use crate::i18n::{ABSENT, by_id, fill, number, percent, t, tr};
use crate::ui::{Badge, BadgeTone, FourStates, Panel};
use leptos::prelude::*;
use protocol::view::{DemandCard, ModelRow, ModelTable};

#[component]
pub(super) fn ModelsPanel(desk: Desk) -> impl IntoView {
    let caption = move || {
        desk.explained.models.0.with(|table| match table {
            Some(table) if table.card.is_none() && table.series > 1 => {
                let count = number(f64::from(table.series), 0);
                fill(explain::MODELS_OF_MANY, &[("n", &count)])
            }
            _ => tr(explain::MODELS_OF_ONE).to_owned(),
        })
    };
    view! {
        <Panel title=explain::MODELS caption=Signal::derive(caption) flush=true>
            <FourStates
                state=desk.explained.models.1
                empty=no_series
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                {move || desk.explained.models.0.get().map(|shown| body(&shown))}
            </FourStates>
        </Panel>
    }
}

fn body(shown: &ModelTable) -> impl IntoView + use<> {
    let is_single = shown.card.is_some();
    let rows = shown.rows.iter().map(|row| line(row, is_single));
    let rows = rows.collect_view();
    let ends = if is_single {
        [
            explain::ORIGINS,
            demand::WAPE,
            explain::MASE,
            explain::WEIGHT,
        ]
        .map(|name| view! { <th scope="col" class="num">{t(name)}</th> })
        .collect_view()
        .into_any()
    } else {
        [explain::SERIES, explain::SHARE, demand::WAPE]
            .map(|name| view! { <th scope="col" class="num">{t(name)}</th> })
            .collect_view()
            .into_any()
    };
    view! {
        {shown.card.as_ref().map(facts)}
        <div class="demand-plan" tabindex="0" role="region" aria-label=t(explain::MODELS)>
            <table class="demand-factors explain-models">
                <thead>
                    <tr>
                        <th scope="col">{t(demand::MODEL)}</th>
                        <th scope="col"></th>
                        {ends}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="micro faint demand-note">{t(explain::MODELS_BASIS)}</p>
    }
}

/// Class of the demand, and what makes it.
fn facts(card: &DemandCard) -> impl IntoView + use<> {
    let class = by_id(classes::ALL, &card.class).map(tr);
    let limited = |value: Option<f64>, limit: f64| {
        let value = value.map_or_else(|| ABSENT.to_owned(), |value| number(value, 2));
        fill(
            explain::LIMIT,
            &[("value", &value), ("limit", &number(limit, 2))],
        )
    };
    view! {
        <dl class="demand-facts explain-class">
            <dt>{t(explain::CLASS)}</dt>
            <dd>{class}</dd>
            <dt>{t(explain::ADI)}</dt>
            <dd>{limited(card.interval, card.limits.0)}</dd>
            <dt>{t(explain::CV2)}</dt>
            <dd>{limited(Some(card.variation), card.limits.1)}</dd>
        </dl>
    }
}

fn line(row: &ModelRow, is_single: bool) -> impl IntoView + use<> {
    let name = by_id(demand::ALL, &format!("model_{}", row.model))
        .map_or_else(|| row.model.clone(), |name| tr(name).to_owned());
    let is_used = row.weight > 0.0;
    let badge = match (row.is_benchmark, is_used && is_single) {
        (_, true) => Some(view! { <Badge label=explain::CHOSEN tone=BadgeTone::Good/> }.into_any()),
        (true, false) => Some(
            view! { <span class="micro faint" title=t(explain::BENCHMARK_MEANS)>{t(explain::BENCHMARK)}</span> }
                .into_any(),
        ),
        (false, false) => None,
    };
    let share = |share: Option<f64>| {
        share.map_or_else(|| ABSENT.to_owned(), |share| percent(share * 100.0, 1))
    };
    let whole = |count: u32| match count {
        0 => ABSENT.to_owned(),
        count => number(f64::from(count), 0),
    };
    let mase = row
        .mase
        .map_or_else(|| ABSENT.to_owned(), |mase| number(mase, 3));
    let cells = match (is_single, row.origins) {
        (true, 0) => vec![
            tr(explain::NOT_SUITED).to_owned(),
            ABSENT.to_owned(),
            ABSENT.to_owned(),
            number(row.weight, 0),
        ],
        (true, origins) => vec![whole(origins), share(row.wape), mase, number(row.weight, 0)],
        (false, _) => vec![
            whole(row.series),
            share(Some(row.weight).filter(|it| *it > 0.0)),
            share(row.wape),
        ],
    };
    let cells = cells
        .into_iter()
        .map(|text| view! { <td class="num">{text}</td> });
    view! {
        <tr data-model=row.model.clone() class:strong=is_used && is_single>
            <th scope="row" title=row.source.clone()>{name}</th>
            <td>{badge}</td>
            {cells.collect_view()}
        </tr>
    }
}
