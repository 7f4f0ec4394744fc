//! Searches and posts of company A: one word that tells demand, others that tell nothing.
//!
//! The true word is made from the demand that follows it, so no other fact moves: customers look
//! up the best seller five weeks before they order it.

use std::collections::BTreeMap;

use super::assortment::SkuProfile;
use super::calendar::{AS_OF, EVENTS, HISTORY_FROM};
use crate::dataset::{Dataset, Table, TableId};
use crate::num::{count_f64, exp, ln};
use crate::order;
use crate::sample::dice::Dice;
use crate::sample::rows::{Rows, day, integer, number, text};
use crate::sample::truth::PlantedSignal;
use crate::units::Qty;

/// Weeks by which the true word comes first.
const LEAD_WEEKS: usize = 5;
/// Source of all words.
const SOURCE: &str = "search";
/// Words that tell nothing, mapped to a category.
const NOISE: [(&str, &str); 8] = [
    ("纸尿裤 推荐", "纸尿裤"),
    ("尿不湿 测评", "纸尿裤"),
    ("辅食 排行", "辅食"),
    ("宝宝 洗护", "洗护"),
    ("湿巾 品牌", "湿巾纸品"),
    ("奶粉 段位", "奶粉"),
    ("童装 搭配", "童装"),
    ("早教 玩具", "玩具"),
];
/// Words that nobody has mapped yet.
const UNMAPPED: [&str; 4] = ["拉拉裤", "营养品", "孕产用品", "bb 出行"];
/// Weight of the weeks beside one in its usual demand.
const BESIDE: usize = 4;
/// Days a post is watched.
const POST_DAYS: i32 = 28;
/// Posts of the last year, one every six days.
const POSTS: i32 = 60;

/// The tables of words and posts, and what is planted in them; nothing without demand.
pub(super) fn heat(
    seed: u64,
    dataset: &Dataset,
    skus: &[SkuProfile],
) -> (Vec<Table>, Vec<PlantedSignal>) {
    let weeks = weekly_units(dataset);
    let units = |code: &str| weeks.get(code).map_or(0.0, |weeks| weeks.iter().sum());
    let mut ranked: Vec<&SkuProfile> = skus.iter().collect();
    order::sort_by(&mut ranked, |a, b| {
        units(&b.code).total_cmp(&units(&a.code))
    });
    let Some((best, demand)) = ranked
        .first()
        .and_then(|sku| Some((*sku, weeks.get(&sku.code)?)))
    else {
        return (Vec::new(), Vec::new());
    };
    let word = best.name_zh.split(' ').next().unwrap_or_default();
    let mut signals = Rows::new(TableId::Signals);
    let mut keywords = Rows::new(TableId::Keywords);
    let mut dice = Dice::new(seed, &[PURPOSE, 0]);
    tell(&mut signals, word, &leading(&mut dice, demand), &mut dice);
    keywords.push(&[("keyword", text(word)), ("sku", text(best.code.as_str()))]);
    let mut planted = vec![PlantedSignal {
        keyword: word.to_owned(),
        goods: best.code.clone(),
        lead_weeks: Some(LEAD_WEEKS),
    }];
    let quiet = NOISE.iter().map(|(word, goods)| (*word, Some(*goods)));
    let quiet = quiet.chain(UNMAPPED.iter().map(|word| (*word, None)));
    for (id, (word, goods)) in (1..).zip(quiet) {
        let mut dice = Dice::new(seed, &[PURPOSE, id]);
        let walk = wandering(&mut dice, demand.len());
        tell(&mut signals, word, &walk, &mut dice);
        if let Some(goods) = goods {
            keywords.push(&[("keyword", text(word)), ("category", text(goods))]);
            planted.push(PlantedSignal {
                keyword: word.to_owned(),
                goods: goods.to_owned(),
                lead_weeks: None,
            });
        }
    }
    let mut tables = vec![signals.finish(), keywords.finish()];
    tables.extend(posts(seed, &ranked));
    (tables, planted)
}

/// Purpose of these draws among all of the company.
const PURPOSE: u64 = 0x5153;

/// Units by SKU and week of the history, oldest first.
fn weekly_units(dataset: &Dataset) -> BTreeMap<String, Vec<f64>> {
    let mut weeks: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let count = usize::try_from((AS_OF - HISTORY_FROM + 1) / 7).unwrap_or(0);
    let Some(table) = dataset.table(TableId::Demand) else {
        return weeks;
    };
    let Some(skus) = table.texts("sku") else {
        return weeks;
    };
    let mut sums = vec![vec![0_i64; count]; skus.words.len()];
    let figures = table.days("date").iter().zip(table.numbers("quantity"));
    for (sku, (on, quantity)) in skus.codes.iter().zip(figures) {
        let week = usize::try_from((on - HISTORY_FROM.number()) / 7).ok();
        let own = sums.get_mut(crate::num::index_usize(*sku));
        if let Some(sum) = own.zip(week).and_then(|(own, week)| own.get_mut(week)) {
            *sum += quantity;
        }
    }
    let units = |sums: Vec<i64>| sums.into_iter().map(Qty::from_thousandths).map(Qty::to_f64);
    for (word, sums) in skus.words.iter().zip(sums) {
        weeks.insert(word.clone(), units(sums).collect());
    }
    weeks
}

/// Log deviations of a word: those of demand some weeks later; none where a sale is on, whose
/// reason everybody knows, and drawn at random where demand is still to come.
fn leading(dice: &mut Dice, demand: &[f64]) -> Vec<f64> {
    let deviation = |week: usize| {
        let value = demand.get(week)?;
        if is_sale(week) {
            return Some(0.0);
        }
        let beside = week.saturating_sub(BESIDE)..=week + BESIDE;
        let beside = beside.filter(|at| *at != week && !is_sale(*at));
        let beside: Vec<f64> = beside.filter_map(|at| demand.get(at).copied()).collect();
        let usual = beside.iter().sum::<f64>() / count_f64(beside.len().max(1));
        Some(ln((value + 1.0) / (usual + 1.0)).clamp(-0.8, 0.8))
    };
    let told = |week: usize| deviation(week + LEAD_WEEKS);
    let weeks: Vec<Option<f64>> = (0..demand.len()).map(told).collect();
    let heard = |told: Option<f64>| told.unwrap_or_else(|| 0.25 * dice.normal());
    weeks.into_iter().map(heard).collect()
}

/// Whether a promotion touches a week of the history.
fn is_sale(week: usize) -> bool {
    let first = HISTORY_FROM + 7 * i32::try_from(week).unwrap_or(0);
    let sales = EVENTS.iter().filter(|event| event.is_promotion);
    let mut sales = sales.flat_map(|event| {
        let starts = event.occurrences(HISTORY_FROM, AS_OF);
        starts.into_iter().map(|start| (start, event.end_of(start)))
    });
    sales.any(|(start, end)| start <= first + 6 && end >= first)
}

/// Deviations that forget slowly and know nothing.
fn wandering(dice: &mut Dice, weeks: usize) -> Vec<f64> {
    let mut now = 0.0;
    let next = |_| {
        now = 0.7 * now + 0.3 * dice.normal();
        now
    };
    (0..weeks).map(next).collect()
}

/// Clicks by region and positions, week by week.
fn tell(rows: &mut Rows, word: &str, deviations: &[f64], dice: &mut Dice) {
    let start = dice.between(8.0, 40.0);
    for (week, deviation) in deviations.iter().enumerate() {
        let on = HISTORY_FROM + (7 * i32::try_from(week).unwrap_or(0) + 6);
        let mut told = |region: &'static str, metric: &'static str, value: f64| {
            rows.push(&[
                ("date", day(on)),
                ("source", text(SOURCE)),
                ("keyword", text(word)),
                ("region", text(region)),
                ("metric", text(metric)),
                ("value", number(value)),
            ]);
        };
        for (region, usual) in [("east", 260.0), ("south", 180.0), ("north", 120.0)] {
            let mood = dice.around_one(0.05);
            let clicks = dice.poisson(usual * exp(*deviation) * mood);
            told(region, "clicks", f64::from(clicks));
        }
        let gone = count_f64(week) / count_f64(deviations.len());
        let position = (start * (1.0 - 0.7 * gone) * dice.around_one(0.1)).max(1.0);
        told("", "position", (10.0 * position).round() / 10.0);
    }
}

/// Posts about the best sellers: a few hits, many flops, forgotten by halves.
fn posts(seed: u64, ranked: &[&SkuProfile]) -> Vec<Table> {
    let mut campaigns = Rows::new(TableId::Campaigns);
    let mut days = Rows::new(TableId::CampaignDays);
    for place in 0..POSTS {
        let mut dice = Dice::new(seed, &[PURPOSE, 1_000 + u64::from(place.unsigned_abs())]);
        let code = format!("P{:03}", place + 1);
        let published = AS_OF - 6 * (POSTS - place) + 3;
        let quality = dice.normal();
        let goods = ranked.get(dice.below(ranked.len().min(30)));
        let sku = goods.map_or("", |sku| sku.code.as_str());
        let platform = if dice.chance(0.6) {
            "xiaohongshu"
        } else {
            "douyin"
        };
        campaigns.push(&[
            ("post", text(code.as_str())),
            ("platform", text(platform)),
            ("published_on", day(published)),
            ("cost", integer(whole_cost(&mut dice))),
            ("skus", text(sku)),
        ]);
        let shown = 6_000.0 * dice.around_one(0.5) * exp(0.5 * quality);
        for after in 0..POST_DAYS.min(AS_OF - published + 1) {
            let left = exp(-ln(2.0) * f64::from(after) / 4.0);
            let mut count = |mean: f64| i64::from(dice.poisson(mean.min(20_000.0)));
            let impressions = count(shown * left);
            let reads = count(shown * left * 0.18);
            let liked = exp(0.6 * quality);
            days.push(&[
                ("post", text(code.as_str())),
                ("date", day(published + after)),
                ("impressions", integer(impressions)),
                ("reads", integer(reads)),
                ("likes", integer(count(shown * left * 0.012 * liked))),
                ("saves", integer(count(shown * left * 0.005 * liked))),
                ("comments", integer(count(shown * left * 0.002 * liked))),
                ("search_back", integer(count(shown * left * 0.01 * liked))),
                ("clicks", integer(count(shown * left * 0.008 * liked))),
                (
                    "orders",
                    integer(count(shown * left * 0.001_2 * liked * liked)),
                ),
            ]);
        }
    }
    vec![campaigns.finish(), days.finish()]
}

/// What a post costs, millionths of currency.
fn whole_cost(dice: &mut Dice) -> i64 {
    crate::units::Amount::round_from_f64((20.0 * dice.between(1.0, 8.0)).round() * 50.0)
        .millionths()
}
