//! Demand over an uncertain lead time: one distribution for each lead time there may be.

use super::{Demand, Distribution, PolicyError};
use crate::num::{count_f64, floor_count, larger, root, sqrt};

/// How far the chances of all lead times may be from adding up to 1.
const CHANCE_SLACK: f64 = 1e-6;

/// A lead time and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeadTime {
    /// Days.
    pub days: f64,
    /// Chance, 0 to 1.
    pub chance: f64,
}

/// Demand under every lead time, weighted by its chance.
///
/// Two moments of an uneven lead time can miss the quantile by far: 10, 14 or 30 days with chances .6, .25 and .15
/// need a level of 949 where the normal of equal mean and variance gives 818.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    parts: Vec<(f64, Demand)>,
}

impl Mixture {
    /// Demand over some days that depend on the lead time; `demand` gives it for each.
    ///
    /// # Errors
    /// [`PolicyError::LeadTime`] if there is none, one is negative, or the chances do not add up to 1.
    pub fn of(
        lead_times: &[LeadTime],
        demand: impl Fn(f64) -> Demand,
    ) -> Result<Self, PolicyError> {
        let total = check_lead_times(lead_times)?;
        let part = |time: &LeadTime| (time.chance / total, demand(time.days));
        Ok(Self {
            parts: lead_times.iter().map(part).collect(),
        })
    }

    fn mix(&self, of: impl Fn(&Demand) -> f64) -> f64 {
        let parts = self.parts.iter();
        parts.map(|(chance, demand)| chance * of(demand)).sum()
    }
}

/// What the chances of lead times add up to: about 1.
///
/// # Errors
/// [`PolicyError::LeadTime`] if there is none, one is negative, or the chances do not add up to 1.
pub(super) fn check_lead_times(lead_times: &[LeadTime]) -> Result<f64, PolicyError> {
    let is_time = |time: &LeadTime| time.days >= 0.0 && time.chance >= 0.0;
    let total: f64 = lead_times.iter().map(|time| time.chance).sum();
    if !lead_times.iter().all(is_time) || (total - 1.0).abs() > CHANCE_SLACK {
        return Err(PolicyError::LeadTime);
    }
    Ok(total)
}

/// Mean and standard deviation of a lead time, days.
#[must_use]
pub fn lead_time_moments(lead_times: &[LeadTime]) -> (f64, f64) {
    let mix = |of: &dyn Fn(f64) -> f64| -> f64 {
        let times = lead_times.iter();
        times.map(|time| time.chance * of(time.days)).sum()
    };
    let mean = mix(&|days| days);
    (mean, sqrt(mix(&|days| (days - mean) * (days - mean))))
}

impl Distribution for Mixture {
    fn mean(&self) -> f64 {
        self.mix(Distribution::mean)
    }

    fn cdf(&self, stock: f64) -> f64 {
        self.mix(|demand| demand.cdf(stock))
    }

    fn loss(&self, stock: f64) -> f64 {
        self.mix(|demand| demand.loss(stock))
    }

    /// Between the quantiles of the parts, where the mixture reaches the level.
    fn quantile(&self, service_level: f64) -> f64 {
        let quantiles = || {
            self.parts
                .iter()
                .map(|(_, demand)| demand.quantile(service_level))
        };
        let low = quantiles().fold(f64::INFINITY, |least, one| least.min(one));
        let high = quantiles().fold(f64::NEG_INFINITY, larger);
        if self.is_counted() {
            return first_whole(low.floor(), high, |stock| self.cdf(stock) >= service_level);
        }
        if low == high {
            return low;
        }
        root(low, high, |stock| self.cdf(stock) - service_level)
    }

    fn is_counted(&self) -> bool {
        self.parts.iter().all(|(_, demand)| demand.is_counted())
    }
}

/// The first whole number from `low` on that `reaches`, which `high` does.
pub(super) fn first_whole(low: f64, high: f64, reaches: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut at) = (0, floor_count((high - low).ceil().max(0.0)));
    while below < at {
        let middle = below.midpoint(at);
        if reaches(low + count_f64(middle)) {
            at = middle;
        } else {
            below = middle + 1;
        }
    }
    low + count_f64(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Poisson;

    fn times(chances: [(f64, f64); 2]) -> [LeadTime; 2] {
        chances.map(|(days, chance)| LeadTime { days, chance })
    }

    #[test]
    fn a_rare_delay_moves_the_tail() {
        let demand = |days: f64| Demand::Poisson(Poisson { mean: days });
        let mixture = Mixture::of(&times([(5.0, 0.9), (20.0, 0.1)]), demand).unwrap();
        assert!((mixture.mean() - 6.5).abs() < 1e-12);
        assert!(mixture.quantile(0.5) < 7.0);
        let level = mixture.quantile(0.97);
        assert!(mixture.cdf(level) >= 0.97 && mixture.cdf(level - 1.0) < 0.97);
        assert!(level > 20.0);
    }

    #[test]
    fn chances_must_add_up() {
        let demand = |mean| Demand::Normal { mean, sigma: 1.0 };
        let refused = Mixture::of(&times([(5.0, 0.9), (20.0, 0.2)]), demand);
        assert_eq!(refused, Err(PolicyError::LeadTime));
    }
}
