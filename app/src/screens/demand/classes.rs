//! What kind of demand the slice is: the map of its series, and how often demand came inside the bands.

use super::desk::Desk;
use super::heads::heads;
use super::model::Grade;
use super::navigator::GradeMark;
use super::selection::{Selection, Tab};
use crate::i18n::messages::{classes, demand};
use crate::i18n::{ABSENT, Msg, change, fill, filled, number, percent, percent_sign, t};
use crate::ui::{EmptyState, FourStates, Icon, roving_target};
use leptos::prelude::*;
use protocol::view::{ClassLine, ClassPoint, ClassTable};

#[component]
pub(super) fn Classes(desk: Desk) -> impl IntoView {
    view! {
        <FourStates
            state=desk.classes_state
            empty=|| {
                view! {
                    <EmptyState icon=Icon::Chart title=classes::NONE_TITLE body=classes::NONE_BODY/>
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            {move || desk.classes.get().map(|shown| {
                let (points, series) = (number(shown.points.len() as f64, 0), number(f64::from(shown.all.series), 0));
                let told = fill(classes::SHOWN, &[("n", &points), ("all", &series)]);
                view! {
                    <Map desk shown=shown.clone()/>
                    <p class="micro faint demand-note">{told}</p>
                    <div class="demand-plan" tabindex="0" role="region" aria-label=t(classes::CLASSES)>
                        {table(&shown)}
                    </div>
                    <p class="micro faint demand-note">{basis(&shown)}</p>
                }
            })}
        </FourStates>
    }
}

fn basis(shown: &ClassTable) -> String {
    let (interval, variation) = shown.limits;
    let values = [
        ("interval", number(interval, 2)),
        ("variation", number(variation, 2)),
        ("tried", number(f64::from(shown.tried), 0)),
    ];
    filled(classes::BASIS, &values)
}

const NAMES: [Msg; 4] = [
    classes::SMOOTH,
    classes::ERRATIC,
    classes::INTERMITTENT,
    classes::LUMPY,
];

/// Size of the drawing, in its own units; it is scaled to the width there is.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 46.0;
const TOP: f64 = 24.0;
const RIGHT: f64 = 704.0;
const BOTTOM: f64 = 242.0;
/// The axes are logarithmic; series beyond their ends stand on them.
const INTERVALS: (f64, f64) = (1.0, 32.0);
const VARIATIONS: (f64, f64) = (0.01, 10.0);
const INTERVAL_TICKS: [f64; 6] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
const VARIATION_TICKS: [f64; 4] = [0.01, 0.1, 1.0, 10.0];

fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    (value.clamp(low, high) / low).ln() / (high / low).ln()
}

fn x(interval: f64) -> f64 {
    LEFT + share(interval, INTERVALS) * (RIGHT - LEFT)
}

fn y(variation: f64) -> f64 {
    BOTTOM - share(variation, VARIATIONS) * (BOTTOM - TOP)
}

/// A shape of its own for each class: colour alone tells no two apart.
fn mark(point: &ClassPoint) -> String {
    let (x, y) = (x(point.interval), y(point.variation));
    match point.class {
        0 => format!(
            "M{:.1} {y:.1}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0",
            x - 2.4
        ),
        1 => format!("M{:.1} {:.1}h4.6v4.6h-4.6z", x - 2.3, y - 2.3),
        2 => format!("M{x:.1} {:.1}l3 3-3 3-3-3z", y - 3.0),
        _ => format!("M{x:.1} {:.1}l3 5.2h-6z", y - 3.0),
    }
}

#[component]
fn Map(desk: Desk, shown: ClassTable) -> impl IntoView {
    let (interval, variation) = (x(shown.limits.0), y(shown.limits.1));
    let paths = (0..4_u8).map(|class| {
        let of_class = shown.points.iter().filter(|point| point.class == class);
        let path: String = of_class.map(mark).collect();
        view! { <path class="demand-dot" data-class=class.to_string() d=path/> }
    });
    let paths = paths.collect_view();
    let corners = [
        (LEFT + 6.0, BOTTOM - 8.0, "start"),
        (LEFT + 6.0, TOP + 12.0, "start"),
        (RIGHT - 4.0, BOTTOM - 8.0, "end"),
        (RIGHT - 4.0, TOP + 12.0, "end"),
    ];
    let names = NAMES
        .into_iter()
        .zip(corners)
        .map(|(name, (x, y, anchor))| {
            view! { <text class="demand-corner" x=x y=y text-anchor=anchor>{t(name)}</text> }
        });
    let names = names.collect_view();
    // From left to right, as arrow keys go.
    let mut points = shown.points;
    points.sort_by(|a, b| {
        a.interval
            .total_cmp(&b.interval)
            .then(a.series.cmp(&b.series))
    });
    let count = points.len();
    let points = StoredValue::new(points);
    let at = RwSignal::new(None::<usize>);
    let open = move |series: [String; 3]| {
        let [sku, channel, region] = series.map(Some);
        desk.select(&Selection {
            category: None,
            sku,
            channel,
            region,
            tab: Tab::Forecast,
            ..desk.selection.get_untracked()
        });
    };
    let press = move |event: leptos::ev::MouseEvent| {
        let series = points.with_value(|points| nearest(&event, points));
        series.into_iter().for_each(open);
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let now = at.get_untracked();
        let chosen = now.and_then(|now| {
            points.with_value(|points| points.get(now).map(|it| it.series.clone()))
        });
        if let (true, Some(series)) = (event.key() == "Enter", chosen) {
            event.prevent_default();
            open(series);
        } else if let Some(next) = roving_target(&event.key(), now.unwrap_or(0), count) {
            event.prevent_default();
            at.set(Some(if now.is_some() { next } else { 0 }));
        }
    };
    let read = move || points.with_value(|points| points.get(at.get()?).map(ring));
    let axis = |value: f64| number(value, if value < 1.0 { 2 } else { 0 });
    let across = INTERVAL_TICKS.map(|tick| {
        view! { <text class="demand-tick" x=x(tick) y=BOTTOM + 16.0 text-anchor="middle">{axis(tick)}</text> }
    });
    let up = VARIATION_TICKS.map(|tick| {
        view! { <text class="demand-tick" x=LEFT - 6.0 y=y(tick) + 4.0 text-anchor="end">{axis(tick)}</text> }
    });
    view! {
        <svg
            class="demand-map"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="application"
            tabindex="0"
            aria-label=t(classes::MAP)
            on:click=press
            on:keydown=keys
        >
            <rect class="demand-ground" x=LEFT y=TOP width=RIGHT - LEFT height=BOTTOM - TOP/>
            <path class="demand-limit" d=format!("M{interval} {TOP}V{BOTTOM}M{LEFT} {variation}H{RIGHT}")/>
            {paths}
            {names}
            {across.into_iter().collect_view()}
            {up.into_iter().collect_view()}
            {read}
            <text class="demand-tick" x=RIGHT y=HEIGHT - 6.0 text-anchor="end">{t(classes::INTERVAL)}</text>
            <text class="demand-tick" x=0.0 y=10.0>{t(classes::VARIATION)}</text>
        </svg>
    }
}

/// The point that the arrow keys chose, with what it is.
fn ring(point: &ClassPoint) -> impl IntoView + use<> {
    let told = format!(
        "{} \u{b7} ADI {} \u{b7} CV\u{b2} {}",
        point.series.join(" \u{b7} "),
        number(point.interval, 2),
        number(point.variation, 2)
    );
    view! {
        <circle class="demand-at" cx=x(point.interval) cy=y(point.variation) r=7.0/>
        <text class="demand-corner" x=(LEFT + RIGHT) / 2.0 y=TOP + 12.0 text-anchor="middle">{told}</text>
    }
}

/// Farthest a press may be from a point, in units of the drawing.
const REACH: f64 = 10.0;

/// The codes of the series whose point is nearest to a press.
fn nearest(event: &leptos::ev::MouseEvent, points: &[ClassPoint]) -> Option<[String; 3]> {
    use wasm_bindgen::JsCast;
    let drawing: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    let bounds = drawing.get_bounding_client_rect();
    let scale = WIDTH / bounds.width().max(1.0);
    let at = (
        (f64::from(event.client_x()) - bounds.left()) * scale,
        (f64::from(event.client_y()) - bounds.top()) * scale,
    );
    let distance = |point: &ClassPoint| (x(point.interval) - at.0).hypot(y(point.variation) - at.1);
    let nearest = points
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(nearest) <= REACH).then(|| nearest.series.clone())
}

fn table(shown: &ClassTable) -> impl IntoView + use<> {
    let row = |(class, (line, name)): (usize, (&ClassLine, Msg))| {
        view! {
            <tr>
                <th scope="row">
                    <svg class="demand-sign" viewBox="-5 -5 10 10" aria-hidden="true">
                        <path class="demand-dot" data-class=class.to_string() d=sign(class)/>
                    </svg>
                    {t(name)}
                </th>
                {cells(line)}
            </tr>
        }
    };
    let rows = shown
        .rows
        .iter()
        .zip(NAMES)
        .enumerate()
        .map(row)
        .collect_view();
    view! {
        <table class="demand-factors demand-classes">
            {heads(&[(classes::CLASS, false), (classes::SERIES, true), (classes::RATE, true), (demand::WAPE, true), (demand::BIAS, true), (classes::INSIDE80, true), (classes::INSIDE95, true), (classes::OUTCOMES, true)])}
            <tbody>
                <tr class="strong">
                    <th scope="row">{t(demand::WHOLE)}</th>
                    {cells(&shown.all)}
                </tr>
                {rows}
            </tbody>
        </table>
    }
}

/// The mark of a class around zero.
fn sign(class: usize) -> String {
    match class {
        0 => "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0".to_owned(),
        1 => "M-3-3h6v6h-6z".to_owned(),
        2 => "M0-4l4 4-4 4-4-4z".to_owned(),
        _ => "M0-4l4 7h-8z".to_owned(),
    }
}

fn cells(line: &ClassLine) -> impl IntoView + use<> {
    let share = |share: Option<f64>| {
        share.map_or_else(|| ABSENT.to_owned(), |share| percent(share * 100.0, 1))
    };
    let bias = line.bias.map_or_else(
        || ABSENT.to_owned(),
        |bias| format!("{}{}", change(bias * 100.0, 1), percent_sign()),
    );
    let grade = line.wape.map(Grade::of);
    let [inside80, inside95] = line.inside.map(share);
    view! {
        <td class="num">{number(f64::from(line.series), 0)}</td>
        <td class="num">{number(line.rate, 0)}</td>
        <td class="num">{grade.map(|grade| view! { <GradeMark grade/> })} " " {share(line.wape)}</td>
        <td class="num">{bias}</td>
        <td class="num strong">{inside80}</td>
        <td class="num">{inside95}</td>
        <td class="num dim">{number(f64::from(line.outcomes), 0)}</td>
    }
}
