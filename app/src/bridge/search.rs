//! The search source of the command palette: SKUs and open orders of the plan.

use super::Bridge;
use crate::parts::name_of;
use crate::routes::{Route, Screen};
use crate::state::{Commands, Found, SearchRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::view::FoundItem;
use protocol::{Response, View, ViewData};

/// Makes the bridge the search source.
pub(super) fn provide(bridge: Bridge) {
    let search = move |SearchRequest { text, reply }| {
        spawn_local(async move {
            let answer = bridge.view(View::Search { text }).await;
            // Without a plan there is nothing to find.
            let found = match answer.map(|answer| answer.response) {
                Ok(Response::View(data)) => match *data {
                    ViewData::Found(items) => items,
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            // The palette may ask something else by now; then nobody waits for this.
            reply.try_run(untrack(|| found.into_iter().map(shown).collect()));
        });
    };
    Commands::here().search.set(Some(Callback::new(search)));
}

fn shown(item: FoundItem) -> Found {
    let card = Route::to(Screen::Replenish).item(&item.sku);
    let name = name_of(&item.names);
    match item.order {
        Some((order, site)) => Found {
            title: order,
            detail: format!("{name} \u{b7} {}", item.sku),
            href: card.with("site", Some(&site)).href(),
        },
        None => Found {
            title: name,
            detail: item.sku,
            href: card.href(),
        },
    }
}
