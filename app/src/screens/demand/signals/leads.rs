//! The pipeline of leads by month, and what it would have said of the last ones.

use super::super::heads::{cell, line, table};
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

pub(super) fn section(shown: &SignalDesk) -> AnyView {
    let ahead = shown.pipeline.iter().map(|of_month| {
        let [committed, low, likely, stretch] = of_month.band;
        let figures = [
            committed,
            low,
            likely,
            stretch,
            of_month.ordered,
            of_month.net,
        ];
        let figures = figures.map(Some).into_iter().chain([None]);
        row(of_month.month, figures.collect())
    });
    let past = shown.backtest.iter().map(|of_month| {
        let [low, likely, stretch] = of_month.band.map(Some);
        row(
            of_month.month,
            vec![None, low, likely, stretch, None, None, Some(of_month.came)],
        )
    });
    let between = (!shown.backtest.is_empty()).then(|| {
        view! {
            <tr class="strong">
                <th scope="row" colspan="8">{tr(signals::BACKTEST)}</th>
            </tr>
        }
        .into_any()
    });
    let rows = ahead.chain(between).chain(past).collect();
    let basis = tr(signals::PIPELINE_BASIS).to_owned();
    let note: Vec<String> = counted_in(shown, "pipeline")
        .into_iter()
        .chain([basis])
        .collect();
    let class = "demand-factors signals-leads";
    let table = table(signals::PIPELINE, class, &HEADS, rows);
    part(signals::PIPELINE, note.join(" · "), table)
}

fn row((year, month): (i32, u32), figures: Vec<Option<f64>>) -> AnyView {
    let (year, month) = (year.to_string(), format!("{month:02}"));
    let figure = |figure: Option<f64>| {
        let text = figure.map_or_else(|| ABSENT.to_owned(), |units| number(units, 0));
        cell("num", text)
    };
    let name = fill(signals::YEAR_MONTH, &[("year", &year), ("month", &month)]);
    line(name, None, figures.into_iter().map(figure).collect())
}
