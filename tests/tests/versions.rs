//! Earlier versions of a plan: equal to the plan of their date, and blind to what came later.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::Decisions;
use engine::plan::view::Scope;
use engine::plan::{Plan, Settings, Versions, plan};
use engine::sample::{Parameters, excerpt};
use engine::units::{Amount, Qty};

fn version(dataset: &Dataset, as_of: Day) -> Plan {
    let settings = Settings {
        as_of: Some(as_of),
        ..Settings::default()
    };
    plan(dataset, &settings).unwrap()
}

#[test]
fn forecasts_by_lag_are_those_of_the_plans_of_their_dates() {
    let dataset = excerpt(&Parameters::CALIBRATED, 30).unwrap().dataset;
    let now = plan(&dataset, &Settings::default()).unwrap();
    let decisions = Decisions::default();
    let mut versions = Versions::new(&now, &decisions);
    // The last week that is history.
    let week = now.as_of + -6;
    let dates = Versions::dates(week, 4);
    assert_eq!(dates[0], now.as_of + -28);
    while !versions.has_all(&dates) {
        versions.step(&dataset, &dates).unwrap();
    }
    assert_eq!(versions.progress(&dates).0, versions.progress(&dates).1);
    for (place, date) in (0..4).zip(&dates) {
        let then = version(&dataset, *date);
        assert_eq!(then.as_of, *date);
        let lag = 4 - place;
        assert_eq!(then.week_start(lag - 1), week);
        let sum: Qty = then.series.iter().map(|series| series.mean[lag - 1]).sum();
        let seen = versions.forecast(&now, Scope::default(), (*date, week));
        assert_eq!(seen, Some(sum));
        let scope = Scope {
            channel: Some(now.series[0].key.channel),
            ..Scope::default()
        };
        let part = versions.forecast(&now, scope, (*date, week)).unwrap();
        assert!(part > Qty::ZERO && part < sum);
    }
    assert!(versions.is_of(&now, &decisions));
}

/// What came after a date changes nothing of its plan's forecasts.
#[test]
fn a_version_does_not_see_what_came_later() {
    for seed in [3, 11] {
        let full = random_dataset(seed);
        let now = full.as_of().unwrap();
        let then = now + -70;
        let table = full.table(TableId::Demand).unwrap();
        let mut early = "date,sku,channel,region,quantity,revenue\n".to_owned();
        for row in 0..table.len() {
            let day = Day::from_number(table.days("date")[row]);
            if day <= then {
                let text = |column| table.text(column, row).unwrap_or_default();
                let units = Qty::from_thousandths(table.numbers("quantity")[row]);
                let [sku, channel, region] = ["sku", "channel", "region"].map(text);
                let revenue = Amount::from_millionths(table.numbers("revenue")[row]);
                early += &format!("{day},{sku},{channel},{region},{units},{revenue}\n");
            }
        }
        let early = read_csv(TableId::Demand, "demand.csv", early.as_bytes()).table;
        let others = full.tables().filter(|table| table.id() != TableId::Demand);
        let early = Dataset::from_tables(others.cloned().chain([early]));
        let (of_full, of_early) = (version(&full, then), version(&early, then));
        let codes = |plan: &Plan| -> Vec<(String, Vec<Qty>)> {
            let code = |series: &engine::plan::SeriesForecast| {
                let sku = &plan.catalog.sku(series.key.sku).unwrap().code;
                let channel = &plan.catalog.channels[series.key.channel.index()].code;
                let region = &plan.catalog.regions[series.key.region.index()].code;
                (format!("{sku} {channel} {region}"), series.mean.clone())
            };
            let mut codes: Vec<_> = plan.series.iter().map(code).collect();
            codes.sort();
            codes
        };
        assert_eq!(codes(&of_full), codes(&of_early));
        assert!(!of_early.series.is_empty());
    }
}
