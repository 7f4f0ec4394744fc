//! Campaigns: funnel forwards and backwards, posts that may become hits.

use super::super::Shown;
use super::{count, goods_of};
use engine::ids::SkuId;
use engine::order::sort_by;
use engine::signals::Goods;
use engine::signals::campaigns::{
    Brought, Counts, DemandCases, Estimate, Post, PostOutlook, Step, UnitMoney, funnel, half_life,
    inverse_funnel, outlooks, posts, posts_and_planned, score,
};
use protocol::signals::{FunnelLine, HitLine, HitScore, InverseLine, SignalDesk};

/// Orders the inverse funnel is asked for.
const ORDERS: f64 = 1_000.0;
/// Coverage of its intervals.
const LEVEL: f64 = 0.8;
/// Share of its cost that a unit left over loses.
const LEFTOVER: f64 = 0.3;
/// Posts shown.
const POSTS_MAX: usize = 30;

pub(super) fn fill(shown: Shown<'_>, desk: &mut SignalDesk) {
    let as_of = shown.plan.as_of;
    let posts = posts(shown.dataset, &shown.plan.catalog, as_of);
    if posts.is_empty() {
        return;
    }
    let mut all = Counts::default();
    for post in &posts {
        all.add(&post.first(i32::MAX, as_of));
    }
    let costs = posts.iter().filter_map(|post| post.cost);
    let cost = costs.fold(None, |sum: Option<f64>, cost| {
        Some(sum.unwrap_or(0.0) + cost)
    });
    desk.funnel = funnel(&all, cost)
        .into_iter()
        .map(|step| FunnelLine {
            step: step.step.as_str().to_owned(),
            count: engine::num::whole_f64(step.count),
            rate: step.rate,
            cost_each: step.cost_each,
        })
        .collect();
    let ends = |it: Estimate| [it.low, it.mid, it.high];
    desk.inverse = inverse_funnel(&posts, ORDERS, LEVEL, as_of).map(|inverse| InverseLine {
        orders: ORDERS,
        exposure: ends(inverse.exposure),
        budget: inverse.budget.map(ends),
    });
    desk.half_life =
        half_life(&posts, Step::Orders, as_of).or_else(|| half_life(&posts, Step::Reads, as_of));
    // Planned ones too: they are what may be stocked for.
    let posts = posts_and_planned(shown.dataset, &shown.plan.catalog, as_of);
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
        let sku = post.skus.first().copied();
        let money = sku.and_then(|sku| money(shown, sku));
        let choice = money.map(|money| cases.choice(money));
        Some(HitLine {
            post: post.code.clone(),
            names: sku.map_or_else(Default::default, |sku| goods_of(shown, Goods::Sku(sku)).2),
            published: post.published.number(),
            probabilities: cases.probabilities,
            demand: cases.demand,
            quantity: choice.map(|choice| choice.quantity.ceil()),
            regret: choice.map(|choice| cases.expected(&choice)),
        })
    };
    let mut lines: Vec<HitLine> = open.filter_map(line).collect();
    let hit = |line: &HitLine| line.probabilities.last().copied().unwrap_or(0.0);
    sort_by(&mut lines, |a, b| hit(b).total_cmp(&hit(a)));
    lines.truncate(POSTS_MAX);
    lines
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
