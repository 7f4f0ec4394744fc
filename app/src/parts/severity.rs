//! How much an item of the work list presses.

use crate::i18n::messages::kit;
use crate::ui::{Badge, BadgeTone};
use leptos::prelude::*;

/// The four severities.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    Urgent,
    Must,
    Optional,
    Note,
}

/// The badge of a severity.
#[component]
pub fn SeverityBadge(severity: Severity) -> impl IntoView {
    let (label, tone) = match severity {
        Severity::Urgent => (kit::URGENT, BadgeTone::Bad),
        Severity::Must => (kit::MUST, BadgeTone::Warn),
        Severity::Optional => (kit::OPTIONAL, BadgeTone::Plain),
        Severity::Note => (kit::NOTE, BadgeTone::None),
    };
    view! { <Badge label tone/> }
}
