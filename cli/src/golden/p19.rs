//! P19: Monte Carlo against the closed form.

use super::Case;
use super::input::{Malformed, number, whole};
use super::p16::unmet;
use engine::num::floor_count;
use engine::replenish::{
    Demand, DemandSampler, Estimate, LeadTime, Operation, Policy, PolicyError, ServiceEstimate,
    Simulator, Tally, Trial,
};
use serde_json::{Value, json};

/// Batches that the standard error is taken over.
const BATCHES: u64 = 20;
/// Workers of the second run, which must give the same bytes.
const WORKERS: u64 = 3;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let count = |key: &str| number(inputs, key).map(floor_count);
    let operation = Operation {
        policy: Policy::OrderUpTo {
            level: number(inputs, "order_up_to")?,
        },
        review_days: count("review_days")?,
        lot: None,
        unmet: unmet(inputs)?,
    };
    let demand = DemandSampler::of(Demand::Normal {
        mean: number(inputs, "mean_per_day")?,
        sigma: number(inputs, "sd_per_day")?,
    })?;
    let lead_time = LeadTime {
        days: number(inputs, "lead_time_days")?,
        chance: 1.0,
    };
    let simulator = Simulator::try_new(operation, demand, &[lead_time])?;
    let trial = Trial {
        seed: whole(inputs, "seed")?,
        sku: 0,
        location: 0,
        replications: BATCHES,
        days: count("cycles")? * operation.review_days / floor_count(BATCHES as f64),
    };
    let service = simulator.run(&trial)?;
    if service != on_workers(&simulator, &trial)? {
        return Err(Malformed::Refused("E_WORKER_COUNT"));
    }
    Ok(json!({
        "fill_rate": service.fill_rate.map(figures),
        "csl": service.cycle_service.map(figures),
    }))
}

/// The same trial, its replications dealt out to several workers.
fn on_workers(simulator: &Simulator, trial: &Trial) -> Result<ServiceEstimate, Malformed> {
    let share = |worker: u64| -> Result<Vec<(u64, Tally)>, PolicyError> {
        (worker..trial.replications)
            .step_by(WORKERS as usize)
            .map(|replication| Ok((replication, simulator.replicate(trial, replication)?)))
            .collect()
    };
    let mut batches = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| scope.spawn(move || share(worker)))
            .collect();
        let joined = workers.into_iter().map(|worker| worker.join());
        joined.collect::<Result<Vec<_>, _>>()
    })
    .map_err(|_panic| Malformed::Refused("E_WORKER"))?
    .into_iter()
    .collect::<Result<Vec<_>, PolicyError>>()?
    .concat();
    batches.sort_by_key(|(replication, _)| *replication);
    let batches: Vec<Tally> = batches.into_iter().map(|(_, tally)| tally).collect();
    Ok(ServiceEstimate::of(&batches))
}

fn figures(estimate: Estimate) -> Value {
    json!({"value": estimate.value, "standard_error": estimate.error})
}
