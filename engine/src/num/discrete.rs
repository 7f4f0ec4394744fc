//! Count distributions of demand: Poisson and negative binomial.

use super::beta::beta_regularised;
use super::elementary::sqrt;
use super::gamma::{GammaTail, gamma_regularised};
use super::normal::normal_quantile;

/// Poisson distribution of whole units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    /// Mean (and variance), units; at least zero.
    pub mean: f64,
}

impl Poisson {
    /// P(D <= `x`) for a whole number `x`.
    ///
    /// ```
    /// let demand = engine::num::Poisson { mean: 2.0 };
    /// assert!((demand.cdf(1.0) - 0.406_005_849_709_838_1).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn cdf(self, x: f64) -> f64 {
        if x < 0.0 {
            0.0
        } else if self.mean <= 0.0 {
            1.0
        } else {
            gamma_regularised(GammaTail::Upper, x.floor() + 1.0, self.mean)
        }
    }

    /// Smallest whole number x with P(D <= x) >= `p`.
    #[must_use]
    pub fn quantile(self, p: f64) -> f64 {
        quantile(|x| self.cdf(x), self.mean, self.mean, p)
    }

    /// Expected units above `x`, E\[(D - x)+\]: mean P(D >= x) - x P(D > x) at whole `x`.
    ///
    /// ```
    /// // Mean 2 above 1: 2 - 1 + P(D = 0)
    /// let loss = engine::num::Poisson { mean: 2.0 }.loss(1.0);
    /// assert!((loss - 1.135_335_283_236_612_7).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn loss(self, x: f64) -> f64 {
        loss(x, self.mean, |y| self.cdf(y), |y| self.cdf(y))
    }
}

/// Negative binomial distribution of whole units.
///
/// Success probability p = mean / variance, size r = mean^2 / (variance - mean).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeBinomial {
    /// Mean, units; positive.
    pub mean: f64,
    /// Variance, units squared; above the mean.
    pub variance: f64,
}

impl NegativeBinomial {
    /// P(D <= `x`) for a whole number `x`.
    ///
    /// ```
    /// // r = 2, p = 1/2: P(D <= 1) = 1/4 + 1/4
    /// let demand = engine::num::NegativeBinomial { mean: 2.0, variance: 4.0 };
    /// assert!((demand.cdf(1.0) - 0.5).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn cdf(self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        let size = self.mean * self.mean / (self.variance - self.mean);
        beta_regularised(size, x.floor() + 1.0, self.mean / self.variance)
    }

    /// Smallest whole number x with P(D <= x) >= `p`.
    #[must_use]
    pub fn quantile(self, p: f64) -> f64 {
        quantile(|x| self.cdf(x), self.mean, self.variance, p)
    }

    /// Expected units above `x`, E\[(D - x)+\]: d P(D = d) is the mean times the chance of d - 1 at size r + 1.
    ///
    /// ```
    /// // r = 2, p = 1/2: 2 - 1 + P(D = 0)
    /// let loss = engine::num::NegativeBinomial { mean: 2.0, variance: 4.0 }.loss(1.0);
    /// assert!((loss - 1.25).abs() < 1e-14);
    /// ```
    #[must_use]
    pub fn loss(self, x: f64) -> f64 {
        let share = self.mean / self.variance;
        let size = self.mean * self.mean / (self.variance - self.mean);
        let wider = move |y: f64| {
            if y < 0.0 {
                0.0
            } else {
                beta_regularised(size + 1.0, y.floor() + 1.0, share)
            }
        };
        loss(x, self.mean, |y| self.cdf(y), wider)
    }
}

/// E\[(D - x)+\] of a count with this mean; `wider` is the distribution of the d - 1 that d P(D = d) / mean weighs.
fn loss(x: f64, mean: f64, cdf: impl Fn(f64) -> f64, wider: impl Fn(f64) -> f64) -> f64 {
    if x <= 0.0 {
        return mean - x;
    }
    let whole = x.floor();
    let above = mean * (1.0 - wider(whole - 1.0)) - x * (1.0 - cdf(whole));
    above.max(0.0)
}

/// Smallest whole x with F(x) >= p: bracketed from the normal approximation,
/// then bisected.
fn quantile(cdf: impl Fn(f64) -> f64, mean: f64, variance: f64, p: f64) -> f64 {
    if !(0.0..1.0).contains(&p) {
        return if p == 1.0 { f64::INFINITY } else { f64::NAN };
    }
    if cdf(0.0) >= p {
        return 0.0;
    }
    let sd = sqrt(variance.max(0.0));
    let mut high = (mean + normal_quantile(p) * sd).max(0.0).ceil() + 1.0;
    let mut width = sd.ceil().max(1.0);
    let mut low = 0.0;
    while cdf(high) < p {
        low = high;
        high += width;
        width *= 2.0;
    }
    while high - low > 1.0 {
        let middle = ((low + high) * 0.5).floor();
        if cdf(middle) >= p {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_is_the_sum_of_the_tail() {
        for stock in [0.0, 1.0, 3.5, 9.0, 30.0] {
            let tail = |cdf: &dyn Fn(f64) -> f64, mean: f64| {
                let whole = |y: i32| 1.0 - cdf(f64::from(y));
                let below: f64 = (0..30)
                    .filter(|y| f64::from(*y) + 1.0 <= stock)
                    .map(whole)
                    .sum();
                mean - below - (stock - stock.floor()) * (1.0 - cdf(stock.floor()))
            };
            let poisson = Poisson { mean: 5.3 };
            assert!((poisson.loss(stock) - tail(&|x| poisson.cdf(x), 5.3)).abs() < 1e-12);
            let nb = NegativeBinomial {
                mean: 4.0,
                variance: 12.25,
            };
            assert!((nb.loss(stock) - tail(&|x| nb.cdf(x), 4.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn quantile_is_the_smallest_that_reaches() {
        for mean in [0.01, 0.7, 3.0, 55.0, 4_000.0] {
            for p in [0.05, 0.5, 0.9, 0.99] {
                let poisson = Poisson { mean };
                let x = poisson.quantile(p);
                assert!(poisson.cdf(x) >= p && (x == 0.0 || poisson.cdf(x - 1.0) < p));
                let nb = NegativeBinomial {
                    mean,
                    variance: mean * 3.0,
                };
                let x = nb.quantile(p);
                assert!(nb.cdf(x) >= p && (x == 0.0 || nb.cdf(x - 1.0) < p));
            }
        }
    }
}
