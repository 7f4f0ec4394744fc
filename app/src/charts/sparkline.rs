//! The trend of one figure without axes: own range, filled, a dot at the end.

use leptos::prelude::*;
use std::fmt::Write;

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;
const MARGIN: f64 = 2.0;

/// A sparkline; the figure beside it says the value, so it is not read aloud.
#[component]
pub fn Sparkline(#[prop(into)] values: Signal<Vec<f64>>) -> impl IntoView {
    let points = Memo::new(move |_| values.with(|values| spark_points(values)));
    let line = move || points.with(|points| line_path(points));
    let area = move || points.with(|points| area_path(points));
    let end = move || points.with(|points| points.last().copied());
    view! {
        <span class="spark" aria-hidden="true">
            <svg viewBox="0 0 100 24" preserveAspectRatio="none">
                <path class="spark-area" d=area></path>
                <path class="spark-line" d=line></path>
            </svg>
            {move || {
                end()
                    .map(|(_, y)| {
                        view! { <span class="spark-end" style:top=format!("{:.1}%", y / HEIGHT * 100.0)></span> }
                    })
            }}
        </span>
    }
}

/// The values as points of the drawing; gaps (NaN) are left out, a flat line runs in the middle.
fn spark_points(values: &[f64]) -> Vec<(f64, f64)> {
    let finite = values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let last = values.len().saturating_sub(1).max(1) as f64;
    let y = |value: f64| {
        if high > low {
            HEIGHT - MARGIN - (value - low) / (high - low) * (HEIGHT - 2.0 * MARGIN)
        } else {
            HEIGHT / 2.0
        }
    };
    values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .map(|(index, value)| (index as f64 / last * WIDTH, y(*value)))
        .collect()
}

fn line_path(points: &[(f64, f64)]) -> String {
    let mut path = String::with_capacity(points.len() * 12);
    for (index, (x, y)) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let written = write!(path, "{command}{x:.1} {y:.1}");
        debug_assert!(written.is_ok(), "a string takes any text");
    }
    path
}

fn area_path(points: &[(f64, f64)]) -> String {
    match (points.first(), points.last()) {
        (Some((first, _)), Some((last, _))) => {
            format!(
                "{}L{last:.1} {HEIGHT}L{first:.1} {HEIGHT}Z",
                line_path(points)
            )
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_its_own_and_gaps_are_left_out() {
        let points = spark_points(&[5.0, f64::NAN, 10.0]);
        assert_eq!(points, [(0.0, 22.0), (100.0, 2.0)]);
        assert_eq!(spark_points(&[3.0, 3.0]), [(0.0, 12.0), (100.0, 12.0)]);
        assert_eq!(line_path(&[]), "");
    }
}
