//! A finished plan.

use super::adjust::{
    Decisions, Effect, Expected, InForce, Outlier, Score, Stockouts, apply, scores,
};
use super::decide::{PartitionPlan, PlacePlan};
use super::gates::Gates;
use super::launch::LaunchedItem;
use super::measure::Scratch;
use super::planned::SeriesForecast;
use super::run::{PlanError, Run, execute};
use super::{Cache, Settings, Streams};
use crate::dataset::{Dataset, Hash, TableId};
use crate::day::Day;
use crate::demand::WeekdayProfile;
use crate::events::{CompanyEvents, EventLifts};
use crate::forecast::{Groups, Holdout, RecentErrors, merge_recent};
use crate::issue::Issue;
use crate::kpi::{KpiInputs, KpiValue, Measure, Missing, PlanFigures, measure_all, plan_ratio};
use crate::master::{Catalog, Network};
use crate::order;
use crate::price::CompanyPrices;
use crate::signals::{InflowLifts, SignalLifts};
use crate::stock::Positions;
use crate::units::Amount;

/// What a run knows before any partition is computed.
pub(super) struct Frame {
    pub(super) as_of: Day,
    pub(super) settings: Settings,
    pub(super) catalog: Catalog,
    pub(super) network: Network,
    pub(super) positions: Positions,
    pub(super) issues: Vec<Issue>,
    pub(super) events: CompanyEvents,
    pub(super) lifts: EventLifts,
    pub(super) prices: CompanyPrices,
    pub(super) signals: (SignalLifts, InflowLifts),
    pub(super) streams: Streams,
    pub(super) stockouts: Stockouts,
    pub(super) profile: WeekdayProfile,
    pub(super) effects: Vec<Effect>,
    pub(super) launches: Vec<LaunchedItem>,
    pub(super) groups: Groups,
    pub(super) scores: Vec<Score>,
}

/// Forecasts, levels, proposals and key figures of a dataset.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Day of the stock picture; the first forecast week starts on the next one.
    pub as_of: Day,
    /// What it was planned with.
    pub settings: Settings,
    /// Hash of the dataset it was made from.
    pub dataset_hash: Hash,
    /// Base currency, when the company states one.
    pub currency: String,
    /// Master data the ids refer to.
    pub catalog: Catalog,
    /// Who serves whom.
    pub network: Network,
    /// The stock picture.
    pub positions: Positions,
    /// Forecasts, in order of their keys.
    pub series: Vec<SeriesForecast>,
    /// Places, by SKU then warehouse.
    pub places: Vec<PlacePlan>,
    /// Key figures, in the order of the registry.
    pub kpis: Vec<KpiValue>,
    /// What should be known about the data.
    pub issues: Vec<Issue>,
    /// Events and what they did to demand.
    pub events: CompanyEvents,
    /// What they do to the weeks of the forecasts, by category.
    pub lifts: EventLifts,
    /// What was learnt of prices, and what they do to the weeks of goods by channel.
    pub prices: CompanyPrices,
    /// What accepted campaigns and leads did and add.
    pub inflows: InflowLifts,
    /// What accepted signals do to them.
    pub signals: SignalLifts,
    /// Which streams count.
    pub streams: Streams,
    /// What sales of weeks with stock-outs were taken for.
    pub stockouts: Stockouts,
    /// How a week without events spreads over its days, by category.
    pub profile: WeekdayProfile,
    /// What decisions do to the weeks ahead, those that count; in order of their ids.
    pub effects: Vec<Effect>,
    /// Items that are forecast as new ones, by SKU.
    pub launches: Vec<LaunchedItem>,
    /// Histories of groups, whose seasons new items borrow.
    pub(super) groups: Groups,
    /// What decisions were worth in weeks that are history.
    pub scores: Vec<Score>,
    /// Weeks of the history that stand out, largest first by units at cost.
    pub outliers: Vec<Outlier>,
    /// What all series taught each other, as the partitions were told it: for forecasts that are
    /// made again to be looked at.
    pub(super) learnt: Vec<u8>,
}

impl Plan {
    pub(super) fn combine(frame: Frame, parts: Vec<PartitionPlan>, dataset: &Dataset) -> Self {
        let mut series = Vec::new();
        let mut places = Vec::new();
        let mut recent = RecentErrors::default();
        let mut outliers: Vec<Outlier> = Vec::new();
        for part in parts {
            series.extend(part.series);
            places.extend(part.places);
            merge_recent(&mut recent, &part.recent);
            outliers.extend(part.outliers);
        }
        order::sort_by_key(&mut series, |one: &SeriesForecast| one.key);
        order::sort_by_key(&mut places, |place: &PlacePlan| {
            (place.sku, place.warehouse)
        });
        let gates = Gates::new(dataset, &frame.catalog, (&series, &places));
        for place in &mut places {
            place.gate = gates.verdict(&frame.catalog, place);
        }
        order::sort_by(&mut outliers, |a, b| {
            let size = |one: &Outlier| one.units_at_cost(&frame.catalog);
            size(b).total_cmp(&size(a)).then(a.key.cmp(&b.key))
        });
        let figures = figures(&frame, &series, &places, &recent);
        let kpis = measure_all(&KpiInputs {
            dataset,
            plan: &figures,
        });
        Self {
            as_of: frame.as_of,
            settings: frame.settings,
            dataset_hash: dataset.hash(),
            currency: dataset
                .company("base_currency")
                .unwrap_or_default()
                .to_owned(),
            catalog: frame.catalog,
            network: frame.network,
            positions: frame.positions,
            series,
            places,
            kpis,
            issues: frame.issues,
            events: frame.events,
            lifts: frame.lifts,
            prices: frame.prices,
            inflows: frame.signals.1,
            signals: frame.signals.0,
            streams: frame.streams,
            stockouts: frame.stockouts,
            profile: frame.profile,
            effects: frame.effects,
            launches: frame.launches,
            groups: frame.groups,
            scores: frame.scores,
            outliers,
            learnt: Vec::new(),
        }
    }

    /// Changes the forecasts by other decisions at once, as a new run would; orders, statuses and
    /// key figures stay behind until then.
    pub fn adjust(&mut self, decisions: &Decisions, dataset: &Dataset) {
        let (expected, effects) = self.decided(decisions);
        self.effects = effects;
        self.scores = scores(&decisions.adjustments, dataset, &self.catalog, self.as_of);
        let mut expected = expected.into_iter().peekable();
        for series in &mut self.series {
            series.adjusted.clear();
            let decided = expected.next_if(|one| one.key == series.key);
            if let Some(one) = decided.filter(|one| one.mean != series.mean) {
                series.adjusted = one.mean;
            }
        }
    }

    /// What decisions would do to the weeks ahead, those that count; in order of their ids.
    pub fn effects_of(&self, decisions: &Decisions) -> Vec<Effect> {
        self.decided(decisions).1
    }

    /// The forecasts that decisions touch, in order of their keys, as they make them.
    fn decided(&self, decisions: &Decisions) -> (Vec<Expected>, Vec<Effect>) {
        let weeks = self.settings.horizon_weeks as usize;
        let (catalog, as_of) = (&self.catalog, self.as_of);
        let in_force = InForce::all(&decisions.adjustments, catalog, as_of, weeks);
        let is_touched =
            |series: &&SeriesForecast| in_force.iter().any(|decision| decision.has(series.key));
        let mut expected = Vec::new();
        for series in self.series.iter().filter(is_touched) {
            expected.push(Expected {
                key: series.key,
                mean: series.mean.clone(),
            });
        }
        let effects = apply(&mut expected, &in_force, catalog, as_of);
        (expected, effects)
    }

    /// First day of a forecast week, counted from zero.
    pub fn week_start(&self, week: usize) -> Day {
        self.as_of + 1 + i32::try_from(week * 7).unwrap_or(0)
    }

    /// The places of a SKU.
    pub fn places_of(&self, sku: crate::ids::SkuId) -> &[PlacePlan] {
        let from = self.places.partition_point(|place| place.sku < sku);
        let to = self.places.partition_point(|place| place.sku <= sku);
        self.places.get(from..to).unwrap_or_default()
    }
}

/// Plans a dataset on this thread.
///
/// # Errors
/// [`PlanError::NoDate`] when no table has a date.
pub fn plan(dataset: &Dataset, settings: &Settings) -> Result<Plan, PlanError> {
    plan_decided(dataset, settings, &Decisions::default())
}

/// Plans a dataset with what was decided by hand, on this thread.
///
/// # Errors
/// As [`plan`].
pub fn plan_decided(
    dataset: &Dataset,
    settings: &Settings,
    decisions: &Decisions,
) -> Result<Plan, PlanError> {
    let mut run = Run::with_decisions(dataset, settings, decisions, Cache::default())?;
    let mut scratch = Scratch::default();
    while !run.is_done() {
        for job in run.next_jobs()? {
            let output = execute(job.stage, &job.input, &mut scratch)?;
            run.accept(job.stage, job.partition, output)?;
        }
    }
    Ok(run.finish(dataset)?.0)
}

fn figures(
    frame: &Frame,
    series: &[SeriesForecast],
    places: &[PlacePlan],
    recent: &RecentErrors,
) -> PlanFigures {
    let mut errors = Holdout::default();
    for one in series {
        errors.merge(&one.holdout);
    }
    let (mut over, mut stock, mut available, mut daily) = (0.0, 0.0, 0.0, 0.0);
    for place in places {
        let sku = frame.catalog.sku(place.sku);
        let cost = sku
            .and_then(|sku| sku.unit_cost)
            .map_or(0.0, Amount::to_f64);
        daily += place.rate * cost;
        let Some(position) = &place.position else {
            continue;
        };
        let on_hand = position.on_hand().to_f64();
        stock += on_hand * cost;
        over += (on_hand - place.ceiling).max(0.0) * cost;
        available += position.available().to_f64().max(0.0) * cost;
    }
    let stock_missing = if frame.positions.is_known {
        Missing::Column(TableId::Skus, "unit_cost")
    } else {
        Missing::Table(TableId::Stock)
    };
    let no_demand = Missing::Window(TableId::Demand);
    let cover = if frame.positions.is_known {
        plan_ratio(available, daily, no_demand)
    } else {
        Measure::absent(stock_missing)
    };
    PlanFigures {
        overstock: plan_ratio(over, stock, stock_missing),
        cover,
        mape: plan_ratio(errors.percent_error, errors.percent_count, no_demand),
        wape: plan_ratio(errors.absolute_error, errors.actual, no_demand),
        // The engine's errors are actual - forecast; bias is forecast - actual.
        bias: plan_ratio(-errors.error, errors.actual, no_demand),
        past_errors: past_errors(recent),
    }
}

/// What the errors summed to at the end of each of the newest weeks, oldest first.
fn past_errors(recent: &RecentErrors) -> Vec<Holdout> {
    let mut sum = Holdout::default();
    let weeks = recent.iter().rev().map(|week| {
        sum.merge(week);
        sum
    });
    weeks.collect()
}
