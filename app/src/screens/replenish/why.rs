//! Why this order: five numbered lines with the figures of the engine.

use crate::i18n::messages::replenish;
use crate::i18n::{ABSENT, Msg, fill, money_exact, number, percent, t};
use crate::state::Workspace;
use crate::ui::Panel;
use leptos::prelude::*;
use protocol::view::{CardOrder, CardPlace};
use std::sync::Arc;

#[component]
pub(super) fn Why(place: CardPlace) -> impl IntoView {
    let place = Arc::new(place);
    let Some(order) = place.order.clone() else {
        return ().into_any();
    };
    let title = if order.quantity > 0.0 {
        replenish::WHY
    } else {
        replenish::WHY_NOT
    };
    let is_default = place.is_default_lead;
    let currency = Workspace::here().currency;
    let lines: Vec<Line> = vec![
        (replenish::WHY_DEMAND, demand),
        (replenish::WHY_BUFFER, buffer),
        (replenish::WHY_HAVE, have),
        (replenish::WHY_GAP, gap),
        (replenish::WHY_COST, cost),
    ];
    let rows = lines
        .into_iter()
        .map(|(name, words)| {
            let (place, order) = (place.clone(), order.clone());
            view! {
                <li>
                    <span class="caption">{t(name)}</span>
                    <span>{move || words(&place, &order, &currency.get())}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel title caption=replenish::WHY_METHOD>
            <ol class="why">{rows}</ol>
            <Show when=move || is_default>
                <p class="caption">{t(replenish::DEFAULT_LEAD)}</p>
            </Show>
        </Panel>
    }
    .into_any()
}

type Line = (Msg, fn(&CardPlace, &CardOrder, &str) -> String);

fn whole(value: f64) -> String {
    number(value, 0)
}

fn demand(place: &CardPlace, order: &CardOrder, _currency: &str) -> String {
    let rate = order.mean_demand / order.protection_days.max(1.0);
    let values = [
        ("rate", &number(rate, 1)),
        ("days", &whole(order.protection_days)),
        ("lead", &whole(place.lead_days.0)),
        ("review", &whole(place.review_days)),
        ("mean", &whole(order.mean_demand)),
    ];
    fill(
        replenish::WHY_DEMAND_TEXT,
        &values.map(|(name, value)| (name, value.as_str())),
    )
}

fn buffer(place: &CardPlace, order: &CardOrder, _currency: &str) -> String {
    let values = [
        ("safety", &whole(order.safety_stock)),
        ("sigma", &whole(order.sigma)),
        ("sd", &number(place.lead_days.1, 1)),
        ("target", &percent(place.target * 100.0, 1)),
    ];
    fill(
        replenish::WHY_BUFFER_TEXT,
        &values.map(|(name, value)| (name, value.as_str())),
    )
}

fn have(place: &CardPlace, order: &CardOrder, _currency: &str) -> String {
    let (Some(available), Some(position)) = (place.available, order.position) else {
        return fill(
            replenish::WHY_HAVE_UNKNOWN,
            &[("level", &whole(order.level))],
        );
    };
    let values = [
        ("available", &whole(available)),
        ("order", &whole(position - available)),
        ("position", &whole(position)),
    ];
    fill(
        replenish::WHY_HAVE_TEXT,
        &values.map(|(name, value)| (name, value.as_str())),
    )
}

fn gap(_place: &CardPlace, order: &CardOrder, currency: &str) -> String {
    let position = order.position.unwrap_or(0.0);
    let (level, position_text) = (whole(order.level), whole(position));
    if order.quantity <= 0.0 {
        return fill(
            replenish::WHY_GAP_NONE,
            &[("level", &level), ("position", &position_text)],
        );
    }
    let values = [
        ("level", &level),
        ("position", &position_text),
        ("gap", &whole(order.level - position)),
        ("quantity", &whole(order.quantity)),
        (
            "cost",
            &order
                .cost
                .map_or_else(|| ABSENT.to_owned(), |cost| money_exact(cost, currency, 0)),
        ),
    ];
    fill(
        replenish::WHY_GAP_TEXT,
        &values.map(|(name, value)| (name, value.as_str())),
    )
}

fn cost(_place: &CardPlace, order: &CardOrder, currency: &str) -> String {
    fill(
        replenish::WHY_COST_TEXT,
        &[("loss", &money_exact(order.loss_per_day, currency, 0))],
    )
}
