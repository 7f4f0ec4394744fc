//! A stream with the goods it is about: their demand, what was counted, what was expected when.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pipeline::Leads;
use super::judge::InflowSources;
use super::{Campaigns, Counted, Inflow, Outlook, Pipeline};
use crate::day::Day;
use crate::demand::{Series, build_series};
use crate::events;
use crate::ids::{ChannelId, SkuId};

/// Weeks of demand that goods of a category share its leads by.
const SHARE_WEEKS: usize = 52;

/// One kind of goods: weeks oldest first, both ending on the date.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    pub(super) sku: SkuId,
    /// Demand in the channels of the stream without what events did.
    pub(super) demand: Vec<f64>,
    /// What was counted.
    pub(super) flow: Vec<f64>,
}

/// What a stream says of some goods on a day, counted units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// Usual units a week, which the history keeps.
    pub(super) usual: f64,
    /// Units in the week that is judged, beyond the usual.
    pub(super) extra: f64,
}

enum Told {
    Campaigns(Campaigns),
    Pipeline(Pipeline),
}

/// A stream before the court.
pub(super) struct Docket {
    pub(super) stream: Inflow,
    told: Told,
    counted: Counted,
    /// By SKU.
    pub(super) goods: Vec<Goods>,
    /// Every channel and region in which they sell, in order.
    pub(super) series: Vec<Series>,
    as_of: Day,
}

impl Docket {
    /// Reads a stream; `None` where the dataset tells nothing of it.
    pub(super) fn new(stream: Inflow, sources: &InflowSources<'_>) -> Option<Self> {
        let (dataset, catalog, as_of) = (sources.dataset, sources.catalog, sources.as_of);
        let mut skus = BTreeSet::new();
        let told = match stream {
            Inflow::Campaign => {
                let campaigns = Campaigns::new(dataset, catalog, as_of);
                skus.extend(campaigns.skus());
                Told::Campaigns(campaigns)
            }
            Inflow::Pipeline => {
                let leads = Leads::new(dataset, as_of).leads;
                let pipeline = Pipeline::new(dataset, catalog, leads, as_of);
                skus = pipeline.skus();
                Told::Pipeline(pipeline)
            }
        };
        if skus.is_empty() {
            return None;
        }
        let rows = (sources.rows)(&|sku| skus.contains(&sku));
        let mut series = build_series(&rows, as_of);
        let channels = told.channels();
        series.retain(|one| channels.is_empty() || channels.contains(&one.key.channel));
        let mut docket = Self {
            stream,
            goods: goods(&series, sources),
            told,
            counted: Counted::new(),
            series,
            as_of,
        };
        docket.counted = match &docket.told {
            Told::Campaigns(campaigns) => campaigns.counted(),
            Told::Pipeline(pipeline) => pipeline.counted(&|sku| docket.weight(sku)),
        };
        for one in &mut docket.goods {
            for ((sku, _), weeks) in &docket.counted {
                if *sku == one.sku {
                    for (sum, units) in one.flow.iter_mut().rev().zip(weeks) {
                        *sum += units;
                    }
                }
            }
        }
        Some(docket)
    }

    /// Channels it is about; all if empty.
    pub(super) fn channels(&self) -> &[ChannelId] {
        self.told.channels()
    }

    /// What the weeks after a day are expected to bring, by what was known then.
    pub(super) fn outlook(&self, on: Day, weeks: usize) -> Outlook {
        match &self.told {
            Told::Campaigns(campaigns) => campaigns.expected(on, weeks),
            Told::Pipeline(pipeline) => {
                pipeline.expected((on, weeks), &self.counted, &|sku| self.weight(sku))
            }
        }
    }

    /// What it said so many weeks ago of the goods it touched then, of the week `ahead` after.
    pub(super) fn said(&self, ago: usize, ahead: usize, weeks: usize) -> BTreeMap<SkuId, Said> {
        let on = self.as_of + -(7 * i32::try_from(ago).unwrap_or(0));
        let mut said: BTreeMap<SkuId, Said> = BTreeMap::new();
        for ((sku, _), expected) in self.outlook(on, weeks) {
            let of_week = ahead.checked_sub(1).and_then(|week| expected.get(week));
            let own = said.entry(sku).or_default();
            own.extra += of_week.map_or(0.0, |week| week.mean);
        }
        for (sku, usual) in self.usual(on) {
            said.entry(sku).or_default().usual = usual;
        }
        said
    }

    /// What is usual: nothing of campaigns, which are taken out of the history whole.
    pub(super) fn usual(&self, on: Day) -> BTreeMap<SkuId, f64> {
        let mut sums = BTreeMap::new();
        if let Told::Pipeline(pipeline) = &self.told {
            for ((sku, _), units) in pipeline.usual(on, &self.counted) {
                *sums.entry(sku).or_insert(0.0) += units;
            }
        }
        sums
    }

    /// Demand of the newest year.
    fn weight(&self, sku: SkuId) -> f64 {
        let place = self.goods.binary_search_by_key(&sku, |one| one.sku).ok();
        let own = place.and_then(|place| self.goods.get(place));
        let newest = own.map(|one| one.demand.iter().rev().take(SHARE_WEEKS));
        newest.map_or(0.0, Iterator::sum)
    }
}

impl Told {
    fn channels(&self) -> &[ChannelId] {
        match self {
            Self::Campaigns(_) => &[],
            Self::Pipeline(pipeline) => &pipeline.channels,
        }
    }
}

/// Adds figures that end in the same week.
fn add_newest(sums: &mut [f64], figures: &[f64]) {
    for (sum, figure) in sums.iter_mut().rev().zip(figures.iter().rev()) {
        *sum += figure;
    }
}

/// Demand of each kind of goods over its series, by SKU, without what events did.
fn goods(series: &[Series], sources: &InflowSources<'_>) -> Vec<Goods> {
    let of_sku = series.chunk_by(|a, b| a.key.sku == b.key.sku);
    let one = |own: &[Series]| {
        let sku = own.first()?.key.sku;
        let length = own.iter().map(|one| one.weeks.len()).max()?;
        let category = sources.catalog.sku(sku)?.category;
        let mut groups: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for one in own {
            let group = sources.events.group(&events::Goods {
                category,
                sku: Some(sku),
                channel: one.key.channel,
                region: one.key.region,
            });
            let sums = groups.entry(group).or_insert_with(|| vec![0.0; length]);
            add_newest(sums, &one.weeks);
        }
        let mut demand = vec![0.0; length];
        for (group, mut sums) in groups {
            if let Some(lifts) = sources.events.weeks(group, length, 0) {
                super::super::docket::divide(&mut sums, &lifts.past);
            }
            add_newest(&mut demand, &sums);
        }
        Some(Goods {
            sku,
            demand,
            flow: vec![0.0; length],
        })
    };
    of_sku.filter_map(one).collect()
}
