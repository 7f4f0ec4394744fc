//! Stock by status and money.

use super::model::money_words;
use crate::bridge::Query;
use crate::i18n::messages::home;
use crate::i18n::{fill, money_short, number, t};
use crate::parts::{StatusWord, StockStatus, name_of, picked, status_of};
use crate::routes::{Route, Screen};
use crate::state::Workspace;
use crate::ui::Panel;
use leptos::prelude::*;
use protocol::ViewData;
use protocol::view::{StatusLine, StatusPanel};

/// Items named in each panel.
const NAMED: usize = 4;

#[component]
pub(super) fn StatusPanels(panels: Query) -> impl IntoView {
    let currency = Workspace::here().currency;
    let list = picked(panels, |shown| match &shown.data {
        ViewData::StockStatus(panels) => Some(panels.clone()),
        _ => None,
    });
    let list = Signal::derive(move || list.get().unwrap_or_default());
    let caption = Signal::derive(move || {
        let stock: f64 = list.get().iter().map(|panel| panel.stock_value).sum();
        fill(
            home::STATUS_CAPTION,
            &[("value", &money_short(stock, &currency.get()))],
        )
    });
    let bar = move || {
        let part = |panel: StatusPanel| {
            let share = format!("{:.4}", panel.stock_value.max(panel.value * 0.02).max(0.0));
            view! { <span data-status=panel.status style:flex-grow=share></span> }
        };
        list.get()
            .into_iter()
            .filter(|panel| panel.count > 0)
            .map(part)
            .collect_view()
    };
    let columns = move || {
        list.get()
            .into_iter()
            .map(|panel| view! { <StatusColumn panel currency/> })
            .collect_view()
    };
    view! {
        <Panel title=home::STATUS caption beside=move || view! { <span class="caption">{t(home::WARM_COOL)}</span> }>
            <div class="status-bar" aria-hidden="true">{bar}</div>
            <div class="status-columns">{columns}</div>
        </Panel>
    }
}

#[component]
fn StatusColumn(panel: StatusPanel, currency: RwSignal<String>) -> impl IntoView {
    let status = status_of(&panel.status).unwrap_or(StockStatus::Ok);
    let href = Route::to(Screen::Replenish)
        .with("status", Some(status.as_str()))
        .href();
    let value = panel.value;
    let count = f64::from(panel.count);
    let lines = panel
        .top
        .into_iter()
        .take(NAMED)
        .map(|line| view! { <StatusItem line currency/> })
        .collect_view();
    view! {
        <section class="status-column">
            <a class="status-head" href=href>
                <StatusWord status/>
                <span class="caption">{move || fill(home::ITEMS, &[("n", &number(count, 0))])}</span>
            </a>
            <p class="status-money">
                <span class="figure-m">{move || money_short(value, &currency.get())}</span>
                <span class="caption">{t(money_words(status))}</span>
            </p>
            <ul class="status-items">{lines}</ul>
        </section>
    }
}

#[component]
fn StatusItem(line: StatusLine, currency: RwSignal<String>) -> impl IntoView {
    let StatusLine {
        sku,
        sku_names,
        warehouse,
        warehouse_names,
        value,
    } = line;
    let href = Route::to(Screen::Replenish)
        .item(&sku)
        .with("site", Some(&warehouse))
        .href();
    view! {
        <li>
            <a href=href>
                <span class="cut">{move || name_of(&sku_names)}</span>
                <span class="caption">{move || name_of(&warehouse_names)}</span>
                <strong class="num">{move || money_short(value, &currency.get())}</strong>
            </a>
        </li>
    }
}
