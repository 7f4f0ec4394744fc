//! What the forecast of a whole panel promises, whatever the panel.

use engine::forecast::{
    Config, Forecasts, Frequency, GroupPartial, Kinship, Member, Panel, PoolPartial, finish, run,
    scan,
};
use proptest::prelude::*;

fn panel(season: usize, series: &[Vec<f64>]) -> Panel {
    let mut panel = Panel::new(Frequency::Weekly, season);
    for values in series {
        panel.push(values.iter().copied()).expect("a small panel");
    }
    panel
}

fn config(horizon: usize) -> Config {
    Config {
        horizon,
        lag: 1,
        levels: vec![0.8, 0.95],
    }
}

fn check_sane(forecasts: &Forecasts, series: usize, horizon: usize) {
    assert_eq!(forecasts.models.len(), series);
    assert_eq!(forecasts.mean.len(), series * horizon);
    assert_eq!(forecasts.total_sigma.len(), series * horizon);
    let [inner, outer] = forecasts.bands.as_slice() else {
        panic!("two bands")
    };
    for place in 0..series * horizon {
        let chain = [
            0.0,
            outer.low[place],
            inner.low[place],
            forecasts.mean[place],
            inner.high[place],
            outer.high[place],
            f64::MAX,
        ];
        assert!(chain.windows(2).all(|pair| pair[0] <= pair[1]), "{chain:?}");
    }
    for sigmas in forecasts.total_sigma.chunks(horizon) {
        assert!(
            sigmas.windows(2).all(|pair| pair[0] <= pair[1]),
            "{sigmas:?}"
        );
        assert!(
            sigmas
                .iter()
                .all(|sigma| sigma.is_finite() && *sigma >= 0.0)
        );
    }
}

#[test]
fn the_shortest_histories_are_forecast_too() {
    let series = vec![
        vec![],
        vec![3.0],
        vec![0.0; 30],
        vec![5.0, 6.0],
        vec![f64::NAN; 8],
        vec![0.0],
        vec![10.0, 2.0],
    ];
    let forecasts = run(&panel(52, &series), &config(20));
    check_sane(&forecasts, series.len(), 20);
    let means: Vec<f64> = forecasts.mean.chunks(20).map(|path| path[0]).collect();
    for (place, mean) in [(0, 0.0), (1, 3.0), (2, 0.0), (4, 0.0), (5, 0.0)] {
        assert_eq!(means[place], mean, "{means:?}");
    }
    assert!(
        (5.0..=6.0).contains(&means[3]) && (2.0..=10.0).contains(&means[6]),
        "{means:?}"
    );
}

#[test]
fn a_strong_season_is_found_and_kept() {
    let shape = [1.0, 4.0, 2.0, 9.0];
    let series: Vec<f64> = (0..40)
        .map(|t| 10.0 * shape[t % 4] + (t % 3) as f64)
        .collect();
    let forecasts = run(&panel(4, &[series]), &config(4));
    for (mean, shape) in forecasts.mean.iter().zip(shape) {
        assert!(
            (mean - (10.0 * shape + 1.0)).abs() < 2.5,
            "{:?}",
            forecasts.mean
        );
    }
}

#[test]
fn how_a_panel_is_split_changes_no_byte() {
    split_changes_no_byte(40, 13, 6);
    // Histories shorter than the horizon, than a season, and little longer.
    split_changes_no_byte(1, 52, 26);
    split_changes_no_byte(50, 52, 26);
}

/// Of 30 series, the shortest so long and each a period longer than the one before.
fn split_changes_no_byte(shortest: u64, season: usize, horizon: usize) {
    let stream = engine::rng::Stream::from_seed(3);
    let series: Vec<Vec<f64>> = (0..30)
        .map(|s| {
            (0..shortest + s)
                .map(|t| (9.0 * stream.f64_at(100 * s + t)).floor())
                .collect()
        })
        .collect();
    // Two categories in three regions: one group is large enough, the others lean on theirs.
    let kin = |number: usize| {
        Some(Kinship {
            category: u32::from(number.is_multiple_of(3)),
            region: u32::from(number.is_multiple_of(7)),
        })
    };
    let mut panel = Panel::new(Frequency::Weekly, season);
    for (number, values) in series.iter().enumerate() {
        let known = panel.push_member(values.iter().copied(), kin(number));
        known.expect("a small panel");
    }
    let config = config(horizon);
    let whole = run(&panel, &config);
    let members: Vec<Member<'_>> = panel.members().collect();
    for size in [1, 7, 30] {
        let parts: Vec<&[Member<'_>]> = members.chunks(size).collect();
        let mut totals = GroupPartial::default();
        for part in parts.iter().rev() {
            totals.merge(&GroupPartial::of(part.iter().copied()));
        }
        let groups = totals.finish();
        let scans: Vec<_> = parts
            .iter()
            .map(|part| scan(part.iter().copied(), season, &config, &groups))
            .collect();
        let mut pool = PoolPartial::default();
        for partial in scans.iter().rev() {
            pool.merge(partial);
        }
        let pool = pool.finish(&config.levels);
        let mut forecasts = Forecasts::new(&config);
        for part in &parts {
            let members = part.iter().copied();
            forecasts.append(finish(members, season, &config, &groups, &pool));
        }
        assert_eq!(forecasts, whole, "parts of {size}");
    }
}

fn demand() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => Just(0.0),
        6 => (0u32..200).prop_map(f64::from),
        1 => 0.0..1e9,
        1 => Just(f64::NAN),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_panel_gives_nested_finite_bands(
        series in prop::collection::vec(prop::collection::vec(demand(), 0..70), 1..6),
        season in 1usize..15,
        horizon in 1usize..12,
    ) {
        let panel = panel(season, &series);
        let forecasts = run(&panel, &config(horizon));
        check_sane(&forecasts, series.len(), horizon);
        prop_assert_eq!(&forecasts, &run(&panel, &config(horizon)));
    }

    #[test]
    fn the_unit_of_measure_does_not_matter(
        series in prop::collection::vec(prop::collection::vec((0u32..50).prop_map(f64::from), 8..60), 1..4),
    ) {
        let larger: Vec<Vec<f64>> =
            series.iter().map(|values| values.iter().map(|x| 4096.0 * x).collect()).collect();
        let (small, large) = (run(&panel(4, &series), &config(5)), run(&panel(4, &larger), &config(5)));
        prop_assert_eq!(&small.models, &large.models);
        for (small, large) in small.mean.iter().zip(&large.mean) {
            prop_assert!((4096.0 * small - large).abs() <= 1e-6 * large.abs().max(1.0));
        }
    }
}

#[test]
fn errors_are_those_of_the_lag_asked_for() {
    let panel = panel(1, &[(0..30).map(|week| f64::from(50 + week)).collect()]);
    let count = |horizon: usize, lag: usize| {
        let config = Config {
            lag,
            ..config(horizon)
        };
        let holdout = run(&panel, &config).holdout[0];
        (holdout.percent_count, holdout.actual)
    };
    let sum = |weeks: std::ops::Range<i32>| -> f64 { weeks.map(|week| f64::from(50 + week)).sum() };
    // Origins 10 to 29; the forecast of week `origin + lag - 1` must have come true.
    assert_eq!(count(4, 1), (20.0, sum(10..30)));
    assert_eq!(count(4, 4), (17.0, sum(13..30)));
    // A horizon that ends before the lag counts its last week.
    assert_eq!(count(2, 4), (19.0, sum(11..30)));
}
