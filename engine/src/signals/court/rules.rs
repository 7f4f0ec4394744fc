//! The rules of the court: how far it looks and what it asks for.

use crate::forecast::Frequency;

/// How signals are judged. Periods are those of the demand histories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CourtRules {
    /// Periods between a forecast and what it is of: the plan's lag.
    pub ahead: usize,
    /// Longest lead looked for, periods.
    pub lag_max: usize,
    /// Periods in a year; below 2 no season is taken out of a signal.
    pub season: usize,
    /// Fewest periods a coefficient is learnt from.
    pub training_min: usize,
    /// Fewest periods on which forecasts are compared.
    pub trial_min: usize,
    /// Most periods on which forecasts are compared, the newest ones.
    pub trial_max: usize,
    /// Largest chance that a signal without meaning passes the placebo, over all lags and all
    /// signals of a group of goods.
    pub chance_max: f64,
    /// Least gain over its standard error on the held-out periods.
    pub gain_min: f64,
}

impl CourtRules {
    /// Weeks, judged four weeks ahead as the plan's orders need it.
    pub const WEEKLY: Self = Self {
        ahead: 4,
        lag_max: 12,
        season: 52,
        training_min: 39,
        trial_min: 13,
        trial_max: 52,
        chance_max: 0.05,
        gain_min: 1.0,
    };

    /// The rules for histories of a frequency, for forecasts of so many periods.
    #[must_use]
    pub fn of(frequency: Frequency, horizon: usize) -> Self {
        let weekly = Self::WEEKLY;
        let rules = match frequency {
            Frequency::Daily => Self {
                ahead: 7,
                lag_max: 28,
                season: 365,
                training_min: 90,
                trial_min: 28,
                trial_max: 91,
                ..weekly
            },
            Frequency::Weekly => weekly,
            Frequency::Monthly => Self {
                ahead: 1,
                lag_max: 6,
                season: 12,
                training_min: 24,
                trial_min: 9,
                trial_max: 24,
                ..weekly
            },
            Frequency::Quarterly => Self {
                ahead: 1,
                lag_max: 4,
                season: 4,
                training_min: 16,
                trial_min: 6,
                trial_max: 12,
                ..weekly
            },
        };
        Self {
            ahead: rules.ahead.min(horizon.max(1)),
            ..rules
        }
    }

    /// Fewest periods that demand and signal must share.
    #[must_use]
    pub const fn periods_min(&self) -> usize {
        self.training_min + self.ahead + self.trial_min
    }
}
