//! Who is new, and what was sold from the first day on.

use std::collections::BTreeMap;

use super::{NEW_DAYS, Outlet, UNKNOWN_DAYS};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::{DemandRow, SeriesKey};
use crate::events::EventLifts;
use crate::forecast::{CURVE_WEEKS, LEVEL_WEEKS, PastLaunch};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::{Catalog, Sku};
use crate::num;
use crate::plan::partition::demand_rows;
use crate::plan::signals::group;

/// Days from the launch of an item to its first sale in an outlet that is open from the start.
const OPENING_DAYS: i32 = 28;
/// Weeks of the newest demand that are the level of goods whose launch is not known.
pub(super) const RECENT_WEEKS: i32 = 13;
/// Weeks of history that events are looked up for.
const EVENT_WEEKS: usize = 320;

/// First sales of every SKU, and since when demand is known.
pub(super) struct FirstSales {
    by_sku: Vec<Option<Day>>,
    start: Day,
    is_next: Vec<bool>,
}

/// Whether a dataset has something new.
pub(in crate::plan) fn has_new(
    dataset: &Dataset,
    catalog: &Catalog,
    as_of: Day,
    horizon_weeks: u32,
) -> bool {
    let last = as_of + 7 * i32::try_from(horizon_weeks).unwrap_or(0);
    let first = FirstSales::new(demand_rows(dataset, catalog), catalog, as_of);
    let mut ids = (0..catalog.skus.len()).map(SkuId::from_index);
    ids.any(|sku| first.begins(catalog, sku, (as_of, last)).is_some())
}

impl FirstSales {
    pub(super) fn new(
        rows: impl Iterator<Item = DemandRow>,
        catalog: &Catalog,
        as_of: Day,
    ) -> Self {
        let mut by_sku = vec![None; catalog.skus.len()];
        let mut start: Option<Day> = None;
        for row in rows.filter(|row| row.day <= as_of && !row.quantity.is_zero()) {
            start = Some(start.map_or(row.day, |start| start.min(row.day)));
            if let Some(first) = by_sku.get_mut(row.sku.index()) {
                *first = Some(first.map_or(row.day, |first: Day| first.min(row.day)));
            }
        }
        let mut is_next = vec![false; catalog.skus.len()];
        for next in catalog.skus.iter().filter_map(|sku| sku.successor) {
            if let Some(flag) = is_next.get_mut(next.index()) {
                *flag = true;
            }
        }
        Self {
            by_sku,
            start: start.unwrap_or(as_of),
            is_next,
        }
    }

    /// First sale, as far back as the history goes.
    pub(super) fn first(&self, sku: SkuId) -> Option<Day> {
        self.by_sku.get(sku.index()).copied().flatten()
    }

    /// Goods that take over from others learn from those.
    pub(super) fn takes_over(&self, sku: SkuId) -> bool {
        self.is_next.get(sku.index()) == Some(&true)
    }

    /// The launch of goods whose launch the history shows, or that are not sold yet.
    fn launch(&self, sku: &Sku, id: SkuId) -> Option<Day> {
        let known = self.start + UNKNOWN_DAYS;
        match (sku.launch, self.first(id)) {
            (Some(launch), _) => Some(launch).filter(|launch| *launch >= known),
            (None, first) => first.filter(|first| *first >= known),
        }
    }

    /// The launch of goods that are new on a date, or will be by another.
    pub(super) fn begins(
        &self,
        catalog: &Catalog,
        id: SkuId,
        (as_of, last): (Day, Day),
    ) -> Option<Day> {
        let launch = self.launch(catalog.sku(id)?, id)?;
        let is_new = as_of - launch < NEW_DAYS - 1 && launch <= last;
        (is_new && !self.takes_over(id)).then_some(launch)
    }
}

/// What was sold of an item in an outlet.
#[derive(Clone, Debug)]
pub(super) struct Sold {
    pub(super) outlet: Outlet,
    /// First day of the launch there.
    pub(super) start: Day,
    /// Units by week from then on, without events.
    pub(super) weeks: Vec<f64>,
    /// Days of them that are known.
    pub(super) days: i32,
    /// Units as they were sold.
    pub(super) units: f64,
}

impl Sold {
    /// Units without events.
    pub(super) fn quiet_units(&self) -> f64 {
        self.weeks.iter().sum()
    }

    /// A past launch, once its level is known.
    pub(super) fn past(&self, groups: [u32; 3], outlet: u32) -> Option<PastLaunch> {
        let known = usize::try_from(self.days / 7).unwrap_or(0);
        let weeks: Vec<f64> = self.weeks.iter().take(known).copied().collect();
        (known >= LEVEL_WEEKS).then_some(PastLaunch {
            item: self.outlet.0.0,
            groups,
            outlet,
            weeks,
        })
    }
}

/// Everything sold that a desk looks at.
pub(super) struct Panel {
    /// Launches that the history shows, by outlet.
    pub(super) launched: Vec<Sold>,
    /// Newest units a week of goods that are wanted and whose launch is not known, by outlet.
    pub(super) recent: Vec<(Outlet, f64)>,
}

impl Panel {
    /// Reads launches since the start of the history; `starts` are launches that were decided.
    pub(super) fn read(
        dataset: &Dataset,
        (catalog, first): (&Catalog, &FirstSales),
        lifts: &EventLifts,
        as_of: Day,
        (starts, wanted): (&[(SkuId, Day)], &[SkuId]),
    ) -> Self {
        let events = events(lifts);
        let decided = |sku: SkuId| {
            starts
                .iter()
                .find(|(id, _)| *id == sku)
                .map(|(_, day)| *day)
        };
        let launch = |id: usize| {
            let id = SkuId::from_index(id);
            let known = catalog.sku(id).and_then(|sku| first.launch(sku, id));
            decided(id).or(known).filter(|_| !first.takes_over(id))
        };
        let launches: Vec<Option<Day>> = (0..catalog.skus.len()).map(launch).collect();
        let mut sold: BTreeMap<Outlet, Sold> = BTreeMap::new();
        let mut recent: BTreeMap<Outlet, f64> = BTreeMap::new();
        for row in demand_rows(dataset, catalog).filter(|row| row.day <= as_of) {
            let outlet = (row.sku, row.channel, row.region);
            let units = row.quantity.to_f64() / factor((lifts, &events), catalog, row, as_of);
            let launch = launches.get(row.sku.index()).copied().flatten();
            let Some(launch) = launch else {
                if wanted.contains(&row.sku) && as_of - row.day < 7 * RECENT_WEEKS {
                    *recent.entry(outlet).or_default() += units / f64::from(RECENT_WEEKS);
                }
                continue;
            };
            if row.quantity.is_zero() {
                continue;
            }
            let one = sold
                .entry(outlet)
                .or_insert_with(|| Sold::new(outlet, launch, row.day, as_of));
            one.units += row.quantity.to_f64();
            let week = usize::try_from((row.day - one.start).div_euclid(7));
            if let Some(sum) = week.ok().and_then(|week| one.weeks.get_mut(week)) {
                *sum += units;
            }
        }
        Self {
            launched: sold.into_values().collect(),
            recent: recent.into_iter().collect(),
        }
    }
}

impl Sold {
    fn new(outlet: Outlet, launch: Day, first: Day, as_of: Day) -> Self {
        let is_open = (0..=OPENING_DAYS).contains(&(first - launch));
        let start = if is_open { launch } else { first };
        let days = as_of - start + 1;
        let weeks = usize::try_from((days + 6) / 7).unwrap_or(0);
        Self {
            outlet,
            start,
            weeks: vec![0.0; weeks.min(CURVE_WEEKS)],
            days: days.min(7 * i32::try_from(CURVE_WEEKS).unwrap_or(0)),
            units: 0.0,
        }
    }
}

/// By group of goods: factors of events on the weeks up to the plan's date, oldest first.
fn events(lifts: &EventLifts) -> Vec<Vec<f64>> {
    let of = |group: usize| lifts.weeks(group, EVENT_WEEKS, 0).map(|lifts| lifts.past);
    let all = 0..lifts.groups();
    all.map(|group| of(group).unwrap_or_default()).collect()
}

fn factor(
    (lifts, events): (&EventLifts, &[Vec<f64>]),
    catalog: &Catalog,
    row: DemandRow,
    as_of: Day,
) -> f64 {
    let category = catalog.sku(row.sku).map(|sku| sku.category);
    let key = SeriesKey {
        sku: row.sku,
        channel: row.channel,
        region: row.region,
    };
    let group = group(lifts, category.unwrap_or(CategoryId(0)), key);
    let ago = usize::try_from((as_of - row.day) / 7).unwrap_or(0);
    let week = EVENT_WEEKS.checked_sub(1 + ago);
    let factor = week.and_then(|week| events.get(group)?.get(week));
    factor
        .copied()
        .map_or(1.0, |factor| num::larger(factor, 0.05))
}

/// The number of an outlet among all.
pub(super) fn outlet_number(catalog: &Catalog, channel: ChannelId, region: RegionId) -> u32 {
    let number = channel.index() * catalog.regions.len() + region.index();
    u32::try_from(number).unwrap_or(u32::MAX)
}
