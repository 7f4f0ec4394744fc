//! How well a policy serves, in closed form: what the simulation must come to.
//!
//! Days are those of the simulation: receipts, review, then demand. Where orders cannot overtake each other (lead times
//! differ by no more than a review period) and unmet demand waits, the figures are exact.

use super::mixture::check_lead_times;
use super::renewal::Renewal;
use super::{Demand, Distribution, LeadTime, Policy, PolicyError};
use crate::num::{count_f64, floor_count};

/// Parts into which a range of positions is cut where demand is not counted.
const PARTS: usize = 256;
/// Renewals less likely than this are left out.
const RARE: f64 = 1e-12;
/// Most positions of a counted item, and most renewals of another, that are looked at.
const POSITIONS_MAX: usize = 100_000;

/// How well a policy serves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PolicyService {
    /// Share of demand served from stock on its day.
    pub fill_rate: f64,
    /// Share of replenishment cycles that end without waiting demand; under (R,S) every review begins one.
    pub cycle_service: f64,
    /// Mean stock at the end of a day, units.
    pub on_hand: f64,
    /// Mean waiting demand at the end of a day, units.
    pub backorder: f64,
    /// Chance that a review places an order; 1 under (R,S).
    pub order_chance: f64,
}

/// Service of a policy that is reviewed every `review_days` (at least 1) and meets independent days of `demand`.
///
/// With the position y after a review, and D_n the demand of n days:
/// fill rate = 1 - E\[n_{R+L}(y) - n_L(y)\] / E\[D_R\]; waiting demand at the end of a day averages n_{i+1}(y) over the
/// days i after a review on which its order is the last that came; a cycle is whole if y less the demand until the
/// next receipt is not negative. y is S under (R,S), even over (s, s + Q\] under (R,s,nQ), and of renewal density
/// under (R,s,S).
///
/// Source: Hadley & Whitin (1963), ch. 5 (periodic review); Sahin (1990), Regenerative Inventory Systems, ch. 2
/// (renewal density of (s,S)); Sobel (2004), M&SOM 6, 41-52.
///
/// # Errors
/// Demand, policy or lead times that the simulation refuses as well; [`PolicyError::OrderQuantity`] for a broken Q
/// of counted demand or a range of more than 100,000 units.
///
/// ```
/// use engine::replenish::{Demand, LeadTime, Policy, policy_service};
/// let day = Demand::Normal { mean: 50.0, sigma: 12.0 };
/// let lead = [LeadTime { days: 14.0, chance: 1.0 }];
/// let service = policy_service(Policy::OrderUpTo { level: 1130.0 }, day, 7, &lead)?;
/// assert!((service.fill_rate - 0.994_899_541_888_228).abs() < 1e-12);
/// assert!((service.cycle_service - 0.927_135_733_398_979_8).abs() < 1e-12);
/// # Ok::<(), engine::replenish::PolicyError>(())
/// ```
pub fn policy_service(
    policy: Policy,
    demand: Demand,
    review_days: usize,
    lead_times: &[LeadTime],
) -> Result<PolicyService, PolicyError> {
    demand.check()?;
    policy.check()?;
    let total = check_lead_times(lead_times)?;
    if review_days == 0 {
        return Err(PolicyError::LeadTime);
    }
    let review = count_f64(review_days);
    let positions = Positions::of(policy, demand.times(review))?;
    let mean = review * demand.mean();
    let mut missed = 0.0;
    let mut whole = 0.0;
    for time in lead_times {
        let chance = time.chance / total;
        let lead = Window::of(demand, time.days);
        let cycle = Window::of(demand, review + time.days);
        let short = |at: &Position| at.chance * (cycle.loss(at.level) - lead.loss(at.level));
        missed += chance * positions.sum(short);
        whole += chance * positions.sum(|at| at.chance * cycle.cdf(at.level));
        whole -= chance * positions.sum(|at| at.unordered * lead.cdf(at.level));
    }
    let (mut waiting, mut held) = (0.0, 0.0);
    let longest = lead_times
        .iter()
        .fold(0.0_f64, |most, time| most.max(time.days));
    for day in 0..review_days + floor_count(longest) {
        let after = count_f64(day);
        let share = (chance_within(lead_times, after) - chance_within(lead_times, after - review))
            / (total * review);
        let window = Window::of(demand, after + 1.0);
        let loss = positions.sum(|at| at.chance * window.loss(at.level));
        waiting += share * loss;
        held += share * (positions.sum(|at| at.chance * at.level) - window.mean() + loss);
    }
    Ok(PolicyService {
        fill_rate: 1.0 - missed / mean,
        cycle_service: whole / positions.order_chance,
        on_hand: held,
        backorder: waiting,
        order_chance: positions.order_chance,
    })
}

/// Chance of a lead time of at most so many days.
fn chance_within(lead_times: &[LeadTime], days: f64) -> f64 {
    let within = lead_times.iter().filter(|time| time.days <= days);
    within.map(|time| time.chance).sum()
}

/// Demand over some days, also none.
struct Window {
    demand: Option<Demand>,
}

impl Window {
    fn of(day: Demand, days: f64) -> Self {
        Self {
            demand: (days > 0.0).then(|| day.times(days)),
        }
    }

    fn mean(&self) -> f64 {
        self.demand.map_or(0.0, |demand| demand.mean())
    }

    fn loss(&self, stock: f64) -> f64 {
        self.demand
            .map_or((-stock).max(0.0), |demand| demand.loss(stock))
    }

    fn cdf(&self, stock: f64) -> f64 {
        let none = f64::from(u8::from(stock >= 0.0));
        self.demand.map_or(none, |demand| demand.cdf(stock))
    }
}

/// A position that a review may leave.
struct Position {
    level: f64,
    /// Chance of it.
    chance: f64,
    /// Chance of it without an order at that review.
    unordered: f64,
}

/// Every position after a review.
struct Positions {
    all: Vec<Position>,
    order_chance: f64,
}

impl Positions {
    /// `review` is the demand between two reviews.
    fn of(policy: Policy, review: Demand) -> Result<Self, PolicyError> {
        match policy {
            Policy::OrderUpTo { level } => Ok(Self {
                all: vec![Position {
                    level,
                    chance: 1.0,
                    unordered: 0.0,
                }],
                order_chance: 1.0,
            }),
            Policy::FixedLot { point, quantity } if review.is_counted() => {
                if quantity.fract() != 0.0 || quantity > count_f64(POSITIONS_MAX) {
                    return Err(PolicyError::OrderQuantity);
                }
                let levels =
                    (1..=floor_count(quantity)).map(|above| point.floor() + count_f64(above));
                Ok(Self::even(
                    levels,
                    1.0 / quantity,
                    point.floor() + quantity,
                    review,
                ))
            }
            Policy::FixedLot { point, quantity } => {
                let width = quantity / count_f64(PARTS);
                let levels = (0..PARTS).map(|part| point + width * (count_f64(part) + 0.5));
                Ok(Self::even(
                    levels,
                    1.0 / count_f64(PARTS),
                    point + quantity,
                    review,
                ))
            }
            Policy::MinMax { point, level } if review.is_counted() => {
                counted_renewals(level - point, review).map(|masses| {
                    let levels = (0..masses.len()).map(|below| level - count_f64(below));
                    Self::renewed(levels.zip(masses))
                })
            }
            Policy::MinMax { point, level } => {
                let masses = renewals(level - point, review);
                let width = (level - point) / count_f64(PARTS);
                let levels = (0..PARTS).map(|part| level - width * (count_f64(part) + 0.5));
                Ok(Self::renewed(
                    std::iter::once((level, 1.0)).chain(levels.zip(masses)),
                ))
            }
        }
    }

    fn even(levels: impl Iterator<Item = f64>, chance: f64, top: f64, review: Demand) -> Self {
        let all: Vec<Position> = levels
            .map(|level| Position {
                level,
                chance,
                unordered: chance * review.cdf(top - level),
            })
            .collect();
        let unordered: f64 = all.iter().map(|at| at.unordered).sum();
        Self {
            all,
            order_chance: 1.0 - unordered,
        }
    }

    /// From the expected visits to each level within one cycle, the first of them right after the order.
    fn renewed(visits: impl Iterator<Item = (f64, f64)>) -> Self {
        let visits: Vec<(f64, f64)> = visits.collect();
        let total: f64 = visits.iter().map(|(_, count)| count).sum();
        let mut ordered = 1.0;
        let place = |(level, count): (f64, f64)| {
            let unordered = (count - ordered) / total;
            ordered = 0.0;
            Position {
                level,
                chance: count / total,
                unordered,
            }
        };
        Self {
            all: visits.into_iter().map(place).collect(),
            order_chance: 1.0 / total,
        }
    }

    fn sum(&self, of: impl Fn(&Position) -> f64) -> f64 {
        self.all.iter().map(of).sum()
    }
}

/// Positions of a counted item are whole units below S, over the `range` above s.
fn counted_renewals(range: f64, review: Demand) -> Result<Vec<f64>, PolicyError> {
    if range > count_f64(POSITIONS_MAX) {
        return Err(PolicyError::OrderQuantity);
    }
    let count = floor_count(range.ceil());
    Ok(Renewal::of(review).visits(count).to_vec())
}

/// Expected reviews of a cycle in each part of the `range` below S, the one right after the order left out.
fn renewals(range: f64, review: Demand) -> Vec<f64> {
    let mut visits = vec![0.0; PARTS];
    let width = range / count_f64(PARTS);
    for reviews in 1..POSITIONS_MAX {
        let total = review.times(count_f64(reviews));
        if total.cdf(range) < RARE {
            break;
        }
        let mut below = total.cdf(0.0);
        for (part, visits) in visits.iter_mut().enumerate() {
            let within = total.cdf(width * count_f64(part + 1));
            *visits += within - below;
            below = within;
        }
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{NegativeBinomial, Poisson, pow};
    use crate::replenish::Exposure;

    const LEAD: [LeadTime; 1] = [LeadTime {
        days: 3.0,
        chance: 1.0,
    }];

    fn counts() -> Demand {
        Demand::NegativeBinomial(NegativeBinomial {
            mean: 2.0,
            variance: 5.0,
        })
    }

    #[test]
    fn up_to_is_the_known_fill_rate() {
        for demand in [
            counts(),
            Demand::Gamma {
                mean: 2.0,
                sigma: 1.5,
            },
        ] {
            let service =
                policy_service(Policy::OrderUpTo { level: 16.0 }, demand, 4, &LEAD).unwrap();
            let exposure = Exposure {
                lead: demand.times(3.0),
                protection: demand.times(7.0),
                review_mean: 8.0,
            };
            assert!((service.fill_rate - exposure.fill_rate(16.0)).abs() < 1e-14);
            assert!((service.cycle_service - exposure.protection.cdf(16.0)).abs() < 1e-14);
        }
    }

    #[test]
    fn an_order_for_every_unit_is_base_stock() {
        // s = S - 1 and Q = 1 order exactly what was demanded, like order-up-to S.
        let of = |policy| policy_service(policy, counts(), 1, &LEAD).unwrap();
        let up_to = of(Policy::OrderUpTo { level: 12.0 });
        for policy in [
            Policy::MinMax {
                point: 11.0,
                level: 12.0,
            },
            Policy::FixedLot {
                point: 11.0,
                quantity: 1.0,
            },
        ] {
            let service = of(policy);
            assert!((service.fill_rate - up_to.fill_rate).abs() < 1e-12);
            assert!((service.on_hand - up_to.on_hand).abs() < 1e-12);
            assert!((service.backorder - up_to.backorder).abs() < 1e-12);
            // It orders on the days after demand: 1 - (p = 2/5) to the size 4/3.
            assert!((service.order_chance - (1.0 - pow(0.4, 4.0 / 3.0))).abs() < 1e-12);
        }
    }

    #[test]
    fn no_more_is_ordered_than_demanded() {
        // Orders of S - s and the mean undershoot, or of Q or more, as often as they come make the mean demand.
        let demand = Demand::Poisson(Poisson { mean: 0.7 });
        let policy = Policy::FixedLot {
            point: 3.0,
            quantity: 40.0,
        };
        let service = policy_service(policy, demand, 1, &LEAD).unwrap();
        // Demand of a day above 40 is out of reach: every order is of 40.
        assert!((service.order_chance * 40.0 - 0.7).abs() < 1e-9);
    }

    #[test]
    fn uncertain_lead_times_cost_service() {
        let spread = [2.0, 4.0].map(|days| LeadTime { days, chance: 0.5 });
        for policy in [
            Policy::OrderUpTo { level: 14.0 },
            Policy::MinMax {
                point: 9.0,
                level: 20.0,
            },
            Policy::FixedLot {
                point: 9.0,
                quantity: 11.0,
            },
        ] {
            let of = |times: &[LeadTime]| policy_service(policy, counts(), 2, times).unwrap();
            let (sure, unsure) = (of(&LEAD), of(&spread));
            assert!(unsure.fill_rate < sure.fill_rate, "{policy:?}");
            assert!(unsure.backorder > sure.backorder, "{policy:?}");
        }
    }
}
