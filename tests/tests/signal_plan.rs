//! Signals in the plan: an accepted one moves forecasts by what it says, anything else leaves no
//! trace in the plan's bytes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::simulated_workers::plan_with;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::Decisions;
use engine::plan::{Cache, Plan, Settings, Streams, output_files, plan, plan_decided};

const WEEKS: usize = 104;

fn day(week: usize) -> Day {
    Day::from_number(20_000 + 7 * i32::try_from(week).unwrap())
}

fn is_hot(week: usize) -> bool {
    week % 9 == 4
}

fn noise(week: usize, of: usize) -> usize {
    (week * 7_919 + of * 104_729) % 13
}

/// Four goods in two categories; those of the first double six weeks after clicks do. The last
/// week is hot.
fn tables() -> Vec<(TableId, String)> {
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    for week in 0..WEEKS {
        for (of, sku) in ["A", "B", "C", "D"].iter().enumerate() {
            let follows = of < 2 && week >= 6 && is_hot(week - 6);
            let units = noise(week, of) + if follows { 80 } else { 40 };
            demand += &format!("{},{sku},web,cn,{units}\n", day(week));
        }
    }
    let mut signals = "date,source,keyword,region,metric,value\n".to_owned();
    for week in 0..WEEKS {
        let clicks = noise(week, 9) + if is_hot(week) { 200 } else { 100 };
        signals += &format!("{},gsc,milk,,clicks,{clicks}\n", day(week));
        signals += &format!("{},gsc,noise,,clicks,{}\n", day(week), 50 + noise(week, 7));
    }
    vec![
        (
            TableId::Skus,
            "sku,category\nA,milk\nB,milk\nC,toys\nD,toys\n".to_owned(),
        ),
        (TableId::Demand, demand),
        (TableId::Signals, signals),
    ]
}

fn dataset(keywords: Option<&str>) -> Dataset {
    let mut tables = tables();
    tables
        .extend(keywords.map(|text| (TableId::Keywords, format!("keyword,sku,category\n{text}"))));
    let read = |(id, text): (TableId, String)| read_csv(id, id.name(), text.as_bytes()).table;
    Dataset::from_tables(tables.into_iter().map(read))
}

fn planned(keywords: Option<&str>) -> Plan {
    plan(&dataset(keywords), &Settings::default()).unwrap()
}

fn bytes(plan: &Plan) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in output_files() {
        (file.write)(plan, &mut bytes).unwrap();
    }
    bytes
}

fn means(plan: &Plan, sku: &str) -> Vec<f64> {
    let id = plan.catalog.sku_id(sku).unwrap();
    let series = plan
        .series
        .iter()
        .find(|series| series.key.sku == id)
        .unwrap();
    series.mean.iter().map(|mean| mean.to_f64()).collect()
}

fn error(plan: &Plan, sku: &str) -> f64 {
    let id = plan.catalog.sku_id(sku).unwrap();
    let series = plan
        .series
        .iter()
        .find(|series| series.key.sku == id)
        .unwrap();
    series.holdout.absolute_error / series.holdout.actual
}

#[test]
fn an_accepted_signal_moves_the_goods_it_leads_and_no_others() {
    let (without, with) = (
        planned(None),
        planned(Some("milk,,milk\nnoise,,milk\nmilk,,toys\n")),
    );
    let (before, after) = (means(&without, "A"), means(&with, "A"));
    assert!(after[5] > 1.5 * before[5], "{before:?} {after:?}");
    assert!(after[4] < 1.1 * before[4], "{before:?} {after:?}");
    assert!(
        (after[25] / before[25] - 1.0).abs() < 0.15,
        "{before:?} {after:?}"
    );
    assert!(error(&with, "A") < 0.7 * error(&without, "A"));
    assert_eq!(means(&without, "C"), means(&with, "C"));
    // A word of one SKU moves it alone.
    let one = planned(Some("milk,B,\n"));
    assert!(means(&one, "B")[5] > 1.5 * means(&without, "B")[5]);
    assert!((means(&one, "A")[5] / before[5] - 1.0).abs() < 0.1);
}

#[test]
fn what_is_not_accepted_leaves_no_trace() {
    let mut tables = tables();
    tables.pop();
    let read = |(id, text): (TableId, String)| read_csv(id, id.name(), text.as_bytes()).table;
    let bare = Dataset::from_tables(tables.into_iter().map(read));
    let bare = plan(&bare, &Settings::default()).unwrap();
    for keywords in [None, Some("noise,,milk\nnoise,C,\n"), Some("milk,,toys\n")] {
        assert_eq!(bytes(&bare), bytes(&planned(keywords)), "{keywords:?}");
    }
}

/// Orders that heat makes larger wait for a person; others do not, nor does anything once the
/// stream is left out.
#[test]
fn what_heat_buys_passes_a_gate() {
    let mut dataset = dataset(Some("milk,,milk\n"));
    let more = [
        (
            TableId::Stock,
            "sku,warehouse,bucket,quantity\nA,W,unrestricted,250\nB,W,unrestricted,250\nC,W,unrestricted,250\n",
        ),
        (
            TableId::Sourcing,
            "supplier,sku,lead_days,review_days,price\nS,A,42,7,1\nS,B,42,7,1\nS,C,42,7,1\n",
        ),
    ];
    for (id, text) in more {
        dataset.insert(read_csv(id, id.name(), text.as_bytes()).table);
    }
    let of = |plan: &Plan, sku: &str| {
        let id = plan.catalog.sku_id(sku).unwrap();
        let place = plan.places.iter().find(|place| place.sku == id).unwrap();
        (place.gate.clone().unwrap().words(), place.signal_units)
    };
    let with = plan(&dataset, &Settings::default()).unwrap();
    let decisions = Decisions {
        streams: Streams {
            has_signals: false,
            ..Streams::default()
        },
        ..Decisions::default()
    };
    let without = plan_decided(&dataset, &Settings::default(), &decisions).unwrap();
    for sku in ["A", "B"] {
        let (words, units) = of(&with, sku);
        assert_eq!(words, "MANUAL:SIGNAL");
        // Over the seven weeks that an order covers, the means differ by that.
        let sums = [&with, &without].map(|plan| means(plan, sku).iter().take(7).sum::<f64>());
        assert!((sums[0] - sums[1] - units).abs() < 0.01, "{sums:?} {units}");
        assert!(units > 20.0);
        assert_eq!(of(&without, sku), ("AUTO".to_owned(), 0.0));
    }
    assert_eq!(of(&with, "C"), ("AUTO".to_owned(), 0.0));
}

#[test]
fn workers_leave_no_trace() {
    let dataset = dataset(Some("milk,,milk\n"));
    let alone = plan(&dataset, &Settings::default()).unwrap();
    for workers in [2, 5] {
        let made = plan_with(&dataset, &Settings::default(), workers, Cache::default()).unwrap();
        assert_eq!(bytes(&alone), bytes(&made.plan));
    }
}
