//! Why forecasts missed: the error of the slice shared out among its causes, and by the current cut.

use super::accuracy::chooser;
use super::desk::Desk;
use super::heads::{figures, heads};
use super::ladder::{Steps, StepsPanel, bars, by_part};
use super::rungs::Climb;
use crate::charts::{ChartSpec, Ink};
use crate::i18n::messages::{demand, explain, signals};
use crate::i18n::{ABSENT, Msg, by_id, change, number, percent, tr};
use leptos::prelude::*;
use protocol::view::StepsRow;
use protocol::{View, ViewData};

/// Causes in the order of the columns.
const CAUSES: &[(&str, Msg)] = &[
    ("noise", explain::NOISE),
    ("level", explain::LEVEL),
    ("season", explain::SEASON),
    ("events", demand::EVENTS),
    ("price", explain::PRICE),
    ("signals", signals::SIGNALS),
];

const MEANINGS: &[(&str, Msg)] = &[
    ("noise", explain::NOISE_MEANS),
    ("level", explain::LEVEL_MISSED),
    ("season", explain::SEASON_MEANS_LATER),
    ("events", explain::EVENTS_MISSED),
    ("price", explain::PRICE_MISSED),
    ("signals", explain::SIGNALS_MISSED),
];

#[component]
pub(super) fn MissesPanel(desk: Desk) -> impl IntoView {
    let question = Memo::new(move |_| {
        let (scope, cut) = desk.selection.with(|now| (now.scope(), now.cut));
        View::Attribution {
            scope,
            by: cut.as_str().to_owned(),
        }
    });
    let steps = Steps {
        title: explain::MISSES,
        basis: explain::MISSES_BASIS,
        spec,
        table: causes,
        more: |desk, data| match data {
            ViewData::Attribution(table) => rows(desk, &table.rows),
            _ => ().into_any(),
        },
    };
    view! { <StepsPanel desk question steps/> }
}

fn name(cause: &str) -> String {
    by_id(CAUSES, cause).map_or_else(|| cause.to_owned(), |name| tr(name).to_owned())
}

fn spec(whole: &Climb) -> ChartSpec {
    bars(
        (explain::MISSES, explain::MISS),
        whole,
        |step| name(&step.rung),
        [Ink::FLOW, Ink::WARN, Ink::ACTUAL],
    )
}

/// The whole slice by cause; noise first, on which the others stand.
fn causes(whole: &Climb) -> AnyView {
    let end = whole.steps.last().cloned().unwrap_or_default();
    let line = |rung: &str, class: &'static str, (points, units): (f64, f64), is_end: bool| {
        let text = |value, decimals| match is_end {
            true => number(value, decimals),
            false => change(value, decimals),
        };
        let label = if is_end {
            tr(explain::MISS).to_owned()
        } else {
            name(rung)
        };
        let share = percent(100.0 * units / end.error.max(1.0), 1);
        view! {
            <tr class=class data-cause=rung.to_owned()>
                <th scope="row" title=by_id(MEANINGS, rung).map(tr)>{label}</th>
                {figures(&[text(points, 1), text(units, 0), share])}
            </tr>
        }
    };
    let steps = whole.steps.iter().enumerate().map(|(place, step)| {
        let sizes = match place {
            0 => (step.wape, step.error),
            _ => (step.points, step.units),
        };
        line(&step.rung, "", sizes, false)
    });
    let steps = steps.collect_view();
    view! {
        <table class="explain-table">
            {heads(&[(explain::CAUSE, false), (explain::POINTS, true), (explain::UNITS, true), (explain::SHARE_OF_ERROR, true)])}
            <tbody>{steps} {line("error", "strong", (end.wape, end.error), true)}</tbody>
        </table>
    }
    .into_any()
}

/// The parts of the slice by the current cut, causes in points of their WAPE.
fn rows(desk: Desk, rows: &[StepsRow]) -> AnyView {
    let line = |row: &StepsRow| {
        let points = |units: f64| match row.actual > 0.0 {
            true => number(100.0 * units / row.actual, 1),
            false => ABSENT.to_owned(),
        };
        let sizes = [number(row.error, 0), points(row.error)];
        let shares = row.steps.iter().map(|share| points(*share));
        let sizes: Vec<String> = sizes.into_iter().chain(shares).collect();
        view! {
            <tr data-missed=row.code.clone()>
                {chooser(desk, &row.names, &row.code)} <td>{largest(row)}</td> {figures(&sizes)}
            </tr>
        }
    };
    let lines = rows.iter().map(line).collect_view().into_any();
    let mut columns = vec![
        (demand::NAME, false),
        (explain::LARGEST, false),
        (explain::ERROR_UNITS, true),
        (demand::WAPE, true),
    ];
    columns.extend(CAUSES.iter().map(|(_, name)| (*name, true)));
    by_part(explain::MISSES_BY, &columns, lines)
}

/// The two largest causes of an error, in words.
fn largest(row: &StepsRow) -> String {
    let mut shares = row.steps.clone();
    let mut words = String::new();
    for _ in 0..2 {
        let mut best = (0, 0.0);
        for (place, share) in shares.iter().enumerate() {
            if *share > best.1 {
                best = (place, *share);
            }
        }
        let share = 100.0 * best.1 / row.error;
        let Some((cause, _)) = CAUSES.get(best.0).filter(|_| share >= 0.5) else {
            break;
        };
        shares[best.0] = 0.0;
        let next = if words.is_empty() { "" } else { " · " };
        words += &[next, &name(cause), " ", &percent(share, 0)].concat();
    }
    words
}
