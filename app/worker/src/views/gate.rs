//! What the approval gate says of the proposals.

use super::Shown;
use engine::replenish::{GateDecision, GateReason};
use engine::units::Amount;
use protocol::gate::GateLoad;

pub(super) fn load(shown: Shown<'_>) -> GateLoad {
    let plan = shown.plan;
    let mut load = GateLoad::default();
    let mut reasons = [0_u32; GateReason::ALL.len()];
    for (place, requirement) in plan.proposals() {
        let Some(gate) = &place.gate else { continue };
        let share = match gate.decision {
            GateDecision::Auto => &mut load.passing,
            GateDecision::Manual => &mut load.person,
            GateDecision::Block => &mut load.two,
        };
        share.lines += 1;
        share.value += place.price.map_or(0.0, Amount::to_f64) * requirement.quantity;
        let counted = GateReason::ALL.iter().zip(&mut reasons);
        for (_, count) in counted.filter(|(reason, _)| gate.reasons.contains(reason)) {
            *count += 1;
        }
        let id = plan.proposal_id(place);
        if gate.decision == GateDecision::Auto && shown.decisions.get(&id).is_none() {
            load.open.push(id);
        }
    }
    let named = GateReason::ALL.iter().zip(reasons);
    let named = named.filter(|(_, count)| *count > 0);
    load.reasons = named
        .map(|(reason, count)| (reason.code().to_owned(), count))
        .collect();
    load
}
