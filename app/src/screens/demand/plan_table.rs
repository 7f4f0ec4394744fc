//! The next weeks in figures: last year, what the forecast is made of, the limits of its 80 %
//! interval. A cell of the adjustments opens their form.

use super::desk::Desk;
use super::editor::Editor;
use super::model::{WEEKS_BACK, WeekAhead, totals};
use super::strip::Strip;
use crate::i18n::messages::{demand, explain, hand, signals};
use crate::i18n::{ABSENT, Msg, fill, number, quantity_short, t, tr, week};
use crate::parts::{Better, Delta, DeltaUnit};
use crate::ui::{Button, Icon, Panel, roving_target};
use leptos::prelude::*;

/// One row of the table.
struct PlanRow {
    name: Msg,
    /// How the row is set: the forecast is the figure that is asked for.
    tone: &'static str,
    value: fn(&WeekAhead) -> f64,
    /// How the value is written.
    text: fn(f64) -> String,
    /// When the row says something.
    shown: Shown,
}

/// When a row of the table is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Always,
    /// Where events or adjustments change the forecast.
    WithParts,
    /// Where events do.
    WithEvents,
    /// Where changes of price do.
    WithPrices,
    /// Where signals do.
    WithSignals,
}

impl PlanRow {
    const fn new(name: Msg, tone: &'static str, value: fn(&WeekAhead) -> f64) -> Self {
        Self {
            name,
            tone,
            value,
            text: |value| number(value, 0),
            shown: Shown::Always,
        }
    }
}

/// Half a unit: less is nothing.
const EFFECT_MIN: f64 = 0.5;

fn effect(value: f64) -> String {
    match value.abs() < EFFECT_MIN {
        true => ABSENT.to_owned(),
        false => {
            let sign = if value < 0.0 { "−" } else { "+" };
            format!("{sign}{}", quantity_short(value.abs()))
        }
    }
}

/// The rows over that of the adjustments.
const PARTS: [PlanRow; 5] = [
    PlanRow::new(demand::LAST_YEAR, "dim", |week| week.last_year),
    PlanRow {
        shown: Shown::WithParts,
        ..PlanRow::new(demand::BASELINE, "", |week| week.baseline)
    },
    PlanRow {
        shown: Shown::WithEvents,
        text: effect,
        ..PlanRow::new(demand::EVENTS, "", by_events)
    },
    PlanRow {
        shown: Shown::WithPrices,
        text: effect,
        ..PlanRow::new(explain::PRICE, "", by_price)
    },
    PlanRow {
        shown: Shown::WithSignals,
        text: effect,
        ..PlanRow::new(signals::SIGNALS, "", by_signals)
    },
];

/// The rows under it.
const RESULTS: [PlanRow; 3] = [
    PlanRow::new(demand::FORECAST, "strong", |week| week.mean),
    PlanRow::new(demand::P10, "dim", |week| week.lo80),
    PlanRow::new(demand::P90, "dim", |week| week.hi80),
];

#[component]
pub(super) fn PlanTable(desk: Desk) -> impl IntoView {
    let weeks = Memo::new(move |_| {
        desk.weeks
            .with(|figures| figures.as_ref().map(|figures| figures.ahead()))
            .unwrap_or_default()
    });
    let caption = move || {
        let count = weeks.with(Vec::len).to_string();
        let series = desk.weeks.with(|it| it.as_ref().map_or(0, |it| it.series));
        let series = number(f64::from(series), 0);
        fill(hand::SPREAD, &[("n", &count), ("series", &series)])
    };
    let adjust = move |()| {
        let first = weeks.with_untracked(|weeks| weeks.first().map(|week| week.day));
        first.into_iter().for_each(|day| desk.adjust(day));
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "F2" && desk.draft.with_untracked(Option::is_none) {
            event.prevent_default();
            adjust(());
        }
    };
    view! {
        <div on:keydown=keys>
            <Panel
                title=demand::PLAN
                caption=Signal::derive(caption)
                flush=true
                beside=move || {
                    view! {
                        <Button icon=Icon::Edit keys="F2" small=true label=hand::ADJUST on_press=adjust/>
                    }
                }
            >
                <div class="demand-plan" tabindex="0" role="region" aria-label=t(demand::PLAN)>
                    {move || plan(desk, &weeks.get())}
                </div>
                <Editor desk/>
                <Strip desk/>
                <PlanFoot weeks/>
            </Panel>
        </div>
    }
}

fn plan(desk: Desk, weeks: &[WeekAhead]) -> impl IntoView + use<> {
    let offset = shown_offset(desk);
    // The same week stands out in chart and table; by day the chart has other buckets.
    let is_read = move |bucket: usize| {
        let is_weekly = desk.selection.with(|now| !now.is_daily);
        is_weekly && desk.hover.get() == bucket.checked_sub(offset)
    };
    let heads = weeks
        .iter()
        .map(|one| {
            let (bucket, day) = (one.bucket, one.day);
            view! {
                <th scope="col" class="num" data-read=move || is_read(bucket).then_some("")>
                    <button
                        type="button"
                        class="demand-week"
                        title=move || tr(explain::SHOW_WEEK)
                        aria-pressed=move || (desk.explained.week.get() == Some(day)).to_string()
                        on:click=move |_| desk.explained.show(day)
                    >
                        {move || week(day)}
                    </button>
                </th>
            }
        })
        .collect_view();
    let is_some = |part: fn(&WeekAhead) -> f64| weeks.iter().any(|it| part(it).abs() >= EFFECT_MIN);
    let effects: [fn(&WeekAhead) -> f64; 4] = [by_events, by_price, by_signals, by_hand];
    let has_parts = effects.into_iter().any(is_some);
    let is_shown = |row: &PlanRow| match row.shown {
        Shown::Always => true,
        Shown::WithParts => has_parts,
        Shown::WithEvents => is_some(by_events),
        Shown::WithPrices => is_some(by_price),
        Shown::WithSignals => is_some(by_signals),
    };
    let row = |row: PlanRow| {
        let cells = weeks
            .iter()
            .map(|one| {
                let (bucket, text) = (one.bucket, (row.text)((row.value)(one)));
                view! {
                    <td class="num" data-read=move || is_read(bucket).then_some("")>
                        {text}
                    </td>
                }
            })
            .collect_view();
        view! {
            <tr class=row.tone>
                <th scope="row">{t(row.name)}</th>
                {cells}
            </tr>
        }
    };
    let parts = PARTS.into_iter().filter(is_shown).map(row).collect_view();
    let results = RESULTS.into_iter().map(row).collect_view();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{t(demand::UNITS_A_WEEK)}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{parts} {hand_row(desk, weeks)} {results}</tbody>
        </table>
    }
}

fn by_events(week: &WeekAhead) -> f64 {
    week.statistical - week.baseline - week.prices - week.signals
}

fn by_price(week: &WeekAhead) -> f64 {
    week.prices
}

fn by_signals(week: &WeekAhead) -> f64 {
    week.signals
}

fn by_hand(week: &WeekAhead) -> f64 {
    week.mean - week.statistical
}

/// What was changed by hand; one tab stop, arrows go from week to week, Enter opens the form.
fn hand_row(desk: Desk, weeks: &[WeekAhead]) -> impl IntoView + use<> {
    let focused = RwSignal::new(0_usize);
    let count = weeks.len();
    let cells = weeks.iter().copied().enumerate().map(|(place, one)| {
        let text = effect(by_hand(&one));
        let is_set = text != ABSENT;
        let label = {
            let text = text.clone();
            move || fill(hand::CELL, &[("week", &week(one.day)), ("value", &text)])
        };
        let is_meant = move || {
            desk.draft.with(|draft| {
                let weeks = draft.as_ref().map(|draft| draft.weeks);
                weeks.is_some_and(|(from, to)| from <= one.day && one.day <= to)
            })
        };
        let key = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "F2" {
                event.prevent_default();
                event.stop_propagation();
                desk.adjust(one.day);
            } else if let Some(next) = roving_target(&event.key(), place, count) {
                event.prevent_default();
                focused.set(next);
                focus_cell(&event, next);
            }
        };
        view! {
            <td class="num" data-set=is_set.then_some("") data-meant=move || is_meant().then_some("")>
                <button
                    type="button"
                    data-week=one.day
                    aria-label=label
                    tabindex=move || if focused.get() == place { "0" } else { "-1" }
                    on:click=move |_| desk.adjust(one.day)
                    on:keydown=key
                >
                    {text}
                </button>
            </td>
        }
    });
    view! {
        <tr class="demand-hand">
            <th scope="row">{t(hand::ADJUSTMENT)}</th>
            {cells.collect_view()}
        </tr>
    }
}

/// Moves the focus to the button of another week of the same row.
fn focus_cell(event: &leptos::ev::KeyboardEvent, place: usize) {
    use wasm_bindgen::JsCast;
    let cell = event.current_target();
    let cell = cell.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let row = cell.and_then(|it| it.closest("tr").ok().flatten());
    let buttons = row.and_then(|it| it.query_selector_all("button").ok());
    let place = u32::try_from(place).unwrap_or(0);
    let button = buttons.and_then(|it| it.get(place));
    if let Some(button) = button.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        crate::ui::focus(&button);
    }
}

/// How many buckets of the answer stand before the first one in the chart.
fn shown_offset(desk: Desk) -> usize {
    desk.weeks.with(|figures| {
        let now = figures.as_ref().map_or(0, |figures| figures.now);
        now.saturating_sub(WEEKS_BACK)
    })
}

#[component]
fn PlanFoot(weeks: Memo<Vec<WeekAhead>>) -> impl IntoView {
    move || {
        let totals = weeks.with(|weeks| totals(weeks));
        let count = totals.weeks.to_string();
        view! {
            <footer class="demand-foot">
                <span class="dim">{fill(demand::TOTAL, &[("n", &count)])}</span>
                <strong>{number(totals.mean, 0)}</strong>
                {totals.last_year.map(|before| {
                    let before = number(before, 0);
                    view! { <span class="dim">{fill(demand::TOTAL_LAST_YEAR, &[("value", &before)])}</span> }
                })}
                {totals.change().map(|change| {
                    view! { <Delta change better=Better::Neutral decimals=1 unit=DeltaUnit::Percent/> }
                })}
            </footer>
        }
    }
}
