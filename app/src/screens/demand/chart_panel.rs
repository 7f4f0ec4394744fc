//! History and forecast of the slice, with its name and the length of a bucket.

use super::accuracy::Accuracy;
use super::desk::Desk;
use super::factors::Factors;
use super::model::{DAYS_BACK, Figures, WEEKS_BACK};
use super::selection::{Selection, Tab};
use super::signals::Signals;
use crate::charts::kinds::{Forecast, forecast};
use crate::charts::{Bucket, ChartFrame, ChartSpec, EventMark, Ink};
use crate::i18n::messages::{demand, signals};
use crate::i18n::{civil, day_iso, day_short, fill, month, number, tr, week, weekday_week};
use crate::parts::name_of;
use crate::ui::{
    Badge, EmptyState, FourStates, Icon, Segment, SegmentedControl, Tab as TabDef, Tabs,
};
use leptos::prelude::*;

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
                {move || (tab.get() == Tab::Forecast).then(|| view! { <GrainSwitch desk/> })}
            </header>
            <TabRow desk tab/>
            {move || match tab.get() {
                Tab::Forecast => view! { <Chart desk spec/> }.into_any(),
                Tab::Factors => view! { <Factors desk/> }.into_any(),
                Tab::Accuracy => view! { <Accuracy desk/> }.into_any(),
                Tab::Signals => view! { <Signals desk/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn TabRow(desk: Desk, tab: Memo<Tab>) -> impl IntoView {
    let count = move || {
        let count = desk.factors.with(|factors| factors.as_ref().map(Vec::len));
        count.map_or_else(String::new, |count| number(count as f64, 0))
    };
    let tabs = vec![
        TabDef::new(
            Tab::Forecast,
            Signal::derive(move || tr(demand::FORECAST).to_owned()),
        ),
        TabDef::new(
            Tab::Factors,
            Signal::derive(move || tr(demand::FACTORS).to_owned()),
        )
        .with_note(Signal::derive(count)),
        TabDef::new(
            Tab::Accuracy,
            Signal::derive(move || tr(demand::ACCURACY).to_owned()),
        ),
        TabDef::new(
            Tab::Signals,
            Signal::derive(move || tr(signals::SIGNALS).to_owned()),
        ),
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
                empty=|| {
                    view! {
                        <EmptyState
                            icon=Icon::Chart
                            title=demand::NO_SERIES_TITLE
                            body=demand::NO_SERIES_BODY
                        />
                    }
                }
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                <ChartFrame spec hover=desk.hover height=340.0/>
                <p class="micro faint">{move || note(desk)}</p>
            </FourStates>
        </div>
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
        name: name_of(&event.names),
        ink: if event.is_promotion {
            Ink("--c2")
        } else {
            Ink("--c4")
        },
    });
    let marks = marks.collect();
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
        events: marks,
        now: figures.now,
        ..Forecast::default()
    })
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
