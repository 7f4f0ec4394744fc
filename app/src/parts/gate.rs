//! What the safety gate decided about a proposal.

use crate::i18n::messages::kit;
use crate::ui::{Badge, BadgeTone, Icon};
use leptos::prelude::*;

/// The state of a proposal at the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// A person has to confirm.
    Waiting,
    Released,
    Rejected,
    Snoozed,
    /// Nothing to order.
    NoOrder,
}

/// The badge of a gate state.
#[component]
pub fn GateBadge(gate: Gate) -> impl IntoView {
    let (label, tone, icon) = match gate {
        Gate::Waiting => (kit::GATE_WAITING, BadgeTone::Warn, Icon::Shield),
        Gate::Released => (kit::GATE_RELEASED, BadgeTone::Good, Icon::Check),
        Gate::Rejected => (kit::GATE_REJECTED, BadgeTone::Bad, Icon::Close),
        Gate::Snoozed => (kit::GATE_SNOOZED, BadgeTone::Plain, Icon::Clock),
        Gate::NoOrder => (kit::GATE_NONE, BadgeTone::Plain, Icon::Info),
    };
    view! { <Badge label tone icon=icon/> }
}
