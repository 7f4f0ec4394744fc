//! Returns that are still to come: sales spread over the time customers take to return them.

use crate::num::{count_f64, index_usize, sum};

/// How sales come back. Periods are days or weeks, the same in every list.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnRates {
    rate: f64,
    lags: Vec<f64>,
    resellable: f64,
    relist_lag: usize,
}

/// Why rates are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReturnRatesError {
    /// The share of sales that comes back, or of returns that can be sold again, is no share.
    #[error("share is outside 0 to 1")]
    ShareRange,
    /// Shares by lag that are negative or do not add up to one.
    #[error("shares by lag are negative or do not add up to 1")]
    Lags,
}

impl ReturnRatesError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ShareRange => "E_TARGET_RANGE",
            Self::Lags => "E_LAG_SHARES",
        }
    }
}

/// Units sold in past periods, the oldest first, and expected in the periods ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SalesByPeriod<'a> {
    /// Sold, units.
    pub past: &'a [f64],
    /// Forecast, units.
    pub ahead: &'a [f64],
}

/// How far shares by lag may be from adding up to one.
const SUM_TOLERANCE: f64 = 1e-6;

impl ReturnRates {
    /// `rate`: share of units sold that comes back. `lags`: share of those that comes back so many
    /// periods after the sale, from 0. `resellable`: share that can be sold again, `relist_lag`
    /// periods after it came back.
    ///
    /// # Errors
    /// Shares outside \[0, 1\], or lags that do not add up to one.
    pub fn try_new(
        rate: f64,
        lags: Vec<f64>,
        resellable: f64,
        relist_lag: u32,
    ) -> Result<Self, ReturnRatesError> {
        let is_share = |share: &f64| (0.0..=1.0).contains(share);
        if !is_share(&rate) || !is_share(&resellable) {
            return Err(ReturnRatesError::ShareRange);
        }
        if !lags.iter().all(is_share) || (sum(&lags) - 1.0).abs() > SUM_TOLERANCE {
            return Err(ReturnRatesError::Lags);
        }
        Ok(Self {
            rate,
            lags,
            resellable,
            relist_lag: index_usize(relist_lag),
        })
    }

    /// Units expected back in each period ahead: rate x sum over k of sales k periods earlier x
    /// share of lag k.
    ///
    /// Source: Toktay, Wein & Zenios (2000); Kelle & Silver (1989).
    ///
    /// ```
    /// use engine::returns::{ReturnRates, SalesByPeriod};
    /// let rates = ReturnRates::try_new(0.5, vec![0.25, 0.75], 1.0, 0)?;
    /// let sales = SalesByPeriod { past: &[8.0], ahead: &[16.0, 0.0] };
    /// assert_eq!(rates.expected(sales), [5.0, 6.0]);
    /// # Ok::<(), engine::returns::ReturnRatesError>(())
    /// ```
    #[must_use]
    pub fn expected(&self, sales: SalesByPeriod<'_>) -> Vec<f64> {
        self.by_period(sales).split_off(sales.past.len())
    }

    /// Units that can be sold again in each period ahead; those that came back before count.
    #[must_use]
    pub fn resellable(&self, sales: SalesByPeriod<'_>) -> Vec<f64> {
        let returns = self.by_period(sales);
        let periods = sales.past.len()..returns.len();
        periods
            .map(|period| {
                let back = period.checked_sub(self.relist_lag);
                let returned = back.and_then(|at| returns.get(at)).copied();
                self.resellable * returned.unwrap_or(0.0)
            })
            .collect()
    }

    /// Receipts to count on when netting: what can be sold again, times the confidence in it (0.8
    /// by convention), units.
    #[must_use]
    pub fn receipts(&self, sales: SalesByPeriod<'_>, confidence: f64) -> Vec<f64> {
        let resellable = self.resellable(sales);
        resellable.into_iter().map(|it| it * confidence).collect()
    }

    /// Units of past sales that are still to come back, at whatever time: the refund liability.
    #[must_use]
    pub fn outstanding(&self, past: &[f64]) -> f64 {
        let age = |at: usize| past.len() - 1 - at;
        let to_come = past.iter().enumerate().map(|(at, sold)| {
            let left: f64 = self.lags.iter().skip(age(at) + 1).sum();
            sold * left
        });
        self.rate * to_come.sum::<f64>()
    }

    /// Mean periods between a sale and its return.
    #[must_use]
    pub fn mean_lag(&self) -> f64 {
        let weighted = self.lags.iter().enumerate();
        weighted.map(|(lag, share)| count_f64(lag) * share).sum()
    }

    /// Expected returns of every period, past ones first.
    fn by_period(&self, sales: SalesByPeriod<'_>) -> Vec<f64> {
        let all: Vec<f64> = sales.past.iter().chain(sales.ahead).copied().collect();
        let of = |period: usize| {
            let earlier = all.get(..=period).unwrap_or_default().iter().rev();
            let back: f64 = earlier.zip(&self.lags).map(|(sold, lag)| sold * lag).sum();
            self.rate * back
        };
        (0..all.len()).map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_checked() {
        let new = |rate, lags: &[f64]| ReturnRates::try_new(rate, lags.to_vec(), 0.5, 1).err();
        assert_eq!(new(1.2, &[1.0]), Some(ReturnRatesError::ShareRange));
        assert_eq!(new(f64::NAN, &[1.0]), Some(ReturnRatesError::ShareRange));
        assert_eq!(new(0.2, &[0.5, 0.4]), Some(ReturnRatesError::Lags));
        assert_eq!(new(0.2, &[]), Some(ReturnRatesError::Lags));
        assert_eq!(new(0.2, &[1.5, -0.5]), Some(ReturnRatesError::Lags));
    }

    proptest! {
        #[test]
        fn what_is_outstanding_comes_back_when_nothing_more_is_sold(
            past in prop::collection::vec(0.0..500.0, 1..12),
            weights in prop::collection::vec(0.01..1.0, 1..8), rate in 0.0..1.0,
        ) {
            let total: f64 = weights.iter().sum();
            let lags: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
            let rates = ReturnRates::try_new(rate, lags, 0.7, 1).unwrap();
            let sales = SalesByPeriod { past: &past, ahead: &[0.0; 8] };
            let back: f64 = rates.expected(sales).iter().sum();
            prop_assert!((back - rates.outstanding(&past)).abs() < 1e-9);
        }

        #[test]
        fn no_more_comes_back_than_was_sold(
            past in prop::collection::vec(0.0..500.0, 0..12), ahead in prop::collection::vec(0.0..500.0, 0..9),
        ) {
            let rates = ReturnRates::try_new(0.3, vec![0.1, 0.6, 0.3], 0.7, 2).unwrap();
            let sales = SalesByPeriod { past: &past, ahead: &ahead };
            let (returns, sold) = (rates.expected(sales), past.iter().chain(&ahead).sum::<f64>());
            prop_assert_eq!(returns.len(), ahead.len());
            prop_assert!(returns.iter().sum::<f64>() <= 0.3 * sold + 1e-9);
            prop_assert!(rates.resellable(sales).iter().all(|it| *it >= 0.0));
        }
    }
}
