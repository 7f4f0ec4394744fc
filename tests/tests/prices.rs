//! Prices in plans: a planned cut raises the weeks it means and nothing else, prices that say nothing
//! change nothing, and cuts that nobody planned explain the errors they made.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::plan_files::bytes;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::{Decisions, PriceChange, Reach};
use engine::plan::view::{PricedGoods, Scope, price_rows};
use engine::plan::{Attribution, Cause, Part, Plan, Settings, Streams, plan, plan_decided};
use engine::price::PriceLevel;
use engine::units::Qty;

const LAST: i32 = 20_279;
const DAYS: i32 = 7 * 90;

/// Whether goods are cut, so many days before the last.
fn is_cut(sku: usize, ago: i32) -> bool {
    (ago + 11 * i32::try_from(sku).unwrap()) % 63 < 6
}

/// Six goods of two categories that sell 1.5 times as much at a price a fifth lower: an elasticity
/// of ln 1.5 / ln 0.8 = -1.817. With `price` in the column `price`, `revenue` in that, or not at all.
fn dataset(column: &str, price: impl Fn(bool) -> i32) -> Dataset {
    let mut demand = format!("date,sku,channel,region,quantity{column}\n");
    for ago in (0..DAYS).rev() {
        for sku in 0..6 {
            let mood = [0, 1, -1, 2, -2, 0, 1, -1][usize::try_from(ago * 5 + 3).unwrap() % 8];
            let cut = is_cut(sku, ago);
            let units = if cut { 30 + mood } else { 20 + mood };
            let day = Day::from_number(LAST - ago);
            demand += &format!("{day},A{sku},web,r1,{units}");
            match column {
                ",price" => demand += &format!(",{}\n", price(cut)),
                ",revenue" => demand += &format!(",{}\n", price(cut) * units),
                _ => demand += "\n",
            }
        }
    }
    let skus = (0..6).map(|sku| format!("A{sku},{}\n", ["milk", "tea"][sku % 2]));
    let texts = [
        (TableId::Demand, demand),
        (
            TableId::Skus,
            format!("sku,category\n{}", skus.collect::<String>()),
        ),
        (
            TableId::Company,
            format!("key,value\nas_of,{}\n", Day::from_number(LAST)),
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

fn priced() -> Dataset {
    dataset(",price", |is_cut| if is_cut { 80 } else { 100 })
}

/// A cut of a fifth on milk over the second and third week.
fn planned(plan: &Plan, percent: i64) -> Decisions {
    let change = PriceChange {
        id: 1,
        reach: Reach {
            category: Some("milk".to_owned()),
            ..Reach::default()
        },
        from: plan.week_start(1),
        to: plan.week_start(3) + -1,
        percent,
        reason: String::new(),
        author: String::new(),
        made_on: plan.as_of,
    };
    Decisions {
        prices: vec![change],
        ..Decisions::default()
    }
}

fn decided(dataset: &Dataset, decisions: &Decisions) -> Plan {
    plan_decided(dataset, &Settings::default(), decisions).unwrap()
}

#[test]
fn a_planned_cut_raises_its_weeks_by_its_bar_and_is_taken_back() {
    let dataset = priced();
    let settings = Settings::default();
    let base = plan(&dataset, &settings).unwrap();
    let cut = decided(&dataset, &planned(&base, -2_000));
    for (before, after) in base.series.iter().zip(&cut.series) {
        let sku = cut.catalog.sku(after.key.sku).unwrap();
        let is_milk = cut.catalog.categories[sku.category.index()].code == "milk";
        for (week, parts) in cut.parts(after).iter().enumerate() {
            let raised = after.mean[week] - before.mean[week];
            assert_eq!(parts[Part::Price as usize], raised, "{week}");
            assert_eq!(parts.iter().copied().sum::<Qty>(), after.mean[week]);
            if is_milk && (1..3).contains(&week) {
                let factor = after.mean[week].to_f64() / before.mean[week].to_f64();
                assert!((factor - 1.5).abs() < 0.06, "{factor}");
            } else {
                assert_eq!(raised, Qty::ZERO, "{week}");
            }
        }
    }
    let back = decided(&dataset, &Decisions::default());
    assert_eq!(bytes(&back), bytes(&base));
    // The stream left out takes exactly the bar away.
    let mut without = planned(&base, -2_000);
    without.streams = Streams {
        has_prices: false,
        ..Streams::default()
    };
    let without = decided(&dataset, &without);
    for (left, base) in without.series.iter().zip(&base.series) {
        assert_eq!(left.mean, base.mean);
    }
}

#[test]
fn a_cut_of_three_days_counts_for_them() {
    let dataset = priced();
    let base = plan(&dataset, &Settings::default()).unwrap();
    let mut decisions = planned(&base, -2_000);
    decisions.prices[0].to = decisions.prices[0].from + 2;
    let cut = decided(&dataset, &decisions);
    // 1 + 3 / 7 x 0.5, of days that are alike.
    let factor = cut.series[0].mean[1].to_f64() / base.series[0].mean[1].to_f64();
    assert!((factor - (1.0 + 1.5 / 7.0)).abs() < 0.03, "{factor}");
    assert_eq!(cut.series[0].mean[2], base.series[0].mean[2]);
}

#[test]
fn proposals_follow_a_planned_cut() {
    let dataset = priced();
    let base = plan(&dataset, &Settings::default()).unwrap();
    let cut = decided(&dataset, &planned(&base, -2_000));
    let demand = |plan: &Plan, week: usize| plan.places[0].weekly_demand[week];
    assert!(demand(&cut, 1) > 1.4 * demand(&base, 1));
    assert_eq!(demand(&cut, 5), demand(&base, 5));
}

#[test]
fn prices_that_say_nothing_change_nothing() {
    let none = plan(&dataset("", |_| 0), &Settings::default()).unwrap();
    let constant = plan(&dataset(",price", |_| 100), &Settings::default()).unwrap();
    assert!(!none.prices.are_given && constant.prices.are_given);
    assert_eq!(bytes(&none), bytes(&constant));
    // A cut whose effect nobody knows has none.
    let cut = decided(&dataset(",price", |_| 100), &planned(&none, -2_000));
    assert_eq!(bytes(&cut), bytes(&none));
    assert_eq!(cut.prices.book.of_all().level, PriceLevel::Nothing);
}

#[test]
fn prices_and_revenue_say_the_same() {
    let price = plan(&priced(), &Settings::default()).unwrap();
    let revenue = dataset(",revenue", |is_cut| if is_cut { 80 } else { 100 });
    let revenue = plan(&revenue, &Settings::default()).unwrap();
    assert_eq!(bytes(&price), bytes(&revenue));
    let rows = price_rows(&price, Scope::default());
    assert_eq!(rows.len(), 1 + 2 + 6);
    for row in &rows {
        let learnt = row.learnt;
        assert!((learnt.elasticity + 1.817).abs() < 0.1, "{row:?}");
        assert!(
            learnt.interval80.low < -1.817 && learnt.interval80.high > -1.817,
            "{row:?}"
        );
        assert!((learnt.change_max - 0.2).abs() < 1e-6, "{row:?}");
    }
    // Ten cuts of each of three goods in a category.
    assert_eq!(
        rows[0].learnt.episodes,
        rows[1].learnt.episodes + rows[2].learnt.episodes
    );
    assert_eq!(
        rows[3].goods,
        PricedGoods::Sku(price.catalog.sku_id("A0").unwrap())
    );
    assert!(rows[3].learnt.episodes >= 9, "{rows:?}");
    let gained: f64 = rows[3..].iter().map(|row| row.gained).sum();
    assert!((gained / rows[0].gained - 1.0).abs() < 1e-9);
}

#[test]
fn cuts_that_nobody_planned_explain_their_errors() {
    let dataset = priced();
    let decisions = Decisions::default();
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let mut attribution = Attribution::new(&plan, &dataset, &decisions).unwrap();
    while !attribution.is_done() {
        attribution.step();
    }
    let (mut price, mut error) = (0.0, 0.0);
    for (_, shares) in attribution.inside(&plan, Scope::default()) {
        price += shares.of(Cause::Price);
        error += shares.error;
    }
    assert!(price > 0.8 * error, "{price} of {error}");
}

/// A past that was planned four weeks before is no error.
#[test]
fn a_cut_that_was_planned_was_known() {
    let dataset = priced();
    let settings = Settings::default();
    let base = plan(&dataset, &settings).unwrap();
    let mut decisions = Decisions::default();
    let cuts = (0..DAYS).filter(|ago| is_cut(0, *ago));
    for ago in cuts {
        let day = Day::from_number(LAST - ago);
        decisions.prices.push(PriceChange {
            id: 1,
            reach: Reach {
                sku: Some("A0".to_owned()),
                ..Reach::default()
            },
            from: day,
            to: day,
            percent: -2_000,
            reason: String::new(),
            author: String::new(),
            made_on: day + -60,
        });
    }
    let known = decided(&dataset, &decisions);
    let error = |plan: &Plan| plan.series[0].holdout.absolute_error;
    assert!(
        error(&known) < 0.5 * error(&base),
        "{} {}",
        error(&known),
        error(&base)
    );
}
