//! The list of proposals: filter, order, export.

use super::export::ExportMenu;
use super::gate_bar::GateBar;
use super::model::Wanted;
use super::row::{key_of, proposal_row};
use crate::bridge::{Bridge, query};
use crate::i18n::messages::{home, replenish, shell};
use crate::i18n::{MoneyScale, fill, money_unit, number, t};
use crate::parts::{StatusWord, StockStatus, picked, rows_source, view_state};
use crate::routes::{Route, Screen};
use crate::state::{Router, Workspace};
use crate::ui::{
    Button, ButtonKind, DataGrid, EmptyState, FourStates, GridColumn, GridRow, GridSort, Icon,
    TextField,
};
use leptos::prelude::*;
use protocol::{View, ViewData, ViewKind};
use std::sync::Arc;

/// Groups of views that change the list.
pub(super) const KINDS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Proposals, ViewKind::Data];

#[component]
pub(super) fn ProposalList() -> impl IntoView {
    let router = Router::here();
    let bridge = Bridge::here();
    let currency = Workspace::here().currency;
    let search = RwSignal::new(String::new());
    let sort = RwSignal::new(None::<GridSort>);
    let status = router.value("status");
    let gate = router.value("gate");
    let wanted = move || Wanted {
        status: status.get(),
        gate: gate.get(),
        search: search.get(),
        sort: sort
            .get()
            .map(|sort| (sort.column.to_owned(), sort.descending)),
    };
    let (source, count) = rows_source(KINDS, move || wanted().query(), proposal_row);
    let state = view_state(count, |data| !matches!(data, ViewData::Rows(_)));
    let active = Signal::derive(move || {
        let route = router.route();
        let site = route.get("site").unwrap_or_default();
        Some(key_of(&format!("{}\t{site}", route.item.as_deref()?)))
    });
    let open = move |(_, row): (usize, Arc<GridRow>)| open_card(router, &row);
    view! {
        <div class="list-bar">
            <StatusFilter status/>
            <span class="grow"></span>
            <TextField
                label=replenish::SEARCH
                hide_label=true
                placeholder=replenish::SEARCH
                value=search
                on_input=move |text| search.set(text)
            />
            <span class="caption">
                {move || fill(replenish::LINES, &[("n", &number(source.total.get() as f64, 0))])}
            </span>
            <ExportMenu wanted is_empty=Signal::derive(move || source.total.get() == 0)/>
        </div>
        <GateBar wanted=gate/>
        <FourStates
            state
            empty=|| view! { <NoProposals/> }
            on_retry=move |()| bridge.ask_again(KINDS)
            unaffected=replenish::UNAFFECTED
        >
            <div class="list-grid">
                <DataGrid
                    label=replenish::LINES
                    columns=columns(currency)
                    source
                    two_lines=true
                    sort
                    on_sort=move |next| sort.set(next)
                    active=active
                    on_activate=Callback::new(open)
                    on_current=Callback::new(|_| {})
                />
                <KeyHints/>
            </div>
        </FourStates>
    }
}

/// The keys of the grid, under it.
#[component]
fn KeyHints() -> impl IntoView {
    let hints = [
        ("\u{2191} \u{2193}", shell::KEY_MOVE),
        ("Enter", replenish::OPEN_CARD),
        ("Ctrl C", shell::KEY_COPY),
    ];
    view! {
        <footer class="grid-foot">
            {hints
                .map(|(key, word)| {
                    view! {
                        <kbd>{key}</kbd>
                        <span>{t(word)}</span>
                    }
                })
                .collect_view()}
        </footer>
    }
}

/// Opens the card of a row; the row's hidden last cell names SKU and site.
fn open_card(router: Router, row: &GridRow) {
    let Some((sku, site)) = row.cells.last().and_then(|cell| cell.text.split_once('\t')) else {
        return;
    };
    router.go(filtered(router).item(sku).with("site", Some(site)));
}

/// The list as it is filtered now.
pub(super) fn filtered(router: Router) -> Route {
    let now = untrack(|| router.route());
    let keys = ["status", "gate"];
    let route = Route::to(Screen::Replenish);
    keys.into_iter()
        .fold(route, |route, key| route.with(key, now.get(key)))
}

fn columns(currency: RwSignal<String>) -> Vec<GridColumn> {
    let money = move || money_unit(MoneyScale::One, &currency.get());
    vec![
        GridColumn::text("status", replenish::STATUS, 104.0)
            .sortable()
            .sticky(),
        GridColumn::text("sku", replenish::ITEM, 260.0)
            .grows()
            .sortable(),
        GridColumn::text("cover_before", replenish::COVER, 190.0)
            .unit(replenish::COVER_UNIT)
            .sortable(),
        GridColumn::number("quantity", replenish::QUANTITY, 92.0)
            .unit(replenish::UNITS)
            .sortable(),
        GridColumn::number("value", replenish::VALUE, 104.0)
            .unit(Signal::derive(money))
            .sortable(),
        GridColumn::number("loss", replenish::LOSS, 104.0)
            .unit(Signal::derive(move || {
                fill(replenish::A_DAY, &[("money", &money())])
            }))
            .sortable(),
        GridColumn::text("decision", replenish::DECISION, 136.0).sortable(),
    ]
}

/// One chip a status with its count; pressing one keeps only its lines.
#[component]
fn StatusFilter(status: Memo<Option<String>>) -> impl IntoView {
    let panels = query(KINDS, || Some(View::StockStatus));
    let list = picked(panels, |shown| match &shown.data {
        ViewData::StockStatus(panels) => Some(panels.clone()),
        _ => None,
    });
    let chips = move || {
        let panels = list.get().unwrap_or_default();
        let count = move |id: &str| {
            panels
                .iter()
                .find(|panel| panel.status == id)
                .map_or(0, |panel| panel.count)
        };
        StockStatus::ALL
            .into_iter()
            .filter(|kind| count(kind.as_str()) > 0)
            .map(|kind| {
                let is_on = move || status.with(|status| status.as_deref() == Some(kind.as_str()));
                let href = Route::to(Screen::Replenish)
                    .with("status", Some(kind.as_str()))
                    .href();
                let count = f64::from(count(kind.as_str()));
                view! {
                    <a class="chip" href=href aria-current=move || is_on().then_some("true")>
                        <StatusWord status=kind/>
                        <span class="num">{move || number(count, 0)}</span>
                    </a>
                }
            })
            .collect_view()
    };
    let all = Route::to(Screen::Replenish).href();
    let is_all = move || status.with(Option::is_none).then_some("true");
    view! {
        <nav class="chips" aria-label=t(replenish::FILTER)>
            <a class="chip" href=all aria-current=is_all>{t(replenish::EVERY)}</a>
            {chips}
        </nav>
    }
}

#[component]
fn NoProposals() -> impl IntoView {
    let router = Router::here();
    view! {
        <EmptyState icon=Icon::Box title=replenish::EMPTY_TITLE body=replenish::EMPTY_BODY>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Upload
                label=home::GO_IMPORT
                on_press=move |()| router.open(Screen::Data)
            />
        </EmptyState>
    }
}
