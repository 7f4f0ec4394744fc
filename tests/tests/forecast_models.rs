//! What every row of the model table promises.

use engine::forecast::{
    Config, FitInput, Fitted, Frequency, LANES, Lane, MODELS, ModelDef, ModelId, Panel, Part,
    ProjectInput, Scratch, run, splat,
};
use engine::rng::Stream;

const SEASON: usize = 12;

fn noise(length: u64) -> Vec<f32> {
    let stream = Stream::keyed(11, &[length]);
    let draw = |n| (20.0 * stream.f64_at(n)).floor() as f32;
    (0..length).map(draw).collect()
}

fn fitted(model: &ModelDef, values: &[Lane], horizon: usize, ends: &[usize]) -> Fitted {
    let mut fitted = Fitted::default();
    let input = FitInput {
        values,
        horizon,
        known_min: (model.known_min)(SEASON),
        ends,
    };
    (model.fit)(&input, &mut Scratch::default(), &mut fitted);
    fitted
}

/// Forecasts with the parameters fitted to all of `values`.
fn project(model: &ModelDef, values: &[f32], origins: &[usize], horizon: usize) -> Vec<f32> {
    let lanes: Vec<Lane> = values.iter().map(|value| splat(*value)).collect();
    let fitted = fitted(model, &lanes, horizon, &[lanes.len()]);
    let out = project_lanes(model, (&lanes, &fitted), &fitted, origins, horizon);
    out.iter().map(|lane| lane.to_array()[0]).collect()
}

/// Forecasts a history that was walked, with the parameters of another fit.
fn project_lanes(
    model: &ModelDef,
    (values, walked): (&[Lane], &Fitted),
    fitted: &Fitted,
    origins: &[usize],
    horizon: usize,
) -> Vec<Lane> {
    let mut out = Vec::new();
    let part = Part {
        params: &fitted.params[0],
        origins,
    };
    let ask = ProjectInput {
        values,
        season: SEASON,
        parts: &[part],
        trail: &walked.trail,
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
            out.iter().all(|x| (x - 7.5).abs() < 1e-4),
            "{}: {out:?}",
            model.id
        );
    }
}

#[test]
fn every_origin_gets_its_horizon_and_no_nan() {
    let spike: Vec<f32> = (0..50).map(|t| if t == 25 { 1e6 } else { 0.0 }).collect();
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
    let lanes: Vec<Lane> = values.iter().map(|value| splat(*value)).collect();
    for model in MODELS {
        let all = fitted(model, &lanes, 5, &[60]);
        let ask = |values: &[Lane]| {
            let walked = fitted(model, values, 5, &[values.len()]);
            project_lanes(model, (values, &walked), &all, &[33], 5)
        };
        assert_eq!(ask(&lanes), ask(&lanes[..33]), "{}", model.id);
    }
}

#[test]
fn parameters_for_an_end_do_not_depend_on_the_other_ends() {
    let lanes: Vec<Lane> = noise(64)
        .into_iter()
        .map(|value| splat(value / 10.0))
        .collect();
    for model in MODELS {
        let fit = |ends: &[usize]| fitted(model, &lanes, 6, ends).params;
        let ends = [21, 30, 47, 64];
        for (end, together) in ends.iter().zip(fit(&ends)) {
            let alone = fit(&[*end]);
            let pairs = together.iter().zip(&alone[0]);
            for (together, alone) in pairs.map(|(a, b)| (a.to_array()[0], b.to_array()[0])) {
                assert!((together - alone).abs() < 1e-3, "{} {end}", model.id);
            }
        }
    }
}

#[test]
fn a_level_is_found_in_a_history_of_any_length() {
    for model in MODELS {
        for length in (model.known_min)(SEASON)..40 {
            for horizon in [1, 5, 60] {
                let lanes = vec![Lane::ONE; length];
                let fitted = fitted(model, &lanes, horizon, &[length]);
                let out = project_lanes(model, (&lanes, &fitted), &fitted, &[length], horizon);
                let is_one = |value: &Lane| (value.to_array()[3] - 1.0).abs() < 1e-5;
                assert!(
                    out.len() == horizon && out.iter().all(is_one),
                    "{} {length} {horizon}",
                    model.id
                );
            }
        }
    }
}

#[test]
fn series_side_by_side_do_not_see_each_other() {
    let columns: [Vec<f32>; LANES] = std::array::from_fn(|lane| noise(60 + lane as u64));
    let at = |t: usize| Lane::new(std::array::from_fn(|lane| columns[lane][t]));
    let together: Vec<Lane> = (0..60).map(at).collect();
    for model in MODELS {
        let all = fitted(model, &together, 5, &[60]);
        let out = project_lanes(model, (&together, &all), &all, &[45, 60], 5);
        for (lane, column) in columns.iter().enumerate() {
            let alone = project(model, &column[..60], &[45, 60], 5);
            let own: Vec<f32> = out.iter().map(|value| value.to_array()[lane]).collect();
            assert_eq!(own, alone, "{} {lane}", model.id);
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

/// Forecast over season is the level; the season repeats the shape of the history.
#[test]
fn the_season_in_a_forecast_is_told() {
    let shape = [1.6, 0.4, 0.8, 1.2];
    let mut panel = Panel::new(Frequency::Quarterly, 4);
    for level in [50.0, 80.0] {
        let value = |at: usize| level * shape[at % 4] + (at * 7 % 5) as f64;
        panel.push((0..40).map(value)).unwrap();
    }
    let config = Config {
        horizon: 4,
        lag: 1,
        levels: vec![0.8],
    };
    let forecasts = run(&panel, &config);
    for (index, season) in forecasts.season.chunks(4).enumerate() {
        for (at, (season, expected)) in season.iter().zip(shape).enumerate() {
            assert!((f64::from(*season) - expected).abs() < 0.1, "{season}");
            let level = forecasts.mean[4 * index + at] / f64::from(*season);
            assert!((level / [52.0, 82.0][index] - 1.0).abs() < 0.1, "{level}");
        }
    }
}
