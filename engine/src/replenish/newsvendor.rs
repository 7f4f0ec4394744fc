//! One buy for one season: the newsvendor.

use super::{Distribution, PolicyError};

/// What a unit earns and costs, base currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitEconomics {
    /// Selling price.
    pub price: f64,
    /// Cost.
    pub cost: f64,
    /// What a unit left over still brings.
    pub salvage: f64,
    /// What a unit of demand turned away costs beyond its margin.
    pub goodwill: f64,
}

/// The buy that earns most, and what to expect of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeasonBuy {
    /// Cost of one unit too few: p - c + g.
    pub underage: f64,
    /// Cost of one unit too many: c - v.
    pub overage: f64,
    /// underage / (underage + overage): the service level worth having.
    pub critical_ratio: f64,
    /// Stock to have at the start, units.
    pub stock: f64,
    /// What to expect of it.
    pub outcome: SeasonOutcome,
}

/// What to expect of a stock over the season.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeasonOutcome {
    /// Expected sales, units.
    pub sales: f64,
    /// Expected units left over.
    pub leftover: f64,
    /// Expected demand turned away, units.
    pub short: f64,
    /// Expected profit, base currency.
    pub profit: f64,
    /// Expected sales by expected demand.
    pub fill_rate: f64,
}

impl UnitEconomics {
    /// The stock that earns most over the season: demand's quantile at the critical ratio.
    ///
    /// Source: Snyder & Shen (2019), section 4.3.
    ///
    /// # Errors
    /// [`PolicyError::TargetRange`] if a unit too many costs nothing (v >= c) or one too few does (c >= p + g).
    pub fn best_buy(&self, demand: &impl Distribution) -> Result<SeasonBuy, PolicyError> {
        let underage = self.price - self.cost + self.goodwill;
        let overage = self.cost - self.salvage;
        if !(underage > 0.0 && overage > 0.0) {
            return Err(PolicyError::TargetRange);
        }
        let critical_ratio = underage / (underage + overage);
        let stock = demand.quantile(critical_ratio);
        Ok(SeasonBuy {
            underage,
            overage,
            critical_ratio,
            stock,
            outcome: self.outcome(demand, stock),
        })
    }

    /// What to expect of some stock.
    pub fn outcome(&self, demand: &impl Distribution, stock: f64) -> SeasonOutcome {
        let (mean, short) = (demand.mean(), demand.loss(stock));
        let sales = mean - short;
        let leftover = stock - sales;
        SeasonOutcome {
            sales,
            leftover,
            short,
            profit: self.price * sales + self.salvage * leftover
                - self.cost * stock
                - self.goodwill * short,
            fill_rate: sales / mean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Poisson;
    use crate::replenish::Demand;

    #[test]
    fn no_other_whole_stock_earns_more() {
        let unit = UnitEconomics {
            price: 9.0,
            cost: 5.0,
            salvage: 2.0,
            goodwill: 1.0,
        };
        let demand = Demand::Poisson(Poisson { mean: 12.0 });
        let buy = unit.best_buy(&demand).unwrap();
        let profit = |stock: f64| unit.outcome(&demand, stock).profit;
        let best = (0..40)
            .map(f64::from)
            .max_by(|a, b| profit(*a).total_cmp(&profit(*b)));
        assert_eq!(best, Some(buy.stock));
    }

    #[test]
    fn goods_that_cannot_lose_have_no_best_buy() {
        let unit = UnitEconomics {
            price: 9.0,
            cost: 5.0,
            salvage: 5.0,
            goodwill: 0.0,
        };
        let demand = Demand::Normal {
            mean: 10.0,
            sigma: 3.0,
        };
        assert_eq!(unit.best_buy(&demand), Err(PolicyError::TargetRange));
    }
}
