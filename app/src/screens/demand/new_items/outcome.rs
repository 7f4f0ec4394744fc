//! What the form comes to: ramp, forecast with its interval, level.

use super::Wizard;
use crate::charts::kinds::{Forecast, forecast};
use crate::charts::{Bucket, ChartFrame, ChartSpec};
use crate::i18n::messages::{demand, launch};
use crate::i18n::{fill, month, number, t, tr, week, week_span};
use leptos::prelude::*;
use protocol::new_items::NewItemPreview;

/// Weeks summed up under the chart.
const FIRST_WEEKS: usize = 8;

#[component]
pub(super) fn Outcome(wizard: Wizard) -> impl IntoView {
    let preview = Memo::new(move |_| wizard.shown.get().and_then(|desk| desk.preview.clone()));
    let is_known = Memo::new(move |_| preview.with(Option::is_some));
    let ahead =
        Signal::derive(move || preview.with(|it| it.as_ref().map(weeks).unwrap_or_default()));
    let ramp = Signal::derive(move || preview.with(|it| it.as_ref().map(ramp).unwrap_or_default()));
    let hint = move || {
        tr(
            match wizard.read(|form| form.pick == super::draft::Pick::Nothing) {
                true => launch::PICK_FIRST,
                false => launch::NO_PREVIEW,
            },
        )
    };
    let is_by_group = move || wizard.read(|form| form.analogues.is_empty());
    view! {
        <fieldset class="launch-step">
            <legend>{t(launch::STEP_OUTCOME)}</legend>
            {move || match is_known.get() {
                false => view! { <p class="dim">{hint}</p> }.into_any(),
                true => view! {
                    {move || is_by_group().then(|| view! { <p class="dim">{t(launch::BY_GROUP)}</p> })}
                    <div class="launch-charts">
                        <section>
                            <h4 class="micro">{t(launch::FORECAST)}</h4>
                            <ChartFrame spec=ahead height=200.0/>
                        </section>
                        <section>
                            <h4 class="micro">{t(launch::RAMP_CHART)}</h4>
                            <ChartFrame spec=ramp height=200.0/>
                        </section>
                    </div>
                    {move || preview.get().map(|it| facts(&it, wizard.read(|form| form.from)))}
                }
                .into_any(),
            }}
        </fieldset>
    }
}

fn facts(preview: &NewItemPreview, from: Option<i32>) -> impl IntoView + use<> {
    let a_week = |units: f64| fill(launch::A_WEEK, &[("n", &number(units, 1))]);
    let start = from.map_or(0, |from| preview.days.partition_point(|day| day + 6 < from));
    let first = |values: &[f64]| values.iter().skip(start).take(FIRST_WEEKS).sum::<f64>();
    let sum = number(first(&preview.mean), 0);
    let sold = (preview.sold > 0.0).then(|| {
        view! {
            <dt>{t(launch::SOLD)}</dt>
            <dd>{fill(launch::UNITS, &[("n", &number(preview.sold, 0))])}</dd>
            <dt>{t(launch::LEVEL_NOW)}</dt>
            <dd>{a_week(preview.level)}</dd>
        }
    });
    view! {
        <dl class="demand-facts launch-facts">
            <dt>{t(launch::EXPECTED)}</dt>
            <dd>{a_week(preview.expected)}</dd>
            {sold}
            <dt>{t(launch::NEXT_WEEKS)}</dt>
            <dd>{fill(launch::UNITS, &[("n", &sum)])}</dd>
            <dt>{t(launch::CHANNELS)}</dt>
            <dd>{fill(launch::SERIES, &[("n", &number(f64::from(preview.series), 0))])}</dd>
        </dl>
    }
}

fn weeks(preview: &NewItemPreview) -> ChartSpec {
    let mut before = None;
    let bucket = |day: &i32| {
        let is_new_month = before != Some(month(*day));
        before = Some(month(*day));
        Bucket {
            label: week(*day),
            title: format!("{} \u{b7} {}", week(*day), week_span(*day)),
            month: is_new_month.then(|| month(*day)),
        }
    };
    forecast(Forecast {
        name: tr(launch::FORECAST).to_owned(),
        unit: tr(demand::UNITS_A_WEEK).to_owned(),
        buckets: preview.days.iter().map(bucket).collect(),
        history: vec![f64::NAN; preview.days.len()],
        forecast: preview.mean.clone(),
        band80: Some((preview.low.clone(), preview.high.clone())),
        ..Forecast::default()
    })
}

fn ramp(preview: &NewItemPreview) -> ChartSpec {
    let bucket = |week: usize| {
        let number = number(week as f64 + 1.0, 0);
        Bucket {
            label: number.clone(),
            title: fill(launch::WEEK_NUMBER, &[("n", &number)]),
            month: None,
        }
    };
    let share = |pick: fn(&(f64, f64, f64)) -> f64| {
        preview
            .curve
            .iter()
            .map(|week| 100.0 * pick(week))
            .collect::<Vec<f64>>()
    };
    forecast(Forecast {
        name: tr(launch::RAMP_CHART).to_owned(),
        unit: tr(launch::OF_LEVEL).to_owned(),
        buckets: (0..preview.curve.len()).map(bucket).collect(),
        history: vec![f64::NAN; preview.curve.len()],
        forecast: share(|week| week.0),
        band80: Some((share(|week| week.1), share(|week| week.2))),
        ..Forecast::default()
    })
}
