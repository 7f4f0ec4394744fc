//! What the approval gate says of the proposals.

use super::Shown;
use engine::replenish::{GateDecision, GateLoad};
use engine::units::Amount;
use protocol::gate::{self, GateShare};

pub(super) fn load(shown: Shown<'_>) -> gate::GateLoad {
    let plan = shown.plan;
    let (mut load, mut open) = (GateLoad::default(), Vec::new());
    for (place, requirement) in plan.proposals() {
        let Some(verdict) = &place.gate else { continue };
        let price = place.price.map_or(0.0, Amount::to_f64);
        load.add(
            verdict,
            Amount::round_from_f64(price * requirement.quantity),
        );
        let id = plan.proposal_id(place);
        if verdict.decision == GateDecision::Auto && shown.decisions.get(&id).is_none() {
            open.push(id);
        }
    }
    let share = |decision| {
        let share = load.by_decision.get(&decision).copied().unwrap_or_default();
        GateShare {
            lines: u32::try_from(share.lines).unwrap_or(u32::MAX),
            value: share.value.try_into().unwrap_or(0.0),
        }
    };
    gate::GateLoad {
        passing: share(GateDecision::Auto),
        person: share(GateDecision::Manual),
        two: share(GateDecision::Block),
        open,
    }
}
