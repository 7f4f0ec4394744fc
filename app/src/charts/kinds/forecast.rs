//! History and what follows.

use crate::charts::scene::{Dash, Ink};
use crate::charts::spec::{Bucket, ChartSpec, EventMark, Layer, LayerShape, Note};
use crate::i18n::messages::chart;
use crate::i18n::{fill, number, tr};

/// History, forecast with limits, last year, events. Every list has a value for each bucket; NaN is none.
#[derive(Clone, Debug, Default)]
pub struct Forecast {
    pub name: String,
    pub unit: String,
    pub buckets: Vec<Bucket>,
    pub history: Vec<f64>,
    pub forecast: Vec<f64>,
    pub band80: Option<(Vec<f64>, Vec<f64>)>,
    pub band95: Option<(Vec<f64>, Vec<f64>)>,
    pub last_year: Option<Vec<f64>>,
    /// What demand would have been in weeks without stock; the raw dip stays visible.
    pub uncensored: Option<Vec<f64>>,
    /// The forecast before it was changed by hand.
    pub statistical: Option<Vec<f64>>,
    /// Single weeks of history under a name: those that stand out, what forecasts see instead.
    pub points: Vec<(String, Ink, Vec<f64>)>,
    pub events: Vec<EventMark>,
    /// The first bucket of the future.
    pub now: usize,
    pub decimals: u8,
}

/// The line chart with limits.
pub fn forecast(data: Forecast) -> ChartSpec {
    let peaks = [(&data.history, Ink::TEXT_2), (&data.forecast, Ink::TEXT)]
        .into_iter()
        .filter_map(|(values, ink)| peak_note(values, ink, data.decimals))
        .collect();
    let mut layers = Vec::new();
    for (level, ink, band) in [
        ("95", Ink::BAND95, data.band95),
        ("80", Ink::BAND80, data.band80),
    ] {
        let name = fill(chart::BAND, &[("level", level)]);
        layers.extend(band.map(|band| Layer::band(name, ink, band)));
    }
    if let Some(values) = data.last_year {
        layers.push(Layer::line(
            tr(chart::LAST_YEAR),
            Ink::REFERENCE,
            values,
            Dash::Dotted,
            1.2,
        ));
    }
    if let Some(values) = data.statistical {
        layers.push(Layer::line(
            tr(chart::STATISTICAL),
            Ink::REFERENCE,
            values,
            Dash::Dashed,
            1.2,
        ));
    }
    layers.push(Layer::line(
        tr(chart::FORECAST),
        Ink::FORECAST,
        data.forecast,
        Dash::Dashed,
        2.0,
    ));
    layers.push(Layer::line(
        tr(chart::HISTORY),
        Ink::ACTUAL,
        data.history,
        Dash::Solid,
        1.6,
    ));
    layers.extend(data.uncensored.map(uncensored));
    for (name, ink, values) in data.points {
        layers.push(ringed(name, ink, values));
    }
    ChartSpec {
        name: data.name,
        unit: data.unit,
        buckets: data.buckets,
        layers,
        now: Some(data.now),
        events: data.events,
        notes: peaks,
        decimals: data.decimals,
        ..ChartSpec::default()
    }
}

fn uncensored(values: Vec<f64>) -> Layer {
    ringed(tr(chart::UNCENSORED).to_owned(), Ink::BAD, values)
}

/// A dashed line with a ring on every figure.
fn ringed(name: String, ink: Ink, values: Vec<f64>) -> Layer {
    let hollow = (0..values.len()).collect();
    let shape = LayerShape::Line {
        values,
        dash: Dash::Dashed,
        width: 1.2,
        hollow,
    };
    Layer { name, ink, shape }
}

fn peak_note(values: &[f64], ink: Ink, decimals: u8) -> Option<Note> {
    let finite = values
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, value)| value.is_finite());
    let (bucket, value) = finite.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Note {
        bucket,
        value,
        text: number(value, decimals),
        ink,
        ring: false,
    })
}
