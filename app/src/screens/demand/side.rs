//! Beside the chart: which model, how good it is, what to know about the history.

use super::desk::Desk;
use super::hand::{here, score_units};
use super::model::{Figures, Grade};
use super::navigator::{GradeMark, grade_word};
use crate::i18n::messages::{demand, hand};
use crate::i18n::{ABSENT, by_id, change, fill, number, percent, percent_sign, t, tr};
use crate::ui::{Badge, BadgeTone, Panel};
use leptos::prelude::*;

/// The model and the error of its back-test.
#[component]
pub(super) fn ModelPanel(desk: Desk) -> impl IntoView {
    let name = move || with(desk, model_name);
    let wape = move || {
        desk.weeks
            .with(|weeks| weeks.as_ref().and_then(|weeks| weeks.wape))
    };
    view! {
        <Panel title=demand::MODEL caption=demand::MODEL_CAPTION>
            <p class="strong">{name}</p>
            <dl class="demand-facts">
                <dt>{t(demand::WAPE)}</dt>
                <dd>
                    {move || wape().map(|wape| view! { <GradeMark grade=Grade::of(wape)/> })}
                    {move || share(wape())}
                </dd>
                <dt>{t(demand::BIAS)}</dt>
                <dd>{move || with(desk, |figures| signed(figures.bias))}</dd>
            </dl>
        </Panel>
    }
}

/// The forecast's width and the gaps of its history.
#[component]
pub(super) fn HealthPanel(desk: Desk) -> impl IntoView {
    let badge = move || {
        let wape = desk
            .weeks
            .with(|weeks| weeks.as_ref().and_then(|weeks| weeks.wape))?;
        let grade = Grade::of(wape);
        let tone = match grade {
            Grade::Met => BadgeTone::Good,
            Grade::Near => BadgeTone::Warn,
            Grade::Missed => BadgeTone::Bad,
        };
        Some(view! { <Badge label=grade_word(grade) tone/> })
    };
    // What all scored adjustments of the slice were worth together.
    let helped = move || {
        let scores = here(desk).into_iter().filter_map(|row| row.score);
        scores
            .map(|score| score.helped)
            .reduce(|sum, helped| sum + helped)
    };
    let gaps = |figures: &Figures| {
        let (empty, all) = figures.empty_weeks();
        let [empty, all] = [empty, all].map(|count| count.to_string());
        fill(demand::OF_WEEKS, &[("n", &empty), ("all", &all)])
    };
    view! {
        <Panel title=demand::HEALTH beside=badge>
            <dl class="demand-facts">
                <dt>{t(demand::SPREAD)}</dt>
                <dd>{move || with(desk, |figures| half_width(figures.spread()))}</dd>
                <dt>{t(demand::HISTORY_WEEKS)}</dt>
                <dd>{move || with(desk, |figures| number(figures.now as f64, 0))}</dd>
                <dt>{t(demand::EMPTY_WEEKS)}</dt>
                <dd>{move || with(desk, gaps)}</dd>
                <Show when=move || helped().is_some()>
                    <dt>{t(hand::SCORE_OF_EDITS)}</dt>
                    <dd>{move || helped().map(score_units)}</dd>
                </Show>
            </dl>
        </Panel>
    }
}

fn with(desk: Desk, text: impl Fn(&Figures) -> String) -> String {
    desk.weeks
        .with(|weeks| weeks.as_deref().map_or_else(|| ABSENT.to_owned(), text))
}

fn model_name(figures: &Figures) -> String {
    match &figures.model {
        Some(id) => by_id(demand::ALL, &format!("model_{id}"))
            .map_or_else(|| id.clone(), |name| tr(name).to_owned()),
        None => {
            let count = number(f64::from(figures.series), 0);
            fill(demand::BEST_OF_EACH, &[("n", &count)])
        }
    }
}

fn share(fraction: Option<f64>) -> String {
    fraction.map_or_else(
        || ABSENT.to_owned(),
        |fraction| percent(fraction * 100.0, 1),
    )
}

fn signed(fraction: Option<f64>) -> String {
    fraction.map_or_else(
        || ABSENT.to_owned(),
        |fraction| format!("{}{}", change(fraction * 100.0, 1), percent_sign()),
    )
}

fn half_width(fraction: Option<f64>) -> String {
    fraction.map_or_else(
        || ABSENT.to_owned(),
        |fraction| format!("±{}", percent(fraction * 100.0, 0)),
    )
}
