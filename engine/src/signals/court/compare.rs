//! Forecasts with and without a signal, side by side on the same periods.

use serde::{Deserialize, Serialize};

use crate::num::{count_f64, sqrt};

/// A forecast made in time, and what came: of one series in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// Which period; equal numbers are the same period.
    pub period: usize,
    /// What was forecast, units.
    pub forecast: f64,
    /// What came, units.
    pub actual: f64,
}

/// Errors of two forecasts of the same periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Periods compared.
    pub periods: usize,
    /// Sum of demand, units.
    pub actual: f64,
    /// Sum of |error| without the signal, units.
    pub without: f64,
    /// Sum of |error| with it, units.
    pub with: f64,
    /// Mean gain of a period over its standard error.
    pub gain_ratio: f64,
    /// Gain over the newer half of the periods, units.
    pub gain_newest: f64,
}

impl Comparison {
    /// Compares forecasts of the same series and periods, given in the same order.
    ///
    /// The gain of a period is the sum of |error| without less the sum with the signal. Its
    /// standard error allows for `ahead` - 1 periods that share surprises.
    /// Source: Diebold & Mariano (1995), JBES 13, 253-263, with the weights of Newey & West
    /// (1987), Econometrica 55, 703-708.
    #[must_use]
    pub fn of(without: &[HeldOut], with: &[HeldOut], ahead: usize) -> Self {
        let mut gains: Vec<(usize, f64)> = Vec::new();
        let mut sums = Self::default();
        for (a, b) in without.iter().zip(with) {
            let (error, error_with) =
                ((a.actual - a.forecast).abs(), (b.actual - b.forecast).abs());
            sums.actual += a.actual;
            sums.without += error;
            sums.with += error_with;
            gains.push((a.period, error - error_with));
        }
        crate::order::sort_by_key(&mut gains, |(period, _)| *period);
        let by_period = gains.chunk_by(|a, b| a.0 == b.0);
        let gains: Vec<f64> = by_period
            .map(|chunk| chunk.iter().map(|(_, gain)| gain).sum())
            .collect();
        sums.periods = gains.len();
        sums.gain_ratio = ratio(&gains, ahead);
        sums.gain_newest = gains.iter().skip(gains.len() / 2).sum();
        sums
    }

    /// Error share without the signal; `None` without demand.
    #[must_use]
    pub fn wape_without(&self) -> Option<f64> {
        (self.actual > 0.0).then(|| self.without / self.actual)
    }

    /// Error share with the signal; `None` without demand.
    #[must_use]
    pub fn wape_with(&self) -> Option<f64> {
        (self.actual > 0.0).then(|| self.with / self.actual)
    }

    /// Units of error that the signal would have added; below zero where it saves.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.with - self.without
    }
}

fn ratio(gains: &[f64], ahead: usize) -> f64 {
    let count = count_f64(gains.len());
    if gains.len() < 2 {
        return 0.0;
    }
    let mean = gains.iter().sum::<f64>() / count;
    let covariance = |lag: usize| {
        let pairs = gains.iter().zip(gains.iter().skip(lag));
        pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / count
    };
    let own = covariance(0);
    let shared = (1..ahead.max(1)).map(|lag| {
        let weight = 1.0 - count_f64(lag) / count_f64(ahead.max(1));
        2.0 * weight * covariance(lag)
    });
    // Neighbours that mirror each other must not make a gain look surer than if they did not.
    let variance = (own + shared.sum::<f64>()).max(own);
    if variance > 0.0 {
        mean / sqrt(variance / count)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_the_ratio_are_those_of_a_hand_calculation() {
        let held = |period, forecast, actual| HeldOut {
            period,
            forecast,
            actual,
        };
        // Gains by period: 1 + 1, 0, 4; mean 2, variance 8 / 3, standard error sqrt(8 / 9).
        let without = [
            held(1, 3.0, 4.0),
            held(1, 3.0, 4.0),
            held(2, 5.0, 6.0),
            held(3, 0.0, 6.0),
        ];
        let with = [
            held(1, 4.0, 4.0),
            held(1, 4.0, 4.0),
            held(2, 7.0, 6.0),
            held(3, 4.0, 6.0),
        ];
        let found = Comparison::of(&without, &with, 1);
        assert_eq!((found.periods, found.actual), (3, 20.0));
        assert_eq!((found.without, found.with, found.cost()), (9.0, 3.0, -6.0));
        assert_eq!(found.gain_newest, 4.0);
        assert!((found.gain_ratio - 2.0 / (8.0_f64 / 9.0).sqrt()).abs() < 1e-12);
        assert_eq!(found.wape_with(), Some(0.15));
    }
}
