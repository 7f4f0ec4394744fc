//! The anofox-forecast library behind a pipe: method, horizon and season, then a history a line; out come the
//! seconds of processor time and a forecast a line, mean|lo80|hi80|lo95|hi95.

use anofox_forecast::core::TimeSeries;
use anofox_forecast::models::exponential::AutoETS;
use anofox_forecast::models::intermittent::IMAPA;
use anofox_forecast::models::theta::AutoTheta;
use anofox_forecast::models::Forecaster;
use chrono::{Duration, TimeZone, Utc};
use std::io::Read;
use std::time::Instant;

fn model(method: &str, season: usize) -> Box<dyn Forecaster> {
    match method {
        "AutoTheta" if season > 1 => Box::new(AutoTheta::seasonal(season)),
        "AutoTheta" => Box::new(AutoTheta::new()),
        "AutoETS" if season > 1 && season <= 24 => Box::new(AutoETS::with_period(season)),
        "AutoETS" => Box::new(AutoETS::new()),
        _ => Box::new(IMAPA::new()),
    }
}

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("text");
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("head").split(' ').collect();
    let (horizon, season): (usize, usize) = (head[1].parse().expect("horizon"), head[2].parse().expect("season"));
    let histories: Vec<Vec<f64>> =
        lines.map(|line| line.split(' ').map(|value| value.parse().expect("a figure")).collect()).collect();
    let start = Instant::now();
    let rows: Vec<String> = histories.iter().map(|values| row(head[0], values, horizon, season)).collect();
    println!("{}", start.elapsed().as_secs_f64());
    println!("{}", rows.join("\n"));
}

fn row(method: &str, values: &[f64], horizon: usize, season: usize) -> String {
    let season = if values.len() >= 2 * season { season } else { 1 };
    let day = |at: usize| Utc.with_ymd_and_hms(2020, 1, 1, 0, 0, 0).unwrap() + Duration::days(at as i64);
    let text = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
    let mut known = model(method, season);
    let series = TimeSeries::univariate((0..values.len()).map(day).collect(), values.to_vec()).expect("a series");
    if known.fit(&series).is_err() {
        return text(&vec![values.last().copied().unwrap_or(0.0); horizon]) + "||||";
    }
    let mut parts = Vec::new();
    for level in [0.80, 0.95] {
        let Ok(forecast) = known.predict_with_intervals(horizon, level) else { continue };
        let (Ok(low), Ok(high)) = (forecast.lower_series(0), forecast.upper_series(0)) else { continue };
        parts.extend([text(low), text(high)]);
    }
    parts.resize(4, String::new());
    let mean = known.predict(horizon).map(|forecast| text(forecast.primary())).unwrap_or_default();
    format!("{mean}|{}", parts.join("|"))
}
