//! What kind of demand the series of a slice are, and how often it came inside the bands.

use super::scope::{Scope, Slice};
use crate::dataset::Dataset;
use crate::demand::{DemandRow, Series, SeriesKey, build_series};
use crate::events::SeriesLifts;
use crate::forecast::{
    Config, Coverage, DemandClass, DemandShape, Holdout, Kinship, Lift, Member, coverage,
};
use crate::plan::measure::{LAG_WEEKS, LEVELS, SEASON_WEEKS};
use crate::plan::partition::demand_rows;
use crate::plan::{Plan, SeriesForecast};

/// Newest ends of the histories that bands are tried from.
const ENDS: usize = 13;
/// Most series that they are tried on; of more, every so many-th.
const TRIED_MAX: usize = 1_000;

/// One series on the map of classes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassPoint {
    /// Which series.
    pub key: SeriesKey,
    /// How its demand comes, events taken out.
    pub shape: DemandShape,
    /// Its class.
    pub class: DemandClass,
    /// What is planned with for the next four weeks, units a week.
    pub rate: f64,
}

/// The series of one class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassRow {
    /// How many.
    pub series: u32,
    /// What is planned with for the next four weeks, units a week.
    pub rate: f64,
    /// Errors at the lag of the plan.
    pub holdout: Holdout,
    /// Outcomes of the next four weeks inside the bands of 80 and 95 %, from the newest thirteen ends.
    pub coverage: Coverage,
}

/// The classes of a slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassView {
    /// Series with demand, in order of their keys.
    pub points: Vec<ClassPoint>,
    /// In the order of [`DemandClass::ALL`].
    pub rows: [ClassRow; DemandClass::COUNT],
    /// Series that bands were tried on.
    pub tried: usize,
}

impl ClassView {
    /// All classes together.
    #[must_use]
    pub fn all(&self) -> ClassRow {
        let mut all = ClassRow::default();
        for row in &self.rows {
            all.series += row.series;
            all.rate += row.rate;
            all.holdout.merge(&row.holdout);
            all.coverage.merge(&row.coverage);
        }
        all
    }
}

/// Classes of the series of a slice, and the coverage of their bands: the forecast repeated from
/// earlier ends on a sample of them.
pub fn class_view(plan: &Plan, dataset: &Dataset, scope: Scope) -> ClassView {
    let slice = Slice::new(&plan.catalog, scope);
    let is_inside = |row: &DemandRow| {
        let warehouse = plan.network.warehouse(row.region, row.channel);
        let key = SeriesKey {
            sku: row.sku,
            channel: row.channel,
            region: row.region,
        };
        slice.has(key, warehouse)
    };
    let rows: Vec<DemandRow> = demand_rows(dataset, &plan.catalog)
        .filter(is_inside)
        .collect();
    let series = build_series(&rows, plan.as_of);
    let quiet: Vec<Quiet> = series
        .iter()
        .map(|series| Quiet::of(plan, series))
        .collect();
    let mut view = ClassView::default();
    let mut classes = Vec::with_capacity(series.len());
    for (series, quiet) in series.iter().zip(&quiet) {
        let class = DemandClass::of(&quiet.weeks);
        classes.push(class);
        let forecast = planned(plan, series.key);
        let rate = forecast.map_or(0.0, SeriesForecast::rate);
        if let Some(row) = view.rows.get_mut(class.index()) {
            row.series += 1;
            row.rate += rate;
            row.holdout
                .merge(&forecast.map_or_else(Holdout::default, |it| it.holdout));
        }
        view.points
            .extend(DemandShape::of(&quiet.weeks).map(|shape| ClassPoint {
                key: series.key,
                shape,
                class,
                rate,
            }));
    }
    let step = series.len().div_ceil(TRIED_MAX).max(1);
    let tried: Vec<Member<'_>> = series
        .iter()
        .zip(&quiet)
        .step_by(step)
        .map(|(series, quiet)| quiet_member(plan, series.key, quiet))
        .collect();
    view.tried = tried.len();
    let config = Config {
        horizon: LAG_WEEKS,
        lag: LAG_WEEKS,
        levels: LEVELS.to_vec(),
    };
    let covered = coverage(&tried, SEASON_WEEKS, &config, ENDS);
    for (covered, class) in covered.iter().zip(classes.iter().step_by(step)) {
        if let Some(row) = view.rows.get_mut(class.index()) {
            row.coverage.merge(covered);
        }
    }
    view
}

fn planned(plan: &Plan, key: SeriesKey) -> Option<&SeriesForecast> {
    let place = plan.series.binary_search_by_key(&key, |series| series.key);
    place.ok().and_then(|place| plan.series.get(place))
}

/// A history without what events did to it.
struct Quiet {
    weeks: Vec<f64>,
    lifts: Option<SeriesLifts>,
}

impl Quiet {
    fn of(plan: &Plan, series: &Series) -> Self {
        let category = plan.catalog.sku(series.key.sku).map(|sku| sku.category);
        let past = series.weeks.len();
        let lifts = category.and_then(|it| plan.lifts.weeks(it.index(), past, 0));
        let weeks = match &lifts {
            Some(lifts) => {
                let weeks = series.weeks.iter().zip(&lifts.past);
                weeks.map(|(demand, factor)| demand / factor).collect()
            }
            None => series.weeks.clone(),
        };
        Self { weeks, lifts }
    }
}

fn quiet_member<'a>(plan: &Plan, key: SeriesKey, quiet: &'a Quiet) -> Member<'a> {
    let category = plan.catalog.sku(key.sku).map_or(0, |sku| sku.category.0);
    Member {
        values: &quiet.weeks,
        kin: Some(Kinship {
            category,
            region: key.region.0,
        }),
        lift: quiet.lifts.as_ref().map(|lifts| Lift {
            past: &lifts.past,
            known: &lifts.known,
            ahead: &lifts.ahead,
        }),
    }
}
