//! Safety stock over several levels: the guaranteed-service model on a tree.
//!
//! Every stage promises its customers a service time and gets one from its suppliers; stock covers what lies between.
//! Times are whole periods, demand is normal and bounded, deviations of stages downstream are pooled.

mod search;

use crate::num::{count_f64, sqrt};

/// A stage: a supplier's process, a warehouse, a store.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// Processing time T with any review period, periods.
    pub processing: usize,
    /// Service time that suppliers outside the network give, periods.
    pub inbound: usize,
    /// Longest service time that customers outside the network accept, periods; `None` without such customers or
    /// limit.
    pub outbound_max: Option<usize>,
    /// Cost of holding a unit for a period, base currency.
    pub holding: f64,
    /// Mean demand from outside the network, units a period.
    pub demand_mean: f64,
    /// Its standard deviation, units.
    pub demand_sigma: f64,
}

/// What a stage does in the cheapest plan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StagePlan {
    /// Service time that its suppliers give it, SI, periods.
    pub inbound: usize,
    /// Service time that it promises, S, periods.
    pub outbound: usize,
    /// Net replenishment time SI + T - S that its stock covers, periods.
    pub net_time: usize,
    /// Safety stock, units.
    pub safety_stock: f64,
    /// Installation base stock: mean demand of the net replenishment time and safety stock, units.
    pub base_stock: f64,
    /// Echelon base stock: that of the stage and of all it supplies, units.
    pub echelon_stock: f64,
}

/// The cheapest service times of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    /// One for each stage.
    pub stages: Vec<StagePlan>,
    /// Holding cost of all safety stock, base currency a period.
    pub cost: f64,
}

/// What the model refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Links that leave a stage apart, close a circle or name no stage: use installation policies.
    #[error("network is not a tree")]
    NotATree,
    /// A demand, deviation, cost or safety factor that is negative or not a number.
    #[error("figure of a stage is negative or not a number")]
    Figure,
}

impl NetworkError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotATree => "E_NOT_A_TREE",
            Self::Figure => "E_NOT_FINITE",
        }
    }
}

/// Stages joined to a tree, rooted anywhere.
pub(super) struct Tree<'a> {
    stages: &'a [Stage],
    /// Pooled mean and deviation of the demand that reaches a stage.
    demand: Vec<(f64, f64)>,
    suppliers: Vec<Vec<usize>>,
    customers: Vec<Vec<usize>>,
    /// Longest replenishment time of each stage: no service time need be longer.
    longest: Vec<usize>,
    /// Every stage after its suppliers.
    downstream: Vec<usize>,
    z: f64,
}

impl<'a> Tree<'a> {
    fn try_new(
        stages: &'a [Stage],
        links: &[(usize, usize)],
        z: f64,
    ) -> Result<Self, NetworkError> {
        let is_figure = |figure: f64| figure.is_finite() && figure >= 0.0;
        let are_figures = |stage: &Stage| {
            is_figure(stage.holding)
                && is_figure(stage.demand_mean)
                && is_figure(stage.demand_sigma)
        };
        if !is_figure(z) || !stages.iter().all(are_figures) {
            return Err(NetworkError::Figure);
        }
        let mut tree = Self {
            stages,
            demand: stages
                .iter()
                .map(|stage| (stage.demand_mean, stage.demand_sigma * stage.demand_sigma))
                .collect(),
            suppliers: vec![Vec::new(); stages.len()],
            customers: vec![Vec::new(); stages.len()],
            longest: vec![0; stages.len()],
            downstream: Vec::new(),
            z,
        };
        for (from, to) in links {
            let customers = tree
                .customers
                .get_mut(*from)
                .ok_or(NetworkError::NotATree)?;
            customers.push(*to);
            let suppliers = tree.suppliers.get_mut(*to).ok_or(NetworkError::NotATree)?;
            suppliers.push(*from);
        }
        if stages.is_empty() || links.len() + 1 != stages.len() || !tree.is_connected() {
            return Err(NetworkError::NotATree);
        }
        tree.order();
        tree.pool();
        Ok(tree)
    }

    fn is_connected(&self) -> bool {
        let mut seen = vec![false; self.stages.len()];
        let mut open = vec![0];
        while let Some(stage) = open.pop() {
            if let Some(seen) = seen.get_mut(stage).filter(|seen| !**seen) {
                *seen = true;
                open.extend(self.neighbours(stage));
            }
        }
        seen.into_iter().all(|seen| seen)
    }

    fn neighbours(&self, stage: usize) -> impl Iterator<Item = usize> {
        let of = |lists: &'_ [Vec<usize>]| lists.get(stage).cloned().unwrap_or_default();
        of(&self.suppliers).into_iter().chain(of(&self.customers))
    }

    /// Stages in an order that puts suppliers first, with their longest times.
    fn order(&mut self) {
        let mut waits: Vec<usize> = self.suppliers.iter().map(Vec::len).collect();
        let mut open: Vec<usize> = (0..waits.len())
            .rev()
            .filter(|at| waits.get(*at) == Some(&0))
            .collect();
        while let Some(at) = open.pop() {
            let Some(stage) = self.stages.get(at) else {
                continue;
            };
            let latest = self.inbound(at, &self.longest);
            if let Some(longest) = self.longest.get_mut(at) {
                *longest = latest + stage.processing;
            }
            self.downstream.push(at);
            for customer in self.customers.get(at).into_iter().flatten() {
                if let Some(wait) = waits.get_mut(*customer) {
                    *wait -= 1;
                    if *wait == 0 {
                        open.push(*customer);
                    }
                }
            }
        }
    }

    /// Demand of customers reaches their suppliers; variances add.
    fn pool(&mut self) {
        for at in self.downstream.iter().rev() {
            let Some((mean, variance)) = self.demand.get(*at).copied() else {
                continue;
            };
            for supplier in self.suppliers.get(*at).into_iter().flatten() {
                if let Some(demand) = self.demand.get_mut(*supplier) {
                    demand.0 += mean;
                    demand.1 += variance;
                }
            }
        }
        self.demand
            .iter_mut()
            .for_each(|demand| demand.1 = sqrt(demand.1));
    }

    /// Service time that the slowest supplier gives.
    fn inbound(&self, at: usize, outbound: &[usize]) -> usize {
        let outside = self.stages.get(at).map_or(0, |stage| stage.inbound);
        let suppliers = self.suppliers.get(at).into_iter().flatten();
        let promised = suppliers.filter_map(|supplier| outbound.get(*supplier));
        promised.fold(outside, |most, time| most.max(*time))
    }

    /// Equally cheap times may have a stage wait for longer than its suppliers need; then it promises less.
    fn tightened(&self, mut outbound: Vec<usize>) -> Vec<usize> {
        for at in &self.downstream {
            let processing = self.stages.get(*at).map_or(0, |stage| stage.processing);
            let ready = self.inbound(*at, &outbound) + processing;
            if let Some(time) = outbound.get_mut(*at) {
                *time = ready.min(*time);
            }
        }
        outbound
    }

    /// z sigma sqrt(tau).
    fn safety_stock(&self, at: usize, net_time: usize) -> f64 {
        let sigma = self.demand.get(at).map_or(0.0, |demand| demand.1);
        self.z * sigma * sqrt(count_f64(net_time))
    }

    /// Holding cost of a stage's safety stock; `None` where it promises more than it takes.
    fn cost(&self, at: usize, inbound: usize, outbound: usize) -> Option<f64> {
        let stage = self.stages.get(at)?;
        let net_time = (inbound + stage.processing).checked_sub(outbound)?;
        Some(stage.holding * self.safety_stock(at, net_time))
    }
}

/// The service times of least holding cost for the safety stock of a tree of `stages`; `links` are (supplier,
/// customer) by place, `z` is the safety factor of every demand bound mu tau + z sigma sqrt(tau).
///
/// Of equally cheap service times the shorter ones.
///
/// Source: Graves & Willems (2000), M&SOM 2, 68-83, with the erratum of 2003, M&SOM 5, 176-177.
///
/// # Errors
/// [`NetworkError::NotATree`] if the links make no tree of all stages, [`NetworkError::Figure`] for negative or
/// infinite figures.
///
/// ```
/// use engine::replenish::{Stage, guaranteed_service};
/// // A store that promises goods at once, behind a warehouse three periods from its supplier.
/// let stage = Stage {
///     processing: 3, inbound: 0, outbound_max: None, holding: 1.0, demand_mean: 0.0, demand_sigma: 0.0,
/// };
/// let store = Stage {
///     processing: 1, outbound_max: Some(0), holding: 4.0, demand_mean: 9.0, demand_sigma: 2.0, ..stage
/// };
/// let plan = guaranteed_service(&[stage, store], &[(0, 1)], 2.0)?;
/// // All stock in the store: 4 x 2 x 2 sqrt(4) = 32; some in both: 1 x 4 sqrt(3) + 4 x 4 sqrt(1) = 22.93.
/// assert!((plan.cost - (4.0 * 3.0_f64.sqrt() + 16.0)).abs() < 1e-12);
/// # Ok::<(), engine::replenish::NetworkError>(())
/// ```
pub fn guaranteed_service(
    stages: &[Stage],
    links: &[(usize, usize)],
    z: f64,
) -> Result<ServicePlan, NetworkError> {
    let tree = Tree::try_new(stages, links, z)?;
    let times = tree.tightened(search::outbound_times(&tree));
    let mut plans = vec![StagePlan::default(); stages.len()];
    let mut cost = 0.0;
    for at in tree.downstream.iter().rev().copied() {
        let Some(stage) = stages.get(at) else {
            continue;
        };
        let outbound = times.get(at).copied().unwrap_or(0);
        let inbound = tree.inbound(at, &times);
        let net_time = (inbound + stage.processing).saturating_sub(outbound);
        let safety_stock = tree.safety_stock(at, net_time);
        let mean = tree.demand.get(at).map_or(0.0, |demand| demand.0);
        let base_stock = mean * count_f64(net_time) + safety_stock;
        let customers = tree.customers.get(at).into_iter().flatten();
        let below: f64 = customers
            .filter_map(|customer| plans.get(*customer))
            .map(|plan: &StagePlan| plan.echelon_stock)
            .sum();
        cost += stage.holding * safety_stock;
        if let Some(plan) = plans.get_mut(at) {
            *plan = StagePlan {
                inbound,
                outbound,
                net_time,
                safety_stock,
                base_stock,
                echelon_stock: base_stock + below,
            };
        }
    }
    Ok(ServicePlan {
        stages: plans,
        cost,
    })
}

#[cfg(test)]
mod tests;
