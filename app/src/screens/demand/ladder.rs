//! Forecast value added: from a naive forecast to the one that is planned with, step by step.

use super::desk::Desk;
use super::heads::heads;
use super::replayed::Replayed;
use super::rungs::{Climb, climb};
use super::selection::Selection;
use crate::charts::kinds::{WaterfallStep, waterfall};
use crate::charts::{ChartFrame, ChartSpec, Ink};
use crate::i18n::messages::{demand, explain};
use crate::i18n::{Msg, by_id, change, fill, number, percent, t, tr};
use crate::parts::failure_text;
use crate::ui::{EmptyState, FourStates, Icon, Panel, Progress, ViewState};
use leptos::prelude::*;
use protocol::view::LadderTable;
use protocol::{View, ViewData};

const NAMES: &[(&str, Msg)] = &[
    ("events", explain::WITH_EVENTS),
    ("naive", explain::NAIVE),
    ("override", explain::WITH_OVERRIDES),
    ("signals", explain::WITH_SIGNALS),
    ("statistical", explain::STATISTICAL),
];

type Known = Replayed<LadderTable>;

#[component]
pub(super) fn LadderPanel(desk: Desk) -> impl IntoView {
    let view = move || View::Ladder {
        scope: desk.selection.with(Selection::scope),
    };
    let known = Known::keep(view, |data| match data {
        ViewData::Ladder(table) => {
            let is_whole = is_ready(&table);
            Some((table, is_whole))
        }
        _ => None,
    });
    let ladder = Memo::new(move |_| known.table.with(|table| table.as_ref().and_then(climb)));
    let spec =
        Memo::new(move |_| ladder.with(|ladder| ladder.as_ref().map(spec).unwrap_or_default()));
    let state = Signal::derive(move || match known.error.get() {
        Some(error) => ViewState::Failed(failure_text(&error)),
        None if known
            .table
            .with(|table| table.as_ref().is_some_and(is_ready)) =>
        {
            match ladder.with(Option::is_some) {
                true => ViewState::Done,
                false => ViewState::Empty,
            }
        }
        None => ViewState::Done,
    });
    view! {
        <Panel title=explain::LADDER caption=Signal::derive(move || caption(known)) flush=true>
            <FourStates
                state
                empty=|| view! { <EmptyState icon=Icon::Chart title=demand::NO_ERRORS_TITLE body=explain::NO_LADDER/> }
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <Show when=move || ladder.with(Option::is_some) fallback=move || view! { <Climbing known/> }>
                    <div class="explain-parts">
                        <div class="explain-chart">
                            <ChartFrame spec height=240.0/>
                        </div>
                        <div class="demand-plan" tabindex="0" role="region" aria-label=t(explain::LADDER)>{move || ladder.get().as_ref().map(table)}</div>
                    </div>
                    <p class="micro faint demand-note">{t(explain::LADDER_BASIS)}</p>
                </Show>
            </FourStates>
        </Panel>
    }
}

#[component]
fn Climbing(known: Known) -> impl IntoView {
    let progress = Signal::derive(move || {
        let progress = known
            .table
            .with(|table| table.as_ref().map(|table| table.progress));
        progress.unwrap_or_default()
    });
    view! {
        <div class="panel-body explain-climbing">
            <p class="dim dense">{t(explain::CLIMBING)}</p>
            <Progress
                label=explain::CLIMBING
                done=Signal::derive(move || f64::from(progress.get().0))
                total=Signal::derive(move || Some(f64::from(progress.get().1)).filter(|it| *it > 0.0))
            />
        </div>
    }
}

fn is_ready(table: &LadderTable) -> bool {
    table.progress.0 == table.progress.1
}

fn caption(known: Known) -> String {
    let table = known.table.get().filter(is_ready);
    table.map_or_else(String::new, |table| {
        let text = |count: u32| number(f64::from(count), 0);
        let ((weeks, lag), (series, cells)) = (table.weeks, table.counts);
        let [weeks, lag, series, cells] = [weeks, lag, series, cells].map(text);
        let words = [
            ("weeks", weeks.as_str()),
            ("lag", &lag),
            ("series", &series),
            ("cells", &cells),
        ];
        fill(explain::LADDER_CAPTION, &words)
    })
}

fn name(rung: &str) -> String {
    by_id(NAMES, rung).map_or_else(|| rung.to_owned(), |name| tr(name).to_owned())
}

fn spec(ladder: &Climb) -> ChartSpec {
    let mut steps: Vec<WaterfallStep> = ladder
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| WaterfallStep {
            name: name(&step.rung),
            value: if place == 0 { step.wape } else { step.points },
            is_total: place == 0,
            ink: match step.points {
                _ if place == 0 => Ink::ACTUAL,
                points if points > 0.0 => Ink::BAD,
                _ => Ink::GOOD,
            },
        })
        .collect();
    steps.push(WaterfallStep {
        name: tr(demand::FORECAST).to_owned(),
        value: ladder.steps.last().map_or(0.0, |step| step.wape),
        is_total: true,
        ink: Ink::FORECAST,
    });
    waterfall(tr(explain::LADDER), tr(explain::LADDER_WAPE), steps, 1)
}

fn table(ladder: &Climb) -> impl IntoView + use<> {
    let rows = ladder.steps.iter().enumerate().map(|(place, step)| {
        let (points, units) = match place {
            0 => (String::new(), String::new()),
            _ => (change(step.points, 1), change(step.units, 0)),
        };
        view! {
            <tr data-rung=step.rung.clone()>
                <th scope="row">{name(&step.rung)}</th>
                <td class="num">{percent(step.wape, 1)}</td>
                <td class="num">{points}</td>
                <td class="num">{units}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let total = &ladder.total;
    view! {
        <table class="explain-table">
            {heads(&[(explain::STEP, false), (demand::WAPE, true), (explain::CHANGE_POINTS, true), (explain::CHANGE_UNITS, true)])}
            <tbody>
                {rows}
                <tr class="strong" data-rung="total">
                    <th scope="row">{t(explain::WHOLE_CHANGE)}</th>
                    <td class="num">{percent(total.wape, 1)}</td>
                    <td class="num">{change(total.points, 1)}</td>
                    <td class="num">{change(total.units, 0)}</td>
                </tr>
            </tbody>
        </table>
    }
}
