//! What a chart shows, in plain values: the same figures feed the drawing, the readout, the table and the summary.

use super::scene::{Dash, Ink};

/// One place on the time axis, or one bar.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Bucket {
    /// The short name under the axis: `W20`.
    pub label: String,
    /// The long name in readout and table: `W25 · 06-15 – 06-21`.
    pub title: String,
    /// Set on the first bucket of a month; shown instead of labels on long ranges.
    pub month: Option<String>,
}

/// How the figures of a layer are drawn. A missing figure is NaN.
#[derive(Clone, PartialEq, Debug)]
pub enum LayerShape {
    Line {
        values: Vec<f64>,
        dash: Dash,
        width: f64,
        /// Buckets marked by a hollow point, such as uncensored weeks.
        hollow: Vec<usize>,
    },
    /// Filled between two lines, never stroked.
    Band { low: Vec<f64>, high: Vec<f64> },
    /// Bars from zero; `place` of `of` bars side by side in each bucket.
    Bars {
        values: Vec<f64>,
        outlined: bool,
        place: usize,
        of: usize,
    },
    /// Bars from one value to another: stacks and waterfalls.
    Floats { from: Vec<f64>, to: Vec<f64> },
    /// Dotted connectors from each bucket to the next at a level; not a figure of its own.
    Links { levels: Vec<f64> },
}

/// One named set of figures.
#[derive(Clone, PartialEq, Debug)]
pub struct Layer {
    pub name: String,
    pub ink: Ink,
    pub shape: LayerShape,
}

/// A level across the plot, labelled at the right.
#[derive(Clone, PartialEq, Debug)]
pub struct RefLine {
    pub value: f64,
    pub label: String,
    pub ink: Ink,
}

/// A named span under the plot, with a faint column through it. Both ends belong to it.
#[derive(Clone, PartialEq, Debug)]
pub struct EventMark {
    pub from: usize,
    pub to: usize,
    pub name: String,
    pub ink: Ink,
}

/// A word on the thing itself: a peak, a minimum, the last value.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    pub bucket: usize,
    pub value: f64,
    pub text: String,
    pub ink: Ink,
    /// Marks the point with a ring.
    pub ring: bool,
}

/// A chart.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ChartSpec {
    pub name: String,
    pub unit: String,
    pub buckets: Vec<Bucket>,
    pub layers: Vec<Layer>,
    pub lines: Vec<RefLine>,
    /// The first bucket of the future; a line parts it from the past.
    pub now: Option<usize>,
    pub events: Vec<EventMark>,
    pub notes: Vec<Note>,
    /// Everything under this value is a red zone.
    pub red_below: Option<f64>,
    /// Decimals of the figures in readout and table.
    pub decimals: u8,
}

impl Layer {
    pub fn line(
        name: impl Into<String>,
        ink: Ink,
        values: Vec<f64>,
        dash: Dash,
        width: f64,
    ) -> Self {
        let shape = LayerShape::Line {
            values,
            dash,
            width,
            hollow: Vec::new(),
        };
        Self {
            name: name.into(),
            ink,
            shape,
        }
    }

    /// The band between two limits.
    pub fn band(name: impl Into<String>, ink: Ink, (low, high): (Vec<f64>, Vec<f64>)) -> Self {
        Self {
            name: name.into(),
            ink,
            shape: LayerShape::Band { low, high },
        }
    }

    /// The figure of a bucket for readout and table: one value, or two limits of a band.
    pub fn figures(&self, bucket: usize) -> Option<(f64, Option<f64>)> {
        let at = |values: &[f64]| {
            values
                .get(bucket)
                .copied()
                .filter(|value| value.is_finite())
        };
        match &self.shape {
            LayerShape::Line { values, .. } | LayerShape::Bars { values, .. } => {
                at(values).map(|value| (value, None))
            }
            LayerShape::Band { low, high } => Some((at(low)?, Some(at(high)?))),
            LayerShape::Floats { from, to } => Some((at(to)? - at(from)?, None)),
            LayerShape::Links { .. } => None,
        }
    }

    /// Lowest and highest drawn value in the buckets of a range.
    pub fn extremes(&self, range: std::ops::Range<usize>) -> Option<(f64, f64)> {
        let lists: [&[f64]; 2] = match &self.shape {
            LayerShape::Line { values, .. } | LayerShape::Bars { values, .. } => [values, &[]],
            LayerShape::Band { low, high } => [low, high],
            LayerShape::Floats { from, to } => [from, to],
            LayerShape::Links { .. } => return None,
        };
        let part = |list: &[f64]| {
            list.iter()
                .copied()
                .skip(range.start)
                .take(range.len())
                .collect::<Vec<_>>()
        };
        let from_zero = matches!(
            self.shape,
            LayerShape::Bars { .. } | LayerShape::Floats { .. }
        );
        let values = lists.into_iter().flat_map(part);
        values
            .chain(from_zero.then_some(0.0))
            .filter(|value| value.is_finite())
            .fold(None, |found, value| match found {
                None => Some((value, value)),
                Some((low, high)) => Some((low.min(value), high.max(value))),
            })
    }
}
