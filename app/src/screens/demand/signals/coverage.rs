//! How many tracked words stand high among the results.

use crate::i18n::messages::signals;
use crate::i18n::{fill, number, percent, t};
use leptos::prelude::*;
use protocol::signals::{CoverageLine, SignalDesk};

/// Tracked words that stand high among the results.
pub(super) fn section(shown: &SignalDesk) -> impl IntoView + use<> {
    let rows = shown.coverage.iter().map(covered).collect_view();
    view! {
        <section class="signals-part">
            <h3 class="object">{t(signals::COVERAGE)}</h3>
            <dl class="demand-facts signals-coverage">{rows}</dl>
        </section>
    }
}

fn covered(line: &CoverageLine) -> impl IntoView + use<> {
    let share = |value: f64| percent(value * 100.0, 0);
    let top = number(f64::from(line.top), 0);
    let [covered, all] = [line.covered.0, line.covered.1].map(|it| number(f64::from(it), 0));
    let before = line.before.map(|before| {
        let before = fill(signals::BEFORE, &[("share", &share(before))]);
        view! { <span class="micro faint nowrap">{before}</span> }
    });
    view! {
        <dt>{fill(signals::COVERAGE_OF, &[("source", &line.source), ("n", &top)])}</dt>
        <dd>
            {before}
            <span class="dim">{fill(signals::COVERED, &[("n", &covered), ("all", &all)])}</span>
            <strong>{share(line.share)}</strong>
        </dd>
    }
}
