//! The funnel backwards: what a number of orders needs.

use super::super::super::heads::{cell, line, table};
use super::{Funnels, ORDERS};
use crate::i18n::messages::signals;
use crate::i18n::{Msg, fill, number, parse_number, quantity_short, t, tr};
use crate::ui::{EmptyState, Icon, TextField};
use leptos::prelude::*;
use protocol::signals::{CampaignDesk, InverseLine};

const HEADS: [(Msg, bool); 4] = [
    (signals::NEEDED, false),
    (signals::LOW, true),
    (signals::MIDDLE, true),
    (signals::HIGH, true),
];

pub(super) fn section(funnels: Funnels) -> AnyView {
    let text = RwSignal::new(ORDERS.to_string());
    let read = move || text.with(|text| parse_number(text).filter(can_be_asked));
    let error = move || read().is_none().then(|| tr(signals::BAD_ORDERS).to_owned());
    // What is typed is asked when it is done: on Enter, or when the field is left.
    let ask = move |_: String| {
        if let Some(orders) = untrack(read) {
            funnels.orders.set(orders.round() as u64);
        }
    };
    view! {
        <section class="signals-part" aria-label=t(signals::INVERSE)>
            <h3 class="object">{t(signals::INVERSE)}</h3>
            <div class="demand-cut">
                <TextField
                    label=signals::TARGET
                    value=text
                    on_input=move |typed| text.set(typed)
                    on_commit=ask
                    unit=signals::ORDERS_UNIT
                    error=Signal::derive(error)
                    numeric=true
                />
            </div>
            {funnels.part(back)}
        </section>
    }
    .into_any()
}

fn back(shown: &CampaignDesk) -> AnyView {
    shown.inverse.as_ref().map_or_else(unknown, needed)
}

/// Whether the worker is asked for so many orders.
fn can_be_asked(orders: &f64) -> bool {
    (1.0..=1e9).contains(orders)
}

fn needed(inverse: &InverseLine) -> AnyView {
    let row = |name: Msg, [low, mid, high]: [f64; 3]| {
        let cells = vec![
            cell("num dim", quantity_short(low)),
            cell("num strong", quantity_short(mid)),
            cell("num dim", quantity_short(high)),
        ];
        line(tr(name).to_owned(), None, cells)
    };
    let mut rows = vec![row(signals::IMPRESSIONS, inverse.exposure)];
    rows.extend(inverse.budget.map(|budget| row(signals::BUDGET, budget)));
    let [orders, posts] = [inverse.orders, f64::from(inverse.posts)].map(|it| number(it, 0));
    let parts = [("orders", orders.as_str()), ("n", &posts)];
    let class = "demand-factors signals-inverse";
    let table = table(signals::INVERSE, class, &HEADS, rows);
    view! {
        {table}
        <p class="micro faint demand-note" role="status">{fill(signals::INVERSE_BASIS, &parts)}</p>
    }
    .into_any()
}

fn unknown() -> AnyView {
    let (title, body) = (signals::NO_INVERSE, signals::NO_INVERSE_BODY);
    view! { <EmptyState icon=Icon::Chart title body/> }.into_any()
}
