//! Why forecasts missed: shares of the error of a whole plan.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::Decisions;
use engine::plan::view::{Attribute, Scope, attribution_by};
use engine::plan::{
    Attribution, Cause, ErrorShares, Plan, Replays, Rung, Settings, plan, plan_hash,
};
use engine::sample::{Parameters, excerpt};
use proptest::prelude::*;

fn attribution_of(plan: &Plan, dataset: &Dataset) -> Attribution {
    let decisions = Decisions::default();
    let mut attribution = Attribution::new(plan, dataset, &decisions).unwrap();
    let (_, steps) = attribution.progress();
    for done in 0..steps {
        assert_eq!(attribution.progress(), (done, steps));
        attribution.step();
    }
    assert!(attribution.is_done() && attribution.is_of(plan, &decisions));
    attribution
}

fn whole(plan: &Plan, attribution: &Attribution) -> ErrorShares {
    let rows = attribution_by(plan, attribution, Scope::default(), Attribute::All);
    rows.first().map(|row| row.sums).unwrap_or_default()
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

/// Every cut sums to the whole, and in every row causes sum to the error.
fn check_sums(plan: &Plan, attribution: &Attribution) {
    let all = whole(plan, attribution);
    for attribute in [
        Attribute::Sku,
        Attribute::Category,
        Attribute::Channel,
        Attribute::Region,
        Attribute::All,
    ] {
        let mut sum = ErrorShares::default();
        for row in attribution_by(plan, attribution, Scope::default(), attribute) {
            let causes = row.sums.shares.iter().sum::<f64>();
            assert!(is_near(causes, row.sums.error), "{row:?}");
            sum.merge(&row.sums);
        }
        assert_eq!((sum.series, sum.cells), (all.series, all.cells));
        assert!(is_near(sum.error, all.error) && is_near(sum.actual, all.actual));
        for (sum, share) in sum.shares.iter().zip(all.shares) {
            assert!((sum - share).abs() <= 1e-9 * (1.0 + all.error));
        }
    }
}

#[test]
fn the_error_of_the_demo_is_that_of_ladder_and_accuracy_and_no_plan_reads_it() {
    let dataset = excerpt(&Parameters::CALIBRATED, 120).unwrap().dataset;
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let hash = plan_hash(&plan);
    let attribution = attribution_of(&plan, &dataset);
    check_sums(&plan, &attribution);
    let all = whole(&plan, &attribution);
    let decisions = Decisions::default();
    let mut replays = Replays::new(&plan, &dataset, &decisions).unwrap();
    while !replays.is_done() {
        replays.step();
    }
    for scope in [
        Scope::default(),
        Scope {
            category: plan
                .catalog
                .sku(plan.series[0].key.sku)
                .map(|sku| sku.category),
            ..Scope::default()
        },
        Scope {
            channel: Some(plan.series[0].key.channel),
            region: Some(plan.series[0].key.region),
            ..Scope::default()
        },
    ] {
        let ladder = replays.ladder(&plan, &decisions, scope);
        let rows = attribution_by(&plan, &attribution, scope, Attribute::All);
        let slice = rows[0].sums;
        assert_eq!((slice.series, slice.cells), (ladder.series, ladder.cells));
        assert!(is_near(slice.error, ladder.errors[Rung::Signals as usize]));
    }
    // Errors of the plan are kept to the thousandth.
    let own = plan.series.iter().flat_map(|series| &series.recent);
    let own: f64 = own.map(|error| error.to_f64().abs()).sum();
    assert!((all.error / own - 1.0).abs() < 1e-3, "{} {own}", all.error);
    assert_eq!(plan_hash(&plan), hash);
    assert!(
        all.of(Cause::Noise) > 0.0 && all.of(Cause::Level) != 0.0,
        "{all:?}"
    );
}

/// Goods at 70 a week, give or take; `factor` says by how much a day sells more.
fn goods(factor: impl Fn(i32) -> u32, events: &str) -> Dataset {
    let as_of = Day::from_number(20_000);
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    let mut skus = "sku,category\n".to_owned();
    for sku in 0..12_i32 {
        skus += &format!("S{sku},milk\n");
        for ago in 0..7 * 120 {
            let units = 10 + (ago * 7_919 + sku * 104_729) % 3;
            let units = units as u32 * factor(ago);
            demand += &format!("{},S{sku},web,cn,{units}\n", as_of + -ago);
        }
    }
    let tables = [
        (TableId::Skus, skus.as_str()),
        (TableId::Demand, demand.as_str()),
        (TableId::Events, events),
    ];
    let read = |(id, text): (TableId, &str)| read_csv(id, id.name(), text.as_bytes()).table;
    Dataset::from_tables(tables.into_iter().map(read))
}

fn share(dataset: &Dataset, cause: Cause) -> f64 {
    let plan = plan(dataset, &Settings::default()).unwrap();
    let attribution = attribution_of(&plan, dataset);
    check_sums(&plan, &attribution);
    let all = whole(&plan, &attribution);
    all.of(cause) / all.error
}

#[test]
fn goods_that_double_miss_by_their_level() {
    let doubled = goods(|ago| if ago < 7 * 8 { 2 } else { 1 }, "");
    assert!(share(&doubled, Cause::Level) > 0.8);
}

/// A sale that was never there before sells three times as much: the plan learns it, the forecast
/// could not know.
#[test]
fn a_first_sale_misses_by_its_event() {
    let as_of = Day::from_number(20_000);
    let events = format!(
        "event,kind,start,end\nsale,promo,{},{}\n",
        as_of + -27,
        as_of + -21
    );
    let sale = goods(|ago| if (21..28).contains(&ago) { 3 } else { 1 }, &events);
    assert!(share(&sale, Cause::Events) > 0.8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn shares_sum_on_any_data(seed in any::<u64>()) {
        let dataset = random_dataset(seed);
        let plan = plan(&dataset, &Settings::default()).unwrap();
        check_sums(&plan, &attribution_of(&plan, &dataset));
    }
}
