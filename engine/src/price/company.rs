//! The prices of a company: what its files say, learnt by goods, and what is planned.

use super::book::{PriceBook, factor};
use super::history::{Days, Goods, event_groups, read};
use super::lifts::{OutletLifts, PriceLifts, WeekLift};
use super::shrink::elasticities;
use super::windows::{Evidence, Noise};
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::demand::{EmptyRun, WEEKS_MAX};
use crate::events::{EventBook, EventLifts};
use crate::ids::{CategoryId, ChannelId, SkuId};
use crate::master::{Catalog, Network};
use crate::num::exp;
use crate::order;

/// How long before a week the forecast of it was made whose error is measured.
const LAG_DAYS: i32 = 28;
/// Smallest factor: a week in which nearly nothing is sold says nothing of a usual one.
const FACTOR_MIN: f64 = 0.05;

/// A change of price that is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPrice {
    /// Which goods, in order.
    pub skus: Vec<SkuId>,
    /// In which channel; all of them if none is said.
    pub channel: Option<ChannelId>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// By which share of the usual price; negative cuts.
    pub change: f64,
    /// Date of the data it was planned on.
    pub made_on: Day,
}

/// What prices are learnt from beside the dataset.
#[derive(Clone, Copy)]
pub struct PriceSources<'a> {
    /// Ids of what it names.
    pub catalog: &'a Catalog,
    /// Which warehouse serves whom.
    pub network: &'a Network,
    /// Last day that is looked at, and weeks ahead.
    pub as_of: Day,
    /// Weeks of the forecast.
    pub horizon_weeks: u32,
    /// What events do: their days are left out, as their factors hold the usual cut.
    pub events: (&'a EventBook, &'a EventLifts),
    /// When shelves were empty.
    pub empty: &'a [EmptyRun],
}

/// What was learnt of the prices of a company, and what they do to the weeks of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyPrices {
    /// What was learnt.
    pub book: PriceBook,
    /// What it makes of the past and of what is planned.
    pub lifts: PriceLifts,
    /// Whether any price is given.
    pub are_given: bool,
}

/// Whether a dataset gives prices of what was sold.
#[must_use]
pub fn are_given(dataset: &Dataset) -> bool {
    let demand = dataset.table(TableId::Demand);
    demand.is_some_and(|table| {
        ["price", "revenue"]
            .iter()
            .any(|column| table.numbers(column).iter().any(|it| *it != i64::MIN))
    })
}

impl CompanyPrices {
    /// Learns the prices of a dataset; nothing where it gives none.
    #[must_use]
    pub fn learn(dataset: &Dataset, sources: &PriceSources<'_>, planned: &[PlannedPrice]) -> Self {
        let table = dataset.table(TableId::Demand);
        let Some(table) = table.filter(|_| are_given(dataset)) else {
            return Self::default();
        };
        let (catalog, network, as_of) = (sources.catalog, sources.network, sources.as_of);
        let from = (catalog, network, as_of);
        let (days, mut goods) = read(table, from, (sources.events, sources.empty));
        for plan in planned {
            let place = |day: Day| usize::try_from((day - days.first).max(0)).unwrap_or(0);
            if plan.to < days.first {
                continue;
            }
            let span = (plan.channel, place(plan.from), place(plan.to));
            for sku in &plan.skus {
                if let Some(own) = goods.get_mut(sku.index()) {
                    own.planned.push(span);
                }
            }
        }
        let all = goods.iter().enumerate();
        let evidence: Vec<Evidence> = all.filter_map(|own| Evidence::of(&days, own)).collect();
        let noise = Noise::of(evidence.iter().flat_map(|own| &own.quiet));
        let drawn = elasticities(&evidence, catalog.categories.len(), &noise);
        let sku = |own: &Evidence| goods.get(own.goods).map_or(SkuId(0), |goods| goods.sku);
        let named: Vec<_> = evidence.iter().map(|own| (sku(own), own)).collect();
        let book = PriceBook::new(&named, drawn, &noise);
        let mut prices = Self {
            lifts: PriceLifts::default(),
            are_given: true,
            book,
        };
        if !prices.book.is_empty() {
            prices.lifts = lifts(&prices.book, (&days, &goods), &evidence, (sources, planned));
        }
        prices
    }
}

/// Logarithms of price over what is usual on the days of an outlet: as seen in the past, and as
/// planned.
struct Changes {
    /// Days relative to the first after `as_of`, with what was seen.
    seen: Vec<(i32, f64)>,
    /// The same of what was planned, and on which date; in order.
    planned: Vec<(i32, f64, Day)>,
}

fn lifts(
    book: &PriceBook,
    (days, goods): (&Days, &[Goods]),
    evidence: &[Evidence],
    (sources, planned): (&PriceSources<'_>, &[PlannedPrice]),
) -> PriceLifts {
    let mut outlets = Vec::new();
    let mut evidence = evidence.iter().peekable();
    for (place, own) in goods.iter().enumerate() {
        let known = evidence.next_if(|it| it.goods == place);
        let group = u32::try_from(own.group).unwrap_or(0);
        let counted = book.counted(own.sku, CategoryId(group));
        if counted.0 == 0.0 {
            continue;
        }
        for channel in (0..sources.catalog.channels.len()).map(ChannelId::from_index) {
            let outlet = own.outlets.iter().position(|it| it.channel == channel);
            let here = |plan: &&PlannedPrice| {
                plan.skus.binary_search(&own.sku).is_ok()
                    && plan.channel.is_none_or(|only| only == channel)
            };
            let mut changes = Changes {
                seen: Vec::new(),
                planned: Vec::new(),
            };
            if let (Some(known), Some(outlet)) = (known, outlet) {
                changes.see(known, outlet, (days, own.calendar), sources.as_of);
            }
            let goods = (own.group, own.sku);
            let groups = event_groups((sources.catalog, sources.events.1), goods, channel);
            for plan in planned.iter().filter(here) {
                changes.plan(plan, &groups, sources);
            }
            if changes.seen.is_empty() && changes.planned.is_empty() {
                continue;
            }
            let key = (own.sku, channel);
            let week = Weeks {
                days,
                group: own.group,
                events: groups.first().copied().unwrap_or(own.group),
                counted,
                sources,
            };
            outlets.extend(week.lifts(key, &changes));
        }
    }
    order::sort_by_key(&mut outlets, |own: &OutletLifts| (own.sku, own.channel));
    PriceLifts { outlets }
}

impl Changes {
    /// Adds what was seen in an outlet.
    fn see(
        &mut self,
        known: &Evidence,
        outlet: usize,
        (days, calendar): (&Days, usize),
        as_of: Day,
    ) {
        for episode in known
            .episodes
            .iter()
            .filter(|it| it.outlets.contains(&outlet))
        {
            for day in episode.first..=episode.last {
                if !days.is_event(calendar, day) {
                    self.seen.push((days.day(day) - as_of - 1, episode.change));
                }
            }
        }
        order::sort_by_key(&mut self.seen, |(day, _)| *day);
        self.seen.dedup_by_key(|(day, _)| *day);
    }

    /// Adds what is planned, as far back and ahead as the plan looks; on the days of a learnt event its factor holds
    /// the usual cut.
    fn plan(&mut self, plan: &PlannedPrice, groups: &[usize], sources: &PriceSources<'_>) {
        let ahead = 7 * i32::try_from(sources.horizon_weeks).unwrap_or(0);
        let first = (plan.from - sources.as_of - 1).max(-7 * WEEKS_MAX);
        let last = (plan.to - sources.as_of - 1).min(ahead - 1);
        let log = crate::num::ln(f64::max(1.0 + plan.change, 0.01));
        let is_quiet = |day: &i32| {
            let day = sources.as_of + 1 + *day;
            let mut groups = groups.iter();
            groups.all(|group| sources.events.0.day_factor(*group, day) == 1.0)
        };
        let days = (first..=last).filter(is_quiet);
        self.planned
            .extend(days.map(|day| (day, log, plan.made_on)));
        order::sort_by_key(&mut self.planned, |(day, ..)| *day);
    }
}

/// Weeks of one outlet.
struct Weeks<'a> {
    days: &'a Days,
    group: usize,
    /// Group of its events, in the first region where those differ.
    events: usize,
    /// Elasticity, and the largest logarithm of a change.
    counted: (f64, f64),
    sources: &'a PriceSources<'a>,
}

impl Weeks<'_> {
    fn lifts(&self, (sku, channel): (SkuId, ChannelId), changes: &Changes) -> Option<OutletLifts> {
        let of = |day: i32| day.div_euclid(7);
        let seen = changes.seen.iter().map(|(day, _)| of(*day));
        let planned = changes.planned.iter().map(|(day, ..)| of(*day));
        let mut weeks: Vec<i32> = seen.chain(planned).collect();
        order::sort(&mut weeks);
        weeks.dedup();
        let lift = |week: i32| self.week(week, changes);
        let weeks: Vec<WeekLift> = weeks.into_iter().filter_map(lift).collect();
        let ahead = 0..7 * i32::try_from(self.sources.horizon_weeks).unwrap_or(0);
        let days = ahead.filter_map(|day| {
            let factor = self.planned(day, changes, None);
            (factor != 1.0).then_some((day, factor))
        });
        let days = days.collect();
        (!weeks.is_empty()).then_some(OutletLifts {
            sku,
            channel,
            weeks,
            days,
        })
    }

    fn week(&self, week: i32, changes: &Changes) -> Option<WeekLift> {
        let start = self.sources.as_of + 1 + 7 * week;
        let shares = self.shares(week);
        let sum = |of: &dyn Fn(i32) -> f64| {
            let mut sum = 1.0;
            for (day, share) in (7 * week..).zip(shares) {
                sum += share * (of(day) - 1.0);
            }
            f64::max(sum, FACTOR_MIN)
        };
        let lift = match week {
            0.. => {
                let factor = sum(&|day| self.planned(day, changes, None));
                WeekLift {
                    week,
                    factor,
                    known: factor,
                }
            }
            _ => WeekLift {
                week,
                factor: sum(&|day| self.seen(day, changes)),
                known: sum(&|day| self.planned(day, changes, Some(start + -LAG_DAYS))),
            },
        };
        (lift.factor != 1.0 || lift.known != 1.0).then_some(lift)
    }

    fn seen(&self, day: i32, changes: &Changes) -> f64 {
        let place = changes.seen.binary_search_by_key(&day, |(day, _)| *day);
        let found = place.ok().and_then(|place| changes.seen.get(place));
        found.map_or(1.0, |(_, log)| self.factor(*log))
    }

    /// Changes of one day add up; with a date, only those planned by then.
    fn planned(&self, day: i32, changes: &Changes, by: Option<Day>) -> f64 {
        let mut sum = 0.0;
        let start = changes.planned.partition_point(|(of, ..)| *of < day);
        let own = changes.planned.iter().skip(start);
        for (_, log, made_on) in own.take_while(|(of, ..)| *of == day) {
            if by.is_none_or(|by| *made_on <= by) {
                sum += log;
            }
        }
        self.factor(sum)
    }

    fn factor(&self, log: f64) -> f64 {
        let (elasticity, reach) = self.counted;
        factor(elasticity, exp(log) - 1.0, reach)
    }

    /// Shares of a week by day without changes of price; ahead with what events do.
    fn shares(&self, week: i32) -> [f64; 7] {
        let mut shares = [0.0; 7];
        for (day, share) in (0..).zip(&mut shares) {
            let weekday = (self.sources.as_of + 1 + day).weekday().index();
            let rhythm = self.days.rhythm.get(self.group);
            let own = rhythm.and_then(|rhythm| rhythm.get(weekday));
            *share = own.copied().unwrap_or(1.0) / 7.0;
        }
        match usize::try_from(week) {
            Ok(week) => self.sources.events.1.shares(self.events, week, &shares),
            Err(_) => shares,
        }
    }
}
