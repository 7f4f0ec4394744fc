//! A change: arrow for the direction, colour for what it means, the amount.

use crate::i18n::messages::kit;
use crate::i18n::{number, percent, points, t};
use crate::ui::{Shape, ShapeView};
use leptos::prelude::*;

/// Which direction of a metric is the good one; a property of the metric, not of the sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Better {
    Higher,
    Lower,
    /// Neither: the change gets ink.
    Neutral,
}

/// What a change is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DeltaUnit {
    /// A bare number; the unit stands beside the figure.
    #[default]
    Plain,
    /// Points between two percentages.
    Points,
    Percent,
}

impl Better {
    /// `Some(true)` when a change in this direction is an improvement.
    pub fn judge(self, change: f64) -> Option<bool> {
        match self {
            Self::Neutral => None,
            _ if change == 0.0 || !change.is_finite() => None,
            Self::Higher => Some(change > 0.0),
            Self::Lower => Some(change < 0.0),
        }
    }
}

/// A change of a metric.
#[component]
pub fn Delta(
    change: f64,
    better: Better,
    #[prop(optional)] decimals: u8,
    #[prop(optional)] unit: DeltaUnit,
) -> impl IntoView {
    let judged = better.judge(change);
    let tone = match judged {
        Some(true) => "good",
        Some(false) => "bad",
        None => "dim",
    };
    let amount = move || match unit {
        DeltaUnit::Plain => number(change.abs(), decimals),
        DeltaUnit::Points => points(change.abs(), decimals).replacen('+', "", 1),
        DeltaUnit::Percent => percent(change.abs(), decimals),
    };
    let shape = if change < 0.0 {
        Shape::Down
    } else {
        Shape::Triangle
    };
    let sign = if change < 0.0 { "\u{2212}" } else { "+" };
    view! {
        <span class=format!("delta {tone}")>
            {(change != 0.0).then(|| view! { <ShapeView shape/> <span class="only-heard">{sign}</span> })}
            {amount}
            {judged.map(|good| {
                let word = if good { kit::BETTER } else { kit::WORSE };
                view! { <span class="only-heard">{t(word)}</span> }
            })}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::Better;

    #[test]
    fn good_is_a_property_of_the_metric() {
        assert_eq!(Better::Lower.judge(-0.8), Some(true));
        assert_eq!(Better::Higher.judge(-0.8), Some(false));
        assert_eq!(Better::Neutral.judge(5.0), None);
        assert_eq!(Better::Higher.judge(0.0), None);
    }
}
