//! The plan over its partitions: order, workers and cache leave no trace in its bytes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::random_dataset::random_dataset;
use ballast_tests::simulated_workers::plan_with;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::plan::{
    Cache, PARTITIONS, Plan, Run, Scratch, Settings, Stage, execute, output_files, partition_of,
    plan, plan_hash,
};
use proptest::prelude::*;

fn settings() -> Settings {
    Settings {
        horizon_weeks: 13,
        ..Settings::default()
    }
}

fn run_with(dataset: &Dataset, workers: usize, cache: Cache) -> (Plan, Cache, usize) {
    let made = plan_with(dataset, &settings(), workers, cache).unwrap();
    (made.plan, made.cache, made.reused)
}

fn bytes(plan: &Plan) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in output_files() {
        (file.write)(plan, &mut bytes).unwrap();
    }
    bytes
}

#[test]
fn one_two_and_five_workers_give_equal_bytes() {
    for seed in 0..12 {
        let dataset = random_dataset(seed);
        let alone = plan(&dataset, &settings()).unwrap();
        for workers in [1, 2, 5] {
            let (other, _, _) = run_with(&dataset, workers, Cache::default());
            assert_eq!(
                bytes(&alone),
                bytes(&other),
                "seed {seed}, {workers} workers"
            );
            assert_eq!(plan_hash(&alone), plan_hash(&other));
            // With their trends, which no file holds.
            assert_eq!(alone.kpis, other.kpis);
        }
    }
}

#[test]
fn an_unchanged_dataset_is_answered_from_the_cache() {
    let dataset = random_dataset(7);
    let (first, cache, reused) = run_with(&dataset, 2, Cache::default());
    assert_eq!(reused, 0);
    let again = plan_with(&dataset, &settings(), 2, cache).unwrap();
    assert!(again.jobs >= 3 * PARTITIONS && again.reused == again.jobs);
    let second = again.plan;
    assert_eq!(bytes(&first), bytes(&second));
}

#[test]
fn a_change_of_stock_recomputes_only_its_partition() {
    let dataset = random_dataset(11);
    let (_, cache, _) = run_with(&dataset, 1, Cache::default());
    let mut changed = dataset.clone();
    let mut text = Vec::new();
    engine::dataset::write_csv(changed.table(TableId::Stock).unwrap(), &mut text).unwrap();
    let text = String::from_utf8(text)
        .unwrap()
        .replacen(",7.25", ",7.5", 1);
    let first = text
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .next()
        .unwrap()
        .to_owned();
    // The cost of a layer is not read by the plan of a place: make it a quantity.
    let line = text.lines().nth(1).unwrap().to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    let grown = line.replacen(&format!(",{},", cells[3]), ",9999,", 1);
    let text = text.replacen(&line, &grown, 1);
    changed.insert(read_csv(TableId::Stock, "stock.csv", text.as_bytes()).table);
    let mut run = Run::new(&changed, &settings(), cache).unwrap();
    let jobs = run.next_jobs().unwrap();
    let touched: Vec<_> = jobs.iter().map(|job| (job.stage, job.partition)).collect();
    assert_eq!(touched, [(Stage::Gather, partition_of(&first))]);
}

#[test]
fn outputs_nobody_asked_for_are_refused() {
    let mut run = Run::new(&random_dataset(1), &settings(), Cache::default()).unwrap();
    let job = run.next_jobs().unwrap().swap_remove(0);
    let output = execute(job.stage, &job.input, &mut Scratch::default()).unwrap();
    run.accept(job.stage, job.partition, output.clone())
        .unwrap();
    assert!(
        run.accept(job.stage, job.partition, output.clone())
            .is_err()
    );
    assert!(run.accept(Stage::Decide, 3, output).is_err());
    assert!(!run.is_done());
}

#[test]
fn proposals_lift_every_position_to_its_level() {
    let result = plan(&random_dataset(3), &settings()).unwrap();
    assert!(result.proposals().count() > 5);
    for (_, requirement) in result.proposals() {
        let position = requirement.position.unwrap();
        let reached = position + requirement.quantity;
        assert!(reached >= requirement.level - 1e-6, "{requirement:?}");
    }
}

#[test]
fn intervals_are_nested_and_never_below_zero() {
    for series in plan(&random_dataset(5), &settings()).unwrap().series {
        assert_eq!(series.mean.len(), 13);
        for week in 0..13 {
            let limits = [
                &series.lo95,
                &series.lo80,
                &series.mean,
                &series.hi80,
                &series.hi95,
            ]
            .map(|v| v[week]);
            assert!(
                limits.is_sorted() && limits[0].thousandths() >= 0,
                "{limits:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_order_of_rows_in_the_files_changes_nothing(seed in 0..10_000_u64) {
        let dataset = random_dataset(seed);
        let mut shuffled = Dataset::default();
        for table in dataset.tables() {
            let mut text = Vec::new();
            engine::dataset::write_csv(table, &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            let (header, body) = text.split_once('\n').unwrap();
            let mut lines: Vec<&str> = body.lines().collect();
            lines.reverse();
            let text = format!("{header}\n{}\n", lines.join("\n"));
            shuffled.insert(read_csv(table.id(), "t.csv", text.as_bytes()).table);
        }
        prop_assert_eq!(dataset.hash(), shuffled.hash());
        let hash = |dataset: &Dataset| plan_hash(&plan(dataset, &settings()).unwrap());
        prop_assert_eq!(hash(&dataset), hash(&shuffled));
    }
}
