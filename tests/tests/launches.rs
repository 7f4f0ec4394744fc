//! New items on whole plans: from the launches of others, from analogues, from their own sales.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use ballast_tests::simulated_workers::decided_with;
use engine::dataset::{Dataset, Table, TableId, read_csv};
use engine::day::Day;
use engine::import::put_decisions;
use engine::plan::Extras;
use engine::plan::adjust::{Decisions, Launch, PlannedGoods};
use engine::plan::{Cache, Plan, Run, SeriesForecast, Settings, plan, plan_decided, plan_hash};
use engine::rng::Stream;
use engine::units::{Amount, Qty};
use proptest::prelude::*;
use std::fmt::Write;

/// Weeks of history; the first day is a Monday.
const WEEKS: i32 = 100;
const FIRST: i32 = 20_003;

fn settings() -> Settings {
    Settings {
        horizon_weeks: 13,
        ..Settings::default()
    }
}

/// Twelve items of 20 to 42 a week launched one after another, in two regions with shares of
/// one and three quarters; an old one; `NEW` is launched four weeks after the data, `OWN` sold
/// `own` a week in `north` for the last three.
fn dataset(own: i64, start_new: i32) -> Dataset {
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    let mut skus = "sku,category,list_price,launch_date\nOLD,c,10,\n".to_owned();
    let mut sold = |week: i32, sku: &str, region: &str, units: i64| {
        let day = Day::from_number(FIRST + 7 * week + 3);
        writeln!(demand, "{day},{sku},web,{region},{units}").unwrap();
    };
    for week in 0..WEEKS {
        sold(week, "OLD", "north", 50);
        for item in 0..12 {
            let level = 10 + i64::from(item);
            let start = 10 + 5 * item;
            if week >= start {
                let noise =
                    Stream::keyed(5, &[item.unsigned_abs().into(), week.unsigned_abs().into()]);
                let more = i64::from(noise.f64_at(0) < 0.5);
                sold(week, &format!("I{item:02}"), "north", level + more);
                sold(week, &format!("I{item:02}"), "south", 3 * level + more);
            }
        }
        if own > 0 && week >= WEEKS - 3 {
            sold(week, "OWN", "north", own);
        }
    }
    let day = |week: i32| Day::from_number(FIRST + 7 * week);
    for item in 0..12 {
        writeln!(skus, "I{item:02},c,20,{}", day(10 + 5 * item)).unwrap();
    }
    writeln!(skus, "NEW,c,20,{}", day(WEEKS + start_new)).unwrap();
    if own > 0 {
        writeln!(skus, "OWN,c,20,{}", day(WEEKS - 3)).unwrap();
    }
    let company = format!(
        "key,value\nas_of,{}\n",
        Day::from_number(FIRST + 7 * WEEKS - 1)
    );
    Dataset::from_tables([
        read_csv(TableId::Demand, "demand.csv", demand.as_bytes()).table,
        read_csv(TableId::Skus, "skus.csv", skus.as_bytes()).table,
        read_csv(TableId::Company, "company.csv", company.as_bytes()).table,
    ])
}

fn series<'a>(plan: &'a Plan, sku: &str) -> Vec<&'a SeriesForecast> {
    let id = plan.catalog.sku_id(sku).unwrap();
    plan.series.iter().filter(|one| one.key.sku == id).collect()
}

fn total(plan: &Plan, sku: &str, week: usize) -> f64 {
    let weeks = series(plan, sku).into_iter().map(|one| one.planned()[week]);
    weeks.sum::<Qty>().to_f64()
}

fn launch(sku: &str, plan: &Plan, analogues: &[&str]) -> Launch {
    Launch {
        sku: sku.to_owned(),
        analogues: analogues.iter().map(|code| (*code).to_owned()).collect(),
        from: plan.as_of + 1 + 28,
        channels: Vec::new(),
        level: 10_000,
        reason: String::new(),
        author: String::new(),
        made_on: plan.as_of,
        goods: None,
    }
}

fn decided(launch: Launch) -> Decisions {
    Decisions {
        launches: vec![launch],
        ..Decisions::default()
    }
}

#[test]
fn an_item_with_a_launch_date_is_expected_like_those_before() {
    let plan = plan(&dataset(0, 4), &settings()).unwrap();
    let forecasts = series(&plan, "NEW");
    assert_eq!(forecasts.len(), 2, "both regions had the launches");
    for one in &forecasts {
        assert_eq!((one.model.as_str(), one.history_weeks), ("launch", 0));
        for week in 0..13 {
            let limits = [
                one.lo95[week],
                one.lo80[week],
                one.hi80[week],
                one.hi95[week],
            ];
            assert!(limits.is_sorted(), "{limits:?}");
        }
    }
    assert_eq!(total(&plan, "NEW", 3), 0.0, "not sold before its launch");
    // Levels are 10 to 21 in one region and thrice that in the other.
    let week = total(&plan, "NEW", 6);
    assert!((week - 4.0 * 15.5).abs() < 8.0, "{week}");
    let id = plan.catalog.sku_id("NEW").unwrap();
    assert!(plan.places_of(id).iter().all(|place| place.rate >= 0.0));
    assert_eq!(plan.launches.len(), 1);
    assert_ne!(
        plan.places_of(id).len(),
        0,
        "it has a place to be ordered for"
    );
}

#[test]
fn analogues_make_the_level_and_the_planner_scales_it() {
    let dataset = dataset(0, 4);
    let base = plan(&dataset, &settings()).unwrap();
    let two = launch("NEW", &base, &["I10", "I11"]);
    let planned = |launch: Launch| plan_decided(&dataset, &settings(), &decided(launch)).unwrap();
    // 20 and 21, with a half more in either region, four times.
    let full = planned(two.clone());
    let week = total(&full, "NEW", 8);
    // A growing group has something of a season, which new items borrow: within a tenth.
    assert!((week - (4.0 * 20.5 + 1.0)).abs() < 8.3, "{week}");
    let half = planned(Launch {
        level: 5_000,
        ..two.clone()
    });
    assert!((total(&half, "NEW", 8) / week - 0.5).abs() < 0.01);
    // An old item is an analogue by what it sells, where it sells.
    let old = planned(Launch {
        analogues: vec!["OLD".to_owned()],
        ..two
    });
    assert_eq!(series(&old, "NEW").len(), 1);
    assert!((total(&old, "NEW", 8) - 50.0).abs() < 3.0);
}

#[test]
fn own_sales_take_over_and_an_item_is_new_for_eight_weeks() {
    let base = plan(&dataset(12, 4), &settings()).unwrap();
    assert_eq!(series(&base, "OWN")[0].model, "launch");
    let high = plan(&dataset(40, 4), &settings()).unwrap();
    let (usual, many) = (total(&base, "OWN", 2), total(&high, "OWN", 2));
    // Three weeks of 40 where 15.5 were expected.
    assert!(
        usual < 16.0 && (26.0..40.0).contains(&many),
        "{usual} {many}"
    );
    // Launched eight weeks ago and never sold: nothing is expected any more.
    let late = plan(&dataset(0, -8), &settings()).unwrap();
    assert_eq!(late.launches, []);
    assert_eq!(series(&late, "I11")[0].history_weeks, 35);
    assert_ne!(series(&late, "I11")[0].model, "launch");
}

#[test]
fn goods_that_only_a_decision_knows_are_planned() {
    let mut dataset = dataset(0, 4);
    let base = plan(&dataset, &settings()).unwrap();
    let goods = PlannedGoods {
        name: "Planned".to_owned(),
        category: "c".to_owned(),
        list_price: Some(Amount::from_millionths(20_000_000)),
        unit_cost: None,
    };
    let one = Launch {
        goods: Some(goods),
        ..launch("P-1", &base, &["I03", "I04"])
    };
    let decisions = decided(one);
    let goods = |dataset: &Dataset| dataset.table(TableId::Skus).map(Table::len);
    let before = goods(&dataset);
    put_decisions(&mut dataset, &decisions);
    assert_eq!(goods(&dataset), before.map(|rows| rows + 1));
    put_decisions(&mut dataset, &decisions);
    assert_eq!(
        goods(&dataset),
        before.map(|rows| rows + 1),
        "now it is known"
    );
    let plan = plan_decided(&dataset, &settings(), &decisions).unwrap();
    let id = plan.catalog.sku_id("P-1").unwrap();
    assert_eq!(plan.catalog.sku(id).unwrap().names.en, "Planned");
    assert!((total(&plan, "P-1", 8) - (4.0 * 13.5 + 1.0)).abs() < 4.0);
    assert_ne!(plan.places_of(id).len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is decided about new items, any number of workers in any order make the same plan;
    /// and where nothing is new the code for it changes nothing.
    #[test]
    fn new_items_keep_plans_equal(seed in any::<u64>(), analogues in 0_usize..4) {
        let dataset = random_dataset(seed);
        let base = plan(&dataset, &settings()).unwrap();
        let codes: Vec<&str> = base.catalog.skus.iter().map(|sku| sku.code.as_str()).collect();
        let chosen: Vec<&str> = codes.iter().rev().take(analogues).copied().collect();
        let decisions = decided(launch(codes.first().unwrap(), &base, &chosen));
        let one = plan_decided(&dataset, &settings(), &decisions).unwrap();
        let many = decided_with(&dataset, &settings(), &decisions, 3, Cache::default()).unwrap();
        prop_assert_eq!(plan_hash(&one), plan_hash(&many.plan));
        if !Extras::are_needed(&dataset, &Decisions::default(), 13) {
            let bare = Run::prepare(&dataset, &settings(), &Decisions::default(), (Cache::default(), None));
            let mut bare = bare.unwrap();
            let mut scratch = engine::plan::Scratch::default();
            while !bare.is_done() {
                for job in bare.next_jobs().unwrap() {
                    let output = engine::plan::execute(job.stage, &job.input, &mut scratch).unwrap();
                    bare.accept(job.stage, job.partition, output).unwrap();
                }
            }
            prop_assert_eq!(plan_hash(&bare.finish(&dataset).unwrap().0), plan_hash(&base));
        }
    }
}
