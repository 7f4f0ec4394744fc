//! The heat map: goods by region.

use super::{goods_name, part};
use crate::charts::Sparkline;
use crate::i18n::messages::signals;
use crate::i18n::{ABSENT, number, t, tr};
use crate::parts::name_of;
use leptos::prelude::*;
use protocol::signals::{HeatLine, HeatMap, SignalDesk};

/// Heat that fills a cell: the largest the index takes.
const HEAT_MAX: f64 = 400.0;

pub(super) fn section(shown: &SignalDesk) -> AnyView {
    let table = table(&shown.heat).into_any();
    part(signals::HEAT, tr(signals::HEAT_BASIS).to_owned(), table)
}

fn table(map: &HeatMap) -> impl IntoView + use<> {
    let region = |names: &(String, String)| {
        let name = match name_of(names) {
            name if name.is_empty() => tr(signals::EVERYWHERE).to_owned(),
            name => name,
        };
        view! { <th scope="col" class="num">{name}</th> }
    };
    let regions = map.regions.iter().map(region).collect_view();
    let rows = map.rows.iter().map(row).collect_view();
    view! {
        <div class="demand-plan" tabindex="0" role="region" aria-label=t(signals::HEAT)>
        <table class="demand-factors signals-heat">
            <thead>
                <tr>
                    <th scope="col">{t(signals::GOODS)}</th>
                    {regions}
                    <th scope="col">{t(signals::HALF_YEAR)}</th>
                    <th scope="col" class="num">{t(signals::WORDS_BEHIND)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
}

fn row(line: &HeatLine) -> impl IntoView + use<> {
    let cell = |heat: &Option<f64>| {
        let share = heat.map(|heat| format!("{:.2}", (heat / HEAT_MAX).clamp(0.0, 1.0)));
        let text = heat.map_or_else(|| ABSENT.to_owned(), |heat| number(heat, 0));
        view! { <td class="num" data-heat="" style=("--heat", share)>{text}</td> }
    };
    let cells = line.now.iter().map(cell).collect_view();
    view! {
        <tr>
            <th scope="row" class="cut" title=line.code.clone()>
                {goods_name(&line.names, &line.code)}
            </th>
            {cells}
            <td>
                <span class="demand-days">
                    <Sparkline values=Signal::stored(line.weeks.clone())/>
                </span>
            </td>
            <td class="num dim">{number(f64::from(line.keywords), 0)}</td>
        </tr>
    }
}
