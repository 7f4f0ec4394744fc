//! Levels for a fill rate: the share of units that are served from stock at once.

use super::mixture::first_whole;
use super::{Distribution, PolicyError};
use crate::num::{larger, root};

/// How often the search for a bound may double its step: past any demand.
const DOUBLINGS_MAX: usize = 200;
/// Whole levels reach a target that they miss by less.
const TARGET_SLACK: f64 = 1e-12;

/// Expected units short in one cycle of an order of `order_quantity` placed at the `reorder_point`:
/// n(s) - n(s + Q), for `demand` over the lead time, units.
///
/// Source: Hadley & Whitin (1963), Analysis of Inventory Systems, ch. 4.
#[must_use]
pub fn short_per_cycle(demand: &impl Distribution, reorder_point: f64, order_quantity: f64) -> f64 {
    demand.loss(reorder_point) - demand.loss(reorder_point + order_quantity)
}

/// The reorder point s at which orders of `order_quantity` units serve the share `fill_rate` of demand at once:
/// the least with n(s) - n(s + Q) <= (1 - fill rate) Q. Whole where demand is counted; it may be negative.
///
/// Source: Silver, Pyke & Thomas (2017), ch. 6 (P2 measure), with both terms of Hadley & Whitin (1963).
///
/// # Errors
/// [`PolicyError::TargetRange`] for a fill rate outside (0, 1), [`PolicyError::OrderQuantity`] for an order that is
/// not positive.
///
/// ```
/// use engine::replenish::{Demand, reorder_point_for_fill};
/// let demand = Demand::Normal { mean: 1200.0, sigma: 220.0 };
/// let point = reorder_point_for_fill(&demand, 500.0, 0.98)?;
/// assert!((point - 1_486.067_712_311_919_6).abs() < 1e-6);
/// # Ok::<(), engine::replenish::PolicyError>(())
/// ```
pub fn reorder_point_for_fill(
    demand: &impl Distribution,
    order_quantity: f64,
    fill_rate: f64,
) -> Result<f64, PolicyError> {
    check_fill_rate(fill_rate)?;
    if order_quantity.is_nan() || order_quantity <= 0.0 {
        return Err(PolicyError::OrderQuantity);
    }
    let short = |point: f64| short_per_cycle(demand, point, order_quantity) / order_quantity;
    Ok(least(demand, order_quantity, 1.0 - fill_rate, short))
}

/// Demand that an order under periodic review meets: until it arrives, and until the next one does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure<D> {
    /// Demand over the lead time L.
    pub lead: D,
    /// Demand over R + L.
    pub protection: D,
    /// Mean demand over the review period R, units; positive.
    pub review_mean: f64,
}

impl<D: Distribution> Exposure<D> {
    /// Share of demand served at once when the position is `level` after a review:
    /// 1 - (E\[(D_{R+L} - S)+\] - E\[(D_L - S)+\]) / E\[D_R\]. What was short before the cycle began is not counted
    /// again.
    ///
    /// Source: Johnson, Lee, Davis & Hall (1995); Sobel (2004), M&SOM 6, 41-52; Boylan & Syntetos (2021), 3.6.3.
    pub fn fill_rate(&self, level: f64) -> f64 {
        1.0 - (self.protection.loss(level) - self.lead.loss(level)) / self.review_mean
    }

    /// The least order-up-to level whose fill rate reaches the target; whole where demand is counted.
    ///
    /// # Errors
    /// [`PolicyError::TargetRange`] for a fill rate outside (0, 1), [`PolicyError::NoDemand`] when none is expected.
    pub fn order_up_to(&self, fill_rate: f64) -> Result<f64, PolicyError> {
        check_fill_rate(fill_rate)?;
        if self.review_mean.is_nan() || self.review_mean <= 0.0 {
            return Err(PolicyError::NoDemand);
        }
        let missed = |level: f64| 1.0 - self.fill_rate(level);
        let step = self.review_mean;
        Ok(least(&self.protection, step, 1.0 - fill_rate, missed))
    }
}

fn check_fill_rate(fill_rate: f64) -> Result<(), PolicyError> {
    if fill_rate > 0.0 && fill_rate < 1.0 {
        Ok(())
    } else {
        Err(PolicyError::TargetRange)
    }
}

/// The least level at which a falling share `missed` is within `allowed`.
fn least(demand: &impl Distribution, step: f64, allowed: f64, missed: impl Fn(f64) -> f64) -> f64 {
    let mean = demand.mean();
    let step = larger(step, 0.25 * mean);
    let high = bound(mean, step, |level| missed(level) <= allowed);
    let low = bound(mean, -step, |level| missed(level) > allowed);
    if demand.is_counted() {
        return first_whole(low.floor(), high.ceil(), |level| {
            missed(level) <= allowed + TARGET_SLACK
        });
    }
    root(low, high, |level| missed(level) - allowed)
}

/// The first level from `start` on, by steps that double, that `is_past`.
fn bound(start: f64, step: f64, is_past: impl Fn(f64) -> bool) -> f64 {
    let (mut level, mut step) = (start, step);
    for _ in 0..DOUBLINGS_MAX {
        if is_past(level) {
            break;
        }
        level += step;
        step *= 2.0;
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Poisson;
    use crate::replenish::Demand;

    #[test]
    fn refuses_what_has_no_answer() {
        let demand = Demand::Normal {
            mean: 10.0,
            sigma: 2.0,
        };
        let point = |quantity, fill| reorder_point_for_fill(&demand, quantity, fill);
        assert_eq!(point(5.0, 1.0), Err(PolicyError::TargetRange));
        assert_eq!(point(0.0, 0.9), Err(PolicyError::OrderQuantity));
    }

    #[test]
    fn whole_levels_are_the_first_that_reach() {
        let poisson = |mean| Demand::Poisson(Poisson { mean });
        let exposure = Exposure {
            lead: poisson(4.0),
            protection: poisson(7.0),
            review_mean: 3.0,
        };
        for target in [0.6, 0.9, 0.99] {
            let level = exposure.order_up_to(target).unwrap();
            assert!(exposure.fill_rate(level) >= target - 1e-9, "{level}");
            assert!(exposure.fill_rate(level - 1.0) < target, "{level}");
        }
    }

    #[test]
    fn a_small_order_needs_a_higher_point() {
        let demand = Demand::Gamma {
            mean: 100.0,
            sigma: 80.0,
        };
        let point = |quantity| reorder_point_for_fill(&demand, quantity, 0.97).unwrap();
        assert!(point(20.0) > point(60.0) && point(60.0) > point(5_000.0));
        assert!(point(50_000.0) < 0.0);
    }
}
