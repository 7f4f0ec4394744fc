//! Tables of campaigns: funnel forwards and backwards, hits, regret.

use super::{Source, TableWriter, figure};
use engine::ids::SkuId;
use engine::signals::campaigns::{
    Brought, Counts, DemandCases, Estimate, Outcome, Post, PostOutlook, StockChoice, UnitMoney,
    funnel, half_life, inverse_funnel, judged_by, outlooks, posts, posts_and_planned, score,
};

/// Coverage of the interval of the inverse funnel.
const LEVEL: f64 = 0.8;

/// The funnel of every post by day and altogether, then of all posts, then what a number of
/// orders needs (post `inverse`) and how fast posts are forgotten (post `half_life`).
pub(super) fn funnel_table(source: &Source<'_>, orders: f64) -> Result<Vec<u8>, csv::Error> {
    let header = [
        "post",
        "date",
        "step",
        "count",
        "rate",
        "cost_each",
        "low",
        "high",
    ];
    let mut table = TableWriter::new(&header)?;
    let posts = posts(source.dataset, source.catalog, source.as_of);
    let mut all = Counts::default();
    let mut cost = None;
    let mut write = |post: &str, date: &str, counts: &Counts, cost| -> Result<(), csv::Error> {
        for step in funnel(counts, cost) {
            table.row([
                post,
                date,
                step.step.as_str(),
                &step.count.to_string(),
                &figure(step.rate),
                &figure(step.cost_each),
                "",
                "",
            ])?;
        }
        Ok(())
    };
    for post in &posts {
        for (day, counts) in &post.days {
            write(&post.code, &day.to_string(), counts, None)?;
        }
        let counts = post.first(i32::MAX, source.as_of);
        write(&post.code, "", &counts, post.cost)?;
        all.add(&counts);
        cost = post.cost.map(|own| own + cost.unwrap_or(0.0)).or(cost);
    }
    if !posts.is_empty() {
        write("*", "", &all, cost)?;
    }
    backwards(&mut table, &posts, orders, source)?;
    table.finish()
}

fn backwards(
    table: &mut TableWriter,
    posts: &[Post],
    orders: f64,
    source: &Source<'_>,
) -> Result<(), csv::Error> {
    let mut write = |post: &str, step: &str, estimate: Estimate| {
        let count = figure(Some(estimate.mid));
        let (low, high) = (figure(Some(estimate.low)), figure(Some(estimate.high)));
        table.row([post, "", step, &count, "", "", &low, &high])
    };
    if let Some(inverse) = inverse_funnel(posts, orders, LEVEL, source.as_of) {
        let target = Estimate {
            low: orders,
            mid: orders,
            high: orders,
        };
        write("inverse", "orders", target)?;
        write("inverse", "impressions", inverse.exposure)?;
        if let Some(budget) = inverse.budget {
            write("inverse", "budget", budget)?;
        }
    }
    for step in [
        engine::signals::campaigns::Step::Reads,
        judged_by(posts, source.as_of),
    ] {
        if let Some(days) = half_life(posts, step, source.as_of) {
            let days = figure(Some(days));
            table.row(["half_life", "", step.as_str(), &days, "", "", "", ""])?;
        }
    }
    Ok(())
}

const HITS: [&str; 20] = [
    "post",
    "sku",
    "published_on",
    "state",
    "brought",
    "outcome",
    "p_flop",
    "p_base",
    "p_hit",
    "base_rate",
    "learnt_from",
    "demand_flop",
    "demand_base",
    "demand_hit",
    "quantity",
    "least_regret",
    "brier",
    "brier_base",
    "accuracy",
    "scored",
];

/// A row for each post and its goods, those that are planned too, and one with post `*`: the score
/// of finished posts.
pub(super) fn hit_table(source: &Source<'_>, leftover: f64) -> Result<Vec<u8>, csv::Error> {
    let mut table = TableWriter::new(&HITS)?;
    let posts = posts_and_planned(source.dataset, source.catalog, source.as_of);
    let outlooks = outlooks(&posts, source.as_of);
    for outlook in &outlooks {
        for plan in plans(source, &posts, &outlooks, (outlook, leftover)) {
            table.row(hit_record(source, outlook, &plan))?;
        }
    }
    let score = score(&outlooks);
    if score.posts > 0 {
        let figures = [score.brier, score.brier_base, score.accuracy];
        let figures = figures.map(|value| figure(Some(value)));
        let blanks = vec![String::new(); HITS.len() - 5];
        let row = ["*".to_owned()].into_iter().chain(blanks).chain(figures);
        table.row(row.chain([score.posts.to_string()]))?;
    }
    table.finish()
}

/// Money lost against the best choice, by what was stocked for and what came: of posts that may
/// still be stocked for.
pub(super) fn regret_table(source: &Source<'_>, leftover: f64) -> Result<Vec<u8>, csv::Error> {
    let mut table = TableWriter::new(&["post", "sku", "stocked_for", "came", "regret"])?;
    let posts = posts_and_planned(source.dataset, source.catalog, source.as_of);
    let outlooks = outlooks(&posts, source.as_of);
    for outlook in outlooks.iter().filter(|it| it.brought.is_none()) {
        for plan in plans(source, &posts, &outlooks, (outlook, leftover)) {
            let Some(choice) = plan.choice else { continue };
            for (stocked, row) in Outcome::ALL.iter().zip(choice.regret) {
                for (came, regret) in Outcome::ALL.iter().zip(row) {
                    let sku = plan.sku.map_or("", |sku| source.sku(sku));
                    let regret = figure(Some(regret));
                    let code = plan.post.code.as_str();
                    table.row([code, sku, stocked.as_str(), came.as_str(), &regret])?;
                }
            }
        }
    }
    table.finish()
}

/// A post and one of its goods, with what to stock.
struct GoodsPlan<'a> {
    post: &'a Post,
    sku: Option<SkuId>,
    cases: DemandCases,
    choice: Option<StockChoice>,
}

fn plans<'a>(
    source: &Source<'_>,
    posts: &'a [Post],
    all: &[PostOutlook],
    (outlook, leftover): (&PostOutlook, f64),
) -> Vec<GoodsPlan<'a>> {
    let Some(post) = posts.get(outlook.place) else {
        return Vec::new();
    };
    let finished: Vec<Brought> = all.iter().filter_map(|it| it.brought).collect();
    let cases = DemandCases::new(outlook.hit, &finished).shared_by(post.skus.len());
    let plan = |sku: Option<SkuId>| {
        let money = sku.and_then(|sku| unit_money(source, sku, leftover));
        GoodsPlan {
            post,
            sku,
            cases,
            choice: money.map(|money| cases.choice(money)),
        }
    };
    if post.skus.is_empty() {
        return vec![plan(None)];
    }
    post.skus.iter().map(|sku| plan(Some(*sku))).collect()
}

/// Net price less cost, and the part of the cost a unit left over loses.
fn unit_money(source: &Source<'_>, sku: SkuId, leftover: f64) -> Option<UnitMoney> {
    let sku = source.catalog.sku(sku)?;
    let cost = sku.unit_cost?.to_f64();
    let price = sku.list_price?.to_f64() / (1.0 + sku.vat_rate.to_f64());
    (price > cost).then_some(UnitMoney {
        margin: price - cost,
        leftover: leftover * cost,
    })
}

fn hit_record(source: &Source<'_>, outlook: &PostOutlook, plan: &GoodsPlan<'_>) -> Vec<String> {
    let brought = outlook.brought;
    let [flop, base, hit] = plan.cases.probabilities.map(|it| figure(Some(it)));
    let [few, some, many] = plan.cases.demand.map(|it| figure(Some(it)));
    let choice = plan.choice;
    let mut record = vec![
        plan.post.code.clone(),
        plan.sku.map_or("", |sku| source.sku(sku)).to_owned(),
        plan.post.published.to_string(),
        state(source, outlook, plan.post).to_owned(),
        figure(brought.map(|it| it.count)),
        brought.map_or("", |it| it.outcome.as_str()).to_owned(),
        flop,
        base,
        hit,
        figure(Some(outlook.base_rate)),
        outlook.learnt_from.to_string(),
        few,
        some,
        many,
        figure(choice.map(|it| it.quantity.ceil())),
        choice.map_or("", |it| it.least_regret.as_str()).to_owned(),
    ];
    record.resize(HITS.len(), String::new());
    record
}

/// Whether what a post brings is known, is coming, or has not begun.
fn state(source: &Source<'_>, outlook: &PostOutlook, post: &Post) -> &'static str {
    match outlook.brought {
        Some(_) => "finished",
        None if post.published > source.as_of => "planned",
        None => "open",
    }
}
