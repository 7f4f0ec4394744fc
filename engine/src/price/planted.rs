//! Planted elasticities, found again.

use super::book::PriceBook;
use super::history::{Days, Goods, Sale};
use super::shrink::{Elasticities, elasticities};
use super::windows::{Evidence, Noise};
use crate::day::Day;
use crate::ids::{CategoryId, ChannelId, SkuId};
use crate::num::{exp, ln, normal_quantile, sqrt};
use crate::rng::{Draws, Stream};

const DAYS: usize = 730;
const GOODS: usize = 12;

/// What is planted: goods of two categories over two years.
struct Planted {
    /// By category.
    elasticity: [f64; 2],
    /// Units a day.
    rate: f64,
    /// Stretches a year off the usual price.
    a_year: f64,
    cut: f64,
}

fn normal(draws: &mut Draws) -> f64 {
    normal_quantile(draws.next_f64().clamp(1e-9, 1.0 - 1e-9))
}

fn poisson(mean: f64, draws: &mut Draws) -> f64 {
    if mean > 40.0 {
        return (mean + sqrt(mean) * normal(draws)).round().max(0.0);
    }
    let (mut product, mut count) = (draws.next_f64(), 0.0);
    while product > exp(-mean) {
        product *= draws.next_f64();
        count += 1.0;
    }
    count
}

impl Planted {
    fn goods(&self, seed: u64, place: usize) -> Goods {
        let mut draws = Stream::keyed(seed, &[place as u64]).draws();
        let mut goods = Goods {
            sku: SkuId::from_index(place),
            group: place % 2,
            calendar: place % 2,
            outlets: Vec::new(),
            closed: Vec::new(),
            planned: Vec::new(),
        };
        let mut left = 0;
        let mut swing = 0.0;
        for day in 0..DAYS {
            if left == 0 && draws.next_f64() < self.a_year / 365.0 {
                left = 4 + (draws.next_f64() * 7.0) as usize;
            }
            let is_cut = left > 0;
            left = left.saturating_sub(1);
            if day % 7 == 0 {
                swing = 0.9 * swing + 0.07 * normal(&mut draws);
            }
            let price = if is_cut {
                100.0 * (1.0 - self.cut)
            } else {
                100.0
            };
            let multiple = exp(self.elasticity[place % 2] * ln(price / 100.0));
            let mood = exp(swing + 0.16 * normal(&mut draws));
            let units = poisson(self.rate * mood * multiple, &mut draws);
            if units > 0.0 {
                let sale = Sale {
                    day,
                    units,
                    price: Some(price),
                };
                goods.add(ChannelId(0), sale);
            }
        }
        goods
    }

    fn learn(&self, seed: u64) -> (Elasticities, PriceBook) {
        let days = Days {
            first: Day::from_number(20_000),
            count: DAYS,
            events: vec![vec![false; DAYS]; 2],
            rhythm: vec![[1.0; 7]; 2],
        };
        let goods: Vec<Goods> = (0..GOODS).map(|place| self.goods(seed, place)).collect();
        let all = goods.iter().enumerate();
        let evidence: Vec<Evidence> = all.filter_map(|own| Evidence::of(&days, own)).collect();
        let noise = Noise::of(evidence.iter().flat_map(|own| &own.quiet));
        let drawn = elasticities(&evidence, 2, &noise);
        let named: Vec<_> = evidence
            .iter()
            .map(|own| (SkuId::from_index(own.goods), own))
            .collect();
        (drawn.clone(), PriceBook::new(&named, drawn, &noise))
    }

    /// Mean elasticities of the categories over many seeds, and the share of the 80 % intervals of
    /// goods and of categories that hold the truth.
    fn found(&self, seeds: u64) -> ([f64; 2], f64, f64) {
        let (mut sums, mut skus, mut groups) = ([0.0; 2], (0.0, 0.0), (0.0, 0.0));
        for seed in 0..seeds {
            let (drawn, book) = self.learn(seed);
            for (group, sum) in sums.iter_mut().enumerate() {
                let truth = self.elasticity[group];
                *sum += drawn.groups[group].elasticity / seeds as f64;
                let known = book.of_category(CategoryId::from_index(group)).interval80;
                groups.0 += f64::from(known.low <= truth && truth <= known.high);
                groups.1 += 1.0;
            }
            for sku in book.skus() {
                let group = sku.index() % 2;
                let truth = self.elasticity[group];
                let known = book.of_sku(sku, CategoryId::from_index(group)).interval80;
                skus.0 += f64::from(known.low <= truth && truth <= known.high);
                skus.1 += 1.0;
            }
        }
        (sums, skus.0 / skus.1, groups.0 / groups.1)
    }
}

fn check(planted: &Planted, tolerance: f64) {
    let (found, skus, groups) = planted.found(40);
    for (found, truth) in found.iter().zip(planted.elasticity) {
        assert!((found - truth).abs() < tolerance, "{found} for {truth}");
    }
    assert!((0.68..=0.97).contains(&skus), "{found:?} {skus} {groups}");
    assert!((0.68..=0.97).contains(&groups), "{found:?} {skus} {groups}");
}

#[test]
fn planted_elasticities_are_held_eight_times_in_ten() {
    let planted = |elasticity, rate| Planted {
        elasticity,
        rate,
        a_year: 4.0,
        cut: 0.15,
    };
    check(&planted([-1.0, -2.5], 6.0), 0.2);
    check(&planted([-2.5, -2.5], 6.0), 0.2);
    // Goods that sell on less than half of all days.
    check(&planted([-2.5, -2.5], 0.5), 0.3);
}

#[test]
fn where_nothing_is_planted_little_is_found() {
    let planted = Planted {
        elasticity: [0.0, 0.0],
        rate: 3.0,
        a_year: 4.0,
        cut: 0.15,
    };
    check(&planted, 0.1);
}

#[test]
fn constant_prices_are_no_evidence() {
    let planted = Planted {
        elasticity: [-2.0, -2.0],
        rate: 3.0,
        a_year: 0.0,
        cut: 0.1,
    };
    assert!(planted.learn(1).1.is_empty());
}
