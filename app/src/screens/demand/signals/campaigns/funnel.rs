//! The funnel of a post or of all: how many went how far, and what each of them cost.

use super::super::super::heads::{cell, line, table};
use super::super::goods_name;
use super::Funnels;
use crate::i18n::messages::signals;
use crate::i18n::{ABSENT, Msg, by_id, day_iso, fill, number, percent, t, tr};
use crate::ui::{Choice, EmptyState, Icon, Select};
use leptos::prelude::*;
use protocol::signals::{CampaignDesk, FunnelLine, SignalDesk};

const STEPS: &[(&str, Msg)] = &[
    ("carts", signals::CARTS),
    ("clicks", signals::CLICKS),
    ("engagements", signals::ENGAGEMENTS),
    ("impressions", signals::IMPRESSIONS),
    ("orders", signals::ORDERS),
    ("reads", signals::READS),
    ("search_back", signals::SEARCH_BACK),
];

const HEADS: [(Msg, bool); 4] = [
    (signals::STEP, false),
    (signals::COUNT, true),
    (signals::RATE, true),
    (signals::COST_EACH, true),
];

pub(super) fn section(funnels: Funnels) -> AnyView {
    let choices = Signal::derive(move || {
        let signals = funnels.desk.signals.get();
        signals.map_or_else(Vec::new, |shown| posts(&shown))
    });
    view! {
        <section class="signals-part" aria-label=t(signals::FUNNEL)>
            <h3 class="object">{t(signals::FUNNEL)}</h3>
            <div class="demand-cut">
                <Select
                    label=signals::POST
                    choices
                    value=funnels.post
                    on_change=move |post| funnels.post.set(post)
                />
            </div>
            {funnels.part(steps)}
        </section>
    }
    .into_any()
}

fn posts(shown: &SignalDesk) -> Vec<Choice<String>> {
    let named = shown.posts.iter().map(|(code, day)| {
        let label = format!("{code} · {}", day_iso(*day));
        Choice::new(code.clone(), Signal::stored(label))
    });
    let all = Choice::new(String::new(), signals::ALL_POSTS);
    [all].into_iter().chain(named).collect()
}

fn steps(shown: &CampaignDesk) -> AnyView {
    if shown.funnel.is_empty() {
        let (title, body) = (signals::NO_COUNTS, signals::NO_COUNTS_BODY);
        return view! { <EmptyState icon=Icon::Chart title body/> }.into_any();
    }
    let rows = shown.funnel.iter().map(step).collect();
    let class = "demand-factors signals-funnel";
    let table = table(signals::FUNNEL, class, &HEADS, rows);
    let goods = shown.goods.iter();
    let goods = goods.map(|(code, names)| goods_name(names, code));
    let days = shown.half_life.iter();
    let days = days.map(|days| fill(signals::HALF_LIFE, &[("n", &number(*days, 1))]));
    let note: Vec<String> = goods.chain(days).collect();
    view! {
        {table}
        <p class="micro faint demand-note">{note.join(" · ")}</p>
    }
    .into_any()
}

fn step(step: &FunnelLine) -> AnyView {
    let name = by_id(STEPS, &step.step).map_or("", tr);
    let rate = step.rate.map(|rate| percent(rate * 100.0, 2));
    let cost = step.cost_each.map(|cost| number(cost, 2));
    let or_absent = |text: Option<String>| text.unwrap_or_else(|| ABSENT.to_owned());
    let cells = vec![
        cell("num", number(step.count, 0)),
        cell("num", or_absent(rate)),
        cell("num dim", or_absent(cost)),
    ];
    line(name.to_owned(), None, cells)
}
