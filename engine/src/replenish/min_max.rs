//! The (s,S) policy of least cost for counted demand.

use std::collections::BTreeMap;

use super::renewal::Renewal;
use super::{Demand, Distribution, PolicyError};
use crate::num::{round_whole, whole_f64};

/// Widest S - s that is looked at, units.
const RANGE_MAX: i64 = 20_000;

/// What stock, waiting demand and orders cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StockCosts {
    /// Cost of placing one order K, base currency.
    pub per_order: f64,
    /// Cost of a unit in stock at the end of a review period, base currency.
    pub holding: f64,
    /// Cost of a unit that waits at the end of a review period, base currency.
    pub backorder: f64,
}

/// An (s,S) policy in whole units and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinMaxCost {
    /// Reorder point s: an order is placed at or below it.
    pub point: i64,
    /// Order-up-to level S.
    pub level: i64,
    /// Cost of a review period, base currency.
    pub cost: f64,
}

/// Demand and costs that (s,S) policies are compared under.
pub struct MinMaxModel {
    costs: StockCosts,
    exposure: Demand,
    renewal: Renewal,
    /// Expected holding and waiting cost by position after a review.
    known: BTreeMap<i64, f64>,
}

impl MinMaxModel {
    /// `review` is the demand of one review period; `exposure` that of the periods from a review until what it ordered
    /// is there and one more has passed (lead time and one review period).
    ///
    /// # Errors
    /// [`PolicyError::OrderQuantity`] for an order cost below zero, other costs that are not positive, or demand that
    /// is not counted; what makes no demand is refused as well.
    pub fn try_new(
        costs: StockCosts,
        review: Demand,
        exposure: Demand,
    ) -> Result<Self, PolicyError> {
        review.check()?;
        exposure.check()?;
        let has_costs = costs.per_order >= 0.0 && costs.holding > 0.0 && costs.backorder > 0.0;
        let is_finite = (costs.per_order + costs.holding + costs.backorder).is_finite();
        if !(has_costs && is_finite && review.is_counted() && exposure.is_counted()) {
            return Err(PolicyError::OrderQuantity);
        }
        Ok(Self {
            costs,
            exposure,
            renewal: Renewal::of(review),
            known: BTreeMap::new(),
        })
    }

    /// Cost of a review period under (s,S): (K + sum of m(j) G(S - j) for j < S - s) / sum of m(j), with
    /// G(y) = h E\[(y - D)+\] + p E\[(D - y)+\] for the exposure D and m the renewals of the demand of a period.
    ///
    /// Source: Zheng & Federgruen (1991), eq. 3; Snyder & Shen (2019), eq. 4.94.
    ///
    /// # Errors
    /// [`PolicyError::OrderQuantity`] if S is not above s or too far above it.
    pub fn cost(&mut self, point: i64, level: i64) -> Result<f64, PolicyError> {
        let range = level.saturating_sub(point);
        if !(1..=RANGE_MAX).contains(&range) {
            return Err(PolicyError::OrderQuantity);
        }
        let count = usize::try_from(range).unwrap_or(0);
        let held: Vec<f64> = (0..range).map(|below| self.period(level - below)).collect();
        let visits = self.renewal.visits(count);
        let spent: f64 = visits
            .iter()
            .zip(&held)
            .map(|(visits, cost)| visits * cost)
            .sum();
        Ok((self.costs.per_order + spent) / visits.iter().sum::<f64>())
    }

    /// The policy of least cost: s falls from the best base stock until ordering there pays, then S rises as long as
    /// holding alone costs no more than the best policy, and s follows it.
    ///
    /// Source: Zheng & Federgruen (1991), the algorithm of section 2.
    ///
    /// # Errors
    /// [`PolicyError::OrderQuantity`] if orders would span more than 20,000 units.
    ///
    /// ```
    /// use engine::num::Poisson;
    /// use engine::replenish::{Demand, MinMaxModel, StockCosts};
    /// let demand = Demand::Poisson(Poisson { mean: 6.0 });
    /// let costs = StockCosts { per_order: 5.0, holding: 1.0, backorder: 4.0 };
    /// let best = MinMaxModel::try_new(costs, demand, demand)?.cheapest()?;
    /// assert_eq!((best.point, best.level), (4, 10));
    /// # Ok::<(), engine::replenish::PolicyError>(())
    /// ```
    pub fn cheapest(&mut self) -> Result<MinMaxCost, PolicyError> {
        let StockCosts {
            holding, backorder, ..
        } = self.costs;
        let base = round_whole(self.exposure.quantile(backorder / (backorder + holding)));
        let (mut point, mut best) = (base - 1, base);
        let mut cost = self.cost(point, best)?;
        while cost > self.period(point) {
            point -= 1;
            cost = self.cost(point, best)?;
        }
        let mut level = best + 1;
        while self.period(level) <= cost {
            if self.cost(point, level)? < cost {
                best = level;
                while point + 1 < best && self.cost(point, best)? <= self.period(point + 1) {
                    point += 1;
                }
                cost = self.cost(point, best)?;
            }
            level += 1;
        }
        Ok(MinMaxCost {
            point,
            level: best,
            cost,
        })
    }

    /// G of a position after a review.
    fn period(&mut self, position: i64) -> f64 {
        let StockCosts {
            holding, backorder, ..
        } = self.costs;
        let exposure = self.exposure;
        *self.known.entry(position).or_insert_with(|| {
            let stock = whole_f64(position);
            let short = exposure.loss(stock);
            holding * (stock - exposure.mean() + short) + backorder * short
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{NegativeBinomial, Poisson};
    use crate::replenish::{LeadTime, Policy, policy_service};

    fn poisson(mean: f64) -> Demand {
        Demand::Poisson(Poisson { mean })
    }

    fn costs(per_order: f64) -> StockCosts {
        StockCosts {
            per_order,
            holding: 1.0,
            backorder: 9.0,
        }
    }

    #[test]
    fn it_is_the_cheapest_of_all_policies() {
        let demands = [
            poisson(3.0),
            poisson(11.0),
            Demand::NegativeBinomial(NegativeBinomial {
                mean: 2.0,
                variance: 7.0,
            }),
        ];
        for demand in demands {
            for (per_order, lead) in [(0.0, 1.0), (4.0, 1.0), (64.0, 4.0)] {
                let exposure = demand.times(lead);
                let mut model = MinMaxModel::try_new(costs(per_order), demand, exposure).unwrap();
                let best = model.cheapest().unwrap();
                let mut least = f64::INFINITY;
                for point in -20..best.level {
                    for level in point + 1..best.level + 20 {
                        least = least.min(model.cost(point, level).unwrap());
                    }
                }
                assert!((best.cost - least).abs() < 1e-9, "{best:?} {least}");
            }
        }
    }

    #[test]
    fn without_order_cost_it_is_base_stock() {
        let mut model = MinMaxModel::try_new(costs(0.0), poisson(5.0), poisson(15.0)).unwrap();
        let best = model.cheapest().unwrap();
        assert_eq!(best.level, best.point + 1);
        assert_eq!(whole_f64(best.level), poisson(15.0).quantile(0.9));
    }

    #[test]
    fn its_cost_is_that_of_the_stock_it_leaves() {
        // One period a day: h times mean stock, p times mean waiting demand, K for every order.
        let mut model = MinMaxModel::try_new(costs(20.0), poisson(4.0), poisson(12.0)).unwrap();
        let lead = [LeadTime {
            days: 2.0,
            chance: 1.0,
        }];
        let policy = Policy::MinMax {
            point: 9.0,
            level: 21.0,
        };
        let service = policy_service(policy, poisson(4.0), 1, &lead).unwrap();
        let cost = service.on_hand + 9.0 * service.backorder + 20.0 * service.order_chance;
        assert!((model.cost(9, 21).unwrap() - cost).abs() < 1e-9);
    }

    #[test]
    fn what_has_no_answer_is_refused() {
        let normal = Demand::Normal {
            mean: 5.0,
            sigma: 1.0,
        };
        let refused = MinMaxModel::try_new(costs(1.0), normal, normal).err();
        assert_eq!(refused, Some(PolicyError::OrderQuantity));
        let mut model = MinMaxModel::try_new(costs(1.0), poisson(5.0), poisson(5.0)).unwrap();
        assert_eq!(model.cost(4, 4), Err(PolicyError::OrderQuantity));
    }
}
