//! The next weeks in figures: last year, forecast, the limits of its 80 % interval.

use super::desk::Desk;
use super::model::{WEEKS_BACK, WeekAhead, totals};
use crate::i18n::messages::demand;
use crate::i18n::{ABSENT, Msg, fill, number, quantity_short, t, week};
use crate::parts::{Better, Delta, DeltaUnit};
use crate::ui::Panel;
use leptos::prelude::*;

/// One row of the table.
struct PlanRow {
    name: Msg,
    /// How the row is set: the forecast is the figure that is asked for.
    tone: &'static str,
    value: fn(&WeekAhead) -> f64,
    /// How the value is written.
    text: fn(f64) -> String,
    /// Whether the row belongs to a forecast that events change.
    is_of_events: bool,
}

impl PlanRow {
    const fn new(name: Msg, tone: &'static str, value: fn(&WeekAhead) -> f64) -> Self {
        Self {
            name,
            tone,
            value,
            text: |value| number(value, 0),
            is_of_events: false,
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

const ROWS: [PlanRow; 6] = [
    PlanRow::new(demand::LAST_YEAR, "dim", |week| week.last_year),
    PlanRow {
        is_of_events: true,
        ..PlanRow::new(demand::BASELINE, "", |week| week.baseline)
    },
    PlanRow {
        is_of_events: true,
        text: effect,
        ..PlanRow::new(demand::EVENTS, "", |week| week.mean - week.baseline)
    },
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
        fill(demand::PLAN_CAPTION, &[("n", &count)])
    };
    view! {
        <Panel title=demand::PLAN caption=Signal::derive(caption) flush=true>
            <div class="demand-plan" tabindex="0" role="region" aria-label=t(demand::PLAN)>
                {move || plan(desk, &weeks.get())}
            </div>
            <PlanFoot weeks/>
        </Panel>
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
                    {move || week(day)}
                </th>
            }
        })
        .collect_view();
    let has_events = weeks
        .iter()
        .any(|week| (week.mean - week.baseline).abs() >= EFFECT_MIN);
    let shown = ROWS
        .into_iter()
        .filter(|row| has_events || !row.is_of_events);
    let rows = shown.map(|row| {
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
    });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{t(demand::UNITS_A_WEEK)}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
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
