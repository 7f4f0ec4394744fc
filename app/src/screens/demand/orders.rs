//! Open orders against the forecast: what they take, and what is left.

use super::desk::Desk;
use super::heads::heads;
use super::selection::{Selection, Window};
use crate::charts::kinds::stacked;
use crate::charts::{Bucket, ChartFrame, ChartSpec, Dash, Ink, Layer};
use crate::i18n::messages::{classes, demand};
use crate::i18n::{ABSENT, Msg, fill, filled, month, number, t, tr, week, week_span};
use crate::ui::{Choice, EmptyState, FourStates, Icon, Select};
use leptos::prelude::*;
use protocol::view::{OrderLines, OrderTable, OrderWeek};

#[component]
pub(super) fn Orders(desk: Desk) -> impl IntoView {
    let window = Signal::derive(move || desk.selection.with(|now| now.window));
    let choose = move |window: Window| {
        desk.select(&Selection {
            window,
            ..desk.selection.get_untracked()
        });
    };
    let spec = Memo::new(move |_| {
        desk.orders
            .get()
            .map_or_else(ChartSpec::default, |it| spec(&it))
    });
    view! {
        <div class="demand-cut">
            <Days
                label=classes::EARLY
                value=Signal::derive(move || window.get().early)
                on_change=move |early| choose(Window { early, ..window.get_untracked() })
            />
            <Days
                label=classes::LATE
                value=Signal::derive(move || window.get().late)
                on_change=move |late| choose(Window { late, ..window.get_untracked() })
            />
        </div>
        <FourStates
            state=desk.orders_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Calendar
                        title=classes::NO_ORDERS_TITLE
                        body=classes::NO_ORDERS_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="panel-body">
                <ChartFrame spec height=220.0/>
            </div>
            <div class="demand-plan demand-pareto" tabindex="0" role="region" aria-label=t(classes::ORDERS)>
                {move || desk.orders.get().map(|shown| table(&shown))}
            </div>
            <p class="demand-note dense">{move || desk.orders.get().map(|shown| lines(&shown))}</p>
            {move || desk.orders.get().map(|shown| uncounted(&shown))}
            <p class="micro faint demand-note">{t(classes::ORDERS_BASIS)}</p>
        </FourStates>
    }
}

#[component]
fn Days(
    label: Msg,
    #[prop(into)] value: Signal<u16>,
    #[prop(into)] on_change: Callback<u16>,
) -> impl IntoView {
    let choices = move || {
        let choice = |days: u16| {
            let label = move || fill(classes::DAYS, &[("n", &days.to_string())]);
            Choice::new(days, Signal::derive(label))
        };
        Window::CHOICES.map(choice).to_vec()
    };
    view! { <Select label choices=Signal::derive(choices) value on_change/> }
}

fn lines(shown: &OrderTable) -> String {
    let units = |units: f64| number(units, 0);
    let (unforecast, later, unknown) = (
        units(shown.unforecast),
        units(shown.later),
        units(shown.unknown),
    );
    let values = [
        ("n", number(f64::from(shown.lines), 0)),
        ("unforecast", unforecast),
        ("later", later),
        ("unknown", unknown),
    ];
    filled(classes::LINES, &values)
}

/// Orders that take no forecast, a line for each reason that holds for some.
fn uncounted(shown: &OrderTable) -> impl IntoView + use<> {
    let reasons = [classes::UNDATED, classes::DUE_BEFORE, classes::DUE_SOON];
    let lines = reasons.into_iter().zip(shown.uncounted);
    let told = lines.filter(|(_, left_out)| left_out.lines > 0);
    let line = |(reason, left_out): (Msg, OrderLines)| {
        let values = [
            ("n", number(f64::from(left_out.lines), 0)),
            ("units", number(left_out.units, 0)),
        ];
        view! { <p class="demand-note dense">{filled(reason, &values)}</p> }
    };
    told.map(line).collect_view()
}

fn spec(shown: &OrderTable) -> ChartSpec {
    let buckets = shown.weeks.iter().enumerate().map(|(index, one)| Bucket {
        label: week(one.day),
        title: format!("{} \u{b7} {}", week(one.day), week_span(one.day)),
        month: (index == 0 || month(one.day) != month(shown.weeks[index - 1].day))
            .then(|| month(one.day)),
    });
    let values = |value: fn(&OrderWeek) -> f64| shown.weeks.iter().map(value).collect::<Vec<f64>>();
    let mut spec = stacked(
        tr(classes::ORDERS),
        tr(demand::UNITS_A_WEEK),
        buckets.collect(),
        vec![
            (
                tr(classes::ORDERED).to_owned(),
                Ink::series(2),
                values(|week| week.ordered),
            ),
            (
                tr(classes::NET).to_owned(),
                Ink::series(0),
                values(|week| week.net),
            ),
        ],
    );
    spec.layers.push(Layer::line(
        tr(classes::FORECAST),
        Ink::ACTUAL,
        values(|week| week.forecast),
        Dash::Dashed,
        1.6,
    ));
    spec
}

fn table(shown: &OrderTable) -> impl IntoView + use<> {
    let mut sum = OrderWeek {
        day: 0,
        forecast: 0.0,
        ordered: 0.0,
        net: 0.0,
    };
    for week in &shown.weeks {
        sum.forecast += week.forecast;
        sum.ordered += week.ordered;
        sum.net += week.net;
    }
    let row = |one: &OrderWeek| {
        let name = format!("{} \u{b7} {}", week(one.day), week_span(one.day));
        view! { <tr><th scope="row">{name}</th>{cells(one)}</tr> }
    };
    let rows = shown.weeks.iter().map(row).collect_view();
    view! {
        <table class="demand-factors demand-orders">
            {heads(&[(classes::WEEK, false), (classes::FORECAST, true), (classes::ORDERED, true), (classes::NET, true), (classes::TOTAL, true)])}
            <tbody>
                <tr class="strong">
                    <th scope="row">{t(classes::SUM)}</th>
                    {cells(&sum)}
                </tr>
                {rows}
            </tbody>
        </table>
    }
}

fn cells(week: &OrderWeek) -> impl IntoView + use<> {
    let ordered = match week.ordered > 0.0 {
        true => number(week.ordered, 0),
        false => ABSENT.to_owned(),
    };
    view! {
        <td class="num dim">{number(week.forecast, 0)}</td>
        <td class="num">{ordered}</td>
        <td class="num strong">{number(week.net, 0)}</td>
        <td class="num">{number(week.net + week.ordered, 0)}</td>
    }
}
