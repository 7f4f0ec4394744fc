//! What a forecast is made of: the bars of its waterfall, which sum to it exactly.
//!
//! forecast = level x trend x season x life cycle x events x price x signals + campaign + pipeline, then
//! what was changed by hand; the life cycle is the share left before an end of sale, or more where goods take over. A bar is what one more factor adds to the product of those
//! before it, each product rounded to thousandths of a unit, so bars sum over cells and slices
//! without a rest. The order of the factors decides what a bar holds of their joint effect.

use std::io::{self, Write};

use super::launch::LAUNCH;
use super::outcome::Plan;
use super::planned::SeriesForecast;
use super::streams::{Factors, Known, Layers, Streams};
use crate::dataset::CsvWriter;
use crate::ids::CategoryId;
use crate::units::Qty;

/// A bar of the waterfall, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The forecast of the first week without season, events, prices and signals.
    Level,
    /// How the weeks after it depart from that.
    Trend,
    /// The season that the model gives back.
    Season,
    /// The end of sale, or what goods before leave.
    Lifecycle,
    /// Events, if that stream counts.
    Events,
    /// Changes of price that are planned, if that stream counts.
    Price,
    /// Campaigns that run or are planned, if that stream counts.
    Campaign,
    /// Open leads beyond the usual, if that stream counts.
    Pipeline,
    /// Signals the court let in, if that stream counts.
    Signals,
    /// Changed by hand.
    Adjustment,
}

/// Units of every part, in the order of [`Part::ALL`].
pub type Parts = [Qty; Part::ALL.len()];

impl Part {
    /// Every part in its order.
    pub const ALL: [Self; 10] = [
        Self::Level,
        Self::Trend,
        Self::Season,
        Self::Lifecycle,
        Self::Events,
        Self::Price,
        Self::Campaign,
        Self::Pipeline,
        Self::Signals,
        Self::Adjustment,
    ];

    /// The name in views and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Trend => "trend",
            Self::Season => "season",
            Self::Events => "events",
            Self::Price => "price",
            Self::Campaign => "campaign",
            Self::Pipeline => "pipeline",
            Self::Signals => "signals",
            Self::Lifecycle => "lifecycle",
            Self::Adjustment => "adjustment",
        }
    }
}

impl Plan {
    /// What the forecast of a series is made of, by week. The parts of a week sum to
    /// [`SeriesForecast::planned`].
    pub fn parts(&self, series: &SeriesForecast) -> Vec<Parts> {
        let category = self.catalog.sku(series.key.sku);
        let category = category.map_or(CategoryId(0), |sku| sku.category);
        let is_launched = series.model == LAUNCH || series.history_weeks == 0;
        let known = Known {
            events: &self.lifts,
            prices: &self.prices.lifts,
            signals: &self.signals,
            inflows: Some(&self.inflows).filter(|_| !is_launched),
        };
        let factors = Factors::of(known, category, series.key, series.mean.len());
        let factors = factors.unwrap_or_default();
        let streams = self.streams;
        let mut level = None;
        let cells = series.mean.iter().zip(series.planned()).enumerate();
        let parts = cells.map(|(week, (statistical, planned))| {
            let whole = series.whole.get(week).unwrap_or(statistical);
            let season = series.season.get(week).copied().map_or(1.0, f64::from);
            let layers = factors.layers(week, *whole, season);
            let level = *level.get_or_insert(layers.plain);
            let [events, price, campaign, pipeline, signals] = left(*statistical, streams, &layers)
                .unwrap_or_else(|| streams.shares(&factors.layers(week, *statistical, 1.0)));
            [
                level,
                layers.plain - level,
                layers.seasonal - layers.plain,
                *statistical - layers.seasonal - events - price - campaign - pipeline - signals,
                events,
                price,
                campaign,
                pipeline,
                signals,
                *planned - *statistical,
            ]
        });
        parts.collect()
    }
}

/// What events, prices, campaigns, leads and signals add to what is left of a week, or to what it grows to: their shares in
/// proportion. `None` where goods have only what others leave them.
fn left(statistical: Qty, streams: Streams, layers: &Layers) -> Option<[Qty; 5]> {
    let shares = streams.shares(layers);
    let whole = streams.sum(layers);
    if statistical == whole {
        return Some(shares);
    }
    let kept = (!whole.is_zero()).then(|| statistical.to_f64() / whole.to_f64())?;
    Some(shares.map(|units| Qty::round_from_f64(units.to_f64() * kept)))
}

/// Writes what every forecast is made of as canonical CSV: `sku,channel,region,date`, a column for
/// each part, and `forecast`, their sum.
///
/// # Errors
/// What writing to `target` says.
pub fn write_parts(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    let heads = ["sku", "channel", "region", "date"].into_iter();
    let names = Part::ALL.iter().map(|part| part.as_str());
    writer.write_record(heads.chain(names).chain(["forecast"]))?;
    for series in &plan.series {
        let codes = plan.codes(series.key);
        for (week, parts) in plan.parts(series).into_iter().enumerate() {
            codes.iter().for_each(|code| writer.write_field(code));
            writer.write_field(&plan.week_start(week).to_string());
            let sum: Qty = parts.iter().copied().sum();
            writer.write_record(parts.iter().chain([&sum]).map(ToString::to_string))?;
        }
    }
    writer.flush()
}
