//! Backtest: the whole procedure repeated from earlier ends of the history.

use super::accuracy::{Accuracy, AccuracySums};
use super::models::ModelId;
use super::panel::Panel;
use super::run::{Config, Forecasts};

/// Accuracy of one series, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestRow {
    /// Errors over all origins and periods.
    pub accuracy: Accuracy,
    /// Share of actuals inside each band, in the order of the levels.
    pub coverage: Vec<Option<f64>>,
    /// Model chosen at the last origin; `None` for the total.
    pub model: Option<ModelId>,
}

/// Repeats `forecast` from `origins` ends, one period apart, the last one
/// `horizon` periods before the end of the panel. Each time the procedure sees
/// only what came before: models, weights and bands are chosen anew.
///
/// Returns a row for each series and the total. A series shorter than the
/// horizon at an origin has nothing to forecast from there and skips it.
pub fn backtest(
    panel: &Panel,
    config: &Config,
    origins: usize,
    mut forecast: impl FnMut(&Panel) -> Forecasts,
) -> (Vec<BacktestRow>, BacktestRow) {
    let mut tallies = vec![Tally::new(config.levels.len()); panel.len()];
    for back in (0..origins).rev() {
        let cut = config.horizon + back;
        let known = panel.without_last(cut);
        let forecasts = forecast(&known);
        for (number, (tally, (whole, train))) in tallies
            .iter_mut()
            .zip(panel.series().zip(known.series()))
            .enumerate()
        {
            if !train.is_empty() {
                tally.add(number, whole, train, panel.season(), &forecasts);
            }
        }
    }
    let mut total = Tally::new(config.levels.len());
    for tally in &tallies {
        total.merge(tally);
    }
    (tallies.iter().map(Tally::row).collect(), total.row())
}

#[derive(Clone, Debug)]
struct Tally {
    sums: AccuracySums,
    /// Actuals inside each band.
    inside: Vec<f64>,
    model: Option<ModelId>,
}

impl Tally {
    fn new(levels: usize) -> Self {
        Self {
            sums: AccuracySums::default(),
            inside: vec![0.0; levels],
            model: None,
        }
    }

    fn add(
        &mut self,
        number: usize,
        whole: &[f64],
        train: &[f64],
        season: usize,
        forecasts: &Forecasts,
    ) {
        let horizon = forecasts.horizon;
        let actuals = whole.iter().skip(train.len()).take(horizon);
        let start = number * horizon;
        for (actual, forecast) in actuals.clone().zip(forecasts.mean.iter().skip(start)) {
            self.sums.add(*actual, *forecast);
        }
        self.sums.add_scales(train, season);
        for (inside, band) in self.inside.iter_mut().zip(&forecasts.bands) {
            let ends = band.low.iter().zip(&band.high).skip(start);
            for (actual, (low, high)) in actuals.clone().zip(ends) {
                if actual >= low && actual <= high {
                    *inside += 1.0;
                }
            }
        }
        self.model = forecasts.models.get(number).copied();
    }

    fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        for (inside, more) in self.inside.iter_mut().zip(&other.inside) {
            *inside += more;
        }
    }

    fn row(&self) -> BacktestRow {
        let accuracy = self.sums.accuracy();
        let count = accuracy.count;
        let share = |inside: &f64| (count > 0.0).then(|| inside / count);
        BacktestRow {
            accuracy,
            coverage: self.inside.iter().map(share).collect(),
            model: self.model,
        }
    }
}
