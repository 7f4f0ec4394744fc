//! The SKUs of demo company A: what each is, how it sells, where it is listed.

use super::calendar::{AS_OF, DAYS, FIRST_DAY, HISTORY_FROM, index_of};
use super::categories::{CATEGORIES, CategoryRule};
use super::names::{BRANDS, LINES, Pair, VARIANTS};
use super::network::{CHANNELS, REGIONAL, REGIONS, WECHAT};
use super::suppliers::suppliers_of;
use crate::num;
use crate::order;
use crate::sample::dice::{Dice, whole};

/// Cost of sales of a year at demand scale one, CNY.
const YEARLY_COST_OF_SALES: f64 = 42_320_000.0;
/// Brands a category carries.
const BRANDS_A_CATEGORY: usize = 8;
/// Spread of demand between the SKUs of a category (sigma of the logarithm).
const SPREAD: f64 = 1.15;
const SHAPE_STREAM: u64 = 1;
const LIFE_STREAM: u64 = 2;

/// How important a SKU is by the cost of its sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Top,
    Middle,
    Tail,
}

/// A price cut of one SKU; planners of the demo do not plan for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Campaign {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) lift: f64,
}

/// One SKU.
pub(super) struct SkuProfile {
    pub(super) code: String,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) brand: &'static str,
    pub(super) barcode: String,
    pub(super) category: usize,
    pub(super) rank: Rank,
    pub(super) cost_cents: i64,
    pub(super) list_cents: i64,
    pub(super) pack: i64,
    pub(super) moq: i64,
    pub(super) volume_m3: f64,
    pub(super) weight_kg: f64,
    /// Mean units a day over all channels and regions, before season and events.
    pub(super) rate: f64,
    /// Share of demand by channel; zero where it is not sold.
    pub(super) channels: [f64; 3],
    /// Share of demand by region; zero where it is not sold.
    pub(super) regions: [f64; 7],
    /// Yearly growth.
    pub(super) growth: f64,
    pub(super) campaigns: Vec<Campaign>,
    /// First day of sale, on the simulated axis; negative = before it.
    pub(super) launch: i32,
    /// Last day of sale.
    pub(super) end: Option<i32>,
    pub(super) successor: Option<String>,
    pub(super) supplier: usize,
    pub(super) second_supplier: Option<usize>,
    pub(super) lead_days: i32,
}

impl SkuProfile {
    pub(super) fn rule(&self) -> &'static CategoryRule {
        CATEGORIES.get(self.category).unwrap_or(&CATEGORIES[0])
    }

    /// Whether a regional warehouse carries it.
    pub(super) fn is_listed_at(&self, regional: usize) -> bool {
        let served = REGIONS.iter().zip(self.regions);
        served
            .into_iter()
            .any(|(region, share)| region.home == regional && share > 0.0)
    }
}

/// Every SKU, sorted by code.
pub(super) fn assortment(seed: u64, demand_scale: f64) -> Vec<SkuProfile> {
    let mut skus: Vec<SkuProfile> = Vec::new();
    for category in 0..CATEGORIES.len() {
        skus.extend(category_skus(seed, category, demand_scale));
    }
    rank(&mut skus);
    for (sku, id) in skus.iter_mut().zip(0..) {
        list(sku, &mut Dice::new(seed, &[LIFE_STREAM, id]));
    }
    link_successors(&mut skus);
    order::sort_by(&mut skus, |a, b| a.code.cmp(&b.code));
    skus
}

fn category_skus(seed: u64, category: usize, demand_scale: f64) -> Vec<SkuProfile> {
    let Some(rule) = CATEGORIES.get(category) else {
        return Vec::new();
    };
    let id = u64::try_from(category).unwrap_or(0);
    let mut dice = Dice::new(seed, &[SHAPE_STREAM, id]);
    let weights: Vec<f64> = (0..rule.skus).map(|_| dice.around_one(SPREAD)).collect();
    let total: f64 = weights.iter().sum();
    let yearly = YEARLY_COST_OF_SALES * demand_scale * rule.value_share;
    let sku = |(number, weight): (usize, f64)| {
        let cost = dice.between(rule.cost.0, rule.cost.1);
        let rate = yearly * weight / total / cost / 365.0;
        profile(&mut dice, category, number, (cost, rate))
    };
    weights.into_iter().enumerate().map(sku).collect()
}

fn profile(
    dice: &mut Dice,
    category: usize,
    number: usize,
    (cost, rate): (f64, f64),
) -> SkuProfile {
    let rule = CATEGORIES.get(category).unwrap_or(&CATEGORIES[0]);
    let (brand, line, variant) = naming(category, number);
    let markup = rule.markup * dice.between(0.8, 1.2);
    // Prices with VAT of 13 %, in whole yuan that end in 9.
    let list = (cost * (1.0 + markup) * 1.13 / 10.0).ceil() * 10.0 - 1.0;
    let middle = (rule.cost.0 + rule.cost.1) / 2.0;
    let bulk = num::sqrt(cost / middle);
    let pack = pack_size(rule.pack, rate);
    // Makers ask more days of demand of what sells fast.
    let days = if rate < 1.0 { (2.0, 5.0) } else { (5.0, 14.0) };
    let cases = rate * dice.between(days.0, days.1) / crate::units::Qty::from_units(pack).to_f64();
    let moq = whole(cases) * pack;
    let suppliers = suppliers_of(category);
    let first = dice.below(suppliers.len());
    let second = (suppliers.len() > 1 && dice.chance(0.15)).then(|| (first + 1) % suppliers.len());
    let supplier = suppliers.get(first).copied().unwrap_or(0);
    SkuProfile {
        code: format!("{}{:04}", rule.prefix, number + 1),
        name_zh: format!("{}{} {}", brand.0, line.0, variant.0),
        name_en: format!("{} {} {}", brand.1, line.1, variant.1),
        brand: brand.0,
        barcode: gtin13(category, number),
        category,
        rank: Rank::Tail,
        cost_cents: whole(cost * 100.0),
        list_cents: whole(list * 100.0),
        pack,
        moq: moq.max(pack),
        volume_m3: rule.size.0 * bulk / 1_000.0,
        weight_kg: rule.size.1 * bulk,
        rate,
        channels: [0.0; 3],
        regions: [0.0; 7],
        growth: rule.growth + dice.between(-0.12, 0.12),
        campaigns: Vec::new(),
        launch: -1 - whole_days(dice.between(30.0, 900.0)),
        end: None,
        successor: None,
        supplier,
        second_supplier: second.and_then(|place| suppliers.get(place).copied()),
        lead_days: super::suppliers::lead_days(supplier) + whole_days(dice.between(-3.0, 4.0)),
    }
}

fn whole_days(days: f64) -> i32 {
    i32::try_from(whole(days)).unwrap_or(0)
}

/// Brand, line and variant number `number` of a category: all combinations, well mixed.
fn naming(category: usize, number: usize) -> (Pair, Pair, Pair) {
    let lines = LINES.get(category).copied().unwrap_or_default();
    let variants = VARIANTS.get(category).copied().unwrap_or_default();
    let combinations = BRANDS_A_CATEGORY * lines.len() * variants.len();
    // 101 is a prime that divides no number of combinations, so no name repeats.
    let mixed = number * 101 % combinations.max(1);
    let brand = (category * 5 + mixed % BRANDS_A_CATEGORY) % BRANDS.len();
    let rest = mixed / BRANDS_A_CATEGORY;
    let pick = |list: &[Pair], index: usize| list.get(index % list.len().max(1)).copied();
    (
        pick(&BRANDS, brand).unwrap_or_default(),
        pick(lines, rest).unwrap_or_default(),
        pick(variants, rest / lines.len().max(1)).unwrap_or_default(),
    )
}

/// A case that does not hold more than about two weeks of demand.
fn pack_size(usual: i64, rate: f64) -> i64 {
    let mut pack = usual;
    while pack > 1 && crate::units::Qty::from_units(pack).to_f64() > 5.0 * rate {
        pack /= 2;
    }
    pack.max(1)
}

/// A GTIN-13 of the range of GS1 China with its check digit (GS1 General Specifications 7.9).
fn gtin13(category: usize, number: usize) -> String {
    let body = format!("6975{category:03}{:05}", number * 7 + 11);
    let digit =
        |(place, byte): (usize, u8)| u32::from(byte - b'0') * if place % 2 == 0 { 1 } else { 3 };
    let sum: u32 = body.bytes().enumerate().map(digit).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// Top: the first 20 % of SKUs by cost of sales; middle: the next 30 %.
fn rank(skus: &mut [SkuProfile]) {
    let value =
        |sku: &SkuProfile| sku.rate * crate::units::Qty::from_units(sku.cost_cents).to_f64();
    order::sort_by(skus, |a, b| {
        value(b)
            .total_cmp(&value(a))
            .then_with(|| a.code.cmp(&b.code))
    });
    let count = skus.len();
    for (place, sku) in skus.iter_mut().enumerate() {
        sku.rank = match place * 10 / count.max(1) {
            0 | 1 => Rank::Top,
            2..=4 => Rank::Middle,
            _ => Rank::Tail,
        };
    }
}

/// Chooses where and when a SKU is sold.
fn list(sku: &mut SkuProfile, dice: &mut Dice) {
    let (areas, douyin, wechat) = match sku.rank {
        Rank::Top => (5, 0.92, 0.7),
        Rank::Middle => (2 + dice.below(3), 0.6, 0.18),
        Rank::Tail => (1 + dice.below(2), 0.3, 0.0),
    };
    let is_sold = [dice.chance(douyin), true, dice.chance(wechat)];
    let channels = CHANNELS.iter().zip(is_sold).zip(&mut sku.channels);
    for ((rule, is_sold), share) in channels {
        *share = if is_sold {
            rule.share * dice.around_one(0.35)
        } else {
            0.0
        };
    }
    let area: Vec<usize> = REGIONAL.iter().copied().take(areas).collect();
    for (rule, share) in REGIONS.iter().zip(&mut sku.regions) {
        let is_sold = area.contains(&rule.home);
        *share = if is_sold {
            rule.share * dice.around_one(0.2)
        } else {
            0.0
        };
    }
    normalise(&mut sku.channels);
    normalise(&mut sku.regions);
    lifecycle(sku, dice);
    sku.campaigns = campaigns(sku, dice);
    debug_assert!(sku.rank != Rank::Tail || sku.channels.get(WECHAT) == Some(&0.0));
}

fn normalise(shares: &mut [f64]) {
    let total: f64 = shares.iter().sum();
    for share in shares {
        *share /= total;
    }
}

/// One SKU in eight is launched during the history, one in sixteen leaves it.
fn lifecycle(sku: &mut SkuProfile, dice: &mut Dice) {
    let history = index_of(HISTORY_FROM);
    let fate = dice.uniform();
    let at = dice.uniform();
    if fate < 0.12 {
        sku.launch = history + whole_days(at * f64::from(DAYS - history - 75));
    } else if fate < 0.18 && sku.rank != Rank::Top {
        sku.end = Some(history + 120 + whole_days(at * f64::from(DAYS - history - 150)));
    }
}

/// A few price cuts a year, and for some SKUs a video that goes viral.
fn campaigns(sku: &SkuProfile, dice: &mut Dice) -> Vec<Campaign> {
    let years = f64::from(DAYS) / 365.0;
    let a_year = match sku.rank {
        Rank::Top => 4.0,
        Rank::Middle => 2.0,
        Rank::Tail => 0.6,
    };
    let mut campaigns = Vec::new();
    for _ in 0..dice.poisson(a_year * years) {
        let from = whole_days(dice.between(0.0, f64::from(DAYS)));
        let to = from + 4 + whole_days(dice.between(0.0, 6.0));
        campaigns.push(Campaign {
            from,
            to,
            lift: dice.between(1.3, 2.1),
        });
    }
    for _ in 0..dice.poisson(0.06 * years) {
        let from = whole_days(dice.between(0.0, f64::from(DAYS)));
        campaigns.push(Campaign {
            from,
            to: from + 8,
            lift: dice.between(3.0, 5.0),
        });
    }
    order::sort_by_key(&mut campaigns, |campaign| campaign.from);
    campaigns
}

/// Gives SKUs that leave a successor of their category launched around their last day.
fn link_successors(skus: &mut [SkuProfile]) {
    let mut launched: Vec<(usize, i32, String)> = skus
        .iter()
        .filter(|sku| sku.launch > 0)
        .map(|sku| (sku.category, sku.launch, sku.code.clone()))
        .collect();
    for sku in skus.iter_mut() {
        let Some(end) = sku.end else { continue };
        let fits = |(category, launch, _): &(usize, i32, String)| {
            *category == sku.category && (launch - end).abs() <= 45
        };
        if let Some(place) = launched.iter().position(fits) {
            sku.successor = Some(launched.swap_remove(place).2);
        }
    }
}

/// The calendar date of a position, for SKUs launched before the simulation too.
pub(super) fn date(index: i32) -> crate::day::Day {
    (FIRST_DAY + index).min(AS_OF)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_names_and_barcodes_are_distinct() {
        let skus = assortment(1, 1.0);
        assert_eq!(skus.len(), 1_986);
        let distinct =
            |text: fn(&SkuProfile) -> String| skus.iter().map(text).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|sku| sku.code.clone()), skus.len());
        assert_eq!(distinct(|sku| sku.name_zh.clone()), skus.len());
        assert_eq!(distinct(|sku| sku.barcode.clone()), skus.len());
    }

    #[test]
    fn shares_add_up_to_one() {
        for sku in assortment(1, 1.0) {
            for total in [
                sku.channels.iter().sum::<f64>(),
                sku.regions.iter().sum::<f64>(),
            ] {
                assert!((total - 1.0).abs() < 1e-9, "{}", sku.code);
            }
        }
    }

    #[test]
    fn check_digits_follow_gs1() {
        // 6 9 7 5 0 0 0 0 0 0 1 1: 6 + 27 + 7 + 15 + 0 + .. + 1 + 3 = 59 -> 1
        assert_eq!(gtin13(0, 0), "6975000000111");
    }
}
