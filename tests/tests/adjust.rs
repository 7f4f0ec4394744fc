//! Decisions by hand on whole plans: exact sums, nothing else touched, the same at once as later.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use ballast_tests::simulated_workers::decided_with;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::{Adjustment, Change, Decisions, Noted, Reach, Replacement};
use engine::plan::{
    Cache, Plan, SeriesForecast, Settings, Stage, partition_of, plan, plan_decided, plan_hash,
};
use engine::units::Qty;
use proptest::prelude::*;

fn settings() -> Settings {
    Settings {
        horizon_weeks: 13,
        ..Settings::default()
    }
}

fn reach(category: Option<&str>, sku: Option<&str>) -> Reach {
    Reach {
        category: category.map(str::to_owned),
        sku: sku.map(str::to_owned),
        channel: Some("c0".to_owned()),
        region: None,
    }
}

/// On so many weeks from week `first` of the plan on.
fn adjustment(
    id: u64,
    plan: &Plan,
    reach: Reach,
    weeks: (usize, usize),
    change: Change,
) -> Adjustment {
    Adjustment {
        id,
        reach,
        from: plan.week_start(weeks.0),
        to: plan.week_start(weeks.0 + weeks.1) + -1,
        change,
        reason: "r".to_owned(),
        author: "a".to_owned(),
        made_on: plan.as_of,
        expires: None,
        noted: Vec::new(),
    }
}

fn decided(adjustments: Vec<Adjustment>) -> Decisions {
    Decisions {
        adjustments,
        ..Decisions::default()
    }
}

/// The codes of a series: category, SKU, channel.
fn codes<'a>(plan: &'a Plan, series: &SeriesForecast) -> (&'a str, &'a str, &'a str) {
    let sku = plan.catalog.sku(series.key.sku).unwrap();
    let category = &plan.catalog.categories[sku.category.index()];
    let channel = &plan.catalog.channels[series.key.channel.index()];
    (&category.code, &sku.code, &channel.code)
}

fn total(plan: &Plan, week: usize, is_meant: impl Fn(&(&str, &str, &str)) -> bool) -> Qty {
    let meant = plan.series.iter().filter(|one| is_meant(&codes(plan, one)));
    meant.map(|one| one.planned()[week]).sum()
}

fn channel_of(dataset: &Dataset) -> String {
    dataset
        .table(TableId::Demand)
        .unwrap()
        .texts("channel")
        .unwrap()
        .words[0]
        .clone()
}

fn on_channel(dataset: &Dataset, reach: Reach) -> Reach {
    Reach {
        channel: Some(channel_of(dataset)),
        ..reach
    }
}

#[test]
fn per_cent_on_a_category_and_channel_is_exact_and_touches_nothing_else() {
    for seed in 0..6 {
        let dataset = random_dataset(seed);
        let base = plan(&dataset, &settings()).unwrap();
        let reach = on_channel(&dataset, reach(Some("C1"), None));
        let channel = reach.channel.clone().unwrap();
        let change = Change::Percent(2_000);
        let decisions = decided(vec![adjustment(1, &base, reach, (2, 3), change)]);
        let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
        let is_meant = |codes: &(&str, &str, &str)| codes.0 == "C1" && codes.2 == channel;
        for week in 0..13 {
            let (before, after) = (total(&base, week, is_meant), total(&new, week, is_meant));
            let expected = match (2..5).contains(&week) {
                // 1.2 times, rounded to the thousandth.
                true => (before.thousandths() * 12 + 5) / 10,
                false => before.thousandths(),
            };
            assert_eq!(after.thousandths(), expected, "seed {seed} week {week}");
        }
        for (before, after) in base.series.iter().zip(&new.series) {
            assert_eq!(before.mean, after.mean, "the statistical forecast stays");
            if !is_meant(&codes(&base, before)) {
                assert_eq!(before.planned(), after.planned());
            }
        }
        let effect = &new.effects[0];
        assert_eq!(
            (effect.id, effect.first_week, effect.totals.len()),
            (1, 2, 3)
        );
        let gained = total(&new, 3, is_meant) - total(&base, 3, is_meant);
        assert_eq!(effect.totals[1].after - effect.totals[1].before, gained);
    }
}

#[test]
fn limits_stay_around_an_adjusted_forecast() {
    let dataset = random_dataset(2);
    let base = plan(&dataset, &settings()).unwrap();
    for change in [
        Change::Percent(5_000),
        Change::Percent(-9_000),
        Change::Replace(Qty::from_units(400)),
        Change::Replace(Qty::ZERO),
    ] {
        let all = Reach::default();
        let decisions = decided(vec![adjustment(1, &base, all, (0, 13), change)]);
        let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
        for one in &new.series {
            for (week, planned) in one.planned().iter().enumerate() {
                let limits = [&one.lo95, &one.lo80, &one.hi80, &one.hi95];
                let [lo95, lo80, hi80, hi95] = limits.map(|it| one.limit(it, week));
                let order = [Qty::ZERO, lo95, lo80, *planned, hi80, hi95];
                assert!(order.is_sorted(), "{change:?} {order:?}");
            }
        }
    }
}

#[test]
fn orders_follow_the_adjusted_forecast() {
    let dataset = random_dataset(4);
    let base = plan(&dataset, &settings()).unwrap();
    let decisions = decided(vec![adjustment(
        1,
        &base,
        Reach::default(),
        (0, 13),
        Change::Percent(10_000),
    )]);
    let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
    let ordered = |plan: &Plan| -> f64 { plan.proposals().map(|(_, it)| it.quantity).sum() };
    assert!(ordered(&new) > 1.5 * ordered(&base));
    for (before, after) in base.places.iter().zip(&new.places) {
        for (before, after) in before.weekly_demand.iter().zip(&after.weekly_demand) {
            assert!((after - 2.0 * before).abs() < 0.05, "{before} {after}");
        }
    }
}

#[test]
fn per_cent_follows_the_statistical_forecast_and_a_replacement_stands() {
    let dataset = random_dataset(9);
    let base = plan(&dataset, &settings()).unwrap();
    let thousand = Change::Replace(Qty::from_units(1_000));
    let reach = reach(Some("C2"), None);
    let reach = on_channel(&dataset, reach);
    let decisions = decided(vec![
        adjustment(1, &base, reach.clone(), (0, 1), thousand),
        adjustment(2, &base, reach.clone(), (1, 1), Change::Percent(-5_000)),
        // Later ones count on top.
        adjustment(
            3,
            &base,
            reach.clone(),
            (0, 1),
            Change::Add(Qty::from_units(-100)),
        ),
    ]);
    // Twice the demand.
    let mut text = Vec::new();
    engine::dataset::write_csv(dataset.table(TableId::Demand).unwrap(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let column = head.split(',').position(|name| name == "quantity").unwrap();
    let doubled: String = rows
        .lines()
        .map(|row| {
            let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
            cells[column] = (2.0 * cells[column].parse::<f64>().unwrap()).to_string();
            cells.join(",") + "\n"
        })
        .collect();
    let mut grown = dataset.clone();
    let text = format!("{head}\n{doubled}");
    grown.insert(read_csv(TableId::Demand, "demand.csv", text.as_bytes()).table);
    let channel = reach.channel.unwrap();
    let is_meant = |codes: &(&str, &str, &str)| codes.0 == "C2" && codes.2 == channel;
    for dataset in [dataset, grown] {
        let base = plan(&dataset, &settings()).unwrap();
        let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
        assert_eq!(total(&new, 0, is_meant), Qty::from_units(900));
        let half = total(&base, 1, is_meant).thousandths();
        // Halves round away from zero: up for the half that is left of an odd total, down by it.
        assert!((2 * total(&new, 1, is_meant).thousandths() - half).abs() <= 1);
        assert_eq!(new.effects.len(), 3);
    }
}

#[test]
fn a_slice_without_demand_is_filled_evenly() {
    let dataset = random_dataset(3);
    let base = plan(&dataset, &settings()).unwrap();
    let all = Reach::default();
    let decisions = decided(vec![
        adjustment(1, &base, all.clone(), (0, 1), Change::Replace(Qty::ZERO)),
        adjustment(2, &base, all, (0, 1), Change::Replace(Qty::from_units(7))),
    ]);
    let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
    let weeks: Vec<i64> = new
        .series
        .iter()
        .map(|one| one.planned()[0].thousandths())
        .collect();
    assert_eq!(weeks.iter().sum::<i64>(), 7_000);
    let (least, most) = (weeks.iter().min().unwrap(), weeks.iter().max().unwrap());
    assert!(most - least <= 1);
}

#[test]
fn changes_at_once_are_those_of_a_new_run() {
    let dataset = random_dataset(6);
    let mut shown = plan(&dataset, &settings()).unwrap();
    let untouched = plan_hash(&shown);
    let decisions = decided(vec![
        adjustment(1, &shown, Reach::default(), (1, 4), Change::Percent(1_234)),
        adjustment(
            2,
            &shown,
            reach(Some("C0"), None),
            (2, 2),
            Change::Add(Qty::from_thousandths(777)),
        ),
        adjustment(
            3,
            &shown,
            reach(None, Some("S004")),
            (0, 9),
            Change::Replace(Qty::from_units(3)),
        ),
    ]);
    let run = plan_decided(&dataset, &settings(), &decisions).unwrap();
    shown.adjust(&decisions, &dataset);
    assert_eq!(shown.series, run.series);
    assert_eq!(shown.effects, run.effects);
    shown.adjust(&Decisions::default(), &dataset);
    assert_eq!(plan_hash(&shown), untouched);
}

#[test]
fn only_the_partitions_that_a_decision_touches_decide_anew() {
    let dataset = random_dataset(11);
    let first = decided_with(
        &dataset,
        &settings(),
        &Decisions::default(),
        1,
        Cache::default(),
    )
    .unwrap();
    let sku = "S003";
    let one = adjustment(
        1,
        &first.plan,
        reach(None, Some(sku)),
        (0, 2),
        Change::Percent(500),
    );
    let one = Adjustment {
        reach: on_channel(&dataset, one.reach.clone()),
        ..one
    };
    let new = decided_with(
        &dataset,
        &settings(),
        &decided(vec![one.clone()]),
        1,
        first.cache,
    )
    .unwrap();
    let home = partition_of(sku);
    let computed: Vec<_> = new.outputs.keys().copied().collect();
    assert_eq!(computed, [(Stage::Expect, home), (Stage::Decide, home)]);
    // Another figure for the same slice asks for no forecasts again.
    let change = Change::Percent(900);
    let other = Adjustment { change, ..one };
    let new = decided_with(&dataset, &settings(), &decided(vec![other]), 1, new.cache).unwrap();
    let computed: Vec<_> = new.outputs.keys().copied().collect();
    assert_eq!(computed, [(Stage::Decide, home)]);
}

#[test]
fn a_decision_is_scored_when_its_weeks_are_history() {
    let demand = |weeks: i32, units: i32| {
        let rows = (0..weeks * 7).map(|day| {
            let date = Day::from_number(20_000 + day);
            let units = if day < 70 * 7 { 10 } else { units };
            format!("{date},A,web,cn,{units}\n")
        });
        let text = format!(
            "date,sku,channel,region,quantity\n{}",
            rows.collect::<String>()
        );
        let table = read_csv(TableId::Demand, "demand.csv", text.as_bytes()).table;
        Dataset::from_tables([table])
    };
    let base = plan(&demand(70, 10), &settings()).unwrap();
    let noted = |after| Noted {
        before: Qty::from_units(70),
        after: Qty::from_units(after),
    };
    let one = Adjustment {
        noted: vec![noted(100), noted(100)],
        ..adjustment(
            1,
            &base,
            Reach::default(),
            (0, 2),
            Change::Replace(Qty::from_units(100)),
        )
    };
    let decisions = decided(vec![one.clone()]);
    let scores = |weeks, units, decisions: &Decisions| {
        plan_decided(&demand(weeks, units), &settings(), decisions)
            .unwrap()
            .scores
    };
    assert_eq!(scores(70, 13, &decisions), []);
    // A week of 91: off by 21 before, by 9 after.
    let score = scores(71, 13, &decisions)[0];
    assert_eq!((score.weeks, score.helped), (1, Qty::from_units(12)));
    assert_eq!(score.actual, Qty::from_units(91));
    // Two weeks of 70: nothing was off before.
    assert_eq!(scores(73, 10, &decisions)[0].helped, Qty::from_units(-60));
    // What ran out before its second week began is judged by the first.
    let expires = Some(base.as_of);
    let expired = decided(vec![Adjustment { expires, ..one }]);
    assert_eq!(scores(73, 13, &expired)[0].weeks, 1);
}

#[test]
fn a_replaced_week_changes_the_forecast_and_not_the_history() {
    let units = |week: i32| if week == 60 { 900 } else { 70 };
    let rows = (0..78).map(|week| {
        format!(
            "{},A,web,cn,{}\n",
            Day::from_number(20_003 + 7 * week),
            units(week)
        )
    });
    let text = format!(
        "date,sku,channel,region,quantity\n{}",
        rows.collect::<String>()
    );
    let company = format!(
        "key,value\nas_of,{}\n",
        Day::from_number(20_000 + 7 * 78 - 1)
    );
    let dataset = Dataset::from_tables([
        read_csv(TableId::Demand, "demand.csv", text.as_bytes()).table,
        read_csv(TableId::Company, "company.csv", company.as_bytes()).table,
    ]);
    let base = plan(&dataset, &settings()).unwrap();
    let [found] = base.outliers.as_slice() else {
        panic!("{:?}", base.outliers);
    };
    assert_eq!(found.week, Day::from_number(20_000 + 7 * 60));
    assert_eq!(
        (found.actual, found.typical),
        (Qty::from_units(900), Qty::from_units(70))
    );
    let decisions = Decisions {
        replacements: vec![Replacement {
            sku: "A".to_owned(),
            channel: "web".to_owned(),
            region: "cn".to_owned(),
            week: found.week,
            original: found.actual,
            value: found.typical,
            reason: String::new(),
            author: String::new(),
            made_on: base.as_of,
        }],
        ..Decisions::default()
    };
    let new = plan_decided(&dataset, &settings(), &decisions).unwrap();
    assert_eq!(new.dataset_hash, base.dataset_hash);
    assert!(new.outliers.is_empty());
    let width = |plan: &Plan| (plan.series[0].hi80[0] - plan.series[0].lo80[0]).to_f64();
    assert!(
        width(&new) < width(&base),
        "{} {}",
        width(&new),
        width(&base)
    );
    assert!((new.series[0].mean[0].to_f64() - 70.0).abs() < 0.01);
}

/// A sells 70 a week until day `end` of the plan; B, its successor, sells since `weeks` weeks.
fn linked(end: i32, weeks: i32) -> Dataset {
    let as_of = Day::from_number(20_000 + 7 * 60 - 1);
    let mut text = "date,sku,channel,region,quantity\n".to_owned();
    for week in 0..60 {
        let date = Day::from_number(20_003 + 7 * week);
        if date <= as_of + end {
            text += &format!("{date},A,web,cn,70\n");
        }
        if week >= 60 - weeks {
            text += &format!("{date},B,web,cn,35\n");
        }
    }
    let skus = format!(
        "sku,category,end_date,successor\nA,c,{},B\nB,c,,\n",
        as_of + end
    );
    let company = format!("key,value\nas_of,{as_of}\n");
    Dataset::from_tables([
        read_csv(TableId::Demand, "demand.csv", text.as_bytes()).table,
        read_csv(TableId::Skus, "skus.csv", skus.as_bytes()).table,
        read_csv(TableId::Company, "company.csv", company.as_bytes()).table,
    ])
}

fn weeks_of(plan: &Plan, sku: &str) -> Vec<i64> {
    let id = plan.catalog.sku_id(sku).unwrap();
    let mut series = plan.series.iter().filter(|one| one.key.sku == id);
    let weeks = series.next().map_or(&[][..], |one| one.planned());
    weeks
        .iter()
        .map(|week| (week.to_f64() + 0.5).floor() as i64)
        .collect()
}

#[test]
fn demand_after_the_last_day_goes_to_the_successor() {
    // Ends with the third week; the successor is not sold yet.
    let new = plan(&linked(21, 0), &settings()).unwrap();
    let a = [70, 70, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(weeks_of(&new, "A"), a);
    assert_eq!(weeks_of(&new, "B"), a.map(|week| 70 - week));
    let b = new.catalog.sku_id("B").unwrap();
    let place = new.places.iter().find(|place| place.sku == b).unwrap();
    assert!(
        (place.weekly_demand[3] - 70.0).abs() < 0.1,
        "{:?}",
        place.weekly_demand
    );
    // Sold for a while already: its own forecast and what comes over.
    let new = plan(&linked(21, 30), &settings()).unwrap();
    assert_eq!(weeks_of(&new, "A"), a);
    assert_eq!(weeks_of(&new, "B")[2..4], [35, 105]);
}

#[test]
fn a_successor_learns_from_its_predecessor() {
    // A ended four weeks ago, and B is sold since.
    let new = plan(&linked(-28, 4), &settings()).unwrap();
    let b = new.catalog.sku_id("B").unwrap();
    let series = new.series.iter().find(|one| one.key.sku == b).unwrap();
    assert_eq!(series.history_weeks, 60);
    assert_eq!(weeks_of(&new, "A"), [0; 13]);
    // Nothing moves: its own weeks hold it.
    assert!(weeks_of(&new, "B")[0] < 70);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn workers_leave_no_trace_of_decisions(seed in 0..10_000_u64, percent in -9_000_i64..20_000) {
        let dataset = random_dataset(seed);
        let base = plan(&dataset, &settings()).unwrap();
        let decisions = decided(vec![
            adjustment(1, &base, reach(Some("C1"), None), (0, 5), Change::Percent(percent)),
            adjustment(2, &base, Reach::default(), (3, 4), Change::Add(Qty::from_thousandths(percent))),
        ]);
        let alone = plan_decided(&dataset, &settings(), &decisions).unwrap();
        for workers in [2, 5] {
            let made = decided_with(&dataset, &settings(), &decisions, workers, Cache::default());
            let made = made.unwrap().plan;
            prop_assert_eq!(&made.series, &alone.series);
            prop_assert_eq!(plan_hash(&made), plan_hash(&alone));
        }
    }
}
