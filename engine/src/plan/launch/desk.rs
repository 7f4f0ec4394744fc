//! The forecasts of new items.

use super::draft::Draft;
use super::groups::{band, bands, groups, path};
use super::item::{ItemForecast, LaunchedItem, SeriesLevel, own_sales};
use super::panel::{FirstSales, Panel, Sold, outlet_number};
use super::{LaunchSources, Launched, NEW_DAYS, Outlet};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::events::Goods;
use crate::forecast::{
    CURVE_WEEKS, Curve, Expectation, Groups, Kinship, LaunchBook, OwnSales, PastLaunch,
};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::num;
use crate::order;
use crate::plan::adjust::Launch;
use crate::signals::together;

/// Share of a category's launches that an outlet must have had for the next one to be expected.
const USUAL: f64 = 0.5;
/// Weeks of a year.
const SEASON: usize = 52;

/// What is known of launches, and which items are to be forecast.
pub struct LaunchDesk {
    book: Option<LaunchBook>,
    panel: Panel,
    /// Items wanted, by SKU.
    drafts: Vec<Draft>,
    bands: Vec<u32>,
    first: FirstSales,
}

impl LaunchDesk {
    /// Reads the launches of a dataset, and what was decided about new items.
    #[must_use]
    pub fn new(dataset: &Dataset, sources: &LaunchSources<'_>, decided: &[Launch]) -> Self {
        let LaunchSources {
            catalog,
            as_of,
            horizon_weeks,
            ..
        } = *sources;
        let rows = crate::plan::partition::demand_rows(dataset, catalog);
        let first = FirstSales::new(rows, catalog, as_of);
        let last = as_of + 7 * i32::try_from(horizon_weeks).unwrap_or(0);
        let mut drafts = Vec::new();
        for id in (0..catalog.skus.len()).map(SkuId::from_index) {
            let known = decided
                .iter()
                .rev()
                .find(|launch| catalog.sku_id(&launch.sku) == Some(id));
            let known = known.filter(|_| !first.takes_over(id));
            let decided = known.and_then(|launch| Draft::decided(launch, id, catalog));
            let draft = decided.or_else(|| {
                let begins = first.begins(catalog, id, (as_of, last));
                begins.map(|from| Draft::own(id, from, catalog))
            });
            let is_new = first.first(id).is_none_or(|day| as_of - day < NEW_DAYS);
            drafts.extend(
                draft.filter(|draft| {
                    is_new && as_of - draft.from < NEW_DAYS - 1 && draft.from <= last
                }),
            );
        }
        let starts: Vec<(SkuId, Day)> = drafts
            .iter()
            .filter(|draft| draft.is_decided)
            .filter_map(|draft| Some((draft.sku?, draft.from)))
            .collect();
        let wanted: Vec<SkuId> = drafts
            .iter()
            .flat_map(|draft| draft.analogues.clone())
            .collect();
        Self::read(dataset, sources, first, drafts, (&starts, &wanted))
    }

    /// Reads what a single draft needs.
    #[must_use]
    pub fn of(dataset: &Dataset, sources: &LaunchSources<'_>, draft: &Draft) -> Self {
        let rows = crate::plan::partition::demand_rows(dataset, sources.catalog);
        let first = FirstSales::new(rows, sources.catalog, sources.as_of);
        let start = draft.sku.map(|sku| (sku, draft.from));
        let starts: Vec<_> = start.into_iter().collect();
        Self::read(
            dataset,
            sources,
            first,
            vec![draft.clone()],
            (&starts, &draft.analogues),
        )
    }

    fn read(
        dataset: &Dataset,
        sources: &LaunchSources<'_>,
        first: FirstSales,
        drafts: Vec<Draft>,
        wanted: (&[(SkuId, Day)], &[SkuId]),
    ) -> Self {
        let LaunchSources {
            catalog,
            as_of,
            lifts,
            ..
        } = *sources;
        let panel = match drafts.is_empty() {
            true => Panel {
                launched: Vec::new(),
                recent: Vec::new(),
            },
            false => Panel::read(dataset, (catalog, &first), lifts, as_of, wanted),
        };
        let bands = bands(catalog);
        let new: Vec<Option<SkuId>> = drafts.iter().map(|draft| draft.sku).collect();
        let past = |sold: &Sold| {
            let (sku, channel, region) = sold.outlet;
            let groups = groups(catalog, &bands, sku);
            let past = sold.past(groups, outlet_number(catalog, channel, region));
            past.filter(|_| !new.contains(&Some(sku)))
        };
        let launches: Vec<PastLaunch> = panel.launched.iter().filter_map(past).collect();
        Self {
            book: LaunchBook::learn(&launches),
            panel,
            drafts,
            bands,
            first,
        }
    }

    /// What was learnt; `None` where too few launches are known.
    #[must_use]
    pub fn book(&self) -> Option<&LaunchBook> {
        self.book.as_ref()
    }

    /// Outlets of the items wanted.
    pub(in crate::plan) fn outlets(&self, catalog: &Catalog) -> Vec<Outlet> {
        let outlets = |draft: &Draft| {
            let sku = draft.sku.unwrap_or(SkuId(u32::MAX));
            let levels = self.expectation(draft, catalog).unwrap_or_default();
            levels
                .into_iter()
                .map(move |((channel, region), _)| (sku, channel, region))
        };
        self.drafts.iter().flat_map(outlets).collect()
    }

    /// What a launch of goods was, by outlet: units a week over the first weeks.
    #[must_use]
    pub fn levels_of(&self, sku: SkuId) -> Vec<((ChannelId, RegionId), f64)> {
        let mut levels = Vec::new();
        for sold in self
            .panel
            .launched
            .iter()
            .filter(|sold| sold.outlet.0 == sku)
        {
            if let Some(past) = sold.past([0; 3], 0) {
                levels.push(((sold.outlet.1, sold.outlet.2), past.level()));
            }
        }
        let tail = self
            .book
            .as_ref()
            .map_or(1.0, |book| book.curve.at(CURVE_WEEKS));
        for ((_, channel, region), units) in self.panel.recent.iter().filter(|(it, _)| it.0 == sku)
        {
            levels.push(((*channel, *region), units / num::larger(tail, 0.1)));
        }
        levels
    }

    /// Whether the launch of goods itself is known, eight weeks of it.
    #[must_use]
    pub fn has_launch(&self, sku: SkuId) -> bool {
        let mut launched = self
            .panel
            .launched
            .iter()
            .filter(|sold| sold.outlet.0 == sku);
        launched.any(|sold| sold.past([0; 3], 0).is_some())
    }

    /// First day of a launch that the history shows.
    #[must_use]
    pub fn launch_of(&self, sku: SkuId) -> Option<Day> {
        let launched = self
            .panel
            .launched
            .iter()
            .filter(|sold| sold.outlet.0 == sku);
        launched.map(|sold| sold.start).min()
    }

    /// Units by week from the launch on, over all outlets.
    #[must_use]
    pub fn ramp_of(&self, sku: SkuId) -> Vec<f64> {
        let mut ramp = Vec::new();
        for sold in self
            .panel
            .launched
            .iter()
            .filter(|sold| sold.outlet.0 == sku)
        {
            if ramp.len() < sold.weeks.len() {
                ramp.resize(sold.weeks.len(), 0.0);
            }
            for (sum, units) in ramp.iter_mut().zip(&sold.weeks) {
                *sum += units;
            }
        }
        ramp
    }

    /// Whether goods take over from others.
    #[must_use]
    pub fn takes_over(&self, sku: SkuId) -> bool {
        self.first.takes_over(sku)
    }

    /// Units a week by outlet that a draft is expected to sell, and their relative variance.
    fn expectation(
        &self,
        draft: &Draft,
        catalog: &Catalog,
    ) -> Option<Vec<((ChannelId, RegionId), f64)>> {
        let own = self.own(draft);
        let mut levels: Vec<((ChannelId, RegionId), f64)> = Vec::new();
        let mut add = |place: (ChannelId, RegionId), units: f64| match levels
            .binary_search_by_key(&place, |(place, _)| *place)
        {
            Ok(at) => levels
                .get_mut(at)
                .into_iter()
                .for_each(|(_, sum)| *sum += units),
            Err(at) => levels.insert(at, (place, units)),
        };
        let count = self.known_analogues(draft);
        for analogue in &draft.analogues {
            for (place, units) in self.levels_of(*analogue) {
                add(place, units / f64::max(count, 1.0));
            }
        }
        if draft.analogues.is_empty() {
            let book = self.book.as_ref()?;
            let groups = self.groups_of(draft, catalog);
            let level = book.group_level(groups);
            let usual = self.usual_outlets(draft.category, catalog);
            let places: Vec<(ChannelId, RegionId)> = match own.is_empty() {
                true => usual,
                false => own
                    .iter()
                    .map(|sold| (sold.outlet.1, sold.outlet.2))
                    .collect(),
            };
            for (channel, region) in places {
                let outlet = outlet_number(catalog, channel, region);
                add((channel, region), level * book.outlet_share(outlet));
            }
        }
        let factor = num::whole_f64(draft.level.max(0)) / 10_000.0;
        if !draft.channels.is_empty() {
            levels.retain(|((channel, _), _)| draft.channels.contains(channel));
        }
        levels.iter_mut().for_each(|(_, units)| *units *= factor);
        self.add_sold(&mut levels, own, catalog);
        (!levels.is_empty()).then_some(levels)
    }

    /// How many analogues show a level; others say nothing.
    fn known_analogues(&self, draft: &Draft) -> f64 {
        let analogues = draft.analogues.iter();
        let known = analogues.filter(|analogue| !self.levels_of(**analogue).is_empty());
        num::count_f64(known.count())
    }

    /// Outlets in which goods are sold though nobody expected it: by their share of the rest.
    fn add_sold(
        &self,
        levels: &mut Vec<((ChannelId, RegionId), f64)>,
        own: Vec<&Sold>,
        catalog: &Catalog,
    ) {
        let share = |(channel, region)| {
            let outlet = outlet_number(catalog, channel, region);
            self.book
                .as_ref()
                .map_or(1.0, |book| book.outlet_share(outlet))
        };
        let expected: f64 = levels.iter().map(|(_, units)| units).sum();
        let shares: f64 = levels.iter().map(|(place, _)| share(*place)).sum();
        for sold in own {
            let place = (sold.outlet.1, sold.outlet.2);
            let known = levels.binary_search_by_key(&place, |(place, _)| *place);
            if let Err(at) = known
                && shares > 0.0
            {
                levels.insert(at, (place, expected / shares * share(place)));
            }
        }
    }

    fn own(&self, draft: &Draft) -> Vec<&Sold> {
        let own = |sold: &&Sold| Some(sold.outlet.0) == draft.sku;
        self.panel.launched.iter().filter(own).collect()
    }

    fn groups_of(&self, draft: &Draft, catalog: &Catalog) -> [u32; 3] {
        match (draft.sku, draft.category) {
            (Some(sku), _) => groups(catalog, &self.bands, sku),
            (None, category) => {
                let category = category.unwrap_or(CategoryId(0));
                path(catalog, category, band(catalog, category, draft.price))
            }
        }
    }

    /// Outlets that had at least half of a category's launches.
    fn usual_outlets(
        &self,
        category: Option<CategoryId>,
        catalog: &Catalog,
    ) -> Vec<(ChannelId, RegionId)> {
        let is_in = |sold: &&Sold| {
            let sku = catalog.sku(sold.outlet.0);
            category.is_none() || sku.map(|sku| sku.category) == category
        };
        let launched = || self.panel.launched.iter().filter(is_in);
        let items = order::collect_set(launched().map(|sold| sold.outlet.0)).len();
        let places = order::collect_set(launched().map(|sold| (sold.outlet.1, sold.outlet.2)));
        let is_usual = |place: &(ChannelId, RegionId)| {
            let sold = launched().filter(|sold| (sold.outlet.1, sold.outlet.2) == *place);
            num::count_f64(sold.count()) >= USUAL * num::count_f64(items)
        };
        places.into_iter().filter(is_usual).collect()
    }

    /// The forecast of a draft; `None` where nothing is known to expect.
    #[must_use]
    pub fn forecast(
        &self,
        draft: &Draft,
        groups: &Groups,
        sources: &LaunchSources<'_>,
    ) -> Option<ItemForecast> {
        let book = self.book.as_ref()?;
        let levels = self.expectation(draft, sources.catalog)?;
        let curve = book.curve.clone();
        let sold = self.own(draft);
        let outlet = |((channel, region), _): &((ChannelId, RegionId), f64)| {
            let mut here = sold.iter();
            let here = here.find(|it| (it.outlet.1, it.outlet.2) == (*channel, *region));
            let season = season(draft, *region, groups);
            Here {
                start: here.map_or(draft.from, |sold| sold.start),
                own: own_sales(here.copied(), draft, &curve, sources.as_of, &season),
                sold: here.map_or(0.0, |sold| sold.units),
                season,
            }
        };
        let outlets: Vec<Here> = levels.iter().map(outlet).collect();
        let count = self.known_analogues(draft);
        let spread = if count > 0.0 { 1.0 + 1.0 / count } else { 1.0 };
        let expected = Expectation {
            levels: levels.iter().map(|(_, units)| *units).collect(),
            variance: book.items_variance * spread,
        };
        let own: Vec<OwnSales> = outlets.iter().map(|here| here.own).collect();
        let updated = book.forecast(&expected, &own);
        let (total, doubt) = book.total(&expected, &own, &updated);
        let mut series = Vec::with_capacity(levels.len());
        for ((((channel, region), expected), level), here) in
            levels.into_iter().zip(updated).zip(&outlets)
        {
            series.push(SeriesLevel {
                channel,
                region,
                expected,
                level,
                mean: here.means(level.mean, (draft, channel, region), &curve, sources),
                sold: here.sold,
            });
        }
        Some(ItemForecast {
            curve,
            series,
            total,
            doubt,
        })
    }

    /// The forecasts of all items wanted.
    pub(in crate::plan) fn forecast_all(
        &self,
        groups: &Groups,
        sources: &LaunchSources<'_>,
    ) -> (Vec<LaunchedItem>, Vec<Launched>) {
        let (mut items, mut launched) = (Vec::new(), Vec::new());
        for draft in &self.drafts {
            let (Some(sku), Some(forecast)) = (draft.sku, self.forecast(draft, groups, sources))
            else {
                continue;
            };
            let sum = |part: fn(&SeriesLevel) -> f64| forecast.series.iter().map(part).sum();
            items.push(LaunchedItem {
                sku,
                draft: draft.clone(),
                expected: sum(|one| one.expected),
                level: sum(|one| one.level.mean),
                sold: sum(|one| one.sold),
                doubt: forecast.doubt,
            });
            launched.extend(
                forecast
                    .series
                    .iter()
                    .map(|one| one.launched(sku, forecast.doubt)),
            );
        }
        (items, launched)
    }
}

/// What is known of an item in an outlet.
struct Here {
    /// First day of its launch there.
    start: Day,
    own: OwnSales,
    /// Units sold.
    sold: f64,
    /// Factors of the season by week ahead.
    season: Vec<f64>,
}

impl Here {
    /// Units by week ahead.
    fn means(
        &self,
        level: f64,
        (draft, channel, region): (&Draft, ChannelId, RegionId),
        curve: &Curve,
        sources: &LaunchSources<'_>,
    ) -> Vec<f64> {
        let horizon = num::index_usize(sources.horizon_weeks);
        let group = sources.lifts.group(&Goods {
            category: draft.category.unwrap_or(CategoryId(0)),
            sku: draft.sku,
            channel,
            region,
        });
        let events = sources.lifts.weeks(group, 0, horizon);
        let outlet = draft.sku.map(|sku| (sku, channel));
        let prices = outlet.and_then(|outlet| sources.prices.weeks(outlet, 0, horizon));
        let lifts = together(events, prices);
        let mean = |week: usize| {
            let first = sources.as_of + 1 + 7 * i32::try_from(week).unwrap_or(0);
            let lift = lifts.as_ref().and_then(|lifts| lifts.ahead.get(week));
            let index = self.season.get(week % SEASON).copied().unwrap_or(1.0);
            level * curve.over_week(first - self.start) * lift.copied().unwrap_or(1.0) * index
        };
        (0..horizon).map(mean).collect()
    }
}

fn season(draft: &Draft, region: RegionId, groups: &Groups) -> Vec<f64> {
    let kin = Kinship {
        category: draft.category.map_or(0, |category| category.0),
        region: region.0,
    };
    groups.half_season(kin, SEASON)
}
