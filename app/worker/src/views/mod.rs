//! Answers to the views that need a plan: figures of the engine in the terms of the protocol.

mod accuracy;
mod card;
mod classes;
mod explain;
mod figures;
mod gate;
mod hand;
mod new_items;
mod prices;
mod search;
mod signals;
mod tables;
mod window;

pub(crate) use explain::{WEEKS_BACK, attribution, ladder, versions};

use std::collections::BTreeMap;

use crate::workspace::Hand;
use engine::dataset::Dataset;
use engine::day::Day;
use engine::import::check_tables;
use engine::master::{Catalog, Names};
use engine::plan::Plan;
use engine::plan::view::{EventSpan, Grain, Scope, SeriesView, events_between, series_view};
use protocol::columns::pack;
use protocol::view::{Frequency, SeriesEvent, SeriesHead};
use protocol::{AppError, Code, Column, ColumnData, Packed, ProposalStatus, View, ViewData};

/// Weeks of history a series view shows.
const HISTORY_WEEKS: usize = 104;
/// Days of history a series view by day shows.
const HISTORY_DAYS: usize = 364;

/// What was decided about proposals, by their id.
pub type Decisions = BTreeMap<String, (ProposalStatus, Option<i64>)>;

/// What views are answered from.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The current plan.
    pub plan: &'a Plan,
    /// The dataset it was made from.
    pub dataset: &'a Dataset,
    /// What the user decided.
    pub decisions: &'a Decisions,
    /// What was decided about history and forecast.
    pub hand: &'a Hand,
}

/// Answers a view: its data and the buffers that travel beside it.
///
/// # Errors
/// `UnknownName` for codes the plan does not know; `BadMessage` for views that
/// need no plan.
pub fn answer(shown: Shown<'_>, view: &View) -> Result<(ViewData, Vec<Vec<u8>>), AppError> {
    let of = |scope: &protocol::view::Scope| resolve(&shown.plan.catalog, scope);
    let data = match view {
        View::Kpis => kpis(shown),
        View::StockStatus => stock_status(shown),
        View::DemandTree { scope } => ViewData::DemandTree(figures::nodes(shown.plan, of(scope)?)),
        View::EventFactors { scope } => {
            ViewData::EventFactors(figures::event_factors(shown, of(scope)?))
        }
        View::Accuracy { scope, by } => {
            ViewData::Accuracy(accuracy::table(shown.plan, of(scope)?, by)?)
        }
        View::Adjustments { scope } => ViewData::Adjustments(hand::adjustments(shown, of(scope)?)),
        View::Outliers { scope } => ViewData::Outliers(hand::outliers(shown, of(scope)?)),
        View::Stockouts { scope } => ViewData::Stockouts(hand::stockouts(shown, of(scope)?)),
        View::Signals => ViewData::Signals(Box::new(signals::desk(shown))),
        View::Campaign { post, orders } => {
            ViewData::Campaign(signals::campaign(shown, post.as_deref(), *orders).pack())
        }
        View::Keywords { text } => ViewData::Keywords(signals::keywords(shown, text).pack()),
        View::Classes { scope } => ViewData::Classes(classes::classes(shown, of(scope)?)),
        View::Orders { scope, window } => {
            ViewData::Orders(classes::orders(shown, of(scope)?, *window))
        }
        View::Parts { scope } => ViewData::Parts(explain::parts(shown.plan, of(scope)?)),
        View::Models { scope } => ViewData::Models(explain::models(shown, of(scope)?)),
        View::NewItems { draft } => ViewData::NewItems(new_items::desk(shown, draft).pack()),
        View::Prices { scope } => ViewData::Prices(prices::table(shown, of(scope)?).pack()),
        View::Checks => checks(shown),
        View::Gate => ViewData::Gate(gate::load(shown)),
        View::SkuCard { sku } => ViewData::SkuCard(Box::new(card::card(shown, sku)?)),
        View::Series { scope, frequency } => return series(shown, scope, *frequency),
        View::Rows(query) => return tables::rows(shown, query),
        View::Search { text } => ViewData::Found(search::found(shown, text)),
        View::ImportHistory
        | View::Storage
        | View::DataSummary
        | View::Settings
        | View::Ladder { .. }
        | View::Attribution { .. }
        | View::Versions { .. } => {
            return Err(Code::BadMessage.into());
        }
    };
    Ok((data, Vec::new()))
}

/// Most issues that a list shows.
const ISSUES_MAX: usize = 200;

/// What is wrong between the tables, and what the plan took for lack of better.
fn checks(shown: Shown<'_>) -> ViewData {
    let mut issues = check_tables(shown.dataset);
    issues.extend(shown.plan.issues.iter().cloned());
    let count = u32::try_from(issues.len()).unwrap_or(u32::MAX);
    issues.truncate(ISSUES_MAX);
    ViewData::Checks { issues, count }
}

/// The key figures of Home.
#[must_use]
pub fn kpis(shown: Shown<'_>) -> ViewData {
    ViewData::Kpis {
        tiles: figures::tiles(shown),
        currency: shown.plan.currency.clone(),
        as_of: shown.plan.as_of.number(),
        size: figures::size(shown.plan),
    }
}

/// The stock by status of Home.
#[must_use]
pub fn stock_status(shown: Shown<'_>) -> ViewData {
    ViewData::StockStatus(figures::panels(shown.plan))
}

fn series(
    shown: Shown<'_>,
    scope: &protocol::view::Scope,
    frequency: Frequency,
) -> Result<(ViewData, Vec<Vec<u8>>), AppError> {
    let (grain, buckets) = match frequency {
        Frequency::Day => (Grain::Day, HISTORY_DAYS),
        Frequency::Week => (Grain::Week, HISTORY_WEEKS),
    };
    let scope = resolve(&shown.plan.catalog, scope)?;
    let view = series_view(shown.plan, shown.dataset, scope, grain, buckets);
    let events = events(shown, scope, &view, grain);
    let (before, after) = (view.history.len(), view.mean.len());
    let days = view.history_days.iter().chain(&view.forecast_days);
    let padded = |values: Vec<f64>| {
        std::iter::repeat_n(f64::NAN, before)
            .chain(values)
            .collect()
    };
    let side = |band: &[(f64, f64)], take: fn(&(f64, f64)) -> f64| {
        let mut ends: Vec<f64> = band.iter().map(take).collect();
        ends.resize(after, f64::NAN);
        padded(ends)
    };
    let history = view.history.iter().map(|quantity| quantity.to_f64());
    let actual = history
        .chain(std::iter::repeat_n(f64::NAN, after))
        .collect();
    let [replaced, outlier, uncensored] = hand::marks(shown, scope, &view, grain);
    let [mut signals, mut prices] = [view.signals, view.prices];
    signals.resize(after, 0.0);
    prices.resize(after, 0.0);
    let days = ColumnData::Day(days.map(|day| day.number()).collect());
    let columns = [
        Column::new("date", days),
        Column::new("actual", ColumnData::F64(actual)),
        Column::new("lo80", ColumnData::F64(side(&view.band80, |ends| ends.0))),
        Column::new("hi80", ColumnData::F64(side(&view.band80, |ends| ends.1))),
        Column::new("lo95", ColumnData::F64(side(&view.band95, |ends| ends.0))),
        Column::new("hi95", ColumnData::F64(side(&view.band95, |ends| ends.1))),
        Column::new("replaced", ColumnData::F64(replaced)),
        Column::new("outlier", ColumnData::F64(outlier)),
        Column::new("uncensored", ColumnData::F64(uncensored)),
        Column::new("baseline", ColumnData::F64(padded(view.baseline))),
        Column::new("signals", ColumnData::F64(padded(signals))),
        Column::new("prices", ColumnData::F64(padded(prices))),
        Column::new("statistical", ColumnData::F64(padded(view.statistical))),
        Column::new("mean", ColumnData::F64(padded(view.mean))),
    ];
    let (columns, bufs) = pack(&columns);
    let holdout = view.holdout;
    let share = |part: f64| (holdout.actual > 0.0).then(|| part / holdout.actual);
    let head = SeriesHead {
        columns,
        series: u32::try_from(view.series).unwrap_or(u32::MAX),
        model: view.model,
        first_forecast: shown.plan.week_start(0).number(),
        wape: share(holdout.absolute_error),
        bias: share(-holdout.error),
        events,
        links: hand::links(shown.plan, scope),
    };
    Ok((ViewData::Series(head), bufs))
}

/// The calendar of the days a series shows.
fn events(shown: Shown<'_>, scope: Scope, view: &SeriesView, grain: Grain) -> Vec<SeriesEvent> {
    let days = || view.history_days.iter().chain(&view.forecast_days).copied();
    let (Some(from), Some(last)) = (days().next(), days().last()) else {
        return Vec::new();
    };
    let event = |event: EventSpan| SeriesEvent {
        names: both(Some(&event.names)),
        is_promotion: event.is_promotion,
        days: (event.from.number(), event.to.number()),
        concerns: figures::joined(&event.concerns),
    };
    let to: Day = last + (grain.days() - 1);
    let events = events_between(shown.plan, shown.dataset, scope, (from, to));
    events.into_iter().map(event).collect()
}

/// Codes to ids.
fn resolve(catalog: &Catalog, scope: &protocol::view::Scope) -> Result<Scope, AppError> {
    fn id<T>(
        code: Option<&String>,
        what: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, AppError> {
        let Some(code) = code else { return Ok(None) };
        let unknown = || {
            AppError::new(Code::UnknownName)
                .with("attribute", what)
                .with("code", code)
        };
        find(code).map(Some).ok_or_else(unknown)
    }
    Ok(Scope {
        category: id(scope.category.as_ref(), "category", |code| {
            catalog.category_id(code)
        })?,
        sku: id(scope.sku.as_ref(), "sku", |code| catalog.sku_id(code))?,
        channel: id(scope.channel.as_ref(), "channel", |code| {
            catalog.channel_id(code)
        })?,
        region: id(scope.region.as_ref(), "region", |code| {
            catalog.region_id(code)
        })?,
        warehouse: id(scope.warehouse.as_ref(), "warehouse", |code| {
            catalog.warehouse_id(code)
        })?,
    })
}

/// Both languages of a name.
fn both(names: Option<&Names>) -> (String, String) {
    names.map_or_else(Default::default, |names| {
        (names.zh.clone(), names.en.clone())
    })
}
