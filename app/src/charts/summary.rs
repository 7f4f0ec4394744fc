//! The chart in one or two sentences, for those who do not see it.

use super::spec::{ChartSpec, Layer, LayerShape};
use crate::i18n::messages::chart;
use crate::i18n::{fill, number, tr};

/// Lowest, highest and last value of the main layer; of the future part too if there is one.
pub(super) fn summary(spec: &ChartSpec) -> String {
    // What is painted last is what the chart is about.
    let main =
        spec.layers.iter().rev().find(
            |layer| matches!(&layer.shape, LayerShape::Line { hollow, .. } if hollow.is_empty()),
        );
    let Some(main) = main.or(spec.layers.first()) else {
        return tr(chart::EMPTY).to_owned();
    };
    let figures = figures_of(spec, main);
    if figures.is_empty() {
        return tr(chart::EMPTY).to_owned();
    }
    if matches!(main.shape, LayerShape::Floats { .. }) {
        return parts_sentence(spec);
    }
    let text = |value: f64| number(value, spec.decimals);
    let at = |bucket: usize| {
        spec.buckets
            .get(bucket)
            .map_or("", |bucket| bucket.label.as_str())
    };
    let (low, high) = (extreme(&figures, f64::lt), extreme(&figures, f64::gt));
    let last = figures.last().map_or(0.0, |(_, value)| *value);
    let mut sentence = fill(
        chart::SUMMARY,
        &[
            ("name", &spec.name),
            ("n", &figures.len().to_string()),
            ("min", &text(low.1)),
            ("min_at", at(low.0)),
            ("max", &text(high.1)),
            ("max_at", at(high.0)),
            ("last", &text(last)),
        ],
    );
    if let Some(ahead) = future(spec, main) {
        let peak = extreme(&ahead, f64::gt);
        let parameters = [
            ("n", &*ahead.len().to_string()),
            ("max", &*text(peak.1)),
            ("max_at", at(peak.0)),
        ];
        sentence.push(' ');
        sentence.push_str(&fill(chart::SUMMARY_FORECAST, &parameters));
    }
    sentence
}

fn parts_sentence(spec: &ChartSpec) -> String {
    let parts: Vec<(usize, f64)> = spec
        .layers
        .iter()
        .flat_map(|layer| figures_of(spec, layer))
        .collect();
    let total: f64 = parts.iter().map(|(_, value)| value).sum();
    let peak = extreme(&parts, f64::gt);
    let at = spec
        .buckets
        .get(peak.0)
        .map_or("", |bucket| bucket.label.as_str());
    fill(
        chart::SUMMARY_PARTS,
        &[
            ("name", &spec.name),
            ("n", &parts.len().to_string()),
            ("total", &number(total, spec.decimals)),
            ("max", &number(peak.1, spec.decimals)),
            ("max_at", at),
        ],
    )
}

/// The figures of the line that begins where the past ends, if the main line is the past.
fn future(spec: &ChartSpec, main: &Layer) -> Option<Vec<(usize, f64)>> {
    let now = spec.now?;
    let ahead = spec
        .layers
        .iter()
        .rev()
        .filter(|layer| layer.name != main.name && matches!(layer.shape, LayerShape::Line { .. }))
        .map(|layer| figures_of(spec, layer))
        .find(|figures| figures.first().is_some_and(|(bucket, _)| *bucket >= now))?;
    Some(ahead)
}

fn figures_of(spec: &ChartSpec, layer: &Layer) -> Vec<(usize, f64)> {
    (0..spec.buckets.len())
        .filter_map(|bucket| layer.figures(bucket).map(|(value, _)| (bucket, value)))
        .collect()
}

fn extreme(figures: &[(usize, f64)], beats: fn(&f64, &f64) -> bool) -> (usize, f64) {
    figures.iter().copied().fold((0, f64::NAN), |best, next| {
        if best.1.is_nan() || beats(&next.1, &best.1) {
            next
        } else {
            best
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{Forecast, forecast};
    use super::super::spec::Bucket;
    use super::*;
    use crate::i18n::{Language, set_language};

    #[test]
    fn past_and_future_are_told() {
        set_language(Language::En);
        let buckets = ["W1", "W2", "W3", "W4"]
            .map(|label| Bucket {
                label: label.to_owned(),
                ..Bucket::default()
            })
            .to_vec();
        let spec = forecast(Forecast {
            name: "Wipes".to_owned(),
            buckets,
            history: vec![5.0, 9.0, f64::NAN, f64::NAN],
            forecast: vec![f64::NAN, f64::NAN, 6.0, 8.0],
            last_year: Some(vec![f64::NAN, f64::NAN, 1.0, 2.0]),
            now: 2,
            ..Forecast::default()
        });
        assert_eq!(
            summary(&spec),
            "Wipes: 2 periods, lowest 5 (W1), highest 9 (W2), last 9. Forecast of 2 periods, highest 8 (W4)."
        );
        assert_eq!(summary(&ChartSpec::default()), "Nothing to draw");
        set_language(Language::Zh);
    }
}
