//! Available stock ahead, with and without the order.

use crate::charts::kinds::{Projection, projection};
use crate::charts::{Bucket, ChartFrame, ChartSpec};
use crate::i18n::messages::replenish;
use crate::i18n::{month, tr, week, week_span};
use crate::ui::Panel;
use leptos::prelude::*;
use protocol::view::CardPlace;

#[component]
pub(super) fn Projected(weeks: Vec<i32>, place: CardPlace) -> impl IntoView {
    place.available.is_some().then(|| {
        let spec = Signal::derive(move || spec(&weeks, &place));
        view! {
            <Panel title=replenish::PROJECTION caption=replenish::PROJECTION_CAPTION>
                <ChartFrame spec height=220.0/>
            </Panel>
        }
    })
}

fn spec(weeks: &[i32], place: &CardPlace) -> ChartSpec {
    let order = place.order.as_ref();
    let order_week = (place.lead_days.0.ceil() / 7.0).floor();
    let quantity = order.map_or(0.0, |order| order.quantity);
    let ordered = |index: usize| {
        if index as f64 == order_week {
            quantity
        } else {
            0.0
        }
    };
    projection(Projection {
        name: tr(replenish::PROJECTION).to_owned(),
        unit: tr(replenish::UNITS).to_owned(),
        buckets: buckets(weeks),
        available: place.with_order.clone(),
        without: (quantity > 0.0).then(|| place.without_order.clone()),
        receipts_open: place.receipts.clone(),
        receipts_order: (0..weeks.len()).map(ordered).collect(),
        target: order.map(|order| order.level),
        safety: order.map(|order| order.safety_stock),
        ..Projection::default()
    })
}

fn buckets(weeks: &[i32]) -> Vec<Bucket> {
    let bucket = |(index, day): (usize, &i32)| {
        let is_new_month = index == 0 || month(*day) != month(weeks[index - 1]);
        Bucket {
            label: week(*day),
            title: format!("{} \u{b7} {}", week(*day), week_span(*day)),
            month: is_new_month.then(|| month(*day)),
        }
    };
    weeks.iter().enumerate().map(bucket).collect()
}
