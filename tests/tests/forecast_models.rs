//! What every row of the model table promises.

use engine::forecast::{FitInput, MODELS, ModelDef, ModelId, ProjectInput};
use engine::rng::Stream;

const SEASON: usize = 12;

fn noise(length: u64) -> Vec<f64> {
    let stream = Stream::keyed(11, &[length]);
    (0..length)
        .map(|n| (20.0 * stream.f64_at(n)).floor())
        .collect()
}

fn project(model: &ModelDef, values: &[f64], origins: &[usize], horizon: usize) -> Vec<f64> {
    let first_origin = (model.known_min)(SEASON).max(values.len() / 3);
    let params = (model.fit)(&FitInput {
        values,
        horizon,
        first_origin,
    });
    let mut out = Vec::new();
    let ask = ProjectInput {
        values,
        season: SEASON,
        params: &params,
        origins,
        horizon,
    };
    (model.project)(&ask, &mut out);
    out
}

#[test]
fn names_are_unique_and_sources_are_dated() {
    for (id, model) in ModelId::all() {
        assert_eq!(
            ModelId::parse(model.id),
            Some(id),
            "{} stands twice",
            model.id
        );
        assert!(!model.name_zh.is_empty() && !model.name_en.is_empty());
        assert!(
            model.source.contains("(19") || model.source.contains("(20"),
            "{}",
            model.source
        );
    }
}

#[test]
fn a_constant_history_goes_on() {
    for model in MODELS {
        let out = project(model, &[7.5; 40], &[40], 6);
        assert!(
            out.iter().all(|x| (x - 7.5).abs() < 1e-9),
            "{}: {out:?}",
            model.id
        );
    }
}

#[test]
fn every_origin_gets_its_horizon_and_no_nan() {
    let spike: Vec<f64> = (0..50).map(|t| if t == 25 { 1e12 } else { 0.0 }).collect();
    for model in MODELS {
        for values in [noise(50), vec![0.0; 50], spike.clone()] {
            for horizon in [1, 3, 60] {
                let out = project(model, &values, &[20, 30, 50], horizon);
                assert_eq!(out.len(), 3 * horizon, "{}", model.id);
                assert!(out.iter().all(|x| x.is_finite()), "{}", model.id);
            }
        }
    }
}

#[test]
fn the_fewest_known_values_are_enough() {
    for model in MODELS {
        let known = (model.known_min)(SEASON);
        let out = project(model, &noise(50)[..known], &[known], 4);
        assert!(
            out.len() == 4 && out.iter().all(|x| x.is_finite()),
            "{}",
            model.id
        );
    }
}

#[test]
fn an_origin_does_not_see_what_comes_after_it() {
    let values = noise(60);
    for model in MODELS {
        let first_origin = (model.known_min)(SEASON);
        let params = (model.fit)(&FitInput {
            values: &values,
            horizon: 5,
            first_origin,
        });
        let ask = |values, origins| {
            let mut out = Vec::new();
            let input = ProjectInput {
                values,
                season: SEASON,
                params: &params,
                origins,
                horizon: 5,
            };
            (model.project)(&input, &mut out);
            out
        };
        assert_eq!(
            ask(&values, &[33]),
            ask(&values[..33], &[33]),
            "{}",
            model.id
        );
    }
}

#[test]
fn twice_the_demand_is_twice_the_forecast() {
    let values = noise(60);
    let larger: Vec<f64> = values.iter().map(|x| 1024.0 * x).collect();
    for model in MODELS {
        let small = project(model, &values, &[40, 60], 5);
        for (small, large) in small.iter().zip(project(model, &larger, &[40, 60], 5)) {
            assert!(
                (1024.0 * small - large).abs() <= 1e-9 * large.abs(),
                "{}",
                model.id
            );
        }
    }
}

#[test]
fn the_same_history_gives_the_same_bytes() {
    let values = noise(70);
    for model in MODELS {
        let bits = || {
            project(model, &values, &[50, 70], 9)
                .iter()
                .map(|x| x.to_bits())
                .collect::<Vec<_>>()
        };
        assert_eq!(bits(), bits(), "{}", model.id);
    }
}
