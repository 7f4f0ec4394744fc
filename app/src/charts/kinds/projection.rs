//! Stock in the weeks ahead.

use crate::charts::scene::{Dash, Ink};
use crate::charts::spec::{Bucket, ChartSpec, EventMark, Layer, LayerShape, RefLine};
use crate::i18n::messages::chart;
use crate::i18n::{Msg, fill, number, tr};

/// The stock ahead: available line with limits, target and safety lines, receipts as bars, red zone under zero.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    pub name: String,
    pub unit: String,
    pub buckets: Vec<Bucket>,
    pub available: Vec<f64>,
    pub band: Option<(Vec<f64>, Vec<f64>)>,
    pub position: Option<Vec<f64>>,
    /// What happens without this order.
    pub without: Option<Vec<f64>>,
    pub receipts_open: Vec<f64>,
    pub receipts_order: Vec<f64>,
    pub receipts_planned: Vec<f64>,
    pub target: Option<f64>,
    pub safety: Option<f64>,
    pub events: Vec<EventMark>,
}

/// The projection chart.
pub fn projection(data: Projection) -> ChartSpec {
    let band_name = fill(chart::BAND, &[("level", "80")]);
    let mut layers: Vec<Layer> = data
        .band
        .map(|band| Layer::band(band_name, Ink::BAND80, band))
        .into_iter()
        .collect();
    layers.push(receipts(
        chart::RECEIPTS_OPEN,
        Ink::series(2),
        data.receipts_open,
        0,
    ));
    layers.push(receipts(
        chart::RECEIPTS_ORDER,
        Ink::FORECAST,
        data.receipts_order,
        1,
    ));
    layers.push(receipts(
        chart::RECEIPTS_PLANNED,
        Ink::TEXT_3,
        data.receipts_planned,
        2,
    ));
    if let Some(values) = data.position {
        layers.push(Layer::line(
            tr(chart::POSITION),
            Ink::TEXT_2,
            values,
            Dash::Solid,
            1.0,
        ));
    }
    if let Some(values) = data.without {
        layers.push(Layer::line(
            tr(chart::WITHOUT_ORDER),
            Ink::BAD,
            values,
            Dash::Dashed,
            1.6,
        ));
    }
    layers.push(Layer::line(
        tr(chart::AVAILABLE),
        Ink::FORECAST,
        data.available,
        Dash::Solid,
        2.0,
    ));
    let target = level(data.target, chart::TARGET, Ink::FORECAST);
    let safety = level(data.safety, chart::SAFETY, Ink::WARN);
    ChartSpec {
        name: data.name,
        unit: data.unit,
        buckets: data.buckets,
        layers,
        lines: target.into_iter().chain(safety).collect(),
        events: data.events,
        red_below: Some(0.0),
        ..ChartSpec::default()
    }
}

/// The receipts of one origin, the `place`-th of three bars; planned ones are outlined.
fn receipts(name: Msg, ink: Ink, values: Vec<f64>, place: usize) -> Layer {
    let shape = LayerShape::Bars {
        values,
        outlined: place == 2,
        place,
        of: 3,
    };
    Layer {
        name: tr(name).to_owned(),
        ink,
        shape,
    }
}

fn level(value: Option<f64>, name: Msg, ink: Ink) -> Option<RefLine> {
    let value = value?;
    Some(RefLine {
        value,
        label: format!("{} {}", tr(name), number(value, 0)),
        ink,
    })
}
