//! Forecasts made again, to be looked at: every model on one series, and the steps by which the
//! forecast gains on a naive one. They use what the plan's series taught each other.

use serde::{Deserialize, Serialize};

use super::adjust::{Adjustment, Decisions};
use super::lifecycle::Links;
use super::measure::{LEVELS, SEASON_WEEKS, config, groups_of, series_of};
use super::outcome::Plan;
use super::partition::{Histories, PARTITIONS, PartitionInput, demand_rows};
use super::quiet::{members, quiet};
use super::view::{Scope, Slice};
use super::{Broadcast, LAG_WEEKS};
use crate::dataset::{Dataset, Hash};
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::events::EventLifts;
use crate::forecast::{
    GroupPartial, Groups, Inspection, LookBack, Pool, PoolPartial, inspect, look_back, scan,
};
use crate::ids::SkuId;
use crate::price::PriceLifts;
use crate::signals::{InflowLifts, SignalLifts};

/// Weeks of the ladder: the newest quarter.
pub const LADDER_WEEKS: usize = 13;

/// What the partitions of a plan were told.
#[derive(Serialize, Deserialize)]
pub(super) struct Learnt {
    pub(super) broadcast: Broadcast,
    pub(super) groups: Groups,
    pub(super) lifts: (EventLifts, SignalLifts),
}

impl Plan {
    pub(super) fn learnt(&self) -> Option<Learnt> {
        postcard::from_bytes(&self.learnt).ok()
    }

    /// The demand this plan forecasts from, of some goods, by partition.
    pub(super) fn inputs(
        &self,
        dataset: &Dataset,
        decisions: &Decisions,
        is_wanted: &dyn Fn(SkuId) -> bool,
    ) -> Vec<PartitionInput> {
        let (catalog, settings) = (&self.catalog, &self.settings);
        let rows = demand_rows(dataset, catalog);
        let links = Links::new(catalog, rows, self.as_of, settings.horizon_weeks);
        // Whoever asks may know the planner's hand alone.
        let decisions = &Decisions {
            stockouts: self.stockouts,
            ..decisions.clone()
        };
        let histories = Histories {
            dataset,
            catalog,
            network: &self.network,
            settings,
            as_of: self.as_of,
            links: &links,
            decisions,
            lifts: (&self.prices.lifts, &self.inflows),
        };
        histories.partitions(is_wanted)
    }

    /// Every model on one series, with its errors over the rolling origins; `None` where the plan
    /// has no such series, or none with a history.
    pub fn inspect(
        &self,
        dataset: &Dataset,
        decisions: &Decisions,
        key: SeriesKey,
    ) -> Option<Inspection> {
        let learnt = self.learnt()?;
        let inputs = self.inputs(dataset, decisions, &|sku| sku == key.sku);
        let input = inputs.iter().find(|input| input.sku(key.sku).is_some())?;
        let series = series_of(input);
        let place = series.iter().position(|series| series.key == key)?;
        let quiet = quiet(input, (&learnt.lifts.0, &learnt.lifts.1), &series);
        let member = members(input, &series, &quiet).nth(place)?;
        let pool = &learnt.broadcast.pool;
        let config = config(input);
        Some(inspect(
            &member,
            SEASON_WEEKS,
            &config,
            &learnt.groups,
            pool,
        ))
    }
}

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// What was sold in the last week known.
    Naive,
    /// The engine's forecast without events, prices and signals: neither taken out of the history
    /// nor expected.
    Statistical,
    /// With events, and the history without what prices did.
    Events,
    /// And with signals, campaigns and leads: the forecast of the plan.
    Signals,
    /// And with what was changed by hand.
    Override,
}

impl Rung {
    /// Every rung from the ground up.
    pub const ALL: [Self; 5] = [
        Self::Naive,
        Self::Statistical,
        Self::Events,
        Self::Signals,
        Self::Override,
    ];

    /// The name in views and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Statistical => "statistical",
            Self::Events => "events",
            Self::Signals => "signals",
            Self::Override => "override",
        }
    }
}

/// The forecasts of one series, newest week first; `None` where none was made.
struct Seen {
    key: SeriesKey,
    naive: Vec<Option<f64>>,
    /// Without events and signals, with events, with both.
    made: [Vec<Option<LookBack>>; VARIANTS],
}

/// Plain, with events, with both.
const VARIANTS: usize = 3;

/// Forecasts of the newest weeks made again, [`LAG_WEEKS`] before each, without events and
/// signals, with events, and with both; bit by bit, because it takes about as long as plans do.
pub struct Replays {
    key: Hash,
    as_of: Day,
    inputs: Vec<PartitionInput>,
    lifts: (EventLifts, SignalLifts),
    /// What prices do, by partition, for the variants that know it.
    prices: Vec<PriceLifts>,
    /// What campaigns and leads do, by partition, for the last variant.
    inflows: Vec<InflowLifts>,
    variant: usize,
    at: At,
    partition: usize,
    totals: GroupPartial,
    groups: Groups,
    partial: PoolPartial,
    pool: Option<Pool>,
    /// Groups and pool of the plan, for the last variant.
    own: Option<(Groups, Pool)>,
    seen: Vec<Seen>,
    done: usize,
}

/// What is done for each partition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Gather,
    Measure,
    LookBack,
}

impl Replays {
    /// Prepares; `None` when the plan was not made by a run.
    pub fn new(plan: &Plan, dataset: &Dataset, decisions: &Decisions) -> Option<Self> {
        let learnt = plan.learnt()?;
        let mut inputs = plan.inputs(dataset, decisions, &|_| true);
        let prices = inputs.iter_mut().map(|it| std::mem::take(&mut it.prices));
        let prices = prices.collect();
        let inflows = inputs.iter_mut().map(|it| std::mem::take(&mut it.inflows));
        Some(Self {
            key: Self::key(plan, decisions),
            as_of: plan.as_of,
            prices,
            inflows: inflows.collect(),
            inputs,
            lifts: learnt.lifts,
            variant: 0,
            at: At::Gather,
            partition: 0,
            totals: GroupPartial::default(),
            groups: Groups::default(),
            partial: PoolPartial::default(),
            pool: None,
            own: Some((learnt.groups, learnt.broadcast.pool)),
            seen: Vec::new(),
            done: 0,
        })
    }

    /// Whether they are of this plan.
    pub fn is_of(&self, plan: &Plan, decisions: &Decisions) -> bool {
        self.key == Self::key(plan, decisions)
    }

    /// What they were made from.
    pub(super) fn key(plan: &Plan, decisions: &Decisions) -> Hash {
        let prices = &plan.prices.lifts;
        let read = (
            &decisions.replacements,
            plan.stockouts,
            prices,
            &plan.inflows,
        );
        let replaced = postcard::to_stdvec(&read).unwrap_or_default();
        let mut bytes = plan.dataset_hash.0.to_vec();
        bytes.extend(&plan.learnt);
        bytes.extend(replaced);
        Hash::of(&bytes)
    }

    /// Steps done and steps there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, PARTITIONS * ((VARIANTS - 1) * 3 + 1))
    }

    /// Whether every forecast is made.
    pub fn is_done(&self) -> bool {
        self.variant == VARIANTS
    }

    /// Does one partition's part of the work.
    pub fn step(&mut self) {
        if self.is_done() {
            return;
        }
        self.done += 1;
        match self.at {
            At::Gather => self.gather(),
            At::Measure => self.measure(),
            At::LookBack => self.look_back(),
        }
        self.partition += 1;
        if self.partition < self.inputs.len() {
            return;
        }
        self.partition = 0;
        match self.at {
            At::Gather => {
                self.groups = std::mem::take(&mut self.totals).finish();
                self.at = At::Measure;
            }
            At::Measure => {
                let partial = std::mem::take(&mut self.partial);
                self.pool = Some(partial.finish(&LEVELS));
                self.at = At::LookBack;
            }
            At::LookBack => {
                self.variant += 1;
                self.at = At::Gather;
                for (input, own) in self.inputs.iter_mut().zip(self.prices.drain(..)) {
                    input.prices = own;
                }
                if self.variant == VARIANTS - 1 {
                    for (input, own) in self.inputs.iter_mut().zip(self.inflows.drain(..)) {
                        input.inflows = own;
                    }
                }
                if self.variant == VARIANTS - 1
                    && let Some((groups, pool)) = self.own.take()
                {
                    (self.groups, self.pool, self.at) = (groups, Some(pool), At::LookBack);
                }
                if self.is_done() {
                    self.inputs = Vec::new();
                }
            }
        }
    }

    /// What this variant knows of events and signals.
    fn known(&self) -> (EventLifts, SignalLifts) {
        let (events, signals) = &self.lifts;
        match self.variant {
            0 => Default::default(),
            1 => (events.clone(), SignalLifts::default()),
            _ => (events.clone(), signals.clone()),
        }
    }

    fn gather(&mut self) {
        let (events, signals) = self.known();
        if let Some(input) = self.inputs.get(self.partition) {
            self.totals.merge(&groups_of(input, (&events, &signals)));
        }
    }

    fn measure(&mut self) {
        let (events, signals) = self.known();
        let Some(input) = self.inputs.get(self.partition) else {
            return;
        };
        let series = series_of(input);
        let quiet = quiet(input, (&events, &signals), &series);
        let members = members(input, &series, &quiet);
        let scanned = scan(members, SEASON_WEEKS, &config(input), &self.groups);
        self.partial.merge(&scanned);
    }

    fn look_back(&mut self) {
        let (events, signals) = self.known();
        let (Some(input), Some(pool)) = (self.inputs.get(self.partition), &self.pool) else {
            return;
        };
        let series = series_of(input);
        let quiet = quiet(input, (&events, &signals), &series);
        let members = members(input, &series, &quiet);
        let with = (&self.groups, pool);
        let made = look_back(members, SEASON_WEEKS, &config(input), with, LADDER_WEEKS);
        for (series, made) in series.iter().zip(made) {
            let place = self.seen.binary_search_by_key(&series.key, |seen| seen.key);
            let place = place.unwrap_or_else(|place| {
                let seen = Seen {
                    key: series.key,
                    naive: naive(&series.weeks),
                    made: Default::default(),
                };
                self.seen.insert(place, seen);
                place
            });
            let seen = self.seen.get_mut(place);
            if let Some(own) = seen.and_then(|seen| seen.made.get_mut(self.variant)) {
                *own = made;
            }
        }
    }

    /// The ladder of a slice, over weeks for which every rung has a forecast.
    pub fn ladder(&self, plan: &Plan, decisions: &Decisions, scope: Scope) -> Ladder {
        let mut sum = Ladder::default();
        for (_, ladder) in self.inside(plan, decisions, scope) {
            sum.merge(&ladder);
        }
        sum
    }

    /// The ladder of each series of a slice.
    pub fn inside(
        &self,
        plan: &Plan,
        decisions: &Decisions,
        scope: Scope,
    ) -> impl Iterator<Item = (SeriesKey, Ladder)> {
        let slice = Slice::new(&plan.catalog, scope);
        let is_inside =
            move |key: SeriesKey| slice.has(key, plan.network.warehouse(key.region, key.channel));
        let seen = self.seen.iter().filter(move |seen| is_inside(seen.key));
        seen.map(|seen| (seen.key, self.ladder_of(seen, plan, decisions)))
    }

    fn ladder_of(&self, seen: &Seen, plan: &Plan, decisions: &Decisions) -> Ladder {
        let past = Past::of(plan, decisions, seen.key);
        let mut ladder = Ladder::default();
        for week in 0..LADDER_WEEKS {
            if let Some((actual, forecasts)) = self.cell(seen, &past, week) {
                ladder.add(actual, forecasts);
            }
        }
        ladder.series = usize::from(ladder.cells > 0);
        ladder
    }

    /// Demand of a week and what each rung had forecast.
    fn cell(&self, seen: &Seen, past: &Past<'_>, week: usize) -> Option<(f64, [f64; 5])> {
        let naive = (*seen.naive.get(week)?)?;
        let of = |variant: usize| *seen.made.get(variant)?.get(week)?;
        let [plain, events, both] = [of(0)?, of(1)?, of(2)?];
        let ago = 7 * (i32::try_from(week).unwrap_or(0) + 1);
        let by_hand = both.forecast * past.factor(self.as_of + 1 + -ago);
        let forecasts = [
            naive,
            plain.forecast,
            events.forecast,
            both.forecast,
            by_hand,
        ];
        Some((both.actual, forecasts))
    }
}

/// The last value known [`LAG_WEEKS`] before, by week, newest first.
fn naive(weeks: &[f64]) -> Vec<Option<f64>> {
    let known = weeks.len().checked_sub(LAG_WEEKS);
    let at = |age: usize| weeks.get(known?.checked_sub(age + 1)?).copied();
    (0..LADDER_WEEKS).map(at).collect()
}

/// Decisions on a series that reach into the weeks that are history.
struct Past<'a> {
    decided: Vec<&'a Adjustment>,
}

impl<'a> Past<'a> {
    fn of(plan: &Plan, decisions: &'a Decisions, key: SeriesKey) -> Self {
        let reaches = |one: &&Adjustment| {
            one.from <= plan.as_of
                && one.reach.scope(&plan.catalog).is_some_and(|scope| {
                    let warehouse = plan.network.warehouse(key.region, key.channel);
                    Slice::new(&plan.catalog, scope).has(key, warehouse)
                })
        };
        Self {
            decided: decisions.adjustments.iter().filter(reaches).collect(),
        }
    }

    /// What the decisions in force made of a week's forecast: by how much they had changed the total
    /// of their slice, for the share of its days that they meant.
    fn factor(&self, start: Day) -> f64 {
        let mut factor = 1.0;
        for one in &self.decided {
            let is_late = one.made_on >= start || one.expires.is_some_and(|last| last < start + -1);
            if is_late {
                continue;
            }
            for (week, noted) in (0..).zip(&one.noted) {
                let from = one.from + 7 * week;
                let days = 7 - (from - start).abs();
                if days > 0 && !noted.before.is_zero() {
                    let change = noted.after.to_f64() / noted.before.to_f64() - 1.0;
                    factor *= 1.0 + change * f64::from(days) / 7.0;
                }
            }
        }
        factor
    }
}

/// Errors by rung, over the same weeks of the same series.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ladder {
    /// Series with a forecast in these weeks.
    pub series: usize,
    /// Weeks of series that were looked at.
    pub cells: usize,
    /// Demand, units.
    pub actual: f64,
    /// Sum of absolute errors by rung, units.
    pub errors: [f64; Rung::ALL.len()],
}

impl Ladder {
    fn add(&mut self, actual: f64, forecasts: [f64; Rung::ALL.len()]) {
        self.cells += 1;
        self.actual += actual;
        for (sum, forecast) in self.errors.iter_mut().zip(forecasts) {
            *sum += (actual - forecast).abs();
        }
    }

    /// Adds the errors of other series.
    pub fn merge(&mut self, other: &Self) {
        self.series += other.series;
        self.cells += other.cells;
        self.actual += other.actual;
        for (sum, error) in self.errors.iter_mut().zip(other.errors) {
            *sum += error;
        }
    }

    /// Errors of a rung over demand; `None` without demand.
    #[must_use]
    pub fn wape(&self, rung: Rung) -> Option<f64> {
        let errors = self.errors.get(rung as usize)?;
        (self.actual > 0.0).then(|| errors / self.actual)
    }
}
