//! History and forecast of the slice, with its name and the length of a bucket.

use super::accuracy::Accuracy;
use super::classes::Classes;
use super::desk::Desk;
use super::export::ExportTables;
use super::factors::Factors;
use super::heads::no_series;
use super::history::History;
use super::model::{DAYS_BACK, Figures, WEEKS_BACK};
use super::new_items::NewItems;
use super::orders::Orders;
use super::outliers::Outliers;
use super::prices::Prices;
use super::selection::{Selection, Tab};
use super::signals::Signals;
use super::stockouts::Stockouts;
use crate::charts::kinds::{Forecast, forecast};
use crate::charts::{Bucket, ChartFrame, ChartSpec, EventMark, Ink};
use crate::i18n::messages::{classes, demand, hand, launch, signals};
use crate::i18n::{civil, day_iso, day_short, fill, month, number, tr, week, weekday_week};
use crate::parts::name_of;
use crate::ui::{Badge, FourStates, Segment, SegmentedControl, Tab as TabDef, Tabs};
use leptos::prelude::*;
use protocol::view::SuccessorLink;

#[component]
pub(super) fn ChartPanel(desk: Desk) -> impl IntoView {
    let spec = Memo::new(move |_| spec(desk));
    // A memo: another slice must not build the tab anew, under the fingers of who is in it.
    let tab = Memo::new(move |_| desk.selection.with(|now| now.tab));
    view! {
        <section class="panel" aria-label=move || desk.title()>
            <header class="panel-head demand-head">
                <h2 class="object cut">{move || desk.title()}</h2>
                {move || {
                    desk.chips().into_iter().map(|label| view! { <Badge label/> }).collect_view()
                }}
                <span class="dim dense nowrap">{move || count(desk)}</span>
                <span class="grow"></span>
                <ExportTables desk/>
                {move || (tab.get() == Tab::Forecast).then(|| view! { <GrainSwitch desk/> })}
            </header>
            <TabRow desk tab/>
            {move || match tab.get() {
                Tab::Forecast => view! { <Chart desk spec/> }.into_any(),
                Tab::Factors => view! { <Factors desk/> <Prices desk/> }.into_any(),
                Tab::Accuracy => view! { <Accuracy desk/> }.into_any(),
                Tab::Classes => view! { <Classes desk/> }.into_any(),
                Tab::Orders => view! { <Orders desk/> }.into_any(),
                Tab::Signals => view! { <Signals desk/> }.into_any(),
                Tab::NewItems => view! { <NewItems desk/> }.into_any(),
                Tab::Outliers => view! { <Outliers desk/> }.into_any(),
                Tab::Stockouts => view! { <Stockouts desk/> }.into_any(),
                Tab::History => view! { <History desk/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn TabRow(desk: Desk, tab: Memo<Tab>) -> impl IntoView {
    let text = |count: Option<usize>| count.map_or_else(String::new, |it| number(it as f64, 0));
    let factors = move || text(desk.factors.with(|it| it.as_ref().map(Vec::len)));
    let outliers = move || {
        text(
            desk.outliers
                .with(|it| it.as_ref().map(|it| it.count as usize)),
        )
    };
    let edits = move || text(desk.adjustments.with(|it| it.as_ref().map(Vec::len)));
    let tabs = vec![
        TabDef::new(
            Tab::Forecast,
            Signal::derive(move || tr(demand::FORECAST).to_owned()),
        ),
        TabDef::new(
            Tab::Factors,
            Signal::derive(move || tr(demand::FACTORS).to_owned()),
        )
        .with_note(Signal::derive(factors)),
        TabDef::new(
            Tab::Accuracy,
            Signal::derive(move || tr(demand::ACCURACY).to_owned()),
        ),
        TabDef::new(
            Tab::Classes,
            Signal::derive(move || tr(classes::CLASSES).to_owned()),
        ),
        TabDef::new(
            Tab::Orders,
            Signal::derive(move || tr(classes::ORDERS).to_owned()),
        ),
        TabDef::new(
            Tab::Signals,
            Signal::derive(move || tr(signals::SIGNALS).to_owned()),
        ),
        TabDef::new(
            Tab::NewItems,
            Signal::derive(move || tr(launch::NEW_ITEMS).to_owned()),
        ),
        TabDef::new(
            Tab::Outliers,
            Signal::derive(move || tr(hand::OUTLIERS).to_owned()),
        )
        .with_note(Signal::derive(outliers)),
        TabDef::new(
            Tab::Stockouts,
            Signal::derive(move || tr(hand::STOCKOUTS).to_owned()),
        ),
        TabDef::new(
            Tab::History,
            Signal::derive(move || tr(hand::HISTORY).to_owned()),
        )
        .with_note(Signal::derive(edits)),
    ];
    view! {
        <Tabs
            label=Signal::derive(move || tr(demand::VIEWS).to_owned())
            tabs
            value=tab
            on_change=move |tab| {
                desk.select(&Selection { tab, ..desk.selection.get_untracked() });
            }
        />
    }
}

#[component]
fn Chart(desk: Desk, spec: Memo<ChartSpec>) -> impl IntoView {
    view! {
        <div class="panel-body">
            <FourStates
                state=Signal::derive(move || desk.chart_state())
                empty=no_series
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <ChartFrame spec hover=desk.hover height=340.0/>
                <Links desk/>
                <p class="micro faint">{move || note(desk)}</p>
            </FourStates>
        </div>
    }
}

/// Goods before and after the one shown; pressing goes there.
#[component]
fn Links(desk: Desk) -> impl IntoView {
    move || {
        let shown = desk.weeks.get();
        let as_of = shown.as_ref().and_then(|it| it.days.get(it.now).copied());
        let links = shown.map_or_else(Vec::new, |it| it.links.clone());
        let line = |link: SuccessorLink| {
            let is_past = as_of.is_some_and(|first| link.end < first);
            let words = match (link.is_next, is_past) {
                (true, false) => hand::NEXT,
                (true, true) => hand::NEXT_PAST,
                (false, _) => hand::FORMER,
            };
            let name = name_of(&link.names);
            let text = fill(words, &[("sku", &name), ("day", &day_iso(link.end))]);
            let go = move |_| {
                let now = desk.selection.get_untracked();
                desk.select(&Selection {
                    sku: Some(link.sku.clone()),
                    ..now
                });
            };
            view! { <button type="button" class="demand-link" on:click=go>{text}</button> }
        };
        links.into_iter().map(line).collect_view()
    }
}

#[component]
fn GrainSwitch(desk: Desk) -> impl IntoView {
    let is_daily = Signal::derive(move || desk.selection.with(|now| now.is_daily));
    let segments = vec![
        Segment::new(true, demand::DAY),
        Segment::new(false, demand::WEEK),
    ];
    view! {
        <SegmentedControl
            label=demand::GRAIN
            segments
            value=is_daily
            on_change=move |is_daily| {
                desk.select(&Selection { is_daily, ..desk.selection.get_untracked() });
            }
        />
    }
}

fn count(desk: Desk) -> Option<String> {
    let series = desk
        .weeks
        .with(|weeks| weeks.as_ref().map(|weeks| weeks.series))?;
    let count = number(f64::from(series), 0);
    Some(fill(demand::SERIES, &[("n", &count)]))
}

/// What the chart does not show, or what its limits rest on.
fn note(desk: Desk) -> String {
    match desk.selection.with(|now| now.is_daily) {
        true => tr(demand::NO_DAILY_BAND).to_owned(),
        false => tr(demand::BAND_BASIS).to_owned(),
    }
}

fn spec(desk: Desk) -> ChartSpec {
    let is_daily = desk.selection.with(|now| now.is_daily);
    let (shown, back) = match is_daily {
        true => (desk.days.get(), DAYS_BACK),
        false => (desk.weeks.get(), WEEKS_BACK),
    };
    let Some(all) = shown else {
        return ChartSpec::default();
    };
    let figures = all.newest(back);
    let skipped = all.days.len() - figures.days.len();
    let last_year = all.last_year().split_off(skipped);
    let name = std::iter::once(desk.title()).chain(desk.chips());
    let marked = figures.marked(if is_daily { 1 } else { 7 });
    let marks = marked.map(|(event, from, to)| EventMark {
        from,
        to,
        name: [&event.names, &event.concerns]
            .map(name_of)
            .join(" · ")
            .trim_end_matches(" · ")
            .to_owned(),
        ink: if event.is_promotion {
            Ink("--c2")
        } else {
            Ink("--c4")
        },
    });
    let marks = marks.collect();
    let statistical = is_adjusted(&figures).then(|| figures.statistical.clone());
    forecast(Forecast {
        name: name.collect::<Vec<_>>().join(" · "),
        unit: tr(if is_daily {
            demand::UNITS_A_DAY
        } else {
            demand::UNITS_A_WEEK
        })
        .to_owned(),
        buckets: buckets(&figures, is_daily),
        history: figures.actual,
        forecast: figures.mean,
        band80: (!is_daily).then_some((figures.lo80, figures.hi80)),
        band95: (!is_daily).then_some((figures.lo95, figures.hi95)),
        last_year: (!is_daily).then_some(last_year),
        statistical,
        uncensored: has_any(&figures.uncensored).then_some(figures.uncensored),
        points: vec![
            (tr(hand::OUTLIER_MARK).to_owned(), Ink::BAD, figures.outlier),
            (
                tr(hand::REPLACED_MARK).to_owned(),
                Ink("--c4"),
                figures.replaced,
            ),
        ],
        events: marks,
        now: figures.now,
        ..Forecast::default()
    })
}

fn has_any(values: &[f64]) -> bool {
    values.iter().any(|value| !value.is_nan())
}

/// Whether anything was changed by hand by half a unit.
fn is_adjusted(figures: &Figures) -> bool {
    let both = figures.mean.iter().zip(&figures.statistical);
    both.into_iter()
        .any(|(mean, statistical)| (mean - statistical).abs() >= 0.5)
}

fn buckets(figures: &Figures, is_daily: bool) -> Vec<Bucket> {
    let bucket = |day: &i32| {
        let day = *day;
        let date = civil(day).2;
        if is_daily {
            Bucket {
                label: day_short(day),
                title: format!("{} {}", day_iso(day), weekday_week(day)),
                month: (date == 1).then(|| month(day)),
            }
        } else {
            Bucket {
                label: week(day),
                title: format!(
                    "{} · {} – {}",
                    week(day),
                    day_short(day),
                    day_short(day + 6)
                ),
                month: (date <= 7).then(|| month(day)),
            }
        }
    };
    figures.days.iter().map(bucket).collect()
}
