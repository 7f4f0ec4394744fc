//! What would have to change so that the place does not run out.

use crate::i18n::messages::replenish;
use crate::i18n::{day_short, filled, money_exact, number, percent, t, tr};
use crate::parts::name_of;
use crate::state::Workspace;
use crate::ui::Panel;
use leptos::prelude::*;
use protocol::view::{CardLever, CardPlace, CardRemedy};

#[component]
pub(super) fn Remedies(place: CardPlace) -> impl IntoView {
    let currency = Workspace::here().currency;
    place.shortage.map(|shortage| {
        let (day, units) = (shortage.day, shortage.units);
        let told = move || {
            let values = [("day", day_short(day)), ("units", whole(units))];
            filled(replenish::RUNS_OUT, &values)
        };
        let is_hopeless = shortage.remedies.is_empty();
        let rows = shortage.remedies.into_iter().map(|remedy| {
            let words = move || {
                format!(
                    "{} \u{b7} {}",
                    change(&remedy),
                    price(&remedy, &currency.get())
                )
            };
            view! { <li><span>{words}</span></li> }
        });
        let rows = rows.collect_view();
        view! {
            <Panel title=replenish::MUST_CHANGE caption=replenish::MUST_CHANGE_CAPTION>
                <p>{told}</p>
                <ol class="ways">{rows}</ol>
                <Show when=move || is_hopeless>
                    <p class="caption">{t(replenish::NO_WAY_OUT)}</p>
                </Show>
            </Panel>
        }
    })
}

/// Whole units, up; what rounding adds is none.
fn whole(units: f64) -> String {
    number((units - 1e-6).ceil(), 0)
}

fn change(remedy: &CardRemedy) -> String {
    let units = ("units", whole(remedy.units));
    match &remedy.lever {
        CardLever::Transfer { from, send_by } => filled(
            replenish::BY_TRANSFER,
            &[
                units,
                ("from", name_of(from)),
                ("send", day_short(*send_by)),
            ],
        ),
        CardLever::Advance { order, from, to } => filled(
            replenish::BY_ADVANCE,
            &[
                units,
                ("order", order.clone()),
                ("old", day_short(*from)),
                ("new", day_short(*to)),
            ],
        ),
        CardLever::Faster { from, to } => filled(
            replenish::BY_FASTER,
            &[units, ("old", number(*from, 0)), ("new", number(*to, 0))],
        ),
        CardLever::More => filled(replenish::BY_MORE, &[units]),
        CardLever::SellLess { share, until } => filled(
            replenish::BY_LESS,
            &[
                units,
                ("share", percent((share * 100.0 - 1e-6).ceil(), 0)),
                ("until", day_short(*until)),
            ],
        ),
    }
}

fn price(remedy: &CardRemedy, currency: &str) -> String {
    let Some(cost) = remedy.cost else {
        return tr(replenish::COST_UNKNOWN).to_owned();
    };
    let words = match remedy.lever {
        CardLever::Transfer { .. } => replenish::COST_LANE,
        CardLever::Advance { .. } | CardLever::Faster { .. } => replenish::COST_HOLDING,
        CardLever::More => replenish::COST_MORE,
        CardLever::SellLess { .. } => replenish::COST_MARGIN,
    };
    filled(words, &[("cost", money_exact(cost, currency, 0))])
}
