//! Forecast value added: from a naive forecast to the one that is planned with, step by step.

use super::accuracy::chooser;
use super::desk::Desk;
use super::heads::{figures, heads};
use super::replayed::{Replayed, steps};
use super::rungs::{Climb, Step, climb, climb_of};
use crate::charts::kinds::{WaterfallStep, waterfall};
use crate::charts::{ChartFrame, ChartSpec, Ink};
use crate::i18n::messages::{demand, explain};
use crate::i18n::{ABSENT, Msg, by_id, change, fill, number, percent, t, tr};
use crate::parts::failure_text;
use crate::ui::{EmptyState, FourStates, Icon, Panel, Progress, ViewState};
use leptos::prelude::*;
use protocol::view::{LadderTable, StepsRow, StepsTable};
use protocol::{View, ViewData};

const NAMES: &[(&str, Msg)] = &[
    ("events", explain::WITH_EVENTS),
    ("naive", explain::NAIVE),
    ("override", explain::WITH_OVERRIDES),
    ("signals", explain::WITH_SIGNALS),
    ("statistical", explain::STATISTICAL),
];

/// What is shown of an error in steps.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    pub title: Msg,
    pub basis: Msg,
    pub spec: fn(&Climb) -> ChartSpec,
    pub table: fn(&Climb) -> AnyView,
    /// What stands below.
    pub more: fn(Desk, &ViewData) -> AnyView,
}

/// Columns of the parts of a slice: the first rung as it is, then what each adds.
const COLUMNS: &[(Msg, bool)] = &[
    (demand::NAME, false),
    (explain::ERROR_UNITS, true),
    (explain::NAIVE, true),
    (explain::STATISTICAL, true),
    (explain::WITH_EVENTS, true),
    (explain::WITH_SIGNALS, true),
    (explain::WITH_OVERRIDES, true),
    (demand::WAPE, true),
    (explain::IN_ALL, true),
];

#[component]
pub(super) fn LadderPanel(desk: Desk) -> impl IntoView {
    let question = Memo::new(move |_| {
        let (scope, cut) = desk.selection.with(|now| (now.scope(), now.cut));
        View::Ladder {
            scope,
            by: cut.as_str().to_owned(),
        }
    });
    let steps = Steps {
        title: explain::LADDER,
        basis: explain::LADDER_BASIS,
        spec,
        table,
        more: |desk, data| match data {
            ViewData::Ladder(table) => rows(desk, table),
            _ => ().into_any(),
        },
    };
    view! { <StepsPanel desk question steps/> }
}

/// An error in steps: chart and table, once the forecasts it needs are made.
#[component]
pub(super) fn StepsPanel(desk: Desk, question: Memo<View>, steps: Steps) -> impl IntoView {
    let known = Replayed::keep(question);
    let Steps {
        title,
        basis,
        spec,
        table,
        more,
    } = steps;
    let climb = Memo::new(move |_| known.data.with(|data| climb(shown(data.as_ref())?)));
    let spec = Memo::new(move |_| climb.with(|climb| climb.as_ref().map(spec).unwrap_or_default()));
    let caption = move || known.data.with(|data| shown(data.as_ref()).map(caption));
    let state = Signal::derive(move || match known.error.get() {
        Some(error) => ViewState::Failed(failure_text(&error)),
        None if known.is_whole() && climb.with(Option::is_none) => ViewState::Empty,
        None => ViewState::Done,
    });
    view! {
        <Panel title caption=Signal::derive(move || caption().unwrap_or_default()) flush=true>
            <FourStates
                state
                empty=|| view! { <EmptyState icon=Icon::Chart title=demand::NO_ERRORS_TITLE body=explain::NO_LADDER/> }
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <Show when=move || climb.with(Option::is_some) fallback=move || climbing(known)>
                    <div class="explain-parts">
                        <div class="explain-chart">
                            <ChartFrame spec height=240.0/>
                        </div>
                        <div class="demand-plan" tabindex="0" role="region" aria-label=t(title)>{move || climb.get().as_ref().map(table)}</div>
                    </div>
                    {move || known.data.with(|data| data.as_ref().map(|data| more(desk, data)))}
                    <p class="micro faint demand-note">{t(basis)}</p>
                </Show>
            </FourStates>
        </Panel>
    }
}

/// The parts of the slice by the current cut: each step in points of their WAPE.
fn rows(desk: Desk, table: &StepsTable) -> AnyView {
    let line = |row: &StepsRow| {
        let part = LadderTable {
            actual: row.actual,
            rungs: table.slice.rungs.clone(),
            ..LadderTable::default()
        };
        let climb = climb_of(part, &row.steps);
        let points = |step: &Step| change(step.points, 1);
        let mut sizes = vec![number(row.error, 0)];
        match &climb {
            Some(Climb { steps, total }) => {
                sizes.extend(steps.first().map(|step| percent(step.wape, 1)));
                sizes.extend(steps.iter().skip(1).map(points));
                sizes.extend([percent(total.wape, 1), points(total)]);
            }
            None => sizes.resize(COLUMNS.len() - 1, ABSENT.to_owned()),
        }
        view! {
            <tr data-part=row.code.clone()>{chooser(desk, &row.names, &row.code)} {figures(&sizes)}</tr>
        }
    };
    by_part(
        explain::LADDER_BY,
        COLUMNS,
        table.rows.iter().map(line).collect_view().into_any(),
    )
}

/// The parts of a slice, a row each.
pub(super) fn by_part(title: Msg, columns: &[(Msg, bool)], lines: AnyView) -> AnyView {
    view! {
        <div class="demand-plan demand-missed" tabindex="0" role="region" aria-label=t(title)>
            <table class="demand-factors">
                {heads(columns)} <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The steps of a whole answer.
fn shown(data: Option<&ViewData>) -> Option<&LadderTable> {
    steps(data?).filter(|table| table.progress.0 == table.progress.1)
}

fn climbing(known: Replayed) -> AnyView {
    view! {
        <div class="panel-body explain-climbing">
            <p class="dim dense">{t(explain::CLIMBING)}</p>
            {progress(known)}
        </div>
    }
    .into_any()
}

/// How far the forecasts are.
pub(super) fn progress(known: Replayed) -> AnyView {
    view! {
        <Progress
            label=explain::CLIMBING
            done=Signal::derive(move || f64::from(known.progress().0))
            total=Signal::derive(move || Some(f64::from(known.progress().1)).filter(|it| *it > 0.0))
        />
    }
    .into_any()
}

/// Which weeks are looked at.
fn caption(table: &LadderTable) -> String {
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
}

fn name(rung: &str) -> String {
    by_id(NAMES, rung).map_or_else(|| rung.to_owned(), |name| tr(name).to_owned())
}

fn spec(ladder: &Climb) -> ChartSpec {
    let named = |step: &Step| name(&step.rung);
    bars(
        (explain::LADDER, demand::FORECAST),
        ladder,
        named,
        [Ink::ACTUAL, Ink::BAD, Ink::FORECAST],
    )
}

/// Steps from the first, which stands, to their end: title and name of the end; what is the first,
/// what is worse, and the end.
pub(super) fn bars(
    (title, end): (Msg, Msg),
    ladder: &Climb,
    name: impl Fn(&Step) -> String,
    [first, worse, last]: [Ink; 3],
) -> ChartSpec {
    let mut steps: Vec<WaterfallStep> = ladder
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| WaterfallStep {
            name: name(step),
            value: if place == 0 { step.wape } else { step.points },
            is_total: place == 0,
            ink: match step.points {
                _ if place == 0 => first,
                points if points > 0.0 => worse,
                _ => Ink::GOOD,
            },
        })
        .collect();
    steps.push(WaterfallStep {
        name: tr(end).to_owned(),
        value: ladder.steps.last().map_or(0.0, |step| step.wape),
        is_total: true,
        ink: last,
    });
    waterfall(tr(title), tr(explain::LADDER_WAPE), steps, 1)
}

fn table(ladder: &Climb) -> AnyView {
    let row = |class, rung: &str, label, [wape, points, units]: [String; 3]| {
        view! {
            <tr class=class data-rung=rung.to_owned()>
                <th scope="row">{label}</th>
                {figures(&[wape, points, units])}
            </tr>
        }
    };
    let sizes = |step: &Step| {
        [
            percent(step.wape, 1),
            change(step.points, 1),
            change(step.units, 0),
        ]
    };
    let rows = ladder.steps.iter().enumerate().map(|(place, step)| {
        let [wape, points, units] = sizes(step);
        let sizes = match place {
            0 => [wape, String::new(), String::new()],
            _ => [wape, points, units],
        };
        row("", &step.rung, name(&step.rung), sizes)
    });
    let rows = rows.collect_view();
    let total = tr(explain::WHOLE_CHANGE).to_owned();
    view! {
        <table class="explain-table">
            {heads(&[(explain::STEP, false), (demand::WAPE, true), (explain::CHANGE_POINTS, true), (explain::CHANGE_UNITS, true)])}
            <tbody>{rows} {row("strong", "total", total, sizes(&ladder.total))}</tbody>
        </table>
    }
    .into_any()
}
