//! What forecasts are made of: the parts sum to what is planned, and a stream left out takes exactly
//! its part away.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::plan::adjust::{Adjustment, Change, Decisions, Reach};
use engine::plan::view::{Scope, parts_view};
use engine::plan::{Part, Parts, Plan, SeriesForecast, Settings, Streams, plan, plan_decided};
use engine::sample::{Parameters, excerpt};
use engine::units::Qty;
use proptest::prelude::*;

fn of(parts: &Parts, part: Part) -> Qty {
    parts[part as usize]
}

/// Every cell's parts sum to its forecast, and the slices' to the sums of theirs.
fn check_sums(plan: &Plan) {
    let mut whole = vec![Qty::ZERO; plan.settings.horizon_weeks as usize];
    for series in &plan.series {
        let parts = plan.parts(series);
        assert_eq!(parts.len(), series.planned().len());
        for (week, (parts, planned)) in parts.iter().zip(series.planned()).enumerate() {
            assert_eq!(parts.iter().copied().sum::<Qty>(), *planned, "{series:?}");
            whole[week] += *planned;
        }
    }
    let all = parts_view(plan, Scope::default());
    let sums: Vec<Qty> = all.iter().map(|it| it.iter().copied().sum()).collect();
    assert_eq!(sums, whole);
}

/// A change by hand of two weeks of everything.
fn by_hand(plan: &Plan) -> Decisions {
    Decisions {
        adjustments: vec![Adjustment {
            id: 1,
            reach: Reach::default(),
            from: plan.week_start(1),
            to: plan.week_start(3) + -1,
            change: Change::Percent(2_500),
            reason: String::new(),
            author: String::new(),
            made_on: plan.as_of,
            expires: None,
            noted: Vec::new(),
        }],
        ..Decisions::default()
    }
}

fn without(has_events: bool, has_signals: bool) -> Decisions {
    Decisions {
        streams: Streams {
            has_events,
            has_signals,
            ..Streams::default()
        },
        ..Decisions::default()
    }
}

/// What each forecast loses with a stream is its part of it.
fn check_loss(with: &Plan, less: &Plan, part: Part) {
    assert_eq!(with.series.len(), less.series.len());
    let mut lost = Qty::ZERO;
    for (with_one, less_one) in with.series.iter().zip(&less.series) {
        let cells = with_one.mean.iter().zip(&less_one.mean);
        let both = with.parts(with_one).into_iter().zip(less.parts(less_one));
        for ((before, after), (parts, left)) in cells.zip(both) {
            assert_eq!(of(&left, part), Qty::ZERO);
            // A share of a week is rounded once more.
            let ends = !of(&parts, Part::Lifecycle).is_zero();
            let rest = (*before - *after - of(&parts, part)).thousandths().abs();
            assert!(rest <= i64::from(ends), "{rest}: {parts:?} {left:?}");
            lost += *before - *after;
            for other in [Part::Level, Part::Trend, Part::Season] {
                assert_eq!(of(&parts, other), of(&left, other));
            }
        }
    }
    assert!(!lost.is_zero());
}

#[test]
fn the_parts_of_every_cell_of_the_demo_sum_to_what_is_planned() {
    let dataset = excerpt(&Parameters::CALIBRATED, 40).unwrap().dataset;
    let settings = Settings::default();
    let base = plan(&dataset, &settings).unwrap();
    check_sums(&base);
    let moved: Vec<Part> = Part::ALL
        .into_iter()
        .filter(|part| has(&base, *part))
        .collect();
    for part in [Part::Level, Part::Trend, Part::Events, Part::Signals] {
        assert!(moved.contains(&part), "{moved:?}");
    }
    let adjusted = plan_decided(&dataset, &settings, &by_hand(&base)).unwrap();
    check_sums(&adjusted);
    assert!(has(&adjusted, Part::Adjustment));
    let quiet = plan_decided(&dataset, &settings, &without(false, true)).unwrap();
    check_sums(&quiet);
    check_loss(&base, &quiet, Part::Events);
}

fn has(plan: &Plan, part: Part) -> bool {
    let all = parts_view(plan, Scope::default());
    all.iter().any(|parts| !of(parts, part).is_zero())
}

/// Two goods whose demand doubles six weeks after clicks do.
fn led() -> Dataset {
    let day =
        |week: usize| engine::day::Day::from_number(20_000 + 7 * i32::try_from(week).unwrap());
    let noise = |week: usize, of: usize| (week * 7_919 + of * 104_729) % 13;
    let is_hot = |week: usize| week % 9 == 4;
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    let mut signals = "date,source,keyword,region,metric,value\n".to_owned();
    for week in 0..104 {
        for (of, sku) in ["A", "B"].iter().enumerate() {
            let follows = week >= 6 && is_hot(week - 6);
            let units = noise(week, of) + if follows { 80 } else { 40 };
            demand += &format!("{},{sku},web,cn,{units}\n", day(week));
        }
        let clicks = noise(week, 9) + if is_hot(week) { 200 } else { 100 };
        signals += &format!("{},gsc,milk,,clicks,{clicks}\n", day(week));
    }
    let tables = [
        (TableId::Skus, "sku,category\nA,milk\nB,milk\n"),
        (TableId::Keywords, "keyword,sku,category\nmilk,,milk\n"),
        (TableId::Demand, demand.as_str()),
        (TableId::Signals, signals.as_str()),
    ];
    let read = |(id, text): (TableId, &str)| read_csv(id, id.name(), text.as_bytes()).table;
    Dataset::from_tables(tables.into_iter().map(read))
}

#[test]
fn without_signals_a_forecast_loses_what_they_add() {
    let settings = Settings::default();
    let base = plan(&led(), &settings).unwrap();
    check_sums(&base);
    // The last week is hot: six weeks later demand is twice as high.
    let parts = parts_view(&base, Scope::default());
    let grown = of(&parts[5], Part::Signals).to_f64() / of(&parts[5], Part::Level).to_f64();
    assert!((0.6..1.4).contains(&grown), "{parts:?}");
    let less = plan_decided(&led(), &settings, &without(true, false)).unwrap();
    check_sums(&less);
    check_loss(&base, &less, Part::Signals);
}

fn limits(series: &SeriesForecast) -> [&[Qty]; 5] {
    [
        &series.lo95,
        &series.lo80,
        &series.mean,
        &series.hi80,
        &series.hi95,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn parts_sum_on_any_data(seed in any::<u64>(), has_events in any::<bool>(), has_signals in any::<bool>()) {
        let dataset = random_dataset(seed);
        let settings = Settings { horizon_weeks: 13, ..Settings::default() };
        let base = plan(&dataset, &settings).unwrap();
        check_sums(&base);
        let mut decisions = by_hand(&base);
        decisions.streams = Streams { has_events, has_signals, ..Streams::default() };
        let decided = plan_decided(&dataset, &settings, &decisions).unwrap();
        check_sums(&decided);
        // Intervals stay nested around what is left.
        for series in &decided.series {
            for week in 0..13 {
                let ends = limits(series).map(|limits| limits[week]);
                prop_assert!(ends.is_sorted() && ends[0] >= Qty::ZERO, "{ends:?}");
            }
        }
    }
}
