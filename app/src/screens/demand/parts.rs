//! What the forecast is made of: a waterfall, the same figures as a table, and the streams that can
//! be left out.

use super::bars::{Bar, Bars};
use super::desk::Desk;
use super::hand::{Setting, SettingBox};
use super::heads::{heads, no_series};
use super::model::WEEKS_AHEAD;
use crate::charts::kinds::{WaterfallStep, waterfall};
use crate::charts::{ChartFrame, ChartSpec, Ink};
use crate::i18n::messages::{demand, explain, gesture, signals, table};
use crate::i18n::{ABSENT, Msg, by_id, change, day_short, fill, number, percent, t, tr, week};
use crate::ui::{Choice, FourStates, Panel, Select};
use leptos::prelude::*;
use protocol::explain::{STREAM_OFF, STREAM_SETTING};

/// Parts that are left out of chart and table where they are nothing.
const SELDOM: [&str; 6] = [
    "price",
    "campaign",
    "pipeline",
    "signals",
    "lifecycle",
    "adjustment",
];
/// Streams of their own, and what they are called; shown where a company has them.
const INFLOWS: [(&str, Msg); 2] = [
    ("campaign", table::CAMPAIGNS),
    ("pipeline", signals::PIPELINE),
];
/// Parts that are sales without any other stream.
const SALES: [&str; 4] = ["level", "trend", "season", "lifecycle"];

const NAMES: &[(&str, Msg)] = &[
    ("adjustment", explain::ADJUSTMENT),
    ("campaign", table::CAMPAIGNS),
    ("events", demand::EVENTS),
    ("level", explain::LEVEL),
    ("lifecycle", explain::LIFECYCLE),
    ("pipeline", signals::PIPELINE),
    ("price", explain::PRICE),
    ("season", explain::SEASON),
    ("signals", signals::SIGNALS),
    ("trend", explain::TREND),
];

const MEANINGS: &[(&str, Msg)] = &[
    ("adjustment", explain::ADJUSTMENT_MEANS),
    ("campaign", explain::CAMPAIGN_MEANS),
    ("events", explain::EVENTS_MEAN),
    ("level", explain::LEVEL_MEANS),
    ("lifecycle", explain::LIFECYCLE_MEANS),
    ("pipeline", explain::PIPELINE_MEANS),
    ("price", explain::PRICE_MEANS),
    ("season", explain::SEASON_MEANS),
    ("signals", explain::SIGNALS_MEAN),
    ("trend", explain::TREND_MEANS),
];

#[component]
pub(super) fn PartsPanel(desk: Desk) -> impl IntoView {
    let bars = Memo::new(move |_| {
        let week = desk.explained.week.get();
        desk.explained
            .parts
            .0
            .with(|table| {
                table.as_ref().map(|table| {
                    // A plan of another date may not have the week chosen.
                    let week = week.filter(|week| table.weeks.contains(week));
                    Bars::of(table, week, WEEKS_AHEAD)
                })
            })
            .unwrap_or_default()
    });
    let spec = Memo::new(move |_| spec(&desk.title(), &bars.get()));
    let caption = move || {
        let shares = bars.with(|bars| {
            [&SALES[..], &["events"], &["price"], &["signals"]]
                .map(|parts| share(bars.share(parts)))
        });
        if INFLOWS.iter().any(|(part, _)| has(desk, part)) {
            return bars.with(shares_that_count);
        }
        let [sales, events, price, signals] = &shares;
        let words = [
            ("sales", sales.as_str()),
            ("events", events),
            ("price", price),
            ("signals", signals),
        ];
        fill(explain::SHARES, &words)
    };
    view! {
        <Panel
            title=explain::PARTS
            caption=Signal::derive(caption)
            flush=true
            beside=move || view! { <WeekSelect desk/> }
        >
            <FourStates
                state=desk.explained.parts.1
                empty=no_series
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <div class="explain-parts">
                    <div class="explain-chart">
                        <ChartFrame spec height=240.0/>
                    </div>
                    <div class="demand-plan" tabindex="0" role="region" aria-label=t(explain::PARTS)>
                        <Streams desk/>
                        {move || table(desk, &bars.get())}
                    </div>
                </div>
                <p class="micro faint demand-note">{t(explain::PARTS_BASIS)}</p>
            </FourStates>
        </Panel>
    }
}

/// Which week, or all that the plan shows.
#[component]
fn WeekSelect(desk: Desk) -> impl IntoView {
    let weeks = Memo::new(move |_| {
        let table = desk
            .explained
            .parts
            .0
            .with(|table| table.as_ref().map(|it| it.weeks.clone()));
        table.unwrap_or_default()
    });
    let choices = Signal::derive(move || {
        let all = Signal::derive(move || {
            let count = weeks.with(Vec::len).min(WEEKS_AHEAD).to_string();
            fill(explain::NEXT_WEEKS, &[("n", &count)])
        });
        let one = |day: i32| {
            let label = move || {
                format!(
                    "{} · {} – {}",
                    week(day),
                    day_short(day),
                    day_short(day + 6)
                )
            };
            Choice::new(Some(day), Signal::derive(label))
        };
        let weeks = weeks.get().into_iter().map(one);
        std::iter::once(Choice::new(None, all))
            .chain(weeks)
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            label=explain::WEEKS
            hide_label=true
            choices
            value=desk.explained.week
            on_change=move |week| desk.explained.week.set(week)
        />
    }
}

/// Shares of the streams that add or take something.
fn shares_that_count(bars: &Bars) -> String {
    const STREAMS: [(&str, Msg); 3] = [
        ("events", demand::EVENTS),
        ("price", explain::PRICE),
        ("signals", signals::SIGNALS),
    ];
    let sales = Some((explain::SALES, bars.share(&SALES)));
    let others = INFLOWS.into_iter().chain(STREAMS);
    let others = others.map(|(part, label)| (label, bars.share(&[part])));
    let shown = others.filter(|(_, share)| share.is_some_and(|it| it != 0.0));
    let words = sales
        .into_iter()
        .chain(shown)
        .map(|(label, own)| format!("{} {}", tr(label), share(own)));
    words.collect::<Vec<_>>().join(" · ")
}

/// Whether a stream adds anything to the slice, or is left out.
fn has(desk: Desk, stream: &str) -> bool {
    desk.explained.parts.0.with(|table| {
        table.as_ref().is_some_and(|table| {
            let own = table.parts.iter().filter(|part| part.part == stream);
            let mut units = own.flat_map(|part| &part.units);
            units.any(|units| *units != 0) || table.left_out.iter().any(|it| it == stream)
        })
    })
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| ABSENT.to_owned(), |share| percent(share * 100.0, 1))
}

fn name(part: &str) -> String {
    by_id(NAMES, part).map_or_else(|| part.to_owned(), |name| tr(name).to_owned())
}

/// Bars that say something.
fn shown(bars: &Bars) -> impl Iterator<Item = &Bar> {
    let is_shown = |bar: &&Bar| bar.units != 0.0 || !SELDOM.contains(&bar.part.as_str());
    bars.bars.iter().filter(is_shown)
}

fn spec(title: &str, bars: &Bars) -> ChartSpec {
    let ink = |bar: &Bar| match bar.part.as_str() {
        "level" => Ink::ACTUAL,
        "events" => Ink::series(1),
        "price" => Ink::series(2),
        "signals" | "pipeline" => Ink::series(4),
        "campaign" => Ink::series(5),
        "adjustment" => Ink::series(3),
        _ => Ink::FLOW,
    };
    let step = |bar: &Bar| WaterfallStep {
        name: name(&bar.part),
        value: bar.units,
        is_total: bar.part == "level",
        ink: ink(bar),
    };
    let total = WaterfallStep {
        name: tr(demand::FORECAST).to_owned(),
        value: bars.total,
        is_total: true,
        ink: Ink::FORECAST,
    };
    let steps = shown(bars).map(step).chain([total]);
    waterfall(title, tr(explain::UNITS), steps.collect(), bars.decimals)
}

/// Whether a part has no row in the table where it is nothing.
fn has_no_row(part: &str) -> bool {
    part == "lifecycle" || INFLOWS.iter().any(|(inflow, _)| *inflow == part)
}

fn table(desk: Desk, bars: &Bars) -> impl IntoView + use<> {
    let decimals = bars.decimals;
    let left_out = desk.explained.parts.0.with(|table| {
        table
            .as_ref()
            .map_or_else(Vec::new, |table| table.left_out.clone())
    });
    let is_row =
        |bar: &&Bar| bar.units != 0.0 || !has_no_row(&bar.part) || left_out.contains(&bar.part);
    let rows = bars.bars.iter().filter(is_row).map(|bar| {
        let is_out = left_out.contains(&bar.part);
        let units = match (is_out, bar.units == 0.0) {
            (true, _) => tr(explain::LEFT_OUT).to_owned(),
            (false, true) => ABSENT.to_owned(),
            (false, false) if bar.part == "level" => number(bar.units, decimals),
            (false, false) => change(bar.units, decimals),
        };
        let meaning = by_id(MEANINGS, &bar.part).map(tr);
        view! {
            <tr data-part=bar.part.clone()>
                <th scope="row" title=meaning>{name(&bar.part)}</th>
                <td class="num">{units}</td>
                <td class="num dim">{share(bar.share.filter(|_| bar.units != 0.0))}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let total = number(bars.total, decimals);
    view! {
        <table class="explain-table">
            {heads(&[(explain::PART, false), (explain::UNITS, true), (explain::SHARE, true)])}
            <tbody>
                {rows}
                <tr class="strong" data-part="forecast">
                    <th scope="row">{t(demand::FORECAST)}</th>
                    <td class="num">{total}</td>
                    <td class="num">{percent(100.0, 1)}</td>
                </tr>
            </tbody>
        </table>
    }
}

/// Which streams count; stands apart from the table, which is built anew with every plan.
#[component]
fn Streams(desk: Desk) -> impl IntoView {
    let stream = move |stream: &'static str, label: Msg| {
        let planned = Signal::derive(move || {
            desk.explained.parts.0.with(|table| {
                table
                    .as_ref()
                    .is_none_or(|table| table.left_out.iter().all(|it| it != stream))
            })
        });
        let setting = Setting {
            key: [STREAM_SETTING, stream].concat(),
            off: STREAM_OFF,
            gestures: [
                ("STREAM_COUNTS", gesture::STREAM_COUNTS),
                ("STREAM_LEFT_OUT", gesture::STREAM_LEFT_OUT),
            ],
        };
        view! { <SettingBox label planned setting/> }
    };
    view! {
        <div class="explain-streams" role="group" aria-label=t(explain::STREAMS)>
            <span class="dim">{t(explain::STREAMS)}</span>
            {stream("events", demand::EVENTS)}
            {stream("price", explain::PRICE)}
            {stream("signals", signals::SIGNALS)}
            {INFLOWS
                .map(|(part, label)| {
                    let is_there = Memo::new(move |_| has(desk, part));
                    move || is_there.get().then(|| stream(part, label))
                })}
        </div>
    }
}
