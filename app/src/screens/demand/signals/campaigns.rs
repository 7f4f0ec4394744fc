//! Campaigns: the funnel forwards and backwards, posts that may become hits.

use super::super::heads::heads;
use super::court::counted_in;
use super::part;
use crate::i18n::messages::signals;
use crate::i18n::{ABSENT, Msg, by_id, day_short, fill, number, percent, quantity_short, tr};
use crate::parts::name_of;
use leptos::prelude::*;
use protocol::signals::{FunnelLine, HitLine, SignalDesk};

const STEPS: &[(&str, Msg)] = &[
    ("carts", signals::CARTS),
    ("clicks", signals::CLICKS),
    ("engagements", signals::ENGAGEMENTS),
    ("impressions", signals::IMPRESSIONS),
    ("orders", signals::ORDERS),
    ("reads", signals::READS),
    ("search_back", signals::SEARCH_BACK),
];

const FUNNEL: [(Msg, bool); 4] = [
    (signals::STEP, false),
    (signals::COUNT, true),
    (signals::RATE, true),
    (signals::COST_EACH, true),
];

pub(super) fn funnel(shown: &SignalDesk) -> impl IntoView + use<> {
    let rows = shown.funnel.iter().map(step).collect_view();
    let table = view! {
        <table class="demand-factors signals-funnel">
            {heads(&FUNNEL)}
            <tbody>{rows}</tbody>
        </table>
    };
    part(signals::FUNNEL, backwards(shown), table)
}

fn step(line: &FunnelLine) -> impl IntoView + use<> {
    let name = by_id(STEPS, &line.step);
    let rate = line.rate.map(|rate| percent(rate * 100.0, 2));
    let cost = line.cost_each.map(|cost| number(cost, 2));
    let or_absent = |text: Option<String>| text.unwrap_or_else(|| ABSENT.to_owned());
    view! {
        <tr>
            <th scope="row">{move || name.map_or("", tr)}</th>
            <td class="num">{number(line.count, 0)}</td>
            <td class="num">{or_absent(rate)}</td>
            <td class="num dim">{or_absent(cost)}</td>
        </tr>
    }
}

/// What a number of orders needs, and how fast posts are forgotten.
fn backwards(shown: &SignalDesk) -> String {
    let mut sentences = Vec::new();
    let ends = |message: Msg, orders: f64, [low, mid, high]: [f64; 3]| {
        let [low, mid, high] = [low, mid, high].map(quantity_short);
        let orders = number(orders, 0);
        let parts = [
            ("orders", &orders),
            ("low", &low),
            ("mid", &mid),
            ("high", &high),
        ];
        fill(message, &parts.map(|(name, text)| (name, text.as_str())))
    };
    if let Some(inverse) = &shown.inverse {
        sentences.push(ends(signals::INVERSE, inverse.orders, inverse.exposure));
        if let Some(budget) = inverse.budget {
            sentences.push(ends(signals::BUDGET, inverse.orders, budget));
        }
    }
    if let Some(days) = shown.half_life {
        sentences.push(fill(signals::HALF_LIFE, &[("n", &number(days, 1))]));
    }
    sentences.join(" · ")
}

const HITS: [(Msg, bool); 8] = [
    (signals::POST, false),
    (signals::GOODS, false),
    (signals::PUBLISHED, false),
    (signals::HIT, true),
    (signals::FLOP, true),
    (signals::BASE, true),
    (signals::STOCK_FOR, true),
    (signals::REGRET, true),
];

pub(super) fn hits(shown: &SignalDesk) -> impl IntoView + use<> {
    let rows = shown.hits.iter().map(post).collect_view();
    let table = view! {
        <table class="demand-factors signals-hits">
            {heads(&HITS)}
            <tbody>{rows}</tbody>
        </table>
    };
    let score = shown.score.as_ref().map(|score| {
        let [brier, base] = [score.brier, score.brier_base].map(|it| number(it, 3));
        let posts = number(f64::from(score.posts), 0);
        let accuracy = percent(score.accuracy * 100.0, 0);
        let parts = [
            ("n", &posts),
            ("accuracy", &accuracy),
            ("brier", &brier),
            ("base", &base),
        ];
        fill(
            signals::SCORE,
            &parts.map(|(name, text)| (name, text.as_str())),
        )
    });
    let basis = Some(tr(signals::HITS_BASIS).to_owned());
    let note: Vec<String> = score.into_iter().chain(basis).collect();
    let note: Vec<String> = counted_in(shown, "campaign")
        .into_iter()
        .chain(note)
        .collect();
    part(signals::HITS, note.join(" · "), table)
}

fn post(line: &HitLine) -> impl IntoView + use<> {
    let share = |value: f64| percent(value * 100.0, 0);
    let case = |probability: f64, units: f64| {
        view! {
            {share(probability)}
            <span class="micro faint">" × " {number(units, 0)}</span>
        }
    };
    let [flop, base, hit] = line.probabilities;
    let [few, some, many] = line.demand;
    let quantity = line.quantity.map(|units| number(units, 0));
    let regret = line
        .regret
        .map(|means| means.map(quantity_short).join(" / "));
    let or_absent = |text: Option<String>| text.unwrap_or_else(|| ABSENT.to_owned());
    view! {
        <tr>
            <th scope="row">{line.post.clone()}</th>
            <td class="cut">{name_of(&line.names)}</td>
            <td>{day_short(line.published)}</td>
            <td class="num strong">{case(hit, many)}</td>
            <td class="num">{case(flop, few)}</td>
            <td class="num">{case(base, some)}</td>
            <td class="num strong">{or_absent(quantity)}</td>
            <td class="num dim">{or_absent(regret)}</td>
        </tr>
    }
}
