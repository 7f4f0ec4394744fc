//! Demand over the protection interval as a distribution: quantile and loss.

use crate::num::{
    GammaTail, NegativeBinomial, Poisson, count_f64, floor_count, gamma_quantile,
    gamma_regularised, normal_cdf, normal_loss, normal_quantile, sqrt,
};
use crate::order;

use super::PolicyError;

/// A fitted distribution of demand over the protection interval, units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Demand {
    /// Normal with this mean and standard deviation.
    Normal {
        /// Mean, units.
        mean: f64,
        /// Standard deviation, units.
        sigma: f64,
    },
    /// Gamma with this mean and standard deviation.
    Gamma {
        /// Mean, units.
        mean: f64,
        /// Standard deviation, units.
        sigma: f64,
    },
    /// Whole units, variance above the mean.
    NegativeBinomial(NegativeBinomial),
    /// Whole units, variance equal to the mean.
    Poisson(Poisson),
}

impl Demand {
    /// Demand over `days` (above zero) when this is that of one and days are independent: of the same family, with
    /// mean and variance as many times as large.
    ///
    /// ```
    /// use engine::replenish::Demand;
    /// let week = Demand::Normal { mean: 5.0, sigma: 2.0 }.times(4.0);
    /// assert_eq!(week, Demand::Normal { mean: 20.0, sigma: 4.0 });
    /// ```
    #[must_use]
    pub fn times(self, days: f64) -> Self {
        match self {
            Self::Normal { mean, sigma } => Self::Normal {
                mean: mean * days,
                sigma: sigma * sqrt(days),
            },
            Self::Gamma { mean, sigma } => Self::Gamma {
                mean: mean * days,
                sigma: sigma * sqrt(days),
            },
            Self::NegativeBinomial(counts) => Self::NegativeBinomial(NegativeBinomial {
                mean: counts.mean * days,
                variance: counts.variance * days,
            }),
            Self::Poisson(counts) => Self::Poisson(Poisson {
                mean: counts.mean * days,
            }),
        }
    }

    /// Refuses parameters that make no distribution of demand.
    pub(super) fn check(self) -> Result<(), PolicyError> {
        let mean = self.mean();
        let (spread, least) = match self {
            Self::Normal { sigma, .. } => (sigma, 0.0),
            Self::Gamma { sigma, .. } => (sigma, f64::MIN_POSITIVE),
            Self::NegativeBinomial(counts) => (counts.variance - mean, f64::MIN_POSITIVE),
            Self::Poisson(_) => (mean, f64::NEG_INFINITY),
        };
        if !(mean.is_finite() && spread.is_finite()) {
            Err(PolicyError::NotFinite)
        } else if spread < least {
            Err(PolicyError::NegativeSigma)
        } else if mean <= 0.0 {
            Err(PolicyError::NoDemand)
        } else {
            Ok(())
        }
    }
}

/// Demand over some days as a distribution, units.
pub trait Distribution {
    /// Mean, units.
    fn mean(&self) -> f64;

    /// P(D <= `stock`).
    fn cdf(&self, stock: f64) -> f64;

    /// Expected shortage n(`stock`) = E\[(D - stock)+\], units.
    fn loss(&self, stock: f64) -> f64;

    /// The smallest stock with P(D <= stock) >= `service_level`, units.
    fn quantile(&self, service_level: f64) -> f64;

    /// Whether demand comes in whole units, so that levels are whole too.
    fn is_counted(&self) -> bool;
}

impl Distribution for Demand {
    fn mean(&self) -> f64 {
        match self {
            Self::Normal { mean, .. } | Self::Gamma { mean, .. } => *mean,
            Self::NegativeBinomial(counts) => counts.mean,
            Self::Poisson(counts) => counts.mean,
        }
    }

    fn cdf(&self, stock: f64) -> f64 {
        match self {
            Self::Normal { mean, sigma } if *sigma > 0.0 => normal_cdf((stock - mean) / sigma),
            Self::Normal { mean, .. } => f64::from(u8::from(stock >= *mean)),
            Self::Gamma { .. } if stock <= 0.0 => 0.0,
            Self::Gamma { mean, sigma } => {
                let scale = sigma * sigma / mean;
                gamma_regularised(GammaTail::Lower, mean / scale, stock / scale)
            }
            Self::NegativeBinomial(counts) => counts.cdf(stock),
            Self::Poisson(counts) => counts.cdf(stock),
        }
    }

    /// Normal: sigma G((stock - mean) / sigma). Gamma: mean Q(a + 1) - stock Q(a), for a = mean^2 / sigma^2.
    ///
    /// Source: Snyder & Shen (2019), eq. C.22 and appendix C.
    ///
    /// ```
    /// use engine::replenish::{Demand, Distribution};
    /// let demand = Demand::Normal { mean: 100.0, sigma: 25.0 };
    /// assert!((demand.loss(125.0) - 25.0 * 0.083_315_470_587_686_3).abs() < 1e-12);
    /// ```
    fn loss(&self, stock: f64) -> f64 {
        match self {
            Self::Normal { mean, sigma } if *sigma > 0.0 => {
                sigma * normal_loss((stock - mean) / sigma)
            }
            Self::Normal { mean, .. } => (mean - stock).max(0.0),
            Self::Gamma { mean, sigma } => gamma_loss(*mean, *sigma, stock),
            Self::NegativeBinomial(counts) => counts.loss(stock),
            Self::Poisson(counts) => counts.loss(stock),
        }
    }

    fn quantile(&self, service_level: f64) -> f64 {
        match self {
            Self::Normal { mean, sigma } => mean + sigma * normal_quantile(service_level),
            Self::Gamma { mean, sigma } => {
                let scale = sigma * sigma / mean;
                gamma_quantile(mean / scale, service_level) * scale
            }
            Self::NegativeBinomial(counts) => counts.quantile(service_level),
            Self::Poisson(counts) => counts.quantile(service_level),
        }
    }

    fn is_counted(&self) -> bool {
        match self {
            Self::Normal { .. } | Self::Gamma { .. } => false,
            Self::NegativeBinomial(_) | Self::Poisson(_) => true,
        }
    }
}

fn gamma_loss(mean: f64, sigma: f64, stock: f64) -> f64 {
    if stock <= 0.0 {
        return mean - stock;
    }
    let scale = sigma * sigma / mean;
    let shape = mean / scale;
    let upper = |shape| gamma_regularised(GammaTail::Upper, shape, stock / scale);
    mean * upper(shape + 1.0) - stock * upper(shape)
}

/// Demand seen in every window of the history: no shape is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct EmpiricalDemand {
    sorted: Vec<f64>,
}

impl EmpiricalDemand {
    /// Sums of all overlapping windows of `days` (rounded up) in a daily history.
    ///
    /// Source: Boylan & Syntetos (2021), Intermittent Demand Forecasting,
    /// ch. 13, overlapping blocks.
    ///
    /// # Errors
    /// [`PolicyError::NoDemand`] if the history has no full window,
    /// [`PolicyError::LeadTime`] if `days` is not positive.
    pub fn from_history(history: &[f64], days: f64) -> Result<Self, PolicyError> {
        if days.is_nan() || days <= 0.0 {
            return Err(PolicyError::LeadTime);
        }
        let mut sorted: Vec<f64> = history
            .windows(floor_count(days.ceil()))
            .map(|window| window.iter().sum())
            .collect();
        if sorted.is_empty() {
            return Err(PolicyError::NoDemand);
        }
        order::sort_by(&mut sorted, f64::total_cmp);
        Ok(Self { sorted })
    }

    /// Number of windows.
    #[must_use]
    pub fn windows(&self) -> usize {
        self.sorted.len()
    }

    /// Standard deviation of the windows (n - 1), units; `None` for one window.
    #[must_use]
    pub fn sigma(&self) -> Option<f64> {
        let mean = self.mean();
        let squares: f64 = self.sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
        (self.sorted.len() > 1).then(|| sqrt(squares / (count_f64(self.sorted.len()) - 1.0)))
    }
}

impl Distribution for EmpiricalDemand {
    /// Mean of the windows.
    fn mean(&self) -> f64 {
        self.sorted.iter().sum::<f64>() / count_f64(self.sorted.len())
    }

    fn cdf(&self, stock: f64) -> f64 {
        let covered = self.sorted.partition_point(|demand| *demand <= stock);
        count_f64(covered) / count_f64(self.sorted.len())
    }

    /// Mean shortage over the windows when `stock` units stand ready.
    fn loss(&self, stock: f64) -> f64 {
        let short = |demand: &f64| (demand - stock).max(0.0);
        self.sorted.iter().map(short).sum::<f64>() / count_f64(self.sorted.len())
    }

    /// Smallest window sum whose share of windows at or below it reaches `service_level`.
    ///
    /// Source: Hyndman & Fan (1996), sample quantile type 1.
    ///
    /// ```
    /// use engine::replenish::{Distribution, EmpiricalDemand};
    /// let demand = EmpiricalDemand::from_history(&[1.0, 0.0, 2.0, 5.0], 2.0)?;
    /// assert_eq!(demand.quantile(0.5), 2.0);
    /// # Ok::<(), engine::replenish::PolicyError>(())
    /// ```
    fn quantile(&self, service_level: f64) -> f64 {
        let rank = (count_f64(self.sorted.len()) * service_level - 1.0)
            .ceil()
            .max(0.0);
        let last = self.sorted.last().copied().unwrap_or(0.0);
        self.sorted.get(floor_count(rank)).copied().unwrap_or(last)
    }

    /// Window sums are compared as they are, whole or not.
    fn is_counted(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_of_a_gamma_close_to_normal_is_close_to_it() {
        let (mean, sigma) = (1_000.0, 20.0);
        for stock in [960.0, 1_000.0, 1_040.0] {
            let gamma = Demand::Gamma { mean, sigma }.loss(stock);
            let normal = Demand::Normal { mean, sigma }.loss(stock);
            assert!((gamma - normal).abs() < 0.1, "{stock}: {gamma} {normal}");
        }
    }

    #[test]
    fn counts_lose_nothing_above_all_demand() {
        let demand = Demand::Poisson(Poisson { mean: 2.0 });
        assert!((demand.loss(0.0) - 2.0).abs() < 1e-15);
        assert!(demand.loss(40.0).abs() < 1e-12);
    }
}
