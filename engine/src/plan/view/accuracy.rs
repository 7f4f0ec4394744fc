//! Who makes the forecast error of a slice: errors by one attribute, the largest share first.

use std::collections::BTreeMap;

use super::scope::{Scope, Slice};
use super::tree::Attribute;
use crate::demand::SeriesKey;
use crate::forecast::Holdout;
use crate::master::{Catalog, Names};
use crate::num::count_f64;
use crate::order;
use crate::plan::{Plan, SeriesForecast};

/// Errors of the series that share a value of an attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccuracyRow {
    /// Code of the value.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// Errors of its series, at the lag of the plan.
    pub holdout: Holdout,
    /// Their absolute errors, each over the naive error of its series, and the periods of those
    /// that have one.
    pub scaled: (f64, f64),
    /// Demand less forecast of their sum in each of the last weeks, newest first, units.
    pub errors: Vec<f64>,
    /// Their demand over those weeks, units.
    pub demand: f64,
}

impl AccuracyRow {
    /// Error of the sum over the last weeks as a share of demand: what is left once the errors
    /// of single series have cancelled out. `None` without demand.
    #[must_use]
    pub fn sum_wape(&self) -> Option<f64> {
        (self.demand > 0.0).then(|| self.absolute() / self.demand)
    }

    /// Mean error of the series over the naive error of each; `None` where none ever changes.
    ///
    /// Source: Hyndman & Koehler (2006), IJF 22, 679-688.
    #[must_use]
    pub fn mase(&self) -> Option<f64> {
        let (errors, periods) = self.scaled;
        (periods > 0.0).then(|| errors / periods)
    }

    /// Sum of the last weeks' errors over their mean size; beyond 4 either way demand has left
    /// the forecast. `None` where there was no error.
    ///
    /// Source: Brown (1963), Smoothing, Forecasting and Prediction, ch. 21.
    #[must_use]
    pub fn tracking_signal(&self) -> Option<f64> {
        let mean = self.absolute() / count_f64(self.errors.len().max(1));
        (mean > 0.0).then(|| self.errors.iter().sum::<f64>() / mean)
    }

    fn absolute(&self) -> f64 {
        self.errors.iter().map(|error| error.abs()).sum()
    }

    fn add(&mut self, series: &SeriesForecast) {
        self.holdout.merge(&series.holdout);
        if series.naive_error > 0.0 {
            self.scaled.0 += series.holdout.absolute_error / series.naive_error;
            self.scaled.1 += series.holdout.count;
        }
        self.demand += series.recent_demand.to_f64();
        if self.errors.len() < series.recent.len() {
            self.errors.resize(series.recent.len(), 0.0);
        }
        for (sum, error) in self.errors.iter_mut().zip(&series.recent) {
            *sum += error.to_f64();
        }
    }
}

/// Errors inside a slice by SKU, the SKUs' own category, channel or region; the largest sum of
/// absolute errors first. [`Attribute::All`] gives one row.
pub fn accuracy_by(plan: &Plan, scope: Scope, attribute: Attribute) -> Vec<AccuracyRow> {
    let catalog = &plan.catalog;
    let slice = Slice::new(catalog, scope);
    let mut rows: BTreeMap<usize, AccuracyRow> = BTreeMap::new();
    for series in &plan.series {
        if slice.has(series.key, series.warehouse) {
            let place = place(catalog, series.key, attribute);
            rows.entry(place).or_default().add(series);
        }
    }
    let named = |(place, row): (usize, AccuracyRow)| {
        let (code, names) = name(catalog, attribute, place);
        AccuracyRow { code, names, ..row }
    };
    let mut rows: Vec<AccuracyRow> = rows.into_iter().map(named).collect();
    order::sort_by(&mut rows, |a, b| {
        let errors = |row: &AccuracyRow| row.holdout.absolute_error;
        errors(b).total_cmp(&errors(a)).then(a.code.cmp(&b.code))
    });
    rows
}

pub(super) fn place(catalog: &Catalog, key: SeriesKey, attribute: Attribute) -> usize {
    match attribute {
        Attribute::Sku => key.sku.index(),
        Attribute::Category => catalog.sku(key.sku).map_or(0, |sku| sku.category.index()),
        Attribute::Channel => key.channel.index(),
        Attribute::Region => key.region.index(),
        Attribute::All => 0,
    }
}

pub(super) fn name(catalog: &Catalog, attribute: Attribute, place: usize) -> (String, Names) {
    let found = match attribute {
        Attribute::Sku => catalog.skus.get(place).map(|it| (&it.code, &it.names)),
        Attribute::Category => catalog
            .categories
            .get(place)
            .map(|it| (&it.code, &it.names)),
        Attribute::Channel => catalog.channels.get(place).map(|it| (&it.code, &it.names)),
        Attribute::Region => catalog.regions.get(place).map(|it| (&it.code, &it.names)),
        Attribute::All => None,
    };
    found.map_or_else(Default::default, |(code, names)| {
        (code.clone(), names.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_a_sum_cancel_and_one_sided_ones_are_signalled() {
        let row = |errors: &[f64]| AccuracyRow {
            errors: errors.to_vec(),
            demand: 40.0,
            ..AccuracyRow::default()
        };
        // By hand: |2| + |-2| + |4| + |0| = 8 of 40; sum 4 over a mean of 2.
        let mixed = row(&[2.0, -2.0, 4.0, 0.0]);
        assert_eq!(mixed.sum_wape(), Some(0.2));
        assert_eq!(mixed.tracking_signal(), Some(2.0));
        assert_eq!(row(&[1.0, 1.0, 1.0, 1.0]).tracking_signal(), Some(4.0));
        assert_eq!(row(&[0.0]).tracking_signal(), None);
        assert_eq!(AccuracyRow::default().sum_wape(), None);
    }
}
