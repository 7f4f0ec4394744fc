//! Campaigns: funnel forwards and backwards, posts that may become hits.

use super::super::Shown;
use super::{count, goods_of};
use engine::ids::SkuId;
use engine::num::whole_f64;
use engine::order::sort_by;
use engine::signals::Goods;
use engine::signals::campaigns::{
    Brought, Counts, DemandCases, Estimate, Outcome, Post, PostOutlook, Step, StockChoice,
    UnitMoney, funnel, half_life, inverse_funnel, outlooks, posts, posts_and_planned, score,
};
use protocol::signals::{
    CampaignDesk, FunnelLine, HitChoice, HitGoods, HitLine, HitScore, InverseLine, SignalDesk,
};

/// Coverage of the intervals of the inverse funnel.
const LEVEL: f64 = 0.8;
/// Share of its cost that a unit left over loses.
const LEFTOVER: f64 = 0.3;
/// Posts shown that may become hits.
const POSTS_MAX: usize = 30;
/// Posts whose funnel may be asked for.
const LISTED_MAX: usize = 500;

/// What a post brought, or all of them, and what a number of orders needs.
pub(in super::super) fn campaign(
    shown: Shown<'_>,
    post: Option<&str>,
    orders: u64,
) -> CampaignDesk {
    let as_of = shown.plan.as_of;
    let posts = posts(shown.dataset, &shown.plan.catalog, as_of);
    let asked = |it: &&Post| post.is_none_or(|code| it.code == code);
    let asked: Vec<Post> = posts.iter().filter(asked).cloned().collect();
    let mut counts = Counts::default();
    for post in &asked {
        counts.add(&post.first(i32::MAX, as_of));
    }
    let costs = asked.iter().filter_map(|post| post.cost);
    let cost = costs.fold(None, |sum: Option<f64>, cost| {
        Some(sum.unwrap_or(0.0) + cost)
    });
    let steps = funnel(&counts, cost);
    let goods = asked.iter().filter(|_| post.is_some());
    let goods = goods.flat_map(|post| &post.skus).map(|sku| {
        let (code, _, names) = goods_of(shown, Goods::Sku(*sku));
        (code, names)
    });
    let ends = |it: Estimate| [it.low, it.mid, it.high];
    let orders = whole_f64(i64::try_from(orders).unwrap_or(i64::MAX));
    CampaignDesk {
        funnel: steps
            .into_iter()
            .map(|step| FunnelLine {
                step: step.step.as_str().to_owned(),
                count: whole_f64(step.count),
                rate: step.rate,
                cost_each: step.cost_each,
            })
            .collect(),
        goods: goods.collect(),
        half_life: half_life(&asked, Step::Orders, as_of)
            .or_else(|| half_life(&asked, Step::Reads, as_of)),
        inverse: inverse_funnel(&posts, orders, LEVEL, as_of).map(|inverse| InverseLine {
            orders,
            exposure: ends(inverse.exposure),
            budget: inverse.budget.map(ends),
            posts: count(inverse.posts),
        }),
    }
}

pub(super) fn fill(shown: Shown<'_>, desk: &mut SignalDesk) {
    let as_of = shown.plan.as_of;
    // Planned ones too: they are what may be stocked for.
    let posts = posts_and_planned(shown.dataset, &shown.plan.catalog, as_of);
    let out = posts.iter().rev().filter(|post| post.published <= as_of);
    let named = out.map(|post| (post.code.clone(), post.published.number()));
    desk.posts = named.take(LISTED_MAX).collect();
    desk.leftover = LEFTOVER;
    let outlooks = outlooks(&posts, as_of);
    desk.hits = hits(shown, &posts, &outlooks);
    let score = score(&outlooks);
    desk.score = (score.posts > 0).then(|| HitScore {
        posts: count(score.posts),
        brier: score.brier,
        brier_base: score.brier_base,
        accuracy: score.accuracy,
    });
}

fn hits(shown: Shown<'_>, posts: &[Post], outlooks: &[PostOutlook]) -> Vec<HitLine> {
    let finished: Vec<Brought> = outlooks.iter().filter_map(|it| it.brought).collect();
    let open = outlooks.iter().filter(|it| it.brought.is_none());
    let line = |outlook: &PostOutlook| {
        let post = posts.get(outlook.place)?;
        let cases = DemandCases::new(outlook.hit, &finished).shared_by(post.skus.len());
        let goods = post.skus.iter().map(|sku| hit_goods(shown, *sku, &cases));
        Some(HitLine {
            post: post.code.clone(),
            published: post.published.number(),
            is_planned: post.published > shown.plan.as_of,
            probabilities: cases.probabilities,
            demand: cases.demand,
            goods: goods.collect(),
        })
    };
    let mut lines: Vec<HitLine> = open.filter_map(line).collect();
    let hit = |line: &HitLine| line.probabilities.last().copied().unwrap_or(0.0);
    sort_by(&mut lines, |a, b| hit(b).total_cmp(&hit(a)));
    lines.truncate(POSTS_MAX);
    lines
}

fn hit_goods(shown: Shown<'_>, sku: SkuId, cases: &DemandCases) -> HitGoods {
    let (code, _, names) = goods_of(shown, Goods::Sku(sku));
    let choice = money(shown, sku).map(|money| cases.choice(money));
    HitGoods {
        code,
        names,
        choice: choice.map(|choice| hit_choice(cases, &choice)),
    }
}

fn hit_choice(cases: &DemandCases, choice: &StockChoice) -> HitChoice {
    let place = |place: Option<usize>| place.and_then(|at| u8::try_from(at).ok()).unwrap_or(0);
    let least = Outcome::ALL
        .iter()
        .position(|it| *it == choice.least_regret);
    // The quantity is the demand of one of the cases.
    let is_stocked = |demand: &f64| demand.total_cmp(&choice.quantity).is_eq();
    HitChoice {
        quantity: choice.quantity.ceil(),
        stocked_for: place(cases.demand.iter().position(is_stocked)),
        regret: choice.regret,
        means: cases.expected(choice),
        least_regret: place(least),
    }
}

fn money(shown: Shown<'_>, sku: SkuId) -> Option<UnitMoney> {
    let sku = shown.plan.catalog.sku(sku)?;
    let cost = sku.unit_cost?.to_f64();
    let price = sku.list_price?.to_f64() / (1.0 + sku.vat_rate.to_f64());
    (price > cost).then_some(UnitMoney {
        margin: price - cost,
        leftover: LEFTOVER * cost,
    })
}
