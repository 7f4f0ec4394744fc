//! What kind of demand the series of a slice are, and how often it came inside the bands.

use super::adjust::Decisions;
use super::measure::{LAG_WEEKS, LEVELS, SEASON_WEEKS, series_of};
use super::quiet::{members, quiet};
use super::view::{Scope, Slice};
use super::{Plan, SeriesForecast};
use crate::dataset::Dataset;
use crate::demand::SeriesKey;
use crate::forecast::{Config, Coverage, DemandClass, DemandShape, Holdout, Member, coverage};

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

impl Plan {
    /// Classes of the series of a slice, and the coverage of their bands: the forecast repeated from
    /// earlier ends on a sample of them.
    pub fn classes(&self, dataset: &Dataset, decisions: &Decisions, scope: Scope) -> ClassView {
        let mut view = ClassView::default();
        let Some(learnt) = self.learnt() else {
            return view;
        };
        let slice = Slice::new(&self.catalog, scope);
        let lifts = (&learnt.lifts.0, &learnt.lifts.1);
        let inputs = self.inputs(dataset, decisions, &|sku| slice.has_sku(sku));
        let parts: Vec<_> = inputs
            .iter()
            .map(|input| {
                let series = series_of(input);
                let quiet = quiet(input, lifts, &series);
                (input, series, quiet)
            })
            .collect();
        let mut all: Vec<(SeriesKey, Member<'_>)> = Vec::new();
        for (input, series, quiet) in &parts {
            let own = series.iter().zip(members(input, series, quiet));
            let inside = own.filter(|(series, _)| {
                let key = series.key;
                slice.has(key, self.network.warehouse(key.region, key.channel))
            });
            all.extend(inside.map(|(series, member)| (series.key, member)));
        }
        crate::order::sort_by_key(&mut all, |(key, _)| *key);
        let step = all.len().div_ceil(TRIED_MAX).max(1);
        let tried: Vec<Member<'_>> = all.iter().step_by(step).map(|(_, it)| *it).collect();
        view.tried = tried.len();
        let config = Config {
            horizon: LAG_WEEKS,
            lag: LAG_WEEKS,
            levels: LEVELS.to_vec(),
        };
        let mut covered = coverage(&tried, SEASON_WEEKS, &config, ENDS).into_iter();
        for (place, (key, member)) in all.iter().enumerate() {
            let class = DemandClass::of(member.values);
            let forecast = self.series_of(*key);
            let rate = forecast.map_or(0.0, SeriesForecast::rate);
            if let Some(row) = view.rows.get_mut(class.index()) {
                row.series += 1;
                row.rate += rate;
                if let Some(forecast) = forecast {
                    row.holdout.merge(&forecast.holdout);
                }
                if place.is_multiple_of(step) {
                    row.coverage.merge(&covered.next().unwrap_or_default());
                }
            }
            let shape = DemandShape::of(member.values);
            view.points.extend(shape.map(|shape| ClassPoint {
                key: *key,
                shape,
                class,
                rate,
            }));
        }
        view
    }

    fn series_of(&self, key: SeriesKey) -> Option<&SeriesForecast> {
        let place = self.series.binary_search_by_key(&key, |series| series.key);
        place.ok().and_then(|place| self.series.get(place))
    }
}
