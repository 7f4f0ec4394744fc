//! Forecast accuracy: how large the errors were, on every usual scale.
//!
//! error = forecast - actual for errors and bias; the tracking signal uses
//! actual - forecast. A ratio whose base is zero is `None`, never 0.

use crate::num::sqrt;

/// What an accuracy is measured on.
#[derive(Clone, Copy, Debug)]
pub struct AccuracyInput<'a> {
    /// History before the forecast, for the scaled errors.
    pub train: &'a [f64],
    /// What happened.
    pub actual: &'a [f64],
    /// What had been forecast for the same periods.
    pub forecast: &'a [f64],
    /// Periods in a season, for the scaled absolute error.
    pub season: usize,
}

/// Accuracy of a forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Periods compared.
    pub count: f64,
    /// Mean absolute error, units.
    pub mae: Option<f64>,
    /// Root of the mean squared error, units.
    pub rmse: Option<f64>,
    /// Mean of |error| / actual over the periods with demand, a fraction.
    pub mape: Option<f64>,
    /// Periods without demand, which MAPE leaves out.
    pub mape_excluded: f64,
    /// Sum of |error| over sum of actual, a fraction.
    pub wape: Option<f64>,
    /// Mean of 2 |error| / (|actual| + |forecast|), 0 where both are 0.
    pub smape: Option<f64>,
    /// Sum of errors, units: positive is too much forecast.
    pub bias_units: f64,
    /// Sum of errors over sum of actual, a fraction.
    pub bias: Option<f64>,
    /// MAE over the mean absolute seasonal step of the training history.
    pub mase: Option<f64>,
    /// RMSE over the root mean squared step of the training history from its
    /// first demand on.
    pub rmsse: Option<f64>,
    /// Sum of (actual - forecast) over MAE; beyond 4 either way is an alarm.
    pub tracking_signal: Option<f64>,
    /// max(0, 1 - WAPE).
    pub forecast_accuracy: Option<f64>,
}

/// Accuracy of one forecast of one series.
///
/// Source: Hyndman & Koehler (2006), IJF 22, 679-688 (MASE); Makridakis,
/// Spiliotis & Assimakopoulos (2022), IJF 38 (RMSSE); Brown (1963) for the
/// tracking signal.
///
/// ```
/// use engine::forecast::{AccuracyInput, accuracy};
/// let got = accuracy(&AccuracyInput {
///     train: &[20.0, 22.0, 25.0, 30.0, 21.0, 23.0, 26.0, 31.0, 20.0, 24.0, 27.0, 33.0],
///     actual: &[22.0, 25.0, 0.0, 34.0],
///     forecast: &[23.0, 24.0, 3.0, 31.0],
///     season: 4,
/// });
/// // by hand: |e| = 1, 1, 3, 3; seasonal steps of the training mean 1.125
/// assert_eq!((got.mae, got.mape_excluded), (Some(2.0), 1.0));
/// assert_eq!(got.mase, Some(2.0 / 1.125));
/// assert_eq!(got.wape, Some(8.0 / 81.0));
/// assert_eq!(got.tracking_signal, Some(0.0));
/// ```
#[must_use]
pub fn accuracy(input: &AccuracyInput<'_>) -> Accuracy {
    let mut sums = AccuracySums::default();
    for (actual, forecast) in input.actual.iter().zip(input.forecast) {
        sums.add(*actual, *forecast);
    }
    sums.add_scales(input.train, input.season);
    sums.accuracy()
}

/// Sums from which an accuracy follows. Any periods and origins can be added;
/// scaled errors are the mean over the forecasts closed by
/// [`AccuracySums::add_scales`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AccuracySums {
    count: f64,
    absolute: f64,
    squares: f64,
    error: f64,
    actual: f64,
    percent: f64,
    percent_count: f64,
    symmetric: f64,
    open: Open,
    mase: Mean,
    rmsse: Mean,
}

/// Errors of the forecast that is not closed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Open {
    count: f64,
    absolute: f64,
    squares: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1.0;
    }

    fn get(self) -> Option<f64> {
        ratio(self.sum, self.count)
    }
}

impl AccuracySums {
    /// Adds one period; a missing actual (NaN) is left out.
    pub fn add(&mut self, actual: f64, forecast: f64) {
        if actual.is_nan() {
            return;
        }
        let error = forecast - actual;
        self.count += 1.0;
        self.absolute += error.abs();
        self.squares += error * error;
        self.error += error;
        self.actual += actual;
        if actual != 0.0 {
            self.percent += (error / actual).abs();
            self.percent_count += 1.0;
        }
        let size = actual.abs() + forecast.abs();
        if size > 0.0 {
            self.symmetric += 2.0 * error.abs() / size;
        }
        self.open.count += 1.0;
        self.open.absolute += error.abs();
        self.open.squares += error * error;
    }

    /// Closes the forecast whose periods were added since the last call: its
    /// errors are scaled by the history it was made from.
    pub fn add_scales(&mut self, train: &[f64], season: usize) {
        let open = std::mem::take(&mut self.open);
        if open.count == 0.0 {
            return;
        }
        if let Some(scale) = absolute_step(train, season) {
            self.mase.add(open.absolute / open.count / scale);
        }
        if let Some(scale) = root_square_step(train) {
            self.rmsse.add(sqrt(open.squares / open.count) / scale);
        }
    }

    /// Adds the sums of another group of closed forecasts.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.absolute += other.absolute;
        self.squares += other.squares;
        self.error += other.error;
        self.actual += other.actual;
        self.percent += other.percent;
        self.percent_count += other.percent_count;
        self.symmetric += other.symmetric;
        self.mase.sum += other.mase.sum;
        self.mase.count += other.mase.count;
        self.rmsse.sum += other.rmsse.sum;
        self.rmsse.count += other.rmsse.count;
    }

    /// The accuracy of everything added.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        let mae = ratio(self.absolute, self.count);
        let wape = ratio(self.absolute, self.actual);
        Accuracy {
            count: self.count,
            mae,
            rmse: ratio(self.squares, self.count).map(sqrt),
            mape: ratio(self.percent, self.percent_count),
            mape_excluded: self.count - self.percent_count,
            wape,
            smape: ratio(self.symmetric, self.count),
            bias_units: self.error,
            bias: ratio(self.error, self.actual),
            mase: self.mase.get(),
            rmsse: self.rmsse.get(),
            tracking_signal: mae.and_then(|mae| ratio(0.0 - self.error, mae)),
            forecast_accuracy: wape.map(|wape| (1.0 - wape).max(0.0)),
        }
    }
}

fn ratio(part: f64, base: f64) -> Option<f64> {
    (base != 0.0).then(|| part / base)
}

/// Mean absolute seasonal step; one period apart if the history is not longer
/// than a season. `None` if nothing ever moved.
fn absolute_step(train: &[f64], season: usize) -> Option<f64> {
    let lag = if train.len() > season {
        season.max(1)
    } else {
        1
    };
    let mut mean = Mean::default();
    for (before, after) in train.iter().zip(train.iter().skip(lag)) {
        if !(before.is_nan() || after.is_nan()) {
            mean.add((after - before).abs());
        }
    }
    mean.get().filter(|scale| *scale > 0.0)
}

fn root_square_step(train: &[f64]) -> Option<f64> {
    let first = train.iter().position(|value| *value > 0.0).unwrap_or(0);
    let sold = train.get(first..).unwrap_or_default();
    let mut mean = Mean::default();
    for (before, after) in sold.iter().zip(sold.iter().skip(1)) {
        if !(before.is_nan() || after.is_nan()) {
            mean.add((after - before) * (after - before));
        }
    }
    mean.get().filter(|scale| *scale > 0.0).map(sqrt)
}
