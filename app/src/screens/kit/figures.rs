//! Status words, badges, changes, key figures, cover bars.

use crate::i18n::messages::story;
use crate::i18n::{percent, percent_sign};
use crate::parts::{
    Better, CoverBar, Delta, DeltaUnit, Gate, GateBadge, Kpi, KpiStrip, KpiTile, Precision,
    PrecisionBadge, Severity, SeverityBadge, StatusWord, StockStatus,
};
use crate::ui::Panel;
use leptos::prelude::*;

#[component]
pub(super) fn Words() -> impl IntoView {
    let gates = [
        Gate::Waiting,
        Gate::Released,
        Gate::Rejected,
        Gate::Snoozed,
        Gate::NoOrder,
    ];
    let severities = [
        Severity::Urgent,
        Severity::Must,
        Severity::Optional,
        Severity::Note,
    ];
    view! {
        <Panel title=story::WORDS>
            <div class="row wrap">
                {StockStatus::ALL.map(|status| view! { <StatusWord status/> }).collect_view()}
            </div>
            <div class="row wrap">
                {gates.map(|gate| view! { <GateBadge gate/> }).collect_view()}
                {severities.map(|severity| view! { <SeverityBadge severity/> }).collect_view()}
                <PrecisionBadge precision=Signal::from(Precision::Approximate(200))/>
                <PrecisionBadge precision=Signal::from(Precision::Exact)/>
                <Delta change=-0.8 decimals=1 better=Better::Lower unit=DeltaUnit::Points/>
                <Delta change=1.5 decimals=1 better=Better::Lower unit=DeltaUnit::Points/>
                <Delta change=262.0 better=Better::Neutral/>
            </div>
            <div class="cover-row">
                <CoverBar status=StockStatus::StockedOut before=0.0 after=31.0 policy=28.0/>
                <CoverBar status=StockStatus::PotentialStockOut before=15.0 after=42.0 policy=35.0/>
                <CoverBar status=StockStatus::SurplusOrders before=58.0 after=38.0 policy=36.0/>
                <CoverBar status=StockStatus::Excess before=188.0 after=188.0 policy=60.0/>
                <CoverBar status=StockStatus::Ok before=31.0 after=44.0 policy=28.0/>
            </div>
        </Panel>
    }
}

#[component]
pub(super) fn Figures() -> impl IntoView {
    let share = |value| Signal::derive(move || percent(value, 1));
    let sign = Signal::derive(|| percent_sign().trim().to_owned());
    let rate = Kpi {
        label: story::STOCK_OUT_RATE.into(),
        value: "5.6".into(),
        unit: sign,
        change: Some((-0.8, 1, DeltaUnit::Plain)),
        better: Better::Lower,
        trend: vec![
            6.6, 6.8, 6.4, 6.6, 6.5, 6.3, 6.2, 6.3, 6.0, 5.9, 5.8, 5.7, 5.6,
        ],
        now: 5.6,
        base: Some((6.4, share(6.4))),
        target: Some((
            2.0,
            Signal::derive(|| format!("\u{2264} {}", percent(2.0, 0))),
        )),
        missing: None,
        about: None,
    };
    let turns = Kpi {
        label: story::TURNS.into(),
        value: "3.2".into(),
        unit: story::PER_YEAR.into(),
        change: Some((0.2, 1, DeltaUnit::Plain)),
        better: Better::Higher,
        trend: vec![
            2.9, 2.9, 3.0, 2.95, 3.0, 3.05, 3.0, 3.05, 3.1, 3.1, 3.2, 3.15, 3.2,
        ],
        now: 3.2,
        base: Some((3.0, "3.0".into())),
        target: Some((7.8, "7.8".into())),
        missing: None,
        about: None,
    };
    let cash = Kpi {
        label: story::CASH_LOW.into(),
        value: "\u{2212}86.4".into(),
        unit: story::TEN_THOUSAND.into(),
        change: Some((-44.4, 1, DeltaUnit::Plain)),
        better: Better::Higher,
        trend: vec![
            -20.0, -25.0, -30.0, -30.0, -42.0, -50.0, -66.0, -70.0, -86.4,
        ],
        now: -86.4,
        base: Some((-42.0, "\u{2212}42.0".into())),
        target: Some((0.0, "\u{2265} 0".into())),
        missing: None,
        about: None,
    };
    let variance = Kpi {
        label: story::VARIANCE.into(),
        missing: Some(story::NEEDS_COUNT.into()),
        change: None,
        base: None,
        target: None,
        trend: Vec::new(),
        ..rate.clone()
    };
    view! {
        <section class="story-wide">
            <KpiStrip label=story::FIGURES>
                {[rate, turns, cash, variance]
                    .map(|kpi| view! { <KpiTile kpi on_open=|()| {}/> })
                    .collect_view()}
            </KpiStrip>
        </section>
    }
}
