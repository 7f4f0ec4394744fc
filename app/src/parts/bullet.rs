//! Base, now and target on one track; the target stands near the right end whatever its direction.

use leptos::prelude::*;

/// Room left of the base, as a share of the way from base to target.
const ROOM: f64 = 0.28;

/// A bullet track. Without a base only now and target are shown.
#[component]
pub fn Bullet(base: Option<f64>, now: f64, target: f64) -> impl IntoView {
    let at_now = position(base.unwrap_or(now), target, now);
    let at_base = base.map(|base| position(base, target, base));
    let tone = match at_base {
        Some(at_base) if at_now < at_base => "bad",
        Some(_) => "good",
        // Nothing to be better or worse than.
        None => "plain",
    };
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let from = at_base.unwrap_or(at_now).min(at_now);
    let length = (at_now - at_base.unwrap_or(at_now)).abs();
    view! {
        <span class="bullet" data-tone=tone aria-hidden="true">
            <span class="bullet-way" style:left=percent(from) style:width=percent(length)></span>
            {at_base.map(|at| view! { <span class="bullet-base" style:left=percent(at)></span> })}
            <span class="bullet-target"></span>
            <span class="bullet-now" style:left=percent(at_now)></span>
        </span>
    }
}

/// The share of the track at which a value stands: 0 at the left, 1 at the target.
fn position(base: f64, target: f64, value: f64) -> f64 {
    let span = (base - target) * (1.0 + ROOM);
    if span == 0.0 || !span.is_finite() {
        return 1.0;
    }
    (1.0 - (value - target) / span).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn the_target_is_right_whichever_way_is_better() {
        let falling = position(6.4, 2.0, 5.6);
        assert!((falling - 0.36).abs() < 0.01, "{falling}");
        let rising = position(3.0, 7.8, 3.2);
        assert!(rising > position(3.0, 7.8, 3.0));
        assert_eq!(position(-42.0, 0.0, -86.4), 0.0);
        assert_eq!(position(5.0, 5.0, 5.0), 1.0);
    }
}
