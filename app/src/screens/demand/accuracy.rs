//! Who makes the error: the slice's forecast errors by one attribute, the largest share first.

use super::desk::Desk;
use super::heads::heads;
use super::model::Grade;
use super::navigator::GradeMark;
use super::selection::{Cut, Selection};
use crate::i18n::messages::{demand, explain};
use crate::i18n::{ABSENT, Msg, change, fill, number, percent, percent_sign, t, tr};
use crate::parts::name_of;
use crate::ui::{EmptyState, FourStates, Icon, Segment, SegmentedControl};
use leptos::prelude::*;
use protocol::view::{AccuracyRow, AccuracyTable};

/// A tracking signal beyond this says that demand has left the forecast.
const SIGNAL_LIMIT: f64 = 4.0;

#[component]
pub(super) fn Accuracy(desk: Desk) -> impl IntoView {
    let cut = Signal::derive(move || desk.selection.with(|now| now.cut));
    let segments = Cut::ALL
        .map(|cut| Segment::new(cut, cut_name(cut)))
        .to_vec();
    view! {
        <div class="demand-cut">
            <SegmentedControl
                label=demand::CUT
                segments
                value=cut
                on_change=move |cut| {
                    desk.select(&Selection { cut, ..desk.selection.get_untracked() });
                }
            />
            <span class="dim dense">{move || counted(desk)}</span>
        </div>
        <FourStates
            state=desk.accuracy_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Chart
                        title=demand::NO_ERRORS_TITLE
                        body=demand::NO_ERRORS_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="demand-plan demand-pareto" tabindex="0" role="region" aria-label=t(demand::ACCURACY)>
                {move || desk.accuracy.get().map(|shown| table(desk, &shown))}
            </div>
            <p class="micro faint demand-note">{t(demand::ACCURACY_BASIS)}</p>
        </FourStates>
    }
}

fn cut_name(cut: Cut) -> Msg {
    match cut {
        Cut::Sku => demand::SKU,
        Cut::Category => demand::CATEGORY,
        Cut::Channel => demand::CHANNEL,
        Cut::Region => demand::REGION,
    }
}

/// How many rows make four fifths of the error, and how many there are.
fn counted(desk: Desk) -> Option<String> {
    let table = desk.accuracy.get()?;
    let [most, all] = [table.most, table.count].map(|count| number(f64::from(count), 0));
    Some(fill(demand::MOST_OF_ERROR, &[("n", &most), ("all", &all)]))
}

fn table(desk: Desk, table: &AccuracyTable) -> impl IntoView + use<> {
    let mut sum = 0.0;
    let largest = table.rows.first().map_or(1.0, |row| row.share);
    let rows = table.rows.iter().map(|row| {
        sum += row.share;
        line(desk, row, largest, sum)
    });
    let rows = rows.collect_view();
    let all = cells(&table.all);
    view! {
        <table class="demand-factors">
            {heads(&[(demand::NAME, false), (demand::ERROR_SHARE, false), (demand::CUMULATIVE, true), (demand::WAPE, true), (demand::MAPE, true), (explain::MASE, true), (demand::BIAS, true), (demand::SUM_WAPE, true), (demand::SIGNAL, true)])}
            <tbody>
                <tr class="strong">
                    <th scope="row">{t(demand::WHOLE)}</th>
                    <td></td>
                    <td></td>
                    {all}
                </tr>
                {rows}
            </tbody>
        </table>
    }
}

fn line(desk: Desk, row: &AccuracyRow, largest: f64, sum: f64) -> impl IntoView + use<> {
    let width = format!("{:.1}%", row.share / largest.max(f64::MIN_POSITIVE) * 100.0);
    view! {
        <tr>
            {chooser(desk, &row.names, &row.code)}
            <td>
                <span class="demand-share" style=("--share", width)>
                    {percent(row.share * 100.0, 1)}
                </span>
            </td>
            <td class="num dim">{percent(sum * 100.0, 0)}</td>
            {cells(row)}
        </tr>
    }
}

/// The head of a row that narrows the slice to it.
pub(super) fn chooser(desk: Desk, names: &(String, String), code: &str) -> AnyView {
    let name = match name_of(names) {
        name if name.is_empty() => code.to_owned(),
        name => name,
    };
    let code = code.to_owned();
    let choose = move |_| {
        let now = desk.selection.get_untracked();
        desk.select(&now.narrowed(code.clone()));
    };
    view! {
        <th scope="row">
            <button type="button" class="cut" title=name.clone() on:click=choose>
                {name.clone()}
            </button>
        </th>
    }
    .into_any()
}

fn cells(row: &AccuracyRow) -> impl IntoView + use<> {
    let share = |share: Option<f64>| {
        share.map_or_else(|| ABSENT.to_owned(), |share| percent(share * 100.0, 1))
    };
    let bias = row.bias.map_or_else(
        || ABSENT.to_owned(),
        |bias| format!("{}{}", change(bias * 100.0, 1), percent_sign()),
    );
    let mase = row
        .mase
        .map_or_else(|| ABSENT.to_owned(), |mase| number(mase, 2));
    let signal = row
        .tracking_signal
        .map_or_else(|| ABSENT.to_owned(), |signal| change(signal, 1));
    let is_alarm = row
        .tracking_signal
        .is_some_and(|signal| signal.abs() > SIGNAL_LIMIT);
    let grade = row.wape.map(Grade::of);
    view! {
        <td class="num">
            {grade.map(|grade| view! { <GradeMark grade/> })}
            " "
            {share(row.wape)}
        </td>
        <td class="num dim">{share(row.mape)}</td>
        <td class="num">{mase}</td>
        <td class="num">{bias}</td>
        <td class="num">{share(row.sum_wape)}</td>
        <td class="num" data-alarm=is_alarm.then_some("") title=is_alarm.then(|| tr(demand::SIGNAL_ALARM))>
            {signal}
        </td>
    }
}
