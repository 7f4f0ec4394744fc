//! Random items under random policies, for holding the closed form of service against the simulation.

use engine::num::{
    NegativeBinomial, Poisson, count_f64, exp, floor_count, normal_quantile, sqrt, sum,
};
use engine::replenish::{
    Demand, DemandSampler, Distribution, Estimate, LeadTime, Operation, Policy, PolicyError,
    PolicyService, ServiceEstimate, Simulator, Trial, Unmet, policy_service,
};
use engine::rng::{Draws, Stream};

/// Independent replications of an item.
const REPLICATIONS: u64 = 100;
/// Least days of each replication.
const DAYS_MIN: usize = 600;
/// Days of the history that a lumpy item draws from.
const LUMPY_DAYS: usize = 400;
/// Fill rates below this are told to be approximations where demand is lost (`W_LOST_SALES_APPROX`).
const LOST_FILL_MIN: f64 = 0.95;

/// Cycle services between which standard errors mean something.
const SEEN: (f64, f64) = (0.6, 0.92);
/// Most moves of a level that looks for them.
const MOVES_MAX: usize = 60;

/// A group of items that are judged together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Demand of a family closed under sums, unmet demand waits: the closed form is exact.
    Exact,
    /// The same demand, but unmet demand is lost: the closed form is an approximation from below, for fill rates from
    /// 95 % on.
    Lost,
    /// Lost demand at lower fill rates, where the closed form is known to be too low.
    LostOften,
    /// Demand that comes seldom and in uneven sizes, fitted by a negative binomial: an approximation.
    Lumpy,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Lost, Self::LostOften, Self::Lumpy];

    /// Its name in a table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Lost => "lost",
            Self::LostOften => "lost often",
            Self::Lumpy => "lumpy",
        }
    }

    /// Cycle service without uncertain lead times and ranges that its levels aim at.
    const fn targets(self) -> (f64, f64) {
        match self {
            Self::Exact | Self::Lumpy => (0.7, 0.97),
            Self::Lost => (0.93, 0.99),
            Self::LostOften => (0.5, 0.93),
        }
    }

    /// Whether an item with this fill rate by the closed form belongs to it.
    #[must_use]
    pub fn takes(self, fill_rate: f64) -> bool {
        match self {
            Self::Exact | Self::Lumpy => true,
            Self::Lost => fill_rate >= LOST_FILL_MIN,
            Self::LostOften => fill_rate < LOST_FILL_MIN,
        }
    }
}

/// A random item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Number that its random numbers come from.
    pub number: u64,
    /// How it is run.
    pub operation: Operation,
    /// Demand of a day as the closed form sees it.
    pub demand: Demand,
    /// Lead times, whole days; they differ by no more than a review period.
    pub lead_times: Vec<LeadTime>,
    sampler: DemandSampler,
}

/// A figure of service by both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// What it is.
    pub name: &'static str,
    /// By the closed form.
    pub expected: f64,
    /// By the simulation.
    pub simulated: Estimate,
}

impl Pair {
    /// Simulated less expected.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.simulated.value - self.expected
    }
}

impl Item {
    /// Item `number` of a group; the kinds of demand and policy take turns.
    ///
    /// # Errors
    /// If the engine refuses what was drawn.
    pub fn random(group: Group, seed: u64, number: u64) -> Result<Self, PolicyError> {
        let mut draws = Stream::keyed(seed, &[group as u64, number]).draws();
        let (demand, sampler) = match group {
            Group::Exact | Group::Lost | Group::LostOften => {
                let demand = any_demand(number % 4, &mut draws);
                (demand, DemandSampler::of(demand)?)
            }
            Group::Lumpy => lumpy_demand(&mut draws)?,
        };
        let is_daily = (number / 4).is_multiple_of(2);
        let review_days = if is_daily {
            1
        } else {
            2 + below(6, &mut draws)
        };
        let lead_times = any_lead_times(number / 8 % 2 == 1, review_days, &mut draws);
        let days = count_f64(review_days) + mean_days(&lead_times);
        let mut policy = any_policy(
            number / 16 % 3,
            group,
            demand,
            days,
            review_days,
            &mut draws,
        );
        if group == Group::Exact {
            let service = |policy| policy_service(policy, demand, review_days, &lead_times);
            policy = seen(policy, demand, |policy| Ok(service(policy)?.cycle_service))?;
        }
        Ok(Self {
            number,
            operation: Operation {
                policy,
                review_days,
                lot: None,
                unmet: match group {
                    Group::Lost | Group::LostOften => Unmet::Lost,
                    Group::Exact | Group::Lumpy => Unmet::Backordered,
                },
            },
            demand,
            lead_times,
            sampler,
        })
    }

    /// Its service by both ways.
    ///
    /// # Errors
    /// If the engine refuses the item.
    pub fn compare(&self, seed: u64) -> Result<Vec<Pair>, PolicyError> {
        let review_days = self.operation.review_days;
        let policy = self.operation.policy;
        let expected = policy_service(policy, self.demand, review_days, &self.lead_times)?;
        let simulator = Simulator::try_new(self.operation, self.sampler.clone(), &self.lead_times)?;
        let trial = Trial {
            seed,
            sku: self.number,
            location: 0,
            replications: REPLICATIONS,
            days: DAYS_MIN.next_multiple_of(review_days),
        };
        let mut pairs = pairs(&expected, &simulator.run(&trial)?);
        if self.operation.unmet == Unmet::Lost {
            // Stock levels differ by what is never ordered again; nothing waits.
            pairs.retain(|pair| SHARES.contains(&pair.name));
        }
        Ok(pairs)
    }
}

/// Figures that are shares, which bias is taken of.
const SHARES: [&str; 2] = ["fill_rate", "cycle_service"];

fn pairs(expected: &PolicyService, simulated: &ServiceEstimate) -> Vec<Pair> {
    [
        (SHARES[0], expected.fill_rate, simulated.fill_rate),
        (SHARES[1], expected.cycle_service, simulated.cycle_service),
        ("on_hand", expected.on_hand, simulated.on_hand),
        ("backorder", expected.backorder, simulated.backorder),
    ]
    .into_iter()
    .filter_map(|(name, expected, simulated)| {
        Some(Pair {
            name,
            expected,
            simulated: simulated?,
        })
    })
    .collect()
}

fn between(low: f64, high: f64, draws: &mut Draws) -> f64 {
    low + (high - low) * draws.next_f64()
}

/// A whole number from 0 to `count` - 1.
fn below(count: usize, draws: &mut Draws) -> usize {
    floor_count(count_f64(count) * draws.next_f64())
}

fn any_demand(kind: u64, draws: &mut Draws) -> Demand {
    let mean = exp(between(-1.5, 3.0, draws));
    match kind {
        0 => Demand::Poisson(Poisson { mean }),
        1 => Demand::NegativeBinomial(NegativeBinomial {
            mean,
            variance: mean * between(1.3, 4.0, draws),
        }),
        2 => Demand::Gamma {
            mean,
            sigma: mean * between(0.3, 1.2, draws),
        },
        _ => Demand::Normal {
            mean,
            sigma: mean * between(0.05, 0.3, draws),
        },
    }
}

/// Whole sizes of log-normal spread on one day of two to eight, and the negative binomial of their moments.
fn lumpy_demand(draws: &mut Draws) -> Result<(Demand, DemandSampler), PolicyError> {
    let chance = between(0.12, 0.5, draws);
    let (size, spread) = (between(1.0, 2.5, draws), between(0.7, 1.0, draws));
    let days: Vec<f64> = (0..LUMPY_DAYS)
        .map(|_| {
            let (comes, u) = (draws.next_f64() < chance, draws.next_f64());
            let units = exp(size + spread * normal_quantile(0.5 / 4_096.0 + u * 4_095.0 / 4_096.0));
            if comes { units.ceil() } else { 0.0 }
        })
        .collect();
    let mean = sum(&days) / count_f64(LUMPY_DAYS);
    let squares: f64 = days
        .iter()
        .map(|units| (units - mean) * (units - mean))
        .sum();
    let demand = Demand::NegativeBinomial(NegativeBinomial {
        mean,
        variance: squares / count_f64(LUMPY_DAYS),
    });
    Ok((demand, DemandSampler::observed(&days)?))
}

fn any_lead_times(is_spread: bool, review_days: usize, draws: &mut Draws) -> Vec<LeadTime> {
    let first = count_f64(1 + below(14, draws));
    if !is_spread {
        let days = first;
        return vec![LeadTime { days, chance: 1.0 }];
    }
    // The longest is a review period later, so that no order overtakes the one before.
    let middle = count_f64(below(review_days + 1, draws));
    let (early, late) = (between(0.2, 0.6, draws), between(0.1, 0.3, draws));
    [
        (0.0, early),
        (middle, 1.0 - early - late),
        (count_f64(review_days), late),
    ]
    .map(|(after, chance)| LeadTime {
        days: first + after,
        chance,
    })
    .to_vec()
}

fn mean_days(lead_times: &[LeadTime]) -> f64 {
    lead_times.iter().map(|time| time.chance * time.days).sum()
}

/// Levels for a drawn service over the protection `days`.
fn any_policy(
    kind: u64,
    group: Group,
    demand: Demand,
    days: f64,
    review_days: usize,
    draws: &mut Draws,
) -> Policy {
    let over = demand.times(days);
    let (low, high) = group.targets();
    let whole = |units: f64| {
        if demand.is_counted() {
            units.ceil()
        } else {
            units
        }
    };
    let point = whole(over.quantile(between(low, high, draws)));
    let review = count_f64(review_days) * demand.mean();
    let range =
        whole(review * between(0.5, 8.0, draws) + if demand.is_counted() { 1.0 } else { 0.0 });
    match kind {
        0 => Policy::OrderUpTo { level: point },
        1 => Policy::MinMax {
            point,
            level: point + range,
        },
        _ => Policy::FixedLot {
            point,
            quantity: range,
        },
    }
}

/// A policy moved until its cycles are short often enough to judge a simulation by, and not always.
fn seen(
    mut policy: Policy,
    demand: Demand,
    cycle_service: impl Fn(Policy) -> Result<f64, PolicyError>,
) -> Result<Policy, PolicyError> {
    let whole = |units: f64| {
        if demand.is_counted() {
            units.ceil()
        } else {
            units
        }
    };
    let mut step = whole(4.0 * demand.mean());
    for _ in 0..MOVES_MAX {
        let service = cycle_service(policy)?;
        if service > SEEN.1 {
            policy = raised(policy, -step);
        } else if service < SEEN.0 {
            step = whole(0.5 * step);
            policy = raised(policy, step);
        } else {
            break;
        }
    }
    Ok(policy)
}

fn raised(policy: Policy, by: f64) -> Policy {
    match policy {
        Policy::OrderUpTo { level } => Policy::OrderUpTo { level: level + by },
        Policy::MinMax { point, level } => Policy::MinMax {
            point: point + by,
            level: level + by,
        },
        Policy::FixedLot { point, quantity } => Policy::FixedLot {
            point: point + by,
            quantity,
        },
    }
}

/// How the items of a group came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Items.
    pub items: usize,
    /// The most standard errors between both ways, with item and figure.
    pub worst: Option<(f64, u64, &'static str)>,
    /// Figures further off than allowed, with their item.
    pub outside: Vec<(u64, Pair)>,
    /// Fill rate and cycle service: simulated less expected, summed over items.
    gaps: [f64; 2],
    squares: [f64; 2],
}

impl Outcome {
    /// Judges `count` items of a group under one seed; those that it does not take are passed over. `allowed` is in
    /// standard errors.
    ///
    /// # Errors
    /// If the engine refuses an item.
    pub fn of(group: Group, seed: u64, count: u64, allowed: f64) -> Result<Self, PolicyError> {
        let mut outcome = Self::default();
        for number in 0..count {
            let item = Item::random(group, seed, number)?;
            let pairs = item.compare(seed)?;
            let is_taken = |pair: &Pair| pair.name != SHARES[0] || group.takes(pair.expected);
            if pairs.iter().all(is_taken) {
                outcome.add(number, &pairs, allowed);
            }
        }
        Ok(outcome)
    }

    fn add(&mut self, number: u64, pairs: &[Pair], allowed: f64) {
        self.items += 1;
        for pair in pairs {
            let errors = pair.simulated.errors_from(pair.expected);
            if errors > allowed {
                self.outside.push((number, *pair));
            }
            if self.worst.is_none_or(|(most, _, _)| errors > most) {
                self.worst = Some((errors, number, pair.name));
            }
            if let Some(place) = SHARES.iter().position(|name| *name == pair.name) {
                self.gaps[place] += pair.gap();
                self.squares[place] += pair.gap() * pair.gap();
            }
        }
    }

    /// Mean gap of fill rate and of cycle service, in shares.
    #[must_use]
    pub fn bias(&self) -> [f64; 2] {
        self.gaps.map(|gap| gap / count_f64(self.items))
    }

    /// Root mean square gap of fill rate and of cycle service, in shares.
    #[must_use]
    pub fn spread(&self) -> [f64; 2] {
        self.squares
            .map(|square| sqrt(square / count_f64(self.items)))
    }
}
