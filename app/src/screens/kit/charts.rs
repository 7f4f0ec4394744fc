//! The kinds of charts on made-up figures.

use crate::charts::kinds::{
    Forecast, Projection, WaterfallStep, forecast, projection, stacked, waterfall,
};
use crate::charts::{BarList, BarRow, Bucket, ChartFrame, EventMark, Ink, ShareBar, SharePart};
use crate::i18n::messages::story;
use crate::i18n::{change, day_of, month, number, tr, week, week_span};
use crate::ui::Panel;
use leptos::prelude::*;

const WEEKS: usize = 78;
const NOW: usize = 49;

#[component]
pub(super) fn Charts() -> impl IntoView {
    let hover = RwSignal::new(None);
    let demand = Signal::derive(demand);
    let ahead = Signal::derive(ahead);
    let buckets = Signal::derive(buckets_of_stock);
    let ages = Signal::derive(ages);
    view! {
        <section class="story-wide">
            <Panel title=story::DEMAND_CHART>
                <ChartFrame spec=demand hover height=300.0/>
            </Panel>
        </section>
        <Panel title=story::PROJECTION_CHART>
            <ChartFrame spec=ahead height=260.0/>
        </Panel>
        <Panel title=story::WATERFALL_CHART>
            <ChartFrame spec=buckets height=220.0/>
        </Panel>
        <Panel title=story::AGE_CHART>
            <ChartFrame spec=ages height=200.0/>
            <ShareBar label=story::AGE_CHART parts=Signal::derive(shares)/>
        </Panel>
        <Panel title=story::PARTS_CHART>
            <BarList label=story::PARTS_CHART rows=Signal::derive(parts)/>
        </Panel>
    }
}

fn weeks(count: usize) -> Vec<Bucket> {
    let first = day_of(2025, 6, 2);
    (0..count)
        .map(|index| {
            let monday = first + 7 * index as i32;
            let is_first = crate::i18n::civil(monday).2 <= 7;
            Bucket {
                label: week(monday),
                title: format!("{} · {}", week(monday), week_span(monday)),
                month: is_first.then(|| month(monday)),
            }
        })
        .collect()
}

fn level(index: usize) -> f64 {
    let peaks = [
        (2usize, 7_500.0),
        (23, 10_800.0),
        (54, 10_600.0),
        (75, 12_600.0),
    ];
    let base = 4_900.0 + 320.0 * (index as f64 * 0.7).sin() + index as f64 * 6.0;
    peaks.iter().fold(base, |sum, (at, height)| {
        sum + height * (-(index.abs_diff(*at) as f64).powi(2) / 0.9).exp()
    })
}

fn demand() -> crate::charts::ChartSpec {
    let part = |wanted: fn(usize) -> bool, value: fn(usize) -> f64| -> Vec<f64> {
        (0..WEEKS)
            .map(|index| {
                if wanted(index) {
                    value(index)
                } else {
                    f64::NAN
                }
            })
            .collect()
    };
    let past = |index| index < NOW;
    let future = |index| index >= NOW;
    let mut history = part(past, level);
    let mut uncensored = vec![f64::NAN; WEEKS];
    for index in [11, 12] {
        uncensored[index] = history[index];
        history[index] *= 0.45;
    }
    let event = |from, name, ink| EventMark {
        from,
        to: from + 1,
        name: tr(name).to_owned(),
        ink,
    };
    forecast(Forecast {
        name: tr(story::DIAPERS).to_owned(),
        unit: tr(story::UNITS).to_owned(),
        buckets: weeks(WEEKS),
        history,
        forecast: part(future, level),
        band80: Some((
            part(future, |index| level(index) * 0.84),
            part(future, |index| level(index) * 1.18),
        )),
        band95: Some((
            part(future, |index| level(index) * 0.73),
            part(future, |index| level(index) * 1.3),
        )),
        last_year: Some(part(future, |index| level(index) * 0.88)),
        uncensored: Some(uncensored),
        events: vec![
            event(2, story::MID_YEAR, Ink::series(1)),
            event(11, story::OUT, Ink::BAD),
            event(23, story::DOUBLE_11, Ink::series(1)),
            event(34, story::NEW_YEAR, Ink::series(3)),
            event(54, story::MID_YEAR, Ink::series(1)),
            event(75, story::DOUBLE_11, Ink::series(1)),
        ],
        now: NOW,
        decimals: 0,
        ..Forecast::default()
    })
}

fn ahead() -> crate::charts::ChartSpec {
    let saw = |index: usize| 900.0 + 1_200.0 * ((index * 5 % 4) as f64) / 3.0;
    let only = |at: &'static [usize], value: f64| -> Vec<f64> {
        (0..26)
            .map(|index| if at.contains(&index) { value } else { f64::NAN })
            .collect()
    };
    projection(Projection {
        name: tr(story::WIPES).to_owned(),
        unit: tr(story::UNITS).to_owned(),
        buckets: weeks(26),
        available: (0..26).map(saw).collect(),
        band: Some((
            (0..26)
                .map(|index| saw(index) - 40.0 * index as f64)
                .collect(),
            (0..26)
                .map(|index| saw(index) + 40.0 * index as f64)
                .collect(),
        )),
        position: Some((0..26).map(|index| 5_400.0 + saw(index)).collect()),
        without: Some(
            (0..26)
                .map(|index| {
                    if index < 8 {
                        1_800.0 - 450.0 * index as f64
                    } else {
                        f64::NAN
                    }
                })
                .collect(),
        ),
        receipts_open: only(&[1], 2_592.0),
        receipts_order: only(&[4], 1_824.0),
        receipts_planned: only(&[8, 12, 16, 20, 24], 1_300.0),
        target: Some(6_560.0),
        safety: Some(1_464.0),
        events: Vec::new(),
    })
}

fn buckets_of_stock() -> crate::charts::ChartSpec {
    let step = |name, value, is_total, ink| WaterfallStep {
        name: tr(name).to_owned(),
        value,
        is_total,
        ink,
    };
    waterfall(
        tr(story::WATERFALL_CHART),
        tr(story::UNITS),
        vec![
            step(story::GOOD_STOCK, 4_860.0, true, Ink::ACTUAL),
            step(story::FROZEN, -1_200.0, false, Ink::series(3)),
            step(story::LOCKED, -300.0, false, Ink::series(5)),
            step(story::RESERVED, -214.0, false, Ink::series(4)),
            step(story::ALLOCATED, -986.0, false, Ink::series(6)),
            step(story::FREE, 2_160.0, true, Ink::series(2)),
            step(story::ON_ORDER, 2_592.0, false, Ink::series(0)),
            step(story::POSITION, 4_752.0, true, Ink::ACTUAL),
        ],
        0,
    )
}

const AGES: [(&str, f64); 6] = [
    ("0–30", 486.9),
    ("31–60", 352.4),
    ("61–90", 245.6),
    ("91–180", 141.8),
    ("181–365", 72.5),
    ("> 365", 23.8),
];

fn ages() -> crate::charts::ChartSpec {
    let parts = AGES
        .iter()
        .enumerate()
        .map(|(index, (name, value))| {
            let values = (0..12)
                .map(|week| value * (1.0 + 0.02 * (week * (index + 1)) as f64))
                .collect();
            ((*name).to_owned(), Ink::age(index), values)
        })
        .collect();
    stacked(
        tr(story::AGE_CHART),
        tr(story::TEN_THOUSAND),
        weeks(12),
        parts,
    )
}

fn shares() -> Vec<SharePart> {
    AGES.iter()
        .enumerate()
        .map(|(index, (name, value))| SharePart {
            name: (*name).to_owned(),
            value: *value,
            text: number(*value, 1),
            ink: Ink::age(index),
        })
        .collect()
}

fn parts() -> Vec<BarRow> {
    let row = |name, from: f64, to: f64, ink, strong| BarRow {
        name: tr(name).to_owned(),
        from,
        to,
        text: if strong {
            number(to, 0)
        } else {
            change(to - from, 0)
        },
        ink,
        strong,
    };
    vec![
        row(story::LEVEL, 0.0, 5_300.0, Ink::ACTUAL, true),
        row(story::MID_YEAR, 5_300.0, 14_780.0, Ink::series(1), false),
        row(story::HEAT, 14_780.0, 15_120.0, Ink::series(3), false),
        row(story::TOTAL, 0.0, 15_120.0, Ink::FORECAST, true),
    ]
}
