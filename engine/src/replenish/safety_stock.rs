//! Order-up-to level and safety stock for a cycle service level.
//!
//! Demand and its forecast error over the protection interval, uncertain lead
//! time added by the law of total variance, then the normal quantile.

use super::Reason;
use crate::num::{count_f64, floor_count, normal_quantile, sqrt};

/// Fewest origins from which cumulative errors give a deviation.
const CUMULATIVE_ORIGINS_MIN: usize = 12;
const SERVICE_LEVEL_MAX: f64 = 0.9999;

/// What a policy formula refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A standard deviation below zero or not a number.
    #[error("standard deviation is negative")]
    NegativeSigma,
    /// A service level outside (0.5, 0.9999].
    #[error("service level is outside its range")]
    TargetRange,
    /// A lead time or review period below zero or not a number.
    #[error("lead time or review period is negative")]
    LeadTime,
    /// The forecast ends before the protection interval does.
    #[error("forecast is shorter than the protection interval")]
    HorizonTooShort,
    /// Too few backtest origins for cumulative errors; use another error model.
    #[error("fewer than 12 origins of cumulative errors")]
    FewOrigins,
    /// No full window of history, or no demand ahead.
    #[error("no demand over the protection interval")]
    NoDemand,
    /// Price breaks that do not start at 0, do not rise, or prices that rise.
    #[error("price breaks must start at 0 and rise, prices must not rise")]
    PriceBreaks,
    /// An order quantity that is not positive.
    #[error("order quantity is not positive")]
    OrderQuantity,
    /// A figure that is infinite or not a number.
    #[error("figure is not a finite number")]
    NotFinite,
}

impl PolicyError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NegativeSigma => "E_NEG_SIGMA",
            Self::TargetRange => "E_TARGET_RANGE",
            Self::LeadTime => "E_LEADTIME",
            Self::HorizonTooShort => "E_HORIZON",
            Self::FewOrigins => "W_FEW_ORIGINS",
            Self::NoDemand => "E_NO_DEMAND",
            Self::PriceBreaks => "E_PRICE_BREAKS",
            Self::OrderQuantity => "E_ORDER_QUANTITY",
            Self::NotFinite => "E_NOT_FINITE",
        }
    }
}

/// The time an order must cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Protection {
    /// Review period R, days; 0 for continuous review.
    pub review_days: f64,
    /// Mean lead time L, days.
    pub lead_time_days: f64,
    /// Standard deviation of the lead time, days.
    pub lead_time_sd_days: f64,
}

impl Protection {
    /// P = R + L, days: an order placed now must last until the next one arrives.
    #[must_use]
    pub fn days(self) -> f64 {
        self.review_days + self.lead_time_days
    }
}

/// How the forecast error over the protection interval is known, best first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DemandError<'a> {
    /// Errors of the interval's total, one for each backtest origin, units.
    Cumulative(&'a [f64]),
    /// Deviation of the interval's total, already computed, units.
    CumulativeSigma(f64),
    /// Simple exponential smoothing with this parameter and one-step deviation.
    Smoothing {
        /// Smoothing parameter alpha.
        alpha: f64,
        /// Standard deviation of the one-step error, units.
        sigma: f64,
    },
    /// Independent errors with their own deviation for each day ahead, units.
    Horizons(&'a [f64]),
    /// Independent errors of one deviation, units a day.
    Independent(f64),
}

impl DemandError<'_> {
    /// Variance of the error of total demand over `days`, units squared.
    ///
    /// # Errors
    /// Negative deviations, fewer than 12 cumulative errors, or fewer horizons
    /// than days.
    pub fn variance(self, days: f64) -> Result<f64, PolicyError> {
        match self {
            Self::Cumulative(errors) => mean_square(errors),
            Self::CumulativeSigma(sigma) => not_negative(sigma).map(|sigma| sigma * sigma),
            Self::Smoothing { alpha, sigma } => {
                not_negative(sigma).map(|sigma| smoothing_variance(alpha, sigma, days))
            }
            Self::Horizons(sigmas) => {
                for sigma in sigmas {
                    not_negative(*sigma)?;
                }
                partial_sum(sigmas.iter().map(|sigma| sigma * sigma), days)
                    .ok_or(PolicyError::HorizonTooShort)
            }
            Self::Independent(sigma) => not_negative(sigma).map(|sigma| days * sigma * sigma),
        }
    }
}

fn not_negative(sigma: f64) -> Result<f64, PolicyError> {
    if sigma >= 0.0 {
        Ok(sigma)
    } else {
        Err(PolicyError::NegativeSigma)
    }
}

fn mean_square(errors: &[f64]) -> Result<f64, PolicyError> {
    if errors.len() < CUMULATIVE_ORIGINS_MIN {
        return Err(PolicyError::FewOrigins);
    }
    let sum: f64 = errors.iter().map(|error| error * error).sum();
    Ok(sum / count_f64(errors.len()))
}

/// Variance of total demand over `periods` when simple exponential smoothing
/// with parameter `alpha` forecasts it, from the one-step deviation `sigma`.
///
/// sigma^2 \[P + alpha P(P-1) + alpha^2 P(P-1)(2P-1)/6\]; between whole periods
/// the variance is interpolated linearly.
///
/// Source: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential
/// Smoothing, lead-time demand of ETS(A,N,N); Ord et al., EJOR 158 (2004).
///
/// ```
/// // alpha 0.2, 14 periods: 2.4 times the deviation that independence gives
/// let variance = engine::replenish::smoothing_variance(0.2, 10.0, 14.0);
/// assert!((variance - 8316.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn smoothing_variance(alpha: f64, sigma: f64, periods: f64) -> f64 {
    let whole =
        |p: f64| p + alpha * p * (p - 1.0) + alpha * alpha * p * (p - 1.0) * (2.0 * p - 1.0) / 6.0;
    let below = periods.floor();
    let factor = whole(below) + (periods - below) * (whole(below + 1.0) - whole(below));
    sigma * sigma * factor
}

/// Mean demand M over the first `days` of a daily `forecast`, units: whole days
/// summed, plus the broken day's share. `None` if the forecast is too short.
///
/// ```
/// assert_eq!(engine::replenish::mean_over(&[4.0, 6.0, 10.0], 2.5), Some(15.0));
/// ```
#[must_use]
pub fn mean_over(forecast: &[f64], days: f64) -> Option<f64> {
    partial_sum(forecast.iter().copied(), days)
}

fn partial_sum(values: impl ExactSizeIterator<Item = f64>, days: f64) -> Option<f64> {
    let whole = floor_count(days);
    let share = days - count_f64(whole);
    if values.len() < whole || (share > 0.0 && values.len() == whole) {
        return None;
    }
    let mut sum = 0.0;
    for (day, value) in values.take(whole + 1).enumerate() {
        sum += if day < whole { value } else { share * value };
    }
    Some(sum)
}

/// An order-up-to level and what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderUpTo {
    /// Protection interval P, days.
    pub protection_days: f64,
    /// Mean demand over the interval, units.
    pub mean_demand: f64,
    /// Standard deviation over the interval with the lead time's own, units.
    pub sigma: f64,
    /// Normal quantile of the service level.
    pub z: f64,
    /// Safety stock z sigma, units.
    pub safety_stock: f64,
    /// Order-up-to level S, units.
    pub level: f64,
    /// Remarks on the result.
    pub reasons: Vec<Reason>,
}

/// Order-up-to level S = M + z sigma for a cycle service level (the share of
/// replenishment cycles without a shortage). With a review period of zero the
/// same figure is the reorder point s.
///
/// sigma^2 = error variance over P + (M / P)^2 sigma_L^2.
///
/// Source: Silver, Pyke & Thomas (2017), Inventory and Production Management in
/// Supply Chains, ch. 6; Eppen & Martin (1988).
///
/// # Errors
/// A service level outside (0.5, 0.9999], negative times or deviations, a
/// forecast shorter than P.
///
/// ```
/// use engine::replenish::{DemandError, Protection, order_up_to};
/// let protection = Protection { review_days: 0.0, lead_time_days: 4.0, lead_time_sd_days: 0.0 };
/// let level = order_up_to(&[25.0; 4], protection, DemandError::Independent(10.0), 0.95)?;
/// assert!((level.safety_stock - 1.644_853_627 * 20.0).abs() < 1e-7);
/// # Ok::<(), engine::replenish::PolicyError>(())
/// ```
pub fn order_up_to(
    forecast: &[f64],
    protection: Protection,
    error: DemandError<'_>,
    service_level: f64,
) -> Result<OrderUpTo, PolicyError> {
    if !(service_level > 0.5 && service_level <= SERVICE_LEVEL_MAX) {
        return Err(PolicyError::TargetRange);
    }
    if !(protection.review_days >= 0.0 && protection.lead_time_days >= 0.0) {
        return Err(PolicyError::LeadTime);
    }
    let lead_time_sd = not_negative(protection.lead_time_sd_days)?;
    let days = protection.days();
    let mean = mean_over(forecast, days).ok_or(PolicyError::HorizonTooShort)?;
    let z = normal_quantile(service_level);
    if mean <= 0.0 {
        return Ok(no_demand(days, z));
    }
    let daily = mean / days;
    let sigma = sqrt(error.variance(days)? + daily * daily * lead_time_sd * lead_time_sd);
    Ok(OrderUpTo {
        protection_days: days,
        mean_demand: mean,
        sigma,
        z,
        safety_stock: z * sigma,
        level: mean + z * sigma,
        reasons: Vec::new(),
    })
}

fn no_demand(protection_days: f64, z: f64) -> OrderUpTo {
    OrderUpTo {
        protection_days,
        mean_demand: 0.0,
        sigma: 0.0,
        z,
        safety_stock: 0.0,
        level: 0.0,
        reasons: vec![Reason::NoDemand],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: Protection = Protection {
        review_days: 3.0,
        lead_time_days: 4.0,
        lead_time_sd_days: 0.0,
    };

    #[test]
    fn refuses_what_it_cannot_answer() {
        let iid = DemandError::Independent(1.0);
        assert_eq!(
            order_up_to(&[1.0; 7], WEEK, iid, 0.5),
            Err(PolicyError::TargetRange)
        );
        assert_eq!(
            order_up_to(&[1.0; 6], WEEK, iid, 0.9),
            Err(PolicyError::HorizonTooShort)
        );
        let negative = DemandError::Independent(-1.0);
        assert_eq!(
            order_up_to(&[1.0; 7], WEEK, negative, 0.9),
            Err(PolicyError::NegativeSigma)
        );
        let few = DemandError::Cumulative(&[1.0; 11]);
        assert_eq!(
            order_up_to(&[1.0; 7], WEEK, few, 0.9),
            Err(PolicyError::FewOrigins)
        );
    }

    #[test]
    fn no_demand_holds_no_stock() {
        let level = order_up_to(&[0.0; 7], WEEK, DemandError::Independent(1.0), 0.9).unwrap();
        assert_eq!((level.level, level.reasons), (0.0, vec![Reason::NoDemand]));
    }

    #[test]
    fn smoothing_errors_add_up_faster_than_independent_ones() {
        let variance = |error: DemandError<'_>| error.variance(7.0).unwrap();
        let smoothing = variance(DemandError::Smoothing {
            alpha: 0.3,
            sigma: 2.0,
        });
        assert!(smoothing > variance(DemandError::Independent(2.0)));
        let none = variance(DemandError::Smoothing {
            alpha: 0.0,
            sigma: 2.0,
        });
        assert_eq!(none, variance(DemandError::Horizons(&[2.0; 7])));
    }
}
