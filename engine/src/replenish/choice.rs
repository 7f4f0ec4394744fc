//! Which distribution describes demand over the protection interval.

use super::Demand;
use crate::num::{self, NegativeBinomial, Poisson};

/// Below this mean, demand is counted in whole units.
const COUNT_MEAN_MAX: f64 = 10.0;
/// Above this coefficient of variation the normal is too wide.
const NORMAL_CV_MAX: f64 = 0.5;
/// Largest share of a normal that may lie below zero.
const NORMAL_NEGATIVE_MAX: f64 = 0.01;
/// A variance above this multiple of the mean is more than Poisson.
const POISSON_RATIO_MAX: f64 = 1.05;

impl Demand {
    /// The distribution for a positive mean and standard deviation, units.
    ///
    /// Below ten units: negative binomial when the variance is above 1.05 means, else
    /// Poisson. Gamma when sigma / mean > 0.5 or P(D < 0) > 1 % under the normal. Else normal.
    ///
    /// Source: engine convention 1.4, first match of its table.
    #[must_use]
    pub fn select(mean: f64, sigma: f64) -> Self {
        if mean < COUNT_MEAN_MAX {
            return Self::counted(mean, sigma);
        }
        if sigma / mean > NORMAL_CV_MAX || num::normal_cdf(-mean / sigma) > NORMAL_NEGATIVE_MAX {
            return Self::Gamma { mean, sigma };
        }
        Self::Normal { mean, sigma }
    }

    /// The distribution of demand in whole units: negative binomial when the variance is above 1.05 means, else
    /// Poisson.
    #[must_use]
    pub fn counted(mean: f64, sigma: f64) -> Self {
        let variance = sigma * sigma;
        if variance > POISSON_RATIO_MAX * mean {
            Self::NegativeBinomial(NegativeBinomial { mean, variance })
        } else {
            Self::Poisson(Poisson { mean })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_from_the_top() {
        assert!(matches!(Demand::select(4.0, 1.0), Demand::Poisson(_)));
        assert!(matches!(
            Demand::select(4.0, 4.0),
            Demand::NegativeBinomial(_)
        ));
        assert!(matches!(Demand::select(100.0, 60.0), Demand::Gamma { .. }));
        assert!(matches!(Demand::select(100.0, 45.0), Demand::Gamma { .. }));
        assert!(matches!(Demand::select(100.0, 25.0), Demand::Normal { .. }));
    }
}
