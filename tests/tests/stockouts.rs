//! Stock-outs uncensored: figures by hand, and what demo company A planted.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::{Decisions, Replacement, Stockouts};
use engine::plan::{HiddenWeek, Plan, Settings, plan_decided};
use engine::sample::{Parameters, excerpt};
use engine::units::Qty;

const LAST: i32 = 20_279;
const WEEKS: i32 = 60;

fn day(ago: i32) -> Day {
    Day::from_number(LAST - ago)
}

/// Ten units a day, none from 19 to 6 days ago, when the shelf was empty at the end of each day.
fn dataset(demand_of_gap: bool) -> Dataset {
    let gap = 6..=19;
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    let mut daily = "date,sku,warehouse,available\n".to_owned();
    for ago in (0..7 * WEEKS).rev() {
        let is_empty = gap.contains(&ago);
        if !is_empty || demand_of_gap {
            demand += &format!("{},A,web,r1,10\n", day(ago));
        }
        daily += &format!("{},A,W1,{}\n", day(ago), if is_empty { 0 } else { 40 });
    }
    let texts = [
        (TableId::Demand, demand),
        (TableId::StockDaily, daily),
        (TableId::Company, format!("key,value\nas_of,{}\n", day(0))),
        (
            TableId::Warehouses,
            "warehouse,region,priority\nW1,r1,1\n".to_owned(),
        ),
        (
            TableId::Serves,
            "warehouse,region,channel,days\nW1,r1,web,1\n".to_owned(),
        ),
    ];
    let mut dataset = Dataset::default();
    for (id, text) in texts {
        let read = read_csv(id, "t.csv", text.as_bytes());
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        dataset.insert(read.table);
    }
    dataset
}

fn decided(dataset: &Dataset, stockouts: Stockouts) -> Plan {
    let decisions = Decisions {
        stockouts,
        ..Decisions::default()
    };
    plan_decided(dataset, &Settings::default(), &decisions).unwrap()
}

fn units(week: &HiddenWeek) -> (i32, f64, f64) {
    let ago = (LAST + 1 - week.week.number()) / 7;
    (ago, week.sold.to_f64(), week.demand().to_f64())
}

#[test]
fn two_weeks_without_goods_are_taken_as_their_neighbours() {
    let dataset = dataset(false);
    let with = decided(&dataset, Stockouts::Uncensored);
    let series = &with.series[0];
    // The newest week misses its first day, the next one all seven, the one before six.
    let found: Vec<_> = series.hidden.iter().map(units).collect();
    assert_eq!(found.len(), 3);
    let expected = [(3, 10.0, 70.0), (2, 0.0, 70.0), (1, 60.0, 70.0)];
    for ((ago, sold, demand), expected) in found.iter().zip(expected) {
        assert_eq!((*ago, *sold), (expected.0, expected.1));
        // Half of the day on which the last piece went counts as open.
        assert!((demand - expected.2).abs() <= 6.0, "{found:?}");
    }
    let (low, high) = series.hidden[1].limits();
    assert!(low > Qty::ZERO && low < series.hidden[1].demand() && high > low);

    let without = decided(&dataset, Stockouts::AsSold);
    assert!(without.series[0].hidden.is_empty());
    let rate = |plan: &Plan| plan.series[0].rate();
    assert!((rate(&with) - 70.0).abs() < 3.0, "{}", rate(&with));
    assert!(rate(&without) < 60.0, "{}", rate(&without));
    // Weeks that nobody could buy in are no error of the forecast.
    assert!(with.series[0].holdout.absolute_error < 10.0);
    assert!(without.series[0].holdout.absolute_error > 60.0);
}

#[test]
fn goods_that_sell_without_stock_are_left_alone() {
    let plan = decided(&dataset(true), Stockouts::Uncensored);
    assert_eq!(plan.series[0].hidden, []);
}

#[test]
fn a_week_decided_by_hand_is_left_alone() {
    // Also one decided when weeks ended on another day.
    for start in [11, 13, 15] {
        left_alone(day(start));
    }
}

fn left_alone(week: Day) {
    let replacement = Replacement {
        sku: "A".to_owned(),
        channel: "web".to_owned(),
        region: "r1".to_owned(),
        week,
        original: Qty::ZERO,
        value: Qty::from_units(25),
        reason: String::new(),
        author: String::new(),
        made_on: day(0),
    };
    let decisions = Decisions {
        replacements: vec![replacement],
        ..Decisions::default()
    };
    let plan = plan_decided(&dataset(false), &Settings::default(), &decisions).unwrap();
    let ago: Vec<i32> = plan.series[0]
        .hidden
        .iter()
        .map(|week| units(week).0)
        .collect();
    assert_eq!(ago, [3, 1]);
}

/// Most of what customers of demo company A did not find is found again, and no more than that.
#[test]
fn what_a_company_lost_is_found() {
    let demo = excerpt(&Parameters::CALIBRATED, 300).unwrap();
    let whole = decided(&demo.dataset, Stockouts::Uncensored);
    let hidden = whole.series.iter().flat_map(|series| &series.hidden);
    let hidden: f64 = hidden.map(|week| week.hidden.to_f64()).sum();
    #[expect(clippy::cast_precision_loss, reason = "units of a demo")]
    let lost = demo.truth.lost_units_daily as f64;
    assert!((0.7..1.0).contains(&(hidden / lost)), "{hidden} of {lost}");
}
