//! Where everything of a chart stands, in CSS pixels, and back from a pixel to a bucket. Pure.

use super::axis::{label_stride, round_ticks};
use super::spec::ChartSpec;
use crate::i18n::{Language, tick_text};
use std::ops::Range;

/// Buckets in sight past which months are written instead of weeks.
const LABELLED_BUCKETS_MAX: usize = 26;
const TOP: f64 = 22.0;
const LABEL_LINE: f64 = 20.0;
const STRIP: f64 = 26.0;
const RIGHT: f64 = 12.0;

/// A value on an axis.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tick {
    pub at: f64,
    pub value: f64,
    pub text: String,
}

/// The size of the drawing and the language of its words.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Sheet {
    pub width: f64,
    pub height: f64,
    pub language: Language,
}

/// The scales of a chart.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Layout {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// The buckets in sight.
    pub window: Range<usize>,
    pub low: f64,
    pub high: f64,
    pub y_ticks: Vec<Tick>,
    pub x_ticks: Vec<Tick>,
    /// The top of the event strip, if there are events.
    pub strip: Option<f64>,
}

impl Layout {
    /// Lays a chart out; `measure` gives the width of an 11 px text.
    pub fn new(
        spec: &ChartSpec,
        window: Range<usize>,
        sheet: Sheet,
        measure: &dyn Fn(&str) -> f64,
    ) -> Self {
        let window = clamp_window(window, spec.buckets.len());
        let (low, high) = value_range(spec, &window);
        let values = round_ticks(low, high, if spec.decimals == 0 { 1.0 } else { 0.0 });
        let step = values.get(1).map_or(1.0, |second| second - values[0]);
        let (low, high) = (
            values.first().copied().unwrap_or(low),
            values.last().copied().unwrap_or(high),
        );
        let texts: Vec<String> = values
            .iter()
            .map(|value| tick_text(*value, step, sheet.language))
            .collect();
        let gutter = texts.iter().map(|text| measure(text)).fold(0.0, f64::max);
        let beside = spec
            .lines
            .iter()
            .map(|line| measure(&line.label) * 1.15 + 8.0)
            .fold(RIGHT, f64::max);
        let below = LABEL_LINE + if spec.events.is_empty() { 0.0 } else { STRIP };
        let mut layout = Self {
            width: sheet.width,
            height: sheet.height,
            left: gutter + 12.0,
            right: (sheet.width - beside).max(gutter + 13.0),
            top: TOP,
            bottom: (sheet.height - below).max(TOP + 1.0),
            window,
            low,
            high: if high > low { high } else { low + 1.0 },
            y_ticks: Vec::new(),
            x_ticks: Vec::new(),
            strip: None,
        };
        layout.strip = (!spec.events.is_empty()).then_some(layout.bottom + 3.0);
        layout.y_ticks = values
            .into_iter()
            .zip(texts)
            .map(|(value, text)| Tick {
                at: layout.y(value),
                value,
                text,
            })
            .collect();
        layout.x_ticks = layout.name_buckets(spec, measure);
        layout
    }

    /// Pixels from one bucket to the next.
    pub fn step(&self) -> f64 {
        (self.right - self.left) / self.window.len().max(1) as f64
    }

    /// The middle of a bucket.
    pub fn x(&self, bucket: usize) -> f64 {
        self.left + (bucket as f64 - self.window.start as f64 + 0.5) * self.step()
    }

    /// The left edge of a bucket.
    pub fn edge(&self, bucket: usize) -> f64 {
        self.x(bucket) - self.step() / 2.0
    }

    pub fn y(&self, value: f64) -> f64 {
        self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }

    /// The bucket at a pixel of the plot.
    pub fn bucket_at(&self, x: f64) -> Option<usize> {
        if x < self.left || x >= self.right || self.window.is_empty() {
            return None;
        }
        let ahead = ((x - self.left) / self.step()).floor() as usize;
        Some((self.window.start + ahead).min(self.window.end - 1))
    }

    fn name_buckets(&self, spec: &ChartSpec, measure: &dyn Fn(&str) -> f64) -> Vec<Tick> {
        let has_months = spec.buckets.iter().any(|bucket| bucket.month.is_some());
        let by_month = self.window.len() > LABELLED_BUCKETS_MAX && has_months;
        let named: Vec<(usize, &str)> = self
            .window
            .clone()
            .filter_map(|index| {
                let bucket = spec.buckets.get(index)?;
                let text = if by_month {
                    bucket.month.as_deref()?
                } else {
                    bucket.label.as_str()
                };
                Some((index, text))
            })
            .collect();
        let widest = named
            .iter()
            .map(|(_, text)| measure(text))
            .fold(0.0, f64::max);
        let apart = match (named.first(), named.last()) {
            (Some((first, _)), Some((last, _))) if last > first => {
                (last - first) as f64 / (named.len() - 1) as f64
            }
            _ => 1.0,
        };
        let between = self.step() * apart;
        let stride = label_stride(between, widest, 10.0);
        named
            .into_iter()
            .step_by(stride)
            .map(|(index, text)| Tick {
                at: self.x(index),
                value: index as f64,
                text: text.to_owned(),
            })
            .collect()
    }
}

fn clamp_window(window: Range<usize>, buckets: usize) -> Range<usize> {
    let end = window.end.min(buckets);
    if window.start < end {
        window.start..end
    } else {
        0..buckets
    }
}

/// The values to cover: all layers, reference lines and the red edge, with room for the labels above.
fn value_range(spec: &ChartSpec, window: &Range<usize>) -> (f64, f64) {
    let layers = spec
        .layers
        .iter()
        .filter_map(|layer| layer.extremes(window.clone()));
    let lines = spec.lines.iter().map(|line| (line.value, line.value));
    let edge = spec.red_below.map(|value| (value, value));
    let covered = layers
        .chain(lines)
        .chain(edge)
        .reduce(|(low, high), (other_low, other_high)| (low.min(other_low), high.max(other_high)));
    let (low, high) = covered.unwrap_or((0.0, 1.0));
    // A range close to zero starts there; one far from it may not, and the ticks say so.
    let low = if low > 0.0 && low < high * 0.6 {
        0.0
    } else {
        low
    };
    (low, high + (high - low) * 0.06)
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Dash, Ink};
    use super::super::spec::{Bucket, EventMark, Layer, LayerShape};
    use super::*;

    const SHEET: Sheet = Sheet {
        width: 700.0,
        height: 300.0,
        language: Language::En,
    };

    fn spec(values: Vec<f64>) -> ChartSpec {
        let buckets = (0..values.len())
            .map(|index| Bucket {
                label: format!("W{index}"),
                title: String::new(),
                month: (index % 4 == 0).then(|| "Jan".to_owned()),
            })
            .collect();
        let shape = LayerShape::Line {
            values,
            dash: Dash::Solid,
            width: 1.5,
            hollow: Vec::new(),
        };
        let layers = vec![Layer {
            name: "Actual".to_owned(),
            ink: Ink::ACTUAL,
            shape,
        }];
        ChartSpec {
            buckets,
            layers,
            ..ChartSpec::default()
        }
    }

    fn lay(spec: &ChartSpec, window: Range<usize>) -> Layout {
        Layout::new(spec, window, SHEET, &|text| text.len() as f64 * 6.0)
    }

    #[test]
    fn pixels_lead_back_to_their_bucket() {
        let spec = spec((0..52).map(f64::from).collect());
        for window in [0..52, 10..20] {
            let layout = lay(&spec, window.clone());
            for bucket in window {
                assert_eq!(layout.bucket_at(layout.x(bucket)), Some(bucket));
            }
            assert_eq!(layout.bucket_at(layout.left - 1.0), None);
            assert_eq!(layout.bucket_at(layout.right), None);
        }
    }

    #[test]
    fn zero_is_the_floor_unless_far_away() {
        let near = lay(&spec(vec![4.0, 10.0]), 0..2);
        assert_eq!(near.low, 0.0);
        let far = lay(&spec(vec![95.0, 100.0]), 0..2);
        assert!(far.low > 0.0);
        let negative = lay(&spec(vec![-86.0, 257.0]), 0..2);
        assert!(negative.low <= -86.0 && negative.y(0.0) < negative.bottom);
    }

    #[test]
    fn long_ranges_are_named_by_month() {
        let spec = spec((0..104).map(f64::from).collect());
        assert!(
            lay(&spec, 0..104)
                .x_ticks
                .iter()
                .all(|tick| tick.text == "Jan")
        );
        assert!(
            lay(&spec, 0..20)
                .x_ticks
                .iter()
                .all(|tick| tick.text.starts_with('W'))
        );
    }

    #[test]
    fn events_make_room_for_their_strip() {
        let mut spec = spec(vec![1.0; 8]);
        let before = lay(&spec, 0..8).bottom;
        spec.events.push(EventMark {
            from: 1,
            to: 2,
            name: "618".to_owned(),
            ink: Ink::WARN,
        });
        let layout = lay(&spec, 0..8);
        assert!(layout.bottom < before && layout.strip.is_some());
    }

    #[test]
    fn an_empty_chart_and_an_odd_window_do_no_harm() {
        let layout = lay(&spec(Vec::new()), 5..9);
        assert_eq!(layout.bucket_at(100.0), None);
        assert_eq!(lay(&spec(vec![1.0; 4]), 7..9).window, 0..4);
    }
}
