//! How much to stock for a post: three demands, one quantity, what each choice may be sorry for.

use super::hit::{Brought, Outcome};
use crate::num::count_f64;

/// Weight of the usual ratios against what posts of a kind brought, posts.
const KIND_WEIGHT: f64 = 2.0;
/// What a kind brings over the mean post, before any was seen.
const USUAL: [f64; 3] = [0.3, 1.0, 3.0];

/// Demand after a post, by what may become of it (worst first).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DemandCases {
    /// Probabilities; they sum to one.
    pub probabilities: [f64; 3],
    /// Units.
    pub demand: [f64; 3],
}

/// What a unit earns and loses, base currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitMoney {
    /// Margin lost with a unit too few.
    pub margin: f64,
    /// Money lost with a unit too many.
    pub leftover: f64,
}

/// A quantity and what choices may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StockChoice {
    /// Units that cost least on the mean: the smallest demand whose cumulative probability
    /// reaches margin / (margin + leftover).
    pub quantity: f64,
    /// Money lost against the best choice, by what was stocked for (rows) and what came.
    pub regret: [[f64; 3]; 3],
    /// The plan whose largest regret is smallest.
    pub least_regret: Outcome,
}

impl DemandCases {
    /// The demands of a post that is a hit with probability `hit`, from what finished posts
    /// brought.
    #[must_use]
    pub fn new(hit: f64, finished: &[Brought]) -> Self {
        let of_kind = |kind: Outcome| finished.iter().filter(move |it| it.outcome == kind);
        let count = |kind| count_f64(of_kind(kind).count());
        let all: f64 = finished.iter().map(|it| it.count).sum();
        let mean = all / count_f64(finished.len().max(1));
        let mut demand = [0.0; 3];
        for ((slot, kind), usual) in demand.iter_mut().zip(Outcome::ALL).zip(USUAL) {
            let brought: f64 = of_kind(kind).map(|it| it.count).sum();
            *slot = (brought + KIND_WEIGHT * usual * mean) / (count(kind) + KIND_WEIGHT);
        }
        let (flops, bases) = (count(Outcome::Flop) + 1.0, count(Outcome::Base) + 2.0);
        let flop = (1.0 - hit) * flops / (flops + bases);
        Self {
            probabilities: [flop, 1.0 - hit - flop, hit],
            demand,
        }
    }

    /// The same for one of several goods that share the demand.
    #[must_use]
    pub fn shared_by(&self, goods: usize) -> Self {
        Self {
            demand: self.demand.map(|units| units / count_f64(goods.max(1))),
            ..*self
        }
    }

    /// Mean demand, units.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let weighted = self.probabilities.iter().zip(self.demand);
        weighted.map(|(chance, units)| chance * units).sum()
    }

    /// Variance of the demand about its mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let weighted = self.probabilities.iter().zip(self.demand);
        let squares = weighted.map(|(chance, units)| chance * (units - mean) * (units - mean));
        squares.sum()
    }

    /// What to stock.
    ///
    /// Source: Arrow, Harris & Marschak (1951), Econometrica 19, 250-272, for the quantity;
    /// Savage (1951), JASA 46, 55-67, for the regret.
    #[must_use]
    pub fn choice(&self, money: UnitMoney) -> StockChoice {
        let critical = money.margin / (money.margin + money.leftover).max(f64::MIN_POSITIVE);
        let mut cumulative = 0.0;
        let mut quantity = None;
        for (probability, demand) in self.probabilities.iter().zip(self.demand) {
            cumulative += probability;
            if cumulative >= critical && quantity.is_none() {
                quantity = Some(demand);
            }
        }
        let [.., hit] = self.demand;
        let cost = |stock: f64, demand: f64| {
            money.margin * (demand - stock).max(0.0) + money.leftover * (stock - demand).max(0.0)
        };
        let regret = self
            .demand
            .map(|stock| self.demand.map(|demand| cost(stock, demand)));
        let worst = regret.map(|row| row.into_iter().fold(0.0, f64::max));
        let mut least = (f64::INFINITY, Outcome::Base);
        for (worst, plan) in worst.into_iter().zip(Outcome::ALL) {
            if worst < least.0 {
                least = (worst, plan);
            }
        }
        StockChoice {
            quantity: quantity.unwrap_or(hit),
            regret,
            least_regret: least.1,
        }
    }

    /// Mean regret of stocking for each case.
    #[must_use]
    pub fn expected(&self, choice: &StockChoice) -> [f64; 3] {
        choice.regret.map(|row| {
            let weighted = row.iter().zip(self.probabilities);
            weighted
                .map(|(regret, probability)| regret * probability)
                .sum()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_calculation() {
        let cases = DemandCases {
            probabilities: [0.3, 0.5, 0.2],
            demand: [100.0, 200.0, 600.0],
        };
        // Critical ratio 6 / (6 + 4) = 0.6: 0.3 is below, 0.8 reaches it.
        let money = UnitMoney {
            margin: 6.0,
            leftover: 4.0,
        };
        let choice = cases.choice(money);
        assert_eq!(choice.quantity, 200.0);
        assert_eq!(choice.regret[0], [0.0, 600.0, 3_000.0]);
        assert_eq!(choice.regret[2], [2_000.0, 1_600.0, 0.0]);
        // Worst regrets 3,000, 2,400 and 2,000.
        assert_eq!(choice.least_regret, Outcome::Hit);
        // Means 900, 400 x 0.3 + 2,400 x 0.2 = 600, 600 + 800 = 1,400: stocking 200 costs least.
        let means = cases.expected(&choice);
        assert!((means[0] - 900.0).abs() < 1e-9 && (means[1] - 600.0).abs() < 1e-9);
        assert!((means[2] - 1_400.0).abs() < 1e-9);
    }

    #[test]
    fn cases_come_from_finished_posts() {
        let brought = |count, outcome| Brought { count, outcome };
        let finished = [
            brought(10.0, Outcome::Flop),
            brought(30.0, Outcome::Base),
            brought(140.0, Outcome::Hit),
        ];
        let cases = DemandCases::new(0.25, &finished);
        // Mean 60: (10 + 2 x 18) / 3, (30 + 2 x 60) / 3, (140 + 2 x 180) / 3.
        assert!((cases.demand[0] - 46.0 / 3.0).abs() < 1e-9);
        assert!(
            (cases.demand[1] - 50.0).abs() < 1e-9 && (cases.demand[2] - 500.0 / 3.0).abs() < 1e-9
        );
        assert!((cases.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((cases.probabilities[0] - 0.75 * 2.0 / 5.0).abs() < 1e-12);
    }
}
