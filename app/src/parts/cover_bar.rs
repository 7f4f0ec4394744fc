//! Days of cover before and after an order on one bar of 60 days, with the policy tick.

use super::StockStatus;
use crate::i18n::messages::kit;
use crate::i18n::{fill, number};
use leptos::prelude::*;

const SCALE_DAYS: f64 = 60.0;

/// A cover bar with its two figures. Beyond the scale the bar is full and the figure tells.
#[component]
pub fn CoverBar(status: StockStatus, before: f64, after: f64, policy: f64) -> impl IntoView {
    let figure = |days: f64| number(days.max(0.0), 0);
    let heard = move || {
        let (before, after, policy) = (figure(before), figure(after), figure(policy));
        fill(
            kit::COVER,
            &[("before", &before), ("after", &after), ("policy", &policy)],
        )
    };
    let (solid, pale, removed) = parts(before, after);
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    view! {
        <span class="cover" role="img" aria-label=heard data-status=status.as_str()>
            <span class="cover-track">
                <span class="cover-before" style:width=percent(solid)></span>
                <span class="cover-after" style:left=percent(solid) style:width=percent(pale)></span>
                <span class="cover-removed" style:left=percent(solid) style:width=percent(removed)></span>
                <span class="cover-policy" style:left=percent(share(policy))></span>
            </span>
            <span class="cover-text">
                {figure(before)}"\u{2192}"<strong>{figure(after)}</strong>
            </span>
        </span>
    }
}

fn share(days: f64) -> f64 {
    (days / SCALE_DAYS).clamp(0.0, 1.0)
}

/// The solid, pale and removed parts of the bar as shares of the scale.
fn parts(before: f64, after: f64) -> (f64, f64, f64) {
    let (before, after) = (share(before), share(after));
    if after >= before {
        (before, after - before, 0.0)
    } else {
        (after, 0.0, before - after)
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn added_cover_is_pale_and_removed_cover_is_dashed() {
        assert_eq!(parts(15.0, 30.0), (0.25, 0.25, 0.0));
        assert_eq!(parts(45.0, 30.0), (0.5, 0.0, 0.25));
        assert_eq!(parts(188.0, 188.0), (1.0, 0.0, 0.0));
        assert_eq!(parts(-3.0, 0.0), (0.0, 0.0, 0.0));
    }
}
