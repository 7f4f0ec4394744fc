//! Replenishment (库存 > 补货): proposals ranked by loss, and the card of a SKU.

mod card;
mod decide;
mod export;
mod gate_bar;
mod list;
mod model;
mod projection;
mod remedies;
mod row;
mod why;

use crate::i18n::messages::shell;
use crate::i18n::t;
use crate::state::Router;
use card::SkuDrawer;
use leptos::prelude::*;
use list::ProposalList;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Replenish/> }.into_any()
}

#[component]
fn Replenish() -> impl IntoView {
    let router = Router::here();
    let sku = Memo::new(move |_| router.route().item);
    let site = router.value("site");
    let close = move |()| {
        router.go(list::filtered(router));
    };
    view! {
        <div class="page-fill">
            <header class="page-title">
                <h1 class="title">{t(shell::REPLENISH)}</h1>
            </header>
            <ProposalList/>
        </div>
        <SkuDrawer sku site on_close=close/>
    }
}
