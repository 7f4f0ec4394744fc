//! Whether figures come from a sample or from everything; the badge is never left out.

use crate::i18n::messages::kit;
use crate::i18n::{fill, number, tr};
use crate::ui::{Badge, BadgeTone, Icon};
use leptos::prelude::*;

/// How a result was computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precision {
    /// From so many SKUs; 0 when the number is not known.
    Approximate(u32),
    Exact,
}

/// The badge of a precision.
#[component]
pub fn PrecisionBadge(#[prop(into)] precision: Signal<Precision>) -> impl IntoView {
    move || match precision.get() {
        Precision::Exact => {
            view! { <Badge label=kit::EXACT tone=BadgeTone::Good icon=Icon::Check/> }.into_any()
        }
        Precision::Approximate(count) => {
            let label = Signal::derive(move || match count {
                0 => tr(kit::APPROXIMATE).to_owned(),
                count => fill(kit::APPROXIMATE_OF, &[("n", &number(f64::from(count), 0))]),
            });
            view! { <Badge label tone=BadgeTone::Warn/> }.into_any()
        }
    }
}
