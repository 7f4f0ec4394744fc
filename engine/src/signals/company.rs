//! The signals of a company: what its files say, judged by category.

use std::collections::BTreeMap;

use super::court::{CourtRules, Hearing, Ruling};
use super::docket::{Petition, rule_on};
use super::keyword_map::{Goods, KeywordMap, Link};
use super::lifts::{ScopeLift, SignalLifts};
use super::panel::{Grid, SignalPanel};
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::demand::WEEKS_MAX;
use crate::events::{self, EventLifts};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::num::index_usize;
use crate::units::Qty;

/// What a ruling is on.
#[derive(Clone, Debug, PartialEq)]
pub struct CourtRow {
    /// Where the word was read.
    pub source: String,
    /// The word.
    pub keyword: String,
    /// Category of the goods.
    pub category: CategoryId,
    /// The goods themselves; all of the category if empty.
    pub skus: Vec<SkuId>,
    /// Where; everywhere if absent.
    pub region: Option<RegionId>,
    /// What the court ruled.
    pub ruling: Ruling,
}

/// Signals, map and rulings of a company.
#[derive(Clone, Debug, Default)]
pub struct CompanySignals {
    /// Signals by week; weeks end at the plan's date and before.
    pub panel: SignalPanel,
    /// Which words stand for which goods.
    pub map: KeywordMap,
    /// Every signal of mapped words, by category.
    pub rulings: Vec<CourtRow>,
}

/// The goods of a petition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Scope {
    skus: Vec<SkuId>,
    region: Option<RegionId>,
}

impl CompanySignals {
    /// Reads signals and map, without judging.
    #[must_use]
    pub fn read(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        let ago = |day: Day| usize::try_from((as_of - day).div_euclid(7)).ok();
        let grid = Grid {
            ago: &ago,
            days: 7,
            periods_max: usize::try_from(WEEKS_MAX).unwrap_or(0),
        };
        let table = dataset.table(TableId::Signals);
        Self {
            panel: table.map_or_else(SignalPanel::default, |table| SignalPanel::new(table, &grid)),
            map: KeywordMap::new(dataset, catalog),
            rulings: Vec::new(),
        }
    }

    /// Reads and judges the signals of a dataset on demand up to `as_of`, without what `events`
    /// did to it. Only mapped words are judged: a person says what a word stands for.
    #[must_use]
    pub fn judge(
        dataset: &Dataset,
        catalog: &Catalog,
        as_of: Day,
        (events, hearing): (&EventLifts, Hearing),
    ) -> Self {
        let mut company = Self::read(dataset, catalog, as_of);
        let mut dockets: BTreeMap<CategoryId, Vec<(String, String, Scope)>> = BTreeMap::new();
        for (source, keyword) in company.panel.voices() {
            for (category, scope) in scopes(company.map.links(keyword), catalog, as_of) {
                let petition = (source.to_owned(), keyword.to_owned(), scope);
                dockets.entry(category).or_default().push(petition);
            }
        }
        if dockets.is_empty() {
            return company;
        }
        let demand = weekly_demand(dataset, catalog, as_of, events);
        for (category, docket) in dockets {
            let rulings = company.session(category, docket, &demand, (events, hearing, catalog));
            company.rulings.extend(rulings);
        }
        company
    }

    /// Hears all cases of one category.
    fn session(
        &self,
        category: CategoryId,
        docket: Vec<(String, String, Scope)>,
        demand: &Demand,
        (events, hearing, catalog): (&EventLifts, Hearing, &Catalog),
    ) -> Vec<CourtRow> {
        let is_of_category =
            |sku: SkuId| catalog.sku(sku).is_some_and(|it| it.category == category);
        let by_region = docket.iter().any(|(.., scope)| scope.region.is_some());
        let series = series(demand, is_of_category, by_region, events);
        let (keys, series): (Vec<(SkuId, Option<RegionId>)>, Vec<_>) = series.into_iter().unzip();
        let petition = |(source, keyword, scope): &(String, String, Scope)| {
            let region = scope.region.and_then(|id| catalog.regions.get(id.index()));
            let region = region.map(|region| region.code.as_str());
            let inside = |(_, key): &(usize, &(SkuId, Option<RegionId>))| {
                let (sku, region) = key;
                (scope.skus.is_empty() || scope.skus.binary_search(sku).is_ok())
                    && (scope.region.is_none() || scope.region == *region)
            };
            let places = keys.iter().enumerate().filter(inside);
            Petition {
                signal: self
                    .panel
                    .voice(source, keyword, region)
                    .unwrap_or_default(),
                scope: places.map(|(place, _)| place).collect(),
            }
        };
        let petitions: Vec<Petition> = docket.iter().map(petition).collect();
        let rulings = rule_on(&petitions, &series, &CourtRules::WEEKLY, hearing);
        let row = |((source, keyword, scope), ruling): ((_, _, Scope), _)| CourtRow {
            source,
            keyword,
            category,
            skus: scope.skus,
            region: scope.region,
            ruling,
        };
        docket.into_iter().zip(rulings).map(row).collect()
    }

    /// The factors of the accepted signals over the weeks of a plan.
    #[must_use]
    pub fn lifts(&self, horizon_weeks: usize) -> SignalLifts {
        let accepted = self.rulings.iter().filter(|row| row.ruling.is_accepted());
        let scope = |row: &CourtRow| ScopeLift {
            category: row.category,
            skus: row.skus.clone(),
            region: row.region,
            past: row.ruling.factors.past.clone(),
            known: row.ruling.factors.known.clone(),
            ahead: row.ruling.factors.ahead().take(horizon_weeks).collect(),
        };
        SignalLifts {
            scopes: accepted.map(scope).collect(),
        }
    }
}

/// The scopes of a word: one for each category and region its links name.
fn scopes(links: &[Link], catalog: &Catalog, as_of: Day) -> BTreeMap<CategoryId, Scope> {
    let mut scopes: BTreeMap<CategoryId, Scope> = BTreeMap::new();
    for link in links
        .iter()
        .filter(|link| link.holds_on(as_of) && link.weight > 0.0)
    {
        let (category, sku) = match link.goods {
            Goods::Category(category) => (category, None),
            Goods::Sku(sku) => match catalog.sku(sku) {
                Some(found) => (found.category, Some(sku)),
                None => continue,
            },
        };
        let own = Scope {
            skus: sku.into_iter().collect(),
            region: link.region,
        };
        match scopes.entry(category) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(own);
            }
            std::collections::btree_map::Entry::Occupied(mut slot) => {
                let scope = slot.get_mut();
                if scope.skus.is_empty() || own.skus.is_empty() {
                    scope.skus.clear();
                } else {
                    scope.skus.extend(own.skus);
                    crate::order::sort(&mut scope.skus);
                    scope.skus.dedup();
                }
                if scope.region != own.region {
                    scope.region = None;
                }
            }
        }
    }
    scopes
}

/// Thousandths of units by SKU, region and group of events, by weeks before the last.
type Demand = BTreeMap<(SkuId, RegionId, usize), Vec<i64>>;

fn weekly_demand(dataset: &Dataset, catalog: &Catalog, as_of: Day, lifts: &EventLifts) -> Demand {
    let mut demand = Demand::new();
    let Some(table) = dataset.table(TableId::Demand) else {
        return demand;
    };
    let Some((skus, regions)) = table.texts("sku").zip(table.texts("region")) else {
        return demand;
    };
    let sku_ids = Catalog::translate(&skus.words, |code| catalog.sku_id(code));
    let region_ids = Catalog::translate(&regions.words, |code| catalog.region_id(code));
    let channels = table.texts("channel").filter(|_| !lifts.are_by_category());
    let channel_ids = channels.map_or_else(Vec::new, |channels| {
        Catalog::translate(&channels.words, |code| catalog.channel_id(code))
    });
    let group_of = |row: usize, sku: SkuId, region: RegionId| {
        let code = channels.and_then(|channels| channels.codes.get(row));
        let channel = code.and_then(|code| channel_ids.get(index_usize(*code)).copied().flatten());
        let category = catalog.sku(sku).map(|sku| sku.category);
        lifts.group(&events::Goods {
            category: category.unwrap_or(CategoryId(0)),
            sku: Some(sku),
            channel: channel.unwrap_or(ChannelId(0)),
            region,
        })
    };
    let keys = skus.codes.iter().zip(&regions.codes);
    let figures = table.days("date").iter().zip(table.numbers("quantity"));
    for (row, ((sku, region), (day, quantity))) in keys.zip(figures).enumerate() {
        let sku = sku_ids.get(index_usize(*sku)).copied().flatten();
        let region = region_ids.get(index_usize(*region)).copied().flatten();
        let age = as_of - Day::from_number(*day);
        let week = usize::try_from(age.div_euclid(7)).ok();
        let week = week.filter(|_| age < 7 * WEEKS_MAX);
        if let Some(((sku, region), week)) = sku.zip(region).zip(week) {
            let key = (sku, region, group_of(row, sku, region));
            let weeks = demand.entry(key).or_default();
            if weeks.len() <= week {
                weeks.resize(week + 1, 0);
            }
            if let Some(sum) = weeks.get_mut(week) {
                *sum = sum.saturating_add(*quantity);
            }
        }
    }
    demand
}

/// Weekly units of the goods without what events did, oldest first: by SKU, and by region where
/// that matters.
fn series(
    demand: &Demand,
    is_wanted: impl Fn(SkuId) -> bool,
    by_region: bool,
    events: &EventLifts,
) -> BTreeMap<(SkuId, Option<RegionId>), Vec<f64>> {
    type Key = (SkuId, Option<RegionId>);
    let mut sums: BTreeMap<(Key, usize), Vec<i64>> = BTreeMap::new();
    let wanted = demand.iter().filter(|((sku, ..), _)| is_wanted(*sku));
    for ((sku, region, group), weeks) in wanted {
        let key = (*sku, by_region.then_some(*region));
        let sum = sums.entry((key, *group)).or_default();
        if sum.len() < weeks.len() {
            sum.resize(weeks.len(), 0);
        }
        for (sum, value) in sum.iter_mut().zip(weeks) {
            *sum = sum.saturating_add(*value);
        }
    }
    let mut series: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    for ((key, group), weeks) in sums {
        let weeks = weeks.into_iter().rev().map(Qty::from_thousandths);
        let mut own: Vec<f64> = weeks.map(Qty::to_f64).collect();
        if let Some(lifts) = events.weeks(group, own.len(), 0) {
            super::docket::divide(&mut own, &lifts.past);
        }
        let whole = series.entry(key).or_default();
        // Newest weeks stand last.
        let longer = own.len().saturating_sub(whole.len());
        whole.splice(0..0, std::iter::repeat_n(0.0, longer));
        let skipped = whole.len() - own.len();
        for (sum, value) in whole.iter_mut().skip(skipped).zip(own) {
            *sum += value;
        }
    }
    series
}
