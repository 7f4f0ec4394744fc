//! The ladder from a naive forecast to the one that is planned with, and the card of a series.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use engine::dataset::{Dataset, TableId, read_csv, write_csv};
use engine::day::Day;
use engine::forecast::{DemandClass, MODELS, REFERENCES};
use engine::plan::adjust::{Adjustment, Change, Decisions, Noted, Reach};
use engine::plan::view::{Attribute, Scope, accuracy_by, ladder_by};
use engine::plan::{Ladder, Plan, Replays, Rung, Settings, plan};
use engine::sample::{Parameters, excerpt};
use engine::units::Qty;

fn ladder_of(plan: &Plan, dataset: &Dataset, decisions: &Decisions) -> Ladder {
    replayed(plan, dataset, decisions).ladder(plan, decisions, Scope::default())
}

fn replayed(plan: &Plan, dataset: &Dataset, decisions: &Decisions) -> Replays {
    let mut replays = Replays::new(plan, dataset, decisions).unwrap();
    let (_, steps) = replays.progress();
    for _ in 0..steps {
        assert!(!replays.is_done());
        replays.step();
    }
    assert!(replays.is_done() && replays.is_of(plan, decisions));
    replays
}

fn errors(ladder: &Ladder, rung: Rung) -> f64 {
    ladder.errors[rung as usize]
}

#[test]
fn the_demo_gains_on_every_step_and_the_last_is_the_plans_own_error() {
    let dataset = excerpt(&Parameters::CALIBRATED, 120).unwrap().dataset;
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let ladder = ladder_of(&plan, &dataset, &Decisions::default());
    assert!(ladder.cells > 1_000 && ladder.series > 300, "{ladder:?}");
    // The same weeks as the key figures: the plan's own errors of the last quarter.
    let own = plan.series.iter().flat_map(|series| &series.recent);
    let own: f64 = own.map(|error| error.to_f64().abs()).sum();
    let share = errors(&ladder, Rung::Signals) / own;
    assert!((share - 1.0).abs() < 1e-3, "{share} {ladder:?}");
    assert!(errors(&ladder, Rung::Statistical) < errors(&ladder, Rung::Naive));
    assert!(errors(&ladder, Rung::Events) < errors(&ladder, Rung::Statistical));
    assert_eq!(
        errors(&ladder, Rung::Override),
        errors(&ladder, Rung::Signals)
    );
}

#[test]
fn the_parts_of_a_slice_have_its_ladder_together() {
    let dataset = excerpt(&Parameters::CALIBRATED, 60).unwrap().dataset;
    let (plan, decisions) = (
        plan(&dataset, &Settings::default()).unwrap(),
        Decisions::default(),
    );
    let replays = replayed(&plan, &dataset, &decisions);
    let all = replays.ladder(&plan, &decisions, Scope::default());
    for attribute in [Attribute::Sku, Attribute::Category, Attribute::Channel] {
        let cut = |scope| ladder_by((&plan, &decisions), &replays, scope, attribute);
        let rows = cut(Scope::default());
        let mut sum = Ladder::default();
        for row in &rows {
            sum.merge(&row.sums);
        }
        assert_eq!((sum.series, sum.cells), (all.series, all.cells));
        for (sum, all) in sum.errors.iter().zip(all.errors) {
            assert!((sum / all - 1.0).abs() < 1e-9, "{sum} {all}");
        }
        let errors: Vec<f64> = rows.iter().map(|row| row.sums.errors[4]).collect();
        assert!(errors.len() > 1 && errors.is_sorted_by(|a, b| a >= b));
    }
    // A part is the ladder of its own slice.
    let rows = ladder_by(
        (&plan, &decisions),
        &replays,
        Scope::default(),
        Attribute::Channel,
    );
    let reach = Reach {
        channel: Some(rows[0].code.clone()),
        ..Reach::default()
    };
    let scope = reach.scope(&plan.catalog).unwrap();
    assert_eq!(rows[0].sums, replays.ladder(&plan, &decisions, scope));
}

/// Without events, prices and signals there is nothing to add.
#[test]
fn without_events_their_steps_are_nothing() {
    let full = random_dataset(7);
    let bare = full.tables().filter(|table| table.id() != TableId::Events);
    let mut dataset = Dataset::from_tables(bare.cloned());
    let mut text = Vec::new();
    write_csv(full.table(TableId::Demand).unwrap(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    // Revenue is the last column.
    let rows = text
        .lines()
        .filter_map(|line| Some(line.rsplit_once(',')?.0));
    let rows: Vec<&str> = rows.collect();
    dataset.insert(read_csv(TableId::Demand, "demand.csv", rows.join("\n").as_bytes()).table);
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let ladder = ladder_of(&plan, &dataset, &Decisions::default());
    assert!(ladder.cells > 0);
    for rung in [Rung::Events, Rung::Signals, Rung::Override] {
        let step = errors(&ladder, rung) - errors(&ladder, Rung::Statistical);
        assert!(step.abs() < 1e-6, "{ladder:?}");
    }
}

/// One article at 70 a week that sells 140 in the newest weeks, as the planner said.
#[test]
fn an_override_that_was_right_takes_the_error_away() {
    let as_of = Day::from_number(20_000);
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    for day in 0..7 * 80 {
        let units = if day < 14 { 20 } else { 10 };
        demand += &format!("{},A,web,cn,{units}\n", as_of + -day);
    }
    let table = read_csv(TableId::Demand, "demand.csv", demand.as_bytes()).table;
    let dataset = Dataset::from_tables([table]);
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let decided = |made_on: Day, expires: Option<Day>| Decisions {
        adjustments: vec![Adjustment {
            id: 1,
            reach: Reach::default(),
            from: as_of + -13,
            to: as_of,
            change: Change::Percent(10_000),
            reason: String::new(),
            author: String::new(),
            made_on,
            expires,
            noted: vec![
                Noted {
                    before: Qty::from_units(70),
                    after: Qty::from_units(140)
                };
                2
            ],
        }],
        ..Decisions::default()
    };
    let right = ladder_of(&plan, &dataset, &decided(as_of + -30, None));
    let gained = errors(&right, Rung::Signals) - errors(&right, Rung::Override);
    assert!(gained > 60.0, "{right:?}");
    // Decided when it was too late, or no longer meant.
    for late in [
        decided(as_of, None),
        decided(as_of + -30, Some(as_of + -15)),
    ] {
        let ladder = ladder_of(&plan, &dataset, &late);
        assert_eq!(
            errors(&ladder, Rung::Override),
            errors(&ladder, Rung::Signals)
        );
    }
}

#[test]
fn the_card_of_a_series_says_what_its_forecast_says() {
    let dataset = excerpt(&Parameters::CALIBRATED, 40).unwrap().dataset;
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let (mut classes, mut scaled) = (Vec::new(), 0.0);
    for series in plan.series.iter().step_by(17) {
        let card = plan.inspect(&dataset, &Decisions::default(), series.key);
        let card = card.unwrap();
        let chosen: Vec<_> = card.tried.iter().filter(|it| it.weight > 0.0).collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0].id, series.model);
        let holdout = series.holdout;
        if let Some(wape) = chosen[0].wape {
            assert!((wape - holdout.absolute_error / holdout.actual).abs() < 1e-9);
        }
        let scope = Scope {
            sku: Some(series.key.sku),
            channel: Some(series.key.channel),
            region: Some(series.key.region),
            ..Scope::default()
        };
        let rows = accuracy_by(&plan, scope, Attribute::All);
        let [by_card, by_cut] = [chosen[0].mase, rows[0].mase()].map(Option::unwrap_or_default);
        assert!((by_card - by_cut).abs() < 1e-9, "{by_card} {by_cut}");
        scaled += by_cut;
        let of_textbooks = card.tried.iter().skip(MODELS.len());
        assert!(
            of_textbooks
                .clone()
                .all(|it| it.is_benchmark && it.weight == 0.0)
        );
        assert_eq!(of_textbooks.count(), REFERENCES.len());
        let is_seldom = card.shape.is_none_or(|shape| shape.interval >= 1.32);
        assert_eq!(is_seldom, card.class.is_intermittent());
        classes.push(card.class);
    }
    assert!(scaled > 5.0, "{scaled}");
    assert!(
        classes.contains(&DemandClass::Smooth) && classes.len() > 10,
        "{classes:?}"
    );
}
