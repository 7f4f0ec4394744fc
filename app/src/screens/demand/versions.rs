//! Versions by lag: what was forecast for one week, from long before it to its demand.

use super::desk::Desk;
use super::heads::heads;
use super::ladder::progress;
use super::replayed::{Replayed, versions};
use super::selection::Selection;
use crate::charts::kinds::{WaterfallStep, waterfall};
use crate::charts::{ChartFrame, ChartSpec, Ink};
use crate::i18n::messages::{demand, explain};
use crate::i18n::{change, day_iso, day_short, fill, number, t, tr, week};
use crate::parts::failure_text;
use crate::ui::{Button, Choice, FourStates, Panel, Select, ViewState};
use leptos::prelude::*;
use protocol::View;
use protocol::view::VersionTable;

/// Lags that can be chosen.
const LAGS: [u32; 4] = [2, 4, 6, 8];
/// The plan's own lag.
const LAG: u32 = 4;
/// Thousandths of a unit in one.
const THOUSAND: f64 = 1_000.0;

/// What is asked, and what is known of it.
#[derive(Clone, Copy)]
struct Known {
    /// Weeks back.
    week: RwSignal<u32>,
    lag: RwSignal<u32>,
    /// Whether versions are wanted.
    is_wanted: RwSignal<bool>,
    answer: Replayed,
}

impl Known {
    /// What is known of the versions.
    fn with<T: Default>(self, read: impl FnOnce(&VersionTable) -> T) -> T {
        let data = self.answer.data;
        data.with(|data| {
            data.as_ref()
                .and_then(versions)
                .map(read)
                .unwrap_or_default()
        })
    }

    fn is_ready(self) -> bool {
        self.answer.is_whole() && self.with(|table| !table.versions.is_empty())
    }
}

#[component]
pub(super) fn VersionsPanel(desk: Desk) -> impl IntoView {
    let known = keep_asked(desk);
    let state = Signal::derive(move || match known.answer.error.get() {
        Some(error) => ViewState::Failed(failure_text(&error)),
        None => ViewState::Done,
    });
    let caption = move || {
        let back = known.week.get() as usize;
        let day = known.with(|table| table.weeks.get(back).copied());
        day.map_or_else(String::new, |day| {
            let lag = known.lag.get().to_string();
            fill(
                explain::VERSIONS_CAPTION,
                &[("week", &week(day)), ("lag", &lag)],
            )
        })
    };
    let spec = Memo::new(move |_| match known.is_ready() {
        true => known.with(spec),
        false => ChartSpec::default(),
    });
    view! {
        <Panel
            title=explain::VERSIONS
            caption=Signal::derive(caption)
            flush=true
            beside=move || view! { <Choices known/> }
        >
            <FourStates
                state
                empty=|| ()
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <Show when=move || known.is_ready() fallback=move || view! { <Ask known/> }>
                    <div class="explain-parts">
                        <div class="explain-chart">
                            <ChartFrame spec height=240.0/>
                        </div>
                        <div class="demand-plan" tabindex="0" role="region" aria-label=t(explain::VERSIONS)>
                            {move || known.with(|shown| Some(table(shown)))}
                        </div>
                    </div>
                    <p class="micro faint demand-note">{t(explain::VERSIONS_BASIS)}</p>
                </Show>
            </FourStates>
        </Panel>
    }
}

/// Which week, and from how long before.
#[component]
fn Choices(known: Known) -> impl IntoView {
    let weeks = Signal::derive(move || {
        let weeks = known.with(|table| table.weeks.clone());
        let choice = |(back, day): (u32, i32)| {
            let label = move || {
                format!(
                    "{} · {} – {}",
                    week(day),
                    day_short(day),
                    day_short(day + 6)
                )
            };
            Choice::new(back, Signal::derive(label))
        };
        (0..).zip(weeks).map(choice).collect::<Vec<_>>()
    });
    let lags = Signal::derive(move || {
        let choice = |lag: u32| {
            let label = move || fill(explain::LAG_OF, &[("n", &lag.to_string())]);
            Choice::new(lag, Signal::derive(label))
        };
        LAGS.map(choice).to_vec()
    });
    view! {
        <Select
            label=explain::WEEK_OF
            hide_label=true
            choices=weeks
            value=known.week
            on_change=move |back| known.week.set(back)
        />
        <Select
            label=explain::LAG
            hide_label=true
            choices=lags
            value=known.lag
            on_change=move |lag| known.lag.set(lag)
        />
    }
}

/// Versions take a while: they are made when asked for.
#[component]
fn Ask(known: Known) -> impl IntoView {
    view! {
        <div class="panel-body explain-climbing">
            <p class="dim dense">{t(explain::VERSIONS_ASK)}</p>
            <Show
                when=move || known.is_wanted.get()
                fallback=move || {
                    view! {
                        <div>
                            <Button label=explain::MAKE_VERSIONS on_press=move |()| known.is_wanted.set(true)/>
                        </div>
                    }
                }
            >
                {progress(known.answer)}
            </Show>
        </div>
    }
}

/// Asks again whenever slice, week, lag or plan change.
fn keep_asked(desk: Desk) -> Known {
    let (week, lag, is_wanted) = (RwSignal::new(0), RwSignal::new(LAG), RwSignal::new(false));
    let question = Memo::new(move |_| View::Versions {
        scope: desk.selection.with(Selection::scope),
        week: week.get(),
        lag: if is_wanted.get() { lag.get() } else { 0 },
    });
    Known {
        week,
        lag,
        is_wanted,
        answer: Replayed::keep(question),
    }
}

/// Whole units of every version, then of demand.
fn ends(shown: &VersionTable) -> Vec<f64> {
    let units = |thousandths: i64| (thousandths as f64 / THOUSAND).round();
    let versions = shown
        .versions
        .iter()
        .map(|(_, _, forecast)| units(*forecast));
    versions.chain([units(shown.actual)]).collect()
}

fn lag_name(lag: u32) -> String {
    fill(explain::LAG_OF, &[("n", &lag.to_string())])
}

fn spec(shown: &VersionTable) -> ChartSpec {
    let ends = ends(shown);
    let short = |lag: u32| fill(explain::LAG_SHORT, &[("n", &lag.to_string())]);
    let names = shown.versions.iter().map(|(_, lag, _)| short(*lag));
    let names = names.chain([tr(explain::MISS).to_owned()]);
    let mut before = 0.0;
    let mut steps = Vec::new();
    for (place, (name, end)) in names.zip(&ends).enumerate() {
        steps.push(WaterfallStep {
            name,
            value: if place == 0 { *end } else { end - before },
            is_total: place == 0,
            ink: match place {
                0 => Ink::FORECAST,
                _ if place + 1 == ends.len() => Ink::WARN,
                _ => Ink::FLOW,
            },
        });
        before = *end;
    }
    steps.push(WaterfallStep {
        name: tr(explain::ACTUAL).to_owned(),
        value: before,
        is_total: true,
        ink: Ink::ACTUAL,
    });
    waterfall(tr(explain::VERSIONS), tr(explain::UNITS), steps, 0)
}

fn table(shown: &VersionTable) -> impl IntoView + use<> {
    let ends = ends(shown);
    let mut before = None;
    let mut step = |end: f64| {
        let text = before.map_or_else(String::new, |before| change(end - before, 0));
        before = Some(end);
        text
    };
    let rows = shown
        .versions
        .iter()
        .zip(&ends)
        .map(|((made_on, lag, _), end)| {
            view! {
                <tr data-lag=*lag>
                    <th scope="row">{lag_name(*lag)}</th>
                    <td>{day_iso(*made_on)}</td>
                    <td class="num">{number(*end, 0)}</td>
                    <td class="num">{step(*end)}</td>
                </tr>
            }
        });
    let rows = rows.collect_view();
    let actual = ends.last().copied().unwrap_or(0.0);
    let last = step(actual);
    view! {
        <table class="explain-table">
            {heads(&[(explain::VERSION, false), (explain::MADE_ON, false), (explain::UNITS, true), (explain::CHANGE, true)])}
            <tbody>
                {rows}
                <tr class="strong" data-lag="actual">
                    <th scope="row">{t(explain::ACTUAL)}</th>
                    <td></td>
                    <td class="num">{number(actual, 0)}</td>
                    <td class="num">{last}</td>
                </tr>
            </tbody>
        </table>
    }
}
