//! The card of a SKU: one site at a time, opened over the list.

use super::decide::Decide;
use super::gate_bar::gate_sentence;
use super::list::KINDS;
use super::model::{AGE_BANDS, Step, by_age, waterfall};
use super::projection::Projected;
use super::remedies::Remedies;
use super::why::Why;
use crate::bridge::{Bridge, query};
use crate::charts::kinds::{WaterfallStep, waterfall as waterfall_chart};
use crate::charts::{ChartFrame, Ink, ShareBar, SharePart};
use crate::i18n::messages::replenish;
use crate::i18n::{Msg, fill, money_exact, number, t, tr};
use crate::parts::{StatusWord, name_of, picked, status_of, view_state};
use crate::routes::{Route, Screen};
use crate::state::{Tone, Workspace};
use crate::ui::{Banner, Drawer, EmptyState, FourStates, Icon, Panel, ViewState};
use leptos::prelude::*;
use protocol::view::{CardPlace, SkuCard};
use protocol::{Code, ProposalStatus, View, ViewData};

#[component]
pub(super) fn SkuDrawer(
    sku: Memo<Option<String>>,
    site: Memo<Option<String>>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let bridge = Bridge::here();
    let asked = query(KINDS, move || sku.get().map(|sku| View::SkuCard { sku }));
    let known = view_state(asked, |data| match data {
        ViewData::SkuCard(card) => card.places.is_empty(),
        _ => true,
    });
    let state = Signal::derive(move || match asked.error.get() {
        Some(error) if error.code == Code::UnknownName => ViewState::Empty,
        _ => known.get(),
    });
    let card = picked(asked, |shown| match &shown.data {
        ViewData::SkuCard(card) => Some((**card).clone()),
        _ => None,
    });
    let place = Signal::derive(move || {
        let card = card.get()?;
        let wanted = site.get();
        let chosen = card
            .places
            .iter()
            .find(|place| wanted.as_deref() == Some(&place.warehouse));
        chosen.or_else(|| card.places.first()).cloned()
    });
    let title = Signal::derive(move || {
        card.get()
            .map_or_else(String::new, |card| name_of(&card.names))
    });
    let status = Signal::derive(move || {
        let proposal = place.get().map(|place| place.proposal);
        let decisions = card.get().map(|card| card.decisions).unwrap_or_default();
        let found = decisions
            .into_iter()
            .find(|decision| Some(&decision.proposal) == proposal.as_ref());
        found.map_or(ProposalStatus::Open, |decision| decision.status)
    });
    let has_order = move || {
        place
            .get()
            .and_then(|place| place.order)
            .is_some_and(|order| order.quantity > 0.0)
    };
    let actions = move || {
        let proposal = Signal::derive(move || place.get().map(|place| place.proposal));
        view! { <Show when=has_order><Decide proposal sku status/></Show> }
    };
    let beside = move || {
        let status = place.get().and_then(|place| status_of(&place.status));
        view! {
            <span class="caption">{move || sku.get()}</span>
            {status.map(|status| view! { <StatusWord status/> })}
        }
    };
    view! {
        <Drawer open=Signal::derive(move || sku.get().is_some()) on_close title beside actions>
            <FourStates
                state
                empty=move || view! { <NoCard sku/> }
                on_retry=move |()| bridge.ask_again(KINDS)
                unaffected=replenish::UNAFFECTED
            >
                {move || Some(view! { <CardBody card=card.get()? place=place.get()?/> })}
            </FourStates>
        </Drawer>
    }
}

/// No such SKU, or it is nowhere.
#[component]
fn NoCard(sku: Memo<Option<String>>) -> impl IntoView {
    let body = Signal::derive(move || {
        let code = sku.get().unwrap_or_default();
        fill(replenish::NO_CARD_BODY, &[("sku", &code)])
    });
    view! { <EmptyState icon=Icon::Box title=replenish::NO_CARD body/> }
}

#[component]
fn CardBody(card: SkuCard, place: CardPlace) -> impl IntoView {
    let facts = facts(&card, &place);
    let sku = card.sku.clone();
    let here = place.warehouse.clone();
    let sites = card.places.iter().map(|other| {
        let route = Route::to(Screen::Replenish).item(&sku).with("site", Some(&other.warehouse));
        let names = other.names.clone();
        let current = (other.warehouse == here).then_some("true");
        view! { <a class="chip" href=route.href() aria-current=current>{move || name_of(&names)}</a> }
    });
    let sites = sites.collect_view();
    let layers: Vec<_> = card
        .layers
        .iter()
        .filter(|layer| layer.warehouse == here)
        .map(|layer| (layer.age_days, layer.quantity))
        .collect();
    let buckets = place.available.map(|_| {
        let spec = bucket_spec(waterfall(&place));
        view! { <Panel title=replenish::BUCKETS><ChartFrame spec height=170.0/></Panel> }
    });
    let gate = place
        .gate
        .clone()
        .filter(|(_, reasons)| !reasons.is_empty());
    let gate = gate.map(|(decision, reasons)| {
        let why = move || gate_sentence(&decision, reasons.iter().map(String::as_str));
        view! { <Banner tone=Tone::Warn text=Signal::derive(why)/> }
    });
    let ages = (!layers.is_empty()).then(|| {
        let parts = age_parts(by_age(&layers));
        view! {
            <Panel title=replenish::AGE caption=replenish::AGE_CAPTION>
                <ShareBar label=replenish::AGE parts/>
            </Panel>
        }
    });
    view! {
        <nav class="chips" aria-label=t(replenish::SITES)>{sites}</nav>
        <p class="caption">{facts}</p>
        {gate}
        {buckets}
        <Projected weeks=card.weeks place=place.clone()/>
        {ages}
        <Why place=place.clone()/>
        <Remedies place/>
    }
}

fn facts(card: &SkuCard, place: &CardPlace) -> impl Fn() -> String + use<> {
    let (abc, pack, cost) = (card.abc.clone(), card.pack as f64 / 1_000.0, card.unit_cost);
    let supplier = place.supplier.as_ref().map(|(_, names)| names.clone());
    let currency = Workspace::here().currency;
    move || {
        let supplier = supplier
            .as_ref()
            .map_or_else(|| tr(replenish::NO_SUPPLIER).to_owned(), name_of);
        let cost = cost.map_or_else(
            || "\u{2013}".to_owned(),
            |cost| money_exact(cost, &currency.get(), 2),
        );
        let values = [
            ("abc", abc.as_str()),
            ("pack", &number(pack, 0)),
            ("cost", &cost),
            ("supplier", &supplier),
        ];
        fill(replenish::CARD_FACTS, &values)
    }
}

fn bucket_spec(steps: Vec<Step>) -> Signal<crate::charts::ChartSpec> {
    Signal::derive(move || {
        let step = |step: &Step| WaterfallStep {
            name: tr(step_name(step.id)).to_owned(),
            value: step.value,
            is_total: step.is_total,
            ink: step_ink(step.id),
        };
        waterfall_chart(
            tr(replenish::BUCKETS),
            tr(replenish::UNITS),
            steps.iter().map(step).collect(),
            0,
        )
    })
}

fn step_name(id: &str) -> Msg {
    match id {
        "frozen" => replenish::FROZEN,
        "locked" => replenish::LOCKED,
        "reserved" => replenish::RESERVED,
        "allocated" => replenish::ALLOCATED,
        "available" => replenish::AVAILABLE,
        "on_order" => replenish::ON_ORDER,
        "position" => replenish::POSITION,
        _ => replenish::UNRESTRICTED,
    }
}

fn step_ink(id: &str) -> Ink {
    match id {
        "frozen" => Ink("--c4"),
        "locked" => Ink("--c6"),
        "reserved" => Ink("--c5"),
        "allocated" => Ink("--c7"),
        "available" => Ink("--c3"),
        "on_order" => Ink("--c1"),
        _ => Ink::ACTUAL,
    }
}

fn age_parts(sums: [f64; AGE_BANDS.len() + 1]) -> Signal<Vec<SharePart>> {
    const INKS: [&str; AGE_BANDS.len() + 1] = [
        "--age1", "--age2", "--age3", "--age4", "--age5", "--age6", "--line-2",
    ];
    Signal::derive(move || {
        let part = |(index, (value, ink)): (usize, (&f64, &'static str))| {
            (*value > 0.0).then(|| SharePart {
                name: band_name(index),
                value: *value,
                text: number(*value, 0),
                ink: Ink(ink),
            })
        };
        sums.iter().zip(INKS).enumerate().filter_map(part).collect()
    })
}

fn band_name(index: usize) -> String {
    match AGE_BANDS.get(index) {
        Some((from, Some(to))) => fill(
            replenish::AGE_BAND,
            &[("from", &from.to_string()), ("to", &to.to_string())],
        ),
        Some((from, None)) => fill(replenish::AGE_OVER, &[("from", &(from - 1).to_string())]),
        None => tr(replenish::AGE_UNKNOWN).to_owned(),
    }
}
