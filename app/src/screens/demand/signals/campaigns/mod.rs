//! Campaigns: the funnel forwards and backwards, posts that may become hits and what to stock for them.

mod funnel;
mod hits;
mod inverse;
mod regret;

use super::super::desk::{Desk, KINDS};
use super::super::heads::live;
use super::part;
use crate::bridge::{Query, query};
use crate::i18n::Msg;
use crate::i18n::messages::{demand, signals};
use crate::parts::view_state;
use crate::ui::FourStates;
use leptos::prelude::*;
use protocol::Packed;
use protocol::signals::{CampaignDesk, SignalDesk};
use protocol::{View, ViewData};

/// What becomes of a post, worst first.
const CASES: [Msg; 3] = [signals::FLOP, signals::BASE, signals::HIT];
/// Orders that the inverse funnel is asked for at first.
const ORDERS: u64 = 1_000;

/// What the two funnels share.
#[derive(Clone, Copy)]
struct Funnels {
    desk: Desk,
    /// The post whose funnel is shown; all together if empty.
    post: RwSignal<String>,
    /// Orders the inverse funnel is asked for.
    orders: RwSignal<u64>,
    query: Query,
}

impl Funnels {
    /// The answer; tracked.
    fn shown(self) -> Option<CampaignDesk> {
        self.query.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::Campaign(bytes) => CampaignDesk::unpack(bytes),
            _ => None,
        })
    }

    /// A part made of the answer, or why there is none.
    fn part(self, part: fn(&CampaignDesk) -> AnyView) -> AnyView {
        view! {
            <FourStates
                state=view_state(self.query, |data| !matches!(data, ViewData::Campaign(_)))
                empty=|| ().into_any()
                on_retry=move |()| self.desk.retry()
                unaffected=demand::UNAFFECTED
            >
                {live(move || self.shown().map_or_else(super::nothing, |shown| part(&shown)))}
            </FourStates>
        }
        .into_any()
    }
}

/// The funnel of a post or of all, and the way back.
pub(super) fn funnels(desk: Desk) -> AnyView {
    let (post, orders) = (RwSignal::new(String::new()), RwSignal::new(ORDERS));
    let query = query(KINDS, move || {
        let (post, orders) = (post.get(), orders.get());
        let post = (!post.is_empty()).then_some(post);
        Some(View::Campaign { post, orders })
    });
    let funnels = Funnels {
        desk,
        post,
        orders,
        query,
    };
    vec![funnel::section(funnels), inverse::section(funnels)].into_any()
}

/// Posts that may become hits.
pub(super) fn hits(shown: &SignalDesk) -> AnyView {
    match shown.hits.is_empty() && shown.score.is_none() {
        true => super::nothing(),
        false => hits::section(shown),
    }
}

/// Whether anything may be stocked for a post.
pub(super) fn has_choices(shown: &SignalDesk) -> bool {
    let mut goods = shown.hits.iter().flat_map(|line| &line.goods);
    goods.any(|goods| goods.choice.is_some())
}

/// What each choice of stock may be sorry for.
pub(super) fn regret(desk: Desk) -> AnyView {
    regret::section(desk)
}
