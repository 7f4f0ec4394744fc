//! The pipeline of leads by month, and what it would have said of the last ones.

use super::super::heads::heads;
use super::court::counted_in;
use super::part;
use crate::i18n::messages::signals;
use crate::i18n::{ABSENT, Msg, fill, number, tr};
use leptos::prelude::*;
use protocol::signals::SignalDesk;

const HEADS: [(Msg, bool); 8] = [
    (signals::MONTH, false),
    (signals::COMMITTED, true),
    (signals::LOW, true),
    (signals::LIKELY, true),
    (signals::STRETCH, true),
    (signals::ORDERED, true),
    (signals::NET, true),
    (signals::CAME, true),
];

pub(super) fn section(shown: &SignalDesk) -> impl IntoView + use<> {
    let ahead = shown.pipeline.iter().map(|line| {
        let [committed, low, likely, stretch] = line.band;
        let figures = [committed, low, likely, stretch, line.ordered, line.net];
        let figures = figures.map(Some).into_iter().chain([None]);
        row(line.month, figures.collect())
    });
    let past = shown.backtest.iter().map(|line| {
        let [low, likely, stretch] = line.band.map(Some);
        row(
            line.month,
            vec![None, low, likely, stretch, None, None, Some(line.came)],
        )
    });
    let (ahead, past) = (ahead.collect_view(), past.collect_view());
    let has_past = !shown.backtest.is_empty();
    let table = view! {
        <table class="demand-factors signals-leads">
            {heads(&HEADS)}
            <tbody>
                {ahead}
                {has_past
                    .then(|| {
                        view! {
                            <tr class="strong">
                                <th scope="row" colspan="8">{tr(signals::BACKTEST)}</th>
                            </tr>
                        }
                    })}
                {past}
            </tbody>
        </table>
    };
    part(
        signals::PIPELINE,
        counted_in(shown, "pipeline")
            .into_iter()
            .chain([tr(signals::PIPELINE_BASIS).to_owned()])
            .collect::<Vec<_>>()
            .join(" · "),
        table,
    )
}

fn row((year, month): (i32, u32), figures: Vec<Option<f64>>) -> impl IntoView + use<> {
    let (year, month) = (year.to_string(), format!("{month:02}"));
    let cell = |figure: Option<f64>| {
        let text = figure.map_or_else(|| ABSENT.to_owned(), |units| number(units, 0));
        view! { <td class="num">{text}</td> }
    };
    let cells = figures.into_iter().map(cell).collect_view();
    view! {
        <tr>
            <th scope="row">{fill(signals::YEAR_MONTH, &[("year", &year), ("month", &month)])}</th>
            {cells}
        </tr>
    }
}
